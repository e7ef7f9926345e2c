/** Buttons: one look, a busy state that keeps the width, a real `<button>` or `<a>` underneath. */
import type { ComponentChildren } from 'preact';
import './shared.css';

type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly kind?: ButtonKind | undefined;
  readonly size?: 'normal' | 'small' | 'large' | undefined;
  readonly type?: 'button' | 'submit' | undefined;
  readonly disabled?: boolean | undefined;
  /** Work is going on: shows a spinner, refuses clicks, is announced by `aria-busy`. */
  readonly busy?: boolean | undefined;
  readonly onClick?: ((event: MouseEvent) => void) | undefined;
  /** Accessible name when the content is only a sign. */
  readonly label?: string | undefined;
  readonly title?: string | undefined;
  readonly pressed?: boolean | undefined;
  readonly expanded?: boolean | undefined;
  readonly controls?: string | undefined;
  readonly popup?: 'dialog' | 'listbox' | 'tree' | undefined;
  readonly id?: string | undefined;
  /** Hook for tests: becomes `data-action`. */
  readonly action?: string | undefined;
  readonly class?: string | undefined;
}

/** A button. `kind` defaults to `plain`; one `primary` per view. */
export function Button(props: ButtonProps) {
  const { kind = 'plain', size = 'normal', busy = false } = props;
  return (
    <button
      id={props.id}
      type={props.type ?? 'button'}
      class={`n-button n-button-${kind} n-button-${size} ${props.class ?? ''}`}
      disabled={props.disabled ?? false}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-controls={props.controls}
      aria-haspopup={props.popup}
      title={props.title}
      data-action={props.action}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else props.onClick?.(event);
      }}
    >
      {busy && <span class="n-spinner" aria-hidden="true" />}
      {props.children}
    </button>
  );
}
