/** The number of a paper slip by big keys or keyboard, written as on the slip: `0123-6`. */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';

export interface SlipPadProps {
  readonly t: StaffTranslate;
  /** What was wrong with the last entry. */
  readonly problem: string | null;
  readonly isBusy: boolean;
  /** Five digits as typed; the answer says whether they were taken. */
  readonly onNumber: (digits: string) => Promise<boolean>;
}

const DIGITS = 5;

export function SlipPad({ t, problem, isBusy, onNumber }: SlipPadProps) {
  const [digits, setDigits] = useState('');
  const add = (digit: string) => setDigits((typed) => (typed.length < DIGITS ? typed + digit : typed));
  const cut = () => setDigits((typed) => typed.slice(0, -1));
  const submit = async () => {
    if (digits.length !== DIGITS || isBusy) return;
    if (await onNumber(digits)) setDigits('');
  };
  useLayoutEffect(() => {
    const type = (event: KeyboardEvent) => {
      if (/^\d$/.test(event.key)) add(event.key);
      else if (event.key === 'Backspace') cut();
      else if (event.key === 'Enter') void submit();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', type);
    return () => removeEventListener('keydown', type);
  });
  return (
    <section class="s-pin" data-card="slip">
      <h1>{t('slipTitle')}</h1>
      <p>{t('slipText')}</p>
      <p class="s-slip" role="status" aria-label={`${t('slipNumber')} ${digits}`}>
        {shown(digits)}
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
          {t('slipDelete')}
        </button>
        <button type="button" onClick={() => add('0')}>
          0
        </button>
        <button
          type="button"
          class="s-word s-ok"
          disabled={digits.length !== DIGITS || isBusy}
          onClick={() => void submit()}
        >
          {t('slipSave')}
        </button>
      </div>
    </section>
  );
}

/** `0123-6`, with a low line for each digit that is still missing. */
function shown(digits: string): string {
  const all = digits.padEnd(DIGITS, '_');
  return `${all.slice(0, -1)}-${all.slice(-1)}`;
}
