/** One migration of the journal's database. */
import type { Transaction } from 'dexie';

export interface Migration {
  readonly version: number;
  /** Dexie's schema texts; the primary key comes first, `&` is unique. */
  readonly stores: Readonly<Record<string, string | null>>;
  readonly upgrade?: (transaction: Transaction) => Promise<void>;
}
