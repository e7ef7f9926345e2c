/** Codes for citizens' phones: made, printed, answered once or often, refused in plain words; nothing personal in logs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUICK } from '../../lib/domain/questionnaires.ts';
import { makeLog } from '../../lib/hub/log.ts';
import { counterPath } from '../../lib/hub/public/links.ts';
import {
  type Caller,
  callerOf,
  NOON,
  type TestHub,
  type TestServer,
  testHub,
  testServer,
} from './support.ts';

const DAY = 86_400_000;
const REF = `${QUICK.id}@${QUICK.version}`;
const FORM = '<!doctype html><title>Form</title><div id="app" data-form=""></div>';

let server: TestServer;
let home: TestHub;
let web: string;
let admin: Caller;
let citizen: Caller;
const lines: string[] = [];
let made = 0;
const pageId = () => {
  made += 1;
  return `page-${String(made).padStart(20, '0')}`;
};
/** At another time, then back: sessions end by the clock, so nobody is signed in meanwhile. */
async function at<T>(time: number, work: () => Promise<T>): Promise<T> {
  home.clock.now = time;
  const found = await work();
  home.clock.now = NOON;
  return found;
}

beforeAll(async () => {
  server = await testServer();
  web = mkdtempSync(join(tmpdir(), 'nmc-web-'));
  mkdirSync(join(web, 'form'));
  writeFileSync(join(web, 'form/index.html'), FORM);
  home = await testHub(
    server,
    { web },
    {
      log: makeLog(
        (line) => lines.push(line),
        () => NOON,
      ),
    },
  );
  admin = await home.person('unitAdmin', 'xa-a');
  citizen = callerOf(home.hub.url);
  await sql(`INSERT INTO counter (province, id, unit, name) VALUES ($1, 'q1', 'tt-a', 'Quầy số 1')`, [
    home.hub.db.province,
  ]);
});
afterAll(async () => {
  await home?.close();
  await server?.close();
  rmSync(web, { recursive: true, force: true });
});

function sql<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return home.hub.db.tx({ role: 'owner' }, (query) => query<Row>(text, values));
}

async function link(
  over: Record<string, unknown> = {},
): Promise<{ id: string; tokens: string[]; urls: string[] }> {
  const answer = await admin('POST', '/v1/feedback-links', {
    kind: 'counter',
    unit: 'tt-a',
    counter: 'q1',
    ...over,
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
  const { id, urls } = (await answer.json()) as { id: string; urls: string[] };
  return { id, urls, tokens: urls.map((url) => url.split('/').at(-1)!) };
}

function rate(token: string, over: Record<string, unknown> = {}, caller = citizen) {
  const answer = {
    token,
    id: pageId(),
    questionnaire: REF,
    language: 'vi',
    answers: { quality: 5, attitude: 4 },
  };
  return caller('POST', '/v1/public/feedback', { ...answer, reasons: [], comment: '', ...over });
}

async function codeOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { error: { code: string } }).error.code;
}

describe('a code', () => {
  it('is made by unit admins in their own subtree only, and its token is kept nowhere', async () => {
    const supervisor = await home.person('supervisor', 'xa-a');
    const wanted = { kind: 'counter', unit: 'tt-a', counter: 'q1' };
    expect((await supervisor('POST', '/v1/feedback-links', wanted)).status).toBe(403);
    expect((await admin('POST', '/v1/feedback-links', { ...wanted, unit: 'xa-b' })).status).toBe(403);
    expect((await admin('POST', '/v1/feedback-links', { ...wanted, counter: 'q9' })).status).toBe(400);
    expect((await citizen('GET', '/v1/feedback-links')).status).toBe(401);
    const { id, tokens } = await link();
    const rows = await sql(`SELECT l::text AS row FROM feedback_link l WHERE id = $1`, [id]);
    expect(JSON.stringify(rows)).not.toContain(tokens[0]);
    const listed = (await (await supervisor('GET', '/v1/feedback-links')).json()) as {
      links: { id: string }[];
    };
    expect(listed.links.map((one) => one.id)).toContain(id);
    expect(JSON.stringify(listed)).not.toContain(tokens[0]);
  });

  it('is printed again with the same address, without script, under a policy that allows its style only', async () => {
    const { id, urls } = await link();
    const sheet = await admin('GET', `/v1/feedback-links/sheet?id=${id}`);
    const html = await sheet.text();
    expect(html).toContain(urls[0]);
    expect(html).toContain('Quầy số 1');
    expect(html).not.toContain('<script');
    expect(sheet.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const other = await home.person('unitAdmin', 'xa-b');
    expect((await other('GET', `/v1/feedback-links/sheet?id=${id}`)).status).toBe(404);
    const printed = await sql(`SELECT 1 FROM audit WHERE action = 'printFeedbackLinks' AND object = $1`, [
      id,
    ]);
    expect(printed).toHaveLength(1);
  });

  it('of receipts: each sticker has its own token, twelve to a page', async () => {
    const { id, tokens } = await link({ kind: 'receipt', count: 13 });
    expect(new Set(tokens).size).toBe(13);
    const html = await (await admin('GET', `/v1/feedback-links/sheet?id=${id}`)).text();
    expect(html.match(/class="sticker"/g)).toHaveLength(13);
    expect(html.match(/class="page stickers"/g)).toHaveLength(2);
  });

  it('is found for a kiosk by its counter', async () => {
    const { urls } = await link({ days: 400 });
    const { db, secrets } = home.hub;
    const place = { unit: 'tt-a', counter: 'q1' };
    const path = await db.tx({ role: 'ingest' }, (query) =>
      counterPath(query, db.province, secrets, place, NOON),
    );
    expect(urls[0]).toContain(path!);
    const far = { unit: 'xa-b', counter: null };
    expect(
      await db.tx({ role: 'ingest' }, (query) => counterPath(query, db.province, secrets, far, NOON)),
    ).toBeNull();
  });
});

describe('the page behind a code', () => {
  it('carries the unit, the counter and the questionnaire, and no other page may frame it', async () => {
    const { tokens } = await link();
    const answer = await citizen('GET', `/danh-gia/${tokens[0]}`);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain('Trung tâm A');
    expect(html).toContain('&quot;state&quot;:&quot;open&quot;');
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('says unknown, expired, revoked and used apart', async () => {
    const stateAt = async (token: string) =>
      /state&quot;:&quot;(\w+)/.exec(await (await citizen('GET', `/danh-gia/${token}`)).text())?.[1];
    expect(await stateAt('A'.repeat(22))).toBe('unknown');
    const old = await link({ days: 1 });
    const gone = await link();
    await admin('POST', `/v1/feedback-links/${gone.id}/revoke`);
    const receipt = await link({ kind: 'receipt' });
    await rate(receipt.tokens[0]!);
    const { states, refusals } = await at(NOON + 2 * DAY, async () => ({
      states: [
        await stateAt(old.tokens[0]!),
        await stateAt(gone.tokens[0]!),
        await stateAt(receipt.tokens[0]!),
      ],
      refusals: [await rate(old.tokens[0]!), await rate(gone.tokens[0]!)],
    }));
    expect(states).toEqual(['expired', 'revoked', 'used']);
    expect(refusals.map(({ status }) => status)).toEqual([410, 410]);
    expect(await codeOf(refusals[0]!)).toBe('linkExpired');
    expect(await codeOf(refusals[1]!)).toBe('linkRevoked');
  });

  it('of a widget stands in the frames of its own sites only, with an origin of its own', async () => {
    const bare = await admin('POST', '/v1/feedback-links', { kind: 'widget', unit: 'tt-a' });
    expect(await codeOf(bare)).toBe('origins');
    const { tokens, urls } = await link({ kind: 'widget', origins: ['https://cong.example.vn'] });
    expect(urls[0]).toContain('/widget/');
    const answer = await citizen('GET', `/widget/${tokens[0]}`);
    const policy = answer.headers.get('content-security-policy')!;
    expect(policy).toContain('frame-ancestors https://cong.example.vn; sandbox allow-scripts');
    expect((await citizen('GET', `/danh-gia/${tokens[0]}`)).status).toBe(404);
    const { tokens: phone } = await link();
    const wrong = await citizen('GET', `/widget/${phone[0]}`);
    expect(wrong.status).toBe(404);
    expect(wrong.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});

describe('an answer', () => {
  it('becomes a visit of its own source, once however often it is sent', async () => {
    const { tokens } = await link();
    const id = pageId();
    const wanted = {
      id,
      answers: { quality: 2, attitude: 4 },
      reasons: ['slow'],
      comment: '  Chờ\u0000 lâu qua\u0323 <b>!  ',
    };
    const answers = await Promise.all([1, 2, 3, 4].map(() => rate(tokens[0]!, wanted)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const visits = await sql<{ comment: string; seq: number; source: string; quarter: number }>(
      `SELECT * FROM visit WHERE device = '@phone' AND answers = '{"quality":2,"attitude":4}' AND 'slow' = ANY (reasons)`,
    );
    expect(visits).toHaveLength(1);
    expect(visits[0]).toMatchObject({
      source: 'phone',
      unit: 'tt-a',
      counter: 'q1',
      day: '2026-09-21',
      quarter: 40,
    });
    const comments = await sql<{ text: string; received_at: string }>(
      `SELECT * FROM visit_comment WHERE hash = $1`,
      [visits[0]!.comment],
    );
    expect(comments[0]!.text).toBe('Chờ lâu quạ <b>!');
    expect(comments[0]!.received_at).toBe('2026-09-20T17:00:00.000Z');
  });

  it('that does not fit the questionnaire is refused by field', async () => {
    const { tokens } = await link();
    const fieldOf = async (over: Record<string, unknown>) => {
      const answer = await rate(tokens[0]!, over);
      return [answer.status, ((await answer.json()) as { error?: { field: string } }).error?.field];
    };
    expect(await fieldOf({ answers: { quality: 5 } })).toEqual([400, 'answers']);
    expect(await fieldOf({ answers: { quality: 5, attitude: 6 } })).toEqual([400, 'answers']);
    expect(await fieldOf({ answers: { quality: 5, attitude: 5, other: 1 } })).toEqual([400, 'answers']);
    expect(await fieldOf({ reasons: ['slow'] })).toEqual([400, 'reasons']);
    expect(await fieldOf({ answers: { quality: 1, attitude: 5 }, reasons: ['slow', 'slow'] })).toEqual([
      400,
      'reasons',
    ]);
    expect(await fieldOf({ comment: 'Tốt' })).toEqual([400, 'comment']);
    expect(await fieldOf({ questionnaire: 'none@1' })).toEqual([400, 'questionnaire']);
    expect(await fieldOf({ id: 'short' })).toEqual([400, 'id']);
    expect((await rate('B'.repeat(22))).status).toBe(404);
    const large = await citizen('POST', '/v1/public/feedback', {
      token: tokens[0],
      comment: 'a'.repeat(20_000),
    });
    expect(large.status).toBe(413);
  });

  it('of a receipt is one: of many at once exactly one is kept', async () => {
    const { tokens } = await link({ kind: 'receipt', count: 1 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => rate(tokens[0]!)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.find(({ status }) => status !== 201)!;
    expect(await codeOf(refused)).toBe('linkUsed');
  });

  it('past the number of a quarter-hour is kept and flagged, never lost', async () => {
    const { tokens } = await link({ counter: null });
    home.clock.now = NOON + 900_000;
    for (let n = 0; n < 8; n++) expect((await rate(tokens[0]!, { language: 'en' })).status).toBe(201);
    home.clock.now = NOON;
    const rows = await sql<{ flags: string[] }>(
      `SELECT flags FROM visit WHERE language = 'en' AND counter IS NULL`,
    );
    const flagged = rows.filter(({ flags }) => flags.includes('phoneBurst'));
    expect([rows.length, flagged.length]).toEqual([8, 2]);
  });

  it('of a widget may come from a frame without an origin and is told apart', async () => {
    const { tokens } = await link({ kind: 'widget', origins: ['https://cong.example.vn'] });
    const asked = await fetch(`${home.hub.url}/v1/public/feedback`, {
      method: 'OPTIONS',
      headers: { origin: 'null' },
    });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    const answer = await rate(tokens[0]!, {}, callerOf(home.hub.url, { origin: 'null' }));
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([201, '*']);
    const refused = await rate('C'.repeat(22), {}, callerOf(home.hub.url, { origin: 'null' }));
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    const rows = await sql(`SELECT 1 FROM visit WHERE device = '@widget' AND source = 'widget'`);
    expect(rows).toHaveLength(1);
    const complaint = {
      token: tokens[0],
      id: pageId(),
      name: 'Người Thử',
      phone: '0912345678',
      text: 'Nội dung dài đủ mười',
    };
    const sent = await citizen('POST', '/v1/public/complaints', {
      ...complaint,
      consent: 1,
      aboutHead: false,
    });
    expect(sent.status).toBe(404);
  });
});

describe('what leaves no trace', () => {
  it('logs hold no token, no comment, no name, no address', async () => {
    const { tokens } = await link();
    const secret = 'dấu-bí-mật-7391';
    await citizen('GET', `/danh-gia/${tokens[0]}`);
    await rate(tokens[0]!, { answers: { quality: 1, attitude: 1 }, comment: secret });
    await rate(tokens[0]!, { answers: { quality: 99 }, comment: secret });
    const complaint = {
      token: tokens[0],
      id: pageId(),
      name: secret,
      phone: '0912345678',
      text: `${secret} dài đủ mười`,
    };
    await citizen('POST', '/v1/public/complaints', { ...complaint, consent: 1, aboutHead: false });
    await citizen('POST', '/v1/public/complaints', { ...complaint, consent: 2, aboutHead: false });
    await citizen('POST', '/v1/public/feedback', { nonsense: secret });
    const text = lines.join('');
    expect(text).toContain('"route":"/v1/public"');
    for (const mark of [secret, tokens[0]!, '0912345678', '127.0.0.1']) expect(text).not.toContain(mark);
    const audited = JSON.stringify(await sql(`SELECT * FROM audit`));
    for (const mark of [secret, tokens[0]!, '0912345678']) expect(audited).not.toContain(mark);
  });
});
