/** Big keys of a number, and the same by keyboard: digits, Backspace, Enter. */
import { useLayoutEffect } from 'preact/hooks';

export interface NumberKeysProps {
  readonly cutWords: string;
  readonly doneWords: string;
  /** False while the number cannot be handed in. */
  readonly canSubmit: boolean;
  readonly onDigit: (digit: string) => void;
  readonly onCut: () => void;
  readonly onSubmit: () => void;
}

export function NumberKeys({ cutWords, doneWords, canSubmit, onDigit, onCut, onSubmit }: NumberKeysProps) {
  useLayoutEffect(() => {
    const type = (event: KeyboardEvent) => {
      if (/^\d$/.test(event.key)) onDigit(event.key);
      else if (event.key === 'Backspace') onCut();
      else if (event.key === 'Enter') onSubmit();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', type);
    return () => removeEventListener('keydown', type);
  });
  return (
    <div class="s-keys">
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
        <button key={digit} type="button" onClick={() => onDigit(digit)}>
          {digit}
        </button>
      ))}
      <button type="button" class="s-word" onClick={onCut}>
        {cutWords}
      </button>
      <button type="button" onClick={() => onDigit('0')}>
        0
      </button>
      <button type="button" class="s-word s-ok" disabled={!canSubmit} onClick={onSubmit}>
        {doneWords}
      </button>
    </div>
  );
}
