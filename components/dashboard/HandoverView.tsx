/** Hand-over files in, receipts out: progress, what became of each file, and what to carry back. */
import { useState } from 'preact/hooks';
import { Banner, Empty } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { Progress } from '../shared/Spinner.tsx';
import { Table } from '../shared/Table.tsx';
import { failureWords } from './Failed.tsx';
import { type DroppedFile, FileDrop } from './FileDrop.tsx';
import type { Device, FileBytes, HandoverResult, HandoverState } from './model.ts';
import { useWords } from './words.ts';

/** A batch is at most 256 KiB packed and 8 KiB of header (lib/batch/protocol.ts): what is larger was picked by mistake. */
const LARGEST = 1024 * 1024;

export interface HandoverViewProps {
  readonly state: HandoverState;
  readonly devices: readonly Device[];
  readonly onFiles: (files: readonly FileBytes[]) => void;
  readonly onSave: (file: FileBytes) => void;
}

type Received = Extract<HandoverResult, { at: 'received' }>;

export function HandoverView(props: HandoverViewProps) {
  const { t, number } = useWords();
  const { state } = props;
  const [tooBig, setTooBig] = useState<readonly string[]>([]);
  const received = state.results.filter((one): one is Received => one.at === 'received');
  const take = async (files: readonly DroppedFile[]) => {
    const fitting = files.filter((file) => file.size <= LARGEST);
    setTooBig(files.filter((file) => file.size > LARGEST).map((file) => file.name));
    props.onFiles(
      await Promise.all(fitting.map(async (file) => ({ name: file.name, bytes: await file.bytes() }))),
    );
  };
  return (
    <div class="d-stack">
      <header class="d-view-head">
        <div>
          <h2>{t('handover.title')}</h2>
          <p class="d-quiet">{t('handover.lead')}</p>
        </div>
      </header>
      <FileDrop
        title={t('handover.drop')}
        button={t('handover.choose')}
        accept=".nmc"
        multiple
        disabled={state.busy}
        onFiles={take}
      />
      {tooBig.length > 0 && (
        <Banner kind="warn" title={tooBig.join(', ')} name="too-big">
          {t('handover.tooBig')}
        </Banner>
      )}
      {state.busy && (
        <Progress
          label={t('handover.busy', { done: number(state.done), all: number(state.all) })}
          done={state.done}
          all={state.all}
        />
      )}
      {state.results.length === 0 ? (
        !state.busy && (
          <Empty title={t('handover.none')} name="handover">
            {t('handover.noneDo')}
          </Empty>
        )
      ) : (
        <>
          <Results {...props} />
          <Receipts {...props} received={received} />
        </>
      )}
    </div>
  );
}

/** The device's name where it is known, else its id. */
function nameOf(result: Exclude<HandoverResult, { at: 'refused' }>, devices: readonly Device[]): string {
  return (
    (result.at === 'received' && result.deviceName) ||
    (devices.find(({ id }) => id === result.device)?.name ?? result.device)
  );
}

function Results(props: HandoverViewProps) {
  const words = useWords();
  const { t, number } = words;
  const { results } = props.state;
  const rows = results.map((result, index) => ({ result, key: `${index}` })).reverse();
  const ok = results.filter((one) => one.at !== 'refused').length;
  return (
    <Table
      caption={t('handover.done', { ok: number(ok), all: number(results.length) })}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        { id: 'file', head: t('handover.file'), isRowHead: true, cell: ({ result }) => result.name },
        {
          id: 'device',
          head: t('handover.device'),
          cell: ({ result }) => (result.at === 'refused' ? '–' : nameOf(result, props.devices)),
        },
        {
          id: 'result',
          head: t('handover.result'),
          cell: ({ result }) => {
            if (result.at === 'refused') {
              const { title, text } = failureWords(words, result.failure);
              const isFile = result.failure.kind === 'refused';
              return (
                <span data-result="refused">
                  <strong class="d-bad">{isFile ? t('handover.refused') : title}</strong>
                  <span class="d-sub">{text}</span>
                </span>
              );
            }
            if (result.at === 'waiting') {
              const isAccepted = props.devices.some(
                ({ id, status }) => id === result.device && status === 'active',
              );
              if (isAccepted) return <strong class="d-good">{t('handover.counted')}</strong>;
              return (
                <span data-result="waiting">
                  <strong class="d-warn">{t('handover.waiting')}</strong>
                  <span class="d-sub">{t('handover.waitingDo')}</span>
                </span>
              );
            }
            return (
              <span data-result="received">
                {result.missing === 0 ? (
                  <strong class="d-good">
                    {t('handover.received', { through: number(result.through) })}
                  </strong>
                ) : (
                  <>
                    <strong class="d-warn">
                      {t('handover.receivedGap', { missing: number(result.missing) })}
                    </strong>
                    <span class="d-sub">{t('handover.receivedGapDo')}</span>
                  </>
                )}
                {result.quarantined > 0 && (
                  <span class="d-sub">
                    {t('handover.quarantined', { count: number(result.quarantined) })}
                  </span>
                )}
              </span>
            );
          },
        },
      ]}
    />
  );
}

/** One receipt per device and stream is enough: the last one covers all before it. */
function Receipts(props: HandoverViewProps & { readonly received: readonly Received[] }) {
  const { t, number } = useWords();
  const last = new Map<string, Received>();
  for (const one of props.received) if (one.receipt) last.set(`${one.device}/${one.stream}`, one);
  if (last.size === 0) return null;
  return (
    <section class="d-card">
      <h3>{t('handover.receipts')}</h3>
      <p class="d-quiet">{t('handover.receiptsWhat')}</p>
      <ul class="d-plain-list">
        {[...last].map(([key, one]) => (
          <li key={key}>
            <span>
              <strong>{nameOf(one, props.devices)}</strong>
              <span class="d-sub">{t('handover.received', { through: number(one.through) })}</span>
            </span>
            <Button size="small" action="receipt" onClick={() => one.receipt && props.onSave(one.receipt)}>
              {t('handover.receipt')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
