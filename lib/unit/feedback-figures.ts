/** Ratings of a unit without a hub for the dashboard: sums over the closed groups (`feedback.ts`). */
import { groupBy } from '../domain/group.ts';
import type { Period } from '../domain/period.ts';
import { questionnaireRef } from '../domain/questionnaire.ts';
import { OWN_QUESTIONNAIRES } from '../domain/questionnaires.ts';
import { SMALLEST_GROUP } from '../domain/release.ts';
import type { FeedbackCount } from '../indicators/assemble.ts';
import {
  type CommentView,
  cellsOf,
  type FeedbackCell,
  type FeedbackFigures,
  type FeedbackGroup,
  type FeedbackPlace,
  type LevelCount,
  levelsOf,
  MOST_ROWS,
  type ReasonCount,
  reasonsOf,
} from '../indicators/feedback.ts';
import { entryOf } from './project.ts';
import { type GroupRecord, type SpanRecord, setting, type UnitStore } from './store.ts';

/** The closed groups and spans whose last day lies in a period. In the caller's transaction. */
export async function closedIn(db: UnitStore, { from, to }: Pick<Period, 'from' | 'to'>) {
  return {
    groups: await db.groups.where('lastDay').between(from, to, true, true).toArray(),
    spans: await db.spans.where('lastDay').between(from, to, true, true).toArray(),
  };
}

/** Levels chosen in the groups that are not flagged, for the figures of a period. */
export function levelsIn(groups: readonly GroupRecord[]): FeedbackCount[] {
  const levels = levelCounts(groups.filter((group) => !group.isFlagged)).filter((one) => one.n > 0);
  const sums = groupBy(levels, ({ question, level }) => JSON.stringify([question, level]));
  return [...sums.values()]
    .map((same) => ({ ...pick(same[0]!), n: same.reduce((sum, one) => sum + one.n, 0) }))
    .sort((a, b) => (a.question < b.question ? -1 : a.question > b.question ? 1 : a.level - b.level));
}

function pick({ question, level }: LevelCount) {
  return { question, level };
}

export interface FeedbackRequest {
  readonly unit: { readonly id: string; readonly name: string };
  /** The own unit where it is asked for or lies below; else null, and there is nothing. */
  readonly own: { readonly id: string; readonly name: string } | null;
  readonly period: Period;
  /** Milliseconds. */
  readonly now: number;
}

/** The ratings of a period; nothing is known of other units. */
export async function feedbackFrom(
  db: UnitStore,
  { unit, own, period, now }: FeedbackRequest,
): Promise<FeedbackFigures> {
  return db.transaction('r', db.tables, async () => {
    const { groups, spans } = own ? await closedIn(db, period) : { groups: [], spans: [] };
    const closedThrough = await setting<string>(db, 'ratingsThrough');
    const waiting = own ? await waitingThrough(db, closedThrough) : 0;
    const place = (counter: string | null): FeedbackPlace => ({
      ...{ unit: own?.id ?? unit.id, unitName: own?.name ?? unit.name, counter, counterName: null },
    });
    const cells = cellsIn(groups, place);
    const shown = (isFlagged: boolean) =>
      cells.reduce((sum, one) => sum + (one.isFlagged === isFlagged ? one.n : 0), 0);
    const latest = [...groups].sort((a, b) => (a.lastDay < b.lastDay ? 1 : a.lastDay > b.lastDay ? -1 : 0));
    const refs = new Set(groups.map((one) => one.questionnaire));
    return {
      unit: { id: unit.id, name: unit.name },
      period: { id: period.id, from: period.from, to: period.to },
      asOf: new Date(now).toISOString(),
      closedThrough,
      released: shown(false),
      flagged: shown(true),
      waitingAtLeast: Math.floor(waiting / SMALLEST_GROUP) * SMALLEST_GROUP,
      cells,
      groups: latest.slice(0, MOST_ROWS).map(
        ({ answers: _answers, id, ...group }): FeedbackGroup => ({
          ...{ ...group, ...place(group.counter), id: id! },
        }),
      ),
      rates: ratesIn(spans, place(null)),
      spans: spans
        .map(({ id: _id, ...span }) => ({ ...span, ...place(null) }))
        .sort((a, b) => (a.lastDay < b.lastDay ? 1 : -1))
        .slice(0, MOST_ROWS),
      comments: latest.flatMap((group) => commentsOf(group, place(group.counter))).slice(0, MOST_ROWS),
      questionnaires: OWN_QUESTIONNAIRES.filter((one) => refs.has(questionnaireRef(one))),
    };
  });
}

/** Ratings of closed days that wait for company; the abandoned visits and returns among the rows are not meant. */
async function waitingThrough(db: UnitStore, through: string | null): Promise<number> {
  if (through === null) return 0;
  const rows = await db.waiting.where('day').belowOrEqual(through).toArray();
  const open = rows.filter((row) => row.isReleased === 0);
  const lines = await db.lines.bulkGet(open.map((one) => [one.device, one.stream, one.seq]));
  const entries = lines.flatMap((line) => (line === undefined ? [] : [entryOf(line)]));
  return entries.filter((one) => one.kind === 'feedback' && one.body.outcome === 'completed').length;
}

function levelCounts(groups: readonly GroupRecord[]): LevelCount[] {
  return groups.flatMap((group) =>
    Object.entries(levelsOf(group.answers)).flatMap(([question, counts]) =>
      counts.map((n, at) => ({ ...nameOf(group), question, level: at + 1, n })),
    ),
  );
}

function reasonCounts(groups: readonly GroupRecord[]): ReasonCount[] {
  return [...groupBy(groups, cellName).values()].flatMap((cell) =>
    Object.entries(reasonsOf(cell.flatMap((group) => group.answers))).map(([reason, n]) => ({
      ...nameOf(cell[0]!),
      ...{ reason, n },
    })),
  );
}

function cellsIn(
  groups: readonly GroupRecord[],
  place: (counter: string | null) => FeedbackPlace,
): FeedbackCell[] {
  const cells = [...groupBy(groups, cellName).values()].map((same) => ({
    ...{ ...nameOf(same[0]!), ...place(same[0]!.counter), groups: same.length },
    n: same.reduce((sum, one) => sum + one.n, 0),
    firstDay: same.map((one) => one.firstDay).sort()[0]!,
    lastDay: same
      .map((one) => one.lastDay)
      .sort()
      .at(-1)!,
  }));
  return cellsOf(cells, levelCounts(groups), reasonCounts(groups));
}

function nameOf({ unit, counter, questionnaire, source, isFlagged }: GroupRecord) {
  return { unit, counter, questionnaire, source, isFlagged };
}

function cellName(group: GroupRecord): string {
  return JSON.stringify(nameOf(group));
}

function ratesIn(spans: readonly SpanRecord[], place: FeedbackPlace): FeedbackFigures['rates'] {
  if (spans.length === 0) return [];
  const sum = (what: 'ratings' | 'flagged' | 'abandoned' | 'phone') =>
    spans.reduce((total, one) => total + one[what], 0);
  const known = spans.filter((one) => one.returns !== null);
  return [
    {
      ...{ ...place, spans: spans.length },
      firstDay: spans.map((one) => one.firstDay).sort()[0]!,
      lastDay: spans
        .map((one) => one.lastDay)
        .sort()
        .at(-1)!,
      numerator: known.reduce((total, one) => total + one.ratings, 0),
      denominator: known.length === 0 ? null : known.reduce((total, one) => total + one.returns!, 0),
      ...{
        ratings: sum('ratings'),
        flagged: sum('flagged'),
        abandoned: sum('abandoned'),
        phone: sum('phone'),
      },
    },
  ];
}

/** The words themselves never come here: a unit page knows that somebody wrote, not what. */
function commentsOf(group: GroupRecord, place: FeedbackPlace): CommentView[] {
  const { questionnaire, source, isFlagged, firstDay, lastDay } = group;
  return group.answers.flatMap(({ comment, answers, reasons }) =>
    comment === null
      ? []
      : [
          {
            ...{ ...place, hash: comment, text: null, isErased: false, questionnaire, source, isFlagged },
            ...{ firstDay, lastDay, answers, reasons },
          },
        ],
  );
}
