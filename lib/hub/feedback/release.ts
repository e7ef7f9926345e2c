/**
 * Closes the ratings of the days that may be seen: flags, groups of at least five in an order drawn by lot, spans of the
 * counters (DESIGN §9; the rule itself is in `lib/domain/release.ts`). What is closed never changes: a visit retracted or a
 * return found later counts with what comes next, because a difference between two readings must never be one citizen.
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { type Day, dayOf } from '../../domain/dates.ts';
import type { FeedbackRules } from '../../domain/feedback-rules.ts';
import { releasedThrough } from '../../domain/holiday.ts';
import {
  type ClosedGroup,
  type ClosedSpan,
  closeGroups,
  closeSpans,
  type SpanPart,
  shuffled,
} from '../../domain/release.ts';
import { levelsOf, reasonsOf } from '../../indicators/feedback.ts';
import {
  type CounterDay,
  dayName,
  flagCounts,
  type JudgedVisit,
  judge,
  type VisitRow,
} from '../../indicators/found.ts';
import type { Db, Query } from '../database/db.ts';
import { loadQueries } from '../database/queries.ts';
import { readRules } from './tree.ts';

const sql = loadQueries(join(import.meta.dirname, 'release.sql'), [
  'holdDerived',
  'waiting',
  'completedOn',
  'returnsThrough',
  'addRelease',
  'addAnswers',
  'markReleased',
  'addSpan',
  'markCounted',
  'markTold',
  'closeThrough',
]);

/** What one run closed. */
export interface Released {
  readonly through: Day;
  readonly groups: number;
  readonly ratings: number;
  readonly spans: number;
}

/** Closes everything that may be closed now (milliseconds). Running it again closes nothing more. */
export async function releaseRatings(db: Db, now: number): Promise<Released> {
  const { province } = db;
  const today = dayOf(now);
  const through = releasedThrough(today);
  return db.tx({ role: 'ingest' }, async (query) => {
    // Ingest waits: a visit that comes in between would be in neither of two groups.
    await query(sql.holdDerived, [province]);
    const rows = await query<VisitRow>(sql.waiting, [province, through]);
    const days = await counterDays(query, province, through, rows);
    const rulesOf = await readRules(query, province);
    const visits = judge(rows, days.all, rulesOf);
    const waiting = visits.filter((one) => one.outcome === 'completed' && !one.isReleased);
    const groups = closeGroups(waiting, through);
    for (const group of groups)
      await writeGroup(query, province, group, days.all, rulesOf(group.unit), today);
    const spans = closeSpans([...visits.flatMap(partOf), ...days.untold], through);
    for (const span of spans) await writeSpan(query, province, span);
    await query(sql.closeThrough, [province, through]);
    const ratings = groups.reduce((sum, one) => sum + one.visits.length, 0);
    return { through, groups: groups.length, ratings, spans: spans.length };
  });
}

interface VisitPart extends SpanPart {
  readonly visit: JudgedVisit | null;
}

async function counterDays(query: Query, province: string, through: Day, rows: readonly VisitRow[]) {
  const wanted = [...new Set(rows.map((one) => one.day))];
  const rated = await query<Omit<CounterDay, 'returns'>>(sql.completedOn, [province, wanted]);
  const returned = await query<Omit<CounterDay, 'ratings'> & { told: number }>(sql.returnsThrough, [
    province,
    through,
    wanted,
  ]);
  const all = new Map<string, CounterDay>();
  for (const one of rated) all.set(dayName(one), { ...one, returns: 0 });
  for (const { unit, counter, day, returns } of returned) {
    const ratings = all.get(dayName({ unit, counter, day }))?.ratings ?? 0;
    all.set(dayName({ unit, counter, day }), { unit, counter, day, ratings, returns });
  }
  const untold = returned.flatMap(({ unit, counter, day, returns, told }): VisitPart[] => {
    const part = { unit, counter: counter || null, day, returns: returns - told };
    return returns === told ? [] : [{ ...part, ratings: 0, flagged: 0, abandoned: 0, phone: 0, visit: null }];
  });
  return { all, untold };
}

function partOf(visit: JudgedVisit): VisitPart[] {
  if (visit.isCounted) return [];
  const { unit, counter, day } = visit;
  const isCompleted = visit.outcome === 'completed';
  const isRating = isCompleted && !visit.isFlagged;
  return [
    {
      ...{ unit, counter, day, returns: 0, visit },
      ratings: isRating ? 1 : 0,
      flagged: isCompleted && visit.isFlagged ? 1 : 0,
      abandoned: isCompleted ? 0 : 1,
      phone: isRating && visit.source === 'phone' ? 1 : 0,
    },
  ];
}

async function writeGroup(
  query: Query,
  province: string,
  group: ClosedGroup<JudgedVisit>,
  days: ReadonlyMap<string, CounterDay>,
  rules: FeedbackRules,
  today: Day,
): Promise<void> {
  const { unit, counter, questionnaire, source, isFlagged, firstDay, lastDay } = group;
  const visits = shuffled(group.visits, randomInt);
  const flags = isFlagged ? flagCounts(visits, days, rules) : {};
  const [made] = await query<{ id: number }>(sql.addRelease, [
    ...[province, unit, counter, questionnaire, source, isFlagged, firstDay, lastDay, today],
    ...[visits.length, JSON.stringify(levelsOf(visits)), JSON.stringify(reasonsOf(visits))],
    JSON.stringify(flags),
  ]);
  await query(sql.addAnswers, [
    province,
    made!.id,
    visits.map((_, place) => place),
    visits.map((one) => JSON.stringify(one.answers)),
    visits.map((one) => JSON.stringify(one.reasons)),
    visits.map((one) => one.comment),
  ]);
  await query(sql.markReleased, [
    province,
    made!.id,
    ...namesOf(visits),
    visits.map((one) => JSON.stringify(one.found)),
  ]);
}

async function writeSpan(query: Query, province: string, span: ClosedSpan<VisitPart>): Promise<void> {
  const { unit, counter, firstDay, lastDay, returns, ratings, flagged, abandoned, phone } = span;
  const [made] = await query<{ id: number }>(sql.addSpan, [
    ...[province, unit, counter, firstDay, lastDay, returns, ratings, flagged, abandoned, phone],
  ]);
  const visits = span.parts.flatMap((one) => one.visit ?? []);
  await query(sql.markCounted, [province, made!.id, ...namesOf(visits)]);
  const told = span.parts.filter((one) => one.visit === null);
  await query(sql.markTold, [
    province,
    told.map((one) => one.unit),
    told.map((one) => one.counter ?? ''),
    told.map((one) => one.day),
  ]);
}

function namesOf(visits: readonly VisitRow[]): [string[], number[], number[]] {
  return [visits.map((one) => one.device), visits.map((one) => one.stream), visits.map((one) => one.seq)];
}
