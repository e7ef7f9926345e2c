/**
 * The form on a citizen's own phone and in the widget, as a pure machine:
 *
 *   question 1 ─▶ … ─▶ (low?) reasons ─▶ (offered?) comment ─▶ sending ──kept──▶ thanks ─▶ complaint ─▶ number
 *        ▲ back: one step                                        │  ▲                │ (phone only)
 *        │                                            later/wrong▼  │again           ▼ (widget: next person)
 *        │                                                 waiting ─┘             question 1
 *        └─────────────────────────────────────────────────────────────────────────────┘
 *
 * Thanks is reached by the hub's word that the answer is kept and by nothing else. Nothing is stored in the browser: what is
 * written lives in this state until the page is closed.
 */
import { PHONE_COMMENT, type PublicForm } from '../domain/public-form.ts';
import {
  type Answers,
  asksComment,
  asksReasons,
  nextQuestion,
  type Questionnaire,
  questionnaireRef,
} from '../domain/questionnaire.ts';

/** How sending ended. `closed`: the code can no longer be used. `changed`: the questions are others by now. */
export type Outcome = 'kept' | 'offline' | 'busy' | 'changed' | 'closed';

export type FormScreen =
  | { readonly name: 'question'; readonly index: number }
  | { readonly name: 'reasons' | 'comment' | 'sending' | 'thanks' | 'closed' | 'complaint' }
  | { readonly name: 'waiting'; readonly why: 'offline' | 'busy' }
  | { readonly name: 'changed' };

export interface FormFlow {
  readonly screen: FormScreen;
  readonly language: string;
  readonly answers: Answers;
  readonly reasons: readonly string[];
  readonly comment: string;
  /** Of this answer: stays the same however often it is sent. */
  readonly id: string;
}

export type FormEvent =
  | { readonly type: 'answer'; readonly level: number }
  | { readonly type: 'reason'; readonly id: string }
  | { readonly type: 'comment'; readonly text: string }
  | { readonly type: 'next' | 'skip' | 'back' | 'again' | 'complain' | 'leave' }
  | { readonly type: 'sent'; readonly outcome: Outcome }
  | { readonly type: 'fresh'; readonly id: string }
  | { readonly type: 'language'; readonly language: string };

/** The state a page opens with. */
export function openFlow(form: PublicForm, language: string, id: string): FormFlow {
  const isOpen = form.state === 'open' && form.questionnaire !== null;
  const screen: FormScreen = isOpen ? { name: 'question', index: 0 } : { name: 'closed' };
  return { screen, language, answers: {}, reasons: [], comment: '', id };
}

/** The next state; `sending` means that the answer is to be sent now. An event that does not fit changes nothing. */
export function advance(flow: FormFlow, event: FormEvent, form: PublicForm): FormFlow {
  const { screen } = flow;
  const { questionnaire } = form;
  switch (event.type) {
    case 'language':
      return { ...flow, language: event.language };
    case 'fresh':
      return openFlow(form, flow.language, event.id);
    case 'complain':
      return canComplain(flow, form) ? { ...flow, screen: { name: 'complaint' } } : flow;
    case 'leave':
      return screen.name === 'complaint' ? { ...flow, screen: beforeComplaint(flow, form) } : flow;
    case 'again':
      return screen.name === 'waiting' ? { ...flow, screen: { name: 'sending' } } : flow;
    case 'sent':
      return screen.name === 'sending' ? { ...flow, screen: afterSending(event.outcome) } : flow;
  }
  if (questionnaire === null) return flow;
  switch (event.type) {
    case 'answer':
      return answered(flow, event.level, questionnaire);
    case 'reason':
      return chosen(flow, event.id, questionnaire);
    case 'comment':
      return screen.name === 'comment' ? { ...flow, comment: event.text.slice(0, PHONE_COMMENT) } : flow;
    case 'next':
    case 'skip':
      return onward(flow, event.type === 'skip', questionnaire);
    case 'back':
      return back(flow, questionnaire);
  }
}

/** Whether the page offers a complaint here: on the citizen's own phone only, by a code that is (or was) in force. */
export function canComplain({ screen }: FormFlow, { kind, state }: PublicForm): boolean {
  if (kind === 'widget' || (state !== 'open' && state !== 'used')) return false;
  return screen.name === 'thanks' || screen.name === 'question' || screen.name === 'closed';
}

/** What is handed in. */
export function answerOf(flow: FormFlow, form: PublicForm) {
  const { id, language, answers, reasons, comment } = flow;
  const questionnaire = form.questionnaire === null ? '' : questionnaireRef(form.questionnaire);
  return { token: form.token, id, questionnaire, language, answers, reasons, comment };
}

function beforeComplaint(flow: FormFlow, form: PublicForm): FormScreen {
  if (form.state !== 'open' || form.questionnaire === null) return { name: 'closed' };
  const index = nextQuestion(form.questionnaire, flow.answers);
  return index === null ? { name: 'thanks' } : { name: 'question', index };
}

function afterSending(outcome: Outcome): FormScreen {
  switch (outcome) {
    case 'kept':
      return { name: 'thanks' };
    case 'changed':
    case 'closed':
      return { name: outcome };
    default:
      return { name: 'waiting', why: outcome };
  }
}

function answered(flow: FormFlow, level: number, questionnaire: Questionnaire): FormFlow {
  const { screen } = flow;
  const question = screen.name === 'question' ? questionnaire.questions[screen.index] : undefined;
  if (!question || !Number.isInteger(level) || level < 1 || level > question.scale) return flow;
  const next = { ...flow, answers: { ...flow.answers, [question.id]: level } };
  const index = nextQuestion(questionnaire, next.answers);
  if (index !== null) return { ...next, screen: { name: 'question', index } };
  if (asksReasons(questionnaire, next.answers)) return { ...next, screen: { name: 'reasons' } };
  return afterReasons(next, questionnaire);
}

function chosen(flow: FormFlow, id: string, { reasons, maxReasons }: Questionnaire): FormFlow {
  if (flow.screen.name !== 'reasons' || !reasons.some((one) => one.id === id)) return flow;
  if (flow.reasons.includes(id)) return { ...flow, reasons: flow.reasons.filter((one) => one !== id) };
  return flow.reasons.length >= maxReasons ? flow : { ...flow, reasons: [...flow.reasons, id] };
}

function onward(flow: FormFlow, isSkipped: boolean, questionnaire: Questionnaire): FormFlow {
  if (flow.screen.name === 'reasons')
    return afterReasons(isSkipped ? { ...flow, reasons: [] } : flow, questionnaire);
  if (flow.screen.name !== 'comment') return flow;
  return { ...flow, comment: isSkipped ? '' : flow.comment, screen: { name: 'sending' } };
}

function afterReasons(flow: FormFlow, questionnaire: Questionnaire): FormFlow {
  return { ...flow, screen: { name: asksComment(questionnaire, flow.answers) ? 'comment' : 'sending' } };
}

/** One step back; the answer given there is taken back, so that none stays unseen. */
function back(flow: FormFlow, questionnaire: Questionnaire): FormFlow {
  const { screen } = flow;
  if (screen.name === 'comment' && asksReasons(questionnaire, flow.answers))
    return { ...flow, screen: { name: 'reasons' } };
  if (screen.name !== 'question' && screen.name !== 'reasons' && screen.name !== 'comment') return flow;
  const before = screen.name === 'question' ? screen.index : questionnaire.questions.length;
  const index = questionnaire.questions.findLastIndex(
    ({ id }, at) => at < before && flow.answers[id] !== undefined,
  );
  const question = questionnaire.questions[index];
  if (!question) return flow;
  const answers = Object.fromEntries(Object.entries(flow.answers).filter(([id]) => id !== question.id));
  return { ...flow, answers, reasons: [], screen: { name: 'question', index } };
}
