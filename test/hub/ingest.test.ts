/** Ingest over HTTP on the real database: exactly-once effect, gaps, forks, quarantine, refusals (DESIGN §6). */

import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { FlattenedSign } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GENESIS, LIMITS, toHex } from '../../lib/batch/index.ts';
import { census } from '../../lib/hub/jobs/census.ts';
import { recomputeCheck } from '../../lib/hub/jobs/recompute.ts';
import {
  callerOf,
  keyOf,
  keyPair,
  NOON,
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
});
afterAll(() => server.close());
beforeEach(async () => {
  at = await testHub(server);
  device = await at.device('xa-a');
});
afterEach(() => at.close());

async function rollup(measure: string): Promise<number> {
  const rows = await at.hub.db.tx({ role: 'ingest' }, (query) =>
    query<{ n: number }>('SELECT coalesce(sum(n), 0) AS n FROM rollup WHERE measure = $1', [measure]),
  );
  return rows[0]!.n;
}
async function count(table: string, where = 'true'): Promise<number> {
  const rows = await at.hub.db.tx({ role: 'ingest' }, (query) =>
    query<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`),
  );
  return rows[0]!.n;
}
const online = (name: string) => sighting([keyOf(name)], { channel: 'online', status: 'processing' });

describe('exactly-once effect', () => {
  it('a batch counts once however often it comes', async () => {
    device.append(online('a'), online('b'));
    const first = await device.receipt();
    expect(first).toMatchObject({ received: [[1, 2]], gaps: [], quarantined: [], stream: 1, epoch: 1 });
    for (let again = 0; again < 3; again++) expect((await device.receipt()).received).toEqual([[1, 2]]);
    expect(await rollup('received:online')).toBe(2);
    expect(await count('entry')).toBe(2);
    expect((await recomputeCheck(at.hub.db, NOON)).differences.size).toBe(0);
  });

  it('an overlap takes effect only where it is new, and gaps are accepted and named', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) device.append(online(name));
    expect(await device.receipt(1, 2)).toMatchObject({ received: [[1, 2]], gaps: [[3, 6]] });
    expect(await device.receipt(5, 6)).toMatchObject({
      received: [
        [1, 2],
        [5, 6],
      ],
      gaps: [[3, 4]],
    });
    expect(await device.receipt(2, 5)).toMatchObject({ received: [[1, 6]], gaps: [] });
    expect(await rollup('received:online')).toBe(6);
  });

  it('a closing beacon declares the head without a line', async () => {
    device.append(online('a'));
    await device.receipt();
    device.append(online('b'), online('c'));
    const beacon = await device.batch(4, 3);
    const answer = await callerOf(at.hub.url)('POST', '/v1/batches', beacon);
    expect(answer.status).toBe(200);
    const streams = await at.hub.db.tx({ role: 'ingest' }, (query) =>
      query('SELECT received::text AS received, declared_head AS head FROM device_stream'),
    );
    expect(streams).toEqual([{ received: '{[1,2)}', head: 3 }]);
  });

  it('the census hashes every line in order', async () => {
    device.append(online('a'), online('b'));
    device.appendLine('{"not":"an entry"}');
    device.append(online('c'));
    await device.receipt();
    const expected = createHash('sha256')
      .update(device.lines.map((line) => `${line}\n`).join(''))
      .digest('hex');
    expect((await census(at.hub.db))[0]!.streams[0]).toMatchObject({
      sha256: expected,
      received: [[1, 4]],
      entries: 3,
      quarantined: 1,
    });
  });
});

describe('what cannot be taken as it is', () => {
  it('the same seq with other bytes is a fork: kept aside, counted as received, alarmed', async () => {
    const copy = device.clone();
    device.append(online('a'), online('b'));
    copy.append(online('a'), online('other'));
    await device.receipt();
    expect((await copy.receipt()).quarantined).toEqual([{ seq: 2, code: 'fork' }]);
    expect((await copy.receipt()).quarantined).toEqual([{ seq: 2, code: 'fork' }]);
    expect(await count('quarantine')).toBe(1);
    expect(await count('alarm', `kind = 'fork' AND subject = '${device.id}'`)).toBe(1);
    expect(await rollup('received:online')).toBe(2);
  });

  it('two histories that share no seq are noticed by the chain', async () => {
    const copy = device.clone();
    device.append(online('a'), online('b'));
    copy.append(online('other'), online('b'), online('c'));
    await device.receipt(1, 2);
    expect((await copy.receipt(3, 3)).received).toEqual([[1, 3]]);
    expect(await count('alarm', "kind = 'chain'")).toBe(1);
  });

  it('an unreadable line goes to quarantine raw and blocks nothing', async () => {
    device.append(online('a'));
    device.appendLine('{"v":1,"kind":"future"}');
    device.append(online('b'));
    expect(await device.receipt()).toMatchObject({
      received: [[1, 3]],
      quarantined: [{ seq: 2, code: 'schema' }],
    });
    expect(await count('quarantine', 'convert_from(raw, \'UTF8\') = \'{"v":1,"kind":"future"}\'')).toBe(1);
    expect((await device.receipt()).quarantined).toHaveLength(1);
    expect(await rollup('received:online')).toBe(2);
  });

  it('a line that says another seq is not believed', async () => {
    device.append(online('a'));
    device.appendLine(device.lines[0]!);
    expect((await device.receipt()).quarantined).toEqual([{ seq: 2, code: 'identity' }]);
  });
});

describe('refusals name the field and leave no trace', () => {
  const problem = async (answer: Response) => ({
    status: answer.status,
    ...((await answer.json()) as { error: { code: string; field?: string; message: string } }).error,
  });

  it('refuses a batch signed by another key', async () => {
    device.append(online('a'));
    const bytes = await device.batch(1, 1, { keys: await keyPair() });
    const answer = await callerOf(at.hub.url)('POST', '/v1/batches', bytes);
    expect(await problem(answer)).toMatchObject({ status: 401, code: 'signature', field: 'signature' });
    expect(await count('batch')).toBe(0);
  });

  it('refuses unknown and revoked devices, and takes nothing of theirs', async () => {
    device.append(online('a'));
    const admin = await at.person('unitAdmin', 'xa-a');
    expect((await admin('POST', `/v1/devices/${device.id}/revoke`)).status).toBe(200);
    expect(await problem(await device.send())).toMatchObject({ status: 403, code: 'revokedDevice' });
    const stranger = await device.batch(1, 1);
    const text = Buffer.from(stranger).toString('latin1');
    const [head] = text.split('..');
    const header = JSON.parse(Buffer.from(head!, 'base64url').toString()) as object;
    const other = Buffer.from(JSON.stringify({ ...header, device: 'nobody' })).toString('base64url');
    const bytes = Buffer.from(text.replace(head!, other), 'latin1');
    const answer = await callerOf(at.hub.url)('POST', '/v1/batches', new Uint8Array(bytes));
    expect(await problem(answer)).toMatchObject({ status: 401, code: 'unknownDevice', field: 'device' });
    expect(await count('entry')).toBe(0);
  });

  it('refuses what is too large: by its declared length, and by what really comes', async () => {
    const large = new Uint8Array(LIMITS.packedBytes + LIMITS.headerBytes + 2);
    const declared = await callerOf(at.hub.url)('POST', '/v1/batches', large);
    expect(await problem(declared)).toMatchObject({ status: 413, code: 'tooLarge' });
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    });
    const chunked = await fetch(`${at.hub.url}/v1/batches`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.nmc.batch' },
      body: stream,
      duplex: 'half',
    } as RequestInit).catch((error: Error) => error);
    // The hub stops reading and closes; a client still writing may see the reset instead of the answer.
    if (chunked instanceof Response) expect(chunked.status).toBe(413);
    expect((await fetch(`${at.hub.url}/v1/health`)).status).toBe(200);
  });

  it('never inflates a bomb past its bound, though it is signed by a real device', async () => {
    const payload = new Uint8Array(gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)));
    expect(payload.length).toBeLessThan(LIMITS.packedBytes);
    const header = {
      alg: 'ES256',
      b64: false,
      crit: ['b64'],
      typ: 'nmc-batch',
      fmt: 1,
      device: device.id,
      stream: 1,
      first: 1,
      last: 1,
      count: 1,
      prev: toHex(GENESIS),
      head: '0'.repeat(64),
      sent: new Date(NOON).toISOString(),
      beacon: { head: 1, unsent: 0 },
      kind: 'extension',
      jwk: device.keys.jwk,
    };
    const signed = await new FlattenedSign(payload)
      .setProtectedHeader(header as Parameters<FlattenedSign['setProtectedHeader']>[0])
      .sign(device.keys.key);
    const bytes = Buffer.concat([Buffer.from(`${signed.protected}..${signed.signature}\n`), payload]);
    const before = process.memoryUsage.rss();
    const answer = await callerOf(at.hub.url)('POST', '/v1/batches', new Uint8Array(bytes));
    expect(await problem(answer)).toMatchObject({ status: 413, field: 'inflatedBytes' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(48 * 1024 * 1024);
  });

  it('refuses another content type and bytes that are no batch', async () => {
    const call = callerOf(at.hub.url);
    expect((await call('POST', '/v1/batches', { a: 1 })).status).toBe(415);
    const answer = await call('POST', '/v1/batches', new TextEncoder().encode('hello\nworld'));
    expect(await problem(answer)).toMatchObject({ status: 400, code: 'malformed', field: 'header' });
  });
});
