/**
 * Does this browser really keep what it is given? A record is written durably, read back and removed, in a database of
 * its own and in the second place; and a mark that outlives the browser's restart says that this is no private window.
 */
import type { SecondPlace } from '../../journal/index.ts';

const DATABASE = 'nmc-kiosk-probe';
const STORE = 'texts';
const RECORD = 'probe';
const MARK = 'start';
/** A write that hangs is a failure (seen on a full disk), milliseconds. */
const LIMIT = 10_000;

/** True when a record written with strict durability comes back and can be removed. */
export function probeDatabase(factory: IDBFactory, text: string): Promise<boolean> {
  return withinLimit(async () => {
    const db = await open(factory);
    try {
      await put(db, RECORD, text);
      const isSame = (await get(db, RECORD)) === text;
      await put(db, RECORD, null);
      return isSame && (await get(db, RECORD)) === undefined;
    } finally {
      db.close();
    }
  });
}

/** True when a text put into the second place comes back and can be removed. */
export function probeSecondPlace(place: SecondPlace, text: string): Promise<boolean> {
  return withinLimit(async () => {
    await place.put(new Map([[RECORD, text]]));
    const isSame = (await place.all()).get(RECORD) === text;
    await place.remove([RECORD]);
    return isSame && !(await place.all()).has(RECORD);
  });
}

/**
 * True when a mark of an earlier start of the browser is found. `start` names this one (kept in sessionStorage, so that a
 * reload is no restart). Leaves a mark for the next start.
 */
export async function outlivedRestart(factory: IDBFactory, start: string): Promise<boolean> {
  const db = await open(factory);
  try {
    const mark = await get(db, MARK);
    if (mark === undefined) await put(db, MARK, start);
    return mark !== undefined && mark !== start;
  } finally {
    db.close();
  }
}

function withinLimit(work: () => Promise<boolean>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), LIMIT);
    work()
      .then(resolve, () => resolve(false))
      .finally(() => clearTimeout(timer));
  });
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

function put(db: IDBDatabase, name: string, text: string | null): Promise<void> {
  const transaction = db.transaction(STORE, 'readwrite', { durability: 'strict' });
  const store = transaction.objectStore(STORE);
  if (text === null) store.delete(name);
  else store.put(text, name);
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

function get(db: IDBDatabase, name: string): Promise<unknown> {
  const asked = db.transaction(STORE, 'readonly').objectStore(STORE).get(name);
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
