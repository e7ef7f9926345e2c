/** The person's own day from confirmed actions and entries by hand, minus what was taken back. Pure. */
import { type Day, dayOf } from '../domain/dates.ts';
import type { Entry, EntryOf } from '../domain/entry.ts';
import type { Action } from '../domain/vocabulary.ts';
import type { DaySummary } from './messages.ts';
import { nameOf, voidedOf } from './taken-back.ts';

const LAST = 8;

type Counted = EntryOf<'action'> | EntryOf<'manual'>;

/** The day an action counts for: when it was recorded, or the day a hand entry names. */
function dayOfAction(entry: Counted): Day {
  return entry.kind === 'manual' ? entry.body.day : dayOf(Date.parse(entry.at));
}

/** Entries of one person (null: nobody on duty) that count something, in order. */
function countedBy(entries: readonly Entry[], person: string | null): Counted[] {
  return entries.filter(
    (entry): entry is Counted =>
      (entry.kind === 'action' || entry.kind === 'manual') && (entry.person ?? null) === person,
  );
}

/** Sums by action over a span of days, without what was taken back. */
export function sumActions(
  entries: readonly Entry[],
  person: string | null,
  from: Day,
  to: Day,
): Partial<Record<Action, number>> {
  const voided = voidedOf(entries);
  const sums: Partial<Record<Action, number>> = {};
  for (const entry of countedBy(entries, person)) {
    const day = dayOfAction(entry);
    if (day < from || day > to || voided.has(nameOf(entry))) continue;
    sums[entry.body.action] = (sums[entry.body.action] ?? 0) + entry.body.n;
  }
  return sums;
}

/** What was just counted, newest first, with what was taken back marked. */
export function lastActions(
  entries: readonly Entry[],
  person: string | null,
  today: Day,
): DaySummary['last'] {
  const voided = voidedOf(entries);
  return countedBy(entries, person)
    .filter((entry) => dayOf(Date.parse(entry.at)) === today)
    .reverse()
    .slice(0, LAST)
    .map((entry) => ({
      stream: entry.stream,
      seq: entry.seq,
      action: entry.body.action,
      n: entry.body.n,
      at: entry.at,
      isVoid: voided.has(nameOf(entry)),
    }));
}

/** The badge's number. */
export function totalOf(counts: Partial<Record<Action, number>>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}
