/** A forgotten PIN at the hub: a one-time code of the unit is used up, and nothing else changes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyUnlock } from '../../lib/batch/index.ts';
import { issueCode } from '../../lib/hub/device/activation.ts';
import { unlock } from '../../lib/sync/index.ts';
import { asDevice, syncDevice } from './device-calls.ts';
import { type TestDevice, type TestHub, type TestServer, testHub, testServer } from './support.ts';

let server: TestServer;
let at: TestHub;
let kiosk: TestDevice;

beforeAll(async () => {
  server = await testServer();
  at = await testHub(server);
  kiosk = await at.device('tt-a', 'kiosk');
});
afterAll(async () => {
  await at?.close();
  await server?.close();
});

const NONCE = 'A'.repeat(22);

async function codeFor(unit: string, kind: 'extension' | 'kiosk' = 'kiosk'): Promise<string> {
  const { hub, clock } = at;
  return (await issueCode(hub.db, hub.secrets, { unit, kind, name: '' }, 'test', clock.now)).code;
}
const ask = (code: string, device = kiosk) =>
  asDevice(at, device)('POST', '/v1/device/unlock', { code, nonce: NONCE });
const refusal = async (answer: Response) => ({
  status: answer.status,
  code: ((await answer.json()) as { error: { code: string } }).error.code,
});

describe('a forgotten PIN', () => {
  it('is unlocked by a code of the unit or of a unit above it, once, signed for this request', async () => {
    const code = await codeFor('tt-a');
    const answer = await ask(code);
    expect(answer.status).toBe(200);
    expect(await verifyUnlock(await answer.text(), at.hub.keys.receipts.jwk)).toMatchObject({
      device: kiosk.id,
      nonce: NONCE,
    });
    expect(await refusal(await ask(code))).toEqual({ status: 422, code: 'codeUsed' });
    expect((await ask(await codeFor('tinh'))).status).toBe(200);
  });

  it("works with the device's own call, and leaves the device what it was", async () => {
    const before = await at.hub.db.tx({ role: 'ingest' }, (query) =>
      query('SELECT * FROM device ORDER BY id'),
    );
    await unlock({
      device: syncDevice(at, kiosk),
      code: await codeFor('xa-a'),
      clock: () => at.clock.now,
    });
    const after = await at.hub.db.tx({ role: 'ingest' }, (query) =>
      query('SELECT * FROM device ORDER BY id'),
    );
    expect(after).toEqual(before);
  });

  it('is not unlocked by a code of another unit, for an extension, expired, or made up', async () => {
    expect(await refusal(await ask(await codeFor('xa-b')))).toEqual({ status: 422, code: 'codeUnknown' });
    expect(await refusal(await ask(await codeFor('tt-a', 'extension')))).toEqual({
      status: 422,
      code: 'codeKind',
    });
    expect(await refusal(await ask('ABCD-EFGH-JK'))).toEqual({ status: 422, code: 'codeUnknown' });
    const old = await codeFor('tt-a');
    at.clock.now += 25 * 3_600_000;
    expect(await refusal(await ask(old))).toEqual({ status: 422, code: 'codeExpired' });
  });

  it('asks for the token of a known device', async () => {
    const answer = await fetch(`${at.hub.url}/v1/device/unlock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: await codeFor('tt-a'), nonce: NONCE }),
    });
    expect(answer.status).toBe(401);
  });

  it('slows down who tries codes', async () => {
    let answer = await ask('ABCD-EFGH-JK');
    for (let tries = 0; tries < 30 && answer.status === 422; tries += 1) answer = await ask('ABCD-EFGH-JK');
    expect(answer.status).toBe(429);
  });
});
