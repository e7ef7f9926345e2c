/** Lets a new device in: compare its fingerprint, give it a name people know. */
import { useState } from 'preact/hooks';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { TextField } from '../shared/Field.tsx';
import type { Device } from './model.ts';
import { useWords } from './words.ts';

export function AcceptDevice(props: {
  readonly device: Device;
  readonly onClose: () => void;
  readonly onAccept: (name: string) => void;
}) {
  const { t } = useWords();
  const [name, setName] = useState(props.device.name);
  return (
    <Dialog
      title={t('devices.acceptTitle', { name: props.device.name })}
      closeLabel={t('app.close')}
      onClose={props.onClose}
    >
      <form
        class="d-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          props.onAccept(name.trim());
        }}
      >
        <p>{t('devices.acceptWhat')}</p>
        <output class="d-code d-code-small">{props.device.fingerprint ?? props.device.id}</output>
        <TextField
          name="device-name"
          label={t('codes.name')}
          hint={t('codes.nameHint')}
          value={name}
          onInput={setName}
          maxLength={80}
        />
        <div class="d-form-acts">
          <Button onClick={props.onClose} action="no">
            {t('app.cancel')}
          </Button>
          <Button type="submit" kind="primary" action="yes">
            {t('devices.acceptYes')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
