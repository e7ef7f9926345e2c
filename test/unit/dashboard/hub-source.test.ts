import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hubSource } from '../../../lib/dashboard/hub-source.ts';
import type { FiguresSource } from '../../../lib/dashboard/source.ts';
import type { Answer } from '../../../lib/dashboard/talk.ts';
import { UNASSIGNED } from '../../../lib/domain/flows.ts';
import { problem, startHub, type TestHub, UNITS, USER } from './hub.ts';
import { sampleFigures } from './sample.ts';

let hub: TestHub;
let source: FiguresSource;

beforeEach(async () => {
  hub = await startHub(() => ({ json: {} }));
  source = hubSource({ fetch, origin: hub.origin, timeout: 5_000, language: () => 'en' });
});
afterEach(() => hub.close());

function failureIn<T>(answer: Answer<T>) {
  if (answer.ok) throw new Error('expected a failure');
  return answer.failure;
}

describe('questions', () => {
  it('asks for figures of a unit and a period and hands them on', async () => {
    const figures = sampleFigures();
    hub.answer = () => ({ json: figures });
    expect(await source.figures('u1', 'report:2026-M09')).toEqual({ ok: true, value: figures });
    expect(hub.asked[0]?.path).toBe('/v1/indicators?unit=u1&period=report%3A2026-M09');
    expect(hub.asked[0]?.headers['accept-language']).toBe('en');
    expect(hub.asked[0]?.headers['x-nmc']).toBeUndefined();
  });

  it('marks every change with the header no form can set', async () => {
    hub.answer = () => ({ json: { code: 'ABCDE-12345', expires: '2026-09-12T00:00:00.000Z' } });
    await source.makeCode({ unit: 'u1', kind: 'kiosk', name: 'Sảnh' });
    await source.revoke('d/1');
    expect(hub.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/activation-codes',
      'POST /v1/devices/d%2F1/revoke',
    ]);
    for (const one of hub.asked) expect(one.headers['x-nmc']).toBe('1');
    expect(JSON.parse(hub.asked[0]!.body.toString())).toEqual({ unit: 'u1', kind: 'kiosk', name: 'Sảnh' });
  });

  it('adds the dossiers of no unit for whoever sees the whole province, and for nobody else', async () => {
    hub.answer = () => ({ json: { units: UNITS } });
    const all = await source.units();
    expect(all.ok && all.value.map(({ id }) => id)).toEqual(['40', 'u1', UNASSIGNED]);
    hub.answer = () => ({ json: { units: UNITS.slice(1) } });
    const some = await source.units();
    expect(some.ok && some.value.map(({ id }) => id)).toEqual(['u1']);
  });
});

describe('session', () => {
  it('is null, not a failure, when nobody is signed in', async () => {
    hub.answer = () => problem(401, 'signedOut');
    expect(await source.session()).toEqual({ ok: true, value: null });
  });

  it('reads the user whatever way the unit is written', async () => {
    hub.answer = () => ({ json: { user: USER } });
    const user = { id: '7', name: 'Trần Thị Thử', role: 'provinceAdmin', unit: '40' };
    expect(await source.session()).toEqual({ ok: true, value: user });
  });

  it('tells a wrong password from a locked account', async () => {
    hub.answer = () => problem(401, 'wrongPassword', 'Sai.', 'password');
    expect(failureIn(await source.login('a', 'b'))).toMatchObject({
      kind: 'signedOut',
      code: 'wrongPassword',
    });
    hub.answer = () => ({ ...problem(429, 'tooMany'), headers: { 'retry-after': '840' } });
    expect(failureIn(await source.login('a', 'b'))).toMatchObject({ kind: 'busy', retryAfter: 840 });
  });

  it('accepts an empty answer to log-out', async () => {
    hub.answer = () => ({ status: 204 });
    expect(await source.logout()).toEqual({ ok: true, value: null });
  });
});

describe('failures', () => {
  it('are offline when the line is cut or nobody listens', async () => {
    hub.answer = () => ({ cut: true });
    expect(failureIn(await source.devices('u1')).kind).toBe('offline');
    await hub.close();
    expect(failureIn(await source.devices('u1')).kind).toBe('offline');
    hub = await startHub(() => ({}));
  });

  it('are offline when no answer comes in time', async () => {
    const short = hubSource({ fetch, origin: hub.origin, timeout: 50, language: () => 'vi' });
    const { promise, resolve } = Promise.withResolvers<void>();
    hub.answer = () => promise.then(() => ({ json: {} }));
    expect(failureIn(await short.devices('u1')).kind).toBe('offline');
    resolve();
  });

  it('carry the hub’s words, code and field when it refuses', async () => {
    hub.answer = () => problem(403, 'outOfScope', 'Ngoài phạm vi.', 'unit');
    expect(failureIn(await source.figures('x', 'report:2026-M09'))).toEqual({
      kind: 'refused',
      code: 'outOfScope',
      field: 'unit',
      message: 'Ngoài phạm vi.',
      retryAfter: null,
    });
  });

  it('are signedOut on 401 and busy on 503', async () => {
    hub.answer = () => problem(401, 'signedOut');
    expect(failureIn(await source.units()).kind).toBe('signedOut');
    hub.answer = () => ({ ...problem(503, 'busy'), headers: { 'retry-after': '7' } });
    expect(failureIn(await source.units())).toMatchObject({ kind: 'busy', retryAfter: 7 });
  });

  it('take a proxy’s page or an unknown shape for broken, never for figures', async () => {
    hub.answer = () => ({ text: '<html>Đăng nhập mạng</html>' });
    expect(failureIn(await source.figures('u1', 'report:2026-M09'))).toMatchObject({
      kind: 'broken',
      code: 'answer',
    });
    hub.answer = () => ({ json: { ...sampleFigures(), received: { online: -1 } } });
    expect(failureIn(await source.figures('u1', 'report:2026-M09')).code).toBe('answer');
    hub.answer = () => ({ status: 502, text: 'Bad gateway' });
    expect(failureIn(await source.figures('u1', 'report:2026-M09'))).toMatchObject({
      kind: 'broken',
      code: 'http-502',
    });
  });

  it('do not follow a redirect off the hub', async () => {
    const other = await startHub(() => ({ json: { units: UNITS } }));
    try {
      hub.answer = () => ({ status: 302, headers: { location: `${other.origin}/v1/units` } });
      expect(failureIn(await source.units()).kind).toBe('offline');
      expect(other.asked).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

describe('files', () => {
  const report = { rows: 3, created: 2, updated: 1, errors: [] };
  const bytes = new TextEncoder().encode('\ufeffid,name\n');

  it('send a CSV as it is, first as a dry run', async () => {
    hub.answer = () => ({ json: report });
    expect(await source.importUnits(bytes, true)).toEqual({ ok: true, value: report });
    await source.importCatalogue(bytes, false);
    expect(hub.asked.map(({ path }) => path)).toEqual(['/v1/units/import?dryRun=1', '/v1/catalogue/import']);
    expect(hub.asked[0]?.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(new Uint8Array(hub.asked[0]!.body)).toEqual(bytes);
  });

  it('read the errors of a CSV the hub did not save', async () => {
    const errors = [{ line: 3, field: 'parent', message: 'Không có đơn vị “99”.' }];
    hub.answer = () => ({ status: 422, json: { ...report, errors } });
    expect(await source.importUnits(bytes, false)).toEqual({ ok: true, value: { ...report, errors } });
  });

  it('turn a receipt into where the device stands, and keep it to be carried back', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const receipt = {
      typ: 'nmc-receipt',
      hub: 'h1',
      epoch: 1,
      device: 'd-1',
      stream: 2,
      received: [
        [1, 40],
        [45, 50],
      ],
      gaps: [[41, 44]],
      quarantined: [{ seq: 7, code: 'schema' }],
      time: '2026-09-11T08:12:00.000Z',
      skew: 0,
      durable: 0,
      next: { after: 0, window: 0 },
    };
    const jws = `${part({ alg: 'ES256' })}.${part(receipt)}.c2ln`;
    hub.answer = () => ({ text: jws, headers: { 'content-type': 'application/jose' } });
    const result = await source.importHandover({ name: 'a.nmc', bytes });
    expect(result).toEqual({
      at: 'received',
      name: 'a.nmc',
      device: 'd-1',
      deviceName: null,
      stream: 2,
      through: 40,
      missing: 4,
      quarantined: 1,
      receipt: { name: 'd-1-2-40.nmc-receipt', bytes: new TextEncoder().encode(jws) },
    });
    expect(hub.asked[0]?.headers['content-type']).toBe('application/vnd.nmc.batch');
  });

  it('say why a file was refused, and take a 200 without a receipt for broken', async () => {
    hub.answer = () => problem(422, 'batchSignature', 'Tệp hỏng.');
    expect(await source.importHandover({ name: 'a.nmc', bytes })).toMatchObject({
      at: 'refused',
      failure: { kind: 'refused', message: 'Tệp hỏng.' },
    });
    hub.answer = () => ({ text: 'Xin chào' });
    expect(await source.importHandover({ name: 'a.nmc', bytes })).toMatchObject({
      at: 'refused',
      failure: { kind: 'broken', code: 'receipt' },
    });
  });
});
