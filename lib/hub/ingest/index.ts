/**
 * Ingest: signed bytes in, signed receipt out; nothing is acknowledged that is not committed (DESIGN §6, §7).
 *
 *   bytes ─ header ─ registered key ─ signature ─ inflate ─ lines              outside the transaction
 *                                                             │
 *   ┌──────────────────────── one transaction ────────────────▼───────────────────────────┐
 *   │ share `derived` │ lock device │ received := int8multirange of the stream            │
 *   │   seq received, same bytes   → repeat, no effect                                    │
 *   │   seq received, other bytes  → quarantine `fork`, alarm          (counts received)  │
 *   │   unreadable                 → quarantine raw, with its code     (counts received)  │
 *   │   else                       → entry (void already, if its void came first)         │
 *   │ archive the bytes │ voids                                                           │
 *   │ touched keys: placeholders in key order → lock in key order → sightings → merge     │
 *   │               → rows → roll-up differences in key order                             │
 *   │ visits, returns │ official totals │ received += first..last │ declared head              │
 *   └──────────────────────────────────────── COMMIT ────────┬────────────────────────────┘
 *                                                            ▼
 *                                              receipt: ranges, gaps, quarantined
 *
 * Order of locks, the same in every transaction: device < dossier keys < roll-ups < document keys < visits < counter days.
 * A deadlock or serialization failure that still happens is repeated by `Db.tx`.
 */
import {
  gapsOf,
  highestOf,
  type PublicJwk,
  type Ranges,
  type Receipt,
  readBatchHeader,
  subtractRanges,
  type VerifiedBatch,
  verifyBatch,
} from '../../batch/index.ts';
import type { Db, Query } from '../database/db.ts';
import { sql, type Voider } from './effects.ts';
import type { Faults } from './faults.ts';
import { type KnownLine, type Sorted, sortLines } from './sort.ts';
import { type Locked, store } from './store.ts';
import type { UnitCache } from './units.ts';

/** A batch refused for who sent it. */
export interface DeviceRefusal extends Error {
  readonly name: 'DeviceRefusal';
  readonly code: 'unknownDevice' | 'revokedDevice';
}

export interface IngestDeps {
  readonly db: Db;
  readonly clock: () => number;
  readonly faults: Faults;
  readonly units: UnitCache;
  /** When devices come again: after so long, spread over a window (milliseconds). */
  readonly next: { readonly after: number; readonly window: number };
}

export interface Ingested {
  readonly receipt: Receipt;
  readonly accepted: number;
  readonly duplicates: number;
  readonly quarantined: number;
}

/**
 * Takes one batch. Resolves after the commit.
 * @throws BatchError when the bytes cannot be believed, DeviceRefusal when the device is not known or revoked
 */
export async function ingest(deps: IngestDeps, bytes: Uint8Array, way: 'http' | 'file'): Promise<Ingested> {
  const { db, clock } = deps;
  const { header } = readBatchHeader(bytes);
  const device = await findDevice(db, header.device);
  if (device === null) throw refusal('unknownDevice');
  if (device.status !== 'active') throw refusal('revokedDevice');
  const batch = await verifyBatch(bytes, device.jwk);
  const result = await db.tx({ role: 'ingest' }, (query) => take(query, deps, batch, bytes, way, clock()));
  await deps.faults('afterCommit');
  return result;
}

export interface DeviceRow {
  readonly id: string;
  readonly kind: Voider['kind'];
  readonly unit: string;
  readonly jwk: PublicJwk;
  readonly status: 'active' | 'revoked';
}

/** The registered device, or null. */
export async function findDevice(db: Db, id: string): Promise<DeviceRow | null> {
  const rows = await db.tx({ role: 'ingest' }, (query) =>
    query<DeviceRow>(sql.findDevice, [db.province, id]),
  );
  return rows[0] ?? null;
}

async function take(
  query: Query,
  { db, faults, next, units }: IngestDeps,
  batch: VerifiedBatch,
  bytes: Uint8Array,
  way: 'http' | 'file',
  now: number,
): Promise<Ingested> {
  const { province } = db;
  const { device, stream, first, last, count, beacon, sent } = batch.header;
  const time = new Date(now).toISOString();
  await query(sql.shareDerived, [province]);
  const locked = (await query<Locked>(sql.lockDevice, [province, device]))[0]!;
  if (locked.status !== 'active') throw refusal('revokedDevice');
  const opened = (await query<StreamRow>(sql.openStream, [province, device, stream, time]))[0]!;
  const received = parseRanges(opened.received);
  const sorted = count === 0 ? NOTHING : await sortBatch(query, province, batch, received);
  if (count > 0) {
    await query(sql.archiveBatch, [province, device, stream, first, last, bytes, way, time]);
    await store(query, province, batch, locked, sorted, time, units);
  }
  const skew = now - Date.parse(sent);
  const closed = (
    await query<StreamRow>(sql.closeStream, [
      province,
      device,
      stream,
      first,
      last,
      beacon.head,
      beacon.unsent,
      skew,
    ])
  )[0]!;
  await query(sql.heardDevice, [province, device, time]);
  const set = await query<{ seq: number; code: string }>(sql.listQuarantine, [province, device, stream]);
  const ranges = parseRanges(closed.received);
  await faults('beforeCommit');
  return {
    receipt: {
      typ: 'nmc-receipt',
      hub: locked.hub,
      epoch: locked.epoch,
      device,
      stream,
      received: ranges,
      gaps: gapsOf(ranges, Math.max(closed.declaredHead, highestOf(ranges))).slice(0, 10_000),
      quarantined: set.map(({ seq, code }) => ({ seq, code })).reverse(),
      time,
      skew,
      durable: 0,
      next,
    },
    accepted: sorted.fresh.length,
    duplicates: sorted.duplicates,
    quarantined: sorted.quarantine.length,
  };
}

interface StreamRow {
  readonly received: string;
  readonly declaredHead: number;
}

const NOTHING: Sorted = {
  fresh: [],
  quarantine: [],
  duplicates: 0,
  isForked: false,
  isChainBroken: false,
};

async function sortBatch(
  query: Query,
  province: string,
  batch: VerifiedBatch,
  received: Ranges,
): Promise<Sorted> {
  const { device, stream, first, last } = batch.header;
  const span = [province, device, stream, first, last];
  const known = await query<KnownLine>(sql.knownLines, span);
  const isFresh = subtractRanges([[first, last]], received)[0]?.join() === `${first},${last}`;
  const aside = isFresh ? [] : await query<{ seq: number; sha256: string }>(sql.knownQuarantine, span);
  return sortLines(batch, received, known, new Set(aside.map((one) => `${one.seq} ${one.sha256}`)));
}

/** `{[1,4),[7,8)}` as closed ranges. */
export function parseRanges(multirange: string): [number, number][] {
  return [...multirange.matchAll(/\[(\d+),(\d+)\)/g)].map((found) => [
    Number(found[1]),
    Number(found[2]) - 1,
  ]);
}

function refusal(code: DeviceRefusal['code']): DeviceRefusal {
  return Object.assign(new Error(code), { name: 'DeviceRefusal' as const, code });
}

/** True for a batch refused for who sent it. */
export function isDeviceRefusal(error: unknown): error is DeviceRefusal {
  return error instanceof Error && error.name === 'DeviceRefusal';
}
