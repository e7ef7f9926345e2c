/** Which ratings are flagged, and by which threshold (DESIGN §9). */
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_RULES,
  deviceFlags,
  type FeedbackRules,
  type FlaggableVisit,
  flagLimits,
  hasMoreThanReturns,
  isAfterHours,
  rulesOf,
} from '../../../lib/domain/feedback-rules.ts';
import { readFeedbackRules } from '../../../lib/domain/feedback-rules-schema.ts';

const MONDAY = '2026-09-21';
const open: FeedbackRules = {
  ...DEFAULT_RULES,
  openingHours: [
    { days: [1, 2, 3, 4, 5], from: '07:30', to: '17:00' },
    { days: [6], from: '07:30', to: '11:30' },
  ],
};
const at = (time: string) => Number(time.slice(0, 2)) * 4 + Number(time.slice(3)) / 15;
const visit = (order: number, over: Partial<FlaggableVisit> = {}): FlaggableVisit => ({
  ...{
    device: 'k',
    order,
    day: MONDAY,
    quarter: at('09:00'),
    answers: { quality: 5, attitude: 5 },
    reasons: [],
  },
  ...over,
});
const different = (order: number, quarter = at('09:00')) =>
  visit(order, { quarter, answers: { quality: (order % 5) + 1, attitude: (order % 3) + 1 } });
const times = <Item>(n: number, make: (order: number) => Item) =>
  Array.from({ length: n }, (_, order) => make(order));

describe('after hours', () => {
  it('a quarter-hour wholly outside is, one that touches the hours is not', () => {
    const outside = (day: string, time: string) => isAfterHours(day, at(time), open);
    expect([outside(MONDAY, '07:15'), outside(MONDAY, '07:30')]).toEqual([true, false]);
    expect([outside(MONDAY, '16:45'), outside(MONDAY, '17:00')]).toEqual([false, true]);
    expect([outside('2026-09-26', '11:15'), outside('2026-09-26', '11:30')]).toEqual([false, true]);
    expect(outside('2026-09-27', '09:00'), 'a Sunday').toBe(true);
    expect(outside('2026-09-02', '09:00'), 'a public holiday on a Wednesday').toBe(true);
  });

  it('where nobody gave hours, nothing is', () => {
    expect(isAfterHours('2026-09-27', 0, DEFAULT_RULES)).toBe(false);
  });
});

describe('more ratings than returns', () => {
  it('needs known returns, five ratings and more than the allowance', () => {
    expect(hasMoreThanReturns(100, 0, open)).toBe(false);
    expect(hasMoreThanReturns(4, 1, open)).toBe(false);
    expect([hasMoreThanReturns(12, 10, open), hasMoreThanReturns(13, 10, open)]).toEqual([false, true]);
    const wide = { ...open, moreThanReturns: { percent: 200, slack: 0 } };
    expect([hasMoreThanReturns(20, 10, wide), hasMoreThanReturns(21, 10, wide)]).toEqual([false, true]);
  });
});

describe('one device', () => {
  it('more visits in a quarter-hour than anybody serves: all of that quarter, no other', () => {
    const visits = [...times(16, (order) => different(order)), different(20, at('09:15'))];
    const flags = deviceFlags(visits, DEFAULT_RULES);
    expect(flags.slice(0, 16).every((one) => one.join() === 'interval')).toBe(true);
    expect(flags[16]).toEqual([]);
    expect(deviceFlags(visits.slice(0, 15), DEFAULT_RULES).flat()).toEqual([]);
  });

  it('equal answers in series within two quarter-hours are; spread over the morning, or with one other between, not', () => {
    const series = times(8, (order) => visit(order, { quarter: at(order < 4 ? '09:00' : '09:15') }));
    expect(deviceFlags(series, DEFAULT_RULES)).toEqual(times(8, () => ['series']));
    expect(deviceFlags(series.slice(1), DEFAULT_RULES).flat()).toEqual([]);
    const slow = times(30, (order) => visit(order, { quarter: at('08:00') + Math.floor(order / 3) }));
    expect(deviceFlags(slow, DEFAULT_RULES).flat()).toEqual([]);
    const broken = series.with(4, visit(4, { answers: { quality: 1, attitude: 5 } }));
    expect(deviceFlags(broken, DEFAULT_RULES).flat()).toEqual([]);
    const otherReason = series.with(4, visit(4, { reasons: ['slow'] }));
    expect(deviceFlags(otherReason, DEFAULT_RULES).flat()).toEqual([]);
  });

  it('the order of the journal decides, not that of the list', () => {
    const mixed = [
      ...times(8, (order) => visit(order)),
      visit(3.5, { answers: { quality: 1, attitude: 1 } }),
    ];
    expect(deviceFlags(mixed, DEFAULT_RULES).flat()).toEqual([]);
    expect(deviceFlags([...mixed].reverse(), DEFAULT_RULES).flat()).toEqual([]);
  });
});

describe('thresholds', () => {
  it('a nearer unit wins key by key', () => {
    const rules = rulesOf([
      { interval: { perQuarter: 30 }, idleSeconds: 40 },
      { interval: { perQuarter: 20 } },
    ]);
    expect(rules).toEqual({ ...DEFAULT_RULES, interval: { perQuarter: 20 }, idleSeconds: 40 });
  });

  it('each flag of the hub names its threshold', () => {
    expect(flagLimits('moreThanReturns', open)).toEqual({ percent: 100, slack: 2 });
    expect(flagLimits('interval', open)).toEqual({ perQuarter: 15 });
    expect(flagLimits('series', open)).toEqual({ count: 8, minutes: 30 });
    expect(flagLimits('afterHours', open)).toEqual({ hours: '1,2,3,4,5:07:30-17:00;6:07:30-11:30' });
    expect(flagLimits('fast', open)).toEqual({});
  });

  it('from outside: what is right is read, what is wrong is named', () => {
    expect(readFeedbackRules({})).toEqual({ ok: true, rules: {} });
    expect(readFeedbackRules({ openingHours: open.openingHours, idleSeconds: null })).toEqual({
      ok: true,
      rules: { openingHours: open.openingHours, idleSeconds: null },
    });
    const wrong: [unknown, string][] = [
      [null, 'rules'],
      [{ interval: { perQuarter: 0 } }, 'rules.interval.perQuarter'],
      [{ series: { count: 8 } }, 'rules.series.quarters'],
      [{ openingHours: [{ days: [8], from: '07:00', to: '17:00' }] }, 'rules.openingHours.0.days.0'],
      [{ openingHours: [{ days: [1], from: '17:00', to: '07:00' }] }, 'rules.openingHours.0.to'],
      [{ openingHours: [{ days: [1], from: '7 giờ', to: '17:00' }] }, 'rules.openingHours.0.from'],
    ];
    for (const [raw, field] of wrong) expect(readFeedbackRules(raw)).toMatchObject({ ok: false, field });
  });
});
