/** Complaints that want an answer: registered once, routed, opened only by those who handle them and on record, erased for good. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slipNumber } from '../../lib/domain/slip.ts';
import { type Caller, callerOf, type TestHub, type TestServer, testHub, testServer } from './support.ts';

const NAME = 'Người Thử Nghiệm';
const PHONE = '0912345678';
const TEXT = 'Nộp hồ sơ ba lần vẫn bị yêu cầu bổ sung giấy tờ.';

let server: TestServer;
let home: TestHub;
let supervisor: Caller;
let citizen: Caller;
let token: string;
let made = 0;

beforeAll(async () => {
  server = await testServer();
  home = await testHub(server);
  const admin = await home.person('unitAdmin', 'xa-a');
  supervisor = await home.person('supervisor', 'tt-a');
  citizen = callerOf(home.hub.url);
  const answer = await admin('POST', '/v1/feedback-links', { kind: 'counter', unit: 'tt-a' });
  token = ((await answer.json()) as { urls: string[] }).urls[0]!.split('/').at(-1)!;
});
afterAll(async () => {
  await home?.close();
  await server?.close();
});

function sql<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return home.hub.db.tx({ role: 'owner' }, (query) => query<Row>(text, values));
}

function complain(over: Record<string, unknown> = {}): Promise<Response> {
  made += 1;
  const id = `complaint-${String(made).padStart(12, '0')}`;
  const wanted = {
    token,
    id,
    name: NAME,
    phone: '+84 912 345 678',
    text: TEXT,
    consent: 1,
    aboutHead: false,
  };
  return citizen('POST', '/v1/public/complaints', { ...wanted, ...over });
}

async function idOf(answer: Response): Promise<string> {
  expect(answer.status, await answer.clone().text()).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

async function list(caller: Caller): Promise<{ id: string; unit: string }[]> {
  return (
    (await (await caller('GET', '/v1/complaints')).json()) as { complaints: { id: string; unit: string }[] }
  ).complaints;
}

const fieldOf = async (answer: Response) =>
  [answer.status, ((await answer.json()) as { error: { field: string } }).error.field] as const;

describe('a complaint from a phone', () => {
  it('gets a number and a day to answer, once however often it is sent, and no time of day', async () => {
    const id = 'complaint-always-the-same';
    const answers = await Promise.all([complain({ id }), complain({ id }), complain({ id })]);
    const ids = await Promise.all(answers.map(idOf));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[A-Z3-9]{4}-[A-Z3-9]{4}$/);
    const rows = await sql<Record<string, unknown>>('SELECT * FROM complaint WHERE id = $1', [ids[0]]);
    expect(rows[0]).toMatchObject({
      unit: 'tt-a',
      name: NAME,
      phone: PHONE,
      consent_version: 1,
      state: 'new',
      way: 'phone',
    });
    expect(rows[0]!.received_at).toBe('2026-09-20T17:00:00.000Z');
    // 15 working days after Monday 2026-09-21.
    expect(rows[0]!.due).toBe('2026-10-12');
  });

  it('names the field that is wrong, and keeps nothing', async () => {
    const before = await sql('SELECT id FROM complaint');
    expect(await fieldOf(await complain({ phone: '123' }))).toEqual([400, 'phone']);
    expect(await fieldOf(await complain({ text: ' \u0000 ' }))).toEqual([400, 'text']);
    expect(await fieldOf(await complain({ name: '' }))).toEqual([400, 'name']);
    expect(await fieldOf(await complain({ consent: 0 }))).toEqual([400, 'consent']);
    expect((await complain({ token: 'A'.repeat(22) })).status).toBe(404);
    expect(await sql('SELECT id FROM complaint')).toHaveLength(before.length);
  });

  it('is joined to no rating: no table names both', async () => {
    const columns = await sql<{ column: string }>(
      `SELECT column_name AS column FROM information_schema.columns WHERE table_schema = 'nmc' AND table_name = 'complaint'`,
    );
    const names = columns.map(({ column }) => column);
    expect(names).toContain('phone');
    for (const joint of ['link', 'token', 'device', 'seq', 'quarter', 'visit', 'comment'])
      expect(names).not.toContain(joint);
  });
});

describe('who handles it', () => {
  it('is the unit; about the head of it, the unit above', async () => {
    const own = await idOf(await complain());
    const above = await idOf(await complain({ aboutHead: true }));
    const ids = (await list(supervisor)).map(({ id }) => id);
    expect(ids).toContain(own);
    expect(ids).not.toContain(above);
    const leader = await home.person('supervisor', 'xa-a');
    const found = (await list(leader)).find(({ id }) => id === above);
    expect(found).toMatchObject({ unit: 'xa-a', aboutUnit: 'tt-a', aboutHead: true });
    expect((await supervisor('POST', `/v1/complaints/${above}/open`)).status).toBe(404);
  });

  it('the list holds nothing personal; each opening is on record; auditors and officials open none', async () => {
    const id = await idOf(await complain());
    const text = JSON.stringify(await list(supervisor));
    for (const mark of [NAME, PHONE, 'ba lần']) expect(text).not.toContain(mark);
    const auditor = await home.person('auditor', 'tt-a');
    expect((await list(auditor)).map((one) => one.id)).toContain(id);
    expect((await auditor('POST', `/v1/complaints/${id}/open`)).status).toBe(403);
    const official = await home.person('official', 'tt-a');
    expect((await official('GET', '/v1/complaints')).status).toBe(403);
    const elsewhere = await home.person('supervisor', 'xa-b');
    expect((await elsewhere('POST', `/v1/complaints/${id}/open`)).status).toBe(404);
    expect(
      await sql(`SELECT 1 FROM audit WHERE action = 'openComplaint' AND object = $1`, [id]),
    ).toHaveLength(0);
    const opened = (await (await supervisor('POST', `/v1/complaints/${id}/open`)).json()) as {
      words: unknown;
    };
    expect(opened.words).toEqual({ name: NAME, phone: PHONE, text: TEXT, answer: null, consentVersion: 1 });
    const lines = await sql<{ line: string }>(
      `SELECT a::text AS line FROM audit a WHERE action = 'openComplaint' AND object = $1`,
      [id],
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]!.line).not.toContain(NAME);
  });

  it('the reading role of the database cannot see name, phone or words', async () => {
    const read = (column: string) =>
      home.hub.db.tx({ role: 'read', scope: '*' }, (query) => query(`SELECT ${column} FROM complaint`));
    await expect(read('id')).resolves.not.toHaveLength(0);
    for (const column of ['name', 'phone', 'text', 'answer'])
      await expect(read(column)).rejects.toThrow(/permission denied/);
  });
});

describe('its life', () => {
  it('new, working, answered; a step that no longer fits is refused', async () => {
    const id = await idOf(await complain());
    const put = (body: unknown) => supervisor('PUT', `/v1/complaints/${id}`, body);
    expect((await put({ act: 'work' })).status).toBe(200);
    expect((await put({ act: 'work' })).status).toBe(409);
    expect((await put({ act: 'answer', answer: ' ' })).status).toBe(400);
    expect((await put({ act: 'answer', answer: 'Đã xác minh, đã nhắc nhở.' })).status).toBe(200);
    expect((await put({ act: 'passOn', answer: 'Sở khác' })).status).toBe(409);
    const rows = await sql<Record<string, unknown>>(
      'SELECT state, answer, answered_at FROM complaint WHERE id = $1',
      [id],
    );
    expect(rows[0]).toMatchObject({ state: 'answered', answer: 'Đã xác minh, đã nhắc nhở.' });
    expect(rows[0]!.answered_at).not.toBeNull();
  });

  it('erased: gone from the table for good, on record, once', async () => {
    const id = await idOf(await complain({ name: 'Người Sẽ Xoá' }));
    await supervisor('PUT', `/v1/complaints/${id}`, { act: 'answer', answer: 'Chào Người Sẽ Xoá' });
    expect((await supervisor('PUT', `/v1/complaints/${id}`, { act: 'erase' })).status).toBe(200);
    expect((await supervisor('PUT', `/v1/complaints/${id}`, { act: 'erase' })).status).toBe(409);
    const rows = await sql<{ row: string }>('SELECT c::text AS row FROM complaint c WHERE id = $1', [id]);
    expect(rows[0]!.row).not.toContain('Người Sẽ Xoá');
    expect(
      await sql(`SELECT 1 FROM audit WHERE action = 'eraseComplaint' AND object = $1`, [id]),
    ).toHaveLength(1);
  });
});

describe('slips of paper', () => {
  const slip = (over: Record<string, unknown> = {}) =>
    supervisor('POST', '/v1/complaints/slips', {
      number: slipNumber(12),
      unit: 'tt-a',
      received: '2026-09-18',
      ...over,
    });

  it('are registered once by number; personal words only with consent on the paper', async () => {
    expect(await fieldOf(await slip({ number: '0012-0' }))).toEqual([400, 'number']);
    expect(await fieldOf(await slip({ name: NAME }))).toEqual([400, 'consent']);
    expect(await fieldOf(await slip({ received: '2026-09-22' }))).toEqual([400, 'received']);
    expect((await slip({ unit: 'xa-b' })).status).toBe(403);
    const answer = await slip({
      number: slipNumber(12).replace('-', ' '),
      consent: true,
      name: NAME,
      phone: PHONE,
      text: TEXT,
    });
    const id = await idOf(answer);
    expect(await fieldOf(await slip())).toEqual([409, 'number']);
    const rows = await sql<Record<string, unknown>>('SELECT * FROM complaint WHERE id = $1', [id]);
    expect(rows[0]).toMatchObject({
      slip: slipNumber(12),
      way: 'slip',
      received_at: '2026-09-17T17:00:00.000Z',
      name: NAME,
    });
    const bare = await idOf(await slip({ number: slipNumber(13) }));
    const empty = await sql<Record<string, unknown>>(
      'SELECT name, phone, text, consent_version FROM complaint WHERE id = $1',
      [bare],
    );
    expect(empty[0]).toEqual({ name: null, phone: null, text: null, consent_version: null });
  });

  it('the same number of another unit is another slip', async () => {
    const other = await home.person('supervisor', 'xa-b');
    const answer = await other('POST', '/v1/complaints/slips', {
      number: slipNumber(12),
      unit: 'xa-b',
      received: '2026-09-18',
    });
    expect(answer.status).toBe(201);
  });

  it('handed out at a kiosk and not registered are asked for', async () => {
    const kiosk = await home.device('tt-a', 'kiosk');
    const handed = (number: string) =>
      ({ kind: 'health', body: { topic: 'slip', state: 'handed', detail: { number } } }) as const;
    kiosk.append(handed(slipNumber(12)), handed(slipNumber(40)), handed(slipNumber(41)));
    await kiosk.send();
    const read = async (caller: Caller) =>
      ((await (await caller('GET', '/v1/complaints')).json()) as { slips: { number: string }[] }).slips.map(
        ({ number }) => number,
      );
    expect(await read(supervisor)).toEqual([slipNumber(40), slipNumber(41)]);
    await slip({ number: slipNumber(40) });
    expect(await read(supervisor)).toEqual([slipNumber(41)]);
    expect(await read(await home.person('supervisor', 'xa-b'))).toEqual([]);
  });

  it('are printed with their numbers, two to a page', async () => {
    const sheet = await supervisor('GET', '/v1/complaints/slips/sheet?unit=tt-a&from=100&count=3');
    const html = await sheet.text();
    for (const n of [100, 101, 102]) expect(html.split(slipNumber(n)).length - 1).toBe(2);
    expect(html.match(/class="page slips"/g)).toHaveLength(2);
    expect(html).not.toContain('<script');
    expect((await supervisor('GET', '/v1/complaints/slips/sheet?unit=tt-a&from=9999&count=3')).status).toBe(
      400,
    );
  });
});
