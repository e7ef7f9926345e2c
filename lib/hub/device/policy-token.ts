/**
 * Enrolment by policy: one token in a policy file activates the browsers of one unit, as many as its quota allows, until
 * it expires or is revoked. Extensions only; what a device is given is the same as with a one-time code.
 */
import { randomBytes } from 'node:crypto';
import type { ActivationRequest } from '../../batch/index.ts';
import type { Db } from '../database/db.ts';
import { audit } from '../people/people.ts';
import { keyedHash, type Secrets } from '../secrets.ts';
import type { Admitted } from './admitted.ts';
import { sql } from './queries.ts';

const DAY = 86_400_000;

/** Why a policy token does not activate. */
export type PolicyRefusal =
  | 'policyUnknown'
  | 'policyExpired'
  | 'policyRevoked'
  | 'policyUsedUp'
  | 'policyKind'
  | 'proof';

export interface NewPolicyToken {
  readonly unit: string;
  readonly name: string;
  /** Devices. */
  readonly quota: number;
  readonly days: number;
}

/** A token as listed: never the token itself. Instants are ISO. */
export interface PolicyTokenView {
  readonly id: string;
  readonly unit: string;
  readonly unitName: string;
  readonly name: string;
  readonly quota: number;
  readonly used: number;
  readonly createdAt: string;
  readonly expires: string;
  readonly revokedAt: string | null;
}

/** Whether what was sent as a code is a policy token by its form. */
export function isPolicyToken(code: string): boolean {
  return /^\s*nmcp_/.test(code);
}

/** Makes a token: 160 random bits, returned once. */
export async function issuePolicyToken(
  db: Db,
  secrets: Secrets,
  { unit, name, quota, days }: NewPolicyToken,
  actor: string,
  now: number,
): Promise<{ id: string; token: string; expires: string }> {
  const token = `nmcp_${randomBytes(20).toString('base64url')}`;
  const id = `y${randomBytes(6).toString('base64url')}`;
  const expires = new Date(now + days * DAY).toISOString();
  await db.tx({ role: 'admin' }, async (query) => {
    const hmac = keyedHash(secrets, 'policy', token);
    const made = new Date(now).toISOString();
    await query(sql.addPolicyToken, [db.province, id, hmac, unit, name, quota, made, actor, expires]);
    await audit(query, db.province, {
      actor,
      action: 'makePolicyToken',
      object: id,
      detail: { unit, quota, days },
    });
  });
  return { id, token, expires };
}

interface TokenRow {
  readonly id: string;
  readonly unit: string;
  readonly unitName: string;
  readonly name: string;
  readonly quota: number;
  readonly used: number;
  readonly expires: string;
  readonly revokedAt: string | null;
  readonly epoch: number;
}

/**
 * Admits one browser by its token. The row is locked while it is counted, so that a quota of N never lets in N + 1, however
 * many ask at once. The same key again is the same device and is not counted again.
 */
export async function admitByPolicy(
  db: Db,
  secrets: Secrets,
  request: ActivationRequest,
  isProven: boolean,
  now: number,
): Promise<Admitted | PolicyRefusal> {
  const { province } = db;
  const hmac = keyedHash(secrets, 'policy', request.code.trim());
  return db.tx({ role: 'ingest' }, async (query) => {
    const row = (await query<TokenRow>(sql.lockPolicyToken, [province, hmac]))[0];
    if (!row) return 'policyUnknown';
    if (row.revokedAt !== null) return 'policyRevoked';
    if (Date.parse(row.expires) <= now) return 'policyExpired';
    if (!isProven) return 'proof';
    if (request.kind !== 'extension') return 'policyKind';
    const { unit, unitName, epoch } = row;
    const admitted = { unit: { id: unit, name: unitName }, kind: 'extension', epoch } as const;
    const { jwk } = request;
    const same = (await query<{ id: string }>(sql.sameDevice, [province, row.id, jwk.x, jwk.y]))[0];
    if (same) return { ...admitted, device: same.id };
    if (row.used >= row.quota) return 'policyUsedUp';
    const device = `d${randomBytes(12).toString('base64url')}`;
    const time = new Date(now).toISOString();
    const name = `${row.name || request.name.trim() || 'Theo chính sách'} ${row.used + 1}`;
    await query(sql.usePolicyToken, [province, row.id]);
    await query(sql.addPolicyDevice, [province, device, name, unit, JSON.stringify(jwk), time, row.id]);
    await audit(query, province, {
      actor: device,
      action: 'activate',
      object: row.id,
      detail: { unit, used: row.used + 1, quota: row.quota },
    });
    return { ...admitted, device };
  });
}

/** All tokens, the oldest first. */
export function listPolicyTokens(db: Db): Promise<PolicyTokenView[]> {
  return db.tx({ role: 'admin' }, (query) => query<PolicyTokenView>(sql.listPolicyTokens, [db.province]));
}

/** Revokes a token: no further device; those it activated stay. False when there is no such token in force. */
export function revokePolicyToken(db: Db, id: string, actor: string, now: number): Promise<boolean> {
  return db.tx({ role: 'admin' }, async (query) => {
    const done = await query(sql.revokePolicyToken, [db.province, id, new Date(now).toISOString()]);
    if (done.length === 0) return false;
    await audit(query, db.province, { actor, action: 'revokePolicyToken', object: id });
    return true;
  });
}
