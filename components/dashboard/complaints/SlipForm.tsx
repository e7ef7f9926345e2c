/** A paper slip goes into the register: its number is checked as it is typed; personal words only with consent on the paper. */
import { useState } from 'preact/hooks';
import { COMPLAINT_LIMITS } from '../../../lib/domain/complaint.ts';
import { readSlipNumber } from '../../../lib/domain/slip.ts';
import { Button } from '../../shared/Button.tsx';
import { Dialog } from '../../shared/Dialog.tsx';
import { CheckField, Field, TextField } from '../../shared/Field.tsx';
import { failureWords } from '../Failed.tsx';
import type { Failure } from '../model.ts';
import { useWords } from '../words.ts';
import type { ComplaintActs, SlipWish } from './model.ts';

export function SlipForm(props: {
  readonly number: string;
  readonly unit: string;
  readonly today: string;
  readonly busy: string | null;
  readonly failure: Failure | null;
  readonly acts: ComplaintActs;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [isTried, setTried] = useState(false);
  const [wish, setWish] = useState<SlipWish>({
    number: props.number,
    unit: props.unit,
    received: props.today,
    aboutHead: false,
    consent: false,
    name: '',
    phone: '',
    text: '',
  });
  const change = (part: Partial<SlipWish>) => setWish({ ...wish, ...part });
  const isNumber = readSlipNumber(wish.number) !== null;
  const isDay = wish.received !== '' && wish.received <= props.today;
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (!isNumber || !isDay || props.busy !== null) return;
    const bare = wish.consent ? wish : { ...wish, name: '', phone: '', text: '' };
    if (await props.acts.registerSlip(bare)) props.onClose();
  };
  return (
    <Dialog title={t('complaints.slip')} closeLabel={t('app.close')} onClose={props.onClose}>
      <form class="d-form" noValidate onSubmit={submit}>
        <TextField
          name="slip"
          label={t('complaints.slipNumber')}
          hint={t('complaints.slipHint')}
          value={wish.number}
          code
          inputMode="numeric"
          onInput={(number) => change({ number })}
          error={isTried && !isNumber ? t('complaints.slipWrong') : undefined}
        />
        <TextField
          name="received"
          type="date"
          label={t('complaints.received')}
          value={wish.received}
          onInput={(received) => change({ received })}
          error={isTried && !isDay ? t('complaints.dayWrong') : undefined}
        />
        <CheckField
          name="aboutHead"
          label={t('complaints.aboutHeadBox')}
          checked={wish.aboutHead}
          onChange={(aboutHead) => change({ aboutHead })}
        />
        <CheckField
          name="consent"
          label={t('complaints.consentBox')}
          checked={wish.consent}
          onChange={(consent) => change({ consent })}
        />
        {wish.consent ? (
          <Personal wish={wish} onChange={change} />
        ) : (
          <p class="d-quiet">{t('complaints.noConsent')}</p>
        )}
        {props.failure !== null && (
          <p class="n-error" role="alert">
            {failureWords(words, props.failure).text}
          </p>
        )}
        <Button type="submit" kind="primary" action="register" busy={props.busy !== null}>
          {t('complaints.register')}
        </Button>
      </form>
    </Dialog>
  );
}

function Personal(props: { readonly wish: SlipWish; readonly onChange: (part: Partial<SlipWish>) => void }) {
  const { t } = useWords();
  const { wish, onChange } = props;
  return (
    <>
      <TextField
        name="name"
        label={t('complaints.name')}
        value={wish.name}
        maxLength={COMPLAINT_LIMITS.name}
        onInput={(name) => onChange({ name })}
      />
      <TextField
        name="phone"
        label={t('complaints.phone')}
        value={wish.phone}
        maxLength={COMPLAINT_LIMITS.phone}
        onInput={(phone) => onChange({ phone })}
      />
      <Field name="text" label={t('complaints.text')}>
        {({ id, describedBy }) => (
          <textarea
            id={id}
            class="n-input"
            name="text"
            rows={4}
            maxLength={COMPLAINT_LIMITS.text}
            value={wish.text}
            aria-describedby={describedBy}
            onInput={(event) => onChange({ text: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

/** Prints slips of the chosen unit: the numbers go on from the first one typed. */
export function SlipSheet({ unit }: { readonly unit: string }) {
  const { t } = useWords();
  const [from, setFrom] = useState('0');
  const [count, setCount] = useState('20');
  const isRight =
    /^\d{1,4}$/.test(from) && /^\d{1,3}$/.test(count) && Number(count) >= 1 && Number(count) <= 200;
  const address = `/v1/complaints/slips/sheet?${new URLSearchParams({ unit, from, count })}`;
  return (
    <section class="d-card d-stack" aria-labelledby="slips-print">
      <h3 id="slips-print">{t('complaints.print')}</h3>
      <p class="d-quiet">{t('complaints.printWhat')}</p>
      <div class="c-row">
        <TextField
          name="from"
          label={t('complaints.printFrom')}
          value={from}
          inputMode="numeric"
          onInput={setFrom}
        />
        <TextField
          name="count"
          label={t('complaints.printCount')}
          value={count}
          inputMode="numeric"
          onInput={setCount}
        />
        {isRight && (
          <a
            class="n-button n-button-plain"
            href={address}
            target="_blank"
            rel="noreferrer"
            data-action="print-slips"
          >
            {t('complaints.printOpen')}
          </a>
        )}
      </div>
    </section>
  );
}
