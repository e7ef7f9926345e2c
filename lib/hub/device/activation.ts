/**
 * Activation (kích hoạt máy): a one-time code of a unit, or a policy token, becomes a device with its own key (sync §1.2, Enrolment).
 * The province key leaves only for extensions, wrapped for a one-off key of the device; a kiosk never gets it.
 */
import { randomBytes } from 'node:crypto';
import {
  type ActivationAnswer,
  type ActivationRequest,
  isBatchError,
  type PublicJwk,
  verifyProof,
  wrapKey,
} from '../../batch/index.ts';
import type { Db } from '../database/db.ts';
import type { HubKeys } from '../keys.ts';
import { audit } from '../people/people.ts';
import { keyedHash, type Secrets } from '../secrets.ts';
import type { Admitted } from './admitted.ts';
import { makeCode, readCode, showCode } from './code.ts';
import { admitByPolicy, isPolicyToken, type PolicyRefusal } from './policy-token.ts';
import { sql } from './queries.ts';

const LIFE = 24 * 3_600_000;
/** Wrong uses of a code after which it is locked. */
export const CODE_TRIES = 5;

export interface NewCode {
  readonly unit: string;
  readonly kind: 'extension' | 'kiosk';
  readonly name: string;
}

/** Makes a code for a unit; shown once, valid for 24 hours and one device. */
export async function issueCode(
  db: Db,
  secrets: Secrets,
  wanted: NewCode,
  actor: string,
  now: number,
): Promise<{ id: string; code: string; expires: string }> {
  const code = makeCode();
  const id = `c${randomBytes(9).toString('base64url')}`;
  const expires = new Date(now + LIFE).toISOString();
  await db.tx({ role: 'admin' }, async (query) => {
    await query(sql.addCode, [
      db.province,
      id,
      keyedHash(secrets, 'code', code),
      wanted.unit,
      wanted.kind,
      wanted.name,
      new Date(now).toISOString(),
      actor,
      expires,
    ]);
    await audit(query, db.province, { actor, action: 'makeCode', object: id, detail: { unit: wanted.unit } });
  });
  return { id, code: showCode(code), expires };
}

/** Why a code does not activate; `proof` means the request itself is not the device's. */
type ActivationRefusal = 'codeUnknown' | 'codeExpired' | 'codeUsed' | 'codeLocked' | 'codeKind' | 'proof';

export type ActivationResult =
  | { readonly ok: true; readonly answer: ActivationAnswer }
  | { readonly ok: false; readonly code: ActivationRefusal | PolicyRefusal };

interface CodeRow {
  readonly id: string;
  readonly unit: string;
  readonly unitName: string;
  readonly kind: 'extension' | 'kiosk';
  readonly name: string;
  readonly expires: string;
  readonly tries: number;
  readonly usedAt: string | null;
  readonly device: string | null;
  readonly jwk: PublicJwk | null;
  readonly status: string | null;
  readonly epoch: number;
}

/**
 * Activates a device. An answer that was lost on the way may be asked for again with the same code and the same key,
 * within the life of the code; any other second use is refused.
 */
export async function activateDevice(
  { db, keys, secrets }: { db: Db; keys: HubKeys; secrets: Secrets },
  request: ActivationRequest,
  now: number,
): Promise<ActivationResult> {
  const isProven = await verifyProof(request.proof, request).then(
    () => true,
    (error: unknown) => {
      if (isBatchError(error)) return false;
      throw error;
    },
  );
  const admit = isPolicyToken(request.code) ? admitByPolicy : admitByCode;
  const outcome = await admit(db, secrets, request, isProven, now);
  if (typeof outcome === 'string') return { ok: false, code: outcome };
  const { device, kind, unit, epoch } = outcome;
  return {
    ok: true,
    answer: {
      device,
      hub: keys.hub,
      epoch,
      unit,
      province: db.province,
      hubJwk: keys.receipts.jwk,
      configJwk: keys.config.jwk,
      provinceKey:
        kind === 'kiosk'
          ? null
          : {
              epoch: keys.province.epoch,
              jwe: await wrapKey(keys.province.secret, request.wrapFor),
            },
      time: new Date(now).toISOString(),
    },
  };
}

async function admitByCode(
  db: Db,
  secrets: Secrets,
  request: ActivationRequest,
  isProven: boolean,
  now: number,
): Promise<Admitted | ActivationRefusal> {
  const code = readCode(request.code);
  if (code === null) return 'codeUnknown';
  return db.tx({ role: 'ingest' }, async (query) => {
    const hmac = keyedHash(secrets, 'code', code);
    const row = (await query<CodeRow>(sql.lockCode, [db.province, hmac]))[0];
    if (!row) return 'codeUnknown';
    const refused = refusalOf(row, request, isProven, now);
    if (refused !== null) {
      await query(sql.countTry, [db.province, row.id]);
      return refused;
    }
    const { kind, unit, epoch } = row;
    const admitted = { kind, unit: { id: unit, name: row.unitName }, epoch };
    if (row.device !== null) return { ...admitted, device: row.device };
    const device = `d${randomBytes(12).toString('base64url')}`;
    const time = new Date(now).toISOString();
    const name = request.name.trim() || row.name;
    await query(sql.addDevice, [db.province, device, kind, name, unit, JSON.stringify(request.jwk), time]);
    await query(sql.useCode, [db.province, row.id, time, device]);
    await audit(query, db.province, { actor: device, action: 'activate', object: row.id, detail: { unit } });
    return { ...admitted, device };
  });
}

function refusalOf(
  row: CodeRow,
  request: ActivationRequest,
  isProven: boolean,
  now: number,
): ActivationRefusal | null {
  if (row.tries >= CODE_TRIES) return 'codeLocked';
  if (Date.parse(row.expires) <= now) return 'codeExpired';
  if (!isProven) return 'proof';
  if (row.usedAt !== null) {
    const isSame = row.jwk?.x === request.jwk.x && row.jwk.y === request.jwk.y && row.status === 'active';
    if (!isSame) return 'codeUsed';
  }
  return row.kind === request.kind ? null : 'codeKind';
}
