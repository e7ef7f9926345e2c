/** Who is on duty at this PC, and changing it by PIN. Used by the popup and the options page. */
import { useState } from 'preact/hooks';
import { Button } from '../shared/Button.tsx';
import { PasswordField, SelectField } from '../shared/Field.tsx';
import { type Outcome, problemText, type View, type Words } from './model.ts';
import './popup.css';

interface DutyProps {
  readonly t: Words;
  readonly view: View;
  readonly onDuty: (person: string | null, pin: string) => Promise<Outcome>;
  readonly onChanged: () => void;
  readonly onPeople: () => void;
}

export function Duty(props: DutyProps) {
  const { t, view } = props;
  const { person } = view.summary;
  const [isOpen, setOpen] = useState(false);
  return (
    <section class="p-card p-duty" aria-label={t('duty.title')}>
      <div class="p-duty-row">
        <div>
          <h2>{t('duty.title')}</h2>
          <p class={person ? 'p-person' : 'p-person p-person-none'} data-person={person?.name ?? ''}>
            {person?.name ?? t('duty.nobody')}
          </p>
        </div>
        {view.people.length === 0 ? (
          <Button size="small" onClick={props.onPeople} action="add-people">
            {t('duty.addPeople')}
          </Button>
        ) : (
          <Button size="small" expanded={isOpen} onClick={() => setOpen(!isOpen)} action="change-duty">
            {t(person ? 'duty.change' : 'duty.choose')}
          </Button>
        )}
      </div>
      {person === null && view.people.length > 0 && !isOpen && <p class="p-small">{t('duty.nobodyHint')}</p>}
      {isOpen && (
        <DutyForm
          {...props}
          onDone={() => {
            setOpen(false);
            props.onChanged();
          }}
        />
      )}
    </section>
  );
}

function DutyForm(props: DutyProps & { readonly onDone: () => void }) {
  const { t, view } = props;
  const [who, setWho] = useState(view.people[0]?.id ?? '');
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);
  const take = async (person: string | null) => {
    if (person !== null && !/^\d{4,6}$/.test(pin)) return setProblem(t('error.pinForm'));
    setBusy(true);
    const outcome = await props.onDuty(person, person === null ? '' : pin);
    setBusy(false);
    if (outcome.ok) return props.onDone();
    setPin('');
    setProblem(problemText(t, outcome));
  };
  return (
    <form
      class="p-form"
      onSubmit={(event) => {
        event.preventDefault();
        take(who);
      }}
    >
      <SelectField
        label={t('duty.who')}
        name="duty-who"
        value={who}
        options={view.people.map(({ id, name }) => ({ value: id, text: name }))}
        onChange={setWho}
      />
      <PasswordField
        label={t('duty.pin')}
        name="duty-pin"
        value={pin}
        error={problem}
        onInput={(value) => {
          setPin(value);
          setProblem(undefined);
        }}
        words={{ show: t('show'), hide: t('hide'), caps: t('caps') }}
      />
      <div class="p-buttons">
        <Button kind="primary" type="submit" busy={isBusy} action="take-duty">
          {t('duty.take')}
        </Button>
        {view.summary.person && (
          <Button kind="quiet" onClick={() => take(null)} action="leave-duty">
            {t('duty.leave')}
          </Button>
        )}
      </div>
    </form>
  );
}
