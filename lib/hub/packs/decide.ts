/**
 * What the province decides about a pack. Every step is one transaction with its line in the audit log, and every step that
 * may change what a device gets raises the configuration's version.
 *
 *   proposed ──sign──► proposed, signed ──► trial (units, share) ──► everywhere
 *      │                     ▲                  │        ▲               │
 *      └──► refused ◄────────┼──────────────────┘        └───────────────┤
 *                            └───────── taken back from the devices ◄────┘        any ──► retired (retire.ts)
 */
import type { PackStage } from '../../batch/protocol.ts';
import type { Db, Query } from '../database/db.ts';
import type { HubKeys } from '../keys.ts';
import { audit } from '../people/people.ts';
import { PACK_LIMITS, packHash, problemsOf } from './propose.ts';
import { sql } from './queries.ts';
import { signPackHash } from './signature.ts';
import { refOf } from './version.ts';

/** Which pack, by whom, when (milliseconds). */
export interface Deed {
  readonly id: string;
  readonly version: string;
  readonly actor: string;
  readonly now: number;
}

/** Where a pack shall stand; `proposed` takes it back from the devices without voiding anything. */
export type WantedStage =
  | { readonly stage: 'trial'; readonly units: readonly string[]; readonly percent: number }
  | { readonly stage: 'everywhere' }
  | { readonly stage: 'proposed' };

type Refused = {
  readonly ok: false;
  readonly code:
    | 'packUnknown'
    | 'packChanged'
    | 'packInvalid'
    | 'packStage'
    | 'packUnsigned'
    | 'packTrial'
    | 'packsTooLarge';
  readonly field: string;
  readonly values: Readonly<Record<string, string | number>>;
};
export type Decided = { readonly ok: true; readonly stage: PackStage } | Refused;

interface Row {
  readonly id: string;
  readonly version: string;
  readonly body: unknown;
  readonly sha256: string;
  readonly stage: PackStage;
  readonly units: readonly string[];
  readonly percent: number;
  readonly signature: string | null;
}

const refused = (code: Refused['code'], field: string, values: Refused['values'] = {}): Refused => ({
  ok: false,
  code,
  field,
  values,
});

/**
 * Counter-signs a proposal. `sha256` is the hash of what the person saw; null from the terminal, which shows it by itself.
 * Signing twice is the same as once.
 */
export function signPack(
  db: Db,
  keys: HubKeys,
  deed: Deed & { readonly sha256: string | null },
): Promise<Decided> {
  return withPack(db, deed, async (query, row) => {
    if (row.signature !== null) return { ok: true, stage: row.stage };
    if (row.stage !== 'proposed') return refused('packStage', 'stage', { stage: row.stage });
    const hash = packHash(row.body);
    if (hash !== row.sha256 || (deed.sha256 !== null && deed.sha256 !== hash)) {
      return refused('packChanged', 'sha256');
    }
    // The lint may have learned since the proposal came in.
    const problems = problemsOf(row.body);
    if (problems[0] !== undefined) {
      const { field, problem } = problems[0];
      return refused('packInvalid', `pack.${field}`, { problem, more: problems.length - 1 });
    }
    const ref = refOf(row);
    const signature = await signPackHash(keys, ref, hash);
    const { actor, now } = deed;
    await query(sql.signPack, [db.province, row.id, row.version, signature, actor, iso(now)]);
    await audit(query, db.province, { actor, action: 'pack:sign', object: ref, detail: { sha256: hash } });
    return { ok: true, stage: row.stage };
  });
}

/** Puts a signed pack on trial, everywhere, or takes it back. */
export function stagePack(db: Db, deed: Deed & { readonly wanted: WantedStage }): Promise<Decided> {
  const { wanted, actor, now } = deed;
  return withPack(db, deed, async (query, row) => {
    if (row.stage === 'refused' || row.stage === 'retired') {
      return refused('packStage', 'stage', { stage: row.stage });
    }
    if (row.signature === null) return refused('packUnsigned', 'stage');
    const units = wanted.stage === 'trial' ? [...new Set(wanted.units)].sort() : [];
    const percent = wanted.stage === 'trial' ? wanted.percent : 0;
    if (wanted.stage === 'trial') {
      if (units.length === 0 && percent === 0) return refused('packTrial', 'units');
      const unknown = await query<{ id: string }>(sql.unknownUnits, [db.province, units]);
      if (unknown[0]) return refused('packTrial', 'units', { unit: unknown[0].id });
    }
    const isSame =
      row.stage === wanted.stage && row.percent === percent && [...row.units].sort().join() === units.join();
    if (isSame) return { ok: true, stage: row.stage };
    await query(sql.stagePack, [db.province, row.id, row.version, wanted.stage, units, percent]);
    const total = (await query<{ body: unknown }>(sql.delivered, [db.province])).reduce(
      (sum, one) => sum + Buffer.byteLength(JSON.stringify(one.body)),
      0,
    );
    if (total > LARGEST_DELIVERY) throw tooLarge;
    await query(sql.raiseConfigVersion, [db.province, iso(now)]);
    await audit(query, db.province, {
      actor,
      action: 'pack:stage',
      object: refOf(row),
      detail: { from: row.stage, to: wanted.stage, units, percent },
    });
    return { ok: true, stage: wanted.stage };
  }).catch((error: unknown) => {
    if (error === tooLarge) return refused('packsTooLarge', 'stage');
    throw error;
  });
}

/** Devices take a configuration of 4 MiB; signed and encoded, this much of packs fits with room for the rest. */
const LARGEST_DELIVERY = 8 * PACK_LIMITS.packBytes;
const tooLarge = new Error('packs too large');

/** Says no to a proposal, also to one on trial; its version is used up. */
export function refusePack(db: Db, deed: Deed & { readonly reason: string }): Promise<Decided> {
  return withPack(db, deed, async (query, row) => {
    if (row.stage === 'refused') return { ok: true, stage: row.stage };
    if (row.stage !== 'proposed' && row.stage !== 'trial') {
      return refused('packStage', 'stage', { stage: row.stage });
    }
    const { actor, now, reason } = deed;
    await query(sql.stagePack, [db.province, row.id, row.version, 'refused', [], 0]);
    if (row.stage === 'trial') await query(sql.raiseConfigVersion, [db.province, iso(now)]);
    const detail = { from: row.stage, reason };
    await audit(query, db.province, { actor, action: 'pack:refuse', object: refOf(row), detail });
    return { ok: true, stage: 'refused' };
  });
}

function withPack(
  db: Db,
  { id, version }: Deed,
  work: (query: Query, row: Row) => Promise<Decided>,
): Promise<Decided> {
  return db.tx({ role: 'admin' }, async (query) => {
    const row = (await query<Row>(sql.lockPack, [db.province, id, version]))[0];
    return row === undefined ? refused('packUnknown', 'version') : work(query, row);
  });
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
