/** The unit list as ingest needs it, read again only when its version moved. */
import { type Unit, type UnitFinder, unitFinder } from '../../domain/unit.ts';
import type { Query } from '../database/db.ts';
import { sql } from './effects.ts';

interface Known {
  readonly version: number;
  readonly units: readonly Unit[];
  readonly find: UnitFinder;
}

/** Units of the province at a version read in the same transaction, with their finder. */
export type UnitCache = (query: Query, province: string, version: number) => Promise<Known>;

/** One cache per database. */
export function makeUnitCache(): UnitCache {
  let known: Known | null = null;
  return async (query, province, version) => {
    if (known?.version === version) return known;
    const units = await query<Unit>(sql.units, [province]);
    known = { version, units, find: unitFinder(units) };
    return known;
  };
}
