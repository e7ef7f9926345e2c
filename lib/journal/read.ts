/** What the journal answers about itself, read from the open database. */
import Dexie from 'dexie';
import { fromHex, GENESIS, type Range } from '../batch/index.ts';
import { journalError } from './error.ts';
import { totalUnsent } from './receive.ts';
import type { LineRow, Store } from './store.ts';
import type { EntryQuery, JournalState } from './types.ts';

/** The state; call inside a transaction. `isBroken` is what the last write said. */
export async function stateOf(store: Store, isBroken: boolean): Promise<JournalState> {
  const meta = (await store.meta.get('journal'))!;
  const rows = await store.streams.orderBy('stream').toArray();
  return {
    stream: meta.stream,
    head: rows.find((row) => row.stream === meta.stream)?.head ?? 0,
    unsent: await totalUnsent(store),
    storage: isBroken ? 'broken' : 'ok',
    streams: rows.map(({ stream, head, received }) => ({
      stream,
      head,
      received: received.map(([first, last]): Range => [first, last]),
    })),
    lastReceipt: meta.lastReceipt,
    offset: meta.offset,
  };
}

/** Rows that answer a query, in order of stream and seq. */
export async function rowsOf(store: Store, { stream, from, kinds }: EntryQuery): Promise<LineRow[]> {
  const wanted =
    kinds !== undefined
      ? [...new Set(kinds)].map((kind) =>
          store.lines
            .where('[kind+at]')
            .between([kind, from ?? Dexie.minKey], [kind, Dexie.maxKey], true, true),
        )
      : from !== undefined
        ? [store.lines.where('at').aboveOrEqual(from)]
        : stream !== undefined
          ? [store.lines.where('[stream+seq]').between([stream, 0], [stream, Number.MAX_SAFE_INTEGER])]
          : [store.lines.toCollection()];
  const rows = (await Promise.all(wanted.map((some) => some.toArray()))).flat();
  return rows
    .filter((row) => stream === undefined || row.stream === stream)
    .sort((a, b) => a.stream - b.stream || a.seq - b.seq);
}

/** Chain value before `seq`. @throws JournalError `missing` */
export async function chainBefore(store: Store, stream: number, seq: number): Promise<Uint8Array> {
  if (seq === 1) return GENESIS;
  const own = await store.lines.get([stream, seq]);
  if (own) return fromHex(own.prev);
  const before = await store.lines.get([stream, seq - 1]);
  if (before) return fromHex(before.chain);
  const row = await store.streams.get(stream);
  if (row && row.head === seq - 1 && row.chain !== '') return fromHex(row.chain);
  throw journalError('missing', 'neither this line nor the one before is held');
}
