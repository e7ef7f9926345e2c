/** A forgotten PIN: only the hub's own, fresh, signed word opens. */
import { describe, expect, it } from 'vitest';
import { type PublicJwk, signUnlock, verifyDeviceToken } from '../../../lib/batch/index.ts';
import { type Device, type Fetch, unlock } from '../../../lib/sync/index.ts';
import { signer } from '../batch/keys.ts';

const NOW = Date.parse('2026-11-23T02:00:00.000Z');
const HUB = 'https://hub.example.gov.vn';

async function world() {
  const [mine, hub] = await Promise.all([signer(), signer()]);
  const device = { id: 'kiosk-1', hub: HUB, key: mine.key, jwk: mine.jwk, hubJwk: hub.jwk } as Device;
  const asked: { url: string; init: RequestInit }[] = [];
  const answering =
    (answer: (nonce: string) => Promise<Response>): Fetch =>
    async (url, init) => {
      asked.push({ url, init });
      return answer((JSON.parse(String(init.body)) as { nonce: string }).nonce);
    };
  const signed =
    (
      change: { device?: string; nonce?: string } = {},
      key = hub.key,
    ): ((nonce: string) => Promise<Response>) =>
    async (nonce) =>
      new Response(
        await signUnlock(
          { typ: 'nmc-unlock', device: 'kiosk-1', nonce, time: new Date(NOW).toISOString(), ...change },
          key,
        ),
      );
  const tryWith = (answer: (nonce: string) => Promise<Response>) =>
    unlock({ device, code: 'ABCD-EFGH', fetch: answering(answer), clock: () => NOW, offset: 5_000 });
  return { mine, signed, asked, tryWith };
}

describe('unlocking a kiosk', () => {
  it("sends code and device token, and believes the hub's signed word for this request", async () => {
    const { mine, signed, asked, tryWith } = await world();
    await tryWith(signed());
    const [{ url, init }] = asked as [{ url: string; init: RequestInit }];
    expect(url).toBe(`${HUB}/v1/device/unlock`);
    expect(JSON.parse(String(init.body))).toEqual({
      code: 'ABCD-EFGH',
      nonce: expect.stringMatching(/^[\w-]{22}$/),
    });
    const token = new Headers(init.headers).get('authorization')!.replace(/^NMC-Device /, '');
    expect(await verifyDeviceToken(token, mine.jwk as PublicJwk)).toMatchObject({
      device: 'kiosk-1',
      time: NOW + 5_000,
    });
    await tryWith(signed());
    expect(asked[1]!.init.body).not.toBe(init.body);
  });

  it('opens for nothing else', async () => {
    const { signed, tryWith } = await world();
    const stranger = await signer();
    const refusal = { error: { code: 'codeUsed', field: 'code', message: 'Mã đã được dùng.' } };
    await expect(tryWith(signed({}, stranger.key))).rejects.toMatchObject({ code: 'badAnswer' });
    await expect(tryWith(signed({ device: 'kiosk-2' }))).rejects.toMatchObject({ code: 'badAnswer' });
    await expect(tryWith(signed({ nonce: 'A'.repeat(22) }))).rejects.toMatchObject({ code: 'badAnswer' });
    await expect(tryWith(async () => new Response('{"ok":true}'))).rejects.toMatchObject({
      code: 'badAnswer',
    });
    await expect(
      tryWith(async () => new Response(JSON.stringify(refusal), { status: 422 })),
    ).rejects.toMatchObject({ code: 'refused', problem: { code: 'codeUsed' } });
    await expect(tryWith(async () => new Response('<html>', { status: 404 }))).rejects.toMatchObject({
      code: 'notHub',
    });
    await expect(tryWith(() => Promise.reject(new TypeError('offline')))).rejects.toMatchObject({
      code: 'network',
    });
  });
});
