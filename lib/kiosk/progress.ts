/** How far a visit is: which question this is, and of how many. Pure. */
import { type Answers, isAsked, type Questionnaire } from '../domain/questionnaire.ts';

/**
 * The place of the question at `index`, counted from 1 among those asked, and how many there may be in all: a branch
 * that is still open counts as asked, so the total only ever falls.
 */
export function progressOf(
  { questions }: Questionnaire,
  answers: Answers,
  index: number,
): { readonly number: number; readonly of: number } {
  const open = new Set<string>();
  for (const question of questions) {
    const source = question.when?.question;
    const isUndecided = source !== undefined && answers[source] === undefined && open.has(source);
    if (isAsked(question, answers) || isUndecided) open.add(question.id);
  }
  const number = questions.filter(({ id }, at) => at <= index && open.has(id)).length;
  return { number, of: open.size };
}
