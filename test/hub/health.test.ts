/** How pages are read: the latest word of each device, and the sums a supervisor sees (DESIGN §4, Health). */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EntryDraft } from '../../lib/domain/entry.ts';
import { devicesByPack, type PageHealth } from '../../lib/hub/packs/health.ts';
import type { PackView } from '../../lib/hub/packs/views.ts';
import {
  type Caller,
  load,
  NOON,
  type TestDevice,
  type TestHub,
  type TestServer,
  testHub,
  testServer,
} from './support.ts';

let server: TestServer;
let at: TestHub;
let admin: Caller;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  at = await testHub(server);
  admin = await at.person('provinceAdmin', null);
});
afterEach(() => at.close());

const word = (
  state: string,
  page = 'list',
  pack = 'igate2@1.0.0',
  more: Record<string, string | number> = {},
): EntryDraft => ({
  kind: 'health',
  body: { topic: 'pack', state, detail: { pack, page, system: 'mot-cua', unread: 0, ...more } },
});

/** Records at so many minutes after ten o'clock. */
function say(device: TestDevice, minutes: number, ...drafts: EntryDraft[]): void {
  const now = at.clock.now;
  at.clock.now = NOON + minutes * 60_000;
  device.append(...drafts);
  at.clock.now = now;
}
const iso = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString();
const pages = async (unit = 'tinh', by: Caller = admin) =>
  ((await (await by('GET', `/v1/pack-health?unit=${unit}`)).json()) as { pages: PageHealth[] }).pages;

describe('health of the packs', () => {
  it('is the latest word of each device, with since when, whatever order it comes in', async () => {
    const device = await at.device('xa-a');
    say(device, 1, word('ok'));
    say(device, 2, word('degraded', 'list', 'igate2@1.0.0', { unread: 3 }));
    say(device, 3, word('broken', 'list', 'igate2@1.0.0', { unread: 7 }));
    say(device, 4, word('broken', 'list', 'igate2@1.0.0', { unread: 9 }));
    await device.receipt(3, 4);
    await device.receipt(1, 2);
    const [page, ...rest] = await pages();
    expect(rest).toEqual([]);
    expect(page).toMatchObject({
      system: 'mot-cua',
      systemName: null,
      pack: 'igate2',
      page: 'list',
      devices: { ok: 0, degraded: 0, broken: 1, unverified: 0 },
      unread: 9,
      since: iso(3),
      lastAt: iso(4),
      versions: [{ version: '1.0.0', devices: { broken: 1 } }],
      troubles: [
        { device: device.id, name: 'Máy thử', unit: 'Xã A', state: 'broken', since: iso(3), unread: 9 },
      ],
    });
    say(device, 9, word('ok', 'list', 'igate2@1.1.0'));
    await device.receipt(5, 5);
    expect(await pages()).toMatchObject([
      {
        devices: { ok: 1, broken: 0 },
        since: iso(9),
        versions: [{ version: '1.1.0' }],
        troubles: [],
        unread: 0,
      },
    ]);
  });

  it('counts devices per page type, the worst first, by the name of the system, within the unit', async () => {
    await load(
      at.hub,
      'tenants',
      'id,name,family,origins\nmot-cua,Một cửa tỉnh,igate2,https://mc.example.gov.vn\n',
    );
    const [a, b, below] = [await at.device('xa-a'), await at.device('xa-b'), await at.device('tt-a')];
    say(a, 1, word('ok', 'detail'), word('broken'));
    say(b, 2, word('ok', 'detail'), word('unverified'));
    say(below, 3, word('unverified', 'detail'), word('ok', 'list', 'igate2@1.0.1'));
    for (const device of [a, b, below]) await device.receipt();
    const all = await pages();
    expect(all.map((one) => [one.page, one.devices])).toEqual([
      ['list', { ok: 1, degraded: 0, broken: 1, unverified: 1 }],
      ['detail', { ok: 2, degraded: 0, broken: 0, unverified: 1 }],
    ]);
    expect(all[0]).toMatchObject({ systemName: 'Một cửa tỉnh', since: iso(1) });
    expect(all[0]!.versions.map((one) => one.version)).toEqual(['1.0.0', '1.0.1']);
    const supervisor = await at.person('supervisor', 'xa-b');
    expect(await pages('xa-b', supervisor)).toMatchObject([
      { page: 'list', devices: { unverified: 1, broken: 0 }, troubles: [] },
      { page: 'detail', devices: { ok: 1 } },
    ]);
    const { packs } = (await (await admin('GET', '/v1/packs')).json()) as { packs: PackView[] };
    expect(packs.every((one) => one.health !== undefined)).toBe(true);
    expect(await devicesByPack(at.hub.db, '*', 'tinh', at.clock.now)).toEqual(
      new Map([
        ['igate2@1.0.0', { ok: 0, degraded: 0, broken: 1, unverified: 2 }],
        ['igate2@1.0.1', { ok: 1, degraded: 0, broken: 0, unverified: 0 }],
      ]),
    );
  });

  it('leaves out revoked devices and words older than thirty days', async () => {
    const [gone, old] = [await at.device('xa-a'), await at.device('xa-a')];
    say(gone, 1, word('broken'));
    say(old, 2, word('broken', 'detail'));
    await gone.receipt();
    await old.receipt();
    await admin('POST', `/v1/devices/${gone.id}/revoke`);
    expect((await pages()).map((one) => one.page)).toEqual(['detail']);
    at.clock.now += 20 * 60_000;
    const later = await at.person('provinceAdmin', null);
    at.clock.now += 31 * 86_400_000;
    const again = await at.person('provinceAdmin', null);
    expect((await later('GET', '/v1/packs')).status).toBe(401);
    expect(await pages('tinh', again)).toEqual([]);
  });

  it('takes no word that is not of the known form, and still takes the entry', async () => {
    const device = await at.device('xa-a');
    say(
      device,
      1,
      word('wonderful'),
      word('ok', 'list', 'no pack'),
      { kind: 'health', body: { topic: 'pack', state: 'ok' } },
      { kind: 'health', body: { topic: 'storage', state: 'ok' } },
      word('ok', 'list', 'igate2@1.0.0', { unread: -4 }),
    );
    expect((await device.receipt()).received).toEqual([[1, 5]]);
    expect(await pages()).toMatchObject([{ devices: { ok: 1 }, unread: 0 }]);
  });

  it('of many devices at once is complete', async () => {
    const devices = await Promise.all(Array.from({ length: 12 }, () => at.device('xa-a')));
    devices.forEach((device, n) => {
      say(device, n, word(n % 2 === 0 ? 'ok' : 'degraded'), word('ok', 'detail'));
    });
    await Promise.all(devices.map((device) => device.receipt()));
    expect(await pages()).toMatchObject([
      { page: 'list', devices: { ok: 6, degraded: 6 } },
      { page: 'detail', devices: { ok: 12 } },
    ]);
  });
});
