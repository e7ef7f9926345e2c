/** What receipts free, what is still to be sent, and what may be forgotten. Inside transactions over all tables. */
import {
  byteLength,
  countOf,
  fromHex,
  GENESIS,
  hasSeq,
  highestOf,
  normaliseRanges,
  type Range,
  type Receipt,
  subtractRanges,
  toHex,
  uniteRanges,
} from '../batch/index.ts';
import type { EntryDraft } from '../domain/entry.ts';
import { record, type Stamp } from './append.ts';
import { takeBackForked } from './forked.ts';
import type { Mark } from './records.ts';
import { freshStream, type LineRow, type Store, type StreamRow } from './store.ts';
import type { PendingBatch } from './types.ts';

const DAY = 86_400_000;
/** Received lines stay this long as ledger and to refill a restored hub (DESIGN §5). */
const KEEP = 30 * DAY;

/** What a stream's row says is not received, whether or not the line is still held. */
export function unsentRanges(row: Pick<StreamRow, 'head' | 'received' | 'settled'>): Range[] {
  return subtractRanges([[1, row.head]], uniteRanges(row.received, row.settled));
}

function between(store: Store, stream: number, [first, last]: Range) {
  return store.lines.where('[stream+seq]').between([stream, first], [stream, last], true, true);
}

/** How many held lines of a stream are not received. */
async function countUnsent(store: Store, row: StreamRow): Promise<number> {
  const counts = await Promise.all(
    unsentRanges(row).map((range) => between(store, row.stream, range).count()),
  );
  return counts.reduce((sum, one) => sum + one, 0);
}

/** The oldest run of consecutive unsent lines behind `after`, at least one line, within the bounds. */
export async function nextPending(
  store: Store,
  max: { readonly entries: number; readonly bytes: number },
  after: { readonly stream: number; readonly seq: number } = { stream: 0, seq: 0 },
): Promise<PendingBatch | null> {
  const rows = await store.streams.orderBy('stream').toArray();
  for (const row of rows) {
    if (row.stream < after.stream) continue;
    const from = row.stream === after.stream ? after.seq + 1 : 1;
    for (const [first, last] of unsentRanges(row)) {
      if (last < from) continue;
      const found = await between(store, row.stream, [Math.max(first, from), last])
        .limit(Math.max(1, max.entries))
        .toArray();
      const run = consecutive(found, max.bytes);
      if (run.length === 0) continue;
      return {
        stream: row.stream,
        first: run[0]!.seq,
        lines: run.map((one) => one.line),
        prev: fromHex(run[0]!.prev),
        head: row.head,
        unsent: await countUnsent(store, row),
      };
    }
  }
  return null;
}

/** The leading rows that follow one another in number and in chain. */
function consecutive(rows: readonly LineRow[], most: number): LineRow[] {
  const run: LineRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    const last = run.at(-1);
    bytes += byteLength(row.line) + 1;
    if (last && (row.seq !== last.seq + 1 || row.prev !== last.chain || bytes > most)) break;
    run.push(row);
  }
  return run;
}

/** What the second place must do after a receipt. */
export interface Freed {
  readonly stream: number;
  readonly mark: Mark;
  readonly free: [number, number][];
  /** Lines that are unsent again (the hub was restored), and those that were written: a health entry, forked lines anew. */
  readonly again: LineRow[];
}

/**
 * Takes over a verified receipt; null when it is older than what is known and changes nothing.
 * Within one hub epoch a later receipt replaces the received set, even by a smaller one; a lower epoch is ignored.
 * A higher epoch makes the other streams unsent again, too.
 * A receipt that knows more than this journal means the journal is a restored image: the next stream is opened, and what
 * it wrote under numbers the hub had is recorded anew there.
 */
export async function takeReceipt(
  store: Store,
  receipt: Receipt,
  offset: number | null | undefined,
  stamp: Stamp,
): Promise<Freed | null> {
  const meta = (await store.meta.get('journal'))!;
  const row = (await store.streams.get(receipt.stream)) ?? freshStream(receipt.stream, '');
  const time = Date.parse(receipt.time);
  const isSameDevice = row.device === null || row.device === receipt.device;
  if (
    isSameDevice &&
    (receipt.epoch < row.epoch || (receipt.epoch === row.epoch && time < row.receiptTime))
  ) {
    return null;
  }
  const isRepeat = isSameDevice && receipt.epoch === row.epoch && time === row.receiptTime;
  const received = isRepeat ? uniteRanges(row.received, receipt.received) : normaliseRanges(receipt.received);
  const settled = isSameDevice ? row.settled : uniteRanges(row.settled, row.received);
  const top = highestOf(received);
  const before = uniteRanges(row.received, row.settled);
  const forked = await takeBackForked(store, receipt, before);
  const isAhead = top > row.head || receipt.stream > meta.stream || forked.places.length > 0;
  const isSameLife = isSameDevice && receipt.epoch === row.epoch;
  const next: StreamRow = {
    ...row,
    received,
    settled,
    device: receipt.device,
    epoch: receipt.epoch,
    receiptTime: time,
    head: Math.max(row.head, top),
    chain: top > row.head ? '' : row.chain,
    durable: withDurable(isSameLife ? row.durable : [], stamp.now, receipt.durable),
  };
  await store.streams.put(next);
  const lastReceipt =
    meta.lastReceipt !== null && meta.lastReceipt > receipt.time ? meta.lastReceipt : receipt.time;
  const isNext = isAhead && receipt.stream >= meta.stream;
  await store.meta.put({
    ...meta,
    lastReceipt,
    offset: offset === undefined ? receipt.skew : (offset ?? meta.offset),
    stream: isNext ? receipt.stream + 1 : meta.stream,
  });
  const after = uniteRanges(received, settled);
  const again: LineRow[] = [];
  for (const range of subtractRanges(before, after)) {
    again.push(...(await between(store, receipt.stream, range).toArray()));
  }
  if (isSameDevice && receipt.epoch > row.epoch) again.push(...(await forget(store, receipt)));
  const fresh: EntryDraft[] = [...forked.drafts];
  if (isNext) {
    await store.streams.put(freshStream(receipt.stream + 1, toHex(GENESIS)));
    const detail = { known: row.head, top };
    fresh.unshift({ kind: 'health', body: { topic: 'journal', state: 'receiptAhead', detail } });
  }
  if (fresh.length > 0) again.push(...(await record(store, fresh, stamp)).rows);
  const free: [number, number][] = [...forked.places];
  for (const range of subtractRanges(after, before)) {
    free.push(...(await between(store, receipt.stream, range).primaryKeys()));
  }
  const { head, epoch, receiptTime } = next;
  return { stream: receipt.stream, mark: { head, epoch, receiptTime }, free, again };
}

/**
 * The hub came back from a backup: what older receipts said about the other streams of this device holds no more.
 * Their lines are offered again; what the hub still has is a no-op there. Returns the lines held.
 */
async function forget(store: Store, receipt: Receipt): Promise<LineRow[]> {
  const again: LineRow[] = [];
  for (const row of await store.streams.toArray()) {
    if (row.stream === receipt.stream || row.device !== receipt.device || row.epoch >= receipt.epoch)
      continue;
    for (const range of subtractRanges(row.received, row.settled)) {
      again.push(...(await between(store, row.stream, range).toArray()));
    }
    await store.streams.put({ ...row, received: [], epoch: receipt.epoch, receiptTime: 0, durable: [] });
  }
  return again;
}

/** One value a day; a fall (another backup) starts anew. */
function withDurable(known: StreamRow['durable'], now: number, seq: number): StreamRow['durable'] {
  const last = known.at(-1);
  if (last && seq < last.seq) return [{ at: now, seq }];
  if (last && now - last.at < DAY) return known;
  return [...known, { at: now, seq }].slice(-60);
}

/**
 * Forgets lines that are older than {@link KEEP}, received, and were inside a verified backup of the hub at least
 * that long ago. Runs at most once a day. Returns how many.
 */
export async function prune(store: Store, now: number): Promise<number> {
  const meta = (await store.meta.get('journal'))!;
  if (Math.abs(now - meta.prunedAt) < DAY) return 0;
  await store.meta.put({ ...meta, prunedAt: now });
  const streams = new Map((await store.streams.toArray()).map((row) => [row.stream, row]));
  const old = await store.lines
    .where('at')
    .belowOrEqual(now - KEEP)
    .filter(({ stream, seq }) => {
      const row = streams.get(stream);
      const durable = row?.durable.filter((one) => one.at <= now - KEEP).at(-1)?.seq ?? 0;
      return row !== undefined && seq <= durable && hasSeq(row.received, seq);
    })
    .primaryKeys();
  await store.lines.bulkDelete(old);
  return old.length;
}

/** Held lines not received, over all streams. */
export async function totalUnsent(store: Store): Promise<number> {
  const rows = await store.streams.toArray();
  const counts = await Promise.all(
    rows.filter((row) => countOf(unsentRanges(row)) > 0).map((row) => countUnsent(store, row)),
  );
  return counts.reduce((sum, one) => sum + one, 0);
}
