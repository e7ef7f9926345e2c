/** Asks for the passphrase that locks a new unit file. */
import { useState } from 'preact/hooks';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { PasswordField, SelectField } from '../shared/Field.tsx';
import type { DeviceKind } from './model.ts';
import { useWords } from './words.ts';

/** Shorter passphrases are refused: the file may travel on a stick and be tried offline. */
const SHORTEST_PASSPHRASE = 12;

export function UnitFile(props: {
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onSave: (passphrase: string, kind: DeviceKind) => void;
}) {
  const { t } = useWords();
  const [kind, setKind] = useState<DeviceKind>('extension');
  const [passphrase, setPassphrase] = useState('');
  const [isTried, setTried] = useState(false);
  const isShort = passphrase.length < SHORTEST_PASSPHRASE;
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (!isShort) props.onSave(passphrase, kind);
  };
  return (
    <Dialog title={t('unitFile.title')} closeLabel={t('app.close')} onClose={props.onClose}>
      <form class="d-form" onSubmit={submit} noValidate>
        <p>{t('unitFile.what')}</p>
        <SelectField
          name="kind"
          label={t('codes.kind')}
          value={kind}
          onChange={(value) => setKind(value === 'kiosk' ? 'kiosk' : 'extension')}
          options={[
            { value: 'extension', text: t('devices.kind.extension') },
            { value: 'kiosk', text: t('devices.kind.kiosk') },
          ]}
        />
        <PasswordField
          name="passphrase"
          label={t('unitFile.passphrase')}
          hint={t('unitFile.passphraseHint')}
          value={passphrase}
          onInput={setPassphrase}
          autocomplete="new-password"
          error={isTried && isShort ? t('unitFile.short', { count: passphrase.length }) : undefined}
          words={{ show: t('login.show'), hide: t('login.hide'), caps: t('login.caps') }}
        />
        <div class="d-form-acts">
          <Button onClick={props.onClose}>{t('app.cancel')}</Button>
          <Button type="submit" kind="primary" busy={props.busy}>
            {t('devices.unitFile')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
