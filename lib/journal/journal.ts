/**
 * The journal of one device.
 *
 *   append ── lock ── one rw transaction: seq, chain, line ── complete ── second place ── resolved
 *                          │ fails                                │ fails
 *                          └─ reopen, compare, once more ─┐       └─ once more ─┐
 *                                                         └── 'storage' error ──┴─ state().storage = 'broken'
 *
 * The lock (Web Locks where there are any) keeps tabs and worker in one order; the transaction alone already makes
 * seq and chain safe. An append that is repeated after an unknown outcome finds what it wrote and writes nothing.
 */
import type { Entry } from '../domain/entry.ts';
import { entryOf, record, type Stamp } from './append.ts';
import { isJournalError, journalError } from './error.ts';
import { listeners } from './listeners.ts';
import { locked } from './lock.ts';
import { chainBefore, rowsOf, stateOf } from './read.ts';
import { nextPending, prune, takeReceipt } from './receive.ts';
import { reconcile } from './reconcile.ts';
import { lineName, lineRecord, markName, markRecord } from './records.ts';
import { inTransaction, type LineRow, openStore, type Store, within } from './store.ts';
import type { Journal, JournalOptions, JournalState } from './types.ts';

/** A write that takes longer counts as failed. Opening compares every unsent line, after months offline thousands. */
const LIMIT = 20_000;
const OPENING_LIMIT = 180_000;
/** Lines given to the second place in one go. */
const AT_ONCE = 100;

const UNKNOWN: JournalState = {
  stream: 0,
  head: 0,
  unsent: 0,
  storage: 'broken',
  streams: [],
  lastReceipt: null,
  offset: null,
};

/**
 * Opens the journal and mends it from its second place. Resolves even when the storage is broken: `state()` says so,
 * appends reject, and every later append tries again.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const name = `nmc-journal-${options.name}`;
  const { second, clock = Date.now, boot = randomId() } = options;
  const changes = listeners(name);
  const exclusive = locked(name);
  const owed = new Map<string, string>();
  let store: Store | null = null;
  /** Rises whenever the database is given up, so that an opening that comes too late is not adopted. */
  let life = 0;
  let isBroken = false;
  let isClosed = false;
  let lastState = UNKNOWN;

  const stamp = (id: string | null): Stamp => ({ now: clock(), boot, id });

  function drop(): void {
    life += 1;
    store?.db.close();
    store = null;
  }

  /** The open database, compared with the second place since it was opened. Call with the lock held. */
  async function opened(): Promise<Store> {
    if (store) return store;
    const begun = life;
    let fresh: Store | null = null;
    fresh = await openStore(name, () => {
      if (store === fresh) store = null;
    });
    try {
      await reconcile(fresh, second, { stamp: stamp(null), kind: options.kind });
      if (begun !== life) throw new Error('opened too late');
    } catch (error) {
      fresh.db.close();
      throw error;
    }
    store = fresh;
    return fresh;
  }

  async function attempt<T>(work: (store: Store) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      if (isClosed) throw journalError('closed', 'the journal is closed');
      try {
        const open = await within(opened(), OPENING_LIMIT);
        return await within(work(open), LIMIT);
      } catch (error) {
        if (isJournalError(error)) throw error;
        drop();
        if (tries === 1) continue;
        isBroken = true;
        throw journalError('storage', 'the storage failed twice', error);
      }
    }
  }

  /** Reads on the open database; the lock is needed only to open it. */
  async function read<T>(work: (store: Store) => Promise<T>): Promise<T> {
    if (isClosed) throw journalError('closed', 'the journal is closed');
    const open = store;
    if (open) {
      try {
        return await within(work(open), LIMIT);
      } catch (error) {
        if (isJournalError(error)) throw error;
        if (store === open) drop();
      }
    }
    return exclusive(() => attempt(work));
  }

  /** In their order, so that a stop in between leaves only the last lines without their second copy. */
  async function settleOwed(): Promise<void> {
    while (owed.size > 0) {
      const some = new Map([...owed].slice(0, AT_ONCE));
      const put = () => within(second.put(some), LIMIT);
      try {
        await put().catch(put);
      } catch (error) {
        isBroken = true;
        throw journalError('storage', 'the second place failed twice', error);
      }
      for (const key of some.keys()) owed.delete(key);
    }
  }

  /** The only way out of `broken` is a write that works, in both places. */
  async function probe(): Promise<void> {
    await exclusive(async () => {
      await attempt((open) =>
        inTransaction(open, 'rw', async () => {
          await open.meta.put((await open.meta.get('journal'))!);
        }),
      );
      await settleOwed();
      isBroken = false;
    });
  }

  function owe(rows: readonly LineRow[]): void {
    for (const row of rows) owed.set(lineName(row.stream, row.seq), lineRecord(row));
  }

  const journal: Journal = {
    async append(drafts) {
      const id = randomId();
      try {
        const rows = await exclusive(async () => {
          const made = await attempt((open) =>
            inTransaction(open, 'rw', () => record(open, drafts, stamp(id))),
          );
          owe(made.unsent);
          await settleOwed();
          isBroken = false;
          return made.rows;
        });
        return rows.map((row) => entryOf(row)!);
      } finally {
        changes.tell();
      }
    },

    async state() {
      try {
        if (isBroken) await probe().catch(() => undefined);
        lastState = await read((open) => inTransaction(open, 'r', () => stateOf(open, isBroken)));
      } catch {
        lastState = { ...lastState, storage: 'broken' };
      }
      return lastState;
    },

    entries: (query = {}) =>
      read(async (open) =>
        (await rowsOf(open, query)).map(entryOf).filter((entry): entry is Entry => entry !== null),
      ),

    lines: (stream, first, last) =>
      read(async (open) => {
        const rows = await open.lines
          .where('[stream+seq]')
          .between([stream, first], [stream, last], true, true)
          .toArray();
        return rows.map((row) => row.line);
      }),

    chainBefore: (stream, seq) => read((open) => chainBefore(open, stream, seq)),

    pending: (max, after) => read((open) => inTransaction(open, 'r', () => nextPending(open, max, after))),

    async accept(receipt, clockOf) {
      await exclusive(async () => {
        const freed = await attempt((open) =>
          inTransaction(open, 'rw', () => takeReceipt(open, receipt, clockOf?.offset, stamp(null))),
        );
        if (freed === null) return;
        owe(freed.again);
        const names = freed.free.map(([stream, seq]) => lineName(stream, seq));
        for (const one of names) owed.delete(one);
        try {
          // The mark first: it bears witness that these numbers were used once their lines are gone from here.
          await within(second.put(new Map([[markName(freed.stream), markRecord(freed.mark)]])), LIMIT);
          await within(second.remove(names), LIMIT);
          await settleOwed();
        } catch {
          // Nothing is lost: the next start compares the two places again.
        }
        await attempt((open) => inTransaction(open, 'rw', () => prune(open, clock())));
      });
      changes.tell();
    },

    onChange: (listener) => changes.add(listener),

    async close() {
      await exclusive(async () => {
        isClosed = true;
        drop();
      });
      changes.close();
    },
  };

  await exclusive(() => attempt(async () => undefined)).catch((error: unknown) => {
    if (!isJournalError(error)) throw error;
  });
  return journal;
}

function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
