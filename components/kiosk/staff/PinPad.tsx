/** A PIN by big keys or keyboard; digits are shown as dots. */
import { useState } from 'preact/hooks';
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { NumberKeys } from './NumberKeys.tsx';

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
      <NumberKeys
        cutWords={t('pinDelete')}
        doneWords={t('pinOk')}
        canSubmit={pin.length >= LEAST && !isBusy}
        onDigit={add}
        onCut={cut}
        onSubmit={submit}
      />
    </section>
  );
}
