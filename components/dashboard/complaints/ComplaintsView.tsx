/** Phản ánh, kiến nghị: what came in, who answers until when, the slips that are still out. Late ones first. */
import { useState } from 'preact/hooks';
import { dayOf, showDay } from '../../../lib/domain/dates.ts';
import { Empty } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { Table } from '../../shared/Table.tsx';
import { Loaded } from '../Failed.tsx';
import type { Failure, Load } from '../model.ts';
import { useWords } from '../words.ts';
import { ComplaintPage } from './ComplaintPage.tsx';
import { type ComplaintActs, type ComplaintList, type ComplaintRow, isLate } from './model.ts';
import { SlipForm, SlipSheet } from './SlipForm.tsx';
import { State } from './State.tsx';
import './complaints.css';

export interface ComplaintsViewProps {
  readonly load: Load<ComplaintList>;
  readonly unit: string;
  readonly canHandle: boolean;
  readonly busy: string | null;
  /** Of the last operation: shown in the dialog where it was asked for. */
  readonly failure: Failure | null;
  readonly acts: ComplaintActs;
  readonly onRetry: () => void;
  readonly onForget: () => void;
}

type Open =
  | { readonly at: 'complaint'; readonly id: string }
  | { readonly at: 'slip'; readonly number: string };

export function ComplaintsView(props: ComplaintsViewProps) {
  const { t } = useWords();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => {
    setOpen(null);
    props.onForget();
  };
  return (
    <div class="d-stack c-view">
      <header class="d-view-head">
        <div>
          <h2>{t('complaints.title')}</h2>
          <p class="d-quiet">{t('complaints.lead')}</p>
        </div>
        {props.canHandle && (
          <Button action="slip" onClick={() => setOpen({ at: 'slip', number: '' })}>
            {t('complaints.slip')}
          </Button>
        )}
      </header>
      <Loaded load={props.load} onRetry={props.onRetry}>
        {(list) => (
          <>
            <Rows list={list} canHandle={props.canHandle} onOpen={(id) => setOpen({ at: 'complaint', id })} />
            <Slips
              list={list}
              canHandle={props.canHandle}
              onTake={(number) => setOpen({ at: 'slip', number })}
            />
            {props.canHandle && <SlipSheet unit={props.unit} />}
            <Dialogs {...props} list={list} open={open} onClose={close} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Dialogs(
  props: ComplaintsViewProps & { list: ComplaintList; open: Open | null; onClose: () => void },
) {
  const { open, list } = props;
  if (open === null) return null;
  if (open.at === 'slip') return <SlipForm {...props} number={open.number} today={list.today} />;
  const row = list.complaints.find(({ id }) => id === open.id);
  return row === undefined ? null : <ComplaintPage {...props} key={row.id} row={row} today={list.today} />;
}

function Rows(props: { list: ComplaintList; canHandle: boolean; onOpen: (id: string) => void }) {
  const { t } = useWords();
  const { complaints, today } = props.list;
  if (complaints.length === 0) {
    return (
      <Empty title={t('complaints.none')} name="complaints">
        {t('complaints.noneDo')}
      </Empty>
    );
  }
  const late = complaints.filter((one) => isLate(one, today));
  const open = complaints.filter(({ state }) => state === 'new' || state === 'working');
  return (
    <>
      <p>{t('complaints.counts', { all: complaints.length, open: open.length, late: late.length })}</p>
      <Table
        caption={t('complaints.list')}
        hideCaption
        rows={complaints}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'id',
            head: t('complaints.number'),
            isRowHead: true,
            cell: (one: ComplaintRow) => (
              <>
                <code>{one.id}</code>
                <span class="d-sub">
                  {one.slip === null ? t('complaints.wayPhone') : t('complaints.waySlip', { slip: one.slip })}
                </span>
              </>
            ),
          },
          {
            id: 'received',
            head: t('complaints.received'),
            cell: (one: ComplaintRow) => showDay(dayOf(Date.parse(one.receivedAt))),
          },
          { id: 'due', head: t('complaints.due'), cell: (one: ComplaintRow) => showDay(one.due) },
          { id: 'unit', head: t('complaints.unit'), cell: (one: ComplaintRow) => <Place row={one} /> },
          {
            id: 'state',
            head: t('complaints.state'),
            cell: (one: ComplaintRow) => <State row={one} today={today} />,
          },
          {
            id: 'open',
            head: t('complaints.do'),
            cell: (one: ComplaintRow) =>
              props.canHandle && (
                <Button
                  size="small"
                  action={`open:${one.id}`}
                  label={t('complaints.openOne', { id: one.id })}
                  onClick={() => props.onOpen(one.id)}
                >
                  {t('complaints.open')}
                </Button>
              ),
          },
        ]}
      />
    </>
  );
}

function Place({ row }: { readonly row: ComplaintRow }) {
  const { t } = useWords();
  return (
    <>
      {row.unitName}
      {row.aboutHead && (
        <span class="d-sub">{t('complaints.aboutHead', { unit: row.aboutUnitName ?? '' })}</span>
      )}
      {row.counterName !== null && <span class="d-sub">{row.counterName}</span>}
    </>
  );
}

function Slips(props: { list: ComplaintList; canHandle: boolean; onTake: (number: string) => void }) {
  const { t } = useWords();
  const { slips } = props.list;
  if (slips.length === 0) return null;
  return (
    <section class="d-stack" aria-labelledby="complaints-slips">
      <h3 id="complaints-slips">{t('complaints.slipsOut', { count: slips.length })}</h3>
      <p class="d-quiet">{t('complaints.slipsOutDo')}</p>
      <ul class="c-slips">
        {slips.map(({ number, day, unitName, unit }) => (
          <li key={`${unit}/${number}`}>
            <code>{number}</code> · {showDay(day)} · {unitName}{' '}
            {props.canHandle && (
              <Button size="small" action={`take:${number}`} onClick={() => props.onTake(number)}>
                {t('complaints.slip')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
