/** The HTTP API: route × role × status, sessions, activation, configuration, headers, files (DESIGN §7, §11). */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  activationAnswerSchema,
  problemSchema,
  signDeviceToken,
  verifyConfig,
  verifyReceipt,
} from '../../lib/batch/index.ts';
import { issueCode } from '../../lib/hub/device/activation.ts';
import type { PersonRole } from '../../lib/hub/people/access.ts';
import { addToken } from '../../lib/hub/people/people.ts';
import {
  activationBody,
  CATALOGUE,
  type Caller,
  callerOf,
  keyOf,
  keyPair,
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

let server: TestServer;
let at: TestHub;
let web: string;
let call: Caller;

beforeAll(async () => {
  server = await testServer();
  web = mkdtempSync(join(tmpdir(), 'nmc-web-'));
  mkdirSync(join(web, 'dashboard/assets'), { recursive: true });
  mkdirSync(join(web, 'kiosk'));
  writeFileSync(join(web, 'dashboard/index.html'), '<!doctype html><title>Nhịp</title>');
  writeFileSync(join(web, 'dashboard/assets/main-Ab12Cd34.js'), 'export {};');
  writeFileSync(join(web, 'kiosk/index.html'), '<!doctype html><title>Kiosk</title>');
  writeFileSync(join(web, 'kiosk/sw.js'), 'self.addEventListener("fetch", () => {});');
  writeFileSync(join(web, 'secret.txt'), 'outside both pages');
  writeFileSync(join(tmpdir(), 'nmc-outside.txt'), 'outside the folder');
  symlinkSync(join(tmpdir(), 'nmc-outside.txt'), join(web, 'dashboard/link.txt'));
  at = await testHub(server, { web });
  call = callerOf(at.hub.url);
});
afterAll(async () => {
  await at.close();
  await server.close();
  rmSync(web, { recursive: true, force: true });
  rmSync(join(tmpdir(), 'nmc-outside.txt'), { force: true });
});

const problemOf = async (answer: Response) => problemSchema.parse(await answer.json()).error;

describe('who may do what', () => {
  const ROLES = ['nobody', 'official', 'supervisor', 'unitAdmin', 'provinceAdmin', 'auditor'] as const;
  const callers = new Map<string, Caller>();
  let device: TestDevice;
  let elsewhere: TestDevice;

  beforeAll(async () => {
    callers.set('nobody', callerOf(at.hub.url, { 'x-nmc': '1' }));
    for (const role of ROLES.slice(1) as PersonRole[]) {
      callers.set(role, await at.person(role, role === 'provinceAdmin' ? null : 'xa-a'));
    }
    device = await at.device('tt-a');
    elsewhere = await at.device('xa-b');
    elsewhere.append(sighting([keyOf('x')], { channel: 'online', status: 'processing' }));
  });

  /** Expected status for nobody, official, supervisor, unit admin, province admin, auditor; people are on Xã A. */
  const ROUTES: [string, (by: Caller) => Promise<Response>, number[]][] = [
    ['GET session', (by) => by('GET', '/v1/session'), [401, 200, 200, 200, 200, 200]],
    ['GET units', (by) => by('GET', '/v1/units'), [401, 200, 200, 200, 200, 200]],
    ['GET catalogue', (by) => by('GET', '/v1/catalogue'), [401, 200, 200, 200, 200, 200]],
    [
      'GET indicators of the own unit',
      (by) => by('GET', '/v1/indicators?unit=xa-a&period=report:2026-Q3'),
      [401, 200, 200, 200, 200, 200],
    ],
    [
      'GET indicators of a unit below',
      (by) => by('GET', '/v1/indicators?unit=tt-a&period=calendar:2026-M09'),
      [401, 200, 200, 200, 200, 200],
    ],
    [
      'GET indicators of another unit',
      (by) => by('GET', '/v1/indicators?unit=xa-b&period=report:2026-Q3'),
      [401, 403, 403, 403, 200, 403],
    ],
    [
      'GET indicators of the province',
      (by) => by('GET', '/v1/indicators?unit=tinh&period=report:2026-Q3'),
      [401, 403, 403, 403, 200, 403],
    ],
    [
      'GET indicators of no unit',
      (by) => by('GET', '/v1/indicators?unit=unassigned&period=report:2026-Q3'),
      [401, 403, 403, 403, 200, 403],
    ],
    ['GET devices', (by) => by('GET', '/v1/devices?unit=xa-a'), [401, 403, 200, 200, 200, 200]],
    ['GET devices elsewhere', (by) => by('GET', '/v1/devices?unit=xa-b'), [401, 403, 403, 403, 200, 403]],
    ['GET codes', (by) => by('GET', '/v1/activation-codes?unit=xa-a'), [401, 403, 200, 200, 200, 200]],
    [
      'GET codes elsewhere',
      (by) => by('GET', '/v1/activation-codes?unit=xa-b'),
      [401, 403, 403, 403, 200, 403],
    ],
    [
      'POST code',
      (by) => by('POST', '/v1/activation-codes', { unit: 'tt-a', kind: 'kiosk', name: 'Quầy 1' }),
      [401, 403, 201, 201, 201, 403],
    ],
    [
      'POST code elsewhere',
      (by) => by('POST', '/v1/activation-codes', { unit: 'xa-b', kind: 'kiosk', name: 'Quầy 1' }),
      [401, 403, 403, 403, 201, 403],
    ],
    [
      'POST units import',
      (by) => by('POST', '/v1/units/import?dryRun=1', UNITS),
      [401, 403, 403, 403, 200, 403],
    ],
    [
      'POST catalogue import',
      (by) => by('POST', '/v1/catalogue/import?dryRun=1', CATALOGUE),
      [401, 403, 403, 403, 200, 403],
    ],
    [
      'POST handover',
      async (by) => by('POST', '/v1/handover', await elsewhere.batch()),
      [401, 200, 200, 200, 200, 403],
    ],
    [
      'POST revoke elsewhere',
      (by) => by('POST', `/v1/devices/${elsewhere.id}/revoke`),
      [401, 403, 403, 404, 200, 403],
    ],
    ['POST revoke', (by) => by('POST', `/v1/devices/${device.id}/revoke`), [401, 403, 403, 200, 200, 403]],
  ];

  for (const [name, ask, expected] of ROUTES) {
    it(`${name}: ${expected.join(' ')}`, async () => {
      const statuses: number[] = [];
      for (const role of ROLES) {
        const answer = await ask(callers.get(role)!);
        statuses.push(answer.status);
        if (answer.status >= 400) expect((await problemOf(answer)).message.length).toBeGreaterThan(10);
        else await answer.body?.cancel();
      }
      expect(statuses).toEqual(expected);
    });
  }

  it('names the errors of an import in the language asked for, and answers 422 only when it was to be kept', async () => {
    const by = callers.get('provinceAdmin')!;
    const text = 'id,parent,name,kind\nx,nowhere,X,commune\n';
    const english = await by('POST', '/v1/units/import', text, { 'accept-language': 'en' });
    expect(english.status).toBe(422);
    const message = 'There is no parent unit "nowhere" in the file or in the present list.';
    const report = { rows: 0, created: 0, updated: 0, errors: [{ line: 2, field: 'parent', message }] };
    expect(await english.json()).toEqual(report);
    const dry = await by('POST', '/v1/units/import?dryRun=1', text);
    expect(dry.status).toBe(200);
    expect(JSON.stringify(await dry.json())).toContain('Không có đơn vị cấp trên');
  });

  it('shows each only the units below', async () => {
    const units = async (role: string) => {
      const { units } = (await (await callers.get(role)!('GET', '/v1/units')).json()) as {
        units: { id: string }[];
      };
      return units.map((unit) => unit.id);
    };
    expect(await units('official')).toEqual(['tt-a', 'xa-a']);
    expect(await units('provinceAdmin')).toEqual(['tinh', 'tt-a', 'xa-a', 'xa-b']);
  });

  it('a read token reads figures of its subtree and nothing else', async () => {
    const token = await addToken(
      at.hub.db,
      at.hub.secrets,
      { name: 'báo cáo', unit: 'xa-a', days: 1 },
      at.clock.now,
    );
    const by = callerOf(at.hub.url, { authorization: `Bearer ${token}` });
    expect((await by('GET', '/v1/indicators?unit=tt-a&period=report:2026-Q3')).status).toBe(200);
    expect((await by('GET', '/v1/indicators?unit=xa-b&period=report:2026-Q3')).status).toBe(403);
    expect((await by('GET', '/v1/devices?unit=xa-a')).status).toBe(401);
    const wrong = callerOf(at.hub.url, { authorization: `Bearer ${token}x` });
    expect(await problemOf(await wrong('GET', '/v1/units'))).toMatchObject({ code: 'token' });
    at.clock.now += 2 * 86_400_000;
    expect((await by('GET', '/v1/units')).status).toBe(401);
    at.clock.now -= 2 * 86_400_000;
  });

  it('the audit log keeps who did what and cannot be changed, not even by the owner of the tables', async () => {
    const lines = await at.hub.db.tx({ role: 'admin' }, (query) =>
      query<{ action: string }>('SELECT DISTINCT action FROM audit'),
    );
    expect(lines.map((line) => line.action)).toEqual(
      expect.arrayContaining(['login', 'makeCode', 'activate', 'revokeDevice', 'handover', 'import:units']),
    );
    for (const role of ['admin', 'ingest', 'owner'] as const) {
      const change = at.hub.db.tx({ role }, (query) => query("UPDATE audit SET actor = 'x'"));
      await expect(change).rejects.toThrow(/append-only|permission denied/);
    }
  });
});

describe('sessions', () => {
  const login = (body: unknown, headers: Record<string, string> = {}) =>
    call('POST', '/v1/session', body, headers);

  it('gives an opaque HttpOnly cookie, stores only its hash, ends on log-out', async () => {
    await at.person('official', 'xa-a');
    const answer = await login({ name: 'NGUOI-1', password: PASSWORD });
    const cookie = answer.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^nmc=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
    const id = /nmc=([\w-]+)/.exec(cookie)![1]!;
    const stored = await at.hub.db.tx({ role: 'admin' }, (query) =>
      query<{ text: string }>('SELECT string_agg(session::text, $1) AS text FROM session', [' ']),
    );
    expect(stored[0]!.text).not.toContain(id);
    const headers = { cookie: `nmc=${id}`, 'x-nmc': '1' };
    expect((await call('GET', '/v1/session', undefined, headers)).status).toBe(200);
    expect((await call('DELETE', '/v1/session', undefined, headers)).status).toBe(204);
    expect((await call('GET', '/v1/session', undefined, headers)).status).toBe(401);
  });

  it('ends after 30 idle minutes and after 12 hours in all', async () => {
    const by = await at.person('official', 'xa-a');
    const start = at.clock.now;
    for (let minutes = 25; minutes <= 700; minutes += 25) {
      at.clock.now = start + minutes * 60_000;
      expect((await by('GET', '/v1/session')).status).toBe(200);
    }
    at.clock.now = start + 721 * 60_000;
    expect((await by('GET', '/v1/session')).status).toBe(401);
    at.clock.now = start;
    const other = await at.person('official', 'xa-a');
    at.clock.now = start + 31 * 60_000;
    expect((await other('GET', '/v1/session')).status).toBe(401);
    at.clock.now = start;
  });

  it('is Secure and bound to the host behind https', async () => {
    const secure = await testHub(server, { trustProxy: true });
    await secure.person('official', 'xa-a');
    const names = await secure.hub.db.tx({ role: 'admin' }, (query) =>
      query<{ name: string }>('SELECT name FROM person'),
    );
    const answer = await callerOf(secure.hub.url)(
      'POST',
      '/v1/session',
      { name: names[0]!.name, password: PASSWORD },
      { 'x-forwarded-proto': 'https' },
    );
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-nmc=.*; Secure$/);
    expect(answer.headers.get('strict-transport-security')).toContain('max-age');
    await secure.close();
  });

  it('refuses changes from elsewhere: wrong origin, cross-site, no header', async () => {
    const by = await at.person('supervisor', 'xa-a');
    const wanted = { unit: 'xa-a', kind: 'kiosk', name: 'Quầy' };
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'x-nmc': '0' },
    ]) {
      const answer = await by('POST', '/v1/activation-codes', wanted, headers as Record<string, string>);
      expect(await problemOf(answer)).toMatchObject({ code: 'origin' });
    }
    expect((await by('POST', '/v1/activation-codes', wanted, { origin: at.hub.url })).status).toBe(201);
    const answer = await login({ name: 'nguoi-1', password: PASSWORD }, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
  });

  it('slows down guessing by name and address, in words that say how long', async () => {
    const limited = await testHub(server);
    await limited.person('official', 'xa-a');
    const by = callerOf(limited.hub.url);
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) {
      statuses.push((await by('POST', '/v1/session', { name: 'ai-do', password: 'sai-mat-khau' })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const answer = await by('POST', '/v1/session', { name: 'ai-do', password: 'sai-mat-khau' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(600);
    expect((await problemOf(answer)).message).toContain('15 phút');
    limited.clock.now += 16 * 60_000;
    expect((await by('POST', '/v1/session', { name: 'ai-do', password: 'sai' })).status).toBe(401);
    await limited.close();
  });

  it('names the field that is wrong', async () => {
    expect(await problemOf(await login({ name: 'a' }))).toMatchObject({ code: 'invalid', field: 'password' });
    const text = await call('POST', '/v1/session', new TextEncoder().encode('{'), {
      'content-type': 'application/json',
    });
    expect(await problemOf(text)).toMatchObject({ code: 'notJson', field: 'body' });
    const english = await login({ name: 'a' }, { 'accept-language': 'en-GB' });
    expect((await problemOf(english)).message).toContain('The field "password"');
  });
});

describe('activation', () => {
  const code = (kind: 'extension' | 'kiosk' = 'extension') =>
    issueCode(at.hub.db, at.hub.secrets, { unit: 'xa-a', kind, name: 'Quầy 1' }, 'test', at.clock.now);
  const activate = async (text: string, kind: 'extension' | 'kiosk', keys = keyPair()) => {
    const { body, open } = await activationBody(text, kind, await keys);
    return { answer: await call('POST', '/v1/device/activate', body), open };
  };

  it('gives an extension the province key wrapped for it, the same for every one; a kiosk gets none', async () => {
    const keys: string[] = [];
    for (let n = 0; n < 2; n++) {
      const { answer, open } = await activate((await code()).code, 'extension');
      const body = activationAnswerSchema.parse(await answer.json());
      expect(body).toMatchObject({
        hub: at.hub.keys.hub,
        unit: { id: 'xa-a', name: 'Xã A' },
        province: 'tinh',
      });
      keys.push(Buffer.from(await open(body.provinceKey!.jwe)).toString('hex'));
    }
    expect(keys[0]).toBe(keys[1]);
    expect(keys[0]).toHaveLength(64);
    const stored = await at.hub.db.tx({ role: 'admin' }, (query) =>
      query<{ text: string }>("SELECT string_agg(encode(wrapped, 'hex'), ' ') AS text FROM secret"),
    );
    expect(stored[0]!.text).not.toContain(keys[0]);
    const { answer } = await activate((await code('kiosk')).code, 'kiosk');
    expect(activationAnswerSchema.parse(await answer.json()).provinceKey).toBeNull();
  });

  it('reads a code as people type it, once', async () => {
    const { code: text } = await code();
    const typed = ` ${text.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
    const { answer } = await activate(typed, 'extension');
    expect(answer.status).toBe(200);
    const again = await activate(text, 'extension');
    expect(await problemOf(again.answer)).toMatchObject({ code: 'codeUsed', field: 'code' });
  });

  it('answers a lost activation again to the same key, and to no other', async () => {
    const { code: text } = await code();
    const keys = keyPair();
    const first = (await (await activate(text, 'extension', keys)).answer.json()) as { device: string };
    const second = (await (await activate(text, 'extension', keys)).answer.json()) as { device: string };
    expect(second.device).toBe(first.device);
  });

  it("refuses expired and wrong codes, the wrong kind and another key's proof; five wrong uses lock a code", async () => {
    const refused = async (text: string, kind: 'extension' | 'kiosk' = 'extension') =>
      (await problemOf((await activate(text, kind)).answer)).code;
    const old = await code();
    at.clock.now += 24 * 3_600_000 + 1;
    expect(await refused(old.code)).toBe('codeExpired');
    at.clock.now -= 24 * 3_600_000 + 1;
    const fresh = await code();
    const flipped = (fresh.code[0] === 'A' ? 'B' : 'A') + fresh.code.slice(1);
    expect(await refused(flipped)).toBe('codeUnknown');
    expect(await refused(fresh.code, 'kiosk')).toBe('codeKind');
    const { body } = await activationBody(fresh.code, 'extension', await keyPair());
    const stolen = { ...body, jwk: (await keyPair()).jwk };
    expect((await problemOf(await call('POST', '/v1/device/activate', stolen))).code).toBe('proof');
    for (let n = 0; n < 3; n++) expect(await refused(fresh.code, 'kiosk')).toBe('codeKind');
    expect(await refused(fresh.code)).toBe('codeLocked');
    at.clock.now += 16 * 60_000; // the address may try again
  });

  it('slows down guessing codes by address', async () => {
    const limited = await testHub(server);
    const by = callerOf(limited.hub.url);
    let status = 0;
    for (let n = 0; n < 11; n++) {
      const { body } = await activationBody('AAAAA-AAAAA', 'kiosk', await keyPair());
      status = (await by('POST', '/v1/device/activate', body)).status;
    }
    expect(status).toBe(429);
    await limited.close();
  });
});

describe('device configuration', () => {
  it('is signed, cached by its version, and rises with changes', async () => {
    const device = await at.device('xa-a');
    const pull = async (etag?: string, time = at.clock.now) =>
      call('GET', '/v1/device/config', undefined, {
        authorization: `NMC-Device ${await signDeviceToken(device.id, time, device.keys.key)}`,
        ...(etag ? { 'if-none-match': etag } : {}),
      });
    const first = await pull();
    const before = await verifyConfig(await first.text(), at.hub.keys.config.jwk);
    expect((await pull(first.headers.get('etag')!)).status).toBe(304);
    const report = await load(
      at.hub,
      'tenants',
      'id,name,family,origins\nmot-cua,Một cửa,igate2,https://motcua.example.gov.vn;https://mc.example.gov.vn\n',
    );
    expect(report).toMatchObject({ rows: 1, created: 1, errors: [] });
    const second = await pull(first.headers.get('etag')!);
    const after = await verifyConfig(await second.text(), at.hub.keys.config.jwk);
    expect(after.version).toBe(before.version + 1);
    expect(after.tenants[0]).toMatchObject({
      id: 'mot-cua',
      origins: expect.arrayContaining(['https://mc.example.gov.vn']),
    });
    expect(await problemOf(await pull(undefined, at.clock.now - 2 * 86_400_000))).toMatchObject({
      code: 'deviceClock',
    });
    const stranger = await keyPair();
    const forged = await signDeviceToken(device.id, at.clock.now, stranger.key);
    const answer = await call('GET', '/v1/device/config', undefined, {
      authorization: `NMC-Device ${forged}`,
    });
    expect(await problemOf(answer)).toMatchObject({ code: 'deviceToken' });
  });
});

describe('hand-over', () => {
  it('gives a signed receipt for a file, and names what is wrong without ending the session', async () => {
    const by = await at.person('official', 'xa-b');
    const device = await at.device('xa-a');
    device.append(sighting([keyOf('h')], { channel: 'online', status: 'processing' }));
    const answer = await by('POST', '/v1/handover', await device.batch());
    expect(await verifyReceipt(await answer.text(), at.hub.keys.receipts.jwk)).toMatchObject({
      received: [[1, 1]],
    });
    const forged = await by('POST', '/v1/handover', await device.batch(1, 1, { keys: await keyPair() }));
    expect(forged.status).toBe(422);
  });
});

describe('the face towards browsers', () => {
  it('answers extensions across origins without credentials, and nobody else', async () => {
    const ask = (origin: string, path = '/v1/batches') =>
      call('OPTIONS', path, undefined, { origin, 'access-control-request-method': 'POST' });
    for (const origin of ['chrome-extension://abcdefghijklmnop', 'moz-extension://0a1b-2c3d']) {
      const answer = await ask(origin);
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    expect(
      (await ask('chrome-extension://abcdefghijklmnop', '/v1/units')).headers.get(
        'access-control-allow-origin',
      ),
    ).toBeNull();
    const refused = await call('POST', '/v1/batches', new Uint8Array([1]), {
      origin: 'moz-extension://0a1b',
    });
    expect(refused.headers.get('access-control-allow-origin')).toBe('moz-extension://0a1b');
  });

  it('serves the pages with a strict policy and the right caching', async () => {
    const page = await call('GET', '/');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy')!;
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      'trusted-types nmc',
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toContain('unsafe');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const again = await call('GET', '/', undefined, { 'if-none-match': page.headers.get('etag')! });
    expect(again.status).toBe(304);
    expect((await call('GET', '/assets/main-Ab12Cd34.js')).headers.get('cache-control')).toContain(
      'immutable',
    );
    expect((await call('GET', '/kiosk/sw.js')).headers.get('cache-control')).toBe('no-cache');
    expect(await (await call('GET', '/kiosk/')).text()).toContain('Kiosk');
  });

  it('never leaves the folder', async () => {
    const raw = (path: string) =>
      new Promise<number>((done, fail) => {
        const { hostname, port } = new URL(at.hub.url);
        request({ hostname, port, path }, (answer) => {
          answer.resume();
          done(answer.statusCode!);
        })
          .on('error', fail)
          .end();
      });
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/kiosk/..%2f..%2fsecret.txt',
      '/kiosk/%2e%2e%5csecret.txt',
      '/assets/..%252f..%252fsecret.txt',
      '/link.txt',
      '/%00',
      '/%ff',
      '/.hidden',
    ]) {
      expect([path, await raw(path)]).toEqual([path, expect.toBeOneOf([400, 404])]);
    }
  });

  it('tells operators how it is: health, readiness, metrics', async () => {
    expect(await (await call('GET', '/v1/health')).json()).toEqual({ status: 'ok' });
    expect((await call('GET', '/v1/ready')).status).toBe(200);
    const metrics = await (await call('GET', '/metrics')).text();
    expect(metrics).toMatch(/nmc_batches_total\{way="file",result="ok"\} \d+/);
    expect(await problemOf(await call('GET', '/v1/nothing'))).toMatchObject({ code: 'notFound' });
    expect(await problemOf(await call('PUT', '/'))).toMatchObject({ code: 'method' });
  });

  it('admits only so many batches at once and tells the rest to come again', async () => {
    const small = await testHub(server, { pool: 2 });
    const devices = await Promise.all(Array.from({ length: 24 }, () => small.device('xa-a')));
    for (const device of devices)
      device.append(sighting([keyOf('same')], { channel: 'online', status: 'processing' }));
    const answers = await Promise.all(devices.map((device) => device.send()));
    const busy = answers.filter((answer) => answer.status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(answers.filter((answer) => answer.status === 200).length).toBeGreaterThanOrEqual(8);
    expect(Number(busy[0]!.headers.get('retry-after'))).toBeGreaterThanOrEqual(5);
    for (const device of devices) expect((await device.receipt()).received).toEqual([[1, 1]]);
    await small.close();
  });
});
