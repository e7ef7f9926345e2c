/** The comparison of a day: it must be silent on a true ledger and speak up on each kind of falsehood and gap. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../lib/domain/entry.ts';
import { compareDay, type DayFindings, wrongsOf } from '../../browser/day/compare.ts';
import { recallOf } from '../../browser/day/summary.ts';
import type { LogEntry, Shown, ShownDocument, ShownTotals } from '../../portals/types.ts';

const START = Date.parse('2026-09-21T02:00:00.000Z');
const CODE = 'H99.50-260914-0001';
const OTHER = 'H99.50-260914-0002';
const NATION = 'G22.99-260914-000001';
const DOCUMENT = 'vb_12000';
const names = [CODE, OTHER, NATION, DOCUMENT];
const keyOf = (name: string) => `1:${String(names.indexOf(name)).padStart(22, 'k')}`;
const nameOf = new Map(names.map((name) => [keyOf(name), name]));
const iso = (ms: number) => new Date(START + ms).toISOString();

const SHOWN: Shown = { code: CODE, status: 4, due: '2026-09-25T17:00', received: '2026-09-14T08:10' };
const FACTS = { status: 'processing', due: '2026-09-25T17:00', received: '2026-09-14T08:10' };

const rendered = (at: number, until: number | null, dossiers: Shown[], view = 'list'): LogEntry => ({
  kind: 'rendered',
  at: START + at,
  ...(until === null ? {} : { until: START + until }),
  view,
  page: 1,
  dossiers,
  documents: [],
});
const papers = (at: number, documents: ShownDocument[]): LogEntry => ({
  ...(rendered(at, at + 2_000, []) as Extract<LogEntry, { kind: 'rendered' }>),
  view: 'incoming',
  documents,
});
const acted = (at: number, codes: string[], action: 'receive' | 'forward' = 'receive'): LogEntry => ({
  kind: 'action',
  at: START + at,
  action,
  n: codes.length,
  codes,
  person: null,
});
const tables = (at: number, totals: ShownTotals[]): LogEntry => ({
  kind: 'totals',
  at: START + at,
  until: START + at + 2_000,
  view: 'totals',
  totals,
});

let seq = 0;
const line = (at: number) => ({
  v: 1 as const,
  stream: 1,
  seq: ++seq,
  at: iso(at),
  boot: 'b',
  offset: null,
});
const common = { system: 's', pack: 'p@1.0.0', page: 'list' };
interface Sighting {
  readonly facts?: Record<string, unknown>;
  readonly keys?: string[];
  readonly page?: string;
  readonly arrived?: number;
  readonly lastUnfinishedAt?: number;
}
const sighting = (
  seen: number,
  { facts = FACTS, keys = [keyOf(CODE)], page = 'list', ...more }: Sighting = {},
): Entry =>
  ({
    ...line(seen),
    kind: 'dossier',
    body: {
      ...common,
      keys,
      page,
      rank: 2,
      locator: 0,
      seen: iso(seen),
      arrived: iso(more.arrived ?? seen - 200),
      ...(more.lastUnfinishedAt === undefined ? {} : { lastUnfinishedAt: iso(more.lastUnfinishedAt) }),
      facts,
    },
  }) as Entry;
const counted = (at: number, keys: string[], n = Math.max(1, keys.length), action = 'receive'): Entry =>
  ({
    ...line(at),
    kind: 'action',
    body: { ...common, action, n, keys, confirm: 'toast', armed: iso(at - 100) },
  }) as Entry;
const paper = (seen: number, body: Record<string, unknown>): Entry =>
  ({
    ...line(seen),
    kind: 'document',
    body: { ...common, keys: [keyOf(DOCUMENT)], seen: iso(seen), ...body },
  }) as Entry;
const total = (at: number, figures: Record<string, number>, unit = 'Sở Mẫu'): Entry =>
  ({
    ...line(at),
    kind: 'officialTotal',
    body: { system: 's', unit, from: '2026-09-01', to: '2026-09-21', figures, source: 'p@1.0.0:t' },
  }) as Entry;

const compare = (log: LogEntry[], entries: Entry[], quiets: [number, number][] = []): DayFindings =>
  compareDay({
    log,
    entries,
    nameOf,
    quiets: quiets.map(([asked, answered]) => ({ asked: START + asked, answered: START + answered })),
  });
const stood = rendered(0, 2_000, [SHOWN]);

describe('rows', () => {
  it('that were recorded as shown are recalled, and nothing is wrong', () => {
    const found = compare([stood], [sighting(300)]);
    expect(wrongsOf(found)).toEqual([]);
    expect(found.rows).toMatchObject({ rendered: 1, due: 1, names: 1, recalled: 1, missed: [] });
    expect(recallOf(found)).toBe(1);
  });

  it('a wrong value is found, and names its field', () => {
    const found = compare([stood], [sighting(300, { facts: { ...FACTS, due: '2026-09-26T17:00' } })]);
    expect(wrongsOf(found)).toEqual([
      `row list ${CODE} due: shown "2026-09-25T17:00", recorded "2026-09-26T17:00"`,
    ]);
    expect(found.rows.recalled).toBe(0);
  });

  it('a value that was never shown is wrong, one that was shown as none is none', () => {
    expect(wrongsOf(compare([stood], [sighting(300, { facts: { ...FACTS, fee: true } })]))).toHaveLength(1);
    const none = rendered(0, 2_000, [{ ...SHOWN, due: null }]);
    expect(wrongsOf(compare([none], [sighting(300, { facts: { ...FACTS, due: null } })]))).toEqual([]);
    expect(wrongsOf(compare([none], [sighting(300)]))).toHaveLength(1);
  });

  it('a fact that is missing is a miss and nothing wrong', () => {
    const { received: _, ...less } = FACTS;
    const found = compare([stood], [sighting(300, { facts: less })]);
    expect(wrongsOf(found)).toEqual([]);
    expect(found.rows).toMatchObject({ due: 1, recalled: 0 });
    expect(found.rows.missed[0]).toContain('no received');
  });

  it('a row that was never recorded is a miss', () => {
    const found = compare([rendered(0, 2_000, [SHOWN, { ...SHOWN, code: OTHER }])], [sighting(300)]);
    expect(found.rows).toMatchObject({ due: 2, recalled: 1 });
    expect(found.rows.missed).toEqual([expect.stringContaining(`${OTHER} (stood 2000 ms): never recorded`)]);
    expect(recallOf(found)).toBe(0.5);
  });

  it('a row that stood shorter than a second is owed only when the reader said it had read all', () => {
    const brief = rendered(0, 400, [SHOWN]);
    expect(compare([brief], []).rows.due).toBe(0);
    expect(compare([brief], [], [[100, 300]]).rows.due).toBe(1);
    expect(compare([brief], [], [[100, 500]]).rows.due).toBe(0);
  });

  it('a later state must be recorded too: the earlier entry does not stand for it', () => {
    const log = [stood, rendered(2_000, 4_000, [{ ...SHOWN, status: 9 }])];
    const first = sighting(300);
    expect(compare(log, [first]).rows).toMatchObject({ due: 2, recalled: 1 });
    const both = [first, sighting(2_300, { facts: { ...FACTS, status: 'finished' } })];
    expect(compare(log, both).rows).toMatchObject({ due: 2, recalled: 2, wrong: [] });
  });

  it('what is recorded long before or after it was shown is wrong', () => {
    expect(wrongsOf(compare([stood], [sighting(9_000)]))).toEqual([
      `row list ${CODE}: recorded and not shown then`,
    ]);
    expect(wrongsOf(compare([rendered(5_000, 9_000, [SHOWN])], [sighting(300)]))).toHaveLength(1);
  });

  it("a key of nothing, and another dossier's key, are wrong; the national code's key is not", () => {
    expect(wrongsOf(compare([stood], [sighting(300, { keys: ['1:zzzzzzzzzzzzzzzzzzzzzz'] })]))).toHaveLength(
      1,
    );
    const two = { keys: [keyOf(CODE), keyOf(NATION)] };
    expect(wrongsOf(compare([stood], [sighting(300, two)]))).toEqual([
      `row list ${CODE}: a key of another dossier`,
    ]);
    const shown = rendered(0, 2_000, [{ ...SHOWN, nationCode: NATION }]);
    expect(wrongsOf(compare([shown], [sighting(300, two)]))).toEqual([]);
  });

  it('an unfinished row that is said to have come after it came, or to have been unfinished later than shown, is wrong', () => {
    const long = rendered(0, 90_000, [SHOWN]);
    expect(wrongsOf(compare([long], [sighting(60_000, { arrived: 60_000 })]))).toHaveLength(1);
    const log = [stood, rendered(50_000, 52_000, [{ ...SHOWN, status: 9 }])];
    const finished = { facts: { ...FACTS, status: 'finished' } };
    const at = (lastUnfinishedAt: number) => [
      sighting(300),
      sighting(50_300, { ...finished, lastUnfinishedAt }),
    ];
    expect(wrongsOf(compare(log, at(100)))).toEqual([]);
    expect(wrongsOf(compare(log, at(40_000)))).toHaveLength(1);
  });

  it("an entry of another page type does not stand for the list's own", () => {
    const log = [
      stood,
      rendered(2_000, 4_000, [{ ...SHOWN, status: 9 }]),
      rendered(2_000, 4_000, [{ ...SHOWN, status: 9 }], 'detail'),
    ];
    const many = [
      sighting(300),
      sighting(2_300, { facts: { ...FACTS, status: 'finished' }, page: 'detail' }),
    ];
    const other = rendered(0, 2_000, [{ code: OTHER, status: 4 }]);
    const votes = [sighting(300, { facts: { status: 'processing' }, keys: [keyOf(OTHER)] })];
    expect(compare([other, ...log], [...votes, ...many]).rows).toMatchObject({ due: 4, recalled: 3 });
  });
});

describe('documents', () => {
  it("other people's are not owed, and recording one is wrong", () => {
    const theirs = papers(0, [{ id: DOCUMENT, role: '', due: null, state: 'waiting' }]);
    expect(compare([theirs], []).rows.due).toBe(0);
    expect(wrongsOf(compare([theirs], [paper(300, { role: 'XLC', state: 'waiting' })]))).toHaveLength(1);
  });

  it('role, state, due date and direction must be those shown', () => {
    const own = papers(0, [{ id: DOCUMENT, role: 'PH', due: '2026-09-25', state: 'waiting' }]);
    expect(
      wrongsOf(compare([own], [paper(300, { role: 'PH', due: '2026-09-25', state: 'waiting' })])),
    ).toEqual([]);
    expect(
      wrongsOf(compare([own], [paper(300, { role: 'XLC', due: '2026-09-25', state: 'waiting' })])),
    ).toHaveLength(1);
    expect(
      wrongsOf(compare([own], [paper(300, { role: 'PH', due: '2026-09-25', state: 'done' })])),
    ).toHaveLength(1);
    expect(
      wrongsOf(
        compare([own], [paper(300, { role: 'PH', due: '2026-09-25', state: 'waiting', direction: 'out' })]),
      ),
    ).not.toEqual([]);
  });
});

describe('actions', () => {
  it('are matched one to one by their codes', () => {
    const found = compare(
      [acted(0, [CODE]), acted(500, [OTHER])],
      [counted(50, [keyOf(CODE)]), counted(550, [keyOf(OTHER)])],
    );
    expect(found.actions).toEqual({ done: 2, recalled: 2, wrong: [], missed: [] });
  });

  it('a false action is found: none was done, another was, or one is told twice', () => {
    expect(wrongsOf(compare([], [counted(50, [keyOf(CODE)])]))).toHaveLength(1);
    expect(wrongsOf(compare([acted(0, [CODE], 'forward')], [counted(50, [keyOf(CODE)])]))).toHaveLength(1);
    const twice = [counted(50, [keyOf(CODE)]), counted(60, [keyOf(CODE)])];
    expect(wrongsOf(compare([acted(0, [CODE])], twice))).toHaveLength(1);
  });

  it("another dossier's code, another number, another time are wrong", () => {
    const log = [acted(0, [CODE])];
    expect(wrongsOf(compare(log, [counted(50, [keyOf(OTHER)])]))).toHaveLength(1);
    expect(wrongsOf(compare(log, [counted(50, [keyOf(CODE)], 2)]))).toHaveLength(1);
    expect(wrongsOf(compare(log, [counted(-5_000, [keyOf(CODE)])]))).toHaveLength(1);
    expect(wrongsOf(compare(log, [counted(200_000, [keyOf(CODE)])]))).toHaveLength(1);
  });

  it('one without codes is held against its number alone, after those with codes', () => {
    const log = [acted(0, [CODE]), acted(10, [OTHER])];
    expect(compare(log, [counted(60, []), counted(70, [keyOf(CODE)])]).actions).toMatchObject({
      recalled: 2,
      wrong: [],
    });
    expect(wrongsOf(compare([acted(0, [CODE, OTHER])], [counted(60, [], 1)]))).toHaveLength(1);
  });

  it('one that was not told is a miss', () => {
    const found = compare([acted(0, [CODE])], []);
    expect(found.actions).toMatchObject({ done: 1, recalled: 0 });
    expect(recallOf(found)).toBe(0);
  });
});

describe('totals', () => {
  const period = { from: '2026-09-01', to: '2026-09-21' };
  const shown = tables(0, [{ unit: 'Sở Mẫu', ...period, figures: { received: 12, finished: 9 } }]);

  it('are equal, or wrong, or missed', () => {
    expect(compare([shown], [total(300, { finished: 9, received: 12 })]).totals).toMatchObject({
      recalled: 1,
      wrong: [],
    });
    expect(wrongsOf(compare([shown], [total(300, { finished: 9, received: 13 })]))).toHaveLength(1);
    expect(wrongsOf(compare([shown], [total(300, { finished: 9, received: 12 }, 'Sở khác')]))).toHaveLength(
      1,
    );
    expect(compare([shown], []).totals).toMatchObject({ done: 1, recalled: 0 });
  });
});

it('health is told as it went, page by page', () => {
  const health = (at: number, state: string): Entry =>
    ({
      ...line(at),
      kind: 'health',
      body: { topic: 'pack', state, detail: { pack: 'p@1.0.0', page: 'list', system: 's', unread: 0 } },
    }) as Entry;
  expect(compare([], [health(0, 'degraded'), health(10, 'broken')]).health).toEqual({
    list: ['degraded', 'broken'],
  });
});
