/** "Are you still here?" on a shared screen, over what was answered so far. */
import { useEffect, useRef } from 'preact/hooks';
import type { FormTranslate } from '../../lib/i18n/form/index.ts';

export function IdleNotice(props: {
  readonly t: FormTranslate;
  readonly seconds: number;
  readonly onStay: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} class="f-idle" aria-labelledby="f-idle-title" onCancel={props.onStay}>
      <h2 id="f-idle-title">{props.t('idleTitle')}</h2>
      <p>{props.t('idleText', { seconds: props.seconds })}</p>
      <button type="button" class="f-button f-primary" data-act="stay" onClick={props.onStay}>
        {props.t('idleStay')}
      </button>
    </dialog>
  );
}
