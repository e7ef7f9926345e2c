/** Ratings of a unit without a hub obey the hub's rule: closed groups of at least five, the next working day (DESIGN §9). */
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openUnit, type UnitBook } from '../../../lib/unit/index.ts';
import { openStore } from '../../../lib/unit/store.ts';
import { batchOf, type Draft, linesOf, makeDevice, type TestDevice } from './sample.ts';

const FRIDAY = '2026-09-18';
const PERIOD = 'calendar:2026-M09';
let name: string;
let book: UnitBook;
let now: number;
let unit: string;
let made = 0;

beforeEach(async () => {
  made += 1;
  name = `ratings-${made}`;
  now = Date.parse('2026-09-21T03:00:00.000Z');
  book = await openUnit({ name, clock: () => now });
  unit = (await book.createUnit({ name: 'Xã A' })).id;
});
afterEach(async () => {
  await book.close();
  await Dexie.delete(name);
});

type Feedback = Extract<Draft, { kind: 'feedback' }>['body'];
const rating = (day: string, over: Partial<Feedback> = {}): Draft => ({
  kind: 'feedback',
  body: {
    ...{ questionnaire: 'quick@2', outcome: 'completed', answers: { quality: 4 }, quarter: `${day}T09:00` },
    ...{ language: 'vi', counter: '1', flags: [], ...over },
  },
});
const returned = (n: number): Draft => ({
  kind: 'action',
  body: {
    ...{
      action: 'return',
      n,
      keys: [],
      system: 'mot-cua',
      pack: 'igate2@1.0.0',
      page: 'list',
      confirm: 'toast',
    },
    armed: `${FRIDAY}T02:00:00.000Z`,
  },
});
const times = (n: number, make: () => Draft) => Array.from({ length: n }, make);

async function take(device: TestDevice, lines: readonly string[], first = 1) {
  const bytes = await batchOf(device, lines, first, lines.length);
  const [result] = await book.importFiles([{ name: 'a.nmc', bytes }]);
  if (result!.state === 'newDevice') await book.acceptDevice(device.id);
  else expect(result!.state).toBe('imported');
}
const lines = (...drafts: Draft[]) => linesOf(drafts, 1, `${FRIDAY}T02:00:00.000Z`);

describe('ratings', () => {
  it('come in closed groups; what comes late waits for five, and a retraction after that changes nothing shown', async () => {
    const kiosk = await makeDevice('kiosk');
    const all = lines(
      ...times(6, () => rating(FRIDAY)),
      ...times(4, () => rating('2026-09-16', { answers: { quality: 1 }, comment: 'a'.repeat(64) })),
      { kind: 'void', body: { target: { device: kiosk.id, stream: 1, seq: 1 }, reason: 'nhầm' } },
      rating('2026-09-16', { answers: { quality: 1 } }),
    );
    await take(kiosk, all.slice(0, 6));
    const first = await book.feedback(unit, PERIOD);
    expect(first).toMatchObject({ released: 6, flagged: 0, waitingAtLeast: 0, closedThrough: '2026-09-20' });
    expect(first.cells).toMatchObject([{ counter: '1', n: 6, levels: { quality: [0, 0, 0, 6] } }]);
    await take(kiosk, all.slice(0, 11), 7);
    expect(await book.feedback(unit, PERIOD)).toMatchObject({ released: 6, cells: first.cells });
    await take(kiosk, all, 12);
    const last = await book.feedback(unit, PERIOD);
    expect(last.cells).toMatchObject([{ n: 11, groups: 2, levels: { quality: [5, 0, 0, 6] } }]);
    expect(last.groups.map((group) => group.n)).toEqual([6, 5]);
    expect(last.comments).toHaveLength(4);
    expect(last.comments[0]).toMatchObject({ text: null, isErased: false });
    expect((await book.figures(unit, PERIOD)).visits.completed).toBe(11);
    await book.rebuild();
    expect((await book.feedback(unit, PERIOD)).cells).toEqual(last.cells);
  });

  it('meet the returns of the unit as a whole', async () => {
    const [kiosk, pc] = [await makeDevice('kiosk'), await makeDevice('extension')];
    await take(pc, lines(returned(20), returned(5)));
    await take(kiosk, lines(...times(6, () => rating(FRIDAY)), rating(FRIDAY, { flags: ['fast'] })));
    expect((await book.feedback(unit, PERIOD)).rates).toMatchObject([
      { counter: null, numerator: 6, denominator: 25, ratings: 6, flagged: 1 },
    ]);
  });

  it('are not set apart where fewer returns are known: the files of other computers may be missing', async () => {
    const [kiosk, pc] = [await makeDevice('kiosk'), await makeDevice('extension')];
    await take(pc, lines(returned(3)));
    await take(kiosk, lines(...times(7, () => rating(FRIDAY))));
    expect(await book.feedback(unit, PERIOD)).toMatchObject({ released: 7, flagged: 0 });
  });

  it('a visit retracted before its group is closed is in none', async () => {
    const kiosk = await makeDevice('kiosk');
    const isVoid: Draft = {
      kind: 'void',
      body: { target: { device: kiosk.id, stream: 1, seq: 2 }, reason: 'nhầm' },
    };
    await take(kiosk, lines(...times(5, () => rating(FRIDAY)), isVoid));
    expect(await book.feedback(unit, PERIOD)).toMatchObject({ released: 0, cells: [], rates: [] });
  });

  it('a book of an older version counts what it had', async () => {
    const kiosk = await makeDevice('kiosk');
    await take(kiosk, lines(...times(5, () => rating(FRIDAY)), returned(9)));
    await book.close();
    const old = new Dexie(name);
    await old.open();
    const kept = await old.table('lines').toArray();
    const settings = await old.table('settings').toArray();
    const units = await old.table('units').toArray();
    const devices = await old.table('devices').toArray();
    old.close();
    await Dexie.delete(name);
    const before = new Dexie(name);
    before.version(1).stores({
      ...{
        settings: 'name',
        units: 'id',
        procedures: '[code+from]',
        devices: 'id',
        batches: 'hash, [device+held]',
      },
      ...{ streams: '[device+stream], device', voids: '[target+by], target' },
      lines: '[device+stream+seq], *keys, [kind+day], [device+pack]',
      quarantine: '++id, [device+stream+seq]',
      ...{ dossiers: 'id, *keys, finishDay', documents: 'id, *keys' },
      rollup: '[unit+day+procedure+measure], day',
    });
    await before.open();
    await before.table('lines').bulkPut(kept);
    await before.table('settings').bulkPut(settings);
    await before.table('units').bulkPut(units);
    await before.table('devices').bulkPut(devices);
    before.close();
    const store = await openStore(name);
    expect(await store.waiting.count()).toBe(6);
    store.close();
    book = await openUnit({ name, clock: () => now });
    expect(await book.feedback(unit, PERIOD)).toMatchObject({ released: 5, rates: [{ denominator: 9 }] });
  });
});
