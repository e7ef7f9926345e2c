/**
 * Who this device is. The signing key is made here, cannot be exported, and proves its possession at activation; the
 * province key arrives wrapped for a one-off key and becomes a non-extractable HMAC key (DESIGN §3, §6).
 */
import { calculateJwkThumbprint } from 'jose';
import {
  type ActivationAnswer,
  type ActivationRequest,
  activationAnswerSchema,
  type PublicJwk,
  signProof,
  unwrapKey,
} from '../batch/index.ts';
import { readProblem, readText } from './http.ts';
import { clearRow, type DeviceRow, loadRow, saveRow } from './store.ts';
import { type Device, type Fetch, type ProvinceKey, syncError } from './types.ts';
import { readUnitFile } from './unit-file.ts';

/** Epochs one entry may carry (`keys` of an entry). */
const MOST_EPOCHS = 4;

export interface ActivateOptions {
  /** Address of the hub, e.g. `https://nhip.nghean.gov.vn`. */
  readonly hub: string;
  /** One-time code as typed. */
  readonly code: string;
  readonly kind: 'extension' | 'kiosk';
  readonly name: string;
  readonly fetch?: Fetch;
}

/** The activated device of this profile, or null. */
export async function loadDevice(): Promise<Device | null> {
  const row = await loadRow();
  return row ? deviceOf(row) : null;
}

/** Forgets device and keys ("Gỡ kích hoạt"); the journal is left alone. */
export function forgetDevice(): Promise<void> {
  return clearRow();
}

/**
 * Activates this device at a hub with a one-time code and stores it. Activating again keeps the province keys of
 * earlier epochs, so that both are used during a rotation.
 * @throws SyncError `network`, `notHub`, `refused` (with the hub's problem), `badAnswer`; nothing is changed then
 */
export async function activate(options: ActivateOptions): Promise<Device> {
  const hub = hubAddress(options.hub);
  const signing = await signingPair();
  const wrapping = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, [
    'deriveBits',
  ]);
  const wrapFor = await publicJwk(wrapping.publicKey);
  const request: ActivationRequest = {
    code: options.code,
    kind: options.kind,
    name: options.name,
    jwk: signing.jwk,
    wrapFor,
    proof: await signProof(options.code, wrapFor, signing.key),
  };
  const answer = await askHub(options.fetch ?? fetch, hub, request);
  const earlier = await loadRow();
  const kept = earlier?.province === answer.province ? earlier.provinceKeys : [];
  const fresh = options.kind === 'kiosk' ? [] : await unwrapped(answer, wrapping.privateKey);
  const provinceKeys = [
    ...fresh,
    ...kept.filter((one) => fresh.every((other) => other.epoch !== one.epoch)),
  ].slice(0, options.kind === 'kiosk' ? 0 : MOST_EPOCHS);
  const row: DeviceRow = {
    slot: 'current',
    id: answer.device,
    kind: options.kind,
    name: options.name,
    hub,
    hubId: answer.hub,
    unit: answer.unit,
    province: answer.province,
    jwk: signing.jwk,
    key: signing.key,
    hubJwk: answer.hubJwk,
    configJwk: answer.configJwk,
    provinceKeys,
  };
  await saveRow(row);
  return deviceOf(row);
}

/**
 * Activates this device for a unit without a hub. The device's id is the thumbprint of its key, so the unit page
 * can check that a batch's `jwk` belongs to the id it names ({@link selfCertifiedId}).
 * @throws SyncError `file` or `passphrase`
 */
export async function activateFromUnitFile(
  bytes: Uint8Array,
  passphrase: string,
  kind: 'extension' | 'kiosk',
  name: string,
): Promise<Device> {
  const file = await readUnitFile(bytes, passphrase);
  const signing = await signingPair();
  const row: DeviceRow = {
    slot: 'current',
    id: await selfCertifiedId(signing.jwk),
    kind,
    name,
    hub: null,
    hubId: file.page.id,
    unit: file.unit,
    province: file.province,
    jwk: signing.jwk,
    key: signing.key,
    hubJwk: file.page.jwk,
    configJwk: file.page.jwk,
    provinceKeys:
      kind === 'kiosk' ? [] : [await importProvinceKey(file.provinceKey.epoch, file.provinceKey.key)],
  };
  await saveRow(row);
  return deviceOf(row);
}

/** The id of a device that no hub named: the RFC 7638 thumbprint of its key, 128 bits of it. */
export async function selfCertifiedId(jwk: PublicJwk): Promise<string> {
  return `k-${(await calculateJwkThumbprint({ ...jwk }, 'sha256')).slice(0, 22)}`;
}

function deviceOf(row: DeviceRow): Device {
  const { slot: _slot, ...device } = row;
  return {
    ...device,
    async sign(bytes) {
      const made = await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        row.key,
        bytes as Uint8Array<ArrayBuffer>,
      );
      return new Uint8Array(made);
    },
  };
}

async function signingPair(): Promise<{ key: CryptoKey; jwk: PublicJwk }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  return { key: pair.privateKey, jwk: await publicJwk(pair.publicKey) };
}

async function publicJwk(key: CryptoKey): Promise<PublicJwk> {
  const { x, y } = await crypto.subtle.exportKey('jwk', key);
  return { kty: 'EC', crv: 'P-256', x: x!, y: y! };
}

async function importProvinceKey(epoch: string, secret: Uint8Array): Promise<ProvinceKey> {
  const key = await crypto.subtle.importKey(
    'raw',
    secret as Uint8Array<ArrayBuffer>,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  secret.fill(0);
  return { epoch, key };
}

async function unwrapped(answer: ActivationAnswer, key: CryptoKey): Promise<ProvinceKey[]> {
  if (answer.provinceKey === null) return [];
  return [await importProvinceKey(answer.provinceKey.epoch, await unwrapKey(answer.provinceKey.jwe, key))];
}

/** The base address as typed, without path end; https is added where no scheme is given. */
function hubAddress(typed: string): string {
  const text = typed.trim().replace(/\/+$/, '');
  return /^https?:\/\//i.test(text) ? text : `https://${text}`;
}

async function askHub(send: Fetch, hub: string, request: ActivationRequest): Promise<ActivationAnswer> {
  let response: Response;
  try {
    response = await send(`${hub}/v1/device/activate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      credentials: 'omit',
      redirect: 'manual',
    });
  } catch {
    throw syncError('network', 'the hub did not answer');
  }
  const text = await readText(response, 256 * 1024).catch(() => null);
  if (text === null) throw syncError('network', 'the answer was cut');
  if (!response.ok) {
    const problem = readProblem(text);
    if (problem === null) throw syncError('notHub', 'something else than the hub answered');
    throw syncError('refused', `refused: ${problem.code}`, problem);
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw syncError('notHub', 'something else than the hub answered');
  }
  const parsed = activationAnswerSchema.safeParse(raw);
  if (!parsed.success) throw syncError('badAnswer', 'the answer is no activation');
  return parsed.data;
}
