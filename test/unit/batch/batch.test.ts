import { gzipSync } from 'node:zlib';
import { FlattenedSign } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  type BatchContent,
  type BatchHeader,
  type BatchSigner,
  chainStep,
  GENESIS,
  gunzipBounded,
  LIMITS,
  lineHash,
  packBatch,
  readBatchHeader,
  readBatchLine,
  toHex,
  verifyBatch,
} from '../../../lib/batch/index.ts';
import { signer } from './keys.ts';

const SENT = Date.parse('2026-09-21T09:30:00.000Z');
const device = await signer();
const stranger = await signer();

function content(lines: string[], over: Partial<BatchContent> = {}): BatchContent {
  return {
    device: 'device-1',
    kind: 'extension',
    stream: 1,
    first: 1,
    lines,
    prev: GENESIS,
    sent: SENT,
    beacon: { head: lines.length, unsent: lines.length },
    ...over,
  };
}

/** A batch made by hand: whatever header and payload, honestly signed. */
async function forge(over: Partial<BatchHeader>, payload: Uint8Array, by: BatchSigner = device) {
  const header = { ...readBatchHeader(await packBatch(content([]), device)).header, ...over };
  const signed = await new FlattenedSign(payload).setProtectedHeader(header).sign(by.key);
  const head = new TextEncoder().encode(`${signed.protected}..${signed.signature}\n`);
  return new Uint8Array([...head, ...payload]);
}

const gz = (text: string | Uint8Array) => new Uint8Array(gzipSync(text));
const headOf = (lines: string[]) => {
  let head: Uint8Array = GENESIS;
  lines.forEach((line, index) => {
    head = chainStep(head, index + 1, line);
  });
  return toHex(head);
};

describe('chain', () => {
  it('is SHA-256(prev ‖ uint64be(seq) ‖ SHA-256(line)), computed here by the platform', async () => {
    const line = '{"a":"Nguyễn"}';
    const inner = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(line));
    const joined = new Uint8Array(72);
    joined.set([0, 0, 0, 1, 0, 0, 0, 2], 32);
    joined.set(new Uint8Array(inner), 40);
    const outer = new Uint8Array(await crypto.subtle.digest('SHA-256', joined));
    expect(chainStep(GENESIS, 2 ** 32 + 2, line)).toEqual(outer);
    expect(lineHash(line)).toEqual(new Uint8Array(inner));
  });
});

describe('packBatch', () => {
  it('writes one line of detached JWS, then gzip', async () => {
    const bytes = await packBatch(content(['{"a":1}', '{"b":2}']), device);
    const end = bytes.indexOf(0x0a);
    expect(new TextDecoder().decode(bytes.subarray(0, end))).toMatch(/^[\w-]+\.\.[\w-]{86}$/);
    expect([...bytes.subarray(end + 1, end + 3)]).toEqual([0x1f, 0x8b]);
    const inflated = await gunzipBounded(bytes.subarray(end + 1), 1_000);
    expect(new TextDecoder().decode(inflated)).toBe('{"a":1}\n{"b":2}\n');
  });

  it('a beacon carries no line and does not move the chain', async () => {
    const prev = chainStep(GENESIS, 1, '{}');
    const bytes = await packBatch(content([], { first: 2, prev, beacon: { head: 1, unsent: 0 } }), device);
    const { header, lines } = await verifyBatch(bytes, device.jwk);
    expect(header).toMatchObject({ first: 2, last: 1, count: 0, prev: toHex(prev), head: toHex(prev) });
    expect(lines).toEqual([]);
  });

  it.each([
    ['entries', Array.from({ length: LIMITS.entries + 1 }, () => '{}')],
    ['lineBytes', ['x'.repeat(LIMITS.lineBytes + 1)]],
    ['inflatedBytes', Array.from({ length: 200 }, () => 'x'.repeat(LIMITS.lineBytes - 1))],
  ])('refuses to make what a hub would refuse: %s', async (field, lines) => {
    await expect(packBatch(content(lines), device)).rejects.toMatchObject({ code: 'bound', field });
  });

  it('refuses random lines that pack too large', async () => {
    const lines = Array.from({ length: 40 }, () =>
      btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12_000)))),
    );
    await expect(packBatch(content(lines), device)).rejects.toMatchObject({ field: 'packedBytes' });
  });

  it('refuses a line with a line break and an empty line', async () => {
    await expect(packBatch(content(['{}\n{}']), device)).rejects.toMatchObject({ code: 'malformed' });
    await expect(packBatch(content(['']), device)).rejects.toMatchObject({ code: 'malformed' });
  });
});

describe('verifyBatch', () => {
  it('refuses another key', async () => {
    const bytes = await packBatch(content(['{}']), device);
    await expect(verifyBatch(bytes, stranger.jwk)).rejects.toMatchObject({ code: 'signature' });
    await expect(verifyBatch(bytes, { ...device.jwk, x: 'AAAA' })).rejects.toMatchObject({ code: 'schema' });
  });

  it('refuses before inflating: a bomb with a bad signature is never opened', async () => {
    const bytes = await forge({ count: 1, last: 1, beacon: { head: 1, unsent: 1 } }, gz('x'), stranger);
    const open = globalThis.DecompressionStream;
    let opened = 0;
    globalThis.DecompressionStream = class extends open {
      constructor(format: CompressionFormat) {
        super(format);
        opened += 1;
      }
    };
    try {
      await expect(verifyBatch(bytes, device.jwk)).rejects.toMatchObject({ code: 'signature' });
      expect(opened).toBe(0);
      await verifyBatch(await packBatch(content(['{}']), device), device.jwk);
      expect(opened).toBe(1);
    } finally {
      globalThis.DecompressionStream = open;
    }
  });

  it('refuses a bomb of its own device with bounded memory', async () => {
    const bomb = gz(new Uint8Array(200 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(LIMITS.packedBytes);
    const bytes = await forge({ count: 1, last: 1, beacon: { head: 1, unsent: 1 } }, bomb);
    const before = process.memoryUsage();
    await expect(verifyBatch(bytes, device.jwk)).rejects.toMatchObject({
      code: 'bound',
      field: 'inflatedBytes',
    });
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(16 * 1024 * 1024);
  });

  const lines = ['{"a":1}', '{"b":2}'];
  const text = '{"a":1}\n{"b":2}\n';
  const said = { count: 2, last: 2, beacon: { head: 2, unsent: 2 }, head: headOf(lines) };

  it('accepts what is honest, made by another gzip', async () => {
    const batch = await verifyBatch(await forge(said, gz(text)), device.jwk);
    expect(batch.lines).toEqual(lines);
    expect(toHex(batch.chain[1]!)).toBe(said.head);
  });

  it.each<[string, Partial<BatchHeader>, Uint8Array, string]>([
    ['fewer lines than said', said, gz('{"a":1}\n'), 'count'],
    ['more lines than said', said, gz(`${text}{}\n`), 'count'],
    ['a cut last line', said, gz('{"a":1}\n{"b":2}'), 'inflate'],
    ['another line', said, gz('{"a":1}\n{"b":3}\n'), 'chain'],
    ['another head', { ...said, head: '0'.repeat(64) }, gz(text), 'chain'],
    ['another prev', { ...said, prev: '1'.repeat(64) }, gz(text), 'chain'],
    ['a shifted first', { ...said, first: 2, last: 3, beacon: { head: 3, unsent: 2 } }, gz(text), 'chain'],
    ['no gzip', said, new TextEncoder().encode(text), 'inflate'],
    ['cut gzip', said, gz(text).slice(0, -4), 'inflate'],
    ['no UTF-8', said, gz(new Uint8Array([0xff, 0x0a, 0x7b, 0x0a])), 'inflate'],
    ['a line too long', { ...said, count: 1, last: 1 }, gz(`${'x'.repeat(LIMITS.lineBytes + 1)}\n`), 'bound'],
    ['first, last, count at odds', { ...said, last: 3 }, gz(text), 'schema'],
    ['a head below last', { ...said, beacon: { head: 1, unsent: 0 } }, gz(text), 'schema'],
    ['a beacon that moves the chain', { head: '1'.repeat(64) }, gz(''), 'schema'],
    ['an unknown format', { fmt: 2 as 1 }, gz(''), 'schema'],
    ['an unknown field', { more: 1 } as never, gz(''), 'schema'],
    ['a stream of 0', { stream: 0 }, gz(''), 'schema'],
  ])('refuses %s, signed or not', async (_name, over, payload, code) => {
    await expect(verifyBatch(await forge(over, payload), device.jwk)).rejects.toMatchObject({ code });
  });

  it('bounds the header line and the payload before anything else', () => {
    const long = new Uint8Array(LIMITS.headerBytes + 1).fill(0x41);
    expect(() => readBatchHeader(long)).toThrow(expect.objectContaining({ field: 'headerBytes' }));
    expect(() => readBatchHeader(new Uint8Array(20))).toThrow(expect.objectContaining({ code: 'malformed' }));
    const large = new Uint8Array(LIMITS.packedBytes + 10);
    large[3] = 0x0a;
    expect(() => readBatchHeader(large)).toThrow(expect.objectContaining({ field: 'packedBytes' }));
  });

  it('messages hold no value of the data', async () => {
    const secret = 'Nguyễn Văn Thử 0912345678';
    const bytes = await forge({ device: secret as never }, gz(`${secret}\n`));
    const error = await verifyBatch(bytes, device.jwk).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'schema', field: 'device' });
    expect(JSON.stringify([String(error), (error as Error).message])).not.toContain('Nguyễn');
  });
});

describe('readBatchLine', () => {
  it('reads entries, and names a line that says another place', async () => {
    const entry = (stream: number, seq: number) =>
      JSON.stringify({
        v: 1,
        stream,
        seq,
        at: '2026-09-21T01:00:00.000Z',
        boot: 'b',
        offset: null,
        kind: 'guidance',
        body: { topic: 'filing', n: 1 },
      });
    const lines = [entry(1, 1), entry(1, 7), entry(2, 3), 'not json'];
    const batch = await verifyBatch(await packBatch(content(lines), device), device.jwk);
    expect(readBatchLine(batch, 0)).toMatchObject({ ok: true, entry: { seq: 1 } });
    expect(readBatchLine(batch, 1)).toMatchObject({ ok: false, code: 'identity', seq: 2 });
    expect(readBatchLine(batch, 2)).toMatchObject({ ok: false, code: 'identity', seq: 3 });
    expect(readBatchLine(batch, 3)).toMatchObject({ ok: false, code: 'notJson', seq: 4 });
  });
});
