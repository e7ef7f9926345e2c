/** The flags that only show when a day is closed: over one device's day, over one counter's day. Pure. */
import type { Day } from '../domain/dates.ts';
import {
  deviceFlags,
  type FeedbackRules,
  flagLimits,
  HUB_FLAGS,
  type HubFlag,
  hasMoreThanReturns,
  setsApart,
} from '../domain/feedback-rules.ts';
import { groupBy } from '../domain/group.ts';
import type { FlagCount } from './feedback.ts';

/** A stored visit as the release reads it. */
export interface VisitRow {
  readonly device: string;
  readonly stream: number;
  readonly seq: number;
  readonly unit: string;
  readonly counter: string | null;
  readonly source: string;
  readonly day: Day;
  readonly quarter: number;
  readonly questionnaire: string;
  readonly outcome: 'completed' | 'abandoned';
  readonly answers: Readonly<Record<string, number>>;
  readonly reasons: readonly string[];
  readonly comment: string | null;
  readonly flags: readonly string[];
  readonly found: readonly string[];
  readonly isReleased: boolean;
  readonly isCounted: boolean;
}

/** Ratings and confirmed returns of one counter's day ('' = no counter known). */
export interface CounterDay {
  readonly unit: string;
  readonly counter: string;
  readonly day: Day;
  readonly ratings: number;
  readonly returns: number;
}

/** A visit with everything that is held against it. */
export interface JudgedVisit extends VisitRow {
  readonly found: readonly string[];
  readonly isFlagged: boolean;
}

/** The text that names a counter's day. */
export function dayName({ unit, counter, day }: { unit: string; counter: string | null; day: Day }): string {
  return JSON.stringify([unit, counter ?? '', day]);
}

/** The visits with what the hub finds; a visit that was released keeps what was found then. */
export function judge(
  visits: readonly VisitRow[],
  days: ReadonlyMap<string, CounterDay>,
  rulesOf: (unit: string) => FeedbackRules,
): JudgedVisit[] {
  const found = new Map<VisitRow, Set<HubFlag>>(visits.map((one) => [one, new Set()]));
  const completed = visits.filter((one) => one.outcome === 'completed');
  // '@phone' and '@widget' are no places where somebody stands and taps: they have limits of their own.
  const onDevices = completed.filter((one) => !one.device.startsWith('@'));
  for (const group of groupBy(onDevices, (one) => `${one.device} ${one.day}`).values()) {
    const inOrder = [...group].sort((a, b) => a.stream - b.stream || a.seq - b.seq);
    const flags = deviceFlags(
      inOrder.map((one, order) => ({ ...one, order })),
      rulesOf(inOrder[0]!.unit),
    );
    for (const [at, one] of inOrder.entries()) for (const flag of flags[at]!) found.get(one)!.add(flag);
  }
  for (const one of completed) {
    const day = days.get(dayName(one));
    if (day && hasMoreThanReturns(day.ratings, day.returns, rulesOf(one.unit)))
      found.get(one)!.add('moreThanReturns');
  }
  return visits.map((one) => {
    const own = one.isReleased ? one.found : HUB_FLAGS.filter((flag) => found.get(one)!.has(flag));
    return { ...one, found: own, isFlagged: [...own, ...one.flags].some(setsApart) };
  });
}

/** How many visits of a closed group carry each flag, with the thresholds in force. */
export function flagCounts(
  visits: readonly JudgedVisit[],
  days: ReadonlyMap<string, CounterDay>,
  rules: FeedbackRules,
): Record<string, FlagCount> {
  const all = visits.flatMap((one) => [...one.flags, ...one.found]);
  const names = [...new Set(all.filter(setsApart))].sort();
  return Object.fromEntries(
    names.map((name): [string, FlagCount] => {
      const carriers = visits.filter((one) => one.flags.includes(name) || one.found.includes(name));
      const count = { n: carriers.length, limits: flagLimits(name, rules) };
      return [name, name === 'moreThanReturns' ? { ...count, days: daysOf(carriers, days) } : count];
    }),
  );
}

function daysOf(visits: readonly JudgedVisit[], days: ReadonlyMap<string, CounterDay>) {
  const named = [...new Set(visits.map(dayName))].sort().flatMap((name) => days.get(name) ?? []);
  return named
    .map(({ day, ratings, returns }) => ({ day, ratings, returns }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}
