/**
 * Ratings of a unit without a hub obey the hub's rule (`lib/domain/release.ts`): closed groups of at least five, kept as they
 * were closed, so that two readings can never be subtracted down to one citizen. Here the rule is the program's, not a
 * database role's: the lines lie in this browser. No counter of an official's computer is known, so returns and ratings
 * meet at the unit as a whole, and no rating is set apart for want of returns: the files of some computers may be missing.
 */
import { type Day, dayOf } from '../domain/dates.ts';
import type { Entry } from '../domain/entry.ts';
import { DEFAULT_RULES } from '../domain/feedback-rules.ts';
import { releasedThrough } from '../domain/holiday.ts';
import {
  type ClosedGroup,
  type ClosedSpan,
  closeGroups,
  closeSpans,
  type SpanPart,
  shuffled,
} from '../domain/release.ts';
import type { FeedbackSource } from '../indicators/feedback.ts';
import {
  type CounterDay,
  dayName,
  flagCounts,
  type JudgedVisit,
  judge,
  type VisitRow,
} from '../indicators/found.ts';
import { entryOf, isActive, voidTargets } from './project.ts';
import type { GroupRecord, LineRow, SpanRecord, UnitStore } from './store.ts';
import type { WaitingRow } from './waiting.ts';

/** Closes what may be closed at `now` (milliseconds); again it closes nothing more. In a transaction of its own. */
export function closeRatings(db: UnitStore, unit: string, now: number): Promise<void> {
  const today = dayOf(now);
  const through = releasedThrough(today);
  return db.transaction('rw', db.tables, async () => {
    const due = await db.waiting.where('day').belowOrEqual(through).toArray();
    await db.settings.put({ name: 'ratingsThrough', value: through });
    if (due.length === 0) return;
    const voids = await voidTargets(db);
    const lines = await db.lines.bulkGet(due.map((one) => [one.device, one.stream, one.seq]));
    const active = due.flatMap((row, at) => {
      const line = lines[at];
      return line && isActive(line, voids) ? [{ row, entry: entryOf(line) }] : [];
    });
    const visits = active.flatMap(({ row, entry }) => visitOf(unit, row, entry));
    const returns = active.flatMap(({ row, entry }) => returnOf(unit, row, entry));
    const days = await counterDays(db, visits, voids);
    const judged = judge(visits, days, () => DEFAULT_RULES);
    const waiting = judged.filter((one) => one.outcome === 'completed' && !one.isReleased);
    const groups = closeGroups(waiting, through);
    await db.groups.bulkAdd(groups.map((group) => groupRecord(group, days, today)));
    const spans = closeSpans([...judged.flatMap(partOf), ...returns], through);
    await db.spans.bulkAdd(spans.map(spanRecord));
    await settle(db, due, active, groups, spans);
  });
}

interface Part extends SpanPart {
  readonly row: WaitingRow | VisitRow;
}

function visitOf(unit: string, row: WaitingRow, entry: Entry): VisitRow[] {
  if (entry.kind !== 'feedback') return [];
  const { body } = entry;
  const [hours, minutes] = body.quarter.slice(11).split(':').map(Number);
  return [
    {
      ...{ device: row.device, stream: row.stream, seq: row.seq, unit, counter: body.counter ?? null },
      ...{ source: body.source ?? 'kiosk', day: row.day, quarter: hours! * 4 + minutes! / 15 },
      ...{ questionnaire: body.questionnaire, outcome: body.outcome, answers: body.answers ?? {} },
      ...{ reasons: body.reasons ?? [], comment: body.comment ?? null, flags: body.flags, found: [] },
      ...{ isReleased: row.isReleased === 1, isCounted: row.isCounted === 1 },
    },
  ];
}

function returnOf(unit: string, row: WaitingRow, entry: Entry): Part[] {
  if (entry.kind !== 'action') return [];
  const counts = { ratings: 0, flagged: 0, abandoned: 0, phone: 0 };
  return [{ unit, counter: null, day: row.day, returns: entry.body.n, ...counts, row }];
}

/** The unit's ratings by day, under the name of every counter that was rated then; returns 0 = not known at a counter. */
async function counterDays(
  db: UnitStore,
  visits: readonly VisitRow[],
  voids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, CounterDay>> {
  const days = new Map<string, CounterDay>();
  for (const day of new Set(visits.map((one) => one.day))) {
    const lines = await db.lines.where('[kind+day]').equals(['feedback', day]).toArray();
    const ratings = lines.filter((line) => isRating(line, voids)).length;
    for (const one of visits) {
      if (one.day !== day) continue;
      days.set(dayName(one), { unit: one.unit, counter: one.counter ?? '', day, ratings, returns: 0 });
    }
  }
  return days;
}

function isRating(line: LineRow, voids: ReadonlySet<string>): boolean {
  if (!isActive(line, voids)) return false;
  const entry = entryOf(line);
  return entry.kind === 'feedback' && entry.body.outcome === 'completed';
}

function partOf(visit: JudgedVisit): Part[] {
  if (visit.isCounted) return [];
  const isCompleted = visit.outcome === 'completed';
  const isRating = isCompleted && !visit.isFlagged;
  return [
    {
      ...{ unit: visit.unit, counter: null, day: visit.day, returns: 0, row: visit },
      ratings: isRating ? 1 : 0,
      flagged: isCompleted && visit.isFlagged ? 1 : 0,
      abandoned: isCompleted ? 0 : 1,
      phone: isRating && visit.source === 'phone' ? 1 : 0,
    },
  ];
}

function groupRecord(
  group: ClosedGroup<JudgedVisit>,
  days: ReadonlyMap<string, CounterDay>,
  today: Day,
): GroupRecord {
  const { unit, counter, questionnaire, isFlagged, firstDay, lastDay, visits } = group;
  return {
    ...{ unit, counter, questionnaire, isFlagged, firstDay, lastDay },
    source: group.source as FeedbackSource,
    releasedOn: today,
    n: visits.length,
    flags: isFlagged ? flagCounts(visits, days, DEFAULT_RULES) : {},
    answers: shuffled(visits, draw).map(({ answers, reasons, comment }) => ({ answers, reasons, comment })),
  };
}

function spanRecord({ parts: _parts, returns, ...span }: ClosedSpan<Part>): SpanRecord {
  return { ...span, returns: returns === 0 ? null : returns };
}

/** A fair number of 0 to most−1. */
function draw(most: number): number {
  const limit = Math.floor(2 ** 32 / most) * most;
  for (;;) {
    const [drawn] = crypto.getRandomValues(new Uint32Array(1));
    if (drawn! < limit) return drawn! % most;
  }
}

/** Rows that wait for nothing any more go: retracted ones, returns and abandoned visits once counted, ratings once both. */
async function settle(
  db: UnitStore,
  due: readonly WaitingRow[],
  active: readonly { readonly row: WaitingRow; readonly entry: Entry }[],
  groups: readonly ClosedGroup<JudgedVisit>[],
  spans: readonly ClosedSpan<Part>[],
): Promise<void> {
  const released = new Set(groups.flatMap((group) => group.visits.map(nameOf)));
  const counted = new Set(spans.flatMap((span) => span.parts.map((part) => nameOf(part.row))));
  const entries = new Map(active.map(({ row, entry }) => [nameOf(row), entry]));
  const gone: [string, number, number][] = [];
  const kept: WaitingRow[] = [];
  for (const row of due) {
    const name = nameOf(row);
    const entry = entries.get(name);
    const isRating = entry?.kind === 'feedback' && entry.body.outcome === 'completed';
    const isReleased = row.isReleased === 1 || released.has(name);
    const isCounted = row.isCounted === 1 || counted.has(name);
    if (entry === undefined || (isCounted && (isReleased || !isRating)))
      gone.push([row.device, row.stream, row.seq]);
    else kept.push({ ...row, isReleased: isReleased ? 1 : 0, isCounted: isCounted ? 1 : 0 });
  }
  await db.waiting.bulkDelete(gone);
  await db.waiting.bulkPut(kept);
}

function nameOf({ device, stream, seq }: { device: string; stream: number; seq: number }): string {
  return `${device}/${stream}/${seq}`;
}
