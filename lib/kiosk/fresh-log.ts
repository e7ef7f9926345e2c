/**
 * A database that came back shortened goes on writing behind the torn end of its log, and the start after that finds the whole
 * of it unreadable (Chromium 156: log cut to 60 %, 5 of 5 times everything gone at the second start, the device's keys
 * included). Filling the log makes the browser begin a new one and drop the torn one (measured: 2.4 MB are enough).
 */
import type { Entry } from '../domain/entry.ts';
import type { TextStore } from './settings.ts';

const DATABASE = 'nmc-kiosk-filler';
const STORE = 'blocks';
/** Below 64 KiB, where the browser would put a value into a file of its own. */
const BLOCK = 60_000;
const BLOCKS = 80;
const TURNED = 'nmc-kiosk.logTurned';

/** The journal's word about a loss that has not been answered by a new log yet, or null. */
export function unansweredLoss(health: readonly Entry[], store: TextStore): string | null {
  const last = health.findLast(({ kind, body }) => kind === 'health' && body.topic === 'journal');
  if (!last) return null;
  const name = `${last.stream}-${last.seq}`;
  return store.getItem(TURNED) === name ? null : name;
}

/** Has the browser begin a new log, once per `loss`. */
export async function turnLog(factory: IDBFactory, store: TextStore, loss: string): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = factory.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  try {
    for (let block = 0; block < BLOCKS; block += 1) {
      await change(db, (blocks) => blocks.put(crypto.getRandomValues(new Uint8Array(BLOCK)), block));
    }
    await change(db, (blocks) => blocks.clear());
  } finally {
    db.close();
  }
  store.setItem(TURNED, loss);
}

function change(db: IDBDatabase, work: (blocks: IDBObjectStore) => void): Promise<void> {
  const transaction = db.transaction(STORE, 'readwrite', { durability: 'strict' });
  work(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
