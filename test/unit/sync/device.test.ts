import 'fake-indexeddb/auto';
import { createHmac } from 'node:crypto';
import Dexie from 'dexie';
import { beforeEach, describe, expect, it } from 'vitest';
import { signDeviceToken, verifyDeviceToken } from '../../../lib/batch/index.ts';
import {
  activate,
  activateFromUnitFile,
  type Fetch,
  forgetDevice,
  loadDevice,
  provinceKeys,
  readUnitFile,
  writeUnitFile,
} from '../../../lib/sync/index.ts';
import { deviceMemory } from '../../../lib/sync/store.ts';
import { signer } from '../batch/keys.ts';
import { HUB, type MemoryHub, memoryHub, PROVINCE_KEY, problem } from './hub.ts';
import { START } from './world.ts';

let hub: MemoryHub;
beforeEach(async () => {
  await Dexie.delete('nmc-device');
  hub = await memoryHub(() => START);
});

const CODE = 'H41.17.3-260921-0004';
/** Computed here by another implementation: HMAC-SHA-256 of the normalised code, 128 bits. */
const expectedKey = (epoch: string, secret: Uint8Array) =>
  `${epoch}:${createHmac('sha256', secret).update(CODE).digest().subarray(0, 16).toString('base64url')}`;

describe('activate', () => {
  it('gets identity, pinned keys and a usable, unreadable province key, and keeps them', async () => {
    hub.codes.set('ABCDE-12345', 'extension');
    expect(await loadDevice()).toBeNull();
    await activate({
      hub: `${HUB}/`,
      code: 'ABCDE-12345',
      kind: 'extension',
      name: 'Máy 1',
      fetch: hub.fetch,
    });
    const device = (await loadDevice())!;
    expect(device).toMatchObject({
      id: 'device-1',
      hub: HUB,
      hubId: 'hub-1',
      unit: { id: 'u1', name: 'Xã Thử Nghiệm' },
      hubJwk: hub.jwk,
      configJwk: hub.configJwk,
    });
    expect(device.key.extractable).toBe(false);
    expect(device.provinceKeys[0]!.key.extractable).toBe(false);
    const { keyOf } = provinceKeys(device);
    const spelled = ` h41.17.3-260921-\u200b0004 `;
    expect(await keyOf(spelled)).toEqual([expectedKey('e1', PROVINCE_KEY)]);
    const bytes = new TextEncoder().encode('một cửa');
    const key = await crypto.subtle.importKey(
      'jwk',
      device.jwk,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const mark = (await device.sign(bytes)) as Uint8Array<ArrayBuffer>;
    expect(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, mark, bytes)).toBe(true);
  });

  it('a kiosk never gets a province key', async () => {
    hub.codes.set('CODE-K', 'kiosk');
    const device = await activate({
      hub: HUB,
      code: 'CODE-K',
      kind: 'kiosk',
      name: 'Quầy 1',
      fetch: hub.fetch,
    });
    expect(device.provinceKeys).toEqual([]);
    expect(await provinceKeys(device).keyOf(CODE)).toEqual([]);
  });

  it('activating again keeps the keys of earlier epochs: both are sent in a rotation', async () => {
    hub.codes.set('CODE-A', 'extension');
    await activate({ hub: HUB, code: 'CODE-A', kind: 'extension', name: 'Máy 1', fetch: hub.fetch });
    await deviceMemory.saveRetry({ failures: 3, nextAt: 1, notBefore: 0 });
    hub.codes.set('CODE-B', 'extension');
    const rotated: Fetch = async (url, init) => {
      const answer = await hub.fetch(url, init);
      const body = await answer.json();
      return Response.json({ ...body, provinceKey: { ...body.provinceKey, epoch: 'e2' } });
    };
    const device = await activate({
      hub: HUB,
      code: 'CODE-B',
      kind: 'extension',
      name: 'Máy 1',
      fetch: rotated,
    });
    expect(await provinceKeys(device).keyOf(CODE)).toEqual([
      expectedKey('e2', PROVINCE_KEY),
      expectedKey('e1', PROVINCE_KEY),
    ]);
    expect(await deviceMemory.loadRetry(), 'the waiting of the old identity is over').toBeNull();
  });

  const refusals: [string, Fetch, object][] = [
    ['no connection', () => Promise.reject(new TypeError('Failed to fetch')), { code: 'network' }],
    ['a log-in page', async () => new Response('<html>'), { code: 'notHub' }],
    ['a page with an error', async () => new Response('<html>', { status: 403 }), { code: 'notHub' }],
    ['JSON of somebody', async () => Response.json({ ok: 1 }), { code: 'badAnswer' }],
    [
      'the hub',
      async () => problem(403, 'codeUsed', 'Mã kích hoạt đã dùng.'),
      { code: 'refused', problem: { code: 'codeUsed', message: 'Mã kích hoạt đã dùng.' } },
    ],
  ];
  it.each(refusals)('refused by %s: nothing changes', async (_name, fetch, expected) => {
    const asked = activate({ hub: HUB, code: 'X', kind: 'extension', name: '', fetch });
    await expect(asked).rejects.toMatchObject(expected);
    expect(await loadDevice()).toBeNull();
  });

  it('forgets on request', async () => {
    hub.codes.set('CODE-A', 'extension');
    await activate({ hub: HUB, code: 'CODE-A', kind: 'extension', name: '', fetch: hub.fetch });
    await forgetDevice();
    expect(await loadDevice()).toBeNull();
  });
});

describe('unit file', () => {
  const PASSPHRASE = 'bốn từ dễ nhớ';
  async function file() {
    const page = await signer();
    const content = {
      unit: { id: 'u9', name: 'Xã Không Mạng' },
      province: 'nghe-an',
      page: { id: 'page-9', jwk: page.jwk },
      provinceKey: { epoch: 'e1', key: PROVINCE_KEY.slice() },
    };
    return { content, bytes: await writeUnitFile(content, PASSPHRASE) };
  }

  it('comes back as written, whatever normal form the passphrase is typed in', async () => {
    const { content, bytes } = await file();
    expect(await readUnitFile(bytes, PASSPHRASE.normalize('NFD'))).toEqual(content);
    const text = new TextDecoder().decode(bytes);
    expect(text).not.toContain(Buffer.from(PROVINCE_KEY).toString('base64url'));
  });

  it('does not open with another passphrase, or changed in any readable part', async () => {
    const { bytes } = await file();
    await expect(readUnitFile(bytes, 'khác')).rejects.toMatchObject({ code: 'passphrase' });
    const text = new TextDecoder().decode(bytes);
    const other = (await signer()).jwk.x;
    for (const [from, to] of [
      ['"u9"', '"u8"'],
      ['"page-9"', '"page-8"'],
      ['"nghe-an"', '"ha-tinh"'],
      ['"e1"', '"e2"'],
      [/"x": "[\w-]+"/.exec(text)![0], `"x": "${other}"`],
    ]) {
      expect(text).toContain(from);
      const changed = new TextEncoder().encode(text.replace(from!, to!));
      await expect(readUnitFile(changed, PASSPHRASE)).rejects.toMatchObject({ code: 'passphrase' });
    }
    const weak = new TextEncoder().encode(text.replace('600000', '1000'));
    await expect(readUnitFile(weak, PASSPHRASE)).rejects.toMatchObject({ code: 'file' });
    await expect(readUnitFile(new Uint8Array([1]), PASSPHRASE)).rejects.toMatchObject({ code: 'file' });
    await expect(readUnitFile(new Uint8Array(70_000), PASSPHRASE)).rejects.toMatchObject({ code: 'file' });
  });

  it('activates a device that names itself by its key', async () => {
    const { bytes, content } = await file();
    const device = await activateFromUnitFile(bytes, PASSPHRASE, 'extension', 'Máy 2');
    expect(device).toMatchObject({
      hub: null,
      hubId: 'page-9',
      unit: content.unit,
      hubJwk: content.page.jwk,
    });
    expect(device.id).toMatch(/^k-[\w-]{22}$/);
    expect(await provinceKeys(device).keyOf(CODE)).toEqual([expectedKey('e1', PROVINCE_KEY)]);
    expect((await loadDevice())!.id).toBe(device.id);
    const kiosk = await activateFromUnitFile(bytes, PASSPHRASE, 'kiosk', 'Quầy 2');
    expect(kiosk.provinceKeys).toEqual([]);
    expect(kiosk.id).not.toBe(device.id);
  });
});

it('a device token is made with the stored key', async () => {
  hub.codes.set('CODE-A', 'extension');
  await activate({ hub: HUB, code: 'CODE-A', kind: 'extension', name: '', fetch: hub.fetch });
  const device = (await loadDevice())!;
  const token = await signDeviceToken(device.id, START, device.key);
  expect(await verifyDeviceToken(token, hub.devices.get('device-1')!)).toEqual({
    device: 'device-1',
    time: START,
  });
});
