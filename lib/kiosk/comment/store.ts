/**
 * Comments on their way to the hub, in a database of their own: the words of a citizen must be erasable, and the journal's
 * lines never are. A comment is here before the entry that names its hash, and goes when a signed answer named it.
 * The second place (one small file each) outlives a damaged database, as it does for entries.
 */
import type { SecondPlace } from '../../journal/index.ts';
import type { CommentBox } from '../../sync/index.ts';
import type { WrittenComment } from '../visit.ts';

interface Row extends WrittenComment {
  /** Device wall clock when kept, milliseconds. */
  readonly at: number;
}

export interface CommentStore extends CommentBox {
  /** Durable in both places when resolved; the same hash again changes nothing. */
  keep(comments: readonly WrittenComment[]): Promise<void>;
  /** Removes what is older than a day and named by none of these hashes: its entry never came about. */
  prune(named: () => Promise<ReadonlySet<string>>): Promise<void>;
}

const STORE = 'comments';
const DAY = 86_400_000;

/** Opens the store at its first use, and again after the browser closed the connection. */
export function openComments(
  factory: IDBFactory,
  second: SecondPlace,
  wall: () => number = Date.now,
  database = 'nmc-kiosk-comments',
): CommentStore {
  let connection: Promise<IDBDatabase> | null = null;
  let restored: Promise<void> | null = null;

  function connect(): Promise<IDBDatabase> {
    connection ??= new Promise<IDBDatabase>((resolve, reject) => {
      const opening = factory.open(database, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'hash' });
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        opening.result.onclose = forget;
        resolve(opening.result);
      };
    }).catch((error: unknown) => {
      forget();
      throw error;
    });
    return connection;
  }

  function forget(): void {
    connection = null;
  }

  async function write(work: (store: IDBObjectStore) => void): Promise<void> {
    try {
      const transaction = (await connect()).transaction(STORE, 'readwrite', { durability: 'strict' });
      work(transaction.objectStore(STORE));
      await ended(transaction);
    } catch (error) {
      // A connection that failed once may be dead: the next call opens another.
      forget();
      throw error;
    }
  }

  async function rows(): Promise<Row[]> {
    restored ??= restore().catch((error: unknown) => {
      restored = null;
      throw error;
    });
    await restored;
    return held();
  }

  async function held(): Promise<Row[]> {
    const transaction = (await connect()).transaction(STORE, 'readonly');
    const asked = transaction.objectStore(STORE).getAll();
    await ended(transaction);
    return (asked.result as Row[]).sort((a, b) => a.at - b.at || (a.hash < b.hash ? -1 : 1));
  }

  /** Puts back what only the second place still has. */
  async function restore(): Promise<void> {
    const known = new Set((await held()).map(({ hash }) => hash));
    const lost = [...(await second.all())].flatMap(([hash, text]) =>
      known.has(hash) ? [] : rowIn(hash, text),
    );
    if (lost.length > 0) await write((store) => lost.forEach((row) => void store.put(row)));
  }

  async function remove(hashes: readonly string[]): Promise<void> {
    await second.remove([...hashes]);
    await write((store) => hashes.forEach((hash) => void store.delete(hash)));
  }

  return {
    async keep(comments) {
      if (comments.length === 0) return;
      const fresh = comments.map((comment): Row => ({ ...comment, at: wall() }));
      await write((store) => fresh.forEach((row) => void store.put(row)));
      await second.put(new Map(fresh.map((row) => [row.hash, JSON.stringify(row)])));
    },
    async oldest(most) {
      return (await rows()).slice(0, most).map(({ hash, salt, text }) => ({ hash, salt, text }));
    },
    remove,
    async prune(named) {
      const old = (await rows()).filter(({ at }) => wall() - at > DAY);
      if (old.length === 0) return;
      const hashes = await named();
      const orphans = old.filter(({ hash }) => !hashes.has(hash)).map(({ hash }) => hash);
      if (orphans.length > 0) await remove(orphans);
    },
  };
}

function rowIn(hash: string, text: string): Row[] {
  try {
    const raw = JSON.parse(text) as Partial<Row> | null;
    const isWhole =
      raw?.hash === hash &&
      typeof raw.salt === 'string' &&
      typeof raw.text === 'string' &&
      typeof raw.at === 'number';
    return isWhole ? [raw as Row] : [];
  } catch {
    return [];
  }
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
