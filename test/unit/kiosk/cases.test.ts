/**
 * Forty cases that trusted offline systems test, set to our own parts: T1–T11 after Enketo (records queue, store), T12–T19
 * after ODK Collect (savepoints, sending), T20–T30 after CHT (sync, clock, worker), T31–T39 after Formbricks (response queue),
 * T40 after Kobo (the same submission posted at once). The title names the case. Here: what is sent, when, and what frees it;
 * `cases-storage.test.ts`: what is kept; `test/browser/kiosk-cases.test.ts`: T7, T12, T13, T26–T30; `test/hub/cases.test.ts`: T37, T40.
 *
 * None is left out. What does not apply as its author wrote it:
 *
 * | case | theirs                                             | ours, and why                                                    |
 * |------|----------------------------------------------------|------------------------------------------------------------------|
 * | T4   | exactly 1, 2, 4 … 256, 300, 300 s                  | full jitter under 30 s · 2^n, at most 30 min, Retry-After obeyed: |
 * |      |                                                    | ten thousand devices must not come back together                 |
 * | T6   | 401 ends the retries                               | 401 is told to staff; the next try waits for its back-off: a hub  |
 * |      |                                                    | restored from a backup knows the device again by itself          |
 * | T9   | a duplicate id is an error                         | the same visit twice is one entry: the mirror repeats on purpose  |
 * | T17  | a person cancels the queue                         | nobody can; a window closed in the middle is the same            |
 * | T21  | `navigator.onLine` holds a sync back               | it is not believed; only the back-off holds one back              |
 * | T22  | the states "unknown" and "required"                | the sync's state and the count of unsent entries, apart          |
 * | T25  | checked until the server answered once             | every receipt tells the offset anew: a clock may change later    |
 * | T26  | retry 5 minutes after `redundant`                  | the regular look for a new version is the retry, in one loop     |
 * | T36  | 404 on an update: create it again                  | entries never change; a hub that lost them gets them again       |
 * | T39  | clear-all of one survey                            | a receipt, a new activation, a cleared mirror free only their own |
 * | T40  | one 201, all others 202                            | every post gets a receipt; the entry counts once                 |
 */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { readBatchHeader } from '../../../lib/batch/index.ts';
import { staffTexts } from '../../../lib/i18n/kiosk/staff/index.ts';
import { openJournal } from '../../../lib/journal/index.ts';
import { type Fetch, syncNow } from '../../../lib/sync/index.ts';
import { destroyDatabase, freshName, memoryPlace } from '../journal/helpers.ts';
import { memoryHub, problem, throughWire } from '../sync/hub.ts';
import { deviceFor, makeWorld, START, syncMemory, type World } from '../sync/world.ts';
import { rating, timerOf } from './cases-device.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

async function worldWith(ratings: number): Promise<World> {
  const world = await makeWorld();
  if (ratings > 0)
    await world.journal.append(Array.from({ length: ratings }, (_, index) => rating(`v${index + 1}`)));
  return world;
}

const unsentOf = async (world: World) => (await world.journal.state()).unsent;

/** The `stream/seq` of every line the hub was sent, in the order it came. */
function sentTo(world: World): string[] {
  return world.hub.archive.flatMap((bytes) => {
    const { stream, first, count } = readBatchHeader(bytes).header;
    return Array.from({ length: count }, (_, at) => `${stream}/${first + at}`);
  });
}

/** A wire that answers as asked; requests that reach it are counted by the world. */
function answering(world: World, make: () => Response): Fetch {
  return async () => {
    world.requests += 1;
    return make();
  };
}

describe('what is waiting is sent', () => {
  it('T1 uploads what was recorded before this start', async () => {
    const world = await worldWith(3);
    await world.reopen();
    expect(await world.sync()).toMatchObject({ state: 'done', sent: 3, received: 3 });
    expect(sentTo(world)).toEqual(['1/1', '1/2', '1/3']);
    await world.journal.close();
  });

  it('T3 offline: says so, and nothing is removed from either place', async () => {
    const world = await worldWith(2);
    const kept = new Map(world.second.texts);
    world.moods = ['lost'];
    expect(await world.sync()).toMatchObject({ state: 'offline', sent: 0, received: 0 });
    expect(await unsentOf(world)).toBe(2);
    expect(world.second.texts).toEqual(kept);
    await world.journal.close();
  });

  it('T16 oldest first, by number and stream, whatever the clock said', async () => {
    const world = await worldWith(2);
    world.now -= 365 * 86_400_000;
    await world.journal.append([rating('clock set back')]);
    await world.journal.close();
    await destroyDatabase(world.name);
    await world.reopen();
    world.now -= 86_400_000;
    await world.journal.append([rating('after the loss')]);
    expect(await world.sync()).toMatchObject({ state: 'done' });
    expect(sentTo(world)).toEqual(['1/1', '1/2', '1/3', '2/1', '2/2']);
    await world.journal.close();
  });

  it('T17 a window closed in mid-queue: what was received is cleaned up, the rest is not sent and stays', async () => {
    const world = await worldWith(4);
    let calls = 0;
    const closing: Fetch = async (url, init) => {
      calls += 1;
      if (calls === 1) return problem(413, 'tooLarge', 'Gói quá lớn.');
      if (calls === 3) {
        await world.journal.close();
        throw new TypeError('Failed to fetch');
      }
      return world.hub.fetch(url, init);
    };
    await world.sync({ fetch: closing });
    expect(calls).toBe(3);
    expect(sentTo(world)).toEqual(['1/1', '1/2']);
    expect([...world.second.texts.keys()].filter((name) => name.startsWith('line-'))).toEqual([
      'line-1-3',
      'line-1-4',
    ]);
    await world.reopen();
    expect(await world.sync({ force: true })).toMatchObject({ state: 'done', sent: 2 });
    expect(sentTo(world)).toEqual(['1/1', '1/2', '1/3', '1/4']);
    await world.journal.close();
  });
});

describe('T4 back-off: one attempt per step, each step a share of 30 s · 2^n and never over 30 minutes', () => {
  const wires: [string, (world: World) => Partial<{ fetch: Fetch }>][] = [
    [
      'offline',
      (world) => {
        world.moods = ['lost'];
        return {};
      },
    ],
    [
      'request failure',
      (world) => ({
        fetch: answering(world, () => new Response('<html>Bad gateway</html>', { status: 500 })),
      }),
    ],
    [
      'partial failure: the first half goes, the second stays',
      (world) => {
        world.moods = ['tooLarge', 'ok', 'lost'];
        return {};
      },
    ],
  ];
  const dice: [string, number[]][] = [
    ['least', [0]],
    ['most', [0.999_999_9]],
    ['mixed', [0.1, 0.9, 0.5, 0.3, 0.7]],
  ];
  for (const [wire, prepare] of wires) {
    it.each(dice)(`${wire}, %s chance`, async (_name, chances) => {
      const world = await worldWith(4);
      const prepared = prepare(world);
      let thrown = 0;
      const random = () => chances[thrown++ % chances.length]!;
      const { runs, pass } = timerOf(world, { ...prepared, random });
      for (let hours = 0; hours < 8; hours += 1) await pass(60 * MINUTE);
      const attempts = runs.filter(({ requests }) => requests > 0);
      expect(attempts.length).toBeGreaterThanOrEqual(11);
      for (const [step, { at, result }] of attempts.slice(0, 11).entries()) {
        const most = Math.max(SECOND, Math.min(30 * MINUTE, 30 * SECOND * 2 ** step));
        expect(result.state, `step ${step}`).toBe('offline');
        expect(result.nextAt - at, `step ${step}`).toBeGreaterThanOrEqual(SECOND);
        expect(result.nextAt - at, `step ${step}`).toBeLessThanOrEqual(most);
        const next = attempts[step + 1];
        if (!next) continue;
        expect(next.at, `step ${step}: not before its time`).toBeGreaterThanOrEqual(result.nextAt);
        expect(next.at - result.nextAt, `step ${step}: soon after it`).toBeLessThanOrEqual(30 * SECOND);
        expect(next.requests, `step ${step}: one attempt`).toBe(1);
      }
      const isPartial = wire.startsWith('partial');
      expect(sentTo(world)).toEqual(isPartial ? ['1/1', '1/2'] : []);
      expect(await unsentOf(world)).toBe(isPartial ? 2 : 4);
      await world.journal.close();
    });
  }

  it.each([0, 0.5, 0.999_999_9])(
    'Retry-After is a floor, spread over as long again: chance %d',
    async (chance) => {
      const world = await worldWith(1);
      world.moods = ['overloaded'];
      const { runs, pass } = timerOf(world, { random: () => chance });
      await pass(30 * MINUTE);
      const attempts = runs.filter(({ requests }) => requests > 0);
      expect(attempts.length).toBeGreaterThan(5);
      for (const [index, { at, result, requests }] of attempts.entries()) {
        expect(requests).toBe(1);
        expect(result.state).toBe('busy');
        expect(result.nextAt - at).toBeGreaterThanOrEqual(60 * SECOND);
        expect(result.nextAt - at).toBeLessThanOrEqual(120 * SECOND);
        expect(attempts[index + 1]?.at ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(result.nextAt);
      }
      await world.journal.close();
    },
  );

  it('T5 on recovery each record is sent once, and then nothing more is tried', async () => {
    const world = await worldWith(3);
    world.moods = ['lost'];
    const { runs, pass } = timerOf(world);
    await pass(60 * MINUTE);
    expect(runs.filter(({ requests }) => requests > 0).length).toBeGreaterThan(3);
    world.moods = ['ok'];
    await pass(31 * MINUTE);
    expect(sentTo(world)).toEqual(['1/1', '1/2', '1/3']);
    const before = world.requests;
    await pass(60 * MINUTE);
    expect(world.requests).toBe(before);
    expect(sentTo(world)).toHaveLength(3);
    await world.journal.close();
  });
});

describe('what answers is not believed too much', () => {
  it('T6 401: the queue is whole, staff are told, and nobody hammers on', async () => {
    const world = await worldWith(2);
    const fetch = answering(world, () => problem(401, 'deviceUnknown', 'Máy chưa được kích hoạt.'));
    const { runs, pass } = timerOf(world, { fetch, random: () => 0.999_999_9 });
    await pass(30 * MINUTE);
    expect(new Set(runs.map(({ result }) => result.state))).toEqual(new Set(['needsActivation']));
    expect(world.requests, '15, 45, 105, 225, 465, 945 s').toBe(6);
    expect(await unsentOf(world)).toBe(2);
    expect(staffTexts('vi')('sync_needsActivation')).toMatch(/kích hoạt lại/);
    await world.journal.close();
  });

  it('T15 after the activation everything kept goes, under the new identity', async () => {
    const world = await worldWith(2);
    const fetch = answering(world, () => problem(401, 'deviceUnknown', 'Máy chưa được kích hoạt.'));
    expect(await world.sync({ fetch })).toMatchObject({ state: 'needsActivation' });
    const device = await deviceFor(world.hub, 'device-2');
    expect(await world.sync({ device, memory: syncMemory() })).toMatchObject({ state: 'done', received: 2 });
    expect([...world.hub.entries.keys()]).toEqual(['device-2/1/1', 'device-2/1/2']);
    await world.journal.close();
  });

  it.each([
    ['empty', () => new Response('')],
    ['a page', () => new Response('<html>ok</html>', { headers: { 'content-type': 'text/html' } })],
    ['some JSON', () => Response.json({ received: [[1, 2]] })],
  ])('T19 200 without a receipt is a failure: %s', async (_name, make) => {
    const world = await worldWith(2);
    expect(await world.sync({ fetch: answering(world, make) })).toMatchObject({
      state: 'captivePortal',
      received: 0,
    });
    expect(await unsentOf(world)).toBe(2);
    await world.journal.close();
  });

  it('T23 a 502 with a page in it is a hub that is offline, not an answer', async () => {
    const world = await worldWith(1);
    const gateway = () =>
      new Response('<html>502 Bad Gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } });
    expect(await world.sync({ fetch: answering(world, gateway) })).toMatchObject({ state: 'offline' });
    expect(await unsentOf(world)).toBe(1);
    await world.journal.close();
  });

  it('T24 413 halves down to one line, gives up there, and keeps it', async () => {
    const world = await worldWith(8);
    const sizes: number[] = [];
    const fetch: Fetch = async (_url, init) => {
      const bytes = new Uint8Array(await new Response(init.body ?? null).arrayBuffer());
      sizes.push(readBatchHeader(bytes).header.count);
      return problem(413, 'tooLarge', 'Gói quá lớn.');
    };
    expect(await world.sync({ fetch })).toMatchObject({ state: 'refused', problem: { code: 'tooLarge' } });
    expect(sizes).toEqual([8, 4, 2, 1]);
    expect(await unsentOf(world)).toBe(8);
    await world.journal.close();
  });

  it.each([400, 402, 404, 405, 408, 409, 410, 415, 422, 425, 429, 451])(
    'T38 %i drops nothing: kept, and sent when the hub takes it',
    async (status) => {
      const world = await worldWith(2);
      const fetch = answering(world, () => problem(status, 'refused', 'Chưa nhận được.'));
      expect(await world.sync({ fetch })).toMatchObject({ received: 0 });
      expect(await unsentOf(world)).toBe(2);
      expect(await world.sync({ force: true })).toMatchObject({ state: 'done', received: 2 });
      expect(sentTo(world)).toEqual(['1/1', '1/2']);
      await world.journal.close();
    },
  );

  it('T36 a hub that lost what it had gets it again, once', async () => {
    const world = await worldWith(2);
    world.hub.backup();
    await world.sync();
    world.hub.restore();
    expect(world.hub.entries.size).toBe(0);
    expect(await world.sync({ closing: true })).toMatchObject({ state: 'done', sent: 2 });
    expect([...world.hub.entries.keys()]).toEqual(['device-1/1/1', 'device-1/1/2']);
    expect(world.hub.forks).toEqual([]);
    await world.journal.close();
  });
});

describe('one at a time', () => {
  it('T20 two calls at once are one attempt', async () => {
    const world = await worldWith(2);
    const { locks } = navigator;
    const both = await Promise.all([world.sync({ locks }), world.sync({ locks })]);
    expect(both.map(({ state }) => state).sort()).toEqual(['done', 'running']);
    expect(world.requests).toBe(1);
    await world.journal.close();
  });

  it('T21 within the back-off nothing is sent; a person who asks is obeyed', async () => {
    const world = await worldWith(1);
    world.moods = ['lost', 'ok'];
    await world.sync();
    expect(await world.sync()).toMatchObject({ state: 'waiting', sent: 0 });
    expect(world.requests).toBe(1);
    expect(await world.sync({ force: true })).toMatchObject({ state: 'done', sent: 1 });
    expect(world.requests).toBe(2);
    await world.journal.close();
  });

  it('T22 a failure with nothing to send and one with something to send can be told apart', async () => {
    const world = await worldWith(0);
    world.moods = ['lost'];
    expect(await world.sync({ closing: true })).toMatchObject({ state: 'offline' });
    expect(await unsentOf(world)).toBe(0);
    await world.journal.append([rating('waiting')]);
    expect(await world.sync({ force: true })).toMatchObject({ state: 'offline' });
    expect(await unsentOf(world)).toBe(1);
    const t = staffTexts('vi');
    expect(t('syncUnsentNone')).not.toBe(t('syncUnsentSome', { n: 1 }));
    await world.journal.close();
  });

  it('T31 a network that appears while a sync is under way starts no second one', async () => {
    const world = await worldWith(3);
    const { locks } = navigator;
    let isHeld = () => {};
    const held = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    let release = () => {};
    const fetch: Fetch = async (url, init) => {
      world.requests += 1;
      isHeld();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return world.hub.fetch(url, init);
    };
    const timer = timerOf(world, { fetch, locks });
    const first = timer.pass(15 * SECOND);
    await held;
    timer.online();
    timer.online();
    expect(await world.sync({ fetch, locks, force: true })).toMatchObject({ state: 'running', sent: 0 });
    release();
    await first;
    expect(timer.runs).toHaveLength(1);
    expect(world.requests).toBe(1);
    expect(sentTo(world)).toEqual(['1/1', '1/2', '1/3']);
    await world.journal.close();
  });

  it('T32 a second window sees that the first is sending', async () => {
    const world = await worldWith(2);
    const { locks } = navigator;
    const other = await openJournal({
      name: world.name,
      second: world.second,
      kind: 'kiosk',
      clock: () => world.now,
    });
    let inFlight: unknown;
    const fetch: Fetch = async (url, init) => {
      inFlight = await world.sync({ journal: other, locks, memory: syncMemory() });
      return world.hub.fetch(url, init);
    };
    expect(await world.sync({ fetch, locks })).toMatchObject({ state: 'done', received: 2 });
    expect(inFlight).toMatchObject({ state: 'running', sent: 0 });
    expect(await world.sync({ journal: other, locks, memory: syncMemory() })).toMatchObject({ sent: 0 });
    expect(sentTo(world)).toEqual(['1/1', '1/2']);
    await Promise.all([world.journal.close(), other.close()]);
  });

  it('T33 cleaning up after a receipt fails: nothing is sent again, and the next start cleans up', async () => {
    const world = await worldWith(2);
    const fetch: Fetch = async (url, init) => {
      const answer = await world.hub.fetch(url, init);
      world.second.isBroken = true;
      return answer;
    };
    expect(await world.sync({ fetch })).toMatchObject({ received: 2 });
    world.second.isBroken = false;
    expect(world.second.texts.has('line-1-1')).toBe(true);
    expect(await world.sync({ force: true })).toMatchObject({ state: 'done', sent: 0 });
    await world.reopen();
    expect([...world.second.texts.keys()].filter((name) => name.startsWith('line-'))).toEqual([]);
    expect(await world.sync({ force: true })).toMatchObject({ sent: 0 });
    expect(sentTo(world)).toEqual(['1/1', '1/2']);
    await world.journal.close();
  });
});

describe('T25 the device clock', () => {
  /** A device whose clock is `ahead` milliseconds ahead of the hub's, until it is put right. */
  async function withClock(ahead: number) {
    const moment = { now: START + ahead, ahead };
    const hub = await memoryHub(() => moment.now - moment.ahead);
    const journal = await openJournal({
      name: freshName(),
      second: memoryPlace(),
      kind: 'kiosk',
      clock: () => moment.now,
    });
    const device = await deviceFor(hub, 'kiosk-1');
    const sync = (mood: 'ok' | 'portal' = 'ok') =>
      syncNow({
        journal,
        device,
        clock: () => moment.now,
        random: () => 0.5,
        memory: syncMemory(),
        locks: null,
        fetch: throughWire(hub, () => mood),
      });
    const putRight = () => {
      moment.now += 60_000 - moment.ahead;
      moment.ahead = 0;
    };
    return { journal, sync, hub, putRight };
  }
  const offsets = async (journal: Awaited<ReturnType<typeof withClock>>['journal']) =>
    (await journal.entries({ kinds: ['feedback'] })).map(({ offset }) => offset);

  it.each([
    ['close enough', 4 * SECOND],
    ['a year ahead', 365 * 86_400_000],
    ['a month behind', -30 * 86_400_000],
    ['in 1970', -START],
  ])('%s: kept and sent; what is recorded after the receipt carries the offset', async (_name, ahead) => {
    const { journal, sync, hub } = await withClock(ahead);
    await journal.append([rating('before')]);
    expect(await sync()).toMatchObject({ state: 'done', received: 1 });
    await journal.append([rating('after')]);
    expect(await offsets(journal)).toEqual([null, -ahead === 0 ? 0 : -ahead]);
    expect(await sync()).toMatchObject({ state: 'done', received: 1 });
    expect(hub.entries.size).toBe(2);
    await journal.close();
  });

  it('an answer without the hub’s time teaches nothing', async () => {
    const { journal, sync } = await withClock(-30 * 86_400_000);
    await journal.append([rating('before')]);
    expect(await sync('portal')).toMatchObject({ state: 'captivePortal' });
    await journal.append([rating('after')]);
    expect(await offsets(journal)).toEqual([null, null]);
    await journal.close();
  });

  it('every receipt tells it anew: a clock put right later is noticed', async () => {
    const { journal, sync, putRight } = await withClock(-30 * 86_400_000);
    await journal.append([rating('behind')]);
    await sync();
    expect((await journal.state()).offset).toBe(30 * 86_400_000);
    putRight();
    await journal.append([rating('put right')]);
    await sync();
    expect((await journal.state()).offset).toBe(0);
    await journal.append([rating('after')]);
    expect(await offsets(journal)).toEqual([null, 30 * 86_400_000, 0]);
    await journal.close();
  });
});
