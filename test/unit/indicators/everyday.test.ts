/** The everyday rates from hand-made dossiers: each rule of host-pages §6.3 with the case it excludes. */
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../lib/domain/entry.ts';
import { flowsOf, stockOf, sumFlows } from '../../../lib/domain/flows.ts';
import { mergeDossier, type Sighting } from '../../../lib/domain/merge.ts';
import { parsePeriod } from '../../../lib/domain/period.ts';
import type { Procedure } from '../../../lib/domain/procedure.ts';
import { documentCounts, figuresOf } from '../../../lib/indicators/assemble.ts';

const transport = { devices: 1, complete: 1, missing: 0, silent: 0, heardThrough: null };
const procedure = (code: string, changes: Partial<Procedure>): Procedure => ({
  code,
  name: 'Thủ tục mẫu',
  sector: 'Mẫu',
  online: 'full',
  hasFee: true,
  returnsResult: true,
  limitDays: 5,
  validFrom: null,
  validTo: null,
  ...changes,
});
const catalogue = [
  procedure('1.000001', {}),
  procedure('1.000002', { online: 'partial', hasFee: false }),
  procedure('1.000003', { returnsResult: false }),
];
let serial = 0;

function sighting(facts: Facts, changes: Partial<Sighting['body']> = {}): Sighting {
  serial += 1;
  return {
    device: 'd1',
    stream: 1,
    seq: serial,
    offset: 0,
    body: {
      keys: [`1:${String(serial).padStart(22, 'A')}`],
      system: 'mau',
      pack: 'mau@1.0.0',
      page: 'list',
      rank: 2,
      locator: 0,
      seen: '2026-09-10T03:00:00.000Z',
      arrived: '2026-09-10T02:59:00.000Z',
      facts,
      ...changes,
    },
  };
}

function figures(dossiers: Sighting[][]) {
  const flows = sumFlows(dossiers.flatMap((one) => flowsOf(mergeDossier(one)!, 'u1')));
  return figuresOf({
    unit: { id: 'u1', name: 'Xã Mẫu' },
    period: parsePeriod('report:2026-Q3')!,
    asOf: Date.parse('2026-09-12T00:00:00Z'),
    flows,
    stock: { inTime: 0, overdue: 0, noDue: 0, unknownDue: 0 },
    documents: [],
    feedback: [],
    visits: { completed: 0, abandoned: 0 },
    catalogue,
    transport,
    coverage: { seen: dossiers.length, official: null },
  });
}

function rate(id: string, ...dossiers: Facts[]) {
  const found = figures(dossiers.map((facts) => [sighting(facts)])).indicators.find((one) => one.id === id)!;
  return [found.numerator, found.denominator, found.undecided];
}

const received = '2026-09-01';

describe('online filing', () => {
  it('counts online over all received; an unknown channel is undecided', () => {
    expect(
      rate(
        'onlineFiling',
        { received, channel: 'online' },
        { received, channel: 'counter' },
        { received, channel: 'post' },
        { received },
      ),
    ).toEqual([1, 4, 1]);
  });

  it('leaves out what was never received, refused, or carried over from another period', () => {
    expect(
      rate(
        'onlineFiling',
        { received, channel: 'online', status: 'registered' },
        { received, channel: 'online', status: 'refused' },
        { received: '2026-06-14', channel: 'online' },
      ),
    ).toEqual([0, 0, 0]);
  });
});

describe('full process', () => {
  it('asks the catalogue: partial procedures are out, unknown ones undecided', () => {
    expect(
      rate(
        'fullProcess',
        { received, channel: 'online', procedure: '1.000001' },
        { received, channel: 'counter', procedure: '1.000001.000.00.00.H99' },
        { received, channel: 'online', procedure: '1.000002' },
        { received, channel: 'online', procedure: '9.999999' },
        { received, channel: 'online' },
      ),
    ).toEqual([1, 4, 2]);
  });
});

describe('online payment', () => {
  it('a bank transfer is not online; a fee nobody showed is undecided unless the catalogue has none', () => {
    expect(
      rate(
        'onlinePayment',
        { received, paidBy: 'online' },
        { received, paidBy: 'transfer' },
        { received, paidBy: 'unpaid' },
        { received, paidBy: 'unknownMeans' },
        { received, fee: false },
        { received, procedure: '1.000001' },
        { received, procedure: '1.000002' },
      ),
    ).toEqual([1, 5, 2]);
  });
});

describe('on time', () => {
  const finished = (day: string, due?: string | null): Facts => ({
    received,
    status: 'finished',
    finished: day,
    ...(due === undefined ? {} : { due }),
  });

  it('compares calendar days of finishing and due date', () => {
    expect(
      rate(
        'onTime',
        finished('2026-09-04', '2026-09-05T08:00'),
        finished('2026-09-05T17:30', '2026-09-05T08:00'),
        finished('2026-09-06', '2026-09-05'),
        finished('2026-09-06', null),
        finished('2026-09-06'),
      ),
    ).toEqual([3, 5, 1]);
  });

  it('the citizen’s pick-up date decides nothing', () => {
    expect(rate('onTime', { ...finished('2026-09-04', '2026-09-05'), returned: '2026-09-30' })).toEqual([
      1, 1, 0,
    ]);
  });

  it('prints bounds, not a value, while something is undecided', () => {
    const { indicators } = figures([
      [sighting(finished('2026-09-04', '2026-09-05'))],
      [sighting(finished('2026-09-04'))],
    ]);
    const onTime = indicators.find(({ id }) => id === 'onTime')!;
    expect([onTime.value, onTime.bounds]).toEqual([null, [0.5, 1]]);
  });

  it('withdrawn dossiers are counted apart', () => {
    expect(rate('onTime', { ...finished('2026-09-06', '2026-09-05'), status: 'withdrawn' })).toEqual([
      0, 0, 0,
    ]);
  });
});

describe('digitisation', () => {
  it('components over received, results over finished; a procedure without a result counts as digital', () => {
    expect(
      rate(
        'digitisedComponents',
        { received, digitised: true },
        { received, digitised: false },
        { received },
      ),
    ).toEqual([1, 3, 1]);
    const done = { received, status: 'returned', finished: '2026-09-05' } as const;
    expect(
      rate(
        'digitalResults',
        { ...done, resultFile: true },
        { ...done, resultFile: false, procedure: '1.000001' },
        { ...done, resultFile: false, procedure: '1.000003' },
        { ...done, resultFile: false },
        done,
      ),
    ).toEqual([2, 5, 2]);
  });
});

describe('stocks and documents as of a day', () => {
  it('sorts open dossiers; one finished after the day was still open', () => {
    const stock = (facts: Facts, asOf = '2026-09-10') => stockOf(mergeDossier([sighting(facts)])!, asOf);
    expect([
      stock({ received, status: 'processing', due: '2026-09-10' }),
      stock({ received, status: 'processing', due: '2026-09-09' }),
      stock({ received, status: 'processing', due: null }),
      stock({ received, status: 'processing' }),
      stock({ received, status: 'finished', finished: '2026-09-11', due: '2026-09-09' }),
      stock({ received, status: 'finished', finished: '2026-09-10', due: '2026-09-09' }),
      stock({ received, status: 'registered', due: '2026-09-09' }),
      stock({ received: '2026-09-11', status: 'processing', due: '2026-09-09' }),
    ]).toEqual(['inTime', 'overdue', 'noDue', 'unknownDue', 'overdue', null, null, null]);
  });

  it('counts waiting documents by role, overdue from the day after the due day', () => {
    const row = (role: 'XLC' | 'PH', due: string | null, state: 'waiting' | 'done' = 'waiting') => ({
      key: 'k',
      role,
      state,
      due,
      lastSeen: 0,
    });
    expect(
      documentCounts(
        [
          row('XLC', '2026-09-09'),
          row('XLC', '2026-09-10'),
          row('XLC', null),
          row('XLC', '2026-09-01', 'done'),
          row('PH', null),
        ],
        Date.parse('2026-09-10T05:00:00Z'),
      ),
    ).toEqual([
      { role: 'XLC', waiting: 3, overdue: 1 },
      { role: 'PH', waiting: 1, overdue: 0 },
    ]);
  });
});
