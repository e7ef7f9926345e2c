/** What the hub is: its identity, signing keys and the province key, made once and kept wrapped in the database. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK } from 'jose';
import type { PublicJwk } from '../batch/index.ts';
import type { Db, Query } from './database/db.ts';
import { loadQueries } from './database/queries.ts';
import { type Secrets, unwrap, wrap } from './secrets.ts';

const sql = loadQueries(join(import.meta.dirname, 'keys.sql'), [
  'addProvince',
  'addPlaceholder',
  'addPlaceholderClosure',
  'addSecret',
  'secrets',
  'hub',
]);

/** The key epoch made at first start (DESIGN §3, Keys). */
const FIRST_EPOCH = '1';
/** Unit of the first administrator until a unit list is imported. */
const PLACEHOLDER_UNIT = 'tinh';

interface SigningPair {
  readonly key: CryptoKey;
  readonly jwk: PublicJwk;
}

export interface HubKeys {
  readonly hub: string;
  /** Signs receipts. */
  readonly receipts: SigningPair;
  /** Signs device configuration. */
  readonly config: SigningPair;
  readonly province: { readonly epoch: string; readonly secret: Buffer };
}

/** Loads the keys of the province, making what is missing. Errors: the master secret is another one. */
export async function loadKeys(db: Db, secrets: Secrets): Promise<HubKeys> {
  const { province } = db;
  return db.tx({ role: 'admin' }, async (query) => {
    await query(sql.addProvince, [province, `h${randomBytes(9).toString('base64url')}`]);
    await query(sql.addPlaceholder, [province, PLACEHOLDER_UNIT]);
    await query(sql.addPlaceholderClosure, [province, PLACEHOLDER_UNIT]);
    await keep(query, province, secrets, 'receipts', await newSigningKey());
    await keep(query, province, secrets, 'config', await newSigningKey());
    await keep(query, province, secrets, `province:${FIRST_EPOCH}`, randomBytes(32));
    const rows = await query<{ name: string; wrapped: Buffer }>(sql.secrets, [province]);
    const open = (name: string) =>
      unwrap(secrets, `${province}/${name}`, rows.find((row) => row.name === name)!.wrapped);
    const { hub } = (await query<{ hub: string }>(sql.hub, [province]))[0]!;
    return {
      hub,
      receipts: await signingPair(open('receipts')),
      config: await signingPair(open('config')),
      province: { epoch: FIRST_EPOCH, secret: open(`province:${FIRST_EPOCH}`) },
    };
  });
}

async function keep(query: Query, province: string, secrets: Secrets, name: string, plain: Uint8Array) {
  await query(sql.addSecret, [province, name, wrap(secrets, `${province}/${name}`, plain)]);
}

async function newSigningKey(): Promise<Buffer> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return Buffer.from(JSON.stringify(await exportJWK(privateKey)));
}

async function signingPair(plain: Buffer): Promise<SigningPair> {
  const jwk = JSON.parse(plain.toString()) as { x: string; y: string; d: string };
  const key = (await importJWK({ kty: 'EC', crv: 'P-256', ...jwk }, 'ES256')) as CryptoKey;
  return { key, jwk: { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y } };
}
