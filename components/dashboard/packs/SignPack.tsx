/** The province's counter-signature: says what is signed, and asks for the password again. */
import { useState } from 'preact/hooks';
import { Banner } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { Dialog } from '../../shared/Dialog.tsx';
import { PasswordField } from '../../shared/Field.tsx';
import { failureWords } from '../Failed.tsx';
import type { Failure } from '../model.ts';
import { useWords } from '../words.ts';
import { type PackDetail, refOf } from './model.ts';

export function SignPack(props: {
  readonly pack: PackDetail;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onSign: (password: string) => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { t, number } = words;
  const { pack, failure } = props;
  const [password, setPassword] = useState('');
  const [isTried, setTried] = useState(false);
  const failed = pack.results?.failed ?? 0;
  const error = failure
    ? failureWords(words, failure).text
    : isTried && password === ''
      ? t('login.needPassword')
      : undefined;
  return (
    <Dialog
      title={t('packs.signTitle', { pack: refOf(pack) })}
      closeLabel={t('app.close')}
      onClose={props.onClose}
    >
      <form
        class="d-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (password !== '' && !props.busy) props.onSign(password);
        }}
      >
        <p>{t('packs.signWhat')}</p>
        <ul class="d-do">
          <li>
            {t('packs.signChanges', { count: number(pack.changes.length), before: pack.before ?? '–' })}
          </li>
          <li>
            {t('packs.passed', {
              passed: number(pack.results?.passed ?? 0),
              all: number((pack.results?.passed ?? 0) + failed),
            })}
          </li>
          <li>
            {t('packs.hash')}: <code>{pack.sha256.slice(0, 16)}…</code>
          </li>
        </ul>
        {(failed > 0 || pack.results?.passed === 0) && (
          <Banner
            kind="warn"
            name="sign-unproven"
            title={t(failed > 0 ? 'packs.signFailed' : 'packs.signUntested')}
          >
            {t('packs.signFailedDo')}
          </Banner>
        )}
        <PasswordField
          name="password"
          label={t('packs.ownPassword')}
          hint={t('packs.ownPasswordHint')}
          autocomplete="current-password"
          value={password}
          onInput={setPassword}
          error={error}
          words={{ show: t('login.show'), hide: t('login.hide'), caps: t('login.caps') }}
        />
        <div class="d-form-acts">
          <Button onClick={props.onClose} action="no">
            {t('app.cancel')}
          </Button>
          <Button type="submit" kind="primary" busy={props.busy} action="yes">
            {t('packs.sign')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
