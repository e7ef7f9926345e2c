import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDelay, retryAfter, slotOf } from '../../../lib/sync/index.ts';

describe('backoffDelay', () => {
  it('is full jitter under min(30 min, 30 s · 2^n), and never nothing', () => {
    const most = (failures: number) => backoffDelay(failures, () => 0.999999);
    expect([0, 1, 2, 5, 6, 7, 500].map((failures) => Math.round(most(failures) / 1_000))).toEqual([
      30, 60, 120, 960, 1_800, 1_800, 1_800,
    ]);
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, random) => {
        const delay = backoffDelay(failures, () => random);
        expect(delay).toBeGreaterThanOrEqual(1_000);
        expect(delay).toBeLessThanOrEqual(30 * 60_000);
      }),
    );
  });
});

describe('retryAfter', () => {
  const now = Date.parse('2026-09-21T09:59:00Z');
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Mon, 21 Sep 2026 10:00:00 GMT', 60_000],
    ['Mon, 21 Sep 2026 09:00:00 GMT', 0],
    ['999999999', 86_400_000],
    ['', null],
    ['soon', null],
    [null, null],
  ])('%s', (header, expected) => {
    expect(retryAfter(header, now)).toBe(expected);
  });
});

describe('slotOf', () => {
  it('is stable, inside the window, and spreads alike ids evenly', () => {
    const window = 1_200_000;
    expect(slotOf('device-1', window)).toBe(slotOf('device-1', window));
    expect(slotOf('device-1', 0)).toBe(0);
    const buckets = Array.from({ length: 20 }, () => 0);
    for (let index = 0; index < 20_000; index += 1) {
      const slot = slotOf(`nghe-an-${index}`, window);
      expect(slot).toBeGreaterThanOrEqual(0);
      expect(slot).toBeLessThan(window);
      buckets[Math.floor((slot / window) * 20)]! += 1;
    }
    expect(Math.max(...buckets)).toBeLessThan(1_200);
    expect(Math.min(...buckets)).toBeGreaterThan(800);
  });
});
