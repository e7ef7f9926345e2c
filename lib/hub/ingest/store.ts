/** The middle of the ingest transaction: quarantine, entries, voids, and what they change (see `index.ts`). */
import type { VerifiedBatch } from '../../batch/index.ts';
import type { Query } from '../database/db.ts';
import { countReturns, keepKioskWords, keepVisits } from '../feedback/visits.ts';
import { keepHealth } from '../packs/health.ts';
import {
  type EffectiveEntry,
  keepOfficialTotals,
  keysOf,
  packOf,
  retract,
  sql,
  totalUnit,
  type Voider,
} from './effects.ts';
import type { Sorted } from './sort.ts';
import { refreshDocuments, refreshDossiers } from './subjects.ts';
import type { UnitCache } from './units.ts';

/** The device as locked, with what its province says. */
export interface Locked {
  readonly kind: Voider['kind'];
  readonly unit: string;
  /** Where it stands, if it was placed. */
  readonly counter: string | null;
  readonly status: string;
  readonly hub: string;
  readonly epoch: number;
  readonly unitVersion: number;
}

/** Stores what is new of a sorted batch and everything that follows from it. */
export async function store(
  query: Query,
  province: string,
  { header }: VerifiedBatch,
  locked: Locked,
  sorted: Sorted,
  time: string,
  unitCache: UnitCache,
): Promise<void> {
  const { device, stream } = header;
  const place = { province, device, stream };
  if (sorted.quarantine.length > 0) {
    await query(sql.addQuarantine, [
      province,
      device,
      stream,
      time,
      sorted.quarantine.map((one) => one.seq),
      sorted.quarantine.map((one) => one.code),
      sorted.quarantine.map((one) => Buffer.from(one.raw)),
    ]);
  }
  if (sorted.isForked) await alarm(query, province, 'fork', device, time, { stream });
  if (sorted.isChainBroken) await alarm(query, province, 'chain', device, time, { stream });
  if (sorted.fresh.length === 0) return;
  const entries = sorted.fresh.map((one) => one.entry);
  const { voided, refused } = await retract(query, province, { id: device, kind: locked.kind }, entries);
  if (refused > 0) await alarm(query, province, 'foreignVoid', device, time, { stream });
  const came = await addEntries(query, place, locked, sorted);
  const touched = [...came, ...voided];
  const { units, find } = await unitCache(query, province, locked.unitVersion);
  await refreshDossiers(query, province, keysOf('dossier', touched), find);
  await refreshDocuments(query, province, keysOf('document', touched));
  await keepVisits(query, place, entries, voided);
  await countReturns(query, province, came, voided);
  await keepOfficialTotals(query, place, came, voided, totalUnit(units, find));
  await keepHealth(query, place, came);
  if (locked.kind === 'kiosk') await keepKioskWords(query, place, came);
}

/** Inserts the new entries; returns those that are in effect. */
async function addEntries(
  query: Query,
  { province, device, stream }: { province: string; device: string; stream: number },
  { unit, counter }: Pick<Locked, 'unit' | 'counter'>,
  { fresh }: Sorted,
): Promise<EffectiveEntry[]> {
  const rows = await query<{ seq: number; isVoid: boolean }>(sql.addEntries, [
    province,
    device,
    stream,
    unit,
    fresh.map(({ entry }) => entry.seq),
    fresh.map(({ entry }) => entry.kind),
    fresh.map(({ line }) => line),
    fresh.map(({ chain }) => Buffer.from(chain)),
    fresh.map(({ entry }) => entry.at),
    fresh.map(({ entry }) => packOf(entry)),
    counter,
  ]);
  const sightings = fresh.flatMap(({ entry }) =>
    entry.kind === 'dossier' || entry.kind === 'document'
      ? [...new Set(entry.body.keys)].map((key, _, keys) => ({ entry, key, isLink: keys.length > 1 }))
      : [],
  );
  if (sightings.length > 0) {
    await query(sql.addSightings, [
      province,
      device,
      stream,
      sightings.map((one) => one.entry.kind),
      sightings.map((one) => one.key),
      sightings.map((one) => one.entry.seq),
      sightings.map((one) => one.isLink),
    ]);
  }
  const dead = new Set(rows.filter((row) => row.isVoid).map((row) => row.seq));
  return fresh.flatMap(({ entry }) => (dead.has(entry.seq) ? [] : [{ device, entry, unit }]));
}

/** Raises an alarm once; it stays open until somebody resolves it. */
async function alarm(
  query: Query,
  province: string,
  kind: string,
  subject: string,
  time: string,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  await query(sql.raiseAlarm, [province, kind, subject, time, JSON.stringify(detail)]);
}
