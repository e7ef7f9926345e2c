/** Packs on their way: proposed by a device, signed by the province, tried on some devices, everywhere, retired. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Pack } from '../../lib/adapters/pack.ts';
import { BUNDLED_PACKS } from '../../lib/adapters/packs/index.ts';
import { type DeviceConfig, problemSchema, signConfig, verifyConfig } from '../../lib/batch/index.ts';
import { packsInForce } from '../../lib/extension/packs.ts';
import { PACK_LIMITS, packHash } from '../../lib/hub/packs/propose.ts';
import { isInShare } from '../../lib/hub/packs/share.ts';
import type { PackDetail, PackView } from '../../lib/hub/packs/views.ts';
import type { PersonRole } from '../../lib/hub/people/access.ts';
import { type PullResult, pullConfig } from '../../lib/sync/index.ts';
import { asDevice, configMemory, syncDevice } from './device-calls.ts';
import {
  type Caller,
  keyOf,
  load,
  PASSWORD,
  sighting,
  type TestDevice,
  type TestHub,
  type TestServer,
  testHub,
  testServer,
  UNITS,
} from './support.ts';

const bundled = BUNDLED_PACKS.find((one) => one.id === 'ioffice-dwr')!;
let server: TestServer;
let at: TestHub;
let admin: Caller;
let device: TestDevice;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  at = await testHub(server);
  admin = await at.person('provinceAdmin', null);
  device = await at.device('xa-a');
  return () => at.close();
});

const packOf = (version: string, change: Partial<Pack> = {}): Pack => ({ ...bundled, version, ...change });
const proposalOf = (pack: unknown, more: Record<string, unknown> = {}) => ({
  pack,
  note: 'Cột “Hạn xử lý” đổi tên',
  fixtures: [{ name: 'den-1', html: '<table></table>', expected: { rows: 3 } }],
  results: [
    { name: 'den-1', ok: true },
    { name: 'di-1', ok: false, problem: 'thiếu cột' },
  ],
  ...more,
});
const propose = (pack: unknown, by: TestDevice = device) =>
  asDevice(at, by)('POST', '/v1/device/packs', proposalOf(pack));
const problemOf = async (answer: Response) => problemSchema.parse(await answer.json()).error;
const act = (what: string, version: string, body?: unknown, by: Caller = admin) =>
  by('POST', `/v1/packs/${bundled.id}/${version}/${what}`, body);
const sign = (pack: Pack, by: Caller = admin) =>
  act('sign', pack.version, { password: PASSWORD, sha256: packHash(pack) }, by);
const trial = (version: string, units: string[], percent = 0) =>
  act('stage', version, { stage: 'trial', units, percent });
const listed = async (by: Caller = admin) =>
  ((await (await by('GET', '/v1/packs')).json()) as { packs: PackView[] }).packs;
const detail = async (version: string, by: Caller = admin) =>
  ((await (await by('GET', `/v1/packs/${bundled.id}/${version}`)).json()) as { pack: PackDetail }).pack;
async function config(by: TestDevice): Promise<DeviceConfig> {
  const answer = await asDevice(at, by)('GET', '/v1/device/config');
  return verifyConfig(await answer.text(), at.hub.keys.config.jwk);
}
const versions = ({ packs }: DeviceConfig) => packs.map((one) => (one as Pack).version);

describe('a proposal', () => {
  it('is kept once, with its fixtures, and is seen by the province', async () => {
    const pack = packOf('9.0.0');
    const first = await propose(pack);
    expect([first.status, await first.json()]).toEqual([
      201,
      { pack: 'ioffice-dwr@9.0.0', stage: 'proposed', sha256: packHash(pack) },
    ]);
    expect((await propose(pack)).status).toBe(200);
    expect((await listed()).find((one) => one.version === '9.0.0')).toMatchObject({
      source: 'hub',
      stage: 'proposed',
      note: 'Cột “Hạn xử lý” đổi tên',
      proposedBy: { device: 'Máy thử', unit: 'Xã A' },
      signedBy: null,
      results: { passed: 1, failed: 1 },
      trial: null,
    });
    expect((await listed()).filter((one) => one.source === 'bundled')).toHaveLength(BUNDLED_PACKS.length);
  });

  it('shows what changed against the version before, by field', async () => {
    const page = bundled.pages[0]!;
    const changed: Pack = packOf('9.0.0', {
      pages: bundled.pages.map((one) => (one === page ? { ...one, rank: 3 } : one)),
      deny: [...bundled.deny, '^/moi$'],
    });
    await propose(changed);
    const { before, changes, lint, fixtures, history } = await detail('9.0.0');
    expect(before).toBe(bundled.version);
    expect(changes).toEqual([
      { path: 'version', before: bundled.version, after: '9.0.0' },
      { path: 'deny', before: bundled.deny, after: [...bundled.deny, '^/moi$'] },
      { path: `pages[${page.id}].rank`, before: page.rank, after: 3 },
    ]);
    expect(lint).toEqual([]);
    expect(fixtures).toEqual([{ name: 'den-1', expected: { rows: 3 } }]);
    expect(history).toMatchObject([
      { action: 'pack:propose', actor: 'Máy thử', detail: { fixtures: 2, failed: 1 } },
    ]);
  });

  it('is checked again at the hub: the refusal names the field', async () => {
    const refused = async (pack: unknown) => {
      const answer = await propose(pack);
      return { status: answer.status, ...(await problemOf(answer)) };
    };
    const page = bundled.pages[0]!;
    const fragile = { ...page, rows: { css: ['tr._ngcontent-abc'] } };
    expect(await refused(packOf('9.0.0', { pages: [fragile] }))).toMatchObject({
      status: 422,
      code: 'packInvalid',
      field: 'pack.pages.0.rows.css.0',
    });
    expect(await refused({ ...bundled, version: '9.0.0', script: 'x' })).toMatchObject({
      field: 'pack.script',
    });
    expect(await refused('text')).toMatchObject({ code: 'packInvalid' });
    expect(await refused(packOf('9.0'))).toMatchObject({ field: 'pack.version' });
    const nested = JSON.stringify(proposalOf({ ...bundled, version: '9.0.0', pages: 'HERE' })).replace(
      '"HERE"',
      '['.repeat(50_000) + ']'.repeat(50_000),
    );
    const deep = await asDevice(at, device)('POST', '/v1/device/packs', new TextEncoder().encode(nested), {
      'content-type': 'application/json',
    });
    expect(await problemOf(deep)).toMatchObject({ code: 'packInvalid', field: 'pack' });
    expect(await refused(packOf('9.0.0', { name: 'a\u0000b' }))).toMatchObject({ code: 'packInvalid' });
    const huge = {
      ...bundled,
      version: '9.0.0',
      deny: Array.from({ length: 4_000 }, (_, n) => `^/${'x'.repeat(60)}${n}$`),
    };
    expect(JSON.stringify(huge).length).toBeGreaterThan(PACK_LIMITS.packBytes);
    expect(await refused(huge)).toMatchObject({ status: 413, code: 'packTooLarge' });
    const body = await asDevice(at, device)('POST', '/v1/device/packs', {
      ...proposalOf(packOf('9.0.0')),
      fixtures: Array.from({ length: 12 }, (_, n) => ({
        name: `f${n}`,
        html: 'x'.repeat(399_000),
        expected: 1,
      })),
    });
    expect(body.status).toBe(413);
    expect(await listed()).toHaveLength(BUNDLED_PACKS.length);
  });

  it('must be newer than everything known of its family, the bundled one included', async () => {
    const code = async (pack: Pack) => (await problemOf(await propose(pack))).code;
    expect(await code(packOf(bundled.version))).toBe('packVersion');
    expect(await code(packOf('0.0.1'))).toBe('packVersion');
    await propose(packOf('9.1.0'));
    expect(await code(packOf('9.1.0', { name: 'khác' }))).toBe('packTaken');
    expect(await code(packOf('9.0.9'))).toBe('packVersion');
    expect((await propose(packOf('9.10.0'))).status).toBe(201);
  });

  it('asked for by two devices at once under one version is one, and the other is told', async () => {
    const others = await Promise.all(Array.from({ length: 6 }, () => at.device('xa-b')));
    const answers = await Promise.all(
      others.map((one, n) => propose(packOf('9.0.0', { name: `bản ${n}` }), one)),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('comes from an active extension only: no kiosk, no stranger, no old token, no person', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    expect(await problemOf(await propose(packOf('9.0.0'), kiosk))).toMatchObject({ code: 'deviceKind' });
    const old = asDevice(at, device, at.clock.now - 86_400_001);
    expect(await problemOf(await old('POST', '/v1/device/packs', proposalOf(packOf('9.0.0'))))).toMatchObject(
      {
        code: 'deviceClock',
      },
    );
    const stranger = { ...device, keys: kiosk.keys };
    expect((await propose(packOf('9.0.0'), stranger)).status).toBe(401);
    expect((await admin('POST', '/v1/device/packs', proposalOf(packOf('9.0.0')))).status).toBe(401);
    await admin('POST', `/v1/devices/${device.id}/revoke`);
    expect(await problemOf(await propose(packOf('9.0.0')))).toMatchObject({ code: 'revokedDevice' });
  });

  it('waits behind so many of the same device that nobody has decided', async () => {
    for (let n = 0; n < PACK_LIMITS.open; n += 1) {
      expect((await propose(packOf(`9.0.${n}`))).status).toBe(201);
      at.clock.now += 4 * 60_000;
    }
    expect(await problemOf(await propose(packOf('9.1.0')))).toMatchObject({ code: 'packMany' });
  });
});

describe('who may decide', () => {
  it('only the province; supervisors, unit admins and auditors read, officials see nothing', async () => {
    const pack = packOf('9.0.0');
    await propose(pack);
    const statuses = async (role: PersonRole) => {
      const by = await at.person(role, 'xa-a');
      const answers = [
        await by('GET', '/v1/packs'),
        await by('GET', `/v1/packs/${pack.id}/9.0.0`),
        await by('GET', '/v1/pack-health?unit=xa-a'),
        await sign(pack, by),
        await act('stage', '9.0.0', { stage: 'everywhere' }, by),
        await act('refuse', '9.0.0', { reason: 'không' }, by),
        await act('retire', '9.0.0', undefined, by),
      ];
      return answers.map((one) => one.status).join(' ');
    };
    expect(await statuses('official')).toBe('403 403 403 403 403 403 403');
    for (const role of ['supervisor', 'unitAdmin', 'auditor'] as const) {
      expect(await statuses(role)).toBe('200 200 200 403 403 403 403');
    }
    const below = await at.person('supervisor', 'xa-a');
    expect((await listed(below)).find((one) => one.version === '9.0.0')).toMatchObject({ proposedBy: null });
    expect(await detail('9.0.0', below)).toMatchObject({ entries: null, history: [{ actor: '' }] });
    expect((await below('GET', '/v1/pack-health?unit=xa-b')).status).toBe(403);
    expect((await (await at.person('official', null))('GET', '/v1/packs')).status).toBe(403);
  });

  it('asks for the password again, for the pack that was seen, and from our own page', async () => {
    const pack = packOf('9.0.0');
    await propose(pack);
    const wrong = await act('sign', '9.0.0', { password: 'mat-khau-khac', sha256: packHash(pack) });
    expect(wrong.status).toBe(422);
    expect(await problemOf(wrong)).toMatchObject({ code: 'ownPassword', field: 'password' });
    const other = await act('sign', '9.0.0', { password: PASSWORD, sha256: 'a'.repeat(64) });
    expect(await problemOf(other)).toMatchObject({ code: 'packChanged' });
    const body = { password: PASSWORD, sha256: packHash(pack) };
    const cross = await admin('POST', `/v1/packs/${pack.id}/9.0.0/sign`, body, {
      origin: 'https://evil.example',
    });
    expect(cross.status).toBe(403);
    expect((await listed()).find((one) => one.version === '9.0.0')).toMatchObject({ signedBy: null });
    for (let n = 0; n < 10; n += 1) await act('sign', '9.0.0', { password: 'sai', sha256: packHash(pack) });
    expect((await sign(pack)).status).toBe(429);
    at.clock.now += 16 * 60_000;
    expect((await sign(pack)).status).toBe(200);
    expect((await sign(pack)).status).toBe(200);
    const signed = (await listed()).find((one) => one.version === '9.0.0')!;
    expect(signed).toMatchObject({ stage: 'proposed', signedBy: expect.stringMatching(/^nguoi-/) });
    expect(signed.signedAt).toBe(new Date(at.clock.now).toISOString());
  });
});

describe('what reaches the devices', () => {
  it('nothing that was not signed, whatever is asked or written', async () => {
    const pack = packOf('9.0.0');
    await propose(pack);
    const refused = await act('stage', '9.0.0', { stage: 'everywhere' });
    expect(await problemOf(refused)).toMatchObject({ code: 'packUnsigned' });
    expect(versions(await config(device))).toEqual([]);
    const write = (text: string) => at.hub.db.tx({ role: 'admin' }, (query) => query(text));
    await expect(write("UPDATE pack SET stage = 'everywhere'")).rejects.toThrow(/check constraint/);
    await expect(write("UPDATE pack SET body = '{}'")).rejects.toThrow(/permission denied/);
    // Somebody with the database but without the province's key: the row looks signed, the signature is none.
    await write(
      "UPDATE pack SET signature = 'e30.e30.e30', signed_by = 'x', signed_at = now(), stage = 'everywhere'",
    );
    await write('UPDATE province SET config_version = config_version + 1');
    expect(versions(await config(device))).toEqual([]);
  });

  it("a signature for one body does not carry another, nor another version's", async () => {
    const [good, later] = [packOf('9.0.0'), packOf('9.1.0', { name: 'khác' })];
    await propose(good);
    await propose(later);
    await sign(good);
    await at.hub.db.tx({ role: 'admin' }, (query) =>
      query(`UPDATE pack SET signature = (SELECT signature FROM pack WHERE version = '9.0.0'), signed_by = 'x',
        signed_at = now(), stage = 'everywhere' WHERE version = '9.1.0'`),
    );
    await act('stage', '9.0.0', { stage: 'everywhere' });
    expect(versions(await config(device))).toEqual(['9.0.0']);
    const changed = JSON.stringify({ ...good, name: 'đổi sau lưng' });
    await at.hub.db.tx({ role: 'owner' }, (query) =>
      query("UPDATE pack SET body = $1 WHERE version = '9.0.0'", [changed]),
    );
    await act('refuse', '9.1.0', { reason: 'x' });
    await at.hub.db.tx({ role: 'admin' }, (query) =>
      query('UPDATE province SET config_version = config_version + 1'),
    );
    expect(versions(await config(device))).toEqual([]);
  });

  it('on trial: the units named and below, and nobody else; kiosks get no packs', async () => {
    const pack = packOf('9.0.0');
    await propose(pack);
    await sign(pack);
    const before = await config(device);
    expect((await trial('9.0.0', ['xa-a'])).status).toBe(200);
    const [below, elsewhere, kiosk] = [
      await at.device('tt-a'),
      await at.device('xa-b'),
      await at.device('xa-a', 'kiosk'),
    ];
    const mine = await config(device);
    expect(mine.version).toBe(before.version + 1);
    expect(mine.packs).toEqual([pack]);
    expect(versions(await config(below))).toEqual(['9.0.0']);
    expect(versions(await config(elsewhere))).toEqual([]);
    expect(versions(await config(kiosk))).toEqual([]);
    expect((await listed()).find((one) => one.version === '9.0.0')).toMatchObject({
      stage: 'trial',
      trial: { units: ['xa-a'], percent: 0 },
    });
    expect(await problemOf(await trial('9.0.0', ['xa-z']))).toMatchObject({
      code: 'packTrial',
      field: 'units',
    });
    expect(await problemOf(await trial('9.0.0', []))).toMatchObject({ code: 'packTrial' });
    expect((await act('stage', '9.0.0', { stage: 'trial', units: [], percent: 101 })).status).toBe(400);
  });

  it('each set of packs has its own ETag, and every change a higher version', async () => {
    const pack = packOf('9.0.0');
    const elsewhere = await at.device('xa-b');
    await propose(pack);
    await sign(pack);
    await trial('9.0.0', ['xa-a']);
    const pull = (by: TestDevice, etag?: string) =>
      asDevice(at, by)('GET', '/v1/device/config', undefined, etag ? { 'if-none-match': etag } : {});
    const [mine, theirs] = [await pull(device), await pull(elsewhere)];
    const etags = [mine, theirs].map((one) => one.headers.get('etag')!);
    expect(etags[0]).not.toBe(etags[1]);
    expect((await pull(device, etags[0])).status).toBe(304);
    expect((await pull(elsewhere, etags[1])).status).toBe(304);
    expect((await pull(device, etags[1])).status).toBe(200);
    const again = await pull(device);
    expect(await again.text(), 'signed once per set of packs').toBe(await mine.text());
    const { version } = await config(device);
    await trial('9.0.0', ['xa-a']);
    expect((await config(device)).version, 'the same stage changes nothing').toBe(version);
    await load(at.hub, 'units', UNITS.replace('tt-a,xa-a,', 'tt-a,xa-b,'));
    expect((await config(device)).version, 'a moved unit may have changed its trial').toBe(version + 1);
  });

  it('a share of the devices is the same devices every time, grows without losing one, and is about its size', async () => {
    const ids = Array.from({ length: 2_000 }, (_, n) => `d${n}`);
    const inside = (percent: number, pack = 'igate2@1.0.0') =>
      ids.filter((id) => isInShare(id, pack, percent));
    expect(inside(0)).toEqual([]);
    expect(inside(100)).toHaveLength(2_000);
    expect(inside(20)).toEqual(inside(20));
    expect(inside(20).length).toBeGreaterThan(330);
    expect(inside(20).length).toBeLessThan(470);
    const wider = new Set(inside(35));
    expect(inside(20).every((id) => wider.has(id))).toBe(true);
    expect(inside(20, 'igate2@1.0.1')).not.toEqual(inside(20));

    const pack = packOf('9.0.0');
    await propose(pack);
    await sign(pack);
    const devices = await Promise.all(Array.from({ length: 12 }, () => at.device('xa-b')));
    await trial('9.0.0', [], 50);
    const wanted = devices.map((one) => isInShare(one.id, 'ioffice-dwr@9.0.0', 50));
    const got = await Promise.all(devices.map(async (one) => versions(await config(one)).length === 1));
    expect(got).toEqual(wanted);
    await at.hub.db.tx({ role: 'admin' }, (query) =>
      query('UPDATE province SET config_version = config_version + 1'),
    );
    expect(await Promise.all(devices.map(async (one) => versions(await config(one)).length === 1))).toEqual(
      wanted,
    );
    await trial('9.0.0', ['xa-b'], 1);
    expect(await Promise.all(devices.map(async (one) => versions(await config(one)).length))).toEqual(
      devices.map(() => 1),
    );
  });

  it('a device that leaves the trial goes back to the older pack; everywhere wins for all', async () => {
    const [old, fresh] = [packOf('9.0.0'), packOf('9.1.0')];
    for (const pack of [old, fresh]) {
      await propose(pack);
      await sign(pack);
    }
    await act('stage', '9.0.0', { stage: 'everywhere' });
    await trial('9.1.0', ['xa-a']);
    const elsewhere = await at.device('xa-b');
    const memory = configMemory();
    const pull = (): Promise<PullResult> =>
      pullConfig({ device: syncDevice(at, device), memory, clock: () => at.clock.now });
    const inForce = (result: PullResult) =>
      packsInForce(BUNDLED_PACKS, result.config).get(bundled.id)?.version;
    const first = await pull();
    expect([first.state, inForce(first)]).toEqual(['updated', '9.1.0']);
    expect(versions(await config(elsewhere))).toEqual(['9.0.0']);
    await trial('9.1.0', ['xa-b']);
    const left = await pull();
    expect([left.state, inForce(left)]).toEqual(['updated', '9.0.0']);
    expect(left.config!.version).toBeGreaterThan(first.config!.version);
    await act('stage', '9.1.0', { stage: 'proposed' });
    await act('stage', '9.0.0', { stage: 'proposed' });
    const none = await pull();
    expect([none.config!.packs, inForce(none)]).toEqual([[], bundled.version]);
    await act('stage', '9.1.0', { stage: 'everywhere' });
    expect(inForce(await pull())).toBe('9.1.0');
  });

  it('a device refuses an older configuration, one by another key and one that was altered, packs and all', async () => {
    const pack = packOf('9.0.0');
    await propose(pack);
    await sign(pack);
    const memory = configMemory();
    const pull = (text?: string) =>
      pullConfig({
        device: syncDevice(at, device),
        memory,
        clock: () => at.clock.now,
        ...(text === undefined ? {} : { fetch: async () => new Response(text) }),
      });
    await trial('9.0.0', ['xa-a']);
    const before = await (await asDevice(at, device)('GET', '/v1/device/config')).text();
    await act('stage', '9.0.0', { stage: 'everywhere' });
    const now = await pull();
    expect(now).toMatchObject({ state: 'updated', config: { packs: [{ version: '9.0.0' }] } });
    expect(await pull(before), 'an older one of the same key').toMatchObject({ state: 'rejected' });
    const evil = { ...now.config!, version: 999, packs: [packOf('9.9.9')] };
    expect(await pull(await signConfig(evil, device.keys.key))).toMatchObject({ state: 'rejected' });
    const [head, , mark] = before.split('.');
    const body = Buffer.from(JSON.stringify(evil)).toString('base64url');
    expect(await pull(`${head}.${body}.${mark}`)).toMatchObject({ state: 'rejected' });
    expect(await pull()).toMatchObject({ state: 'unchanged', config: { packs: [{ version: '9.0.0' }] } });
  });
});

describe('refused and retired', () => {
  it('a refused pack is taken from the devices, its version is used up, and it stays refused', async () => {
    const pack = packOf('9.0.0');
    await propose(pack);
    await sign(pack);
    await trial('9.0.0', ['xa-a']);
    expect((await act('refuse', '9.0.0', {})).status).toBe(400);
    expect((await act('refuse', '9.0.0', { reason: 'đọc sai cột' })).status).toBe(200);
    expect(versions(await config(device))).toEqual([]);
    expect(await problemOf(await act('stage', '9.0.0', { stage: 'everywhere' }))).toMatchObject({
      code: 'packStage',
    });
    expect((await problemOf(await propose(packOf('9.0.0', { name: 'khác' })))).code).toBe('packTaken');
    expect((await detail('9.0.0')).history.at(-1)).toMatchObject({
      action: 'pack:refuse',
      detail: { from: 'trial', reason: 'đọc sai cột' },
    });
    expect(await problemOf(await act('refuse', '1.1.1', { reason: 'x' }))).toMatchObject({
      code: 'packUnknown',
    });
    expect((await act('refuse', 'x', { reason: 'x' })).status).toBe(404);
  });

  it('retiring voids dossiers, documents, actions and official totals read with that version, now and later', async () => {
    const pack = packOf('9.0.0');
    await propose(pack);
    await sign(pack);
    await act('stage', '9.0.0', { stage: 'everywhere' });
    const ref = 'ioffice-dwr@9.0.0';
    const time = new Date(at.clock.now).toISOString();
    const total = (source: string) =>
      ({
        kind: 'officialTotal',
        body: { system: 's', from: '2026-08-15', to: '2026-09-14', figures: { received: 10 }, source },
      }) as const;
    device.append(
      sighting([keyOf('a')], { channel: 'online', status: 'processing' }, { pack: ref }),
      sighting([keyOf('b')], { channel: 'online', status: 'processing' }, { pack: 'ioffice-dwr@9.0.1' }),
      {
        kind: 'document',
        body: {
          keys: [keyOf('c')],
          system: 's',
          pack: ref,
          page: 'den',
          seen: time,
          role: 'XLC',
          state: 'waiting',
        },
      },
      {
        kind: 'action',
        body: {
          action: 'finish',
          n: 2,
          keys: [],
          system: 's',
          pack: ref,
          page: 'den',
          confirm: 'toast',
          armed: time,
        },
      },
      total(`${ref}:thang`),
      total(`export:${ref}`),
      total('igate2@1.0.0:thang'),
    );
    await device.receipt();
    expect((await detail('9.0.0')).entries).toEqual({ dossier: 1, document: 1, action: 1, officialTotal: 2 });
    const answer = await act('retire', '9.0.0');
    expect(await answer.json()).toEqual({ pack: ref, stage: 'retired', voided: 5 });
    const count = (text: string) =>
      at.hub.db.tx({ role: 'ingest' }, async (query) => (await query<{ n: number }>(text))[0]!.n);
    expect(await count('SELECT count(*)::int AS n FROM dossier')).toBe(1);
    expect(await count('SELECT count(*)::int AS n FROM document')).toBe(0);
    expect(await count('SELECT count(*)::int AS n FROM official_total')).toBe(1);
    expect(await count("SELECT count(*)::int AS n FROM entry WHERE kind = 'action' AND is_void")).toBe(1);
    device.append(sighting([keyOf('d')], { status: 'processing' }, { pack: ref }), total(`${ref}:thang`));
    await device.receipt(8, 9);
    expect(await count('SELECT count(*)::int AS n FROM dossier')).toBe(1);
    expect(await count('SELECT count(*)::int AS n FROM official_total')).toBe(1);
    const sent = await config(device);
    expect(sent).toMatchObject({ packs: [], retiredPacks: [ref] });
    expect((await listed()).find((one) => one.version === '9.0.0')).toMatchObject({ stage: 'retired' });
    expect(await (await act('retire', '9.0.0')).json()).toMatchObject({ voided: 0 });
    expect(await problemOf(await act('stage', '9.0.0', { stage: 'everywhere' }))).toMatchObject({
      code: 'packStage',
    });
    expect((await problemOf(await propose(packOf('9.0.0', { name: 'x' })))).code).toBe('packTaken');
  });

  it('a bundled version can be retired too, and then only a higher one is taken', async () => {
    expect((await act('retire', bundled.version)).status).toBe(200);
    const shown = (await listed()).find((one) => one.id === bundled.id);
    expect(shown).toMatchObject({ source: 'bundled', stage: 'retired' });
    expect(packsInForce(BUNDLED_PACKS, await config(device)).has(bundled.id)).toBe(false);
    expect((await detail(bundled.version)).history).toMatchObject([{ action: 'pack:retire' }]);
  });
});
