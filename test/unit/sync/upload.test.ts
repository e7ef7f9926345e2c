import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { readBatchHeader } from '../../../lib/batch/index.ts';
import { type Fetch, makeHandover } from '../../../lib/sync/index.ts';
import { action } from '../journal/helpers.ts';
import { problem } from './hub.ts';
import { deviceFor, makeWorld, START, type World } from './world.ts';

const MINUTE = 60_000;

async function worldWith(entries: number): Promise<World> {
  const world = await makeWorld();
  if (entries > 0) await world.journal.append(Array.from({ length: entries }, () => action()));
  return world;
}

const answering =
  (make: () => Response): Fetch =>
  async () =>
    make();

describe('syncNow', () => {
  it('sends what is pending and frees what the receipt says', async () => {
    const world = await worldWith(3);
    const result = await world.sync();
    expect(result).toMatchObject({ state: 'done', sent: 3, received: 3, message: 'done', problem: null });
    expect(result.nextAt).toBe(START + 15 * MINUTE);
    expect(world.hub.entries.size).toBe(3);
    expect(await world.journal.state()).toMatchObject({ unsent: 0 });
    const again = await world.sync();
    expect(again).toMatchObject({ state: 'done', sent: 0 });
    expect(world.requests, 'nothing to say, nothing sent').toBe(1);
    await world.journal.close();
  });

  it('learns the clock offset from the middle of the exchange', async () => {
    const world = await worldWith(1);
    const slow: Fetch = async (url, init) => {
      world.now += 4_000;
      const answer = await world.hub.fetch(url, init);
      world.now += 4_000;
      return answer;
    };
    await world.sync({ fetch: slow });
    expect((await world.journal.state()).offset).toBe(0);
    await world.journal.append([action()]);
    const verySlow: Fetch = async (url, init) => {
      const answer = await world.hub.fetch(url, init);
      world.now += 40_000;
      return answer;
    };
    await world.sync({ fetch: verySlow });
    expect((await world.journal.state()).offset, 'too slow to tell').toBe(0);
    await world.journal.close();
  });

  it('keeps the device to its slot in the window the hub names', async () => {
    const world = await worldWith(1);
    world.hub.next = { after: 10 * MINUTE, window: 20 * MINUTE };
    const { nextAt } = await world.sync();
    expect(nextAt).toBeGreaterThanOrEqual(START + 10 * MINUTE);
    expect(nextAt).toBeLessThan(START + 30 * MINUTE);
    await world.journal.close();
  });

  it('an answer cut after the commit: sent again, taken once', async () => {
    const world = await worldWith(2);
    world.moods = ['cut', 'ok'];
    expect(await world.sync()).toMatchObject({ state: 'offline', received: 0 });
    expect(world.hub.entries.size).toBe(2);
    expect(await world.journal.state()).toMatchObject({ unsent: 2 });
    expect(await world.sync({ force: true })).toMatchObject({ state: 'done', received: 2 });
    expect(world.hub.entries.size).toBe(2);
    expect(world.hub.forks).toEqual([]);
    await world.journal.close();
  });

  const pages: [string, () => Response][] = [
    ['a log-in page', () => new Response('<html></html>', { headers: { 'content-type': 'text/html' } })],
    ['an empty 200', () => new Response('')],
    ['a 204', () => new Response(null, { status: 204 })],
    ['JSON of somebody', () => Response.json({ ok: true })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'http://wifi.example/' } })],
    ['a 404 that names no problem', () => new Response('log in', { status: 404 })],
    [
      'a firewall that says 403 with a page',
      () => new Response('<html>blocked</html>', { status: 403, headers: { 'content-type': 'text/html' } }),
    ],
  ];
  it.each(pages)('%s is no hub: nothing changes', async (_name, make) => {
    const world = await worldWith(2);
    expect(await world.sync({ fetch: answering(make) })).toMatchObject({
      state: 'captivePortal',
      received: 0,
    });
    expect(await world.journal.state()).toMatchObject({ unsent: 2, lastReceipt: null });
    await world.journal.close();
  });

  it('a receipt of another key, another device or another stream frees nothing', async () => {
    const world = await worldWith(2);
    const other = await worldWith(2);
    await other.sync();
    const foreign = other.hub.receipts[0]!;
    expect(await world.sync({ fetch: answering(() => new Response(foreign)) })).toMatchObject({
      state: 'captivePortal',
    });
    const neighbour = await deviceFor(world.hub, 'device-2');
    const [file] = await makeHandover(world.journal, neighbour);
    const forNeighbour = await world.hub.ingest(file!.bytes);
    expect(
      await world.sync({ force: true, fetch: answering(() => new Response(forNeighbour)) }),
    ).toMatchObject({
      state: 'captivePortal',
    });
    const [mine] = await makeHandover(world.journal, world.device);
    const fromElsewhere = await world.hub.ingest(mine!.bytes);
    const otherHub = { ...world.device, hubId: 'hub-2' };
    expect(
      await world.sync({
        force: true,
        device: otherHub,
        fetch: answering(() => new Response(fromElsewhere)),
      }),
    ).toMatchObject({ state: 'captivePortal' });
    expect(await world.journal.state()).toMatchObject({ unsent: 2, lastReceipt: null });
    await Promise.all([world.journal.close(), other.journal.close()]);
  });

  it('an old receipt from a cache is not taken for progress, and does not loop', async () => {
    const world = await worldWith(1);
    await world.sync();
    await world.journal.append([action()]);
    world.moods = ['stale'];
    const before = world.requests;
    expect(await world.sync()).toMatchObject({ state: 'captivePortal', received: 0 });
    expect(world.requests - before).toBe(1);
    expect((await world.journal.state()).unsent).toBe(1);
    await world.journal.close();
  });

  it.each([401, 403])('%i keeps everything and asks for activation', async (status) => {
    const world = await worldWith(2);
    const refuse = answering(() => problem(status, 'revoked', 'Máy đã bị thu hồi.'));
    const result = await world.sync({ fetch: refuse });
    expect(result).toMatchObject({ state: 'needsActivation', problem: { message: 'Máy đã bị thu hồi.' } });
    expect((await world.journal.state()).unsent).toBe(2);
    await world.journal.close();
  });

  it('413 halves down to one line and goes on', async () => {
    const world = await worldWith(9);
    const sizes: number[] = [];
    const small: Fetch = async (url, init) => {
      const bytes = new Uint8Array(await new Response(init.body ?? null).arrayBuffer());
      const { count } = readBatchHeader(bytes).header;
      sizes.push(count);
      return count > 2 ? problem(413, 'tooLarge', 'Gói quá lớn.') : world.hub.fetch(url, init);
    };
    expect(await world.sync({ fetch: small })).toMatchObject({ state: 'done', sent: 9, received: 9 });
    expect(sizes).toEqual([9, 4, 2, 2, 2, 2, 1]);
    await world.journal.append([action()]);
    const never = answering(() => problem(413, 'tooLarge', 'Gói quá lớn.'));
    expect(await world.sync({ fetch: never, force: true })).toMatchObject({ state: 'refused' });
    await world.journal.close();
  });

  it('429 and 503 obey Retry-After with jitter, even when a person asks', async () => {
    const world = await worldWith(1);
    world.moods = ['overloaded'];
    const result = await world.sync();
    expect(result).toMatchObject({ state: 'busy', nextAt: START + 90_000 });
    world.moods = ['ok'];
    world.now += 80_000;
    expect(await world.sync({ force: true })).toMatchObject({ state: 'waiting', nextAt: START + 90_000 });
    expect(world.requests).toBe(1);
    world.now += 20_000;
    expect(await world.sync()).toMatchObject({ state: 'done', received: 1 });
    await world.journal.close();
  });

  it('backs off longer with every failure, starts anew after a success, and lets a person try', async () => {
    const world = await worldWith(1);
    world.moods = ['lost'];
    const waits: number[] = [];
    for (let tries = 0; tries < 9; tries += 1) {
      const { nextAt, state } = await world.sync();
      expect(state).toBe('offline');
      waits.push(nextAt - world.now);
      expect(await world.sync()).toMatchObject({ state: 'waiting', nextAt });
      world.now = nextAt;
    }
    expect(waits.map((wait) => wait / 1_000)).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900]);
    expect(world.requests).toBe(9);
    await world.sync();
    world.moods = ['ok'];
    expect(await world.sync({ force: true })).toMatchObject({ state: 'done' });
    expect(await world.memory.loadRetry()).toMatchObject({ failures: 0, nextAt: 0 });
    await world.journal.close();
  });

  it('a clock set back by years does not silence the device', async () => {
    const world = await worldWith(1);
    world.moods = ['lost'];
    await world.sync();
    world.now -= 5 * 365 * 86_400_000;
    world.moods = ['ok'];
    expect(await world.sync()).toMatchObject({ state: 'done' });
    await world.journal.close();
  });

  it('a hub that answers 500 or 502 with a page is offline, a named refusal is told', async () => {
    const world = await worldWith(1);
    const broken = answering(() => new Response('<html>Bad gateway</html>', { status: 502 }));
    expect(await world.sync({ fetch: broken })).toMatchObject({ state: 'offline' });
    const refuse = answering(() => problem(400, 'corrupt', 'Gói dữ liệu hỏng.'));
    expect(await world.sync({ fetch: refuse, force: true })).toMatchObject({
      state: 'refused',
      problem: { code: 'corrupt' },
    });
    expect((await world.journal.state()).unsent).toBe(1);
    await world.journal.close();
  });

  it('a closing beacon declares the head though there is nothing to send', async () => {
    const world = await worldWith(2);
    await world.sync();
    expect(await world.sync({ closing: true })).toMatchObject({ state: 'done', sent: 0 });
    const { header } = readBatchHeader(world.hub.archive.at(-1)!);
    expect(header).toMatchObject({ count: 0, first: 3, last: 2, beacon: { head: 2, unsent: 0 } });
    expect(world.hub.archive).toHaveLength(2);
    world.now += 13 * 3_600_000;
    await world.sync();
    expect(world.hub.archive, 'not heard for half a day').toHaveLength(3);
    await world.journal.close();
  });

  it('a hub restored from a backup gets back what it lost', async () => {
    const world = await worldWith(2);
    await world.sync();
    world.hub.backup();
    await world.journal.append([action(), action()]);
    await world.sync();
    world.hub.restore();
    expect(world.hub.entries.size).toBe(2);
    expect(await world.sync({ closing: true })).toMatchObject({ state: 'done', sent: 2, received: 2 });
    expect(world.hub.entries.size).toBe(4);
    await world.journal.close();
  });

  it('one uploader at a time: the second gives up at once', async () => {
    const world = await worldWith(3);
    const locks = navigator.locks;
    const both = await Promise.all([world.sync({ locks }), world.sync({ locks })]);
    expect(both.map((one) => one.state).sort()).toEqual(['done', 'running']);
    expect(world.requests).toBe(1);
    await world.journal.close();
  });

  it('stops after the allowed number of batches and says that more is waiting', async () => {
    const world = await worldWith(4);
    world.moods = ['tooLarge', 'ok'];
    expect(await world.sync({ batches: 2 })).toMatchObject({ state: 'more', sent: 2 });
    expect(await world.sync()).toMatchObject({ state: 'done', sent: 2 });
    await world.journal.close();
  });

  it('a unit without a hub sends nothing', async () => {
    const world = await worldWith(1);
    const offline = { ...world.device, hub: null };
    expect(await world.sync({ device: offline })).toMatchObject({ state: 'noHub', sent: 0 });
    expect(world.requests).toBe(0);
    await world.journal.close();
  });

  it('says so when the journal cannot be read', async () => {
    const world = await worldWith(1);
    await world.journal.close();
    expect(await world.sync()).toMatchObject({ state: 'storage' });
  });
});
