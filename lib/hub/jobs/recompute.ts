/**
 * Computes everything derived anew from the entries and compares (DESIGN §7: nightly, an alarm on any difference).
 * The check reads one snapshot and blocks nobody; the repair holds back ingest while it rewrites.
 */

import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type FlowCount, flowName } from '../../domain/flows.ts';
import { type Unit, type UnitFinder, unitFinder } from '../../domain/unit.ts';
import type { Db, Query } from '../database/db.ts';
import { loadQueries } from '../database/queries.ts';
import { compareVisits, repairVisits } from '../feedback/recompute.ts';
import { flowDifference, stockColumns } from '../ingest/flows.ts';
import { documentsFrom, dossiersFrom, refreshDocuments, refreshDossiers } from '../ingest/subjects.ts';

export const sql = loadQueries(join(import.meta.dirname, 'recompute.sql'), [
  'holdDerived',
  'tryJob',
  'units',
  'wrongVoids',
  'unlinkedEntries',
  'keyPage',
  'connected',
  'sightings',
  'dossiers',
  'documents',
  'dossierIds',
  'documentIds',
  'rollups',
  'repairVoids',
  'clearRollups',
  'fillRollups',
  'raiseAlarm',
  'clearAlarms',
  'census',
  'censusLines',
  'censusAside',
]);

/** What differs, named without data: `rollup <unit> <day>`, `dossier`, `void`, `link`, `visit <unit> <day>`,
 * `returns <unit> <day>`, `release <id>`. */
export interface Recomputed {
  readonly dossiers: number;
  readonly documents: number;
  /** Differences by name, with how many. */
  readonly differences: ReadonlyMap<string, number>;
}

/** Compares without changing anything but alarms. `now` in milliseconds. */
export async function recomputeCheck(db: Db, now: number): Promise<Recomputed> {
  const found = await db.tx({ role: 'ingest', snapshot: true }, (query) => compare(query, db.province));
  await db.tx({ role: 'ingest' }, async (query) => {
    const time = new Date(now).toISOString();
    if (found.differences.size === 0) await query(sql.clearAlarms, [db.province, time]);
    for (const [name, count] of [...found.differences].slice(0, 200)) {
      await query(sql.raiseAlarm, [db.province, name, time, JSON.stringify({ count })]);
    }
  });
  return found;
}

/** Rewrites everything derived. Returns what differed before. */
export async function recomputeRepair(db: Db, now: number): Promise<Recomputed> {
  const { province } = db;
  return db.tx({ role: 'ingest' }, async (query) => {
    await query(sql.holdDerived, [province]);
    const found = await compare(query, province);
    const wrong = await query<{ device: string; stream: number; seq: number }>(sql.wrongVoids, [province]);
    if (wrong.length > 0) {
      await query(sql.repairVoids, [
        province,
        wrong.map((one) => one.device),
        wrong.map((one) => one.stream),
        wrong.map((one) => one.seq),
      ]);
    }
    const find = unitFinder(await query<Unit>(sql.units, [province]));
    for await (const keys of keyPages(query, province, 'dossier')) {
      await refreshDossiers(query, province, keys, find);
    }
    for await (const keys of keyPages(query, province, 'document')) {
      await refreshDocuments(query, province, keys);
    }
    const { flows } = await derive(query, province, find);
    await query(sql.clearRollups, [province]);
    const sums = [...flows.values()];
    await query(sql.fillRollups, [
      province,
      sums.map((one) => one.unit),
      sums.map((one) => one.day),
      sums.map((one) => one.procedure),
      sums.map((one) => one.measure),
      sums.map((one) => one.n),
    ]);
    await repairVisits(query, province);
    await query(sql.clearAlarms, [province, new Date(now).toISOString()]);
    return found;
  });
}

async function compare(query: Query, province: string): Promise<Recomputed> {
  const differences = new Map<string, number>();
  const add = (name: string, by = 1) => differences.set(name, (differences.get(name) ?? 0) + by);
  const find = unitFinder(await query<Unit>(sql.units, [province]));
  for (const _ of await query(sql.wrongVoids, [province])) add('void');
  for (const _ of await query(sql.unlinkedEntries, [province])) add('link');
  const derived = await derive(query, province, find, add);
  const stored = await query<FlowCount>(sql.rollups, [province]);
  const flows = new Map(derived.flows);
  for (const sum of stored) {
    const name = flowName(sum);
    if ((flows.get(name)?.n ?? 0) !== sum.n) add(`rollup ${sum.unit} ${sum.day}`);
    flows.delete(name);
  }
  for (const sum of flows.values()) add(`rollup ${sum.unit} ${sum.day}`);
  for (const name of await compareVisits(query, province)) add(name);
  return { dossiers: derived.dossiers, documents: derived.documents, differences };
}

interface Derived {
  readonly dossiers: number;
  readonly documents: number;
  readonly flows: ReadonlyMap<string, FlowCount>;
}

/** Every row from its sightings, page by page; `differs` hears of rows stored otherwise. */
async function derive(
  query: Query,
  province: string,
  find: UnitFinder,
  differs: (name: string) => void = () => undefined,
): Promise<Derived> {
  const flows = new Map<string, FlowCount>();
  const dossierIds = new Set<string>();
  const documentIds = new Set<string>();
  for await (const keys of keyPages(query, province, 'dossier')) {
    const rows = dossiersFrom(await query(sql.sightings, [province, 'dossier', keys]), find);
    const fresh = rows.filter((one) => !dossierIds.has(one.id));
    for (const one of fresh) dossierIds.add(one.id);
    for (const sum of flowDifference([], fresh)) {
      const name = flowName(sum);
      flows.set(name, { ...sum, n: sum.n + (flows.get(name)?.n ?? 0) });
    }
    const stored = await query<{ id: string }>(sql.dossiers, [province, fresh.map((one) => one.id)]);
    const byId = new Map(stored.map((row) => [row.id, row]));
    for (const { id, unit, row } of fresh) {
      const wanted = JSON.parse(JSON.stringify({ id, unit, merged: row, ...stockColumns(row) })) as unknown;
      if (!isDeepStrictEqual({ ...byId.get(id) }, wanted)) differs('dossier');
    }
  }
  for await (const keys of keyPages(query, province, 'document')) {
    const rows = documentsFrom(await query(sql.sightings, [province, 'document', keys]));
    const fresh = rows.filter((one) => !documentIds.has(one.id));
    for (const one of fresh) documentIds.add(one.id);
    const stored = await query<{ id: string }>(sql.documents, [province, fresh.map((one) => one.id)]);
    const byId = new Map(stored.map((row) => [row.id, row]));
    for (const { id, unit, row } of fresh) {
      if (!isDeepStrictEqual({ ...byId.get(id) }, { id, unit, merged: { ...row } })) differs('document');
    }
  }
  for (const { id } of await query<{ id: string }>(sql.dossierIds, [province])) {
    if (!dossierIds.has(id)) differs('dossier');
  }
  for (const { id } of await query<{ id: string }>(sql.documentIds, [province])) {
    if (!documentIds.has(id)) differs('document');
  }
  return { dossiers: dossierIds.size, documents: documentIds.size, flows };
}

/** Keys in pages, each widened to everything linked to it, so that a dossier is never cut in two. */
async function* keyPages(query: Query, province: string, kind: 'dossier' | 'document') {
  for (let after = ''; ; ) {
    const page = await query<{ key: string }>(sql.keyPage, [province, kind, after]);
    if (page.length === 0) return;
    const keys = page.map((row) => row.key);
    yield (await query<{ key: string }>(sql.connected, [province, kind, keys])).map((row) => row.key);
    after = keys.at(-1)!;
  }
}
