/** How a device proves who it is, and how the province key reaches it (DESIGN §3 Keys, sync.md §1.2 Enrolment). */
import { base64url, CompactEncrypt, compactDecrypt, importJWK } from 'jose';
import * as z from 'zod/mini';
import { batchError } from './error.ts';
import { signCompact, type VerifyingKey, verifyCompact } from './jws.ts';
import type { PublicJwk } from './protocol.ts';

const proofSchema = z.strictObject({ code: z.string(), wrapFor: z.string() });
const tokenSchema = z.strictObject({ device: z.string().check(z.maxLength(64)), time: z.iso.datetime() });

/** The name before the token in the `Authorization` header of device calls. */
export const DEVICE_SCHEME = 'NMC-Device';

/** `proof` of an activation request: whoever sends `jwk` holds its private key and means this code and wrapping key. */
export async function signProof(code: string, wrapFor: PublicJwk, key: CryptoKey): Promise<string> {
  return signCompact({ code, wrapFor: wrapFor.x }, 'nmc-proof', key);
}

/** Checks the proof of an activation request. @throws BatchError `signature` or `schema` */
export async function verifyProof(
  proof: string,
  expected: { readonly code: string; readonly wrapFor: PublicJwk; readonly jwk: PublicJwk },
): Promise<void> {
  const said = await verifyCompact(proof, 'nmc-proof', expected.jwk, proofSchema, 2_000);
  if (said.code !== expected.code) throw batchError('schema', 'proof.code', 'proof is about another code');
  if (said.wrapFor !== expected.wrapFor.x) {
    throw batchError('schema', 'proof.wrapFor', 'proof is about another wrapping key');
  }
}

/** Token of a device call: `Authorization: NMC-Device <token>`. `time` in milliseconds, device clock. */
export async function signDeviceToken(device: string, time: number, key: CryptoKey): Promise<string> {
  return signCompact({ device, time: new Date(time).toISOString() }, 'nmc-device', key);
}

/** The device id inside a token, NOT yet verified: only to look up the key for {@link verifyDeviceToken}; or null. */
export function peekDeviceToken(token: string): string | null {
  try {
    const payload: unknown = JSON.parse(
      new TextDecoder().decode(base64url.decode(token.slice(0, 2_000).split('.')[1] ?? '')),
    );
    const parsed = tokenSchema.safeParse(payload);
    return parsed.success ? parsed.data.device : null;
  } catch {
    return null;
  }
}

/** Device and device time (milliseconds) of a token signed by `key`. @throws BatchError */
export async function verifyDeviceToken(
  token: string,
  key: VerifyingKey,
): Promise<{ device: string; time: number }> {
  const said = await verifyCompact(token, 'nmc-device', key, tokenSchema, 2_000);
  return { device: said.device, time: Date.parse(said.time) };
}

/** The province key wrapped for one device (JWE, ECDH-ES+A256KW, A256GCM). */
export async function wrapKey(secret: Uint8Array, wrapFor: PublicJwk): Promise<string> {
  const key = await importJWK({ ...wrapFor }, 'ECDH-ES+A256KW');
  return new CompactEncrypt(secret)
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' })
    .encrypt(key);
}

/** The key inside a wrapping made for `key`. @throws BatchError `malformed` */
export async function unwrapKey(jwe: string, key: CryptoKey): Promise<Uint8Array> {
  try {
    const opened = await compactDecrypt(jwe, key, {
      keyManagementAlgorithms: ['ECDH-ES+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return opened.plaintext;
  } catch {
    throw batchError('malformed', 'provinceKey', 'not wrapped for this device');
  }
}
