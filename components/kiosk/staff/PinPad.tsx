/** A PIN by big keys or keyboard; digits are shown as dots. */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';

export interface PinPadProps {
  readonly t: StaffTranslate;
  readonly title: string;
  readonly text?: string;
  /** What was wrong with the last entry. */
  readonly problem: string | null;
  readonly isBusy: boolean;
  readonly onPin: (pin: string) => void;
}

const LEAST = 4;
const MOST = 8;

export function PinPad({ t, title, text, problem, isBusy, onPin }: PinPadProps) {
  const [pin, setPin] = useState('');
  const add = (digit: string) => setPin((typed) => (typed.length < MOST ? typed + digit : typed));
  const cut = () => setPin((typed) => typed.slice(0, -1));
  const submit = () => {
    if (pin.length < LEAST || isBusy) return;
    onPin(pin);
    setPin('');
  };
  useLayoutEffect(() => {
    const type = (event: KeyboardEvent) => {
      if (/^\d$/.test(event.key)) add(event.key);
      else if (event.key === 'Backspace') cut();
      else if (event.key === 'Enter') submit();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', type);
    return () => removeEventListener('keydown', type);
  });
  return (
    <section class="s-pin">
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      <p class="s-dots" role="status" aria-label={t('pinDigits', { n: pin.length })}>
        {Array.from({ length: Math.max(LEAST, pin.length) }, (_, index) => (
          <i key={index} data-filled={index < pin.length ? '' : undefined} />
        ))}
      </p>
      <p class="s-problem" role="alert">
        {problem}
      </p>
      <div class="s-keys">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
          <button key={digit} type="button" onClick={() => add(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" class="s-word" onClick={cut}>
          {t('pinDelete')}
        </button>
        <button type="button" onClick={() => add('0')}>
          0
        </button>
        <button type="button" class="s-word s-ok" disabled={pin.length < LEAST || isBusy} onClick={submit}>
          {t('pinOk')}
        </button>
      </div>
    </section>
  );
}
