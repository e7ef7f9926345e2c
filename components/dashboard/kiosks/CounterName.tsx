/** Another name for a counter. */
import { useState } from 'preact/hooks';
import type { CounterView } from '../../../lib/indicators/kiosks.ts';
import { Button } from '../../shared/Button.tsx';
import { Dialog } from '../../shared/Dialog.tsx';
import { TextField } from '../../shared/Field.tsx';
import { failureWords } from '../Failed.tsx';
import type { Failure } from '../model.ts';
import { useWords } from '../words.ts';

export function CounterName(props: {
  readonly counter: CounterView;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onSave: (name: string) => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [name, setName] = useState(props.counter.name);
  const isEmpty = name.trim() === '';
  return (
    <Dialog
      title={t('kiosks.counterRenameTitle', { name: props.counter.name })}
      closeLabel={t('app.close')}
      onClose={props.onClose}
    >
      <form
        class="d-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isEmpty && !props.busy) props.onSave(name.trim());
        }}
      >
        <TextField
          name="counter-rename"
          label={t('kiosks.counterName')}
          hint={t('kiosks.counterHint')}
          value={name}
          onInput={setName}
          maxLength={80}
          error={
            props.failure
              ? failureWords(words, props.failure).text
              : isEmpty
                ? t('kiosks.needCounterName')
                : undefined
          }
        />
        <div class="d-form-acts">
          <Button onClick={props.onClose} action="no">
            {t('app.cancel')}
          </Button>
          <Button type="submit" kind="primary" busy={props.busy} action="yes">
            {t('kiosks.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
