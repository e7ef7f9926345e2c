import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  type Day,
  dayOf,
  instantOf,
  isLocalTime,
  parseLocalTime,
} from '../../../lib/domain/dates.ts';
import { addWorkingDays, isWorkingDay, workingDaysBetween } from '../../../lib/domain/holiday.ts';
import { isWithin, listPeriods, parsePeriod, periodOf } from '../../../lib/domain/period.ts';

const anyDay = fc.integer({ min: 0, max: 3_000 }).map((n): Day => addDays('2024-01-01', n));

describe('reporting periods run from the 15th to the 14th', () => {
  it.each([
    ['report:2026-M09', '2026-08-15', '2026-09-14'],
    ['report:2026-M01', '2025-12-15', '2026-01-14'],
    ['report:2026-Q1', '2025-12-15', '2026-03-14'],
    ['report:2026-Q3', '2026-06-15', '2026-09-14'],
    ['report:2026-H1', '2025-12-15', '2026-06-14'],
    ['report:2026-H2', '2026-06-15', '2026-12-14'],
    ['report:2026-9M', '2025-12-15', '2026-09-14'],
    ['report:2026-Y', '2025-12-15', '2026-12-14'],
    ['calendar:2026-M02', '2026-02-01', '2026-02-28'],
    ['calendar:2026-Q4', '2026-10-01', '2026-12-31'],
    ['calendar:2026-Y', '2026-01-01', '2026-12-31'],
    ['day:2026-09-21', '2026-09-21', '2026-09-21'],
  ])('%s', (id, from, to) => {
    expect(parsePeriod(id)).toMatchObject({ id, from, to });
  });

  it.each(['report:2026-M13', 'report:2026-Q5', 'day:2026-02-31', 'week:2026-1', 'report:26-Q1', ''])(
    'refuses %s',
    (id) => {
      expect(parsePeriod(id)).toBeNull();
    },
  );

  it('a dossier of 14/3 23:59 counts in Q1, one of 15/3 00:00 in Q2', () => {
    expect(periodOf('report', 'Q', '2026-03-14').id).toBe('report:2026-Q1');
    expect(periodOf('report', 'Q', '2026-03-15').id).toBe('report:2026-Q2');
    expect(periodOf('report', 'Y', '2026-12-15').id).toBe('report:2027-Y');
  });

  it('every day lies in the month, quarter and year that it names, in both systems', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom('report' as const, 'calendar' as const), (day, system) => {
        for (const unit of ['M', 'Q', 'Y'] as const)
          expect(isWithin(periodOf(system, unit, day), day)).toBe(true);
      }),
    );
  });

  it('months tile a year without gap or overlap', () => {
    for (const system of ['report', 'calendar']) {
      const months = Array.from(
        { length: 12 },
        (_, i) => parsePeriod(`${system}:2026-M${String(i + 1).padStart(2, '0')}`)!,
      );
      for (const [i, month] of months.slice(1).entries()) expect(month.from).toBe(addDays(months[i]!.to, 1));
      const year = parsePeriod(`${system}:2026-Y`)!;
      expect([months[0]!.from, months[11]!.to]).toEqual([year.from, year.to]);
    }
  });

  it('offers only periods that have begun, each id once', () => {
    const offered = listPeriods('2026-11-22');
    expect(new Set(offered.map(({ id }) => id)).size).toBe(offered.length);
    expect(offered.every(({ from }) => from <= '2026-11-22')).toBe(true);
    expect(offered.map(({ id }) => id)).toContain('report:2026-M12');
  });
});

describe('dates as pages print them', () => {
  it.each([
    ['21/09/2026', '2026-09-21'],
    ['21/09/2026 08:10', '2026-09-21T08:10'],
    ['21/09/2026 08:10:59', '2026-09-21T08:10'],
    ['08:10, 21/09/2026', '2026-09-21T08:10'],
    ['8:05 1/9/2026', '2026-09-01T08:05'],
    ['２１/０９/２０２６', '2026-09-21'],
    ['\u200e21/09/2026\u200f', '2026-09-21'],
    ['2025-08-16T18:25:10.000+0000', '2025-08-17T01:25'],
    ['2025-08-16T18:25:10.000+0700', '2025-08-16T18:25'],
  ])('%s', (text, expected) => {
    expect(parseLocalTime(text)).toBe(expected);
  });

  it.each([
    '31/02/2026',
    '21/13/2026',
    '21/09/26',
    '21-09-2026',
    '25:00 21/09/2026',
    '21/09/2026 08:61',
    'hôm nay',
    '',
  ])('refuses %s rather than guess', (text) => {
    expect(parseLocalTime(text)).toBeNull();
  });

  it('a local time names the same day when turned into an instant and back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 1_439 }), (day, minute) => {
        const local = `${day}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        expect(isLocalTime(local)).toBe(true);
        expect(dayOf(instantOf(local))).toBe(day);
      }),
    );
  });
});

describe('working days', () => {
  it('knows weekends, fixed holidays, announced days and swapped days', () => {
    expect(
      ['2026-11-20', '2026-11-21', '2026-11-22', '2026-09-02', '2026-02-17', '2025-04-26'].map((day) =>
        isWorkingDay(day),
      ),
    ).toEqual([true, false, false, false, false, true]);
  });

  it('counts over Tết 2026', () => {
    expect(addWorkingDays('2026-02-13', 1)).toBe('2026-02-23');
    expect(workingDaysBetween('2026-02-13', '2026-02-24')).toBe(2);
  });

  it('adding working days and counting them are inverse', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (day, count) => {
        expect(workingDaysBetween(day, addWorkingDays(day, count))).toBe(count);
      }),
    );
  });
});
