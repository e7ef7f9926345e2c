/**
 * The unit file (`.nmc-unit`) of a unit without a hub: who the unit is, the unit page's public key, and the province
 * key sealed by a passphrase (PBKDF2-SHA-256, AES-GCM). Everything readable is authenticated by the same seal, so a
 * changed unit or page key does not open.
 */
import { base64url } from 'jose';
import * as z from 'zod/mini';
import { type PublicJwk, publicJwkSchema } from '../batch/index.ts';
import { syncError } from './types.ts';

export const UNIT_ENDING = '.nmc-unit';
const ITERATIONS = 600_000;
const MOST = 64 * 1024;

/** What a unit file says. */
export interface UnitFile {
  readonly unit: { readonly id: string; readonly name: string };
  readonly province: string;
  /** The unit page: the id its receipts carry and the key that signs them. */
  readonly page: { readonly id: string; readonly jwk: PublicJwk };
  readonly provinceKey: { readonly epoch: string; readonly key: Uint8Array };
}

const openSchema = z.strictObject({
  typ: z.literal('nmc-unit'),
  v: z.literal(1),
  unit: z.strictObject({ id: z.string(), name: z.string() }),
  province: z.string(),
  page: z.strictObject({ id: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)), jwk: publicJwkSchema }),
  epoch: z.string().check(z.regex(/^[a-z0-9]{1,8}$/)),
});
const fileSchema = z.strictObject({
  open: openSchema,
  kdf: z.strictObject({
    name: z.literal('PBKDF2-SHA-256'),
    iterations: z.int().check(z.gte(ITERATIONS), z.lte(10_000_000)),
    salt: z.string(),
  }),
  iv: z.string(),
  sealed: z.string(),
});

async function sealingKey(passphrase: string, salt: Uint8Array, iterations: number): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(passphrase.normalize('NFC'));
  const base = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: salt as Uint8Array<ArrayBuffer>, iterations },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** The unit file as bytes to save. */
export async function writeUnitFile(content: UnitFile, passphrase: string): Promise<Uint8Array> {
  const open = inOrder({
    typ: 'nmc-unit',
    v: 1,
    unit: content.unit,
    province: content.province,
    page: content.page,
    epoch: content.provinceKey.epoch,
  });
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const encoder = new TextEncoder();
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encoder.encode(JSON.stringify(open)) },
    await sealingKey(passphrase, salt, ITERATIONS),
    content.provinceKey.key as Uint8Array<ArrayBuffer>,
  );
  const file: z.infer<typeof fileSchema> = {
    open,
    kdf: { name: 'PBKDF2-SHA-256', iterations: ITERATIONS, salt: base64url.encode(salt) },
    iv: base64url.encode(iv),
    sealed: base64url.encode(new Uint8Array(sealed)),
  };
  return encoder.encode(`${JSON.stringify(file, null, 1)}\n`);
}

/**
 * What a unit file says.
 * @throws SyncError `file` when it is no unit file, `passphrase` when it does not open (wrong words or a changed file)
 */
export async function readUnitFile(bytes: Uint8Array, passphrase: string): Promise<UnitFile> {
  const file = parse(bytes);
  const { open } = file;
  try {
    const key = await sealingKey(passphrase, base64url.decode(file.kdf.salt), file.kdf.iterations);
    const secret = await crypto.subtle.decrypt(
      {
        name: 'AES-GCM',
        iv: base64url.decode(file.iv) as Uint8Array<ArrayBuffer>,
        additionalData: new TextEncoder().encode(JSON.stringify(inOrder(open))),
      },
      key,
      base64url.decode(file.sealed) as Uint8Array<ArrayBuffer>,
    );
    return {
      unit: open.unit,
      province: open.province,
      page: open.page,
      provinceKey: { epoch: open.epoch, key: new Uint8Array(secret) },
    };
  } catch {
    throw syncError('passphrase', 'the unit file does not open with this passphrase');
  }
}

/** The sealed-over part in the order it was written, whatever order the file has now. */
function inOrder({ unit, province, page, epoch }: z.infer<typeof openSchema>): z.infer<typeof openSchema> {
  const { kty, crv, x, y } = page.jwk;
  return {
    typ: 'nmc-unit',
    v: 1,
    unit: { id: unit.id, name: unit.name },
    province,
    page: { id: page.id, jwk: { kty, crv, x, y } },
    epoch,
  };
}

function parse(bytes: Uint8Array): z.infer<typeof fileSchema> {
  if (bytes.length > MOST) throw syncError('file', `a unit file is at most ${MOST} bytes`);
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw syncError('file', 'not a unit file');
  }
  const parsed = fileSchema.safeParse(raw);
  if (!parsed.success) throw syncError('file', 'not a unit file');
  return parsed.data;
}
