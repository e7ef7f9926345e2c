/**
 * The two period systems (DESIGN §8). Reporting periods run from the 15th to the 14th (Decree 09/2019/NĐ-CP art. 12, as
 * repeated by provincial rules, host-pages-2 §6.4); Decision 766 uses the calendar. All days are Asia/Ho_Chi_Minh.
 */
import { addDays, type Day, isLocalTime, makeDay } from './dates.ts';

export type PeriodSystem = 'report' | 'calendar' | 'day';

/** A closed span of days with its id, `report:2026-Q3`, `calendar:2026-M09`, `day:2026-09-21`. */
export interface Period {
  readonly id: string;
  readonly system: PeriodSystem;
  /** `M09`, `Q3`, `H1`, `H2`, `9M`, `Y`; '' for a day. */
  readonly part: string;
  readonly year: number;
  readonly from: Day;
  readonly to: Day;
}

const PARTS = /^(?:M(0[1-9]|1[0-2])|Q([1-4])|H([12])|9M|Y)$/;

/** First and last month of a part of the year. */
function months(part: string): [number, number] | null {
  const found = PARTS.exec(part);
  if (!found) return null;
  if (found[1]) return [Number(found[1]), Number(found[1])];
  if (found[2]) return [Number(found[2]) * 3 - 2, Number(found[2]) * 3];
  if (found[3]) return [Number(found[3]) * 6 - 5, Number(found[3]) * 6];
  return part === '9M' ? [1, 9] : [1, 12];
}

/** The period an id names, or null when it names none. */
export function parsePeriod(id: string): Period | null {
  const found = /^(report|calendar|day):(\d{4})-(.+)$/.exec(id);
  if (!found) return null;
  const [, system, yearText, part] = found as unknown as [string, PeriodSystem, string, string];
  const year = Number(yearText);
  if (year < 2015 || year > 2100) return null;
  if (system === 'day') {
    const day = `${yearText}-${part}`;
    return isLocalTime(day) && day.length === 10 ? { id, system, part: '', year, from: day, to: day } : null;
  }
  const span = months(part);
  if (!span) return null;
  const [first, last] = span;
  if (system === 'calendar') {
    const to = addDays(last === 12 ? `${year + 1}-01-01` : makeDay(year, last + 1, 1)!, -1);
    return { id, system, part, year, from: makeDay(year, first, 1)!, to };
  }
  const from = first === 1 ? makeDay(year - 1, 12, 15)! : makeDay(year, first - 1, 15)!;
  return { id, system, part, year, from, to: makeDay(year, last, 14)! };
}

/** The month, quarter or year of a system that holds a day. */
export function periodOf(system: 'report' | 'calendar', unit: 'M' | 'Q' | 'Y', day: Day): Period {
  // A reporting month is named by the month of its 14th: from the 15th on, a day belongs to the next one.
  const shifted = system === 'report' ? addDays(day, 17) : day;
  const named = system === 'report' && Number(day.slice(8)) < 15 ? day : shifted;
  const year = Number(named.slice(0, 4));
  const month = Number(named.slice(5, 7));
  const part =
    unit === 'Y' ? 'Y' : unit === 'Q' ? `Q${Math.ceil(month / 3)}` : `M${String(month).padStart(2, '0')}`;
  return parsePeriod(`${system}:${year}-${part}`)!;
}

const MONTHS = Array.from({ length: 12 }, (_, index) => `M${String(12 - index).padStart(2, '0')}`);
const OFFERED = {
  report: [...MONTHS, 'Q4', 'Q3', 'Q2', 'Q1', 'H2', 'H1', '9M', 'Y'],
  calendar: [...MONTHS, 'Q4', 'Q3', 'Q2', 'Q1', 'Y'],
} as const;

/** The periods to offer on a day, newest first: the day, then running and past parts of both systems. */
export function listPeriods(day: Day): Period[] {
  const found: Period[] = [parsePeriod(`day:${day}`)!];
  for (const system of ['report', 'calendar'] as const) {
    const current = periodOf(system, 'M', day);
    for (const year of [current.year, current.year - 1]) {
      for (const part of OFFERED[system]) {
        const period = parsePeriod(`${system}:${year}-${part}`)!;
        if (period.from <= day) found.push(period);
      }
    }
  }
  return found;
}

/** Whether a day falls in a period. */
export function isWithin(period: Pick<Period, 'from' | 'to'>, day: Day): boolean {
  return period.from <= day && day <= period.to;
}
