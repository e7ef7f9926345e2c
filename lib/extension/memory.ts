/**
 * What was last written per dossier, so that a list read again writes nothing. A cache of its own, apart from the
 * journal: losing it repeats sightings, which no figure notices. Rows not seen for 120 days are forgotten.
 */
import Dexie, { type Table } from 'dexie';
import { addDays, type Day } from '../domain/dates.ts';
import type { Remembered } from './recorder.ts';

const KEEP_DAYS = 120;

export interface MemoryStore {
  readonly read: (ids: readonly string[]) => Promise<Map<string, Remembered>>;
  readonly write: (rows: readonly Remembered[]) => Promise<void>;
  /** How many dossiers and documents were seen on a day. */
  readonly seenOn: (day: Day) => Promise<number>;
  readonly forget: (today: Day) => Promise<void>;
  readonly close: () => void;
}

/** Opens the memory (IndexedDB `nmc-memory`). */
export function openMemory(name = 'nmc-memory'): MemoryStore {
  const db = new Dexie(name) as Dexie & { seen: Table<Remembered, string> };
  db.version(1).stores({ seen: 'id, day' });
  return {
    async read(ids) {
      const rows = await db.seen.bulkGet([...new Set(ids)]);
      return new Map(rows.filter((row) => row !== undefined).map((row) => [row.id, row]));
    },
    async write(rows) {
      await db.seen.bulkPut([...rows]);
    },
    seenOn: (day) => db.seen.where('day').equals(day).count(),
    async forget(today) {
      await db.seen.where('day').below(addDays(today, -KEEP_DAYS)).delete();
    },
    close: () => db.close(),
  };
}
