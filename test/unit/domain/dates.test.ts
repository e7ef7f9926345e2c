/** Days from numbers, beside the calendar of the platform. */
import { describe, expect, it } from 'vitest';
import { makeDay } from '../../../lib/domain/dates.ts';

describe('a day made from numbers', () => {
  it('is every day of the calendar from 1900 to 2199, and no other', () => {
    const wrong: string[] = [];
    for (let year = 1899; year <= 2200; year += 1)
      for (let month = 0; month <= 13; month += 1)
        for (let date = 0; date <= 32; date += 1) {
          const made = new Date(Date.UTC(year, month - 1, date));
          const isDay = made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
          const expected = isDay && year >= 1900 && year <= 2199 ? made.toISOString().slice(0, 10) : null;
          if (makeDay(year, month, date) !== expected) wrong.push(`${year}-${month}-${date}`);
        }
    expect(wrong).toEqual([]);
  });

  it.each([
    [2026.5, 1, 1],
    [2026, 1.5, 1],
    [2026, 1, 1.5],
    [Number.NaN, 1, 1],
    [2026, Number.NaN, 1],
    [2026, 1, Number.NaN],
    [Number.POSITIVE_INFINITY, 1, 1],
    [2026, 1, Number.POSITIVE_INFINITY],
  ])('%d-%d-%d is none', (year, month, date) => {
    expect(makeDay(year, month, date)).toBeNull();
  });
});
