/** The worker's rooms on a real journal, with the browser behind small ports. Every message meets a cold worker. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../lib/domain/entry.ts';
import { dispatch } from '../../../lib/extension/dispatch.ts';
import type { DaySummary, WorkerView } from '../../../lib/extension/messages.ts';
import type { HelloAnswer } from '../../../lib/extension/page-messages.ts';
import { NOTICE_VERSION } from '../../../lib/extension/settings.ts';
import { tick } from '../../../lib/extension/sync-loop.ts';
import {
  armed,
  confirm,
  context,
  makeWorld,
  NOW,
  ORIGIN,
  own,
  page,
  ready as prepare,
  type World,
} from './world.ts';

const ownOf = { document: 'own-form', counter: 1 };
let world: World;

const ready = () => prepare(world);

const kindsOf = (entries: readonly Entry[]) => entries.map((one) => one.kind);

beforeEach(() => {
  world = makeWorld();
});

describe('before anything is recorded', () => {
  it('records nothing without the notice, or without activation', async () => {
    await world.say({ type: 'extension-worker/bind', origin: ORIGIN, family: 'igate2', name: 'x' }, own);
    expect(await world.say(confirm(1))).toMatchObject({
      stored: false,
      reason: 'notActivated',
      isFinal: true,
    });
    world.state.device = false;
    await world.say({ type: 'extension-worker/accept-notice', version: NOTICE_VERSION }, own);
    expect(await world.say(confirm(2))).toMatchObject({ stored: false, reason: 'notActivated' });
    expect(await world.entries()).toEqual([]);
  });

  it('an older notice is not accepted, and acceptance is written once', async () => {
    expect(await world.say({ type: 'extension-worker/accept-notice', version: 0 }, own)).toMatchObject({
      ok: false,
    });
    await ready();
    await ready();
    expect(await world.entries()).toMatchObject([
      { kind: 'health', body: { topic: 'notice', state: 'accepted' } },
    ]);
  });

  it('an unbound host gets no pack, no engine and no record', async () => {
    await ready();
    const stranger = { ...page, origin: 'https://other.gov.vn' };
    expect(await world.say({ type: 'page-worker/hello', origin: ORIGIN }, stranger)).toMatchObject({
      pack: null,
    });
    expect(await world.say({ type: 'page-worker/load-engine' }, stranger)).toMatchObject({ ok: false });
    expect(await world.say(confirm(1), stranger)).toMatchObject({ reason: 'hostNotBound', isFinal: true });
    expect(world.state.engines).toEqual([]);
    await world.say({ type: 'page-worker/load-engine' });
    expect(world.state.engines).toEqual(['4.0']);
  });
});

describe('confirmed actions', () => {
  beforeEach(ready);

  it('are written once, however often the message comes', async () => {
    for (let tries = 0; tries < 4; tries += 1)
      expect(await world.say(confirm(1))).toMatchObject({ stored: true, counted: 1, isFinal: true });
    await world.say(confirm(2));
    expect(kindsOf(await world.entries())).toEqual(['health', 'action', 'action']);
  });

  it('an armed action waits for the next document, and is confirmed once by whichever speaks', async () => {
    await world.say({ type: 'page-worker/arm', armed: armed(), context });
    const hello = (await world.say({ type: 'page-worker/hello', origin: ORIGIN })) as HelloAnswer;
    expect(hello.armed).toMatchObject({ rule: 'receive' });
    expect(await world.say({ type: 'page-worker/hello', origin: ORIGIN }, { ...page, tab: 5 })).toMatchObject(
      {
        armed: null,
      },
    );
    await world.say(confirm(1, {}, 'before'));
    await world.say(confirm(9, {}, 'after'));
    expect((await world.entries()).filter((one) => one.kind === 'action')).toHaveLength(1);
    expect(await world.say({ type: 'page-worker/hello', origin: ORIGIN })).toMatchObject({ armed: null });
  });

  it('three gestures in a row that no page answered are told; one that is answered ends it', async () => {
    const health = async () =>
      (await world.entries()).flatMap((one) =>
        one.kind === 'health' && one.body.topic === 'pack' ? [[one.body.detail?.page, one.body.state]] : [],
      );
    const gesture = async (after: number) => {
      world.state.now += after;
      await world.say({ type: 'page-worker/arm', armed: armed({ at: world.state.now }), context });
    };
    for (const after of [5_000, 5_000, 500, 5_000]) await gesture(after);
    expect(await health()).toEqual([]);
    await gesture(5_000);
    expect(await health()).toEqual([['action:receive', 'degraded']]);
    expect(await world.say({ type: 'page-worker/hello', origin: ORIGIN })).toMatchObject({
      unwell: ['action:receive'],
    });
    await world.say(confirm(1, { at: world.state.now }));
    expect((await health()).at(-1)).toEqual(['action:receive', 'ok']);
    for (const after of [5_000, 5_000, 5_000]) await gesture(after);
    expect((await health()).at(-1)).toEqual(['action:receive', 'ok']);
    await gesture(5_000);
    expect((await health()).at(-1)).toEqual(['action:receive', 'degraded']);
  });

  it('a disarmed or outdated gesture is not handed on', async () => {
    await world.say({ type: 'page-worker/arm', armed: armed(), context });
    await world.say({ type: 'page-worker/disarm', rule: 'other' });
    expect(await world.say({ type: 'page-worker/hello', origin: ORIGIN })).not.toMatchObject({ armed: null });
    world.state.now += 30_000;
    expect(await world.say({ type: 'page-worker/hello', origin: ORIGIN })).toMatchObject({ armed: null });
  });

  it('belong to the person on duty, and only they can take one back, once', async () => {
    await world.say({ type: 'extension-worker/add-person', name: 'A', pin: '1111' }, own);
    await world.say(confirm(1));
    const [action] = (await world.entries()).filter((one) => one.kind === 'action');
    const undo = { type: 'panel-worker/undo', stream: action!.stream, seq: action!.seq };
    await world.say({ type: 'extension-worker/add-person', name: 'B', pin: '2222' }, own);
    expect(await world.say(undo)).toEqual({ ok: false, code: 'notYours' });
    const view = (await world.say({ type: 'extension-worker/view' }, own)) as WorkerView;
    const person = view.people.find(({ name }) => name === 'A')!.id;
    await world.say({ type: 'extension-worker/duty', person, pin: '1111' }, own);
    expect(await world.say(undo)).toEqual({ ok: true });
    expect(await world.say(undo)).toEqual({ ok: true });
    expect((await world.entries()).filter((one) => one.kind === 'void')).toHaveLength(1);
    const summary = (await world.say({ type: 'panel-worker/summary' })) as DaySummary;
    expect(summary).toMatchObject({ counts: {}, last: [{ isVoid: true }], person: { name: 'A' } });
  });

  it('while paused are not recorded, and the gap is', async () => {
    await world.say({ type: 'panel-worker/pause', paused: true });
    expect(await world.say(confirm(1))).toMatchObject({ stored: false, reason: 'paused', isFinal: true });
    await world.say({ type: 'panel-worker/pause', paused: true });
    await world.say({ type: 'panel-worker/pause', paused: false });
    const states = (await world.entries()).flatMap((one) => (one.kind === 'health' ? [one.body.state] : []));
    expect(states).toEqual(['accepted', 'paused', 'resumed']);
  });

  it('a store that fails is said so, asked for again, and forgotten when it works', async () => {
    world.state.appendFails = true;
    expect(await world.say(confirm(1))).toMatchObject({
      stored: false,
      isFinal: false,
      reason: 'storageBroken',
    });
    expect(world.state.badges.at(-1)).toBe('storageBroken:0');
    world.state.appendFails = false;
    expect(await world.say(confirm(1))).toMatchObject({ stored: true });
    expect(world.state.badges.at(-1)).toBe('recording:1');
  });
});

describe('rows', () => {
  beforeEach(ready);
  const rows = (counter: number, status: string, arrived = NOW) => ({
    type: 'page-worker/rows',
    ref: { document: 'doc', counter },
    context: { ...context, page: 'list', rank: 2 },
    dossiers: [
      {
        code: 'H41.17.3-260105-0001',
        otherCodes: [],
        facts: { status, due: '2026-01-20' },
        arrived,
        seen: arrived,
        locator: 0,
      },
    ],
    documents: [],
  });

  it('are written when new or changed; two frames at once do not both find them new', async () => {
    const deps = world.cold();
    await Promise.all([
      dispatch(deps, rows(1, 'processing'), page),
      dispatch(deps, rows(2, 'processing'), page),
    ]);
    await world.say(rows(3, 'processing'));
    expect((await world.entries()).filter((one) => one.kind === 'dossier')).toHaveLength(1);
    await world.say(rows(4, 'finished'));
    expect((await world.entries()).filter((one) => one.kind === 'dossier')).toHaveLength(2);
  });

  it('killed between journal and memory: the same message again doubles nothing', async () => {
    const deps = world.cold();
    const killed = { ...deps, memory: { ...deps.memory, write: () => Promise.reject(new Error('killed')) } };
    expect(await dispatch(killed, rows(1, 'processing'), page)).toMatchObject({ isFinal: false });
    expect(await world.say(rows(1, 'processing'))).toMatchObject({ stored: true });
    expect((await world.entries()).filter((one) => one.kind === 'dossier')).toHaveLength(1);
  });

  it('of a retired pack are refused', async () => {
    world.state.config = {
      typ: 'nmc-config',
      version: 2,
      issued: '2026-01-01T00:00:00.000Z',
      tenants: [],
      retiredPacks: [context.pack],
      packs: [],
      questionnaire: null,
      counters: [],
    };
    expect(await world.say(rows(1, 'processing'))).toMatchObject({ stored: false, reason: 'packRetired' });
    expect(await world.say({ type: 'page-worker/hello', origin: ORIGIN })).toMatchObject({ pack: null });
  });

  it('let people at work find the code of a key today, and not tomorrow', async () => {
    await world.say(rows(1, 'processing'));
    const [entry] = (await world.entries()).filter((one) => one.kind === 'dossier');
    const { keys } = entry!.body as { keys: string[] };
    const ask = { type: 'extension-worker/codes', keys };
    expect(await world.say(ask, own)).toEqual({ codes: { [keys[0]!]: 'H41.17.3-260105-0001' } });
    world.state.now += 86_400_000;
    expect(await world.say(ask, own)).toEqual({ codes: {} });
  });
});

describe('faults', () => {
  beforeEach(ready);

  it('a malformed message names its field, and its kind is written down once', async () => {
    const spoiled = { ...confirm(1), count: 'nhiều' };
    for (let tries = 0; tries < 3; tries += 1)
      expect(await world.say(spoiled)).toMatchObject({
        ok: false,
        code: 'malformed',
        field: 'count',
        isFinal: true,
      });
    const faults = (await world.entries()).filter(
      (one) => one.kind === 'health' && one.body.topic === 'message',
    );
    expect(faults).toHaveLength(1);
    expect(JSON.stringify(faults)).not.toContain('nhiều');
  });

  it('a page cannot ask what only own pages may, nor an own page speak as a page', async () => {
    expect(await world.say({ type: 'extension-worker/view' })).toMatchObject({
      ok: false,
      code: 'notAllowed',
    });
    expect(await world.say({ type: 'extension-worker/codes', keys: [] })).toMatchObject({
      code: 'notAllowed',
    });
    expect(await world.say(confirm(1), own)).toMatchObject({ code: 'notAllowed', stored: false });
  });

  it('an inner fault answers, and is not final', async () => {
    const deps = { ...world.cold(), device: () => Promise.reject(new Error('database')) };
    expect(await dispatch(deps, confirm(1), page)).toMatchObject({ code: 'internal', isFinal: false });
  });
});

describe('by hand and by clock', () => {
  beforeEach(ready);
  const manual = { type: 'extension-worker/manual', ref: ownOf, action: 'return', n: 3, reason: 'Trang lỗi' };

  it('an entry by hand is written once and never for a day to come', async () => {
    expect(await world.say({ ...manual, day: '2026-01-11' }, own)).toMatchObject({
      ok: false,
      code: 'futureDay',
    });
    await world.say({ ...manual, day: '2026-01-10' }, own);
    await world.say({ ...manual, day: '2026-01-10' }, own);
    const summary = (await world.say({ type: 'panel-worker/summary' })) as DaySummary;
    expect(summary.counts).toEqual({ return: 3 });
  });

  it('rings trickle: nothing is sent before its time, a wish is; the day is closed once', async () => {
    await tick(world.cold());
    await tick(world.cold());
    expect(world.state.syncs).toBe(1);
    await world.say({ type: 'panel-worker/sync' });
    expect(world.state.syncs).toBe(2);
    world.state.now = Date.parse('2026-01-10T11:45:00.000Z');
    await tick(world.cold());
    await tick(world.cold());
    expect(world.state.syncs).toBe(3);
  });
});
