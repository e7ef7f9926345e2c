/** Units and catalogue of a unit without a hub: whole files or nothing. */
import type { Unit } from '../domain/unit.ts';
import type { ReportsWords } from '../i18n/reports/index.ts';
import { readProceduresCsv } from '../reports/procedure-csv.ts';
import { readUnitsCsv } from '../reports/unit-csv.ts';
import { finderOf, rebuild } from './project.ts';
import { setting, type UnitStore } from './store.ts';
import type { CsvImport } from './types.ts';

/** Adds or replaces units by id; dossiers are assigned anew. */
export function importUnits(
  db: UnitStore,
  csv: string,
  dryRun: boolean,
  words: ReportsWords,
): Promise<CsvImport> {
  return db.transaction('rw', db.tables, async () => {
    const known = await db.units.toArray();
    const { units, errors } = readUnitsCsv(csv, known, words);
    const ids = new Set(known.map((unit) => unit.id));
    const updated = units.filter((unit) => ids.has(unit.id)).length;
    const counts = { rows: units.length, created: units.length - updated, updated, errors };
    if (dryRun || errors.length > 0) return counts;
    await db.units.bulkPut(units);
    const own = await setting<Unit>(db, 'unit');
    const changed = own && units.find((unit) => unit.id === own.id);
    if (changed) await db.settings.put({ name: 'unit', value: changed });
    await rebuild(db, await finderOf(db, changed ?? own));
    return counts;
  });
}

/** Adds or replaces procedures by code and first day of validity; one ends by its `valid_to`. */
export function importCatalogue(
  db: UnitStore,
  csv: string,
  dryRun: boolean,
  words: ReportsWords,
): Promise<CsvImport> {
  return db.transaction('rw', db.tables, async () => {
    const known = await db.procedures.toArray();
    const { procedures, errors } = readProceduresCsv(csv, known, words);
    const rows = procedures.map((one) => ({ ...one, from: one.validFrom ?? '' }));
    const names = new Set(known.map((one) => `${one.code} ${one.from}`));
    const updated = rows.filter((one) => names.has(`${one.code} ${one.from}`)).length;
    const counts = { rows: rows.length, created: rows.length - updated, updated, errors };
    if (dryRun || errors.length > 0) return counts;
    await db.procedures.bulkPut(rows);
    return counts;
  });
}
