/** No to a proposal, with the reason its maker will read. */
import { useState } from 'preact/hooks';
import { Button } from '../../shared/Button.tsx';
import { Dialog } from '../../shared/Dialog.tsx';
import { TextField } from '../../shared/Field.tsx';
import { failureWords } from '../Failed.tsx';
import type { Failure } from '../model.ts';
import { useWords } from '../words.ts';
import { type PackDetail, refOf } from './model.ts';

export function RefusePack(props: {
  readonly pack: PackDetail;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onRefuse: (reason: string) => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  return (
    <Dialog
      title={t('packs.refuseTitle', { pack: refOf(props.pack) })}
      closeLabel={t('app.close')}
      onClose={props.onClose}
    >
      <form
        class="d-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (reason.trim() !== '' && !props.busy) props.onRefuse(reason.trim());
        }}
      >
        <p>{t('packs.refuseWhat')}</p>
        <TextField
          name="reason"
          label={t('packs.reason')}
          value={reason}
          onInput={setReason}
          maxLength={500}
          error={
            props.failure
              ? failureWords(words, props.failure).text
              : isTried && reason.trim() === ''
                ? t('packs.needReason')
                : undefined
          }
        />
        <div class="d-form-acts">
          <Button onClick={props.onClose} action="no">
            {t('app.cancel')}
          </Button>
          <Button type="submit" kind="danger" busy={props.busy} action="yes">
            {t('packs.refuse')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
