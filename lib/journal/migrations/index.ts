/**
 * Numbered, forward-only migrations of the journal's database. A migration may add or rebuild what is derived
 * (indexes, stream rows); it never touches a line. A released file is never edited; a test opens every old version.
 */
import type { Transaction } from 'dexie';
import { linesStreamsMeta } from './001-lines-streams-meta.ts';
import { kindAt } from './002-kind-at.ts';

export interface Migration {
  readonly version: number;
  /** Dexie's schema texts; the primary key comes first, `&` is unique. */
  readonly stores: Readonly<Record<string, string | null>>;
  readonly upgrade?: (transaction: Transaction) => Promise<void>;
}

export const migrations: readonly Migration[] = [linesStreamsMeta, kindAt];
