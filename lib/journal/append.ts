/** Drafts become lines. Runs inside one read-write transaction: seq and chain are made synchronously there. */
import { byteLength, chainStep, fromHex, GENESIS, hasSeq, LIMITS, toHex } from '../batch/index.ts';
import { type Entry, type EntryDraft, readLine } from '../domain/entry.ts';
import { journalError } from './error.ts';
import { freshStream, type LineRow, type MetaRow, type Store, type StreamRow } from './store.ts';

export interface Stamp {
  /** Device clock, milliseconds. */
  readonly now: number;
  readonly boot: string;
  /** Names this append, so that a repeat after an unknown outcome writes nothing again; null for the journal's own. */
  readonly id: string | null;
}

/** The rows of the drafts, in their order; `unsent` are those that must be in the second place. */
export interface Recorded {
  readonly rows: LineRow[];
  readonly unsent: LineRow[];
}

/** Records drafts in the current stream. Call inside a transaction over all tables. @throws JournalError */
export async function record(store: Store, drafts: readonly EntryDraft[], stamp: Stamp): Promise<Recorded> {
  const meta = (await store.meta.get('journal'))!;
  const isRepeat = stamp.id !== null && meta.lastAppend?.id === stamp.id;
  const written = isRepeat ? await store.lines.bulkGet(meta.lastAppend!.places) : [];
  const there = written.filter((row) => row !== undefined);
  const isThere = isRepeat && there.length === written.length;
  const rows = isThere ? there : await write(store, drafts, stamp, meta);
  const streams = new Map((await store.streams.toArray()).map((one) => [one.stream, one]));
  return { rows, unsent: rows.filter((row) => !isReceived(streams.get(row.stream), row.seq)) };
}

function isReceived(stream: StreamRow | undefined, seq: number): boolean {
  return stream !== undefined && (hasSeq(stream.received, seq) || hasSeq(stream.settled, seq));
}

async function write(
  store: Store,
  drafts: readonly EntryDraft[],
  stamp: Stamp,
  meta: MetaRow,
): Promise<LineRow[]> {
  const stream = (await store.streams.get(meta.stream)) ?? freshStream(meta.stream, toHex(GENESIS));
  let { head, chain } = stream;
  const byRef = new Map<string, LineRow>();
  const rows: LineRow[] = [];
  const fresh: LineRow[] = [];
  const refs = drafts.flatMap(({ ref }) => ref ?? []);
  for (const row of await Promise.all(refs.map((ref) => store.lines.get({ ref }))))
    if (row?.ref !== undefined) byRef.set(row.ref, row);
  for (const draft of drafts) {
    const { ref } = draft;
    const known = ref === undefined ? undefined : byRef.get(ref);
    if (known) {
      rows.push(known);
      continue;
    }
    const seq = head + 1;
    const line = lineOf(draft, { stream: meta.stream, seq, stamp, offset: meta.offset });
    const row: LineRow = {
      stream: meta.stream,
      seq,
      line,
      prev: chain,
      chain: toHex(chainStep(fromHex(chain), seq, line)),
      at: stamp.now,
      kind: draft.kind,
      ...(ref === undefined ? {} : { ref }),
    };
    head = seq;
    chain = row.chain;
    rows.push(row);
    fresh.push(row);
    if (ref !== undefined) byRef.set(ref, row);
  }
  if (fresh.length === 0) return rows;
  await store.lines.bulkAdd(fresh);
  await store.streams.put({ ...stream, head, chain });
  if (stamp.id !== null) {
    const places = rows.map((row): [number, number] => [row.stream, row.seq]);
    await store.meta.put({ ...meta, lastAppend: { id: stamp.id, places } });
  }
  return rows;
}

function lineOf(
  draft: EntryDraft,
  place: { stream: number; seq: number; stamp: Stamp; offset: number | null },
): string {
  const entry = {
    v: 1,
    stream: place.stream,
    seq: place.seq,
    at: new Date(place.stamp.now).toISOString(),
    boot: place.stamp.boot,
    offset: place.offset,
    ...(draft.person === undefined ? {} : { person: draft.person }),
    ...(draft.ref === undefined ? {} : { ref: draft.ref }),
    kind: draft.kind,
    body: draft.body,
  };
  const line = JSON.stringify(entry);
  if (byteLength(line) > LIMITS.lineBytes) {
    throw journalError('lineBytes', `an entry makes a line over ${LIMITS.lineBytes} bytes`);
  }
  const reading = readLine(line);
  if (!reading.ok) throw journalError('schema', reading.message);
  return line;
}

/** The entry of a stored line; null for a line this version cannot read (it is still kept and sent). */
export function entryOf(row: Pick<LineRow, 'line'>): Entry | null {
  const reading = readLine(row.line);
  return reading.ok ? reading.entry : null;
}
