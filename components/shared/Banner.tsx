/** What happened, what it means, what to do next: one strip with an optional button. */
import type { ComponentChildren } from 'preact';
import { Button } from './Button.tsx';
import './shared.css';

export type BannerKind = 'info' | 'good' | 'warn' | 'bad';

const SIGNS: Record<BannerKind, string> = { info: 'i', good: '✓', warn: '!', bad: '!' };

export interface BannerProps {
  readonly kind: BannerKind;
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly onDismiss?: (() => void) | undefined;
  /** Word for the closing cross; needed with `onDismiss`. */
  readonly dismissLabel?: string | undefined;
  /** Hook for tests: becomes `data-banner`. */
  readonly name?: string | undefined;
}

/** Announced at once when `bad`, politely otherwise. The sign and the words carry the meaning, not the colour. */
export function Banner(props: BannerProps) {
  return (
    <div
      class={`n-banner n-banner-${props.kind}`}
      role={props.kind === 'bad' ? 'alert' : 'status'}
      data-banner={props.name}
    >
      <span class="n-banner-sign" aria-hidden="true">
        {SIGNS[props.kind]}
      </span>
      <div class="n-banner-text">
        <strong>{props.title}</strong>
        {props.children && <div>{props.children}</div>}
      </div>
      {props.actions && <div class="n-banner-actions">{props.actions}</div>}
      {props.onDismiss && (
        <Button kind="quiet" size="small" label={props.dismissLabel} onClick={props.onDismiss}>
          <span aria-hidden="true">✕</span>
        </Button>
      )}
    </div>
  );
}

/** An empty place that says why it is empty and what would fill it. */
export function Empty(props: {
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly name?: string | undefined;
}) {
  return (
    <div class="n-empty" data-empty={props.name ?? ''}>
      <strong>{props.title}</strong>
      {props.children && <div>{props.children}</div>}
      {props.actions && <div class="n-empty-actions">{props.actions}</div>}
    </div>
  );
}
