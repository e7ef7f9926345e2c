/** Imports: read and check the whole file first, then write all of it in one transaction, or nothing. */
import { join } from 'node:path';
import { isBindableOrigin } from '../../adapters/tenant.ts';
import { type Unit, type UnitFinder, unitFinder } from '../../domain/unit.ts';
import type { HubWords } from '../../i18n/hub/index.ts';
import type { CsvError } from '../../reports/csv.ts';
import { readProceduresCsv } from '../../reports/procedure-csv.ts';
import { readUnitsCsv } from '../../reports/unit-csv.ts';
import type { Db, Query } from '../database/db.ts';
import { loadQueries } from '../database/queries.ts';
import type { PlacedDossier } from '../ingest/flows.ts';
import { writeDossiers } from '../ingest/subjects.ts';
import { audit } from '../people/people.ts';
import { type KnownTenant, readTenantsCsv } from './tenant-csv.ts';

const sql = loadQueries(join(import.meta.dirname, 'imports.sql'), [
  'holdDerived',
  'units',
  'renamePlaceholder',
  'moveEntries',
  'moveDocuments',
  'moveVisits',
  'moveCounterDays',
  'moveReleases',
  'moveSpans',
  'moveTotals',
  'putUnits',
  'clearClosure',
  'fillClosure',
  'raiseUnitVersion',
  'dossierPage',
  'catalogue',
  'replaceProcedures',
  'putProcedures',
  'tenants',
  'putTenants',
  'raiseConfigVersion',
]);

/** A wrong file needs no more errors to be understood. */
const MOST_ERRORS = 200;

export const IMPORTS = ['units', 'catalogue', 'tenants'] as const;
export type ImportKind = (typeof IMPORTS)[number];

export interface ImportReport {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  /** At most 200; `field` is the column, `file` for a whole line. */
  readonly errors: readonly CsvError[];
}

export interface ImportRequest {
  readonly kind: ImportKind;
  readonly bytes: Uint8Array;
  readonly isDryRun: boolean;
  readonly actor: string;
  /** The language of the errors. */
  readonly words: HubWords;
  /** Milliseconds. */
  readonly now: number;
}

/** Takes a file. With errors, or in a dry run, nothing is written; the report is the same. */
export async function importFile(db: Db, request: ImportRequest): Promise<ImportReport> {
  const { kind, isDryRun, actor } = request;
  // Bytes that are no UTF-8 become U+FFFD here; the reader refuses that and names the line.
  const text = new TextDecoder().decode(request.bytes);
  return db.tx({ role: 'admin' }, async (query) => {
    await query(sql.holdDerived, [db.province]);
    const plan = await PLANS[kind](query, db.province, text, request);
    const counts = { rows: plan.rows, created: plan.created, updated: plan.rows - plan.created };
    if (plan.errors.length > 0) {
      const errors = plan.errors.slice(0, MOST_ERRORS).map((one) => ({ ...one, field: one.field || 'file' }));
      return { rows: plan.rows, created: 0, updated: 0, errors };
    }
    if (isDryRun) return { ...counts, errors: [] };
    await audit(query, db.province, { actor, action: `import:${kind}`, object: kind, detail: counts });
    await plan.write();
    return { ...counts, errors: [] };
  });
}

interface Plan {
  readonly rows: number;
  readonly created: number;
  readonly errors: readonly CsvError[];
  readonly write: () => Promise<void>;
}
type Planner = (query: Query, province: string, text: string, request: ImportRequest) => Promise<Plan>;

const PLANS: Readonly<Record<ImportKind, Planner>> = {
  units: async (query, province, text, { words, now }) => {
    const existing = await query<Unit & { isPlaceholder: boolean }>(sql.units, [province]);
    const placeholder = existing.find((unit) => unit.isPlaceholder);
    const kept = existing.filter((unit) => !unit.isPlaceholder);
    const { units, errors } = readUnitsCsv(text, kept, words, 'one');
    const had = new Set(kept.map((unit) => unit.id));
    return {
      rows: units.length,
      created: units.filter((unit) => !had.has(unit.id)).length,
      errors,
      write: async () => {
        // A device may come into a trial of packs, or leave it, with its unit.
        await query(sql.raiseConfigVersion, [province, new Date(now).toISOString()]);
        await writeUnits(query, province, units, placeholder?.id ?? null);
      },
    };
  },
  catalogue: async (query, province, text, { words }) => {
    // Nothing stored can overlap: a file that names a procedure gives all its spans (replaceProcedures).
    const { procedures, errors } = readProceduresCsv(text, [], words);
    const existing = await query<{ code: string; validFrom: string | null }>(sql.catalogue, [province]);
    const had = new Set(existing.map((one) => `${one.code} ${one.validFrom}`));
    return {
      rows: procedures.length,
      created: procedures.filter((one) => !had.has(`${one.code} ${one.validFrom}`)).length,
      errors,
      write: async () => {
        await query(sql.replaceProcedures, [province, procedures.map((one) => one.code)]);
        await query(sql.putProcedures, [province, JSON.stringify(procedures)]);
      },
    };
  },
  tenants: async (query, province, text, { words, now }) => {
    const existing = await query<KnownTenant>(sql.tenants, [province]);
    const { tenants, errors } = readTenantsCsv(text, existing, isBindableOrigin, words);
    const had = new Set(existing.map((one) => one.id));
    return {
      rows: tenants.length,
      created: tenants.filter((one) => !had.has(one.id)).length,
      errors,
      write: async () => {
        await query(sql.putTenants, [province, JSON.stringify(tenants)]);
        await query(sql.raiseConfigVersion, [province, new Date(now).toISOString()]);
      },
    };
  },
};

/** What hung on the placeholder hangs on the root of the list from now on. */
const MOVES = [
  'moveEntries',
  'moveDocuments',
  'moveVisits',
  'moveCounterDays',
  'moveReleases',
  'moveSpans',
  'moveTotals',
] as const;

async function writeUnits(
  query: Query,
  province: string,
  units: readonly Unit[],
  placeholder: string | null,
): Promise<void> {
  const root = units.find((unit) => unit.parent === null);
  if (placeholder !== null && root && root.id !== placeholder) {
    await query(sql.renamePlaceholder, [province, placeholder, root.id]);
    await query('SET LOCAL ROLE nmc_ingest');
    for (const move of MOVES) await query(sql[move], [province, placeholder, root.id]);
    await query('SET LOCAL ROLE nmc_admin');
  }
  await query(sql.putUnits, [province, JSON.stringify(units)]);
  await query(sql.clearClosure, [province]);
  await query(sql.fillClosure, [province]);
  await query(sql.raiseUnitVersion, [province]);
  const all = await query<Unit>(sql.units, [province]);
  await query('SET LOCAL ROLE nmc_ingest');
  await placeAgain(query, province, unitFinder(all));
}

/** Which unit a dossier belongs to is derived: a new unit list may move it, and its flows with it. */
async function placeAgain(query: Query, province: string, find: UnitFinder): Promise<void> {
  for (let after = ''; ; ) {
    const page = await query<{ id: string; unit: string; merged: PlacedDossier['row'] }>(sql.dossierPage, [
      province,
      after,
    ]);
    const before = page.map(({ id, unit, merged }): PlacedDossier => ({ id, unit, row: merged }));
    const moved = before.filter((one) => find(one.row) !== one.unit);
    if (moved.length > 0) {
      await writeDossiers(
        query,
        province,
        moved,
        moved.map((one) => ({ ...one, unit: find(one.row) })),
      );
    }
    if (page.length === 0) return;
    after = page.at(-1)!.id;
  }
}
