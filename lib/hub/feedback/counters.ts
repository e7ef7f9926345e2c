/** Counters of a unit, and which device stands at which: there returns and ratings meet. */
import { randomBytes } from 'node:crypto';
import type { CounterView } from '../../indicators/kiosks.ts';
import type { Db, Scope } from '../database/db.ts';
import { sql } from './queries.ts';
import { type Actor, noteChange, refused, type Saved } from './types.ts';

/** Counters of a unit and below, closed ones too; empty when the scope does not see the unit. */
export async function listCounters(db: Db, scope: Scope, unit: string): Promise<CounterView[]> {
  return db.tx({ role: 'read', scope }, (query) => query<CounterView>(sql.listCounters, [db.province, unit]));
}

/** A new counter (its id is drawn here and never changes, because answers name it), or what changes of a known one. */
type WantedCounter =
  | { readonly id: null; readonly unit: string; readonly name: string }
  | { readonly id: string; readonly name?: string | undefined; readonly isActive?: boolean | undefined };

/** Adds or changes a counter. Errors: `outOfScope` (unit), `counterUnknown`, `invalid` (name empty or over 80 characters). */
export async function saveCounter(
  db: Db,
  actor: Actor,
  wanted: WantedCounter,
  now: number,
): Promise<Saved<{ readonly id: string }>> {
  const { province } = db;
  const name = wanted.name?.normalize('NFC').replace(/\s+/g, ' ').trim() ?? null;
  if (name !== null && (name === '' || name.length > 80)) return refused('invalid', 'name');
  const seen = await db.tx({ role: 'read', scope: actor.scope }, (query) =>
    wanted.id === null
      ? query(sql.visibleUnit, [province, wanted.unit])
      : query(sql.visibleCounter, [province, wanted.id]),
  );
  if (seen.length === 0)
    return wanted.id === null ? refused('outOfScope', 'unit') : refused('counterUnknown', 'id');
  const id = wanted.id ?? `q${randomBytes(6).toString('hex')}`;
  await db.tx({ role: 'admin' }, async (query) => {
    if (wanted.id === null) await query(sql.addCounter, [province, id, wanted.unit, name]);
    else await query(sql.changeCounter, [province, id, name, wanted.isActive ?? null]);
    const detail = { name, isActive: wanted.id === null ? true : (wanted.isActive ?? null) };
    await noteChange(query, province, { actor: actor.id, action: 'counter', object: id, detail }, now);
  });
  return { ok: true, value: { id } };
}

/**
 * Places a device at a counter of its own unit (null = nowhere), for what it records from now on.
 * Errors: `device` (unknown or out of scope), `counterUnknown`.
 */
export async function placeDevice(
  db: Db,
  actor: Actor,
  wanted: { readonly device: string; readonly counter: string | null },
  now: number,
): Promise<Saved<{ readonly device: string; readonly counter: string | null }>> {
  const { province } = db;
  const { device, counter } = wanted;
  const [place, found] = await db.tx({ role: 'read', scope: actor.scope }, async (query) => [
    (await query<{ unit: string }>(sql.visibleDevice, [province, device]))[0],
    counter === null ? null : (await query<{ unit: string }>(sql.visibleCounter, [province, counter]))[0],
  ]);
  if (place === undefined) return refused('device', 'device');
  if (found === undefined || (found !== null && found.unit !== place.unit)) {
    return refused('counterUnknown', 'counter');
  }
  await db.tx({ role: 'admin' }, async (query) => {
    await query(sql.placeDevice, [province, device, counter]);
    const line = { actor: actor.id, action: 'placeDevice', object: device, detail: { counter } };
    await noteChange(query, province, line, now);
  });
  return { ok: true, value: { device, counter } };
}
