/** What kiosks are told, and what they hand in beside batches: comments and recorded phrases (DESIGN §9, §11). */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type DeviceConfig,
  KIOSK_LIMITS,
  problemSchema,
  verifyCommentsReceipt,
  verifyConfig,
} from '../../lib/batch/index.ts';
import { parsePeriod } from '../../lib/domain/period.ts';
import { questionnaireRef } from '../../lib/domain/questionnaire.ts';
import { FACTORS, QUICK } from '../../lib/domain/questionnaires.ts';
import {
  decideClip,
  eraseComment,
  listClips,
  listKiosks,
  listQuestionnaires,
  placeDevice,
  readFeedback,
  readKioskSetting,
  saveCounter,
  saveKioskSetting,
  saveQuestionnaire,
} from '../../lib/hub/feedback/index.ts';
import { releaseRatings } from '../../lib/hub/feedback/release.ts';
import { makeLinks } from '../../lib/hub/public/links.ts';
import { asDevice } from './device-calls.ts';
import { NOON, type TestDevice, type TestHub, type TestServer, testHub, testServer } from './support.ts';

let server: TestServer;
let at: TestHub;
const actor = { id: 'test', scope: '*' } as const;
const local = { id: 'test', scope: 'xa-a' } as const;
const logged: string[] = [];

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  logged.length = 0;
  at = await testHub(
    server,
    { publicUrl: 'https://motcua.example.gov.vn' },
    {
      log: (level, event, fields) => logged.push(JSON.stringify([level, event, fields])),
    },
  );
});
afterEach(() => at.close());

const pull = (device: TestDevice, etag?: string) =>
  asDevice(at, device)('GET', '/v1/device/config', undefined, etag ? { 'if-none-match': etag } : {});
async function config(device: TestDevice): Promise<DeviceConfig> {
  return verifyConfig(await (await pull(device)).text(), at.hub.keys.config.jwk);
}
const codeOf = async (answer: Response) => [
  answer.status,
  problemSchema.parse(await answer.json()).error.code,
];

describe('the configuration of a kiosk', () => {
  it('says the counters of its unit, the questionnaire of the nearest unit that names one, and rises with each change', async () => {
    const { db } = at.hub;
    const [kiosk, below, elsewhere, pc] = [
      await at.device('xa-a', 'kiosk'),
      await at.device('tt-a', 'kiosk'),
      await at.device('xa-b', 'kiosk'),
      await at.device('xa-a'),
    ];
    const first = await config(kiosk);
    expect(first).toMatchObject({
      ...{ counters: [], clips: [], kiosk: { isOutOfService: false } },
      questionnaire: { id: 'quick', version: QUICK.version },
    });
    expect(await config(pc)).toMatchObject({ questionnaire: null, counters: [] });

    const saved = await saveCounter(db, local, { id: null, unit: 'xa-a', name: '  Quầy   1 ' }, NOON);
    const id = saved.ok ? saved.value.id : '';
    const second = await config(kiosk);
    expect(second.counters).toEqual([{ id, name: 'Quầy 1' }]);
    expect((await config(below)).counters).toEqual([]);
    expect(second.version).toBe(first.version + 1);

    const own = { ...FACTORS, id: 'rieng', version: 3 };
    expect(await saveQuestionnaire(db, actor, own, NOON)).toEqual({
      ok: true,
      value: { ref: 'rieng@3', isNew: true },
    });
    const ask = (unit: string, questionnaire: string | null) =>
      saveKioskSetting(db, actor, unit, { questionnaire }, NOON);
    expect((await ask('tinh', questionnaireRef(FACTORS))).ok).toBe(true);
    expect((await ask('xa-a', 'rieng@3')).ok).toBe(true);
    const named = async () =>
      (await Promise.all([kiosk, below, elsewhere].map(config))).map(
        (one) => (one.questionnaire as { id: string }).id,
      );
    expect(await named()).toEqual(['rieng', 'rieng', 'factors']);
    expect((await ask('xa-a', null)).ok).toBe(true);
    expect(await named()).toEqual(['factors', 'factors', 'factors']);
    expect(await ask('xa-a', 'khong-co@1')).toMatchObject({ ok: false, code: 'questionnaireUnknown' });

    await saveKioskSetting(db, actor, 'xa-a', { isOutOfService: true, rules: { idleSeconds: 45 } }, NOON);
    await saveKioskSetting(db, actor, 'tt-a', { isOutOfService: false }, NOON);
    expect((await config(kiosk)).kiosk).toEqual({ isOutOfService: true, idleSeconds: 45 });
    expect((await config(below)).kiosk).toEqual({ isOutOfService: false, idleSeconds: 45 });
    expect(await readKioskSetting(db, 'xa-a', 'tt-a')).toMatchObject({
      own: { questionnaire: null, isOutOfService: false, rules: {} },
      inForce: {
        questionnaire: { value: 'factors@1', from: { id: 'tinh', name: 'Tỉnh Thử' } },
        isOutOfService: { value: false, from: { id: 'tt-a' } },
        rules: { idleSeconds: { value: 45, from: { id: 'xa-a' } }, series: { from: null } },
      },
    });
  });

  it('is signed once for the kiosks of a unit, and an unchanged one is not sent again', async () => {
    const [a, b, elsewhere] = [
      await at.device('xa-a', 'kiosk'),
      await at.device('xa-a', 'kiosk'),
      await at.device('xa-b', 'kiosk'),
    ];
    const [mine, theirs, others] = await Promise.all([a, b, elsewhere].map((one) => pull(one)));
    expect(await mine!.text()).toBe(await theirs!.text());
    expect(mine!.headers.get('etag')).not.toBe(others!.headers.get('etag'));
    const etag = mine!.headers.get('etag')!;
    expect((await pull(b, etag)).status).toBe(304);
    await saveCounter(at.hub.db, actor, { id: null, unit: 'xa-b', name: 'Quầy 9' }, NOON);
    expect((await pull(b, etag)).status).toBe(200);
  });

  it('is one text for all that ask in the moment of a change', async () => {
    const kiosks = await Promise.all(Array.from({ length: 6 }, () => at.device('xa-a', 'kiosk')));
    for (let round = 0; round < 5; round += 1) {
      await saveCounter(at.hub.db, actor, { id: null, unit: 'xa-a', name: `Quầy ${round}` }, NOON);
      const texts = await Promise.all(kiosks.map(async (one) => (await pull(one)).text()));
      expect(new Set(texts).size).toBe(1);
    }
  });

  it('shows the code of its counter for phones as soon as there is one, and no more when it is revoked', async () => {
    const { db } = at.hub;
    const kiosk = await at.device('xa-a', 'kiosk');
    const saved = await saveCounter(db, actor, { id: null, unit: 'xa-a', name: 'Quầy 1' }, NOON);
    const counter = saved.ok ? saved.value.id : '';
    await placeDevice(db, local, { device: kiosk.id, counter }, NOON);
    const before = await config(kiosk);
    expect(before.kiosk).not.toHaveProperty('phoneUrl');
    const link = await makeLinks(
      db,
      at.hub.secrets,
      { kind: 'counter', unit: 'xa-a', counter, origins: [], quota: null, days: 30, count: 1 },
      'test',
      NOON,
    );
    const after = await config(kiosk);
    expect(after.version).toBeGreaterThan(before.version);
    expect(after.kiosk?.phoneUrl).toBe(`https://motcua.example.gov.vn${link!.paths[0]}`);
  });

  it('refuses what is out of reach or malformed, and keeps the last good questionnaire in force', async () => {
    const { db } = at.hub;
    const kiosk = await at.device('xa-b', 'kiosk');
    const saved = await saveCounter(db, actor, { id: null, unit: 'xa-a', name: 'Quầy 1' }, NOON);
    const counter = saved.ok ? saved.value.id : '';
    expect(await placeDevice(db, local, { device: kiosk.id, counter }, NOON)).toMatchObject({
      code: 'device',
    });
    expect(await placeDevice(db, actor, { device: kiosk.id, counter }, NOON)).toMatchObject({
      code: 'counterUnknown',
    });
    expect(await saveCounter(db, local, { id: null, unit: 'xa-b', name: 'x' }, NOON)).toMatchObject({
      code: 'outOfScope',
    });
    expect(await saveCounter(db, local, { id: counter, name: '   ' }, NOON)).toMatchObject({
      code: 'invalid',
    });
    expect(await saveKioskSetting(db, local, 'xa-b', { isOutOfService: true }, NOON)).toMatchObject({
      code: 'outOfScope',
    });
    expect(await saveKioskSetting(db, local, 'xa-a', { rules: { interval: {} } }, NOON)).toMatchObject({
      code: 'rulesInvalid',
      field: 'rules.interval.perQuarter',
    });
    const broken = { ...QUICK, id: 'hong', questions: [] };
    expect(await saveQuestionnaire(db, actor, broken, NOON)).toMatchObject({
      code: 'questionnaireInvalid',
      field: 'questions',
    });
    const twisted = { ...QUICK, maxReasons: 1 };
    expect(await saveQuestionnaire(db, actor, twisted, NOON)).toMatchObject({ code: 'questionnaireVersion' });
    const own = { ...QUICK, id: 'rieng', version: 1 };
    await saveQuestionnaire(db, actor, own, NOON);
    expect(await saveQuestionnaire(db, actor, own, NOON)).toMatchObject({ value: { isNew: false } });
    expect(await saveQuestionnaire(db, actor, { ...own, comment: 'never' }, NOON)).toMatchObject({
      code: 'questionnaireVersion',
    });
    expect((await listQuestionnaires(db, 'xa-a')).map((one) => [one.ref, one.origin])).toEqual([
      [questionnaireRef(QUICK), 'shipped'],
      [questionnaireRef(FACTORS), 'shipped'],
      ['rieng@1', 'hub'],
    ]);
    expect((await config(kiosk)).questionnaire).toMatchObject({ id: 'quick', maxReasons: 2 });
  });
});

const commentOf = (text: string) => {
  const salt = randomBytes(16);
  const hash = createHash('sha256').update(salt).update(text.normalize('NFC')).digest('hex');
  return { hash, salt: salt.toString('base64url'), text };
};

describe('comments', () => {
  const SECRET = 'Bà Trần Thị Bí Mật 0912345678';

  async function handIn(kiosk: TestDevice, comments: unknown[]) {
    const answer = await asDevice(at, kiosk)('POST', '/v1/device/comments', { comments });
    expect(answer.status).toBe(200);
    return verifyCommentsReceipt(await answer.text(), at.hub.keys.receipts.jwk);
  }
  const rate = (kiosk: TestDevice, comment?: string) =>
    kiosk.append({
      kind: 'feedback',
      body: {
        ...{
          questionnaire: 'quick@2',
          outcome: 'completed',
          answers: { quality: 2 },
          quarter: '2026-09-18T09:00',
        },
        ...{ language: 'vi', flags: [], ...(comment === undefined ? {} : { comment }) },
      },
    });
  const read = async () =>
    (await readFeedback(at.hub.db, 'xa-a', {
      unit: 'xa-a',
      period: parsePeriod('day:2026-09-18')!,
      now: NOON,
    }))!;

  it('are kept once, answered by a signed list, read only after their release, and erased for good', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    const comment = commentOf(`${SECRET} chờ lâu`);
    const wrong = { ...commentOf('khác'), text: 'đổi lời' };
    expect(await handIn(kiosk, [comment, wrong])).toEqual({
      ...{ typ: 'nmc-comments', device: kiosk.id, kept: [comment.hash], time: new Date(NOON).toISOString() },
    });
    rate(kiosk, comment.hash);
    await kiosk.receipt();
    expect(await eraseComment(at.hub.db, local, comment.hash, NOON), 'nobody sees it yet').toBe(false);
    for (let n = 0; n < 4; n++) rate(kiosk);
    await kiosk.receipt();
    await releaseRatings(at.hub.db, NOON);
    expect((await read()).comments).toMatchObject([
      { hash: comment.hash, text: comment.text, isErased: false, answers: { quality: 2 }, unitName: 'Xã A' },
    ]);
    expect(await eraseComment(at.hub.db, { id: 'test', scope: 'xa-b' }, comment.hash, NOON)).toBe(false);
    expect(await eraseComment(at.hub.db, local, comment.hash, NOON)).toBe(true);
    expect(await eraseComment(at.hub.db, local, comment.hash, NOON)).toBe(true);
    expect((await handIn(kiosk, [comment])).kept, 'the device may forget it').toEqual([comment.hash]);
    expect((await read()).comments).toMatchObject([{ hash: comment.hash, text: null, isErased: true }]);
    const traces = await at.hub.db.tx({ role: 'ingest' }, (query) =>
      query('SELECT salt, text FROM visit_comment WHERE hash = $1', [comment.hash]),
    );
    expect(traces).toEqual([{ salt: null, text: null }]);
    const audit = await at.hub.db.tx({ role: 'owner' }, (query) => query('SELECT * FROM audit'));
    expect(JSON.stringify(audit)).toContain(comment.hash);
    expect(JSON.stringify([audit, logged])).not.toContain('Bí Mật');
  });

  it('a text typed with combining marks is the same text', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    const comment = commentOf('Rất tốt, cảm ơn'.normalize('NFD'));
    expect((await handIn(kiosk, [comment])).kept).toEqual([comment.hash]);
  });

  it('only kiosks hand them in, within bounds, and a refusal repeats no word of them', async () => {
    const [kiosk, pc] = [await at.device('xa-a', 'kiosk'), await at.device('xa-a')];
    const post = (by: TestDevice, comments: unknown[]) =>
      asDevice(at, by)('POST', '/v1/device/comments', { comments });
    expect(await codeOf(await post(pc, [commentOf('x')]))).toEqual([403, 'kioskOnly']);
    const long = commentOf(`${SECRET}${'x'.repeat(KIOSK_LIMITS.commentCharacters)}`);
    const answer = await post(kiosk, [long]);
    const text = await answer.clone().text();
    expect(await codeOf(answer)).toEqual([400, 'invalid']);
    expect(text).not.toContain('Bí Mật');
    expect(
      await codeOf(
        await post(
          kiosk,
          Array.from({ length: 51 }, () => commentOf('x')),
        ),
      ),
    ).toEqual([400, 'invalid']);
    expect(logged.join('\n')).not.toContain('Bí Mật');
    for (let n = 0; n < 118; n++) await post(kiosk, []);
    const last = await post(kiosk, [commentOf('x')]);
    expect([last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([429, true]);
  });
});

describe('recorded phrases', () => {
  const wave = (n: number, size = 64) => {
    const bytes = Buffer.alloc(size, n);
    bytes.write('RIFF', 0, 'latin1');
    bytes.write('WAVE', 8, 'latin1');
    return bytes;
  };
  const propose = (kiosk: TestDevice, bytes: Buffer, over: object = {}) =>
    asDevice(at, kiosk)('POST', '/v1/device/clips', {
      ...{
        language: 'tha',
        phrase: 'screen.thanks',
        mime: 'audio/wav',
        content: bytes.toString('base64'),
        ...over,
      },
    });
  const shaOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  it('reach the kiosks when the province shares them, one per phrase, and leave when withdrawn', async () => {
    const { db } = at.hub;
    const kiosk = await at.device('xa-a', 'kiosk');
    const [first, second] = [wave(1), wave(2)];
    for (const bytes of [first, first, second]) {
      const answer = await propose(kiosk, bytes);
      expect([answer.status, await answer.json()]).toEqual([201, { sha256: shaOf(bytes) }]);
    }
    expect((await config(kiosk)).clips).toEqual([]);
    expect(await listClips(db, '*')).toMatchObject([
      { stage: 'proposed', unitName: 'Xã A' },
      { stage: 'proposed' },
    ]);
    expect(await listClips(db, 'xa-b')).toMatchObject([{ unitName: '' }, { unitName: '' }]);
    expect((await decideClip(db, actor, shaOf(first), 'shared', NOON)).ok).toBe(true);
    const shared = (bytes: Buffer) => [
      { language: 'tha', phrase: 'screen.thanks', sha256: shaOf(bytes), mime: 'audio/wav', bytes: 64 },
    ];
    expect((await config(kiosk)).clips).toEqual(shared(first));
    const got = await asDevice(at, kiosk)('GET', `/v1/device/clips/${shaOf(first)}`);
    expect([got.headers.get('content-type'), Buffer.from(await got.arrayBuffer())]).toEqual([
      'audio/wav',
      first,
    ]);
    await decideClip(db, actor, shaOf(second), 'shared', NOON);
    expect((await config(kiosk)).clips).toEqual(shared(second));
    await decideClip(db, actor, shaOf(second), 'withdrawn', NOON);
    expect((await config(kiosk)).clips).toEqual([]);
    expect(await decideClip(db, actor, 'f'.repeat(64), 'shared', NOON)).toMatchObject({
      code: 'clipUnknown',
    });
  });

  it('are refused when they are not what they say, too large, or from no kiosk', async () => {
    const [kiosk, pc] = [await at.device('xa-a', 'kiosk'), await at.device('xa-a')];
    expect(await codeOf(await propose(kiosk, wave(1), { mime: 'audio/webm' }))).toEqual([422, 'clipInvalid']);
    expect(await codeOf(await propose(kiosk, Buffer.from('<script>'), {}))).toEqual([422, 'clipInvalid']);
    const most = wave(1, KIOSK_LIMITS.clipBytes);
    expect((await propose(kiosk, most)).status).toBe(201);
    const over = await propose(kiosk, wave(1, KIOSK_LIMITS.clipBytes + 3));
    expect([400, 413]).toContain(over.status);
    expect(await codeOf(await propose(pc, wave(1)))).toEqual([403, 'kioskOnly']);
    const none = await asDevice(at, kiosk)('GET', `/v1/device/clips/${'0'.repeat(64)}`);
    expect(await codeOf(none)).toEqual([404, 'clipUnknown']);
  });
});

describe('kiosks', () => {
  it('are listed with their latest word on each topic, whatever order it comes in', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    const say = (topic: string, state: string) => {
      at.clock.now += 1_000;
      kiosk.append({ kind: 'health', body: { topic, state, detail: { persisted: true, quotaMb: 10 } } });
    };
    say('kiosk', 'notCommissioned');
    say('update', 'version');
    say('kiosk', 'commissioned');
    await kiosk.receipt(3, 3);
    await kiosk.receipt(1, 2);
    const [seen, ...rest] = await listKiosks(at.hub.db, 'xa-a', 'xa-a');
    expect(rest).toEqual([]);
    expect(seen).toMatchObject({
      id: kiosk.id,
      unit: { id: 'xa-a' },
      status: 'active',
      counter: null,
      unsent: 0,
    });
    expect(seen!.words).toEqual([
      {
        topic: 'kiosk',
        state: 'commissioned',
        at: new Date(NOON + 3_000).toISOString(),
        detail: { persisted: true, quotaMb: 10 },
      },
      {
        topic: 'update',
        state: 'version',
        at: new Date(NOON + 2_000).toISOString(),
        detail: { persisted: true, quotaMb: 10 },
      },
    ]);
    expect(await listKiosks(at.hub.db, 'xa-b', 'xa-a')).toEqual([]);
  });
});
