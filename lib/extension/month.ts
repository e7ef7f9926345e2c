/**
 * "Tháng của tôi": what one person did in a calendar month, by kind of action, with timeliness where a page showed the due
 * date. For the monthly self-assessment (DESIGN §1, people at work). Pure.
 */
import { addDays, type Day, dayOf, dayPart } from '../domain/dates.ts';
import type { Entry, EntryOf, Facts } from '../domain/entry.ts';
import { ACTIONS, type Action } from '../domain/vocabulary.ts';
import { voidedOf } from './taken-back.ts';

/** One line of the table. `early + onTime + late + unknown = n` for finishing and returning; null for other actions. */
export interface MonthRow {
  readonly action: Action;
  readonly n: number;
  readonly timeliness: {
    readonly early: number;
    readonly onTime: number;
    readonly late: number;
    readonly unknown: number;
  } | null;
}

/** Lateness is by the day of finishing (host-pages §6.3); the day of returning says nothing about it. */
const TIMED: readonly Action[] = ['finish'];

/** First and last day of a month `YYYY-MM`, Asia/Ho_Chi_Minh. */
export function daysOfMonth(month: string): { readonly from: Day; readonly to: Day } {
  const from = `${month}-01`;
  const next = dayPart(addDays(from, 31)).slice(0, 7);
  return { from, to: addDays(`${next}-01`, -1) };
}

/**
 * The table of one person (null: nobody on duty). `entries`: actions, entries by hand and voids of the month, and dossier
 * sightings from whenever they were written; an action counts on the day it was recorded.
 */
export function monthTable(entries: readonly Entry[], person: string | null, month: string): MonthRow[] {
  const { from, to } = daysOfMonth(month);
  const voided = voidedOf(entries);
  const due = dueByKey(entries);
  const sums = new Map<Action, { n: number; early: number; onTime: number; late: number; unknown: number }>();
  for (const entry of entries) {
    if (entry.kind !== 'action' && entry.kind !== 'manual') continue;
    if ((entry.person ?? null) !== person || voided.has(`${entry.stream}/${entry.seq}`)) continue;
    const day = entry.kind === 'manual' ? entry.body.day : dayOf(Date.parse(entry.at));
    if (day < from || day > to) continue;
    const { action, n } = entry.body;
    const sum = sums.get(action) ?? { n: 0, early: 0, onTime: 0, late: 0, unknown: 0 };
    sums.set(action, sum);
    sum.n += n;
    if (!TIMED.includes(action)) continue;
    const keys = entry.kind === 'action' ? entry.body.keys : [];
    const known = keys.length === n ? keys.map((key) => due.get(key)) : [];
    for (const one of known) sum[timelinessOn(day, one)] += 1;
    sum.unknown += n - known.length;
  }
  return ACTIONS.flatMap((action) => {
    const sum = sums.get(action);
    if (sum === undefined) return [];
    const { n, ...timeliness } = sum;
    return [{ action, n, timeliness: TIMED.includes(action) ? timeliness : null }];
  });
}

function timelinessOn(day: Day, due: Facts['due']): 'early' | 'onTime' | 'late' | 'unknown' {
  if (due === undefined) return 'unknown';
  if (due === null) return 'onTime';
  const last = dayPart(due);
  return day < last ? 'early' : day === last ? 'onTime' : 'late';
}

/** The due date last shown for each key. */
function dueByKey(entries: readonly Entry[]): ReadonlyMap<string, Facts['due']> {
  const found = new Map<string, Facts['due']>();
  const sightings = entries.filter((entry): entry is EntryOf<'dossier'> => entry.kind === 'dossier');
  for (const { body } of sightings) {
    if (body.facts.due === undefined) continue;
    for (const key of body.keys) found.set(key, body.facts.due);
  }
  return found;
}
