/**
 * Working days and public holidays. Fixed days come from the Labour Code art. 112 (1/1, 30/4, 1/5, 2/9); Tết, the Hùng
 * Kings' day, the second day around 2/9 and swapped days are announced each year, so they are data a province edits.
 */
import { addDays, type Day } from './dates.ts';

/** What a province has set: days off beside weekends, and weekend days worked in exchange. */
export interface Holidays {
  readonly off: readonly Day[];
  readonly worked: readonly Day[];
}

/**
 * Announced days known when this was written (from memory of the yearly announcements, not from a stored source): a
 * province checks, corrects and extends them in its settings.
 */
export const ANNOUNCED: Holidays = {
  off: [
    '2025-01-27',
    '2025-01-28',
    '2025-01-29',
    '2025-01-30',
    '2025-01-31',
    '2025-04-07',
    '2025-05-02',
    '2025-09-01',
    '2026-01-02',
    '2026-02-16',
    '2026-02-17',
    '2026-02-18',
    '2026-02-19',
    '2026-02-20',
    '2026-04-27',
    '2026-08-31',
    '2026-09-01',
  ],
  worked: ['2025-04-26', '2026-01-10', '2026-08-22'],
};

const FIXED = new Set(['01-01', '04-30', '05-01', '09-02']);

/** Whether offices work on a day. */
export function isWorkingDay(day: Day, holidays: Holidays = ANNOUNCED): boolean {
  if (holidays.worked.includes(day)) return true;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !FIXED.has(day.slice(5)) && !holidays.off.includes(day);
}

/** The day `count` working days after `day`; the day itself is not counted (`count` 0 gives the day). */
export function addWorkingDays(day: Day, count: number, holidays: Holidays = ANNOUNCED): Day {
  let at = day;
  for (let left = count; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkingDay(at, holidays)) left -= 1;
  }
  return at;
}

/** Working days after `from` up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: Day, to: Day, holidays: Holidays = ANNOUNCED): number {
  let count = 0;
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (isWorkingDay(at, holidays)) count += 1;
  return count;
}

/**
 * The last day whose kiosk answers may be shown on `today`: their next working day has begun (anonymity, DESIGN §9).
 */
export function releasedThrough(today: Day, holidays: Holidays = ANNOUNCED): Day {
  let day = today;
  while (!isWorkingDay(day, holidays)) day = addDays(day, -1);
  return addDays(day, -1);
}
