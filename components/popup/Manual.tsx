/** An entry by hand, with its reason. */
import { useState } from 'preact/hooks';
import { addDays, showDay } from '../../lib/domain/dates.ts';
import { ACTIONS, type Action } from '../../lib/domain/vocabulary.ts';
import { Button } from '../shared/Button.tsx';
import { SelectField, TextField } from '../shared/Field.tsx';
import { type ManualEntry, type Outcome, problemText, type View, type Words } from './model.ts';

/** How far back an entry by hand may reach: a month, the span people still remember. */
const DAYS_BACK = 31;

interface ManualProps {
  readonly t: Words;
  readonly view: View;
  readonly onAdd: (entry: ManualEntry, attempt: string) => Promise<Outcome>;
  /** Added, or given up. */
  readonly onClose: () => void;
}

export function Manual(props: ManualProps) {
  const { t } = props;
  return (
    <section class="p-card" aria-label={t('manual.title')}>
      <h2>{t('manual.title')}</h2>
      <p class="p-small">{t('manual.text')}</p>
      <ManualForm {...props} />
    </section>
  );
}

function ManualForm(props: ManualProps) {
  const { t, view } = props;
  const [action, setAction] = useState<Action>('receive');
  const [n, setN] = useState('1');
  const [day, setDay] = useState(view.summary.day);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<{ field: string; text: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  // One id per form: pressing twice, or again after a lost answer, still makes one entry.
  const [attempt] = useState(() => crypto.randomUUID());
  const add = async () => {
    if (!/^[1-9]\d{0,3}$/.test(n)) return setProblem({ field: 'n', text: t('error.needed') });
    if (reason.trim() === '') return setProblem({ field: 'reason', text: t('error.needed') });
    setBusy(true);
    const outcome = await props.onAdd({ action, n: Number(n), day, reason: reason.trim() }, attempt);
    setBusy(false);
    if (outcome.ok) return props.onClose();
    setProblem({ field: outcome.field ?? 'reason', text: problemText(t, outcome) });
  };
  const errorOf = (field: string) => (problem?.field === field ? problem.text : undefined);
  return (
    <form
      class="p-form"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <SelectField
        label={t('manual.action')}
        name="manual-action"
        value={action}
        options={ACTIONS.map((one) => ({ value: one, text: t(`action.${one}`) }))}
        onChange={(value) => setAction(value as Action)}
      />
      <div class="p-pair">
        <TextField
          label={t('manual.n')}
          name="manual-n"
          inputMode="numeric"
          maxLength={4}
          value={n}
          error={errorOf('n')}
          onInput={(value) => {
            setN(value);
            setProblem(null);
          }}
        />
        <SelectField
          label={t('manual.day')}
          name="manual-day"
          value={day}
          error={errorOf('day')}
          options={dayOptions(t, view.summary.day)}
          onChange={setDay}
        />
      </div>
      <TextField
        label={t('manual.reason')}
        name="manual-reason"
        hint={t('manual.reasonHint')}
        maxLength={300}
        value={reason}
        error={errorOf('reason')}
        onInput={(value) => {
          setReason(value);
          setProblem(null);
        }}
      />
      <div class="p-buttons">
        <Button kind="primary" type="submit" busy={isBusy} action="add-manual">
          {t('manual.add')}
        </Button>
        <Button kind="quiet" onClick={props.onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Today and the days before, in words and dd/MM/yyyy: a native date field follows the browser's language instead. */
function dayOptions(t: Words, today: string) {
  return Array.from({ length: DAYS_BACK }, (_, back) => {
    const value = addDays(today, -back);
    const day = showDay(value);
    return {
      value,
      text: back === 0 ? t('manual.today', { day }) : back === 1 ? t('manual.yesterday', { day }) : day,
    };
  });
}
