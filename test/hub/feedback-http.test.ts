/** The people's door to ratings and kiosks: who may read and change what, what is refused and how, and nothing too early. */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../lib/batch/index.ts';
import {
  clipsSchema,
  countersSchema,
  feedbackSchema,
  kioskSettingSchema,
  kiosksSchema,
  questionnairesSchema,
} from '../../lib/dashboard/feedback-schemas.ts';
import type { EntryDraft } from '../../lib/domain/entry.ts';
import { FACTORS, QUICK } from '../../lib/domain/questionnaires.ts';
import { releaseRatings } from '../../lib/hub/feedback/release.ts';
import type { FeedbackFigures } from '../../lib/indicators/feedback.ts';
import type {
  ClipView,
  CounterView,
  KioskSettingView,
  KioskView,
  QuestionnaireView,
} from '../../lib/indicators/kiosks.ts';
import { asDevice } from './device-calls.ts';
import {
  type Caller,
  callerOf,
  NOON,
  type TestDevice,
  type TestHub,
  type TestServer,
  testHub,
  testServer,
} from './support.ts';

const PERIOD = 'calendar:2026-M09';
const DAY = 86_400_000;
let server: TestServer;
let at: TestHub;
let admin: Caller;
let unitAdmin: Caller;
let supervisor: Caller;
let auditor: Caller;
let official: Caller;
let elsewhere: Caller;
let kiosk: TestDevice;

beforeAll(async () => {
  server = await testServer();
  at = await testHub(server);
  admin = await at.person('provinceAdmin', null);
  unitAdmin = await at.person('unitAdmin', 'xa-a');
  supervisor = await at.person('supervisor', 'xa-a');
  auditor = await at.person('auditor', null);
  official = await at.person('official', 'xa-a');
  elsewhere = await at.person('unitAdmin', 'xa-b');
  kiosk = await at.device('xa-a', 'kiosk');
});
afterAll(async () => {
  await at.close();
  await server.close();
});

const json = async <T>(answer: Promise<Response>): Promise<T> => (await (await answer).json()) as T;
const problemOf = async (answer: Promise<Response>) => {
  const found = await answer;
  return { status: found.status, ...problemSchema.parse(await found.json()).error };
};
const read = (who: Caller, unit = 'xa-a', period = PERIOD) =>
  json<FeedbackFigures>(who('GET', `/v1/feedback?unit=${unit}&period=${period}`));
const counters = async (who: Caller) =>
  (await json<{ counters: CounterView[] }>(who('GET', '/v1/counters?unit=xa-a'))).counters;
const setting = async (who: Caller, unit = 'xa-a') =>
  (await json<{ setting: KioskSettingView }>(who('GET', `/v1/kiosk-settings/${unit}`))).setting;

/** A rating of one day with a low attitude, given by a reason and maybe a comment. */
function rating(day: string, quality: number, more: object = {}): EntryDraft {
  return {
    kind: 'feedback',
    body: {
      questionnaire: 'quick@2',
      outcome: 'completed',
      answers: { quality, attitude: 5 },
      quarter: `${day}T09:15`,
      language: 'vi',
      flags: [],
      ...more,
    },
  };
}

describe('who may', () => {
  const READS = [
    `/v1/feedback?unit=xa-a&period=${PERIOD}`,
    '/v1/kiosks?unit=xa-a',
    '/v1/counters?unit=xa-a',
    '/v1/kiosk-settings/xa-a',
    '/v1/questionnaires',
    '/v1/clips',
  ];
  const CHANGES: [string, string, unknown][] = [
    ['POST', '/v1/counters', { unit: 'xa-a', name: 'Quầy thử' }],
    ['PUT', '/v1/counters/q0', { name: 'Quầy thử', isActive: false }],
    ['PUT', '/v1/devices/d0/counter', { counter: null }],
    ['PUT', '/v1/kiosk-settings/xa-a', { isOutOfService: true }],
    ['POST', `/v1/feedback/comments/${'0'.repeat(64)}/erase`, undefined],
  ];
  const PROVINCE: [string, string, unknown][] = [
    ['POST', '/v1/questionnaires', QUICK],
    ['POST', `/v1/clips/${'0'.repeat(64)}/share`, undefined],
    ['POST', `/v1/clips/${'0'.repeat(64)}/withdraw`, undefined],
  ];

  it('read: supervisors of the unit, administrators and auditors; nobody else, nowhere else', async () => {
    for (const path of READS) {
      for (const who of [supervisor, unitAdmin, admin, auditor]) {
        expect((await who('GET', path)).status, path).toBe(200);
      }
      expect((await official('GET', path)).status, path).toBe(403);
      expect((await callerOf(at.hub.url)('GET', path)).status, path).toBe(401);
      if (path.includes('xa-a')) {
        expect(await problemOf(elsewhere('GET', path)), path).toMatchObject({
          status: 403,
          code: 'outOfScope',
        });
      }
    }
  });

  it('change: administrators of the unit; the province alone decides on forms and voices', async () => {
    for (const [method, path, body] of CHANGES) {
      for (const who of [supervisor, auditor, official]) {
        expect((await who(method, path, body)).status, path).toBe(403);
      }
    }
    for (const [method, path, body] of PROVINCE) {
      for (const who of [supervisor, auditor, official, unitAdmin]) {
        expect((await who(method, path, body)).status, path).toBe(403);
      }
    }
    expect(await counters(admin)).toEqual([]);
    expect((await setting(admin)).own.isOutOfService).toBeNull();
  });

  it('not from a page of another site, nor from a form', async () => {
    for (const [method, path, body] of [...CHANGES, ...PROVINCE]) {
      const foreign = await admin(method, path, body, { origin: 'https://khac.example' });
      expect(foreign.status, path).toBe(403);
      expect((await admin(method, path, body, { 'x-nmc': '' })).status, path).toBe(403);
    }
  });
});

describe('counters and placement', () => {
  it('are added, renamed, closed and opened again within the own subtree', async () => {
    const added = await unitAdmin('POST', '/v1/counters', { unit: 'xa-a', name: '  Quầy 3 –  Đất đai ' });
    expect(added.status).toBe(201);
    const { id } = (await added.json()) as { id: string };
    expect(await counters(supervisor)).toMatchObject([
      { id, unit: 'xa-a', unitName: 'Xã A', name: 'Quầy 3 – Đất đai', isActive: true, devices: [] },
    ]);
    await unitAdmin('PUT', `/v1/counters/${id}`, { name: 'Quầy 3', isActive: false });
    expect(await counters(supervisor)).toMatchObject([{ id, name: 'Quầy 3', isActive: false }]);
    await unitAdmin('PUT', `/v1/counters/${id}`, { name: 'Quầy 3', isActive: true });
    expect(
      await problemOf(elsewhere('PUT', `/v1/counters/${id}`, { name: 'x', isActive: true })),
    ).toMatchObject({ status: 404, code: 'counterUnknown' });
    expect(await problemOf(elsewhere('POST', '/v1/counters', { unit: 'xa-a', name: 'x' }))).toMatchObject({
      status: 403,
      field: 'unit',
    });
    expect(await problemOf(unitAdmin('POST', '/v1/counters', { unit: 'xa-a', name: '' }))).toMatchObject({
      status: 400,
      field: 'name',
    });
    expect(await problemOf(unitAdmin('POST', '/v1/counters', { unit: 'xa-a', name: '   ' }))).toMatchObject({
      status: 422,
      field: 'name',
    });
  });

  it('hold kiosks and officials’ PCs of their own unit', async () => {
    const [counter] = await counters(admin);
    const pc = await at.device('xa-a');
    const other = await at.device('xa-b', 'kiosk');
    const place = (device: string, id: string | null, who = unitAdmin) =>
      who('PUT', `/v1/devices/${device}/counter`, { counter: id });
    for (const device of [kiosk.id, pc.id]) expect((await place(device, counter!.id)).status).toBe(200);
    const [placed] = await counters(supervisor);
    expect(placed!.devices.map(({ id, kind }) => [id, kind]).sort()).toEqual(
      [
        [kiosk.id, 'kiosk'],
        [pc.id, 'extension'],
      ].sort(),
    );
    expect(await problemOf(place(other.id, counter!.id))).toMatchObject({ status: 404, field: 'device' });
    expect(await problemOf(place(other.id, counter!.id, admin))).toMatchObject({
      status: 404,
      field: 'counter',
    });
    expect(await problemOf(place(kiosk.id, 'q-none'))).toMatchObject({ code: 'counterUnknown' });
    const { kiosks } = await json<{ kiosks: KioskView[] }>(supervisor('GET', '/v1/kiosks?unit=xa-a'));
    expect(kiosks).toMatchObject([{ id: kiosk.id, counter: counter!.id, counterName: 'Quầy 3', words: [] }]);
  });
});

describe('questionnaires and settings', () => {
  it('a wrong questionnaire is refused by the name of its field; a version never changes', async () => {
    const send = (body: unknown) => admin('POST', '/v1/questionnaires', body);
    const own = { ...FACTORS, id: 'tinh-thu', version: 1 };
    const wrong = { ...own, questions: [own.questions[0], { ...own.questions[0], levels: [{ vi: 'một' }] }] };
    expect(await problemOf(send(wrong))).toMatchObject({
      status: 422,
      code: 'questionnaireInvalid',
      field: 'questions.1.id',
    });
    expect(await problemOf(send({ ...own, script: 'x' }))).toMatchObject({ status: 422 });
    expect(await problemOf(send({ ...own, name: { vi: 'x'.repeat(70_000) } }))).toMatchObject({
      status: 413,
    });
    expect((await send(own)).status).toBe(201);
    expect((await send(own)).status).toBe(200);
    expect(await problemOf(send({ ...own, comment: 'never' }))).toMatchObject({
      status: 409,
      code: 'questionnaireVersion',
    });
    const { questionnaires } = await json<{ questionnaires: QuestionnaireView[] }>(
      supervisor('GET', '/v1/questionnaires'),
    );
    expect(questionnaires.map(({ ref, origin }) => [ref, origin])).toEqual([
      ['quick@2', 'shipped'],
      ['factors@1', 'shipped'],
      ['tinh-thu@1', 'hub'],
    ]);
  });

  it('what the province says holds below until a unit says otherwise', async () => {
    const put = (who: Caller, unit: string, body: unknown) => who('PUT', `/v1/kiosk-settings/${unit}`, body);
    await put(admin, 'tinh', { questionnaire: 'tinh-thu@1', rules: { interval: { perQuarter: 7 } } });
    const before = (await setting(supervisor)).inForce;
    expect(before.questionnaire).toEqual({ value: 'tinh-thu@1', from: { id: 'tinh', name: 'Tỉnh Thử' } });
    expect(before.rules.interval).toEqual({ value: { perQuarter: 7 }, from: before.questionnaire.from });
    expect((await put(unitAdmin, 'xa-a', { questionnaire: 'quick@2', isOutOfService: true })).status).toBe(
      200,
    );
    const own = await setting(supervisor);
    expect(own.own).toMatchObject({ questionnaire: 'quick@2', isOutOfService: true, rules: {} });
    expect(own.inForce.isOutOfService).toMatchObject({ value: true, from: { id: 'xa-a' } });
    await put(unitAdmin, 'xa-a', { isOutOfService: null });
    expect((await setting(supervisor)).inForce.isOutOfService).toEqual({ value: false, from: null });
    expect((await setting(supervisor)).own.questionnaire).toBe('quick@2');
    expect(
      await problemOf(put(unitAdmin, 'xa-a', { rules: { series: { count: 1, quarters: 2 } } })),
    ).toMatchObject({ status: 422, code: 'rulesInvalid', field: 'rules.series.count' });
    expect(await problemOf(put(unitAdmin, 'xa-a', { questionnaire: 'none@1' }))).toMatchObject({
      status: 422,
      field: 'questionnaire',
    });
    expect(await problemOf(put(unitAdmin, 'xa-b', { isOutOfService: true }))).toMatchObject({ status: 403 });
    expect(await problemOf(put(unitAdmin, 'xa-a', { outOfService: true }))).toMatchObject({ status: 400 });
  });
});

describe('recorded phrases', () => {
  it('are listened to, shared by the province, and withdrawn', async () => {
    const content = Buffer.concat([Buffer.from('1a45dfa3', 'hex'), randomBytes(40)]);
    const body = {
      language: 'hmn',
      phrase: 'ui.attractTitle',
      mime: 'audio/webm',
      content: content.toString('base64'),
    };
    const sent = await asDevice(at, kiosk)('POST', '/v1/device/clips', body);
    expect(sent.status).toBe(201);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const list = async () => (await json<{ clips: ClipView[] }>(admin('GET', '/v1/clips'))).clips;
    expect(await list()).toMatchObject([{ sha256, language: 'hmn', stage: 'proposed', bytes: 44 }]);
    const heard = await supervisor('GET', `/v1/clips/${sha256}`);
    expect(heard.headers.get('content-type')).toBe('audio/webm');
    expect(heard.headers.get('cache-control')).toContain('no-store');
    expect(heard.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await heard.arrayBuffer()).equals(content)).toBe(true);
    await admin('POST', `/v1/clips/${sha256}/share`);
    expect(await list()).toMatchObject([{ stage: 'shared' }]);
    await admin('POST', `/v1/clips/${sha256}/withdraw`);
    expect(await list()).toMatchObject([{ stage: 'withdrawn' }]);
    for (const unknown of ['0'.repeat(64), 'x']) {
      expect((await supervisor('GET', `/v1/clips/${unknown}`)).status).toBe(404);
      expect((await admin('POST', `/v1/clips/${unknown}/share`)).status).toBe(404);
    }
  });
});

describe('ratings', () => {
  const comment = () => {
    const [salt, text] = [randomBytes(16), 'Chờ lâu quá'];
    const hash = createHash('sha256').update(salt).update(text).digest('hex');
    return { hash, salt: salt.toString('base64url'), text };
  };

  it('are seen from the next working day on, five at a time; a comment is erased for ever', async () => {
    const words = comment();
    kiosk.append(
      rating('2026-09-21', 1, { reasons: ['slow'], comment: words.hash }),
      ...[3, 4, 5, 5].map((quality) => rating('2026-09-21', quality)),
    );
    await kiosk.receipt();
    await asDevice(at, kiosk)('POST', '/v1/device/comments', { comments: [words] });
    const before = await read(supervisor);
    expect([before.released, before.cells, before.comments]).toEqual([0, [], []]);
    expect(await problemOf(unitAdmin('POST', `/v1/feedback/comments/${words.hash}/erase`))).toMatchObject({
      status: 404,
      code: 'commentUnknown',
    });

    await releaseRatings(at.hub.db, NOON + DAY);
    const after = await read(supervisor);
    expect(after.released).toBe(5);
    expect(after.cells).toMatchObject([
      { n: 5, counterName: 'Quầy 3', levels: { quality: [1, 0, 1, 1, 2] }, reasons: { slow: 1 } },
    ]);
    expect(after.rates).toMatchObject([{ ratings: 5, denominator: null }]);
    expect(after.comments).toMatchObject([{ hash: words.hash, text: words.text }]);
    expect(JSON.stringify(after)).not.toContain(kiosk.id);
    expect(JSON.stringify(after)).not.toContain('09:15');

    expect((await elsewhere('POST', `/v1/feedback/comments/${words.hash}/erase`)).status).toBe(404);
    expect((await unitAdmin('POST', `/v1/feedback/comments/${words.hash}/erase`)).status).toBe(200);
    expect((await unitAdmin('POST', `/v1/feedback/comments/${words.hash}/erase`)).status).toBe(200);
    expect((await read(supervisor)).comments).toMatchObject([{ text: null, isErased: true }]);
    await asDevice(at, kiosk)('POST', '/v1/device/comments', { comments: [words] });
    expect((await read(supervisor)).comments).toMatchObject([{ text: null, isErased: true }]);
  });

  it('need a known period and a unit in sight', async () => {
    expect(await problemOf(supervisor('GET', '/v1/feedback?unit=xa-a&period=2026'))).toMatchObject({
      status: 400,
      field: 'period',
    });
    expect(await problemOf(supervisor('GET', `/v1/feedback?unit=tinh&period=${PERIOD}`))).toMatchObject({
      status: 403,
    });
  });

  it('and everything else have the form the dashboard reads', async () => {
    const answers: [string, { safeParse: (raw: unknown) => { success: boolean; error?: unknown } }][] = [
      [`/v1/feedback?unit=tinh&period=${PERIOD}`, feedbackSchema],
      ['/v1/kiosks?unit=tinh', kiosksSchema],
      ['/v1/counters?unit=tinh', countersSchema],
      ['/v1/kiosk-settings/xa-a', kioskSettingSchema],
      ['/v1/questionnaires', questionnairesSchema],
      ['/v1/clips', clipsSchema],
    ];
    for (const [path, schema] of answers) {
      const body = await json<object>(admin('GET', path));
      const parsed = schema.safeParse(body);
      expect(parsed.error, path).toBeUndefined();
      expect((parsed as { data?: unknown }).data, path).toEqual(body);
    }
  });
});
