/** Sums over released groups for what is chosen on screen. Pure: every cell is a closed group of five or more already. */
import { groupBy } from '../../../lib/domain/group.ts';
import {
  LOW,
  type Question,
  type Questionnaire,
  questionnaireRef,
  type Scale,
} from '../../../lib/domain/questionnaire.ts';
import type { FeedbackCell, FeedbackPlace, FeedbackSource } from '../../../lib/indicators/feedback.ts';

/** What is looked at; null = all. `counter` as {@link placeId} gives it. */
export interface FeedbackFilter {
  readonly source: FeedbackSource | null;
  readonly counter: string | null;
}

/** One counter of one unit; `unit|` stands for groups pooled over its counters. */
export function placeId({ unit, counter }: Pick<FeedbackPlace, 'unit' | 'counter'>): string {
  return `${unit}|${counter ?? ''}`;
}

/** Cells that count for a result: chosen, and not set apart. */
export function chosenCells(cells: readonly FeedbackCell[], filter: FeedbackFilter): FeedbackCell[] {
  return cells.filter(
    (cell) =>
      !cell.isFlagged &&
      (filter.source === null || cell.source === filter.source) &&
      (filter.counter === null || placeId(cell) === filter.counter),
  );
}

/** Answers to one question of one questionnaire version. */
export interface QuestionSum {
  readonly questionnaire: string;
  readonly question: string;
  /** Null when the page does not know the questionnaire. */
  readonly asked: Question | null;
  readonly scale: number;
  /** `levels[i]` counts level i+1, 1 = worst; as long as the scale. */
  readonly levels: readonly number[];
  /** Answers. */
  readonly all: number;
  /** At or below this level an answer is low. */
  readonly lowLevel: number;
  readonly low: number;
  /** From this level on an answer is among the highest: two levels, of three only one. */
  readonly topLevel: number;
  readonly top: number;
  readonly groups: number;
  readonly firstDay: string;
  readonly lastDay: string;
}

/** One line per question, in the order asked; versions apart, because other words were asked. */
export function questionSums(
  cells: readonly FeedbackCell[],
  questionnaires: readonly Questionnaire[],
): QuestionSum[] {
  return [...groupBy(cells, (cell) => cell.questionnaire)].flatMap(([ref, some]) => {
    const known = questionnaires.find((one) => questionnaireRef(one) === ref) ?? null;
    const answered = [...new Set(some.flatMap((cell) => Object.keys(cell.levels)))];
    const order = known?.questions.map(({ id }) => id) ?? [];
    const ids = [
      ...order.filter((id) => answered.includes(id)),
      ...answered.filter((id) => !order.includes(id)),
    ];
    return ids.map((id) => questionSum(ref, id, known, some));
  });
}

function questionSum(
  ref: string,
  question: string,
  known: Questionnaire | null,
  cells: readonly FeedbackCell[],
): QuestionSum {
  const asked = known?.questions.find(({ id }) => id === question) ?? null;
  const of = cells.filter((cell) => cell.levels[question] !== undefined);
  const longest = Math.max(0, ...of.map((cell) => cell.levels[question]!.length));
  const scale = Math.max(asked?.scale ?? guessedScale(longest), longest);
  const levels = Array.from({ length: scale }, (_, at) =>
    of.reduce((sum, cell) => sum + (cell.levels[question]![at] ?? 0), 0),
  );
  // `low` 0 says that reasons are never asked; for the share the scale's own bound stands.
  const lowLevel = asked?.low || LOW[scale as Scale] || Math.floor(scale * 0.4);
  const topLevel = scale <= 3 ? scale : scale - 1;
  const between = (from: number, to: number) => levels.slice(from - 1, to).reduce((sum, n) => sum + n, 0);
  return {
    questionnaire: ref,
    question,
    asked,
    scale,
    levels,
    all: between(1, scale),
    lowLevel,
    low: between(1, lowLevel),
    topLevel,
    top: between(topLevel, scale),
    groups: of.reduce((sum, cell) => sum + cell.groups, 0),
    firstDay: of.map((cell) => cell.firstDay).sort()[0] ?? '',
    lastDay:
      of
        .map((cell) => cell.lastDay)
        .sort()
        .at(-1) ?? '',
  };
}

function guessedScale(longest: number): number {
  return longest <= 5 ? 5 : 10;
}

/** How often each reason was chosen, most often first; the words of the newest questionnaire that knows it. */
export function reasonSums(
  cells: readonly FeedbackCell[],
  questionnaires: readonly Questionnaire[],
): {
  readonly id: string;
  readonly count: number;
  readonly words: Questionnaire['reasons'][number]['text'] | null;
}[] {
  const sums = new Map<string, number>();
  for (const cell of cells) {
    for (const [id, n] of Object.entries(cell.reasons)) sums.set(id, (sums.get(id) ?? 0) + n);
  }
  const newestFirst = [...questionnaires].sort((a, b) => b.version - a.version);
  const wordsOf = (id: string) =>
    newestFirst.flatMap(({ reasons }) => reasons).find((reason) => reason.id === id)?.text ?? null;
  return [...sums]
    .filter(([, count]) => count > 0)
    .map(([id, count]) => ({ id, count, words: wordsOf(id) }))
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}

/** Ratings by source, in a fixed order; sources without a group are left out. */
export function sourceSums(
  cells: readonly FeedbackCell[],
): { source: FeedbackSource; n: number; groups: number }[] {
  return (['kiosk', 'phone', 'widget'] as const)
    .map((source) => {
      const of = cells.filter((cell) => cell.source === source);
      return {
        source,
        n: of.reduce((sum, cell) => sum + cell.n, 0),
        groups: of.reduce((sum, cell) => sum + cell.groups, 0),
      };
    })
    .filter(({ groups }) => groups > 0);
}

/** The counters that have groups, by unit and name; pooled groups last. */
export function placesOf(cells: readonly FeedbackCell[]): FeedbackPlace[] {
  const places = new Map(cells.filter((cell) => !cell.isFlagged).map((cell) => [placeId(cell), cell]));
  return [...places.values()].sort(
    (a, b) =>
      a.unitName.localeCompare(b.unitName, 'vi') ||
      Number(a.counter === null) - Number(b.counter === null) ||
      (a.counterName ?? '').localeCompare(b.counterName ?? '', 'vi'),
  );
}
