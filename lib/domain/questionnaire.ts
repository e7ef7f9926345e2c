/**
 * The questionnaire as data, texts included, so that a province can word its own (Circular 01/2018/TT-VPCP Art. 12(4))
 * and every answer names the exact version it was given to. Plain data and pure: the first screen carries no schema
 * library; what a hub sends is checked by `questionnaire-schema.ts`.
 */

/** A text by language; `vi` is always there. */
export type Words = Readonly<Record<string, string>> & { readonly vi: string };

/** Pictures the kiosk can draw. */
export const PICTURES = ['slow', 'papers', 'onlinePaper', 'money', 'rude', 'unclear'] as const;
export type Picture = (typeof PICTURES)[number];

/** Levels of a scale, 1 the worst. Three, four and five are faces; ten are numbers. */
export const SCALES = [3, 4, 5, 10] as const;
export type Scale = (typeof SCALES)[number];

/** Holds when the answer to an earlier question lies within the bounds; false while that question is not answered. */
export interface Condition {
  readonly question: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Question {
  readonly id: string;
  readonly scale: Scale;
  readonly title: Words;
  readonly text: Words;
  /** Asked only then (branching); always when absent. */
  readonly when?: Condition;
  /** The words of the levels, worst first, as many as the scale has; the kiosk's own words when absent. */
  readonly levels?: readonly Words[];
  /** An answer at or below this level asks for reasons; {@link LOW} of the scale when absent, 0 = never. */
  readonly low?: number;
}

export interface Reason {
  readonly id: string;
  readonly picture: Picture;
  readonly text: Words;
}

export interface Questionnaire {
  readonly id: string;
  readonly version: number;
  readonly name: Words;
  /** One to ten, asked in this order, one tap each, nothing chosen beforehand. */
  readonly questions: readonly Question[];
  readonly reasons: readonly Reason[];
  /** How many reasons may be chosen; 0 = reasons are never asked. */
  readonly maxReasons: number;
  /** When the citizen is offered to write a few words. */
  readonly comment: 'always' | 'low' | 'never';
}

/** The level at and below which an answer is low, where a question names none. */
export const LOW: Readonly<Record<Scale, number>> = { 3: 1, 4: 2, 5: 2, 10: 4 };

/** What a visit said so far: question id to level. */
export type Answers = Readonly<Record<string, number>>;

/** The first question that is asked and not answered, or null. `after`: only those behind this index. */
export function nextQuestion(questionnaire: Questionnaire, answers: Answers, after = -1): number | null {
  const index = questionnaire.questions.findIndex(
    (question, at) => at > after && answers[question.id] === undefined && isAsked(question, answers),
  );
  return index < 0 ? null : index;
}

/** Whether a question is asked of somebody who answered so. */
export function isAsked(question: Question, answers: Answers): boolean {
  const { when } = question;
  if (when === undefined) return true;
  const level = answers[when.question];
  return level !== undefined && level >= (when.atLeast ?? 1) && level <= (when.atMost ?? 10);
}

/** Whether an answer to this question is low. */
export function isLow(question: Question, level: number): boolean {
  return level <= (question.low ?? LOW[question.scale]);
}

/** True when any answer is low. */
export function hasLow(questionnaire: Questionnaire, answers: Answers): boolean {
  return questionnaire.questions.some((question) => {
    const level = answers[question.id];
    return level !== undefined && isLow(question, level);
  });
}

/** True when any answer is low enough to ask why, and there is something to choose from. */
export function asksReasons(questionnaire: Questionnaire, answers: Answers): boolean {
  return questionnaire.maxReasons > 0 && questionnaire.reasons.length > 0 && hasLow(questionnaire, answers);
}

/** True when a citizen who answered so is offered to write. */
export function asksComment(questionnaire: Questionnaire, answers: Answers): boolean {
  return (
    questionnaire.comment === 'always' || (questionnaire.comment === 'low' && hasLow(questionnaire, answers))
  );
}

/** `id@version`, as an entry names it. */
export function questionnaireRef(questionnaire: Pick<Questionnaire, 'id' | 'version'>): string {
  return `${questionnaire.id}@${questionnaire.version}`;
}

/** The words in a language, else in Vietnamese. */
export function wordsIn(words: Words, language: string): string {
  return words[language] ?? words.vi;
}
