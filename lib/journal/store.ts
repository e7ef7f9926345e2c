/** The journal's database: rows, opening, and time limits (a full disk can make a write hang: kiosk.md §0.4). */
import Dexie, { type Table } from 'dexie';
import type { Range } from '../batch/index.ts';
import { migrations } from './migrations/index.ts';

/** One recorded line. `line` is never rewritten; everything else is derived from it or from its place. */
export interface LineRow {
  readonly stream: number;
  readonly seq: number;
  readonly line: string;
  /** Chain value before and after this line, hex. */
  readonly prev: string;
  readonly chain: string;
  /** Milliseconds of the entry's `at`. */
  readonly at: number;
  readonly kind: string;
  readonly ref?: string;
}

export interface StreamRow {
  readonly stream: number;
  readonly head: number;
  /** Chain value at `head`, hex; '' where it is not known (a stream that is closed for new lines). */
  readonly chain: string;
  /** From the receipts of `device`, newest only. */
  readonly received: Range[];
  /** Received under an earlier identity of this device: never offered again. */
  readonly settled: Range[];
  readonly device: string | null;
  readonly epoch: number;
  /** Hub time of the newest receipt, milliseconds. */
  readonly receiptTime: number;
  /** What the hub's verified backups held, by device time: at most one a day. */
  readonly durable: { readonly at: number; readonly seq: number }[];
  /** The second place holds this stream's mark. */
  readonly isMarked: boolean;
}

export interface MetaRow {
  readonly key: 'journal';
  /** Where new lines go. */
  readonly stream: number;
  readonly lastReceipt: string | null;
  readonly offset: number | null;
  /** The latest append, so that a retry after an unknown outcome finds what it already wrote. */
  readonly lastAppend: { readonly id: string; readonly places: [number, number][] } | null;
  /** What was told already: names in the second place that are unusable, and a second place that is not filled yet. */
  readonly reported: string[];
  readonly prunedAt: number;
}

export interface Store {
  readonly db: Dexie;
  readonly lines: Table<LineRow, [number, number]>;
  readonly streams: Table<StreamRow, number>;
  readonly meta: Table<MetaRow, string>;
}

/** Opens the database; `onGone` is called once when the connection dies or must give way. */
export async function openStore(name: string, onGone: () => void): Promise<Store> {
  const db = new Dexie(name, { chromeTransactionDurability: 'strict' });
  for (const { version, stores, upgrade } of migrations) {
    const made = db.version(version).stores({ ...stores });
    if (upgrade) made.upgrade(upgrade);
  }
  db.on('close', onGone);
  db.on('versionchange', () => {
    db.close();
    onGone();
  });
  try {
    await db.open();
  } catch (error) {
    db.close();
    throw error;
  }
  return { db, lines: db.table('lines'), streams: db.table('streams'), meta: db.table('meta') };
}

/** All tables in one transaction; resolves at `complete`, never earlier. */
export function inTransaction<T>(store: Store, mode: 'r' | 'rw', work: () => Promise<T>): Promise<T> {
  return Promise.resolve(store.db.transaction(mode, store.lines, store.streams, store.meta, work));
}

/** `work`, or an error when it takes longer than `limit` milliseconds. */
export function within<T>(work: Promise<T>, limit: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${limit} ms`)), limit);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A stream nobody has written to. */
export function freshStream(stream: number, genesis: string): StreamRow {
  return {
    stream,
    head: 0,
    chain: genesis,
    received: [],
    settled: [],
    device: null,
    epoch: 0,
    receiptTime: 0,
    durable: [],
    isMarked: false,
  };
}
