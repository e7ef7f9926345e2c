/**
 * Start: the database and the second place are compared, and each mends the other.
 *
 *   second place knows a stream or a head the database does not ── restored image, vanished or cut-off store:
 *        restore its lines, close that stream, open the next one (the hub may hold lines we no longer know)
 *   unsent line in the second place only ── restore it, same bytes, same seq
 *   unsent line in the database only ────── write it to the second place (a stop between the two writes; no loss)
 *   received line in the second place ───── remove it
 *
 * Whatever was lost becomes a `health` entry: topic `journal`, state `storeLost`, `rolledBack`, `linesLost`,
 * `secondLost` or `damaged`.
 */
import { GENESIS, hasSeq, toHex } from '../batch/index.ts';
import type { EntryDraft } from '../domain/entry.ts';
import { entryOf, record, type Stamp } from './append.ts';
import { unsentRanges } from './receive.ts';
import {
  type KeptLine,
  type KeptPlace,
  lineName,
  lineRecord,
  type Mark,
  markName,
  markRecord,
  readPlace,
} from './records.ts';
import {
  freshStream,
  inTransaction,
  type LineRow,
  type MetaRow,
  type Store,
  type StreamRow,
} from './store.ts';
import type { SecondPlace } from './types.ts';

/** Texts in one write to the second place: a worker that is woken has other things to answer meanwhile. */
const BATCH = 200;
/** Stands among what was reported while a lost second place could not be filled yet: tries are many, the loss is one. */
const SECOND = 'second';

/** Compares and mends. Call with the journal's lock held. */
export async function reconcile(
  store: Store,
  second: SecondPlace,
  context: { readonly stamp: Stamp; readonly kind: string },
): Promise<void> {
  const all = await second.all();
  const place = readPlace(all);
  const plan = await inTransaction(store, 'rw', () => mend(store, place, context));
  const missing = [...plan.put].filter(([name, text]) => all.get(name) !== text);
  // Marks come last: a stop in between leaves lines without a mark, which the next start completes.
  for (let at = 0; at < missing.length; at += BATCH) {
    await second.put(new Map(missing.slice(at, at + BATCH)));
  }
  await second.remove(plan.remove.filter((name) => all.has(name)));
  await inTransaction(store, 'rw', async () => {
    for (const row of await store.streams.toArray()) {
      if (!row.isMarked) await store.streams.put({ ...row, isMarked: true });
    }
    const meta = (await store.meta.get('journal'))!;
    const reported = meta.reported.filter((one) => one !== SECOND);
    if (reported.length < meta.reported.length) await store.meta.put({ ...meta, reported });
  });
}

interface Plan {
  readonly put: Map<string, string>;
  readonly remove: string[];
}

interface Findings {
  restored: number;
  refilled: number;
  damaged: number;
  isAhead: boolean;
  isSecondLost: boolean;
}

async function mend(
  store: Store,
  place: KeptPlace,
  { stamp, kind }: { stamp: Stamp; kind: string },
): Promise<Plan> {
  const put = new Map<string, string>();
  const remove: string[] = [];
  const meta = await store.meta.get('journal');
  const known = new Map((await store.streams.toArray()).map((row) => [row.stream, row]));
  const found: Findings = { restored: 0, refilled: 0, damaged: 0, isAhead: false, isSecondLost: false };
  const reported = new Set(meta?.reported ?? []);

  const heads = headsOf(place);
  for (const [stream, head] of heads) {
    const row = known.get(stream);
    const raised = raise(row ?? freshStream(stream, ''), place.marks.get(stream), head);
    if (row && head <= row.head && raised.receiptTime === row.receiptTime) continue;
    if (!row || head > row.head) found.isAhead = true;
    known.set(stream, raised);
    await store.streams.put(raised);
  }
  const held = await store.lines.bulkGet(
    place.lines.map(({ stream, seq }): [number, number] => [stream, seq]),
  );
  for (const [index, kept] of place.lines.entries()) {
    const name = lineName(kept.stream, kept.seq);
    const there = held[index];
    if (isFreed(known.get(kept.stream), kept.seq)) remove.push(name);
    else if (!there) {
      await store.lines.put(await rowOf(store, kept));
      found.restored += 1;
    } else if (there.chain !== kept.chain && !reported.has(name)) {
      reported.add(name);
      found.damaged += 1;
    }
  }
  for (const { name, stream, seq } of place.damaged) {
    const isHeld = (await store.lines.get([stream, seq])) !== undefined;
    if (isFreed(known.get(stream), seq)) remove.push(name);
    else if (!isHeld && !reported.has(name)) {
      reported.add(name);
      found.damaged += 1;
    }
  }
  const isLost = meta === undefined && heads.size > 0;
  const isNext = isLost || found.isAhead;
  const current = isNext ? Math.max(0, meta?.stream ?? 0, ...known.keys()) + 1 : (meta?.stream ?? 1);
  await refill(store, place, known, put, found);
  if (found.isSecondLost && reported.has(SECOND)) found.isSecondLost = false;
  else if (found.isSecondLost) reported.add(SECOND);
  const next: MetaRow = {
    key: 'journal',
    stream: current,
    lastReceipt: meta?.lastReceipt ?? null,
    offset: meta?.offset ?? null,
    lastAppend: meta?.lastAppend ?? null,
    reported: [...reported],
    prunedAt: meta?.prunedAt ?? 0,
  };
  if (JSON.stringify(next) !== JSON.stringify(meta)) await store.meta.put(next);
  if (!known.has(current)) await store.streams.put(freshStream(current, toHex(GENESIS)));
  const health = healthOf(found, isLost, kind);
  if (health) {
    const { rows } = await record(store, [health], stamp);
    for (const row of rows) put.set(lineName(row.stream, row.seq), lineRecord(row));
  }
  for (const stream of new Set([current, ...known.keys()])) {
    const row = (await store.streams.get(stream))!;
    const { epoch, receiptTime } = row;
    const head = Math.max(place.marks.get(stream)?.head ?? 0, receiptTime > 0 ? row.head : 0);
    put.set(markName(stream), markRecord({ head, epoch, receiptTime }));
  }
  return { put, remove };
}

/** Stream → the highest sequence number the second place bears witness to. */
function headsOf(place: KeptPlace): Map<number, number> {
  const heads = new Map([...place.marks].map(([stream, mark]) => [stream, mark.head]));
  for (const { stream, seq } of [...place.lines, ...place.damaged]) {
    heads.set(stream, Math.max(heads.get(stream) ?? 0, seq));
  }
  return heads;
}

/** The row with what the second place knows better; received sets of an earlier hub epoch are not believed. */
function raise(row: StreamRow, mark: Mark | undefined, head: number): StreamRow {
  const isNewer = mark !== undefined && (mark.epoch > row.epoch || mark.receiptTime > row.receiptTime);
  return {
    ...row,
    ...(head > row.head ? { head, chain: '' } : {}),
    ...(isNewer ? { epoch: Math.max(mark.epoch, row.epoch), receiptTime: mark.receiptTime } : {}),
    received: isNewer && mark.epoch > row.epoch ? [] : row.received,
    isMarked: row.isMarked || mark !== undefined,
  };
}

function isFreed(row: StreamRow | undefined, seq: number): boolean {
  return row !== undefined && (hasSeq(row.received, seq) || hasSeq(row.settled, seq));
}

async function rowOf(store: Store, kept: KeptLine): Promise<LineRow> {
  const entry = entryOf(kept);
  const { stream, seq, line, prev, chain } = kept;
  const ref = entry?.ref;
  const isTaken = ref !== undefined && (await store.lines.get({ ref })) !== undefined;
  return {
    stream,
    seq,
    line,
    prev,
    chain,
    at: entry ? Date.parse(entry.at) : 0,
    kind: entry?.kind ?? 'unreadable',
    ...(ref === undefined || isTaken ? {} : { ref }),
  };
}

/** Unsent lines of the database that the second place does not hold; a hole in its middle is a loss. */
async function refill(
  store: Store,
  place: KeptPlace,
  known: ReadonlyMap<number, StreamRow>,
  put: Map<string, string>,
  found: Findings,
): Promise<void> {
  const good = new Set(place.lines.map(({ stream, seq }) => lineName(stream, seq)));
  for (const row of known.values()) {
    const lastKept = Math.max(
      0,
      ...place.lines.filter((one) => one.stream === row.stream).map((one) => one.seq),
    );
    if (row.isMarked && !place.marks.has(row.stream)) found.isSecondLost = true;
    for (const [first, last] of unsentRanges(row)) {
      const rows = await store.lines
        .where('[stream+seq]')
        .between([row.stream, first], [row.stream, last], true, true)
        .toArray();
      for (const one of rows) {
        const name = lineName(one.stream, one.seq);
        if (good.has(name)) continue;
        if (one.seq < lastKept) found.isSecondLost = true;
        put.set(name, lineRecord(one));
        found.refilled += 1;
      }
    }
  }
}

function healthOf(found: Findings, isLost: boolean, kind: string): EntryDraft | null {
  const state = isLost
    ? 'storeLost'
    : found.isAhead
      ? 'rolledBack'
      : found.restored > 0
        ? 'linesLost'
        : found.isSecondLost
          ? 'secondLost'
          : found.damaged > 0
            ? 'damaged'
            : null;
  if (state === null) return null;
  const { restored, refilled, damaged } = found;
  return { kind: 'health', body: { topic: 'journal', state, detail: { kind, restored, refilled, damaged } } };
}
