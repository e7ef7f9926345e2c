/**
 * A forgotten PIN of a kiosk: its unit's administrator makes a one-time code, the device shows it with its own token. The
 * code is used up; device, journal and activation stay as they are.
 */
import type { Db } from '../database/db.ts';
import { audit } from '../people/people.ts';
import { keyedHash, type Secrets } from '../secrets.ts';
import { CODE_TRIES } from './activation.ts';
import { readCode } from './code.ts';
import { sql } from './queries.ts';

/** Why a code does not unlock. */
export type UnlockRefusal = 'codeUnknown' | 'codeExpired' | 'codeUsed' | 'codeLocked' | 'codeKind';

interface CodeRow {
  readonly id: string;
  readonly unit: string;
  readonly kind: 'extension' | 'kiosk';
  readonly expires: string;
  readonly tries: number;
  readonly usedAt: string | null;
  /** The code's unit is the device's or stands above it. */
  readonly isAbove: boolean;
}

/** Uses a code up for a device (ms since 1970 now); null when it unlocks, else why not. */
export async function unlockDevice(
  db: Db,
  secrets: Secrets,
  device: { readonly id: string; readonly unit: string },
  typed: string,
  now: number,
): Promise<UnlockRefusal | null> {
  const code = readCode(typed);
  if (code === null) return 'codeUnknown';
  return db.tx({ role: 'ingest' }, async (query) => {
    const hmac = keyedHash(secrets, 'code', code);
    const row = (await query<CodeRow>(sql.lockCodeFor, [db.province, hmac, device.unit]))[0];
    if (!row) return 'codeUnknown';
    const refused = refusalOf(row, now);
    if (refused !== null) {
      await query(sql.countTry, [db.province, row.id]);
      return refused;
    }
    await query(sql.useCode, [db.province, row.id, new Date(now).toISOString(), device.id]);
    await audit(query, db.province, {
      actor: device.id,
      action: 'unlock',
      object: row.id,
      detail: { unit: device.unit },
    });
    return null;
  });
}

/** A code of another unit is as unknown as one that was never made. */
function refusalOf(row: CodeRow, now: number): UnlockRefusal | null {
  if (row.tries >= CODE_TRIES) return 'codeLocked';
  if (Date.parse(row.expires) <= now) return 'codeExpired';
  if (row.usedAt !== null) return 'codeUsed';
  if (!row.isAbove) return 'codeUnknown';
  return row.kind === 'kiosk' ? null : 'codeKind';
}
