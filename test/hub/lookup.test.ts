/** Look-up for officials: what the hub holds of dossiers of the device's own unit, with marks (DESIGN §3, Keys). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookupAnswerSchema, problemSchema } from '../../lib/batch/index.ts';
import type { Facts } from '../../lib/domain/entry.ts';
import { lookUp } from '../../lib/sync/index.ts';
import { asDevice, syncDevice } from './device-calls.ts';
import {
  keyOf,
  sighting,
  type TestDevice,
  type TestHub,
  type TestServer,
  testHub,
  testServer,
} from './support.ts';

let server: TestServer;
let at: TestHub;
let device: TestDevice;

beforeAll(async () => {
  server = await testServer();
  at = await testHub(server);
  device = await at.device('xa-a');
  const seen = (name: string, facts: Facts, over: Parameters<typeof sighting>[2] = {}) =>
    sighting([keyOf(name)], facts, over);
  const open = { status: 'processing', channel: 'online', received: '2026-09-15' } as const;
  device.append(
    seen('late', { ...open, due: '2026-09-20T17:00', fee: true, paidBy: 'unpaid' }),
    seen('today', { ...open, due: '2026-09-21T08:00', paidBy: 'cash' }),
    seen('later', { ...open, due: '2026-09-22', fee: true, paidBy: 'online' }),
    seen('noDue', { ...open, due: null, fee: true }),
    seen('unknownDue', { ...open }),
    seen('freed', { ...open, due: '2026-09-30', fee: false, paidBy: 'unpaid' }),
    seen('finishedLate', { status: 'finished', due: '2026-09-18', finished: '2026-09-19' }),
    // Unfinished on the 17th, finished on the 21st, due on the 18th: nobody knows.
    seen('across', { ...open, due: '2026-09-18' }, { seen: '2026-09-17T03:00:00.000Z' }),
    seen('across', { status: 'finished', due: '2026-09-18' }, { seen: '2026-09-21T02:00:00.000Z' }),
    seen('below', { ...open, due: '2026-09-20' }, { receiver: 'H99.1.5' }),
    seen('elsewhere', { ...open, due: '2026-09-20' }, { receiver: 'H99.2' }),
    seen('nowhere', { ...open, due: '2026-09-20' }, { receiver: 'H42' }),
    sighting([keyOf('rotated'), keyOf('rotated', '2')], { ...open, due: '2026-09-20' }),
  );
  await device.receipt();
});
afterAll(async () => {
  await at.close();
  await server.close();
});

const NAMES = [
  'late',
  'today',
  'later',
  'noDue',
  'unknownDue',
  'freed',
  'finishedLate',
  'across',
  'below',
  'elsewhere',
  'nowhere',
  'unheard',
];
const ask = async (names: readonly string[], by: TestDevice = device) =>
  asDevice(at, by)('POST', '/v1/device/lookup', { keys: names.map((name) => keyOf(name)) });
const answer = async (names: readonly string[], by: TestDevice = device) =>
  lookupAnswerSchema.parse(await (await ask(names, by)).json());
const problem = async (response: Response) => problemSchema.parse(await response.json()).error;
const nameOf = (key: string) => NAMES.find((name) => keyOf(name) === key);

describe('look-up', () => {
  it('marks what is late, due today, undecided, or owes a fee that was not paid online; unknown is no mark', async () => {
    const { asOf, dossiers } = await answer(NAMES);
    expect(asOf).toBe(new Date(at.clock.now).toISOString());
    expect(Object.fromEntries(dossiers.map((one) => [nameOf(one.key), one.marks.join(' ')]))).toEqual({
      late: 'late feeNotOnline',
      today: 'dueToday feeNotOnline',
      later: '',
      noDue: '',
      unknownDue: '',
      freed: '',
      finishedLate: '',
      across: 'undecided',
      below: 'late',
    });
  });

  it('answers in the words of the domain', async () => {
    const { dossiers } = await answer(['late', 'finishedLate', 'below']);
    const of = (name: string) => dossiers.find((one) => one.key === keyOf(name));
    expect(of('late')).toEqual({
      key: keyOf('late'),
      unit: 'Xã A',
      status: 'processing',
      received: '2026-09-15',
      due: '2026-09-20T17:00',
      finished: null,
      paidBy: 'unpaid',
      marks: ['late', 'feeNotOnline'],
    });
    expect(of('finishedLate')).toMatchObject({ status: 'finished', finished: '2026-09-19', paidBy: null });
    expect(of('below')).toMatchObject({ unit: 'Trung tâm A' });
  });

  it('knows the day of Asia/Ho_Chi_Minh, not of Greenwich', async () => {
    const now = at.clock.now;
    try {
      at.clock.now = Date.parse('2026-09-21T16:59:00Z');
      expect((await answer(['today'])).dossiers[0]!.marks).toContain('dueToday');
      at.clock.now = Date.parse('2026-09-21T17:00:00Z');
      expect((await answer(['today'])).dossiers[0]!.marks).toContain('late');
      expect((await answer(['later'])).dossiers[0]!.marks).toEqual(['dueToday']);
    } finally {
      at.clock.now = now;
    }
  });

  it("only of the device's own unit and below: elsewhere looks like nowhere", async () => {
    const elsewhere = await at.device('xa-b');
    expect((await answer(NAMES, elsewhere)).dossiers.map((one) => nameOf(one.key))).toEqual(['elsewhere']);
    const centre = await at.device('tt-a');
    expect((await answer(NAMES, centre)).dossiers.map((one) => nameOf(one.key))).toEqual(['below']);
    expect((await answer(['unheard'], elsewhere)).dossiers).toEqual([]);
    expect((await answer(['late'], elsewhere)).dossiers).toEqual([]);
  });

  it('finds a dossier by any of its keys', async () => {
    const keys = [keyOf('rotated'), keyOf('rotated', '2')];
    const found = lookupAnswerSchema.parse(
      await (await asDevice(at, device)('POST', '/v1/device/lookup', { keys })).json(),
    );
    expect(found.dossiers.map((one) => one.key).sort()).toEqual(keys.sort());
  });

  it('is not for kiosks, strangers, revoked devices, old tokens, or questions of another form', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    expect(await problem(await ask(['late'], kiosk))).toMatchObject({ code: 'deviceKind' });
    expect(await problem(await ask(['late'], { ...device, keys: kiosk.keys }))).toMatchObject({
      code: 'deviceToken',
    });
    const old = await asDevice(at, device, at.clock.now - 86_400_001)('POST', '/v1/device/lookup', {
      keys: [keyOf('late')],
    });
    expect(await problem(old)).toMatchObject({ code: 'deviceClock' });
    const raw = (body: unknown) => asDevice(at, device)('POST', '/v1/device/lookup', body);
    expect((await raw({ keys: [] })).status).toBe(400);
    expect((await raw({ keys: ['H99.1-260915-0001'] })).status).toBe(400);
    expect((await raw({ keys: Array.from({ length: 501 }, (_, n) => keyOf(`${n}`)) })).status).toBe(400);
    const revoked = await at.device('xa-a');
    const admin = await at.person('provinceAdmin', null);
    await admin('POST', `/v1/devices/${revoked.id}/revoke`);
    expect((await ask(['late'], revoked)).status).toBe(403);
    expect((await admin('POST', '/v1/device/lookup', { keys: [keyOf('late')] })).status).toBe(401);
  });

  it('answers extensions across origins', async () => {
    const origin = 'chrome-extension://abcdefghijklmnop';
    const pre = await fetch(`${at.hub.url}/v1/device/lookup`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect([pre.status, pre.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
  });

  it('lib/sync asks in parts, says what went wrong by name, and is slowed down by the hub', async () => {
    const asking = await at.device('xa-a');
    const own = syncDevice(at, asking);
    const clock = () => at.clock.now;
    const many = ['late', ...Array.from({ length: 700 }, (_, n) => `x${n}`), 'today'].map((name) =>
      keyOf(name),
    );
    const found = await lookUp(own, many, { clock });
    expect(found.state === 'answer' && found.answer.dossiers.map((one) => nameOf(one.key))).toEqual([
      'late',
      'today',
    ]);
    expect(await lookUp({ ...own, hub: null }, many, { clock })).toEqual({ state: 'noHub' });
    const never = () => Promise.reject(new TypeError('offline'));
    expect(await lookUp(own, many, { clock, fetch: never })).toEqual({ state: 'offline' });
    expect(await lookUp(own, [], { clock, fetch: never })).toMatchObject({ state: 'answer' });
    const page = async () => new Response('<html>', { headers: { 'content-type': 'text/html' } });
    expect(await lookUp(own, many, { clock, fetch: page })).toEqual({ state: 'captivePortal' });
    const stranger = { ...own, key: device.keys.key };
    expect(await lookUp(stranger, many, { clock })).toEqual({ state: 'needsActivation' });
    const kiosk = syncDevice(at, await at.device('xa-a', 'kiosk'));
    expect(await lookUp(kiosk, [keyOf('late')], { clock })).toEqual({ state: 'refused' });
    expect(await lookUp(own, ['not a key'], { clock })).toEqual({ state: 'refused' });
    const liar = async () =>
      Response.json({
        asOf: new Date(at.clock.now).toISOString(),
        dossiers: [{ ...(await answer(['late'])).dossiers[0] }],
      });
    expect(await lookUp(own, [keyOf('today')], { clock, fetch: liar })).toMatchObject({
      answer: { dossiers: [] },
    });
    // A clock that is three days off, and known to be.
    expect(await lookUp(own, [keyOf('late')], { clock: () => at.clock.now - 3 * 86_400_000 })).toEqual({
      state: 'refused',
    });
    expect(
      await lookUp(own, [keyOf('late')], {
        clock: () => at.clock.now - 3 * 86_400_000,
        offset: 3 * 86_400_000,
      }),
    ).toMatchObject({ state: 'answer' });
    let result = await lookUp(own, [keyOf('late')], { clock });
    for (let n = 0; n < 70 && result.state === 'answer'; n += 1)
      result = await lookUp(own, [keyOf('late')], { clock });
    expect(result).toEqual({ state: 'busy', after: 300_000 });
    expect((await ask(['late'])).status, 'another device is not slowed down').toBe(200);
  });
});
