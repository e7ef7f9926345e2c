/** First start of the unit page: the unit's name and the agency codes its dossiers carry. */
import { useState } from 'preact/hooks';
import { agencyCode } from '../../lib/domain/codes.ts';
import { Button } from '../shared/Button.tsx';
import { TextField } from '../shared/Field.tsx';
import { Failed } from './Failed.tsx';
import type { Failure, NewUnit } from './model.ts';
import { useWords } from './words.ts';

const AGENCY = /^[A-Y]\d{2}(?:\.\d{1,4}){0,5}$/;

/** Codes as typed, in any order of groups: `H41.17.3; 000.17.3.H41`. Null when one of them is none. */
export function agencyCodesOf(typed: string): string[] | null {
  const codes = typed
    .toUpperCase()
    .split(/[;,\s]+/)
    .filter(Boolean)
    .map(agencyCode);
  return codes.every((code) => AGENCY.test(code)) ? codes : null;
}

export function SetUp(props: {
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onSubmit: (unit: NewUnit) => void;
}) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [typed, setTyped] = useState('');
  const [isTried, setTried] = useState(false);
  const agencyCodes = agencyCodesOf(typed);
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '' && agencyCodes) props.onSubmit({ name: name.trim(), agencyCodes });
  };
  return (
    <form class="d-door-form" onSubmit={submit} noValidate>
      <h2>{t('setUp.title')}</h2>
      <p class="d-quiet">{t('setUp.lead')}</p>
      {props.failure && <Failed failure={props.failure} />}
      <TextField
        name="unit-name"
        label={t('setUp.name')}
        hint={t('setUp.nameHint')}
        value={name}
        onInput={setName}
        maxLength={200}
        autofocus
        error={isTried && name.trim() === '' ? t('setUp.needName') : undefined}
      />
      <TextField
        name="agency-codes"
        label={t('setUp.codes')}
        hint={t('setUp.codesHint')}
        value={typed}
        onInput={setTyped}
        maxLength={400}
        code
        error={isTried && !agencyCodes ? t('setUp.codesWrong') : undefined}
      />
      <Button type="submit" kind="primary" size="large" busy={props.busy} action="set-up">
        {t('setUp.submit')}
      </Button>
    </form>
  );
}
