/** Which counter the device stands at: number tiles, or a name. */
import { useState } from 'preact/hooks';
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { Button } from '../../shared/Button.tsx';
import { TextField } from '../../shared/Field.tsx';

export interface CounterPickerProps {
  readonly t: StaffTranslate;
  /** The hub's counters; numbers 1 to 12 where it names none. */
  readonly counters: readonly { readonly id: string; readonly name: string }[];
  /** Id and name of the counter in force. */
  readonly chosen: { readonly id: string; readonly name: string } | null;
  readonly onChoose: (counter: { readonly id: string; readonly name: string } | null) => void;
}

const NUMBERS = Array.from({ length: 12 }, (_, index) => ({
  id: String(index + 1),
  name: String(index + 1),
}));

export function CounterPicker({ t, counters, chosen, onChoose }: CounterPickerProps) {
  const [other, setOther] = useState('');
  const offered = counters.length > 0 ? counters : NUMBERS;
  return (
    <section class="s-card" data-card="counter">
      <h2>{t('counterTitle')}</h2>
      <p>{t('counterText')}</p>
      <p>
        <b>{t('counterNow', { counter: chosen?.name ?? t('counterNone') })}</b>
      </p>
      <div class="s-tiles">
        {offered.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            aria-pressed={chosen?.id === id}
            onClick={() => onChoose({ id, name })}
          >
            {name}
          </button>
        ))}
      </div>
      <Button size="large" pressed={chosen === null} onClick={() => onChoose(null)}>
        {t('counterNone')}
      </Button>
      <form
        class="s-inline"
        onSubmit={(event) => {
          event.preventDefault();
          const name = other.trim();
          if (name !== '') onChoose({ id: name, name });
          setOther('');
        }}
      >
        <TextField label={t('counterOther')} name="counter" value={other} maxLength={60} onInput={setOther} />
        <Button type="submit" disabled={other.trim() === ''}>
          {t('counterSave')}
        </Button>
      </form>
    </section>
  );
}
