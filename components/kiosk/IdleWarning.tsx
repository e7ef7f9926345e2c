/** "Are you still here?" over the screen, which stays covered: the next citizen must not read it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { KioskTranslate } from '../../lib/i18n/kiosk/index.ts';

export interface IdleWarningProps {
  readonly t: KioskTranslate;
  /** Milliseconds the warning stands in all, and what is left of them when asked. */
  readonly total: number;
  readonly left: () => number;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

const RING = 2 * Math.PI * 54;

export function IdleWarning({ t, total, left, onStay, onLeave }: IdleWarningProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [rest, setRest] = useState(left);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    const timer = setInterval(() => setRest(left()), 250);
    return () => {
      clearInterval(timer);
      shown?.close();
    };
  }, []);
  const seconds = Math.max(0, Math.ceil(rest / 1000));
  return (
    <dialog
      ref={dialog}
      class="k-idle"
      aria-labelledby="k-idle-title"
      onCancel={(event) => {
        event.preventDefault();
        onLeave();
      }}
    >
      <svg class="k-ring" viewBox="0 0 120 120" role="timer" aria-label={t('idleText', { seconds })}>
        <circle class="k-ring-track" cx="60" cy="60" r="54" />
        <circle
          class="k-ring-rest"
          cx="60"
          cy="60"
          r="54"
          stroke-dasharray={String(RING)}
          stroke-dashoffset={String(RING * (1 - Math.max(0, rest) / total))}
        />
        <text x="60" y="62" text-anchor="middle" dominant-baseline="middle">
          {seconds}
        </text>
      </svg>
      <h2 id="k-idle-title">{t('idleTitle')}</h2>
      <p>{t('idleText', { seconds })}</p>
      <button type="button" class="k-stay" onClick={onStay}>
        {t('idleStay')}
      </button>
      <button type="button" class="k-tool k-wide" onClick={onLeave}>
        <span>{t('idleLeave')}</span>
      </button>
    </dialog>
  );
}
