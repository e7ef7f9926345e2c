/** From a visit to a journal entry; quarter-hours; the clock that notices sleep. */
import { describe, expect, it } from 'vitest';
import { readLine } from '../../../lib/domain/entry.ts';
import { wakefulClock } from '../../../lib/kiosk/clock.ts';
import { type EndedVisit, feedbackDraft, quarterOf } from '../../../lib/kiosk/visit.ts';

const vietnam = (text: string) => Date.parse(`${text}+07:00`);
const ENDED: EndedVisit = {
  id: '0b0e0f6a-0000-4000-8000-000000000001',
  questionnaire: 'quick@1',
  language: 'vi',
  durations: { quality: 1_200 },
  flags: [],
  result: { outcome: 'completed', answers: { quality: 5, attitude: 4 }, reasons: ['slow'] },
};

describe('quarter-hours', () => {
  it('round down, in local time, across midnight and the new year', () => {
    expect(quarterOf(vietnam('2026-11-22T09:59:59.999'))).toBe('2026-11-22T09:45');
    expect(quarterOf(vietnam('2026-11-22T10:00:00'))).toBe('2026-11-22T10:00');
    expect(quarterOf(vietnam('2026-11-22T10:14:59'))).toBe('2026-11-22T10:00');
    expect(quarterOf(vietnam('2026-11-22T10:15:00'))).toBe('2026-11-22T10:15');
    expect(quarterOf(Date.parse('2026-12-31T17:00:00Z'))).toBe('2027-01-01T00:00');
  });
});

describe('the zone the device is set to', () => {
  it('changes no quarter-hour: it is always the province’s', () => {
    const zone = process.env.TZ;
    const quarters = ['Asia/Ho_Chi_Minh', 'America/New_York', 'Pacific/Auckland'].map((name) => {
      process.env.TZ = name;
      return [new Date(0).getTimezoneOffset(), quarterOf(vietnam('2026-11-22T10:14:59'))] as const;
    });
    process.env.TZ = zone;
    expect(new Set(quarters.map(([offset]) => offset)).size).toBe(3);
    expect(new Set(quarters.map(([, quarter]) => quarter))).toEqual(new Set(['2026-11-22T10:00']));
  });
});

describe('the entry of a visit', () => {
  const asLine = (ended: EndedVisit, counter: string | null) =>
    JSON.stringify({
      v: 1,
      stream: 1,
      seq: 1,
      at: '2026-11-22T02:50:00.000Z',
      boot: 'b',
      offset: null,
      ...feedbackDraft(ended, vietnam('2026-11-22T09:50'), counter),
    });

  it('is what the journal accepts, with answers and counter', () => {
    const reading = readLine(asLine(ENDED, '3'));
    expect(reading).toMatchObject({
      ok: true,
      entry: {
        ref: 'visit:0b0e0f6a-0000-4000-8000-000000000001',
        body: {
          outcome: 'completed',
          answers: { quality: 5, attitude: 4 },
          quarter: '2026-11-22T09:45',
          counter: '3',
        },
      },
    });
  });

  it('names a comment by its hash and holds nothing of its words', () => {
    const comment = { hash: 'a'.repeat(64), salt: 'B'.repeat(22), text: 'Phải chờ lâu' };
    const said: EndedVisit = {
      ...ENDED,
      result: { outcome: 'completed', answers: { quality: 1, attitude: 4 }, reasons: [], comment },
    };
    const reading = readLine(asLine(said, '3'));
    expect(reading).toMatchObject({ ok: true, entry: { body: { comment: comment.hash } } });
    expect(asLine(said, '3')).not.toMatch(/chờ lâu|BBBB/);
  });

  it('of an abandoned visit holds step, language and durations, and no answer', () => {
    const left: EndedVisit = { ...ENDED, result: { outcome: 'abandoned', step: 'attitude' } };
    const reading = readLine(asLine(left, null));
    expect(reading.ok && reading.entry.body).toEqual({
      questionnaire: 'quick@1',
      outcome: 'abandoned',
      quarter: '2026-11-22T09:45',
      language: 'vi',
      step: 'attitude',
      durations: { quality: 1_200 },
      flags: [],
    });
  });
});

describe('the clock', () => {
  it('counts sleep, ignores a clock set back, never runs backwards', () => {
    let monotonic = 0;
    let wall = 1_000_000;
    const clock = wakefulClock(
      () => monotonic,
      () => wall,
    );
    const pass = (awake: number, onTheWall = awake) => {
      monotonic += awake;
      wall += onTheWall;
      return clock();
    };
    expect(pass(1_000)).toBe(1_000);
    expect(pass(1_000, 61_000)).toBe(62_000);
    expect(pass(1_000, -3_600_000)).toBe(63_000);
    expect(pass(1_000, 3_000)).toBe(64_000);
  });
});
