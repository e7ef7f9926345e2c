/** Kiosks as supervisors see them: where they stand and what they last said of themselves. */
import type { KioskView } from '../../indicators/kiosks.ts';
import type { Db, Scope } from '../database/db.ts';
import { sql } from './queries.ts';

interface Row extends Omit<KioskView, 'unit'> {
  readonly unitId: string;
  readonly unitName: string;
}

/** Kiosks of a unit and below, revoked ones too. */
export async function listKiosks(db: Db, scope: Scope, unit: string): Promise<KioskView[]> {
  const rows = await db.tx({ role: 'read', scope }, (query) =>
    query<Row>(sql.listKiosks, [db.province, unit]),
  );
  return rows.map(({ unitId, unitName, words, ...row }) => ({
    ...row,
    unit: { id: unitId, name: unitName },
    words: words.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
  }));
}
