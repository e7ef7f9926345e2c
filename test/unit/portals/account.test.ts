/** The account's rules, on logs written by hand with figures computed by hand (host-pages §6.3, DESIGN §3). */
import { describe, expect, it } from 'vitest';
import { accountOf, agencyInCode, type Logged, truthsOf, unitOf } from '../../portals/account.ts';
import type { LogEntry, PortalKind, Shown, ShownDocument } from '../../portals/types.ts';

/** An instant of a local minute in Vietnam. */
const at = (local: string) => Date.parse(`${local}:00+07:00`);
const rows = (local: string, ...dossiers: Shown[]): LogEntry => ({
  kind: 'rendered',
  at: at(local),
  view: 'list',
  page: 1,
  dossiers,
  documents: [],
});
const papers = (local: string, ...documents: ShownDocument[]): LogEntry => ({
  kind: 'rendered',
  at: at(local),
  view: 'incoming',
  page: 1,
  dossiers: [],
  documents,
});
const logged = (kind: PortalKind, ...entries: LogEntry[]): Logged => ({ kind, log: () => entries });
const account = (igate2: LogEntry[], td: LogEntry[] = [], ioffice: LogEntry[] = []) =>
  accountOf(
    {
      igate2: logged('igate2', ...igate2),
      td: logged('td', ...td),
      ioffice: logged('ioffice', ...ioffice),
    },
    { from: '2026-09-15', to: '2026-10-14', asOf: '2026-09-21' },
  );
const CODE = 'H99.50-260916-0001';
const finishedAs = (due: string | null | undefined, entries: [string, Partial<Shown>][]) =>
  account(
    entries.map(([when, shown]) =>
      rows(when, { code: CODE, ...(due === undefined ? {} : { due }), ...shown }),
    ),
  ).total.finished;
const none = { early: 0, onTime: 0, inTime: 0, late: 0, undecided: 0 };
const OPEN = { status: 4 } as const;
const OVER = { status: 9 } as const;
const DUE = '2026-09-21T17:00';

describe('received', () => {
  it('counts by channel on the printed day, else on the day of the code', () => {
    const { total } = account([
      rows(
        '2026-09-21T08:00',
        {
          code: 'H99.50-260901-0001',
          status: 2,
          channel: 'online',
          received: '2026-09-16T08:00',
          due: null,
        },
        { code: 'H99.50-260920-0002', status: 2, channel: 'counter' },
        { code: 'H99.50-260920-0003', status: 4 },
        {
          code: 'H99.50-260914-0004',
          status: 2,
          channel: 'post',
          received: '2026-09-14T23:59',
          due: null,
        },
      ),
    ]);
    expect(total.received).toEqual({ online: 1, counter: 1, post: 0, unknown: 1 });
  });

  it('leaves out what is only filed (1) or refused (3), also when an earlier row showed another status', () => {
    const { total } = account([
      rows('2026-09-21T08:00', { code: CODE, status: 1, channel: 'online' }),
      rows('2026-09-21T08:05', { code: 'H99.50-260916-0002', status: 2, channel: 'online' }),
      rows('2026-09-21T08:10', { code: 'H99.50-260916-0002', status: 3, channel: 'online' }),
    ]);
    expect(total.received).toEqual({ online: 0, counter: 0, post: 0, unknown: 0 });
    expect(total.stock).toEqual({ inTime: 0, overdue: 0, noDue: 0, unknownDue: 0 });
  });

  it('counts a dossier filed in a detail and received from a list: the later rendering decides', () => {
    const { total } = account([
      rows('2026-09-21T08:00', { code: CODE, status: 1, channel: 'online', due: null }),
      rows('2026-09-21T08:10', {
        code: CODE,
        status: 2,
        channel: 'online',
        received: '2026-09-21T08:09',
        due: '2026-09-26T17:00',
      }),
    ]);
    expect(total.received.online).toBe(1);
    expect(total.stock.inTime).toBe(1);
  });

  it('sets an impossible received date aside: 2001, before the day of the code', () => {
    const { total } = account([
      rows('2026-09-21T08:00', { code: CODE, status: 2, channel: 'online', received: '2001-01-01T08:00' }),
    ]);
    expect(total.received.online).toBe(1);
  });

  it('sorts payment by what was shown, and never unlearns the means', () => {
    const one = (number: number, shown: Partial<Shown>): Shown => ({
      code: `H99.50-260916-${1000 + number}`,
      status: 4,
      ...shown,
    });
    const { total } = account([
      rows(
        '2026-09-21T08:00',
        one(1, { fee: true, payment: 'online', procedure: '2.000635' }),
        one(2, { fee: true, payment: 'transfer', procedure: '2.000635' }),
        one(3, { fee: true, payment: 'unpaid' }),
        one(4, { fee: true, payment: 'unknownMeans' }),
        one(5, { fee: false }),
        one(6, {}),
        one(7, { procedure: '1.001193' }),
      ),
      rows('2026-09-21T09:00', one(1, { fee: true, payment: 'unknownMeans' })),
    ]);
    expect(total.payment).toEqual({ online: 1, notOnline: 2, unknownMeans: 1, noFee: 1, unknown: 2 });
    // Number 7 owes nothing by the catalogue; number 6 may owe something.
    expect(total.rates.onlinePayment).toEqual({ yes: 1, no: 2, undecided: 2 });
  });

  it('counts full-process procedures by the catalogue; provincial codes match their national head', () => {
    const { total } = account([
      rows(
        '2026-09-21T08:00',
        { code: 'H99.50-260916-0001', status: 4, channel: 'online', procedure: '1.001193' },
        { code: 'H99.50-260916-0002', status: 4, channel: 'counter', procedure: '1.001612' },
        { code: 'H99.50-260916-0003', status: 4, channel: 'online', procedure: '1.012790.000.00.00.H99' },
        { code: 'H99.50-260916-0004', status: 4, channel: 'online', procedure: '3.000999' },
        { code: 'H99.50-260916-0005', status: 4, channel: 'online' },
      ),
    ]);
    expect(total.rates.fullProcess).toEqual({ yes: 1, no: 1, undecided: 2 });
  });
});

describe('finished, by a printed day', () => {
  it.each([
    ['2026-09-20T16:00', 'early'],
    ['2026-09-21T23:59', 'onTime'],
    ['2026-09-22T00:01', 'late'],
  ] as const)('%s against a due date of 21/09 is %s', (finished, expected) => {
    expect(finishedAs(DUE, [['2026-09-25T08:00', { status: 10, finished }]])).toEqual({
      ...none,
      [expected]: 1,
    });
  });

  it('counts on the printed day, not on the day it was seen', () => {
    const figures = account([
      rows('2026-10-20T08:00', { code: CODE, status: 9, due: DUE, finished: '2026-10-14T16:00' }),
    ]);
    expect(figures.total.finished.late).toBe(1);
  });
});

describe('finished, bounded by renderings', () => {
  it.each([
    ['unfinished and finished before the due day', '2026-09-19T08:00', '2026-09-20T09:00', 'early'],
    ['finished before the due day, never seen open', null, '2026-09-20T23:59', 'early'],
    ['both on the due day', '2026-09-21T08:00', '2026-09-21T09:00', 'onTime'],
    ['finished by the due day, open the day before', '2026-09-20T08:00', '2026-09-21T09:00', 'inTime'],
    ['finished on the due day, never seen open', null, '2026-09-21T09:00', 'inTime'],
    ['open after the due day', '2026-09-22T08:00', '2026-09-23T09:00', 'late'],
    ['open on the due day, finished after it', '2026-09-21T16:00', '2026-09-22T08:00', 'undecided'],
    ['first seen after the due day', null, '2026-09-22T08:00', 'undecided'],
  ] as const)('%s: %s', (_, open, over, expected) => {
    const entries: [string, Partial<Shown>][] = [[over, OVER]];
    if (open !== null) entries.unshift([open, OPEN]);
    expect(finishedAs(DUE, entries)).toEqual({ ...none, [expected]: 1 });
  });

  it('is on time when the due date was shown as empty, undecided when it never was shown', () => {
    expect(finishedAs(null, [['2026-09-25T08:00', OVER]])).toEqual({ ...none, onTime: 1 });
    expect(finishedAs(undefined, [['2026-09-25T08:00', OVER]])).toEqual({ ...none, undecided: 1 });
  });

  it('does not count what was finished and never shown as finished', () => {
    const entries: LogEntry[] = [
      rows('2026-09-21T08:00', { code: CODE, status: 4, due: DUE }),
      {
        kind: 'action',
        at: at('2026-09-21T08:01'),
        action: 'finish',
        n: 1,
        codes: [CODE],
        person: null,
      },
    ];
    const { total } = account(entries);
    expect(total.finished).toEqual(none);
    expect(total.stock.inTime).toBe(1);
  });

  it('lets a stale unfinished row change nothing', () => {
    const { total } = account([
      rows('2026-09-20T08:00', { code: CODE, status: 9, due: DUE }),
      rows('2026-09-23T08:00', { code: CODE, status: 4, due: DUE }),
    ]);
    expect(total.finished).toEqual({ ...none, early: 1 });
    expect(total.stock.overdue + total.stock.inTime).toBe(0);
  });

  it('takes both ends of the interval from the same system', () => {
    const { total } = account(
      [rows('2026-09-23T08:00', { code: CODE, status: 4, due: DUE })],
      [rows('2026-09-24T08:00', { code: CODE, status: 9, due: DUE })],
    );
    expect(total.finished).toEqual({ ...none, undecided: 1 });
  });

  it('reckons days in Vietnam: 23:30 UTC on the 20th is the 21st', () => {
    const seen = Date.parse('2026-09-20T23:30:00Z');
    const entry: LogEntry = {
      ...(rows('2026-09-21T00:00', { code: CODE, ...OVER, due: DUE }) as Extract<
        LogEntry,
        { kind: 'rendered' }
      >),
      at: seen,
    };
    expect(account([entry]).total.finished).toEqual({ ...none, inTime: 1 });
  });
});

describe('one dossier in several systems', () => {
  it('joins by the code, and by the national code a detail prints', () => {
    const national = 'G22.99.08-260916-896048';
    const portals = [
      logged('igate2', rows('2026-09-21T08:00', { code: CODE, status: 4 })),
      logged(
        'td',
        rows('2026-09-21T08:10', { code: national, status: 4 }, { code: CODE, status: 4 }),
        rows('2026-09-21T08:20', { code: CODE, nationCode: national, status: 4 }),
      ),
    ];
    const truths = truthsOf(portals);
    expect(truths).toHaveLength(1);
    expect([...truths[0]!.codes].sort()).toEqual([national, CODE].sort());
  });
});

describe('whose', () => {
  it('reads the agency in old and new codes, left to right', () => {
    expect(agencyInCode('000.00.51.H99-260916-0001')).toBe('H99.51');
    expect(agencyInCode('H99.53.02-260916-0001')).toBe('H99.53.02');
    expect(agencyInCode('H99-260916-0001')).toBe('H99');
  });

  it.each([
    ['Ủy ban nhân dân xã Mẫu Bình', 'H99.01-260916-0001', 'h99-binh'],
    [null, 'H99.53.02-260916-0001', 'h99-dong'],
    ['Chi nhánh đã sáp nhập', 'H99.60-260916-0001', 'h99-cuong'],
    ['Chi nhánh đã sáp nhập', 'H99.88-260916-0001', 'h99'],
    [null, 'H77.10-260916-0001', 'unassigned'],
  ])('%s, %s belongs to %s', (agency, code, unit) => {
    expect(unitOf({ agency, codes: [code] })).toBe(unit);
  });

  it('adds the units up to the total', () => {
    const figures = account([
      rows(
        '2026-09-21T08:00',
        { code: 'H99.50-260916-0001', status: 2, channel: 'online', due: '2026-09-20T17:00' },
        { code: 'H99.52-260916-0002', status: 2, channel: 'online', due: null },
      ),
    ]);
    expect(Object.keys(figures.units).sort()).toEqual(['h99-an', 'h99-cuong']);
    expect(figures.units['h99-an']!.stock.overdue).toBe(1);
    expect(figures.units['h99-cuong']!.stock.noDue).toBe(1);
    expect(figures.total.received.online).toBe(2);
  });
});

describe('documents and actions', () => {
  it('counts own roles only, by the latest rendering', () => {
    const figures = account(
      [],
      [],
      [
        papers(
          '2026-09-21T08:00',
          { id: 'vb_1', role: 'XLC', due: '2026-09-20', state: 'waiting' },
          { id: 'vb_2', role: 'XLC', due: '2026-09-21', state: 'waiting' },
          { id: 'vb_3', role: 'PH', due: null, state: 'waiting' },
          { id: 'vb_4', role: 'XDB', due: '2026-09-01', state: 'waiting' },
          { id: 'vb_5', role: '', due: '2026-09-01', state: 'waiting' },
        ),
        papers('2026-09-21T09:00', { id: 'vb_2', role: 'XLC', due: '2026-09-21', state: 'done' }),
      ],
    );
    expect(figures.documents).toEqual([
      { role: 'XLC', waiting: 1, overdue: 1 },
      { role: 'PH', waiting: 1, overdue: 0 },
    ]);
    expect(figures.seen).toEqual({ dossiers: 0, documents: 3, otherPeoplesDocuments: 2 });
  });

  it('sums actions by the person on duty; what is not work adds nothing', () => {
    const act = (person: string | null, n: number): LogEntry => ({
      kind: 'action',
      at: at('2026-09-21T08:00'),
      action: 'receive',
      n,
      codes: [],
      person,
    });
    const figures = account(
      [act('An', 1), { kind: 'notWork', at: at('2026-09-21T08:00'), what: 'failed', codes: [CODE] }],
      [act('An', 3), act('Bình', 2)],
    );
    expect(figures.actions).toEqual([
      { person: 'An', action: 'receive', n: 4, times: 2 },
      { person: 'Bình', action: 'receive', n: 2, times: 1 },
    ]);
    expect(figures.notWork).toBe(1);
  });
});
