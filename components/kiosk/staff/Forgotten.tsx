/** A forgotten PIN: the hub's one-time code, or the unit's file with its passphrase, lets a new one be chosen. */
import { useState } from 'preact/hooks';
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { Button } from '../../shared/Button.tsx';
import { Field, PasswordField, TextField } from '../../shared/Field.tsx';

/** What the person brings. */
export type Proof =
  | { readonly by: 'code'; readonly code: string }
  | { readonly by: 'file'; readonly file: File; readonly passphrase: string };

export interface ForgottenProps {
  readonly t: StaffTranslate;
  /** The unit has a hub: a code; else its file. */
  readonly hasHub: boolean;
  readonly isBusy: boolean;
  readonly problem: string | null;
  readonly onProof: (proof: Proof) => void;
  readonly onCancel: () => void;
}

export function Forgotten(props: ForgottenProps) {
  const { t, hasHub, problem } = props;
  const [code, setCode] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const isFilled = hasHub ? code.trim() !== '' : file !== null && passphrase !== '';
  const submit = () => {
    if (hasHub) props.onProof({ by: 'code', code: code.trim() });
    else if (file) props.onProof({ by: 'file', file, passphrase });
  };
  return (
    <form
      class="s-card s-activation"
      data-card="forgotten"
      onSubmit={(event) => {
        event.preventDefault();
        if (isFilled && !props.isBusy) submit();
      }}
    >
      <h2>{t('forgottenTitle')}</h2>
      <p>{t(hasHub ? 'forgottenHub' : 'forgottenUnit')}</p>
      {hasHub ? (
        <TextField
          label={t('code')}
          name="code"
          hint={t('codeHint')}
          code
          value={code}
          error={problem ?? undefined}
          onInput={setCode}
        />
      ) : (
        <>
          <Field label={t('unitFile')} name="file" hint={t('unitFileHint')}>
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
            error={problem ?? undefined}
            words={{ show: t('show'), hide: t('hide'), caps: t('caps') }}
            onInput={setPassphrase}
          />
        </>
      )}
      <div class="s-actions">
        <Button
          kind="primary"
          size="large"
          type="submit"
          disabled={!isFilled}
          busy={props.isBusy}
          action="prove"
        >
          {t('forgottenRun')}
        </Button>
        <Button size="large" onClick={props.onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
