/** What a new code is for, where it stands, how long it holds. */
import { useState } from 'preact/hooks';
import { LINK_KINDS, type LinkKind } from '../../../lib/domain/public-form.ts';
import type { CounterView } from '../../../lib/indicators/kiosks.ts';
import { Button } from '../../shared/Button.tsx';
import { SelectField, TextField } from '../../shared/Field.tsx';
import { useWords } from '../words.ts';
import type { LinkWish } from './model.ts';

const ORIGIN = /^(https:\/\/[a-z0-9.-]+(:\d{1,5})?|http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?)$/;

export function LinkForm(props: {
  readonly counters: readonly CounterView[];
  readonly unit: string;
  readonly busy: string | null;
  readonly onMake: (wish: LinkWish) => void;
}) {
  const { t } = useWords();
  const [kind, setKind] = useState<LinkKind>('counter');
  const [counter, setCounter] = useState('');
  const [days, setDays] = useState('366');
  const [count, setCount] = useState('120');
  const [origin, setOrigin] = useState('');
  const [isTried, setTried] = useState(false);
  const own = props.counters.filter((one) => one.unit === props.unit && one.isActive);
  const isWhole = (text: string, most: number) =>
    /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
  const wrong = {
    days: !isWhole(days, 1_100),
    count: kind === 'receipt' && !isWhole(count, 1_200),
    origin: kind === 'widget' && !ORIGIN.test(origin.trim()),
  };
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (wrong.days || wrong.count || wrong.origin || props.busy !== null) return;
    props.onMake({
      kind,
      unit: props.unit,
      counter: counter === '' ? null : counter,
      origins: kind === 'widget' ? [origin.trim()] : [],
      days: Number(days),
      count: kind === 'receipt' ? Number(count) : 1,
    });
  };
  return (
    <form class="d-card d-form c-form" noValidate onSubmit={submit}>
      <h3>{t('links.make')}</h3>
      <SelectField
        name="kind"
        label={t('links.kind')}
        value={kind}
        onChange={(value) => setKind(LINK_KINDS.find((one) => one === value) ?? 'counter')}
        options={LINK_KINDS.map((value) => ({ value, text: t(`links.kindWhat.${value}`) }))}
      />
      <SelectField
        name="counter"
        label={t('links.counter')}
        value={counter}
        onChange={setCounter}
        options={[
          { value: '', text: t('links.wholeUnit') },
          ...own.map(({ id, name }) => ({ value: id, text: name })),
        ]}
      />
      {kind === 'receipt' && (
        <TextField
          name="count"
          label={t('links.count')}
          hint={t('links.countHint')}
          value={count}
          inputMode="numeric"
          onInput={setCount}
          error={isTried && wrong.count ? t('links.countWrong') : undefined}
        />
      )}
      {kind === 'widget' && (
        <TextField
          name="origin"
          label={t('links.origin')}
          hint={t('links.originHint')}
          value={origin}
          code
          onInput={setOrigin}
          error={isTried && wrong.origin ? t('links.originWrong') : undefined}
        />
      )}
      <TextField
        name="days"
        label={t('links.days')}
        value={days}
        inputMode="numeric"
        onInput={setDays}
        error={isTried && wrong.days ? t('links.daysWrong') : undefined}
      />
      <Button type="submit" kind="primary" action="make-links" busy={props.busy === 'makeLinks'}>
        {t('links.submit')}
      </Button>
    </form>
  );
}
