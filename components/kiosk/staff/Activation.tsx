/** Ties the device to a unit: by a hub's one-time code, or by the file of a unit that has no hub. */
import { useState } from 'preact/hooks';
import type { StaffKey, StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { Button } from '../../shared/Button.tsx';
import { Field, PasswordField, TextField } from '../../shared/Field.tsx';

export interface ActivationProps {
  readonly t: StaffTranslate;
  /** The hub this page came from, as a first guess. */
  readonly hub: string;
  readonly isBusy: boolean;
  readonly onCode: (asked: { hub: string; code: string; name: string }) => void;
  readonly onFile: (asked: { file: File; passphrase: string; name: string }) => void;
  readonly onCancel: (() => void) | null;
}

export function Activation(props: ActivationProps) {
  const { t, isBusy, onCancel } = props;
  const [way, setWay] = useState<'code' | 'file'>('code');
  const [name, setName] = useState(t('deviceNameDefault'));
  const [hub, setHub] = useState(props.hub);
  const [code, setCode] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [missing, setMissing] = useState<StaffKey | null>(null);

  const submit = () => {
    const named = name.trim().slice(0, 80) || t('deviceNameDefault');
    const lack = way === 'code' ? lackOfCode(hub, code) : lackOfFile(file, passphrase);
    setMissing(lack);
    if (lack) return;
    if (way === 'code') props.onCode({ hub: hub.trim(), code: code.trim(), name: named });
    else if (file) props.onFile({ file, passphrase, name: named });
  };
  const errorOf = (key: StaffKey) => (missing === key ? t(key) : undefined);

  return (
    <form
      class="s-card s-activation"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>{t('activateTitle')}</h2>
      <p>{t('activateText')}</p>
      <div class="s-ways">
        <Button pressed={way === 'code'} action="by-code" onClick={() => setWay('code')}>
          {t('activateByCode')}
        </Button>
        <Button pressed={way === 'file'} action="by-file" onClick={() => setWay('file')}>
          {t('activateByFile')}
        </Button>
      </div>
      {way === 'code' ? (
        <>
          <TextField
            label={t('hub')}
            name="hub"
            hint={t('hubHint')}
            type="url"
            inputMode="url"
            code
            value={hub}
            error={errorOf('errorNeedsHub')}
            onInput={setHub}
          />
          <TextField
            label={t('code')}
            name="code"
            hint={t('codeHint')}
            code
            value={code}
            error={errorOf('errorNeedsCode')}
            onInput={setCode}
          />
        </>
      ) : (
        <>
          <Field label={t('unitFile')} name="file" hint={t('unitFileHint')} error={errorOf('errorNeedsFile')}>
            {({ id, describedBy }) => (
              <input
                id={id}
                class="n-input"
                type="file"
                accept=".nmc-unit"
                aria-describedby={describedBy}
                onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
              />
            )}
          </Field>
          <PasswordField
            label={t('passphrase')}
            name="passphrase"
            value={passphrase}
            error={errorOf('errorNeedsPassphrase')}
            words={{ show: t('show'), hide: t('hide'), caps: t('caps') }}
            onInput={setPassphrase}
          />
        </>
      )}
      <TextField
        label={t('deviceName')}
        name="name"
        hint={t('deviceNameHint')}
        value={name}
        maxLength={80}
        onInput={setName}
      />
      <div class="s-actions">
        <Button kind="primary" size="large" type="submit" busy={isBusy} action="activate">
          {t('activate')}
        </Button>
        {onCancel && (
          <Button size="large" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}

function lackOfCode(hub: string, code: string): StaffKey | null {
  if (hub.trim() === '') return 'errorNeedsHub';
  return code.trim() === '' ? 'errorNeedsCode' : null;
}

function lackOfFile(file: File | null, passphrase: string): StaffKey | null {
  if (!file) return 'errorNeedsFile';
  return passphrase === '' ? 'errorNeedsPassphrase' : null;
}
