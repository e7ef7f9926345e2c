/**
 * Derived rows of the unit page: dossiers, documents and the roll-up, kept by difference.
 *
 *   new lines, voids ── touched keys ── everything linked to them by shared keys ── merge anew ── old flows out, new in
 *
 * `rebuild` computes the same from all lines at once; a property test holds the two equal. Everything here runs inside
 * the caller's Dexie transaction and awaits nothing else.
 */

import type { Table } from 'dexie';
import type { Entry } from '../domain/entry.ts';
import { type FlowCount, flowName, flowsOf, UNASSIGNED } from '../domain/flows.ts';
import {
  type DocumentSighting,
  entryName,
  finishDayOf,
  groupByKeys,
  mergeDocument,
  mergeDossier,
  type Sighting,
} from '../domain/merge.ts';
import { type Unit, type UnitFinder, unitFinder } from '../domain/unit.ts';
import { type DocumentRecord, type DossierRecord, type LineRow, OPEN, type UnitStore } from './store.ts';

/** Raised when merge, flows or this file change their meaning: the book rebuilds itself once when it opens. */
export const PROJECTION = 1;

/** The name under which a pack version that a device retracted is looked up among the voids. */
export function packTarget(device: string, pack: string): string {
  return `pack:${device}/${pack}`;
}

/** The finder over all units; the own unit comes last, so that it keeps its codes and names. */
export async function finderOf(db: UnitStore, own: Unit | null): Promise<UnitFinder> {
  const units = await db.units.toArray();
  const others = units.filter((unit) => unit.id !== own?.id);
  return unitFinder(own ? [...others, own] : others);
}

/** What has been retracted: entry names and pack targets. */
export async function voidTargets(db: UnitStore): Promise<Set<string>> {
  return new Set((await db.voids.orderBy('target').uniqueKeys()) as string[]);
}

/** Whether a line counts: not retracted itself, nor by its device with the whole pack version. */
export function isActive(line: LineRow, voids: ReadonlySet<string>): boolean {
  if (voids.has(entryName(line))) return false;
  return line.pack === '' || !voids.has(packTarget(line.device, line.pack));
}

/** The entry of a line that was checked when it arrived. */
export function entryOf(line: LineRow): Entry {
  return JSON.parse(line.line) as Entry;
}

/** Brings the derived rows up to date after lines with these keys came or were retracted. */
export async function refresh(db: UnitStore, touched: Iterable<string>, find: UnitFinder): Promise<void> {
  const voids = await voidTargets(db);
  const lines = new Map<string, LineRow>();
  const oldDossiers = new Map<string, DossierRecord>();
  const oldDocuments = new Map<string, DocumentRecord>();
  const known = new Set<string>();
  let open = [...new Set(touched)];
  while (open.length > 0) {
    for (const key of open) known.add(key);
    const found = await withKeys(db.lines, open);
    const asked = new Set(open);
    const [dossiers, documents] = await Promise.all([
      withKeys(db.dossiers, keysOf(found, 'dossier', asked)),
      withKeys(db.documents, keysOf(found, 'document', asked)),
    ]);
    const active = found.filter((line) => isActive(line, voids));
    for (const line of active) lines.set(entryName(line), line);
    for (const one of dossiers) oldDossiers.set(one.id, one);
    for (const one of documents) oldDocuments.set(one.id, one);
    const keys = [...active, ...dossiers, ...documents].flatMap((one) => one.keys);
    open = [...new Set(keys)].filter((key) => !known.has(key));
  }
  const { dossiers, documents } = recordsOf(lines.values(), find);
  await Promise.all([
    replace(db.dossiers, oldDossiers.keys(), dossiers),
    replace(db.documents, oldDocuments.keys(), documents),
  ]);
  const difference = new Map<string, FlowCount>();
  addFlows(difference, oldDossiers.values(), -1);
  addFlows(difference, dossiers, 1);
  await applyDifference(db, difference);
}

/** Puts the new rows in the place of the old ones. */
async function replace<T extends { readonly id: string }>(
  table: Table<T, string>,
  old: Iterable<string>,
  rows: readonly T[],
): Promise<void> {
  const kept = new Set(rows.map((row) => row.id));
  await table.bulkDelete([...old].filter((id) => !kept.has(id)));
  await table.bulkPut(rows);
}

/** Of `among`, the keys that lines of a kind carry, retracted ones included: only they can have a derived row. */
function keysOf(lines: readonly LineRow[], kind: LineRow['kind'], among: ReadonlySet<string>): string[] {
  const keys = lines.flatMap((line) => (line.kind === kind ? line.keys : []));
  return [...new Set(keys)].filter((key) => among.has(key));
}

/** Rows under any of the keys; one request per key in flight at once, which is faster than a cursor over them. */
async function withKeys<T>(table: Table<T>, keys: readonly string[]): Promise<T[]> {
  return (await Promise.all(keys.map((key) => table.where('keys').equals(key).toArray()))).flat();
}

/** Computes every derived row anew. */
export async function rebuild(db: UnitStore, find: UnitFinder): Promise<void> {
  const voids = await voidTargets(db);
  const lines = await db.lines
    .where('[kind+day]')
    .anyOf([
      ['dossier', ''],
      ['document', ''],
    ])
    .toArray();
  const active = lines.filter((line) => isActive(line, voids));
  const { dossiers, documents } = recordsOf(active, find);
  const sums = new Map<string, FlowCount>();
  addFlows(sums, dossiers, 1);
  await Promise.all([db.dossiers.clear(), db.documents.clear(), db.rollup.clear()]);
  await db.dossiers.bulkPut(dossiers);
  await db.documents.bulkPut(documents);
  await db.rollup.bulkPut([...sums.values()]);
}

function recordsOf(lines: Iterable<LineRow>, find: UnitFinder) {
  const sightings: Sighting[] = [];
  const papers: DocumentSighting[] = [];
  for (const line of lines) {
    const entry = entryOf(line);
    const { device, stream, seq } = line;
    const identity = { device, stream, seq, offset: entry.offset ?? 0 };
    if (entry.kind === 'dossier') sightings.push({ ...identity, body: entry.body });
    if (entry.kind === 'document') papers.push({ ...identity, body: entry.body });
  }
  const dossiers = groupByKeys(sightings).flatMap((group): DossierRecord[] => {
    const row = mergeDossier(group);
    if (row === null) return [];
    return [{ id: row.keys[0]!, keys: row.keys, unit: find(row), finishDay: finishDayOf(row) ?? OPEN, row }];
  });
  const documents = groupByKeys(papers).flatMap((group): DocumentRecord[] => {
    const row = mergeDocument(group);
    if (row === null) return [];
    const keys = [...new Set(group.flatMap((one) => one.body.keys))].sort();
    return [{ id: keys[0]!, keys, row }];
  });
  return { dossiers, documents };
}

function addFlows(sums: Map<string, FlowCount>, dossiers: Iterable<DossierRecord>, by: 1 | -1): void {
  for (const { row, unit } of dossiers) {
    for (const flow of flowsOf(row, unit)) {
      const name = flowName(flow);
      sums.set(name, { ...flow, n: (sums.get(name)?.n ?? 0) + by });
    }
  }
}

async function applyDifference(db: UnitStore, difference: ReadonlyMap<string, FlowCount>): Promise<void> {
  const changed = [...difference.values()].filter((one) => one.n !== 0);
  const place = (one: FlowCount): [string, string, string, string] => [
    one.unit,
    one.day,
    one.procedure,
    one.measure,
  ];
  const before = await db.rollup.bulkGet(changed.map(place));
  const after = changed.map((one, at) => ({ ...one, n: one.n + (before[at]?.n ?? 0) }));
  await db.rollup.bulkPut(after.filter((one) => one.n !== 0));
  await db.rollup.bulkDelete(after.filter((one) => one.n === 0).map(place));
}

/** Whether any dossier could not be assigned. */
export async function hasUnassigned(db: UnitStore): Promise<boolean> {
  const found = await db.rollup
    .where('[unit+day+procedure+measure]')
    .between([UNASSIGNED], [UNASSIGNED, []])
    .first();
  return found !== undefined;
}
