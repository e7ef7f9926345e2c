/** Enrolment: by hub address and one-time code, or by a unit file and its passphrase. */
import { useState } from 'preact/hooks';
import { problemText } from '../popup/model.ts';
import { Banner } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { PasswordField, TextField } from '../shared/Field.tsx';
import { FilePick } from './FilePick.tsx';
import type { Room } from './room.ts';
import { Step } from './Step.tsx';

export function Activation(room: Room) {
  const { t, view } = room;
  const { device } = view;
  const [isAgain, setAgain] = useState(false);
  return (
    <Step
      t={t}
      n={2}
      name="activation"
      title={t('activation.title')}
      summary={device ? t('activation.done', { name: device.name, unit: device.unit }) : ''}
      state={device ? 'done' : view.notice.acceptedAt ? 'open' : 'wait'}
    >
      {device && !isAgain ? (
        <div class="o-row">
          <p>
            {device.hub ? t('activation.viaHub', { hub: device.hub }) : t('activation.viaFile')}
            <br />
            <code class="o-id">{device.id}</code>
          </p>
          <Button onClick={() => setAgain(true)} action="activate-again">
            {t('activation.again')}
          </Button>
        </div>
      ) : (
        <ActivationForm {...room} onDone={() => setAgain(false)} />
      )}
    </Step>
  );
}

function ActivationForm(room: Room & { readonly onDone: () => void }) {
  const { t, view, door } = room;
  const [way, setWay] = useState<'hub' | 'file'>('hub');
  const [hub, setHub] = useState(view.policy.hub ?? '');
  const [code, setCode] = useState('');
  const [name, setName] = useState(view.device?.name ?? '');
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const go = async () => {
    const needed: readonly (readonly [string, boolean])[] = [
      ['hub', way === 'hub' && hub.trim() === ''],
      ['code', way === 'hub' && code.trim() === ''],
      ['file', way === 'file' && file === null],
      ['passphrase', way === 'file' && passphrase === ''],
      ['name', name.trim() === ''],
    ];
    const empty = needed.find(([, isEmpty]) => isEmpty)?.[0] ?? null;
    setMissing(empty);
    setProblem(null);
    if (empty !== null) return;
    setBusy(true);
    const outcome =
      way === 'hub'
        ? await door.activate(hub.trim(), code.trim(), name.trim())
        : await door.activateFromFile(file!, passphrase, name.trim());
    setBusy(false);
    if (!outcome.ok) return setProblem(problemText(t, outcome));
    room.onDone();
    await room.onChanged();
  };
  const errorOf = (field: string) => (missing === field ? t('error.needed') : undefined);
  return (
    <form
      class="o-form"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <p>{t('activation.lead')}</p>
      <div class="o-ways" role="radiogroup" aria-label={t('activation.title')}>
        {(['hub', 'file'] as const).map((one) => (
          <label key={one} class="o-way">
            <input type="radio" name="way" value={one} checked={way === one} onChange={() => setWay(one)} />
            {t(one === 'hub' ? 'activation.byHub' : 'activation.byFile')}
          </label>
        ))}
      </div>
      {way === 'hub' ? (
        <div class="o-fields">
          <TextField
            label={t('activation.hub')}
            name="hub"
            hint={view.policy.hub ? t('activation.hubFixed') : t('activation.hubHint')}
            disabled={view.policy.hub !== null}
            inputMode="url"
            code
            value={hub}
            error={errorOf('hub')}
            onInput={setHub}
          />
          <TextField
            label={t('activation.code')}
            name="code"
            hint={t('activation.codeHint')}
            code
            value={code}
            error={errorOf('code')}
            onInput={setCode}
          />
        </div>
      ) : (
        <div class="o-fields">
          <FilePick
            t={t}
            label={t('activation.file')}
            name="unit-file"
            accept=".nmc-unit"
            error={errorOf('file')}
            onPick={setFile}
          />
          <PasswordField
            label={t('activation.passphrase')}
            name="passphrase"
            value={passphrase}
            error={errorOf('passphrase')}
            onInput={setPassphrase}
            words={{ show: t('show'), hide: t('hide'), caps: t('caps') }}
          />
        </div>
      )}
      <TextField
        label={t('activation.name')}
        name="device-name"
        hint={t('activation.nameHint')}
        maxLength={80}
        value={name}
        error={errorOf('name')}
        onInput={setName}
      />
      {problem && <Banner kind="bad" title={problem} name="activation-problem" />}
      <div class="o-buttons">
        <Button kind="primary" type="submit" busy={isBusy} action="activate">
          {t('activation.go')}
        </Button>
        {view.device && (
          <Button kind="quiet" onClick={room.onDone}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
