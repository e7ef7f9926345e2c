/** The one merge by hand-computed examples: finish intervals, timeliness, dates that change, flows and stocks. */
import { describe, expect, it } from 'vitest';
import type { DocumentBody, DossierBody, Facts } from '../../../lib/domain/entry.ts';
import { flowsOf, stockOf, sumFlows } from '../../../lib/domain/flows.ts';
import {
  finishDayOf,
  groupByKeys,
  mergeDocument,
  mergeDossier,
  receivedDayOf,
  type Sighting,
  timelinessOf,
} from '../../../lib/domain/merge.ts';

const KEY = 'e1:AAAAAAAAAAAAAAAAAAAAAA';
/** Asia/Ho_Chi_Minh wall clock as the instant devices write. */
const at = (local: string) => new Date(Date.parse(`${local}:00.000+07:00`)).toISOString();

let serial = 0;
/** A row read at `seen` that had arrived a minute before. */
function sighting(seen: string, facts: Facts, over: Partial<DossierBody> & Partial<Sighting> = {}): Sighting {
  serial += 1;
  const { device = 'd1', stream = 1, seq = serial, offset = 0, ...body } = over;
  return {
    device,
    stream,
    seq,
    offset,
    body: {
      keys: [KEY],
      system: 'mot-cua',
      pack: 'igate2@1.0.0',
      page: 'list',
      rank: 2,
      locator: 0,
      seen: at(seen),
      arrived: new Date(Date.parse(at(seen)) - 60_000).toISOString(),
      facts,
      ...body,
    },
  };
}

const rowOf = (...sightings: Sighting[]) => mergeDossier(sightings)!;

describe('finishing time', () => {
  const open = sighting('2026-09-10T08:00', { status: 'processing', due: '2026-09-12' });

  it('lies in (arrival of the last unfinished row, first reading as finished]', () => {
    const again = sighting('2026-09-11T16:00', { status: 'processing' });
    const done = sighting('2026-09-12T09:30', { status: 'finished' });
    const later = sighting('2026-09-15T09:30', { status: 'returned' });
    const row = rowOf(open, again, done, later);
    expect(row.finish).toEqual({
      kind: 'between',
      from: Date.parse(at('2026-09-11T15:59')),
      to: Date.parse(at('2026-09-12T09:30')),
    });
    expect(row.facts.status).toBe('returned');
    expect(finishDayOf(row)).toBe('2026-09-12');
    expect(timelinessOf(row)).toBe('inTime');
  });

  it.each([
    ['before the due day', '2026-09-11T16:00', 'early'],
    ['on the due day, seen unfinished days before', '2026-09-12T23:59', 'inTime'],
    ['past the due day, seen unfinished before it', '2026-09-13T08:00', 'undecided'],
  ])('first read as finished %s', (_name, seen, expected) => {
    expect(timelinessOf(rowOf(open, sighting(seen, { status: 'finished' })))).toBe(expected);
  });

  it('is late when it was still unfinished past the due day, on time when both ends lie on it', () => {
    const overdue = sighting('2026-09-13T08:00', { status: 'processing' });
    const done = sighting('2026-09-14T08:00', { status: 'finished' });
    expect(timelinessOf(rowOf(open, overdue, done))).toBe('late');
    const dueDay = sighting('2026-09-12T08:00', { status: 'processing' });
    const sameDay = sighting('2026-09-12T17:00', { status: 'finished' });
    expect(timelinessOf(rowOf(open, dueDay, sameDay))).toBe('onTime');
    const dayAfter = sighting('2026-09-13T07:30', { status: 'finished' });
    expect(timelinessOf(rowOf(open, dueDay, dayAfter)), 'unfinished on the due day, finished the next').toBe(
      'undecided',
    );
  });

  it('by local day: 23:30 on the due day is on it, though UTC says 16:30; 00:30 is the day after', () => {
    const lateEvening = sighting('2026-09-12T23:30', { status: 'finished' });
    expect(finishDayOf(rowOf(lateEvening))).toBe('2026-09-12');
    const stillOpen = sighting('2026-09-13T00:30', { status: 'processing' });
    const done = sighting('2026-09-13T09:00', { status: 'finished' });
    expect(timelinessOf(rowOf(open, stillOpen, done))).toBe('late');
  });

  it('uses the arrival of the row, not the scan, and the lastUnfinishedAt a device remembers', () => {
    const tab = sighting('2026-09-13T08:00', { status: 'processing' }, { arrived: at('2026-09-12T07:00') });
    const done = sighting('2026-09-13T09:00', { status: 'finished' });
    expect(rowOf(open, tab, done).finish).toMatchObject({ from: Date.parse(at('2026-09-12T07:00')) });
    const remembering = sighting(
      '2026-09-13T09:00',
      { status: 'finished' },
      { lastUnfinishedAt: at('2026-09-13T08:30') },
    );
    expect(timelinessOf(rowOf(open, remembering))).toBe('late');
  });

  it('a stale unfinished row after finished changes nothing', () => {
    const done = sighting('2026-09-11T09:00', { status: 'finished' });
    const before = rowOf(open, done);
    const stale = sighting('2026-09-20T09:00', { status: 'processing' });
    const after = rowOf(open, done, stale);
    expect(after.finish).toEqual(before.finish);
    expect(after.facts.status).toBe('finished');
    expect(timelinessOf(after)).toBe('early');
    expect(stockOf(after, '2026-09-21')).toBeNull();
  });

  it('bounds hold within one source system only; the trusted system decides', () => {
    const copy = sighting('2026-09-11T17:00', { status: 'processing' }, { system: 'dvcqg', rank: 1 });
    const done = sighting('2026-09-11T08:00', { status: 'finished' });
    const copyDone = sighting('2026-09-20T08:00', { status: 'finished' }, { system: 'dvcqg', rank: 1 });
    const row = rowOf(open, copy, done, copyDone);
    expect(row.finish).toEqual({
      kind: 'between',
      from: Date.parse(at('2026-09-10T07:59')),
      to: Date.parse(at('2026-09-11T08:00')),
    });
    expect(row.systems).toEqual(['dvcqg', 'mot-cua']);
  });

  it('a printed finishing day decides exactly, and the pick-up does not', () => {
    const row = rowOf(
      open,
      sighting('2026-09-20T08:00', {
        status: 'returned',
        finished: '2026-09-12T16:45',
        returned: '2026-09-19',
      }),
    );
    expect(row.finish).toEqual({ kind: 'printed', day: '2026-09-12' });
    expect(timelinessOf(row)).toBe('onTime');
    const late = rowOf(open, sighting('2026-09-20T08:00', { finished: '2026-09-13', status: 'finished' }));
    expect(timelinessOf(late)).toBe('late');
    const planned = rowOf(sighting('2026-09-11T08:00', { status: 'processing', finished: '2026-09-13' }));
    expect(planned.finish, 'a finishing day on an unfinished row is no finish').toEqual({ kind: 'none' });
  });

  it('no due date shown as such is on time; a due date not shown is undecided', () => {
    expect(timelinessOf(rowOf(sighting('2026-09-11T08:00', { status: 'finished', due: null })))).toBe(
      'onTime',
    );
    expect(timelinessOf(rowOf(sighting('2026-09-11T08:00', { status: 'finished' })))).toBe('undecided');
    expect(timelinessOf(rowOf(open))).toBeNull();
  });

  it('withdrawn and refused are closed apart, whatever was printed', () => {
    for (const status of ['withdrawn', 'refused'] as const) {
      const row = rowOf(open, sighting('2026-09-11T08:00', { status, finished: '2026-09-11' }));
      expect(row.finish).toEqual({ kind: 'none' });
      expect(stockOf(row, '2026-09-30')).toBeNull();
    }
  });

  it('corrects each device by its own clock offset', () => {
    const slow = sighting('2026-09-12T07:00', { status: 'processing' }, { device: 'd2', offset: 86_400_000 });
    const done = sighting('2026-09-13T09:00', { status: 'finished' });
    const row = rowOf(open, slow, done);
    expect(row.finish).toMatchObject({ from: Date.parse(at('2026-09-13T06:59')) });
    expect(timelinessOf(row)).toBe('late');
  });
});

describe('facts', () => {
  it('later known values win within a rank, a higher rank wins over time, the unknown never overwrites', () => {
    const first = sighting('2026-09-10T08:00', { channel: 'counter', fee: true, paidBy: 'unpaid' });
    const second = sighting('2026-09-11T08:00', { channel: 'online', paidBy: 'online' });
    const export4 = sighting('2026-09-09T08:00', { channel: 'post' }, { rank: 4 });
    expect(rowOf(first, second).facts).toEqual({ channel: 'online', fee: true, paidBy: 'online' });
    expect(rowOf(first, second, export4).facts.channel).toBe('post');
  });

  it('"paid", without how, does not unsay a known means, but replaces "unpaid"', () => {
    const paid = sighting('2026-09-12T08:00', { paidBy: 'unknownMeans' });
    for (const means of ['online', 'transfer', 'cash'] as const) {
      expect(rowOf(sighting('2026-09-11T08:00', { paidBy: means }), paid).facts.paidBy).toBe(means);
    }
    expect(rowOf(sighting('2026-09-11T08:00', { paidBy: 'unpaid' }), paid).facts.paidBy).toBe('unknownMeans');
  });

  it('equal times are decided by device, stream and seq, the same for everybody', () => {
    const a = sighting('2026-09-10T08:00', { channel: 'counter' }, { device: 'a', stream: 2, seq: 9 });
    const b = sighting('2026-09-10T08:00', { channel: 'online' }, { device: 'b', stream: 1, seq: 1 });
    expect(rowOf(a, b).facts.channel).toBe('online');
    expect(rowOf(b, a).facts.channel).toBe('online');
    const a2 = sighting('2026-09-10T08:00', { channel: 'post' }, { device: 'a', stream: 3, seq: 1 });
    expect(rowOf(a2, a).facts.channel).toBe('post');
  });

  it('an impossible date is set aside and flagged, never adopted', () => {
    const code = { codeDay: '2026-09-05' };
    const good = sighting('2026-09-10T08:00', { received: '2026-09-05', due: '2026-09-12' }, code);
    const wrong = sighting('2026-09-11T08:00', { received: '2001-01-01', due: '2026-09-04' }, code);
    const row = rowOf(good, wrong);
    expect(row.facts).toEqual({ received: '2026-09-05', due: '2026-09-12' });
    expect(row.flags).toEqual(['impossible:due', 'impossible:received']);
    expect(rowOf(wrong).facts).toEqual({});
    expect(receivedDayOf(rowOf(wrong)), 'then the day of the code').toBe('2026-09-05');
    const far = sighting('2026-09-11T08:00', { due: '2037-01-01' }, code);
    expect(rowOf(far).flags).toEqual(['impossible:due']);
  });

  it('a due date set anew is adopted and stays visible', () => {
    const row = rowOf(
      sighting('2026-09-10T08:00', { due: '2026-09-12T17:00' }),
      sighting('2026-09-11T08:00', { due: '2026-09-12' }),
    );
    expect(row.flags, 'the same day').toEqual([]);
    const moved = rowOf(
      sighting('2026-09-10T08:00', { due: '2026-09-12' }),
      sighting('2026-09-13T08:00', { due: '2026-09-19' }),
    );
    expect(moved.facts.due).toBe('2026-09-19');
    expect(moved.flags).toEqual(['dueMoved']);
  });

  it('supplement requests never fall, another procedure is flagged', () => {
    const row = rowOf(
      sighting('2026-09-10T08:00', { supplements: 2, procedure: '1.000001' }),
      sighting('2026-09-11T08:00', { supplements: 1, procedure: '1.000002' }),
    );
    expect(row.facts).toEqual({ supplements: 2, procedure: '1.000002' });
    expect(row.flags).toEqual(['conflict:procedure']);
  });

  it('nothing is left of a dossier without sightings', () => {
    expect(mergeDossier([])).toBeNull();
  });
});

describe('key rotation', () => {
  const old = 'e1:OOOOOOOOOOOOOOOOOOOOOO';
  const fresh = 'e2:NNNNNNNNNNNNNNNNNNNNNN';
  const other = 'e2:XXXXXXXXXXXXXXXXXXXXXX';

  it('a sighting with both keys joins what was known by either', () => {
    const before = sighting('2026-09-10T08:00', { channel: 'online' }, { keys: [old] });
    const during = sighting('2026-09-11T08:00', { fee: true }, { keys: [fresh, old] });
    const after = sighting('2026-09-12T08:00', { status: 'finished' }, { keys: [fresh] });
    const stranger = sighting('2026-09-12T08:00', {}, { keys: [other] });
    const groups = groupByKeys([after, stranger, before, during]);
    expect(groups.map((group) => group.length).sort()).toEqual([1, 3]);
    const row = mergeDossier(groups.find((group) => group.length === 3)!)!;
    expect(row.keys).toEqual([old, fresh]);
    expect(row.facts).toEqual({ channel: 'online', fee: true, status: 'finished' });
  });

  it('without the joining sighting they are two dossiers again', () => {
    const before = sighting('2026-09-10T08:00', {}, { keys: [old] });
    const after = sighting('2026-09-12T08:00', {}, { keys: [fresh] });
    expect(groupByKeys([before, after])).toHaveLength(2);
  });
});

describe('flows and stocks', () => {
  it('a date that moves takes its flow to the other period: one dossier is never in two', () => {
    const first = sighting('2026-09-15T08:00', {
      received: '2026-09-14',
      channel: 'online',
      status: 'processing',
    });
    const second = sighting('2026-09-16T08:00', { received: '2026-09-15' });
    const count = (...all: Sighting[]) =>
      sumFlows(flowsOf(rowOf(...all), 'u1'))
        .filter((flow) => flow.measure === 'received:online')
        .map((flow) => [flow.day, flow.n]);
    expect(count(first)).toEqual([['2026-09-14', 1]]);
    expect(count(first, second)).toEqual([['2026-09-15', 1]]);
    expect(count(second, first)).toEqual([['2026-09-15', 1]]);
  });

  it('the flows of one dossier, by hand', () => {
    const row = rowOf(
      sighting('2026-09-10T08:00', {
        procedure: '1.000001',
        received: '2026-09-08T09:10',
        due: '2026-09-12',
        channel: 'online',
        status: 'processing',
        fee: true,
        digitised: true,
      }),
      sighting('2026-09-11T08:00', { status: 'finished', paidBy: 'transfer', resultFile: false }),
    );
    expect(flowsOf(row, 'u1').map((flow) => [flow.day, flow.procedure, flow.measure])).toEqual([
      ['2026-09-08', '1.000001', 'received:online'],
      ['2026-09-08', '1.000001', 'digitised:yes'],
      ['2026-09-08', '1.000001', 'payment:notOnline'],
      ['2026-09-11', '1.000001', 'finished:early'],
      ['2026-09-11', '1.000001', 'result:no'],
    ]);
  });

  it('what was never received, or refused, is in no received count', () => {
    for (const status of ['registered', 'refused'] as const) {
      expect(flowsOf(rowOf(sighting('2026-09-10T08:00', { status, received: '2026-09-09' })), 'u1')).toEqual(
        [],
      );
    }
  });

  it('stock as of a day: open until finished, overdue from the day after due', () => {
    const row = rowOf(
      sighting('2026-09-10T08:00', { status: 'processing', received: '2026-09-08', due: '2026-09-12' }),
      sighting('2026-09-15T08:00', { status: 'finished', finished: '2026-09-14' }),
    );
    const days = ['2026-09-07', '2026-09-08', '2026-09-12', '2026-09-13', '2026-09-14'];
    expect(days.map((day) => stockOf(row, day))).toEqual([null, 'inTime', 'inTime', 'overdue', null]);
    const noDue = rowOf(
      sighting('2026-09-10T08:00', { status: 'processing', received: '2026-09-08', due: null }),
    );
    expect(stockOf(noDue, '2026-09-30')).toBe('noDue');
    const unknown = rowOf(sighting('2026-09-10T08:00', { status: 'processing', received: '2026-09-08' }));
    expect(stockOf(unknown, '2026-09-30')).toBe('unknownDue');
  });
});

describe('a page that lags behind', () => {
  it('a tab loaded earlier and read later does not undo what was loaded after it', () => {
    const row = rowOf(
      sighting('2026-09-13T09:00', { status: 'withdrawn', due: '2026-09-20' }, { seq: 2 }),
      sighting(
        '2026-09-13T17:00',
        { status: 'processing', due: '2026-09-15' },
        { arrived: at('2026-09-11T08:00'), seq: 1 },
      ),
    );
    expect(row.facts).toMatchObject({ status: 'withdrawn', due: '2026-09-20' });
  });

  it('"registered" after "finished" is stale', () => {
    const row = rowOf(
      sighting('2026-09-13T09:00', { status: 'finished', received: '2026-09-10' }, { seq: 1 }),
      sighting('2026-09-14T09:00', { status: 'registered' }, { seq: 2 }),
    );
    expect(row.facts.status).toBe('finished');
  });

  it('"paid" without the means does not unsay cash', () => {
    const row = rowOf(
      sighting('2026-09-13T09:00', { paidBy: 'cash' }, { seq: 1 }),
      sighting('2026-09-14T09:00', { paidBy: 'unknownMeans' }, { seq: 2 }),
    );
    expect(row.facts.paidBy).toBe('cash');
  });
});

describe('documents', () => {
  const paper = (seen: string, over: Partial<DocumentBody>, device = 'd1', seq = 1) => ({
    device,
    stream: 1,
    seq,
    offset: 0,
    body: {
      keys: [KEY],
      system: 'ioffice',
      pack: 'ioffice-dwr@1.0.0',
      page: 'list',
      seen: at(seen),
      role: 'XLC' as const,
      state: 'waiting' as const,
      ...over,
    },
  });

  it('the latest sighting wins whole, in any order', () => {
    const first = paper('2026-09-10T08:00', { due: '2026-09-12' });
    const last = paper('2026-09-11T08:00', { role: 'PH', state: 'done' }, 'd2', 5);
    const expected = {
      key: KEY,
      role: 'PH',
      state: 'done',
      due: null,
      lastSeen: Date.parse(at('2026-09-11T08:00')),
    };
    expect(mergeDocument([first, last])).toEqual(expected);
    expect(mergeDocument([last, first, last])).toEqual(expected);
    expect(mergeDocument([])).toBeNull();
  });
});
