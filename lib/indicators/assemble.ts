/** Puts one whole answer of figures together; used by the hub and by the unit page, so they cannot differ. */
import { type Day, dayOf } from '../domain/dates.ts';
import type { FlowCount } from '../domain/flows.ts';
import type { DocumentRow } from '../domain/merge.ts';
import { isWithin, type Period } from '../domain/period.ts';
import type { Procedure } from '../domain/procedure.ts';
import { SMALLEST_GROUP } from '../domain/release.ts';
import { DOCUMENT_ROLES, type DocumentRole } from '../domain/vocabulary.ts';
import { everydayIndicators } from './everyday.ts';
import type { DayPoint, DocumentCount, Figures, RatingCount, StockCount } from './figures.ts';
import type { Coverage, Transport } from './result.ts';

/** How often a level was chosen for a question of the kiosk. */
export interface FeedbackCount {
  readonly question: string;
  readonly level: number;
  readonly n: number;
}

export interface FiguresInput {
  readonly unit: { readonly id: string; readonly name: string };
  readonly period: Period;
  /** Instant of computing, milliseconds. */
  readonly asOf: number;
  /** Flows of the unit's subtree; days outside the period are left out here. */
  readonly flows: readonly FlowCount[];
  readonly stock: StockCount;
  readonly documents: readonly DocumentCount[];
  readonly feedback: readonly FeedbackCount[];
  readonly visits: { readonly completed: number; readonly abandoned: number };
  readonly catalogue: readonly Procedure[];
  readonly transport: Transport;
  readonly coverage: Coverage;
}

/** The figures of a unit and a period. */
export function figuresOf(input: FiguresInput): Figures {
  const { unit, period, transport, coverage } = input;
  const flows = input.flows.filter((flow) => isWithin(period, flow.day));
  const asOf = new Date(input.asOf).toISOString();
  const sum = (measure: string) =>
    flows.reduce((total, flow) => total + (flow.measure === measure ? flow.n : 0), 0);
  return {
    unit,
    period: { id: period.id, from: period.from, to: period.to },
    asOf,
    indicators: everydayIndicators(flows, input.catalogue, { period: period.id, asOf, transport, coverage }),
    received: {
      online: sum('received:online'),
      counter: sum('received:counter'),
      post: sum('received:post'),
      unknown: sum('received:unknown'),
    },
    stock: input.stock,
    documents: DOCUMENT_ROLES.map(
      (role) => input.documents.find((one) => one.role === role) ?? { role, waiting: 0, overdue: 0 },
    ),
    ratings: ratingsOf(input.feedback),
    visits: input.visits,
    days: daysOf(flows),
    transport,
    coverage,
  };
}

function ratingsOf(feedback: readonly FeedbackCount[]): RatingCount[] {
  const questions = [...new Set(feedback.map((one) => one.question))].sort();
  return questions.map((question) => {
    const chosen = feedback.filter((one) => one.question === question);
    const answers = chosen.reduce((sum, one) => sum + one.n, 0);
    if (answers < SMALLEST_GROUP) return { question, levels: null, answers };
    const levels = Array.from({ length: Math.max(5, ...chosen.map((one) => one.level)) }, () => 0);
    for (const { level, n } of chosen) if (level >= 1) levels[level - 1]! += n;
    return { question, levels, answers };
  });
}

function daysOf(flows: readonly FlowCount[]): DayPoint[] {
  const days = new Map<Day, { received: number; online: number; finished: number; paidOnline: number }>();
  for (const { day, measure, n } of flows) {
    const point = days.get(day) ?? { received: 0, online: 0, finished: 0, paidOnline: 0 };
    days.set(day, point);
    if (measure.startsWith('received:')) point.received += n;
    if (measure === 'received:online') point.online += n;
    if (measure.startsWith('finished:')) point.finished += n;
    if (measure === 'payment:online') point.paidOnline += n;
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, point]) => ({ day, ...point }));
}

/** Counts incoming documents by role as of an instant: waiting, and of those past their due day. */
export function documentCounts(rows: Iterable<DocumentRow>, asOf: number): DocumentCount[] {
  const counts = new Map<DocumentRole, { waiting: number; overdue: number }>();
  const today = dayOf(asOf);
  for (const row of rows) {
    if (row.state !== 'waiting' || row.direction === 'out') continue;
    const count = counts.get(row.role) ?? { waiting: 0, overdue: 0 };
    counts.set(row.role, count);
    count.waiting += 1;
    if (row.due !== null && row.due < today) count.overdue += 1;
  }
  return [...counts].map(([role, count]) => ({ role, ...count }));
}
