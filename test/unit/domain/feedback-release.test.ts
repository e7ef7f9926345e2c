/** When ratings may be seen: closed groups of at least five, never cut finer by reading twice (DESIGN §9). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../lib/domain/dates.ts';
import {
  closeGroups,
  closeSpans,
  SMALLEST_GROUP,
  type SpanPart,
  shuffled,
  type WaitingVisit,
} from '../../../lib/domain/release.ts';

const FIRST = '2026-09-07';
const visit = (over: Partial<WaitingVisit> = {}): WaitingVisit => ({
  unit: 'xa-a',
  counter: 'q1',
  questionnaire: 'quick@2',
  source: 'kiosk',
  isFlagged: false,
  day: FIRST,
  ...over,
});
const times = <Item>(n: number, make: (at: number) => Item) => Array.from({ length: n }, (_, at) => make(at));
const shape = (visits: WaitingVisit[], through = '2026-12-31') =>
  closeGroups(visits, through).map((one) => [one.counter, one.visits.length, one.firstDay, one.lastDay]);

describe('closed groups', () => {
  it('a counter with five stands alone; fewer are pooled over the unit when they are five together, else they wait', () => {
    expect(shape(times(4, () => visit()))).toEqual([]);
    expect(shape(times(5, () => visit()))).toEqual([['q1', 5, FIRST, FIRST]]);
    expect(shape([...times(6, () => visit()), ...times(4, () => visit({ counter: 'q2' }))])).toEqual([
      ['q1', 6, FIRST, FIRST],
    ]);
    const pooled = [
      ...times(3, () => visit()),
      visit({ counter: 'q2' }),
      visit({ counter: null }),
      ...times(4, () => visit({ unit: 'xa-b' })),
    ];
    expect(shape(pooled)).toEqual([[null, 5, FIRST, FIRST]]);
  });

  it('never mixes units, questionnaires, sources, or flagged with others', () => {
    const kinds: Partial<WaitingVisit>[] = [
      { unit: 'xa-b' },
      { questionnaire: 'factors@1' },
      { source: 'phone' },
      { isFlagged: true },
    ];
    for (const kind of kinds)
      expect(shape([...times(4, () => visit()), ...times(4, () => visit(kind))])).toEqual([]);
  });

  it('days that are not over wait, and a quiet counter gathers over days', () => {
    const day = (n: number) => addDays(FIRST, n);
    const visits = times(7, (at) => visit({ day: day(at) }));
    expect(shape(visits, day(3))).toEqual([]);
    expect(shape(visits, day(4))).toEqual([[null, 5, FIRST, day(4)]].map(([, ...rest]) => ['q1', ...rest]));
    expect(shape(visits)).toEqual([['q1', 5, FIRST, day(4)]]);
  });

  const anyVisit = fc.record({
    unit: fc.constantFrom('xa-a', 'xa-b'),
    counter: fc.constantFrom('q1', 'q2', null),
    questionnaire: fc.constantFrom('quick@2', 'factors@1'),
    source: fc.constantFrom('kiosk', 'phone'),
    isFlagged: fc.boolean(),
    day: fc.integer({ min: 0, max: 9 }).map((n) => addDays(FIRST, n)),
  });

  it('run every day or once a week, the same visits make the same groups; none is in two', () => {
    fc.assert(
      fc.property(fc.array(anyVisit, { maxLength: 120 }), (visits) => {
        const named = visits.map((one, id) => ({ ...one, id }));
        const daily: number[][] = [];
        let waiting = named;
        for (let day = FIRST; day <= addDays(FIRST, 9); day = addDays(day, 1)) {
          const closed = closeGroups(waiting, day).map((one) => one.visits.map(({ id }) => id));
          daily.push(...closed);
          const gone = new Set(closed.flat());
          waiting = waiting.filter(({ id }) => !gone.has(id));
        }
        const once = closeGroups(named, addDays(FIRST, 9)).map((one) => one.visits.map(({ id }) => id));
        const sorted = (groups: number[][]) =>
          groups.map((one) => [...one].sort((a, b) => a - b).join()).sort();
        expect(sorted(daily)).toEqual(sorted(once));
        expect(once.every((one) => one.length >= SMALLEST_GROUP)).toBe(true);
        expect(new Set(once.flat()).size).toBe(once.flat().length);
        // What is left could not have been shown: no counter and no unit has five of a kind.
        expect(closeGroups(waiting, '2026-12-31')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('closed spans', () => {
  const part = (day: string, over: Partial<SpanPart> = {}): SpanPart => ({
    ...{ unit: 'xa-a', counter: 'q1', day, returns: 0, ratings: 0, flagged: 0, abandoned: 0, phone: 0 },
    ...over,
  });

  it('adds whole days up until five ratings are together, flagged ones too, and keeps the rest waiting', () => {
    const days = times(4, (n) => addDays(FIRST, n));
    const parts = [
      ...days.map((day) => part(day, { returns: 20 })),
      part(days[0]!, { ratings: 3, abandoned: 1 }),
      part(days[1]!, { ratings: 1, flagged: 1, phone: 1 }),
      part(days[2]!, { ratings: 9 }),
      part(days[3]!, { ratings: 4 }),
      part(days[2]!, { counter: null, returns: 7 }),
    ];
    expect(closeSpans(parts, days[3]!).map(({ parts: _parts, ...one }) => one)).toEqual([
      {
        ...{ unit: 'xa-a', counter: 'q1', firstDay: days[0], lastDay: days[1] },
        ...{ returns: 40, ratings: 4, flagged: 1, abandoned: 1, phone: 1 },
      },
      {
        ...{ unit: 'xa-a', counter: 'q1', firstDay: days[2], lastDay: days[2] },
        ...{ returns: 20, ratings: 9, flagged: 0, abandoned: 0, phone: 0 },
      },
    ]);
    expect(closeSpans(parts, days[0]!)).toEqual([]);
  });

  it('returns taken back after they were told never make a count negative', () => {
    expect(closeSpans([part(FIRST, { returns: -3 }), part(FIRST, { ratings: 5 })], FIRST)).toMatchObject([
      { returns: 0, ratings: 5 },
    ]);
  });
});

describe('the lot', () => {
  it('keeps every answer and follows the draw', () => {
    const items = times(20, (n) => n);
    expect([...shuffled(items, () => 0)].sort((a, b) => a - b)).toEqual(items);
    expect(shuffled(['a', 'b', 'c'], () => 0)).toEqual(['b', 'c', 'a']);
    expect(shuffled(['a', 'b', 'c'], (most) => most - 1)).toEqual(['a', 'b', 'c']);
  });
});
