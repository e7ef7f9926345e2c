/**
 * The keys of a unit without a hub, kept in the unit page's own database: one signs receipts and cannot be exported; the
 * province key must be written into unit files again and again, so it can. A unit that joins a hub gets that hub's key.
 */
import type { PublicJwk } from '../batch/protocol.ts';
import type { Unit } from '../domain/unit.ts';
import { UNIT_ENDING, writeUnitFile } from '../sync/unit-file.ts';
import { type HandOver, unitError } from './types.ts';

export interface Signing {
  readonly privateKey: CryptoKey;
  readonly jwk: PublicJwk;
}

export interface ProvinceSecret {
  readonly epoch: string;
  readonly key: CryptoKey;
}

/** Shortest passphrase of a unit file, characters; the page asks for as many (components/dashboard/UnitFile.tsx). */
const SHORTEST_PASSPHRASE = 12;

export async function makeSigning(): Promise<Signing> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { privateKey: pair.privateKey, jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } };
}

/** A random key under a random epoch name, so that it can never be taken for another unit's or a province's. */
export async function makeProvinceSecret(): Promise<ProvinceSecret> {
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, true, ['sign']);
  return { epoch: `u${randomText(7)}`, key };
}

/** Random lower-case letters and digits. */
export function randomText(length: number): string {
  const letters = '0123456789abcdefghijklmnopqrstuvwxyz';
  const bytes = crypto.getRandomValues(new Uint8Array(length * 4));
  return [...bytes]
    .filter((byte) => byte < 252)
    .slice(0, length)
    .map((byte) => letters[byte % 36])
    .join('');
}

/** The unit file; for a kiosk its sealed part is empty, because kiosks never hold the province key. */
export async function makeUnitFile(
  unit: Unit,
  signing: Signing,
  secret: ProvinceSecret,
  passphrase: string,
  kind: 'extension' | 'kiosk',
): Promise<HandOver> {
  if ([...passphrase].length < SHORTEST_PASSPHRASE) {
    throw unitError('passphrase', `a passphrase has at least ${SHORTEST_PASSPHRASE} characters`);
  }
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', secret.key));
  const bytes = await writeUnitFile(
    {
      unit: { id: unit.id, name: unit.name },
      province: unit.id,
      page: { id: unit.id, jwk: signing.jwk },
      provinceKey: { epoch: secret.epoch, key: kind === 'kiosk' ? new Uint8Array(0) : raw },
    },
    passphrase,
  );
  raw.fill(0);
  return { name: `${unit.id}-${kind}${UNIT_ENDING}`, bytes: new Uint8Array(bytes) };
}
