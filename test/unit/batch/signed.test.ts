import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  type DeviceConfig,
  peekDeviceToken,
  type Receipt,
  signConfig,
  signDeviceToken,
  signProof,
  signReceipt,
  unwrapKey,
  verifyConfig,
  verifyDeviceToken,
  verifyProof,
  verifyReceipt,
  wrapKey,
} from '../../../lib/batch/index.ts';
import { signer } from './keys.ts';

const hub = await signer();
const stranger = await signer();

const receipt: Receipt = {
  typ: 'nmc-receipt',
  hub: 'hub-1',
  epoch: 1,
  device: 'device-1',
  stream: 1,
  received: [[1, 4]],
  gaps: [[5, 5]],
  quarantined: [{ seq: 3, code: 'schema' }],
  time: '2026-09-21T01:00:00.000Z',
  skew: -5,
  durable: 0,
  next: { after: 900_000, window: 1_200_000 },
};
const config: DeviceConfig = {
  typ: 'nmc-config',
  version: 3,
  issued: '2026-09-21T01:00:00.000Z',
  tenants: [],
  retiredPacks: [],
  packs: [],
  questionnaire: null,
  counters: [],
};

describe('signed answers', () => {
  it('come back as they were signed', async () => {
    expect(await verifyReceipt(await signReceipt(receipt, hub.key), hub.jwk)).toEqual(receipt);
    expect(await verifyConfig(`${await signConfig(config, hub.key)}\n`, hub.jwk)).toEqual(config);
  });

  it('are refused from another key, of another kind, altered, or not signed at all', async () => {
    const text = await signReceipt(receipt, hub.key);
    await expect(verifyReceipt(text, stranger.jwk)).rejects.toMatchObject({ code: 'signature' });
    await expect(verifyConfig(text, hub.jwk)).rejects.toMatchObject({ code: 'schema', field: 'typ' });
    const asReceipt = await new SignJWT({ ...receipt }).setProtectedHeader({ alg: 'ES256' }).sign(hub.key);
    await expect(verifyReceipt(asReceipt, hub.jwk)).rejects.toMatchObject({ field: 'typ' });
    const [head, body, mark] = text.split('.') as [string, string, string];
    const more = btoa(JSON.stringify({ ...receipt, received: [[1, 99]] })).replace(/=+$/, '');
    await expect(verifyReceipt(`${head}.${more}.${mark}`, hub.jwk)).rejects.toMatchObject({
      code: 'signature',
    });
    const none = btoa(JSON.stringify({ alg: 'none', typ: 'nmc-receipt' })).replace(/=+$/, '');
    await expect(verifyReceipt(`${none}.${body}.${mark}`, hub.jwk)).rejects.toMatchObject({
      code: 'signature',
    });
    for (const page of ['', '<html>Đăng nhập mạng</html>', 'a.b', '{}']) {
      await expect(verifyReceipt(page, hub.jwk)).rejects.toMatchObject({ code: 'malformed' });
    }
    const long = 'x'.repeat(600_000);
    await expect(verifyReceipt(long, hub.jwk)).rejects.toMatchObject({ code: 'bound' });
    const wrong = await signReceipt({ ...receipt, stream: 0 }, hub.key);
    await expect(verifyReceipt(wrong, hub.jwk)).rejects.toMatchObject({ code: 'schema', field: 'stream' });
  });
});

describe('identity', () => {
  it('a proof holds for its code and wrapping key only', async () => {
    const device = await signer();
    const wrapFor = (await signer()).jwk;
    const proof = await signProof('ABCDE-12345', wrapFor, device.key);
    await verifyProof(proof, { code: 'ABCDE-12345', wrapFor, jwk: device.jwk });
    const cases = [
      { code: 'other', wrapFor, jwk: device.jwk },
      { code: 'ABCDE-12345', wrapFor: stranger.jwk, jwk: device.jwk },
      { code: 'ABCDE-12345', wrapFor, jwk: stranger.jwk },
    ];
    for (const one of cases) await expect(verifyProof(proof, one)).rejects.toThrow();
  });

  it('a device token names the device, and only its key makes it', async () => {
    const device = await signer();
    const time = Date.parse('2026-09-21T01:00:00.000Z');
    const token = await signDeviceToken('device-1', time, device.key);
    expect(peekDeviceToken(token)).toBe('device-1');
    expect(peekDeviceToken('nonsense')).toBeNull();
    expect(await verifyDeviceToken(token, device.jwk)).toEqual({ device: 'device-1', time });
    await expect(verifyDeviceToken(token, stranger.jwk)).rejects.toMatchObject({ code: 'signature' });
    const proof = await signProof('x', device.jwk, device.key);
    await expect(verifyDeviceToken(proof, device.jwk)).rejects.toMatchObject({ field: 'typ' });
  });

  it('a wrapped key opens for the one it was wrapped for', async () => {
    const make = () =>
      crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
    const [mine, other] = [await make(), await make()];
    const { x, y } = await crypto.subtle.exportKey('jwk', mine.publicKey);
    const secret = crypto.getRandomValues(new Uint8Array(32));
    const jwe = await wrapKey(secret, { kty: 'EC', crv: 'P-256', x: x!, y: y! });
    expect(await unwrapKey(jwe, mine.privateKey)).toEqual(secret);
    await expect(unwrapKey(jwe, other.privateKey)).rejects.toMatchObject({ code: 'malformed' });
    await expect(unwrapKey(jwe.slice(0, -3), mine.privateKey)).rejects.toMatchObject({ code: 'malformed' });
  });
});
