/** Edges of the journal for tests: places in memory that can be lost, a database that can be copied and damaged. */
import type { EntryDraft } from '../../../lib/domain/entry.ts';
import { type Journal, openJournal, type SecondPlace } from '../../../lib/journal/index.ts';

export interface MemoryPlace extends SecondPlace {
  readonly texts: Map<string, string>;
  /** While set, every call rejects. */
  isBroken: boolean;
}

export function memoryPlace(): MemoryPlace {
  const texts = new Map<string, string>();
  const place: MemoryPlace = {
    texts,
    isBroken: false,
    async put(added) {
      if (place.isBroken) throw new Error('second place is broken');
      for (const [name, text] of added) texts.set(name, text);
    },
    async remove(names) {
      if (place.isBroken) throw new Error('second place is broken');
      for (const name of names) texts.delete(name);
    },
    async all() {
      if (place.isBroken) throw new Error('second place is broken');
      return new Map(texts);
    },
  };
  return place;
}

let made = 0;
/** A database name nobody used. */
export function freshName(): string {
  made += 1;
  return `test-${process.pid}-${made}`;
}

const request = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

const databaseOf = (name: string) => `nmc-journal-${name}`;

/** Site data cleared: the whole database goes. */
export async function destroyDatabase(name: string): Promise<void> {
  await request(indexedDB.deleteDatabase(databaseOf(name)));
}

export async function openRaw(name: string, version?: number): Promise<IDBDatabase> {
  return request(indexedDB.open(databaseOf(name), version));
}

export type Snapshot = Map<string, unknown[]>;

/** Every row of every table, for a later {@link restoreImage}. */
export async function takeImage(name: string): Promise<Snapshot> {
  const db = await openRaw(name);
  const snapshot: Snapshot = new Map();
  const stores = [...db.objectStoreNames];
  if (stores.length > 0) {
    const transaction = db.transaction(stores, 'readonly');
    for (const store of stores) snapshot.set(store, await request(transaction.objectStore(store).getAll()));
  }
  db.close();
  return snapshot;
}

/** A disk image is put back: the tables hold what they held then. */
export async function restoreImage(name: string, snapshot: Snapshot): Promise<void> {
  const db = await openRaw(name);
  const transaction = db.transaction([...db.objectStoreNames], 'readwrite');
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
  });
  for (const [store, rows] of snapshot) {
    transaction.objectStore(store).clear();
    for (const row of rows) transaction.objectStore(store).put(row);
  }
  await done;
  db.close();
}

/** Lines vanish from the middle of the database without a sign. */
export async function eraseLines(name: string, places: [number, number][]): Promise<void> {
  const db = await openRaw(name);
  const transaction = db.transaction(['lines'], 'readwrite');
  const done = new Promise<void>((resolve) => {
    transaction.oncomplete = () => resolve();
  });
  for (const place of places) transaction.objectStore('lines').delete(place);
  await done;
  db.close();
}

/** A made-up confirmed action; no citizen is in it. */
export function action(ref?: string): EntryDraft {
  return {
    kind: 'action',
    ...(ref === undefined ? {} : { ref }),
    body: {
      action: 'receive',
      n: 1,
      keys: [],
      system: 'thử-nghiệm',
      pack: 'igate2@1.0.0',
      page: 'list',
      confirm: 'toast',
      armed: '2026-09-21T01:00:00.000Z',
    },
  };
}

export const START = Date.parse('2026-09-21T01:00:00.000Z');

/** A kiosk's journal whose clock stands still. */
export function openKiosk(name: string, second: SecondPlace): Promise<Journal> {
  return openJournal({ name, second, kind: 'kiosk', clock: () => START });
}

/** Everything unsent, as `stream/seq` with its line. */
export async function unsent(journal: Journal): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let after: { stream: number; seq: number } | undefined;
  for (;;) {
    const batch = await journal.pending({ entries: 1_000, bytes: 1_000_000 }, after);
    if (!batch) return found;
    batch.lines.forEach((line, index) => {
      found.set(`${batch.stream}/${batch.first + index}`, line);
    });
    after = { stream: batch.stream, seq: batch.first + batch.lines.length - 1 };
  }
}
