/** The people of a shared PC: names stay here, each with a PIN. */
import { useState } from 'preact/hooks';
import { Duty } from '../popup/Duty.tsx';
import { problemText } from '../popup/model.ts';
import { Empty } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { ConfirmDialog } from '../shared/Dialog.tsx';
import { PasswordField, TextField } from '../shared/Field.tsx';
import type { Room } from './room.ts';
import { Step } from './Step.tsx';

export function People(room: Room) {
  const { t, view, door, onChanged } = room;
  const [leaving, setLeaving] = useState<{ id: string; name: string } | null>(null);
  const isReady = view.notice.acceptedAt !== null && view.device !== null;
  return (
    <Step
      t={t}
      n={4}
      name="people"
      title={t('people.title')}
      summary={t('people.count', {
        n: view.people.length,
        name: view.summary.person?.name ?? t('duty.nobody'),
      })}
      state={!isReady ? 'wait' : view.people.length > 0 ? 'done' : 'open'}
      keepOpen
    >
      <p>{t('people.lead')}</p>
      {view.people.length === 0 ? (
        <Empty title={t('people.empty')} name="people">
          {t('people.emptyText')}
        </Empty>
      ) : (
        <>
          <Duty t={t} view={view} onDuty={door.duty} onChanged={onChanged} onPeople={() => undefined} />
          <ul class="o-people">
            {view.people.map((one) => (
              <li key={one.id} data-person={one.name} data-person-id={one.id}>
                <span>{one.name}</span>
                {view.summary.person?.id === one.id && (
                  <span class="n-tag n-tag-good">{t('people.onDuty')}</span>
                )}
                <Button kind="quiet" size="small" action="remove-person" onClick={() => setLeaving(one)}>
                  {t('people.remove')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <AddPerson {...room} />
      {leaving && (
        <ConfirmDialog
          title={t('people.removeAsk', { name: leaving.name })}
          yes={t('people.remove')}
          no={t('cancel')}
          isDangerous
          onNo={() => setLeaving(null)}
          onYes={async () => {
            await door.removePerson(leaving.id);
            setLeaving(null);
            await onChanged();
          }}
        >
          <p>{t('people.removeText')}</p>
        </ConfirmDialog>
      )}
    </Step>
  );
}

function AddPerson({ t, door, onChanged }: Room) {
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<{ field: string; text: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const add = async () => {
    if (name.trim() === '') return setProblem({ field: 'name', text: t('error.needed') });
    if (!/^\d{4,6}$/.test(pin)) return setProblem({ field: 'pin', text: t('error.pinForm') });
    setBusy(true);
    const outcome = await door.addPerson(name.trim(), pin);
    setBusy(false);
    if (!outcome.ok) return setProblem({ field: 'name', text: problemText(t, outcome) });
    setProblem(null);
    setName('');
    setPin('');
    await onChanged();
  };
  const errorOf = (field: string) => (problem?.field === field ? problem.text : undefined);
  return (
    <form
      class="o-form o-add"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div class="o-fields">
        <TextField
          label={t('people.name')}
          name="person-name"
          maxLength={60}
          value={name}
          error={errorOf('name')}
          onInput={setName}
        />
        <PasswordField
          label={t('duty.pin')}
          name="person-pin"
          value={pin}
          error={errorOf('pin')}
          onInput={setPin}
          autocomplete="new-password"
          words={{ show: t('show'), hide: t('hide'), caps: t('caps') }}
        />
      </div>
      <div class="o-buttons">
        <Button kind="primary" type="submit" busy={isBusy} action="add-person">
          {t('people.add')}
        </Button>
      </div>
    </form>
  );
}
