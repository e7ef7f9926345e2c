/** A modal dialog on the native `<dialog>`: focus is held inside, Escape closes, focus returns. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from './Button.tsx';
import './shared.css';

export interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Buttons at the foot, the confirming one last. */
  readonly actions?: ComponentChildren;
  /** Word for the closing cross. */
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly width?: 'narrow' | 'wide' | undefined;
  /** A dialog that must be answered: no cross, Escape does nothing. */
  readonly mustAnswer?: boolean | undefined;
}

/** Open as long as it is rendered. */
export function Dialog(props: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element && !element.open) element.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`n-dialog n-dialog-${props.width ?? 'narrow'}`}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        if (!props.mustAnswer) props.onClose();
      }}
    >
      <header class="n-dialog-head">
        <h2 id={title}>{props.title}</h2>
        {!props.mustAnswer && (
          <Button kind="quiet" size="small" label={props.closeLabel} onClick={props.onClose}>
            <span aria-hidden="true">✕</span>
          </Button>
        )}
      </header>
      <div class="n-dialog-body">{props.children}</div>
      {props.actions && <footer class="n-dialog-foot">{props.actions}</footer>}
    </dialog>
  );
}

/** A question with two answers. The safe answer has the focus first. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly yes: string;
  readonly no: string;
  readonly isDangerous?: boolean | undefined;
  readonly busy?: boolean | undefined;
  readonly onYes: () => void;
  readonly onNo: () => void;
}) {
  return (
    <Dialog
      title={props.title}
      closeLabel={props.no}
      onClose={props.onNo}
      actions={
        <>
          <Button onClick={props.onNo} action="no">
            {props.no}
          </Button>
          <Button
            kind={props.isDangerous ? 'danger' : 'primary'}
            busy={props.busy}
            onClick={props.onYes}
            action="yes"
          >
            {props.yes}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}
