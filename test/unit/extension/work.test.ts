/** For people at work: marks, a pasted code, guidance, the month; on the worker's own rooms and a real journal. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../lib/domain/entry.ts';
import type { LookupView, MonthAnswer } from '../../../lib/extension/messages.ts';
import { daysOfMonth, monthTable } from '../../../lib/extension/month.ts';
import type { MarksAnswer } from '../../../lib/extension/page-messages.ts';
import { makeWorld, NOW, own, page, ready, type World } from './world.ts';

const CODE = 'H41.17.3-260105-0001';
const OTHER = 'H41.17.3-260105-0002';
let world: World;

/** A hub that holds these codes' keys with their marks. */
async function hubHolds(marks: Record<string, ('late' | 'dueToday' | 'undecided' | 'feeNotOnline')[]>) {
  const device = await world.cold().device();
  const held = new Map(
    await Promise.all(
      Object.entries(marks).map(async ([code, all]) => [(await device!.keysOf(code))[0]!, all] as const),
    ),
  );
  world.state.lookUp = async (keys) => ({
    state: 'answer',
    answer: {
      asOf: new Date(NOW).toISOString(),
      dossiers: keys.flatMap((key) =>
        held.has(key)
          ? [
              {
                key,
                unit: 'Xã Mẫu',
                status: 'processing',
                received: '2026-01-05',
                due: '2026-01-09',
                finished: null,
                paidBy: null,
                marks: held.get(key)!,
              },
            ]
          : [],
      ),
    },
  });
}
const askMarks = (...codes: string[]) =>
  world.say({ type: 'page-worker/marks', codes }) as Promise<MarksAnswer>;

beforeEach(async () => {
  world = makeWorld();
  await ready(world);
});

describe('marks of rows', () => {
  it('names only the rows the hub marks, and asks once for what it knows', async () => {
    await hubHolds({ [CODE]: ['late', 'feeNotOnline'], [OTHER]: [] });
    expect(await askMarks(CODE, OTHER)).toEqual({ marks: { [CODE]: ['late', 'feeNotOnline'] } });
    expect(await askMarks(CODE, OTHER)).toEqual({ marks: { [CODE]: ['late', 'feeNotOnline'] } });
    expect(world.state.asked).toHaveLength(1);
    world.state.now += 6 * 60_000;
    await askMarks(CODE);
    expect(world.state.asked).toHaveLength(2);
  });

  it('sends keys, never a code', async () => {
    await hubHolds({ [CODE]: ['late'] });
    await askMarks(CODE);
    expect(JSON.stringify(world.state.asked)).not.toContain(CODE);
    expect(world.state.asked[0]![0]).toMatch(/^e1:[\w-]{22}$/);
  });

  it('is silent when switched off, offline or asked by an unbound host', async () => {
    expect(await askMarks(CODE)).toEqual({ marks: {} });
    await hubHolds({ [CODE]: ['late'] });
    const stranger = { ...page, origin: 'https://other.gov.vn' };
    expect(await world.say({ type: 'page-worker/marks', codes: [CODE] }, stranger)).toEqual({ marks: {} });
    await world.say({ type: 'extension-worker/mark-rows', isOn: false }, own);
    expect(await askMarks(CODE)).toEqual({ marks: {} });
    expect(await world.say({ type: 'page-worker/hello', origin: page.origin! })).toMatchObject({
      isMarking: false,
    });
  });
});

describe('a pasted code', () => {
  const ask = (code: string) =>
    world.say({ type: 'extension-worker/lookup', code }, own) as Promise<LookupView>;
  const row = {
    code: CODE,
    otherCodes: [],
    facts: { status: 'processing' },
    arrived: NOW,
    seen: NOW,
    locator: 0,
  };

  it('answers what the hub holds and what this PC read', async () => {
    const context = { pack: 'igate2@0.1.0', page: 'list', rank: 2 };
    await world.say({
      type: 'page-worker/rows',
      ref: { document: 'doc', counter: 1 },
      context,
      dossiers: [row],
      documents: [],
    });
    expect(await ask(CODE)).toMatchObject({
      state: 'offline',
      hub: null,
      here: { facts: { status: 'processing' } },
    });
    await hubHolds({ [CODE]: ['late'] });
    expect(await ask(CODE)).toMatchObject({ state: 'known', hub: { unit: 'Xã Mẫu', marks: ['late'] } });
    expect(await ask(OTHER)).toEqual({ state: 'unknown', hub: null, here: null });
  });

  it('says what is no code, and is asked by own pages only', async () => {
    expect(await ask('12345')).toMatchObject({ state: 'notACode' });
    expect(await world.say({ type: 'extension-worker/lookup', code: CODE })).toMatchObject({
      code: 'notAllowed',
    });
  });
});

describe('guidance and the month', () => {
  it('one press is one entry, pressed again with the same identity still one', async () => {
    const press = (document: string) =>
      world.say(
        { type: 'extension-worker/guidance', ref: { document, counter: 1 }, topic: 'filing', n: 1 },
        own,
      );
    expect(await press('a')).toEqual({ ok: true });
    expect(await press('a')).toEqual({ ok: true });
    expect(await press('b')).toEqual({ ok: true });
    const found = (await world.entries()).filter(({ kind }) => kind === 'guidance');
    expect(found).toMatchObject([{ body: { topic: 'filing', n: 1 } }, { body: { topic: 'filing', n: 1 } }]);
    const month = (await world.say({ type: 'extension-worker/month', month: '2026-01' }, own)) as MonthAnswer;
    expect(month).toEqual({ month: '2026-01', person: null, rows: [], guidance: { filing: 2, payment: 0 } });
  });

  it('finishing is early, on time or late by the due date last shown; without one it is unknown', () => {
    const base = { v: 1, stream: 1, boot: 'b', offset: null } as const;
    const key = (name: string) => `e1:${name.padEnd(22, 'A')}`;
    const at = (day: string) => `${day}T03:00:00.000Z`;
    const sighting = (seq: number, name: string, due: string | null): Entry => ({
      ...base,
      seq,
      at: at('2026-01-02'),
      kind: 'dossier',
      body: {
        keys: [key(name)],
        system: 's',
        pack: 'igate2@0.1.0',
        page: 'list',
        rank: 2,
        locator: 0,
        seen: at('2026-01-02'),
        arrived: at('2026-01-02'),
        facts: { due },
      },
    });
    const finish = (seq: number, day: string, names: string[], n = names.length): Entry => ({
      ...base,
      seq,
      at: at(day),
      kind: 'action',
      body: {
        action: 'finish',
        n,
        keys: names.map(key),
        system: 's',
        pack: 'igate2@0.1.0',
        page: 'list',
        confirm: 'toast',
        armed: at(day),
      },
    });
    const taken: Entry = {
      ...base,
      seq: 9,
      at: at('2026-01-21'),
      kind: 'void',
      body: { target: { device: 'd', stream: 1, seq: 8 }, reason: 'x' },
    };
    const entries = [
      sighting(1, 'a', '2026-01-10'),
      sighting(2, 'b', '2026-01-12T17:00'),
      sighting(3, 'c', null),
      finish(4, '2026-01-12', ['a', 'b']),
      finish(5, '2026-01-13', ['c', 'd']),
      finish(6, '2026-01-14', ['a'], 3),
      finish(7, '2026-02-01', ['a']),
      finish(8, '2026-01-20', ['a']),
      taken,
    ];
    expect(monthTable(entries, null, '2026-01')).toEqual([
      { action: 'finish', n: 7, timeliness: { early: 0, onTime: 2, late: 1, unknown: 4 } },
    ]);
    expect(monthTable(entries, 'somebody', '2026-01')).toEqual([]);
    expect(daysOfMonth('2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(daysOfMonth('2026-12')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
  });
});
