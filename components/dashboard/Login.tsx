/** The log-in form: one place for what is wrong, no guess about which half was. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Banner } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { PasswordField, TextField } from '../shared/Field.tsx';
import { Failed } from './Failed.tsx';
import type { Failure } from './model.ts';
import { useWords } from './words.ts';

export interface LoginProps {
  readonly busy: boolean;
  readonly expired: boolean;
  readonly failure: Failure | null;
  readonly isSecure: boolean;
  readonly onSubmit: (name: string, password: string) => void;
}

export function Login(props: LoginProps) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [isTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  useEffect(() => {
    if (props.failure?.kind === 'signedOut') form.current?.querySelectorAll('input')[1]?.select();
  }, [props.failure]);
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '' && password !== '' && !props.busy) props.onSubmit(name.trim(), password);
  };
  return (
    <form class="d-door-form" ref={form} onSubmit={submit} noValidate>
      <h2>{t('login.title')}</h2>
      <p class="d-quiet">{t('login.lead')}</p>
      {!props.isSecure && (
        <Banner kind="warn" title={t('login.insecure')} name="insecure">
          {t('login.insecureDo')}
        </Banner>
      )}
      {props.expired && !props.failure && (
        <Banner kind="info" title={t('login.expired')} name="expired">
          {t('login.expiredDo')}
        </Banner>
      )}
      {props.failure && <LoginFailure failure={props.failure} />}
      <TextField
        name="name"
        label={t('login.name')}
        value={name}
        onInput={setName}
        autocomplete="username"
        maxLength={80}
        error={isTried && name.trim() === '' ? t('login.needName') : undefined}
      />
      <PasswordField
        name="password"
        label={t('login.password')}
        value={password}
        onInput={setPassword}
        autocomplete="current-password"
        error={isTried && password === '' ? t('login.needPassword') : undefined}
        words={{ show: t('login.show'), hide: t('login.hide'), caps: t('login.caps') }}
      />
      <Button type="submit" kind="primary" size="large" busy={props.busy} action="login">
        {t('login.submit')}
      </Button>
    </form>
  );
}

/** Wrong name or password, locked for a while, or something with the hub. */
function LoginFailure({ failure }: { readonly failure: Failure }) {
  const { t } = useWords();
  if (failure.kind === 'busy' && failure.retryAfter !== null) {
    const minutes = Math.max(1, Math.ceil(failure.retryAfter / 60));
    return (
      <Banner kind="warn" title={t('login.locked')} name="locked">
        {t('login.lockedDo', { minutes })}
      </Banner>
    );
  }
  if (failure.kind === 'signedOut') {
    return (
      <Banner kind="bad" title={t('login.wrong')} name="wrong">
        {t('login.wrongDo')}
      </Banner>
    );
  }
  return <Failed failure={failure} />;
}
