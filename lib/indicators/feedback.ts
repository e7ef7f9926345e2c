/**
 * Ratings of a unit and a period as the dashboard shows them, from the hub or from the unit page. Everything comes from
 * closed groups of at least five (`lib/domain/release.ts`); a group belongs to the period of its last day.
 */
import type { Day } from '../domain/dates.ts';
import { groupBy } from '../domain/group.ts';
import type { Questionnaire } from '../domain/questionnaire.ts';

export type FeedbackSource = 'kiosk' | 'phone' | 'widget';

/** Where ratings were given. `counter` null: groups pooled over the counters of the unit, or no counter known. */
export interface FeedbackPlace {
  readonly unit: string;
  readonly unitName: string;
  readonly counter: string | null;
  /** Null: no counter, or one that is not in the list (its id is all there is). */
  readonly counterName: string | null;
}

/** Ratings of one place, questionnaire and source: a sum over closed groups. Flagged ones stand apart. */
export interface FeedbackCell extends FeedbackPlace {
  /** `id@version`. */
  readonly questionnaire: string;
  readonly source: FeedbackSource;
  readonly isFlagged: boolean;
  readonly groups: number;
  readonly n: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** By question: `levels[i]` counts level i+1 (1 = worst), as long as the highest level chosen. */
  readonly levels: Readonly<Record<string, readonly number[]>>;
  readonly reasons: Readonly<Record<string, number>>;
}

/** One closed group: the ground of a number. */
export interface FeedbackGroup extends FeedbackPlace {
  readonly id: number;
  readonly questionnaire: string;
  readonly source: FeedbackSource;
  readonly isFlagged: boolean;
  readonly n: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly releasedOn: Day;
  /** Of a flagged group: how many of its visits carry a flag, with the thresholds in force when it was closed. */
  readonly flags: Readonly<Record<string, FlagCount>>;
}

export interface FlagCount {
  readonly n: number;
  /** Names as in `flagLimits`. */
  readonly limits: Readonly<Record<string, number | string>>;
  /** Of `moreThanReturns`: the counter's days it is about. */
  readonly days?: readonly { readonly day: Day; readonly ratings: number; readonly returns: number }[];
}

/**
 * Visits and confirmed returns of one counter over a closed span of days: as few days as bring at least five ratings
 * together (one day at a busy counter).
 */
export interface RateSpan extends FeedbackPlace {
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** Confirmed returns; null = none known, the rate is unknown (never 0). */
  readonly returns: number | null;
  /** Completed visits, flagged ones not counted. The response rate is `ratings ÷ returns`. */
  readonly ratings: number;
  readonly flagged: number;
  readonly abandoned: number;
  /** Of `ratings`, given on a citizen's own phone. */
  readonly phone: number;
}

/** The spans of one counter together. */
export interface CounterRate extends FeedbackPlace {
  readonly spans: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** Of the spans with known returns; the rate is `numerator ÷ denominator`, null = unknown. */
  readonly numerator: number;
  readonly denominator: number | null;
  readonly ratings: number;
  readonly flagged: number;
  readonly abandoned: number;
  readonly phone: number;
}

/** A comment of a released visit. */
export interface CommentView extends FeedbackPlace {
  readonly hash: string;
  /** Null: not arrived yet, or erased. */
  readonly text: string | null;
  readonly isErased: boolean;
  readonly questionnaire: string;
  readonly source: FeedbackSource;
  readonly isFlagged: boolean;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly answers: Readonly<Record<string, number>>;
  readonly reasons: readonly string[];
}

export interface FeedbackFigures {
  readonly unit: { readonly id: string; readonly name: string };
  readonly period: { readonly id: string; readonly from: Day; readonly to: Day };
  /** ISO instant. */
  readonly asOf: string;
  /** The last day whose ratings could be released so far; null = none yet. */
  readonly closedThrough: Day | null;
  /** Ratings shown: not flagged, flagged. */
  readonly released: number;
  readonly flagged: number;
  /**
   * At least so many ratings of closed days wait for company, whatever the period: rounded down to fives, because the exact
   * number would tell whether one citizen answered.
   */
  readonly waitingAtLeast: number;
  readonly cells: readonly FeedbackCell[];
  /** The latest groups first, at most {@link MOST_ROWS}. */
  readonly groups: readonly FeedbackGroup[];
  readonly rates: readonly CounterRate[];
  /** The latest spans first, at most {@link MOST_ROWS}. */
  readonly spans: readonly RateSpan[];
  /** The latest first, at most {@link MOST_ROWS}. */
  readonly comments: readonly CommentView[];
  /** Those named above that are known, for the words of questions and reasons. */
  readonly questionnaires: readonly Questionnaire[];
}

/** Rows of a list in one answer. */
export const MOST_ROWS = 1_000;

/** What names a cell. */
type CellName = Pick<FeedbackCell, 'unit' | 'counter' | 'questionnaire' | 'source' | 'isFlagged'>;

/** How often a level was chosen, and a reason, in the groups of one cell. */
export interface LevelCount extends CellName {
  readonly question: string;
  readonly level: number;
  readonly n: number;
}
export interface ReasonCount extends CellName {
  readonly reason: string;
  readonly n: number;
}

/** How often each level was chosen, by question; a level outside 1 to 10 is no answer of ours and left out. */
export function levelsOf(
  visits: readonly { readonly answers: Readonly<Record<string, number>> }[],
): Record<string, number[]> {
  const levels: Record<string, number[]> = {};
  for (const { answers } of visits) {
    for (const [question, level] of Object.entries(answers)) addLevel(levels, question, level, 1);
  }
  return levels;
}

/** How often each reason was given. */
export function reasonsOf(
  visits: readonly { readonly reasons: readonly string[] }[],
): Record<string, number> {
  const same = groupBy(
    visits.flatMap((one) => one.reasons),
    (reason) => reason,
  );
  return Object.fromEntries([...same].map(([reason, all]) => [reason, all.length]));
}

function addLevel(levels: Record<string, number[]>, question: string, level: number, n: number): void {
  if (level < 1 || level > 10) return;
  levels[question] ??= [];
  const counts = levels[question];
  while (counts.length < level) counts.push(0);
  counts[level - 1]! += n;
}

/** Puts the counts into their cells. */
export function cellsOf(
  cells: readonly Omit<FeedbackCell, 'levels' | 'reasons'>[],
  levels: readonly LevelCount[],
  reasons: readonly ReasonCount[],
): FeedbackCell[] {
  const byCell = groupBy(levels, cellName);
  const reasonsByCell = groupBy(reasons, cellName);
  return cells.map((cell) => {
    const chosen: Record<string, number[]> = {};
    for (const { question, level, n } of byCell.get(cellName(cell)) ?? [])
      addLevel(chosen, question, level, n);
    const why = (reasonsByCell.get(cellName(cell)) ?? []).map(({ reason, n }) => [reason, n] as const);
    return { ...cell, levels: chosen, reasons: Object.fromEntries(why) };
  });
}

function cellName({ unit, counter, questionnaire, source, isFlagged }: CellName): string {
  return JSON.stringify([unit, counter, questionnaire, source, isFlagged]);
}
