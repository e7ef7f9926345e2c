/**
 * Small texts that must outlive a power cut: the settings (a lost PIN would let anybody choose a new one, a lost counter
 * would misfile ratings), the mirror of the visit under way, and the last questionnaire that was whole. localStorage alone is not enough: Chromium writes
 * it out seconds later (measured: PIN and counter gone after a SIGKILL). A database of its own, apart from the journal's.
 */

type VaultName = 'settings' | 'mirror' | 'questionnaire';

export interface Vault {
  read(name: VaultName): Promise<string | null>;
  /** Durable when resolved; null removes. Writes keep their order. */
  write(name: VaultName, text: string | null): Promise<void>;
}

const STORE = 'texts';

/** Opens the vault at its first use, and again after the browser closed the connection. */
export function openVault(factory: IDBFactory, database = 'nmc-kiosk-vault'): Vault {
  let connection: Promise<IDBDatabase> | null = null;

  function connect(): Promise<IDBDatabase> {
    connection ??= new Promise<IDBDatabase>((resolve, reject) => {
      const opening = factory.open(database, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
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

  return {
    async read(name) {
      const transaction = (await connect()).transaction(STORE, 'readonly');
      const asked = transaction.objectStore(STORE).get(name);
      await ended(transaction);
      return typeof asked.result === 'string' ? asked.result : null;
    },
    async write(name, text) {
      const transaction = (await connect()).transaction(STORE, 'readwrite', { durability: 'strict' });
      const store = transaction.objectStore(STORE);
      if (text === null) store.delete(name);
      else store.put(text, name);
      await ended(transaction);
    },
  };
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
