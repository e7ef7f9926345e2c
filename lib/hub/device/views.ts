/** Devices and codes as the dashboard shows them, within the scope of whoever asks. */
import { completeThrough, gapsOf, highestOf } from '../../batch/index.ts';
import type { DeviceView } from '../../indicators/figures.ts';
import type { Db, Scope } from '../database/db.ts';
import { parseRanges } from '../ingest/index.ts';
import { sql } from './queries.ts';

interface DeviceRow extends Pick<DeviceView, 'id' | 'kind' | 'name' | 'heardAt'> {
  readonly status: 'active' | 'revoked';
  readonly unitId: string;
  readonly unitName: string;
  readonly streams: readonly {
    stream: number;
    received: string;
    declaredHead: number;
    quarantined: number;
  }[];
  readonly alarms: readonly string[];
}

/** Devices of a unit and below. `alarmText` turns an alarm's kind into words. */
export async function listDevices(
  db: Db,
  scope: Scope,
  unit: string,
  alarmText: (kind: string) => string,
): Promise<DeviceView[]> {
  const rows = await db.tx({ role: 'read', scope }, (query) =>
    query<DeviceRow>(sql.listDevices, [db.province, unit]),
  );
  return rows.map(({ unitId, unitName, streams, alarms, ...row }) => ({
    ...row,
    unit: { id: unitId, name: unitName },
    streams: streams.map(({ stream, received, declaredHead, quarantined }) => {
      const ranges = parseRanges(received);
      const head = Math.max(declaredHead, highestOf(ranges));
      return {
        stream,
        through: completeThrough(ranges),
        declaredHead: head,
        gaps: gapsOf(ranges, head).slice(0, 1_000),
        quarantined,
      };
    }),
    alarms: alarms.map(alarmText),
  }));
}

export interface CodeView {
  readonly id: string;
  readonly unit: string;
  readonly kind: 'extension' | 'kiosk';
  readonly name: string;
  readonly expires: string;
  readonly usedAt: string | null;
}

/** Codes of a unit and below, newest first. */
export async function listCodes(db: Db, scope: Scope, unit: string): Promise<CodeView[]> {
  return db.tx({ role: 'read', scope }, (query) => query<CodeView>(sql.listCodes, [db.province, unit]));
}

/** The unit when the scope may see it, else null: the same answer for "elsewhere" and "nowhere". */
export async function visibleUnit(
  db: Db,
  scope: Scope,
  unit: string,
): Promise<{ id: string; name: string; parent: string | null } | null> {
  const rows = await db.tx({ role: 'read', scope }, (query) =>
    query<{ id: string; name: string; parent: string | null }>(sql.visibleUnit, [db.province, unit]),
  );
  return rows[0] ?? null;
}

/** Revokes a device of the scope; false when the scope does not see it. Revoking twice is the same as once. */
export async function revokeDevice(db: Db, scope: Scope, device: string, now: number): Promise<boolean> {
  const seen = await db.tx({ role: 'read', scope }, (query) =>
    query(sql.visibleDevice, [db.province, device]),
  );
  if (seen.length === 0) return false;
  await db.tx({ role: 'admin' }, (query) =>
    query(sql.revokeDevice, [db.province, device, new Date(now).toISOString()]),
  );
  return true;
}
