/** The number of a paper slip by big keys or keyboard, written as on the slip: `0123-6`. */
import { useState } from 'preact/hooks';
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { NumberKeys } from './NumberKeys.tsx';

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
      <NumberKeys
        cutWords={t('slipDelete')}
        doneWords={t('slipSave')}
        canSubmit={digits.length === DIGITS && !isBusy}
        onDigit={add}
        onCut={cut}
        onSubmit={() => void submit()}
      />
    </section>
  );
}

/** `0123-6`, with a low line for each digit that is still missing. */
function shown(digits: string): string {
  const all = digits.padEnd(DIGITS, '_');
  return `${all.slice(0, -1)}-${all.slice(-1)}`;
}
