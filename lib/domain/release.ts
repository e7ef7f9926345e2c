/**
 * When ratings may be seen (DESIGN §9): only in groups of at least five that are closed for ever, the next working day at
 * the earliest (`releasedThrough`). Groups never overlap and never change, so two reports can never be subtracted down to
 * fewer than five citizens. Days are taken one after the other, so a hub that slept a week closes the same groups.
 */
import type { Day } from './dates.ts';
import { groupBy } from './group.ts';

/** Fewer ratings than this are never shown by themselves. */
export const SMALLEST_GROUP = 5;

/** A completed visit that waits for company. */
export interface WaitingVisit {
  readonly unit: string;
  readonly counter: string | null;
  readonly questionnaire: string;
  readonly source: string;
  readonly isFlagged: boolean;
  readonly day: Day;
}

/** Visits that are shown together from now on; `counter` null = pooled over the counters of the unit. */
export interface ClosedGroup<Visit extends WaitingVisit> extends Omit<WaitingVisit, 'day'> {
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly visits: readonly Visit[];
}

/**
 * The groups that visits up to and including `through` make. Of one unit, questionnaire, source and kind (flagged or not): a
 * counter with enough stands alone, the others are pooled when they are enough together, else they wait.
 */
export function closeGroups<Visit extends WaitingVisit>(
  visits: readonly Visit[],
  through: Day,
): ClosedGroup<Visit>[] {
  const due = visits.filter((one) => one.day <= through);
  const kinds = groupBy(due, ({ unit, questionnaire, source, isFlagged }) =>
    JSON.stringify([unit, questionnaire, source, isFlagged]),
  );
  return [...kinds.keys()].sort().flatMap((kind) => closeKind(kinds.get(kind)!));
}

function closeKind<Visit extends WaitingVisit>(visits: readonly Visit[]): ClosedGroup<Visit>[] {
  const groups: ClosedGroup<Visit>[] = [];
  const byDay = groupBy(visits, (one) => one.day);
  let waiting: Visit[] = [];
  for (const day of [...byDay.keys()].sort()) {
    waiting.push(...byDay.get(day)!);
    const byCounter = groupBy(waiting, (one) => one.counter);
    const few: Visit[] = [];
    for (const counter of [...byCounter.keys()].sort(byName)) {
      const own = byCounter.get(counter)!;
      if (counter !== null && own.length >= SMALLEST_GROUP) groups.push(groupOf(own, counter));
      else few.push(...own);
    }
    const isEnough = few.length >= SMALLEST_GROUP;
    if (isEnough) groups.push(groupOf(few, null));
    waiting = isEnough ? [] : few;
  }
  return groups;
}

function groupOf<Visit extends WaitingVisit>(
  visits: readonly Visit[],
  counter: string | null,
): ClosedGroup<Visit> {
  const days = visits.map((one) => one.day).sort();
  const { unit, questionnaire, source, isFlagged } = visits[0]!;
  return {
    ...{ unit, counter, questionnaire, source, isFlagged },
    ...{ firstDay: days[0]!, lastDay: days.at(-1)!, visits },
  };
}

function byName(a: string | null, b: string | null): number {
  return a === b ? 0 : a === null || (b !== null && a > b) ? 1 : -1;
}

/** What one visit or one day's returns add to the span of its counter. */
export interface SpanPart {
  readonly unit: string;
  /** Null = no counter known. */
  readonly counter: string | null;
  readonly day: Day;
  readonly returns: number;
  readonly ratings: number;
  readonly flagged: number;
  readonly abandoned: number;
  readonly phone: number;
}

export interface ClosedSpan<Part extends SpanPart> extends Omit<SpanPart, 'day'> {
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly parts: readonly Part[];
}

/**
 * How many answered, by counter: whole days are added up until at least five completed visits are together, then the span
 * is closed for ever; what is left over waits. A count by the day would tell at a quiet counter whether one citizen did.
 */
export function closeSpans<Part extends SpanPart>(parts: readonly Part[], through: Day): ClosedSpan<Part>[] {
  const due = parts.filter((one) => one.day <= through);
  const places = groupBy(due, ({ unit, counter }) => JSON.stringify([unit, counter]));
  return [...places.keys()].sort().flatMap((place) => closePlace(places.get(place)!));
}

function closePlace<Part extends SpanPart>(parts: readonly Part[]): ClosedSpan<Part>[] {
  const spans: ClosedSpan<Part>[] = [];
  const byDay = groupBy(parts, (one) => one.day);
  let open: Part[] = [];
  for (const day of [...byDay.keys()].sort()) {
    open.push(...byDay.get(day)!);
    if (sum(open, 'ratings') + sum(open, 'flagged') < SMALLEST_GROUP) continue;
    spans.push(spanOf(open));
    open = [];
  }
  return spans;
}

function spanOf<Part extends SpanPart>(parts: readonly Part[]): ClosedSpan<Part> {
  const { unit, counter } = parts[0]!;
  const days = parts.map((one) => one.day).sort();
  return {
    unit,
    counter,
    firstDay: days[0]!,
    lastDay: days.at(-1)!,
    // Returns taken back after they were told come as a negative part.
    returns: Math.max(0, sum(parts, 'returns')),
    ratings: sum(parts, 'ratings'),
    flagged: sum(parts, 'flagged'),
    abandoned: sum(parts, 'abandoned'),
    phone: sum(parts, 'phone'),
    parts,
  };
}

function sum(
  parts: readonly SpanPart[],
  what: 'returns' | 'ratings' | 'flagged' | 'abandoned' | 'phone',
): number {
  return parts.reduce((total, one) => total + one[what], 0);
}

/** The same things in an order drawn by lot; `draw(n)` is a fair number of 0 to n−1 (cryptographic in production). */
export function shuffled<Item>(items: readonly Item[], draw: (most: number) => number): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const at = draw(last + 1);
    [order[last], order[at]] = [order[at]!, order[last]!];
  }
  return order;
}
