/** Retiring a pack version: what was read with it counts no more, anywhere, from any device, now and later. */
import { type Unit, unitFinder } from '../../domain/unit.ts';
import type { Db } from '../database/db.ts';
import { countReturns } from '../feedback/visits.ts';
import { effectiveFrom, keysOf } from '../ingest/effects.ts';
import { refreshDocuments, refreshDossiers } from '../ingest/subjects.ts';
import { audit } from '../people/people.ts';
import { sql } from './queries.ts';
import { readRef } from './version.ts';

interface VoidedRow {
  readonly device: string;
  readonly stream: number;
  readonly seq: number;
  readonly line: string;
  readonly unit: string;
}

/**
 * Retires a pack version (`id@1.2.3`), of this hub or bundled with the extension. Returns how many entries became void:
 * dossiers and documents are merged anew without them, official totals go, actions lose effect. Devices hear it by the
 * configuration. Twice is the same as once.
 */
export async function retirePack(db: Db, pack: string, actor: string, now: number): Promise<number> {
  const ref = readRef(pack);
  if (ref === null) throw new Error(`"${pack}" is no reference to a pack (id@1.2.3).`);
  return db.tx({ role: 'admin' }, async (query) => {
    const { province } = db;
    const time = new Date(now).toISOString();
    await query(sql.holdDerived, [province]);
    const added = await query(sql.retirePack, [province, pack, time]);
    if (added.length === 0) return 0;
    await query(sql.stagePack, [province, ref.id, ref.version, 'retired', [], 0]);
    await query(sql.raiseConfigVersion, [province, time]);
    const units = await query<Unit>(sql.units, [province]);
    await query('SET LOCAL ROLE nmc_ingest');
    const rows = await query<VoidedRow>(sql.voidRetired, [province, pack]);
    const voided = rows.flatMap(effectiveFrom);
    await refreshDossiers(query, province, keysOf('dossier', voided), unitFinder(units));
    await refreshDocuments(query, province, keysOf('document', voided));
    await countReturns(query, province, [], voided);
    await query(sql.dropTotals, [
      province,
      rows.map((one) => one.device),
      rows.map((one) => one.stream),
      rows.map((one) => one.seq),
    ]);
    await audit(query, province, {
      actor,
      action: 'pack:retire',
      object: pack,
      detail: { entries: voided.length },
    });
    return voided.length;
  });
}
