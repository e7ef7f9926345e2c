/**
 * Touched keys in, merged rows and roll-up differences out (see the picture in `index.ts`).
 *
 * Concurrency: every key is a row of `subject_key`. Placeholders are inserted in key order, then locked in key order; only
 * then are the sightings read, so two transactions that share a key run one after the other and both see all of it. A
 * rotation may link more keys than were locked: the savepoint gives the locks back and the wider set is locked instead.
 */
import { join } from 'node:path';
import type { EntryOf } from '../../domain/entry.ts';
import {
  type DocumentRow,
  type DocumentSighting,
  type DossierRow,
  groupByKeys,
  mergeDocument,
  mergeDossier,
  type Sighting,
} from '../../domain/merge.ts';
import type { UnitFinder } from '../../domain/unit.ts';
import type { Query } from '../database/db.ts';
import { loadQueries } from '../database/queries.ts';
import { flowDifference, type PlacedDossier, stockColumns } from './flows.ts';

const sql = loadQueries(join(import.meta.dirname, 'subjects.sql'), [
  'placeholders',
  'lockKeys',
  'connected',
  'sightings',
  'dossiersOf',
  'documentsOf',
  'dropDossiers',
  'dropDocuments',
  'putDossiers',
  'putDocuments',
  'assignKeys',
  'addFlows',
]);

type SubjectKind = 'dossier' | 'document';

interface SightingRow {
  readonly device: string;
  readonly stream: number;
  readonly seq: number;
  readonly line: string;
  readonly unit: string;
}

/** Brings the dossiers of these keys and their roll-ups up to date. */
export async function refreshDossiers(
  query: Query,
  province: string,
  touched: Iterable<string>,
  findUnit: UnitFinder,
): Promise<void> {
  const keys = await lockConnected(query, province, 'dossier', touched);
  if (keys.length === 0) return;
  const before = (
    await query<{ id: string; unit: string; merged: DossierRow }>(sql.dossiersOf, [province, keys])
  ).map(({ id, unit, merged }): PlacedDossier => ({ id, unit, row: merged }));
  const lines = await query<SightingRow>(sql.sightings, [province, 'dossier', keys]);
  const after = dossiersFrom(lines, findUnit);
  await writeDossiers(query, province, before, after);
  await assign(
    query,
    province,
    'dossier',
    keys,
    after.map(({ id, row }) => ({ id, keys: row.keys })),
  );
}

/** The dossiers that sightings amount to. */
export function dossiersFrom(lines: readonly SightingRow[], findUnit: UnitFinder): PlacedDossier[] {
  const sightings = lines.map(({ device, stream, seq, line }): Sighting => {
    const entry = JSON.parse(line) as EntryOf<'dossier'>;
    return { device, stream, seq, offset: entry.offset ?? 0, body: entry.body };
  });
  return groupByKeys(sightings).flatMap((group) => {
    const row = mergeDossier(group);
    return row === null ? [] : [{ id: row.keys[0]!, unit: findUnit(row), row }];
  });
}

/** Replaces rows and adds the difference of their flows. */
export async function writeDossiers(
  query: Query,
  province: string,
  before: readonly PlacedDossier[],
  after: readonly PlacedDossier[],
): Promise<void> {
  const kept = new Set(after.map((one) => one.id));
  const gone = before.filter((one) => !kept.has(one.id)).map((one) => one.id);
  if (gone.length > 0) await query(sql.dropDossiers, [province, gone]);
  if (after.length > 0) {
    const columns = after.map(({ row }) => stockColumns(row));
    await query(sql.putDossiers, [
      province,
      after.map((one) => one.id),
      after.map((one) => one.unit),
      after.map((one) => JSON.stringify(one.row)),
      columns.map((one) => one.receivedDay),
      columns.map((one) => one.finishDay),
      columns.map((one) => one.stock),
      columns.map((one) => one.dueDay),
    ]);
  }
  const flows = flowDifference(before, after);
  if (flows.length === 0) return;
  await query(sql.addFlows, [
    province,
    flows.map((one) => one.unit),
    flows.map((one) => one.day),
    flows.map((one) => one.procedure),
    flows.map((one) => one.measure),
    flows.map((one) => one.n),
  ]);
}

/** A document with the unit of the device that saw it last. */
export interface PlacedDocument {
  readonly id: string;
  readonly unit: string;
  readonly row: DocumentRow;
  readonly keys: readonly string[];
}

/** Brings the documents of these keys up to date. */
export async function refreshDocuments(
  query: Query,
  province: string,
  touched: Iterable<string>,
): Promise<void> {
  const keys = await lockConnected(query, province, 'document', touched);
  if (keys.length === 0) return;
  const before = await query<{ id: string }>(sql.documentsOf, [province, keys]);
  const after = documentsFrom(await query<SightingRow>(sql.sightings, [province, 'document', keys]));
  const kept = new Set(after.map((one) => one.id));
  const gone = before.map((one) => one.id).filter((id) => !kept.has(id));
  if (gone.length > 0) await query(sql.dropDocuments, [province, gone]);
  if (after.length > 0) {
    await query(sql.putDocuments, [
      province,
      after.map((one) => one.id),
      after.map((one) => one.unit),
      after.map((one) => JSON.stringify(one.row)),
      after.map((one) => one.row.role),
      after.map((one) => one.row.state),
      after.map((one) => one.row.due),
      after.map((one) => one.row.direction ?? 'in'),
    ]);
  }
  await assign(query, province, 'document', keys, after);
}

/** The documents that sightings amount to. */
export function documentsFrom(lines: readonly SightingRow[]): PlacedDocument[] {
  const sightings = lines.map(({ device, stream, seq, line, unit }): DocumentSighting & { unit: string } => {
    const entry = JSON.parse(line) as EntryOf<'document'>;
    return { device, stream, seq, offset: entry.offset ?? 0, body: entry.body, unit };
  });
  return groupByKeys(sightings).flatMap((group) => {
    const row = mergeDocument(group);
    if (row === null) return [];
    const last = group
      .filter((one) => Date.parse(one.body.seen) + one.offset === row.lastSeen)
      .sort((a, b) => compareText(a.device, b.device) || a.stream - b.stream || a.seq - b.seq)
      .at(-1)!;
    const keys = [...new Set(group.flatMap((one) => one.body.keys))].sort();
    return [{ id: keys[0]!, unit: last.unit, row, keys }];
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function lockConnected(
  query: Query,
  province: string,
  kind: SubjectKind,
  touched: Iterable<string>,
): Promise<string[]> {
  let keys = [...new Set(touched)].sort();
  if (keys.length === 0) return keys;
  for (;;) {
    await query('SAVEPOINT subjects');
    await query(sql.placeholders, [province, kind, keys]);
    await query(sql.lockKeys, [province, kind, keys]);
    const reached = await query<{ key: string }>(sql.connected, [province, kind, keys]);
    if (reached.length === keys.length) return keys;
    await query('ROLLBACK TO SAVEPOINT subjects');
    keys = reached.map((one) => one.key).sort();
  }
}

async function assign(
  query: Query,
  province: string,
  kind: SubjectKind,
  locked: readonly string[],
  rows: readonly { readonly id: string; readonly keys: readonly string[] }[],
): Promise<void> {
  const owner = new Map(rows.flatMap(({ id, keys }) => keys.map((key) => [key, id] as const)));
  const subjects = locked.map((key) => owner.get(key) ?? null);
  await query(sql.assignKeys, [province, kind, locked, subjects]);
}
