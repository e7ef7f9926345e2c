/** Whatever the order, repetition and splitting of hand-over files: the same figures; and by difference = anew. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '../../../lib/domain/dates.ts';
import type { DossierBody } from '../../../lib/domain/entry.ts';
import { openUnit } from '../../../lib/unit/index.ts';
import { openStore } from '../../../lib/unit/store.ts';
import {
  batchOf,
  type Draft,
  keyOf,
  linesOf,
  makeDevice,
  sighting,
  type TestDevice,
  visit,
} from './sample.ts';

const NOW = Date.parse('2026-09-28T04:00:00.000Z');
const COUNT = 12;
const day = fc.integer({ min: 0, max: 24 }).map((add) => addDays('2026-09-01', add));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const key = fc.integer({ min: 1, max: 5 });
const instant = fc
  .tuple(day, fc.integer({ min: 0, max: 23 }))
  .map(([on, hour]) => `${on}T${String(hour).padStart(2, '0')}:00:00.000Z`);

const facts: fc.Arbitrary<DossierBody['facts']> = fc
  .record({
    channel: maybe(fc.constantFrom('online', 'counter', 'post')),
    received: maybe(day),
    due: maybe(fc.oneof(day, fc.constant(null))),
    finished: maybe(day),
    status: maybe(fc.constantFrom('processing', 'finished', 'returned', 'withdrawn', 'registered')),
    paidBy: maybe(fc.constantFrom('online', 'transfer')),
    agency: maybe(fc.constantFrom('Xã Một', 'Xã Hai')),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));

const dossier: fc.Arbitrary<Draft> = fc
  .tuple(
    facts,
    key,
    maybe(key),
    instant,
    fc.constantFrom('one@1.0.0', 'two@1.0.0'),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([shown, first, second, seen, pack, rank]) =>
    sighting(first, shown, {
      keys: second === undefined || second === first ? [keyOf(first)] : [keyOf(first), keyOf(second)],
      seen,
      arrived: seen,
      pack,
      rank,
    }),
  );
const paper: fc.Arbitrary<Draft> = fc
  .tuple(key, fc.constantFrom('XLC', 'PH'), fc.constantFrom('waiting', 'done'), instant)
  .map(([name, role, state, seen]) => ({
    kind: 'document',
    body: { keys: [keyOf(`d${name}`)], system: 'io', pack: 'one@1.0.0', page: 'list', seen, role, state },
  }));
const retraction = (device: string): fc.Arbitrary<Draft> =>
  fc
    .oneof(
      fc.integer({ min: 1, max: COUNT }).map((seq) => ({ device, stream: 1, seq })),
      fc.constant({ pack: 'two@1.0.0' }),
    )
    .map((target) => ({ kind: 'void', body: { target, reason: 'nhầm' } }));

const draftsOf = (device: string): fc.Arbitrary<(Draft | string)[]> =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: dossier },
      { weight: 2, arbitrary: paper },
      { weight: 2, arbitrary: retraction(device) },
      { weight: 1, arbitrary: day.map((on) => visit(`${on}T08:15`, 3)) },
      { weight: 1, arbitrary: fc.constant('unreadable') },
    ),
    { minLength: COUNT, maxLength: COUNT },
  );

/** Which spans of which device come in which order; spans overlap and repeat, and at last everything has come. */
const arrival = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 1 }),
      fc.integer({ min: 1, max: COUNT }),
      fc.integer({ min: 0, max: COUNT }),
    ),
    { maxLength: 6 },
  )
  .chain((spans) =>
    fc.shuffledSubarray([...spans, [0, 1, COUNT] as const, [1, 1, COUNT] as const], {
      minLength: spans.length + 2,
    }),
  );
type Arrival = readonly (readonly [number, number, number])[];

const UNITS = [
  'id,parent,name,kind,agency_codes,aliases,valid_from,valid_to',
  'm,,Xã Một,commune,H41.17.3,,,',
  'h,,Xã Hai,commune,,,,',
].join('\n');
let books = 0;

/** Opens a book, takes the files as they arrive, and answers everything derived from them. */
async function outcome(
  devices: readonly TestDevice[],
  lines: readonly string[][],
  spans: Arrival,
  isEarly: boolean,
) {
  books += 1;
  const name = `order-${books}`;
  const book = await openUnit({ name, clock: () => NOW });
  await book.createUnit({ name: 'Đơn vị' });
  await book.importUnits(UNITS, false);
  const accept = () => Promise.all(devices.map((device) => book.acceptDevice(device.id).catch(() => [])));
  for (const [which, first, length] of spans) {
    const device = devices[which]!;
    const last = Math.min(COUNT, first + length - 1);
    if (last < first) continue;
    await book.importFiles([{ name: 'x.nmc', bytes: await batchOf(device, lines[which]!, first, last) }]);
    if (isEarly) await accept();
  }
  await accept();
  const derived = async () => {
    const db = await openStore(name);
    const tables = await Promise.all([db.dossiers, db.documents, db.rollup].map((table) => table.toArray()));
    db.close();
    return tables;
  };
  const kept = await derived();
  await book.rebuild();
  const anew = await derived();
  const figures = await Promise.all(
    ['m', 'h', 'unassigned'].map((id) => book.figures(id, 'calendar:2026-M09')),
  );
  const result = { kept, anew, figures, census: await book.census() };
  await book.close();
  return result;
}

it('any order, repetition and splitting gives equal rows, and the kept rows equal the computed ones', async () => {
  const devices = [await makeDevice('extension'), await makeDevice('kiosk')];
  let dossiers = 0;
  await fc.assert(
    fc.asyncProperty(
      draftsOf(devices[0]!.id),
      draftsOf(devices[1]!.id),
      arrival,
      async (firstDrafts, secondDrafts, spans) => {
        const lines = [linesOf(firstDrafts), linesOf(secondDrafts)];
        const straight = await outcome(
          devices,
          lines,
          [
            [0, 1, COUNT],
            [1, 1, COUNT],
          ],
          true,
        );
        const mixed = await outcome(devices, lines, spans, spans.length % 2 === 0);
        dossiers += straight.kept[0]!.length;
        expect(straight.kept).toEqual(straight.anew);
        expect(mixed.kept).toEqual(mixed.anew);
        expect(mixed).toEqual(straight);
      },
    ),
    { numRuns: 25 },
  );
  expect(dossiers).toBeGreaterThan(25);
}, 60_000);
