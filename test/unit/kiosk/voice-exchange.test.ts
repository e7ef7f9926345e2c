/** Clips between a device and its hub. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ClipRef,
  type ClipRequest,
  clipRequestSchema,
  DEVICE_SCHEME,
  verifyDeviceToken,
} from '../../../lib/batch/index.ts';
import { createExchange, exchangeClips } from '../../../lib/kiosk/voice/exchange.ts';
import { openShelf, type Shelf } from '../../../lib/kiosk/voice/shelf.ts';
import type { Device, Fetch } from '../../../lib/sync/index.ts';
import { memoryHub } from '../sync/hub.ts';
import { deviceFor, START } from '../sync/world.ts';
import { clipOf, type MemoryCache, memoryCache, sound } from './voice-room.ts';

let cache: MemoryCache;
let shelf: Shelf;
let device: Device;
/** What the hub holds and got; `answers` by `METHOD path` come before it. */
let clips: Map<string, Uint8Array<ArrayBuffer>>;
let got: ClipRequest[];
let asked: string[];
let answers: Map<string, () => Response | Promise<Response>>;

/** The hub's two endpoints; every token is verified. */
const hub: Fetch = async (url, init) => {
  const { pathname } = new URL(url);
  const [scheme, token] = (new Headers(init.headers).get('authorization') ?? '').split(' ');
  expect(scheme).toBe(DEVICE_SCHEME);
  const said = await verifyDeviceToken(token ?? '', device.jwk);
  expect(said).toEqual({ device: device.id, time: START + 5_000 });
  const method = init.method ?? 'GET';
  asked.push(`${method} ${pathname}`);
  const answer = answers.get(`${method} ${pathname}`);
  if (answer) return answer();
  if (method === 'POST') {
    const body = clipRequestSchema.parse(JSON.parse(String(init.body)));
    got.push(body);
    return Response.json({ sha256: 'x' }, { status: 201 });
  }
  const bytes = clips.get(pathname.split('/').at(-1) ?? '');
  return bytes ? new Response(bytes, { headers: { 'content-type': 'audio/webm' } }) : problem(404);
};

/** Bytes for ever: only a reader that gives up comes back. */
const endless = () =>
  new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(100_000)) });

const problem = (status: number) =>
  Response.json({ error: { code: 'clip', message: 'Chưa nhận được bản ghi này.' } }, { status });
const run = (force = false) =>
  exchangeClips({ shelf, device, fetch: hub, clock: () => START, offset: 5_000, force });

async function shared(...texts: string[]): Promise<ClipRef[]> {
  const refs = await Promise.all(texts.map((text) => clipOf('hmn', `p.${text}`, sound(text))));
  for (const [index, ref] of refs.entries()) clips.set(ref.sha256, sound(texts[index]!));
  await shelf.adopt(refs);
  return refs;
}

beforeEach(async () => {
  cache = memoryCache();
  shelf = await openShelf(async () => cache);
  device = await deviceFor(await memoryHub(() => START));
  clips = new Map();
  got = [];
  asked = [];
  answers = new Map();
});

describe('down', () => {
  it('what the configuration names, one after the other, once', async () => {
    await shared('một', 'hai');
    expect(await run()).toBe('done');
    expect([shelf.has('hmn', 'p.một'), shelf.has('hmn', 'p.hai')]).toEqual([true, true]);
    await run();
    expect(asked).toHaveLength(2);
  });

  it('a round cut off in the middle goes on where it was', async () => {
    const [, second] = await shared('một', 'hai', 'ba');
    const path = `GET /v1/device/clips/${second!.sha256}`;
    answers.set(path, () => Promise.reject(new TypeError('network')));
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(await run()).toBe('cut');
    expect(asked).toHaveLength(2);
    answers.clear();
    expect(await run()).toBe('done');
    expect(asked.slice(2)).toEqual([path, expect.stringContaining('GET')]);
    expect(shelf.wanted()).toEqual([]);
  });

  it.each([
    ['one the hub does not have', () => problem(404)],
    ['other bytes', () => new Response(sound('kẻ gian'))],
    ['more bytes than a clip has, without end', () => new Response(endless())],
  ])('%s: silence for that sentence, a notice, and the next one comes', async (_, answer) => {
    const [first] = await shared('một', 'hai');
    answers.set(`GET /v1/device/clips/${first!.sha256}`, answer);
    expect(await run()).toBe('done');
    expect([shelf.has('hmn', 'p.một'), shelf.has('hmn', 'p.hai')]).toEqual([false, true]);
    expect(shelf.notices()).toMatchObject([{ phrase: 'p.một' }]);
    expect(cache.records.size).toBe(1);
  });

  it.each([
    [
      'a login page of the network',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    ],
    ['a busy hub', () => problem(503)],
    ['a hub that does not know the device', () => problem(401)],
  ])('%s ends the round, nothing is kept', async (_, answer) => {
    const [first] = await shared('một', 'hai');
    answers.set(`GET /v1/device/clips/${first!.sha256}`, answer);
    expect(await run()).toBe('cut');
    expect(asked).toHaveLength(1);
    expect(cache.records.size).toBe(0);
  });
});

describe('up', () => {
  const POST = 'POST /v1/device/clips';

  it('what was recorded here, once, byte for byte', async () => {
    const bytes = new Uint8Array(256).map((_, index) => index);
    await shelf.record('blt', 'ui.level1', 'audio/webm', bytes);
    expect(await run()).toBe('done');
    expect(got).toEqual([
      {
        language: 'blt',
        phrase: 'ui.level1',
        mime: 'audio/webm',
        content: Buffer.from(bytes).toString('base64'),
      },
    ]);
    expect(shelf.stateOf('blt', 'ui.level1')).toBe('sent');
    await run();
    expect(got).toHaveLength(1);
  });

  it('refused stays here and plays; it is sent again when staff ask, not every quarter of an hour', async () => {
    await shelf.record('blt', 'a', 'audio/webm', sound('một'));
    answers.set(POST, () => problem(422));
    await run();
    expect(shelf.stateOf('blt', 'a')).toBe('refused');
    expect(shelf.has('blt', 'a')).toBe(true);
    await run();
    expect(asked).toHaveLength(1);
    answers.clear();
    await run(true);
    expect(shelf.stateOf('blt', 'a')).toBe('sent');
  });

  it.each([401, 404, 409, 429, 500, 503])(
    'an answer %i is about the hub, not about the clip: it waits',
    async (status) => {
      await shelf.record('blt', 'a', 'audio/webm', sound('một'));
      answers.set(POST, () => problem(status));
      expect(await run()).toBe('cut');
      expect(shelf.stateOf('blt', 'a')).toBe('here');
    },
  );

  it('a 400 that no hub wrote is a network in between: it waits', async () => {
    await shelf.record('blt', 'a', 'audio/webm', sound('một'));
    answers.set(POST, () => new Response('<h1>Bad request</h1>', { status: 400 }));
    expect(await run()).toBe('cut');
    expect(shelf.stateOf('blt', 'a')).toBe('here');
  });
});

it('without a hub nothing is asked of anybody', async () => {
  await shelf.record('blt', 'a', 'audio/webm', sound('một'));
  const alone = { ...device, hub: null };
  expect(await exchangeClips({ shelf, device: alone, fetch: hub })).toBe('noHub');
  expect(asked).toEqual([]);
});

it('two syncs at once are one round', async () => {
  await shared('một');
  const exchange = createExchange(shelf);
  const deps = { device, fetch: hub, clock: () => START, offset: 5_000 };
  await Promise.all([exchange(deps), exchange(deps)]);
  expect(asked).toHaveLength(1);
});
