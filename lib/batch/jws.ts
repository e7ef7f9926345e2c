/** What every signed text here shares: compact JWS with ES256, a `typ` that keeps kinds apart, a bound, a schema. */
import { CompactSign, compactVerify, importJWK } from 'jose';
import type * as z from 'zod/mini';
import { batchError } from './error.ts';
import type { PublicJwk } from './protocol.ts';

/** A key that verifies: as published, or already imported. */
export type VerifyingKey = PublicJwk | CryptoKey;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The platform key of a public key. @throws BatchError `schema` when it is no P-256 point */
export async function importPublic(key: VerifyingKey): Promise<CryptoKey> {
  if (!('kty' in key)) return key;
  try {
    return (await importJWK({ ...key }, 'ES256')) as CryptoKey;
  } catch {
    throw batchError('schema', 'jwk', 'not a P-256 public key');
  }
}

/** Signs `payload` as a compact JWS of kind `typ`. */
export async function signCompact(payload: unknown, typ: string, key: CryptoKey): Promise<string> {
  return new CompactSign(encoder.encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', typ })
    .sign(key);
}

/**
 * The payload of a compact JWS of kind `typ`.
 * @throws BatchError `bound`, `malformed`, `signature` or `schema`
 */
export async function verifyCompact<Schema extends z.ZodMiniType>(
  text: string,
  typ: string,
  key: VerifyingKey,
  schema: Schema,
  most = 512 * 1024,
): Promise<z.infer<Schema>> {
  if (text.length > most) throw batchError('bound', typ, `longer than ${most} characters`);
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) throw batchError('malformed', typ, 'not a compact JWS');
  const platformKey = await importPublic(key);
  let payload: Uint8Array;
  let kind: unknown;
  try {
    const verified = await compactVerify(text, platformKey, { algorithms: ['ES256'] });
    payload = verified.payload;
    kind = verified.protectedHeader.typ;
  } catch {
    throw batchError('signature', typ, 'not signed by the expected key');
  }
  if (kind !== typ) throw batchError('schema', 'typ', `not a ${typ}`);
  let raw: unknown;
  try {
    raw = JSON.parse(decoder.decode(payload));
  } catch {
    throw batchError('malformed', typ, 'the payload is not JSON');
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data as z.infer<Schema>;
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join('.') || typ;
  throw batchError('schema', field, `field ${field}: ${issue?.code ?? 'invalid'}`);
}
