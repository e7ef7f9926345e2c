/** What entries other than dossiers and documents change: voids, official totals. */
import { join } from 'node:path';
import { type Entry, type EntryOf, readLine } from '../../domain/entry.ts';
import { UNASSIGNED } from '../../domain/flows.ts';
import type { Unit, UnitFinder } from '../../domain/unit.ts';
import type { Query } from '../database/db.ts';
import { loadQueries } from '../database/queries.ts';

export const sql = loadQueries(join(import.meta.dirname, 'ingest.sql'), [
  'shareDerived',
  'findDevice',
  'lockDevice',
  'openStream',
  'knownLines',
  'knownQuarantine',
  'archiveBatch',
  'addQuarantine',
  'addEntries',
  'addSightings',
  'addVoids',
  'addPackVoids',
  'applyVoids',
  'applyPackVoids',
  'addOfficialTotals',
  'dropOfficialTotals',
  'closeStream',
  'heardDevice',
  'listQuarantine',
  'raiseAlarm',
  'units',
]);

/** An entry that just lost or gained effect, with the unit its device had. */
export interface EffectiveEntry {
  readonly device: string;
  readonly entry: Entry;
  readonly unit: string;
}

interface VoidedRow {
  readonly device: string;
  readonly line: string;
  readonly unit: string;
}

/** Who sends the voids of a batch. */
export interface Voider {
  readonly id: string;
  readonly kind: 'extension' | 'kiosk' | 'hub';
}

/**
 * Stores the retractions of a batch and returns the entries that just became void. A device retracts its own entries
 * (any stream) and its own sightings by a pack version; a hub may name any entry. Others are kept without effect.
 */
export async function retract(
  query: Query,
  province: string,
  device: Voider,
  entries: readonly Entry[],
): Promise<{ voided: EffectiveEntry[]; refused: number }> {
  const targets = entries.flatMap((entry) => (entry.kind === 'void' ? [entry.body.target] : []));
  const packs = targets.flatMap((target) => ('pack' in target ? [target.pack] : []));
  const named = targets.flatMap((target) => ('pack' in target ? [] : [target]));
  const allowed = named.filter((target) => device.kind === 'hub' || target.device === device.id);
  const rows: VoidedRow[] = [];
  if (allowed.length > 0) {
    const values = [
      province,
      allowed.map((one) => one.device),
      allowed.map((one) => one.stream),
      allowed.map((one) => one.seq),
    ];
    await query(sql.addVoids, values);
    rows.push(...(await query<VoidedRow>(sql.applyVoids, values)));
  }
  if (packs.length > 0) {
    await query(sql.addPackVoids, [province, device.id, packs]);
    rows.push(...(await query<VoidedRow>(sql.applyPackVoids, [province, device.id, packs])));
  }
  return { voided: rows.flatMap(effectiveFrom), refused: named.length - allowed.length };
}

/** The entry of a stored row; empty when the line can no longer be read (never: it was read when it came). */
export function effectiveFrom({ device, line, unit }: VoidedRow): EffectiveEntry[] {
  const reading = readLine(line);
  return reading.ok ? [{ device, entry: reading.entry, unit }] : [];
}

/** The pack version an entry was read with, null for what no pack reads. Official totals name it in their source. */
export function packOf({ kind, body }: Entry): string | null {
  if (kind === 'dossier' || kind === 'document' || kind === 'action') return body.pack;
  if (kind !== 'officialTotal') return null;
  return /^(?:export:)?([a-z0-9-]{1,40}@\d{1,5}\.\d{1,5}\.\d{1,5})(?::|$)/.exec(body.source)?.[1] ?? null;
}

/** Keys of the dossiers or documents among the entries. */
export function keysOf(kind: 'dossier' | 'document', entries: readonly EffectiveEntry[]): string[] {
  return entries.flatMap(({ entry }) => (entry.kind === kind ? entry.body.keys : []));
}

/** Stores the portal's own totals that came and drops those that became void. */
export async function keepOfficialTotals(
  query: Query,
  place: { readonly province: string; readonly device: string; readonly stream: number },
  came: readonly EffectiveEntry[],
  gone: readonly EffectiveEntry[],
  unitOf: (named: string | undefined, deviceUnit: string) => string,
): Promise<void> {
  const totals = came
    .flatMap(({ entry, unit }) =>
      entry.kind === 'officialTotal' ? [{ entry, unit: unitOf(entry.body.unit, unit) }] : [],
    )
    .filter(({ unit }) => unit !== UNASSIGNED);
  if (totals.length > 0) {
    await query(sql.addOfficialTotals, [
      place.province,
      place.device,
      place.stream,
      totals.map(({ entry }) => entry.seq),
      totals.map(({ unit }) => unit),
      totals.map(({ entry }) => entry.body.system),
      totals.map(({ entry }) => entry.body.from),
      totals.map(({ entry }) => entry.body.to),
      totals.map(({ entry }) => JSON.stringify(entry.body.figures)),
      totals.map(({ entry }) => correctedTime(entry)),
    ]);
  }
  const dropped = gone.filter(({ entry }) => entry.kind === 'officialTotal');
  if (dropped.length > 0) {
    await query(sql.dropOfficialTotals, [
      place.province,
      dropped.map((one) => one.device),
      dropped.map(({ entry }) => entry.stream),
      dropped.map(({ entry }) => entry.seq),
    ]);
  }
}

function correctedTime(entry: EntryOf<'officialTotal'>): string {
  return new Date(Date.parse(entry.at) + (entry.offset ?? 0)).toISOString();
}

/**
 * Which unit an official total is of: a unit's id or printed name, the device's where none is named. A strange name is
 * nobody's: the entry stays in the archive and counts for no unit.
 */
export function totalUnit(units: readonly Unit[], find: UnitFinder) {
  const ids = new Set(units.map((unit) => unit.id));
  return (named: string | undefined, deviceUnit: string): string => {
    if (named === undefined) return deviceUnit;
    if (ids.has(named)) return named;
    const found = find({ facts: { agency: named }, receiver: null, codeDay: null });
    return ids.has(found) ? found : UNASSIGNED;
  };
}
