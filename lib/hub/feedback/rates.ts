/**
 * Ratings of a unit and a period, read with the `read` role: it sees closed groups, closed spans and the comments in them,
 * never a visit. A group or span belongs to the period of its last day.
 */
import { join } from 'node:path';
import type { Period } from '../../domain/period.ts';
import { type Questionnaire, questionnaireRef } from '../../domain/questionnaire.ts';
import { readQuestionnaire } from '../../domain/questionnaire-schema.ts';
import { OWN_QUESTIONNAIRES } from '../../domain/questionnaires.ts';
import {
  type CommentView,
  type CounterRate,
  cellsOf,
  type FeedbackFigures,
  type FeedbackGroup,
  type LevelCount,
  MOST_ROWS,
  type RateSpan,
  type ReasonCount,
} from '../../indicators/feedback.ts';
import type { Db, Query, Scope } from '../database/db.ts';
import { loadQueries } from '../database/queries.ts';

const sql = loadQueries(join(import.meta.dirname, 'rates.sql'), [
  'unit',
  'below',
  'state',
  'cells',
  'levels',
  'reasons',
  'groups',
  'rates',
  'spans',
  'comments',
  'questionnaires',
]);

export interface FeedbackRequest {
  readonly unit: string;
  readonly period: Period;
  /** Milliseconds. */
  readonly now: number;
}

/** The ratings, or null when the scope does not see the unit. */
export async function readFeedback(
  db: Db,
  scope: Scope,
  request: FeedbackRequest,
): Promise<FeedbackFigures | null> {
  const { province } = db;
  return db.tx({ role: 'read', scope, snapshot: true }, async (query) => {
    const unit = (await query<FeedbackFigures['unit']>(sql.unit, [province, request.unit]))[0];
    if (unit === undefined) return null;
    const below = await query<{ descendant: string }>(sql.below, [province, unit.id]);
    return figuresAt(
      query,
      province,
      unit,
      below.map((one) => one.descendant),
      request,
    );
  });
}

async function figuresAt(
  query: Query,
  province: string,
  unit: FeedbackFigures['unit'],
  units: readonly string[],
  { period, now }: FeedbackRequest,
): Promise<FeedbackFigures> {
  const [state] = await query<{ closedThrough: string | null; waiting: number }>(sql.state, [
    province,
    units,
  ]);
  const asked = [province, units, period.from, period.to];
  const cells = cellsOf(
    await query(sql.cells, asked),
    await query<LevelCount>(sql.levels, asked),
    await query<ReasonCount>(sql.reasons, asked),
  );
  const shown = (isFlagged: boolean) =>
    cells.reduce((sum, one) => sum + (one.isFlagged === isFlagged ? one.n : 0), 0);
  const refs = [...new Set(cells.map((one) => one.questionnaire))];
  return {
    unit,
    period: { id: period.id, from: period.from, to: period.to },
    asOf: new Date(now).toISOString(),
    closedThrough: state?.closedThrough ?? null,
    released: shown(false),
    flagged: shown(true),
    waitingAtLeast: state?.waiting ?? 0,
    cells,
    groups: await query<FeedbackGroup>(sql.groups, [...asked, MOST_ROWS]),
    rates: await query<CounterRate>(sql.rates, asked),
    spans: await query<RateSpan>(sql.spans, [...asked, MOST_ROWS]),
    comments: await query<CommentView>(sql.comments, [...asked, MOST_ROWS]),
    questionnaires: await named(query, province, refs),
  };
}

async function named(query: Query, province: string, refs: readonly string[]): Promise<Questionnaire[]> {
  const rows = await query<{ body: unknown }>(sql.questionnaires, [province, refs]);
  const stored = rows.flatMap(({ body }) => {
    const read = readQuestionnaire(body);
    return read.ok ? [read.questionnaire] : [];
  });
  const shipped = OWN_QUESTIONNAIRES.filter((one) => refs.includes(questionnaireRef(one)));
  const known = new Set(shipped.map(questionnaireRef));
  return [...shipped, ...stored.filter((one) => !known.has(questionnaireRef(one)))];
}
