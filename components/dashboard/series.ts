/** The days of an answer as the points of a chart: by day, week (from Monday) or month, never more than about 50. */
import { addDays, type Day, daysBetween, showDay } from '../../lib/domain/dates.ts';
import type { DayPoint } from '../../lib/indicators/figures.ts';

interface Bucket {
  readonly from: Day;
  readonly to: Day;
  /** `21/09`, `15/09–21/09` or `09/2026`. */
  readonly label: string;
  /** Null where no day of the bucket has anything recorded: unknown is never 0. */
  readonly sums: Omit<DayPoint, 'day'> | null;
}

export interface Series {
  readonly step: 'day' | 'week' | 'month';
  readonly buckets: readonly Bucket[];
}

/** Buckets from the period's first day to `until` (its last day, or today while it runs). */
export function seriesOf(days: readonly DayPoint[], from: Day, until: Day): Series {
  const length = daysBetween(from, until) + 1;
  const step = length <= 45 ? 'day' : length <= 200 ? 'week' : 'month';
  const buckets: Bucket[] = [];
  for (let day = from; day <= until; ) {
    const end = endOf(step, day);
    const to = end < until ? end : until;
    buckets.push({ from: day, to, label: labelOf(step, day, to), sums: sumsOf(days, day, to) });
    day = addDays(to, 1);
  }
  return { step, buckets };
}

function endOf(step: Series['step'], day: Day): Day {
  if (step === 'day') return day;
  if (step === 'week') return addDays(day, (7 - new Date(`${day}T00:00:00Z`).getUTCDay()) % 7);
  const next = addDays(`${day.slice(0, 7)}-28`, 4);
  return addDays(`${next.slice(0, 7)}-01`, -1);
}

function labelOf(step: Series['step'], from: Day, to: Day): string {
  if (step === 'month') return showDay(from).slice(3);
  const first = showDay(from).slice(0, 5);
  return from === to ? first : `${first}–${showDay(to).slice(0, 5)}`;
}

function sumsOf(days: readonly DayPoint[], from: Day, to: Day): Bucket['sums'] {
  const within = days.filter(({ day }) => from <= day && day <= to);
  if (within.length === 0) return null;
  const sum = (pick: (point: DayPoint) => number) => within.reduce((all, point) => all + pick(point), 0);
  return {
    received: sum((point) => point.received),
    online: sum((point) => point.online),
    finished: sum((point) => point.finished),
    paidOnline: sum((point) => point.paidOnline),
  };
}
