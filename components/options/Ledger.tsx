/** "Nhật ký ghi nhận": everything recorded on this PC, in words, with filters and the exact lines to take away. */
import { useEffect, useState } from 'preact/hooks';
import { addDays, instantOf } from '../../lib/domain/dates.ts';
import type { Entry, EntryKind } from '../../lib/domain/entry.ts';
import { type LedgerPage, momentOf, problemText, type View, type Words } from '../popup/model.ts';
import { Banner, Empty } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { SelectField } from '../shared/Field.tsx';
import { Skeleton } from '../shared/Spinner.tsx';
import { Table } from '../shared/Table.tsx';
import { entryWords } from './ledger-words.ts';
import type { Room } from './room.ts';

const KINDS: readonly EntryKind[] = ['action', 'dossier', 'document', 'manual', 'void', 'guidance', 'health'];
const SPANS = { day: 0, week: 6, month: 29 } as const;
type Span = keyof typeof SPANS;

export function Ledger({ t, view, door }: Room) {
  const [span, setSpan] = useState<Span>('day');
  const [kind, setKind] = useState<EntryKind | 'all'>('all');
  const [page, setPage] = useState<LedgerPage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const heads = view.streams.map(({ stream, head }) => `${stream}:${head}`).join();
  useEffect(() => {
    let isCurrent = true;
    const from = instantOf(addDays(view.summary.day, -SPANS[span]));
    door.ledger(from, kind === 'all' ? [] : [kind]).then((answer) => {
      if (isCurrent && answer) setPage(answer);
    });
    return () => {
      isCurrent = false;
    };
    // `heads` moves when something was recorded: the list follows.
  }, [door, span, kind, heads, view.summary.day]);

  return (
    <section class="o-section o-ledger" aria-label={t('ledger.title')}>
      <h2>{t('ledger.title')}</h2>
      <p class="o-lead">{t('ledger.lead')}</p>
      <div class="o-filters">
        <SelectField
          label={t('ledger.span')}
          name="span"
          value={span}
          options={(Object.keys(SPANS) as Span[]).map((one) => ({
            value: one,
            text: t(`ledger.span.${one}`),
          }))}
          onChange={(value) => setSpan(value as Span)}
        />
        <SelectField
          label={t('ledger.kind')}
          name="kind"
          value={kind}
          options={[
            { value: 'all', text: t('ledger.kind.all') },
            ...KINDS.map((one) => ({ value: one, text: t(`ledger.kind.${one}`) })),
          ]}
          onChange={(value) => setKind(value as EntryKind | 'all')}
        />
        <Button
          busy={isBusy}
          action="export-ledger"
          title={t('ledger.exportHint')}
          onClick={async () => {
            setBusy(true);
            const outcome = await door.exportLedger();
            setBusy(false);
            setProblem(outcome.ok ? null : problemText(t, outcome));
          }}
        >
          {t('ledger.export')}
        </Button>
      </div>
      {problem && <Banner kind="bad" title={problem} />}
      {page === null ? (
        <Skeleton label={t('loading')} lines={6} />
      ) : page.entries.length === 0 ? (
        <Empty title={t('ledger.empty')} name="ledger">
          {t('ledger.emptyText')}
        </Empty>
      ) : (
        <>
          <LedgerTable t={t} view={view} page={page} />
          {page.hasMore && <p class="o-lead">{t('ledger.more')}</p>}
        </>
      )}
    </section>
  );
}

function LedgerTable({ t, view, page }: { t: Words; view: View; page: LedgerPage }) {
  const voided = new Set(page.voided);
  const nameOf = (entry: Entry) => `${entry.stream}/${entry.seq}`;
  const whoOf = (entry: Entry) => {
    if (entry.person === undefined) return entry.kind === 'health' ? '' : t('ledger.unknownPerson');
    return view.people.find(({ id }) => id === entry.person)?.name ?? t('ledger.earlierPerson');
  };
  return (
    <Table
      caption={t('ledger.title')}
      hideCaption
      rows={page.entries}
      rowKey={nameOf}
      rowClass={(entry) => (voided.has(nameOf(entry)) ? 'o-voided' : '')}
      columns={[
        { id: 'seq', head: t('ledger.number'), isNumber: true, cell: nameOf },
        {
          id: 'at',
          head: t('ledger.time'),
          cell: (one) => <time dateTime={one.at}>{momentOf(one.at)}</time>,
        },
        { id: 'kind', head: t('ledger.kind'), cell: (one) => t(`ledger.kind.${one.kind}`) },
        {
          id: 'what',
          head: t('ledger.what'),
          isRowHead: true,
          cell: (one) => (
            <>
              <span class="o-words">{entryWords(t, one)}</span>
              {voided.has(nameOf(one)) && <span class="n-tag">{t('ledger.voided')}</span>}
            </>
          ),
        },
        { id: 'who', head: t('ledger.who'), cell: whoOf },
      ]}
    />
  );
}
