/** What is known of a pasted dossier code: at the hub, and on this PC. The code is hashed before anything is asked. */
import { useState } from 'preact/hooks';
import { showDay } from '../../lib/domain/dates.ts';
import type { ExtensionKey } from '../../lib/i18n/extension/index.ts';
import { Button } from '../shared/Button.tsx';
import { TextField } from '../shared/Field.tsx';
import { type LookUpAnswer, momentOf, type Words } from './model.ts';

const MARKS = ['late', 'dueToday', 'undecided', 'feeNotOnline'] as const;

interface LookUpProps {
  readonly t: Words;
  readonly isMarking: boolean;
  readonly onLookUp: (code: string) => Promise<LookUpAnswer | null>;
  readonly onMark: (isOn: boolean) => void;
}

export function LookUp(props: LookUpProps) {
  const { t } = props;
  const [code, setCode] = useState('');
  const [answer, setAnswer] = useState<LookUpAnswer | null>(null);
  const [isBusy, setBusy] = useState(false);
  const ask = async () => {
    if (code.trim() === '') return;
    setBusy(true);
    setAnswer((await props.onLookUp(code.trim())) ?? { state: 'offline', hub: null, here: null });
    setBusy(false);
  };
  return (
    <section class="p-card" aria-label={t('lookup.title')}>
      <form
        class="p-form"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <TextField
          name="lookup-code"
          label={t('lookup.code')}
          value={code}
          onInput={(next) => {
            setCode(next);
            setAnswer(null);
          }}
          hint={t('lookup.help')}
        />
        <Button kind="primary" busy={isBusy} action="lookup" onClick={ask}>
          {t('lookup.ask')}
        </Button>
      </form>
      <div role="status" data-lookup={answer?.state ?? ''}>
        {answer && <Answer t={t} answer={answer} />}
      </div>
      <label class="p-check">
        <input
          type="checkbox"
          name="mark-rows"
          checked={props.isMarking}
          onChange={(event) => props.onMark(event.currentTarget.checked)}
        />
        {t('lookup.marks')}
      </label>
      {props.isMarking && (
        <ul class="p-marks">
          {MARKS.map((mark) => (
            <li key={mark} class={`p-mark p-mark-${mark}`}>
              {t(`mark.${mark}`)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Answer({ t, answer }: { readonly t: Words; readonly answer: LookUpAnswer }) {
  const { hub, here } = answer;
  const facts = {
    status: hub?.status ?? here?.facts.status ?? null,
    received: hub?.received ?? here?.facts.received ?? null,
    due: hub?.due ?? here?.facts.due ?? null,
    finished: hub?.finished ?? here?.facts.finished ?? null,
    paidBy: hub?.paidBy ?? here?.facts.paidBy ?? null,
  };
  const isAnswered = hub !== null || here !== null;
  return (
    <div class="p-found">
      {hub && hub.marks.length > 0 && (
        <ul class="p-marks">
          {hub.marks.map((mark) => (
            <li key={mark} class={`p-mark p-mark-${mark}`}>
              {t(`mark.${mark}`)}
            </li>
          ))}
        </ul>
      )}
      {isAnswered && (
        <dl class="p-counts">
          {hub?.unit && <Line name={t('lookup.unit')} value={hub.unit} />}
          {facts.status && (
            <Line name={t('lookup.status')} value={t(`status.${facts.status}` as ExtensionKey)} />
          )}
          {facts.received && (
            <Line name={t('lookup.received')} value={showDay(facts.received.slice(0, 10))} />
          )}
          {facts.due && <Line name={t('lookup.due')} value={showDay(facts.due.slice(0, 10))} />}
          {facts.finished && (
            <Line name={t('lookup.finished')} value={showDay(facts.finished.slice(0, 10))} />
          )}
          {facts.paidBy && (
            <Line name={t('lookup.paid')} value={t(`payment.${facts.paidBy}` as ExtensionKey)} />
          )}
        </dl>
      )}
      {here && <p class="p-small">{t('lookup.here', { time: momentOf(here.seen) })}</p>}
      {answer.state !== 'known' && <p class="p-note">{t(`lookup.${answer.state}` as ExtensionKey)}</p>}
    </div>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
