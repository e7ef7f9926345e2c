/** What the page on a citizen's phone is given by the hub, and what it hands in. No secret but the token of its own address. */
import {
  type Answers,
  asksComment,
  asksReasons,
  isAsked,
  nextQuestion,
  type Questionnaire,
} from './questionnaire.ts';

/** A counter's code is used by many, a receipt's by one citizen once, a widget's by whoever stands before the screen. */
export const LINK_KINDS = ['counter', 'receipt', 'widget'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Characters (UTF-16) of a comment written on a phone. */
export const PHONE_COMMENT = 500;

/** `used`: a receipt's one answer was given. A code that is none of ours is `unknown`, whatever is wrong with it. */
export type LinkState = 'open' | 'used' | 'expired' | 'revoked' | 'unknown';

/** Put into the page by the hub. */
export interface PublicForm {
  readonly state: LinkState;
  readonly kind: LinkKind;
  readonly token: string;
  /** Null where the code is unknown. */
  readonly unit: string | null;
  readonly counter: string | null;
  readonly questionnaire: Questionnaire | null;
  /** Sites the widget may speak to. */
  readonly origins: readonly string[];
}

/** Body of `POST /v1/public/feedback`. `id` is random and stays the same however often it is sent: counted once. */
export interface PublicAnswer {
  readonly token: string;
  readonly id: string;
  /** `id@version`. */
  readonly questionnaire: string;
  readonly language: string;
  readonly answers: Answers;
  readonly reasons: readonly string[];
  readonly comment: string;
}

/** Body of `POST /v1/public/complaints`; nothing in it names a rating. */
export interface PublicComplaint {
  readonly token: string;
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly text: string;
  /** Version of the words agreed to. */
  readonly consent: number;
  /** It concerns the head of the office: the next office above handles it. */
  readonly aboutHead: boolean;
}

/** The first field that does not fit the questionnaire, or null when the answer can be counted. */
export function answerFault(
  questionnaire: Questionnaire,
  { answers, reasons, comment }: Pick<PublicAnswer, 'answers' | 'reasons' | 'comment'>,
): 'answers' | 'reasons' | 'comment' | null {
  const asked = questionnaire.questions.filter((question) => isAsked(question, answers));
  if (nextQuestion(questionnaire, answers) !== null || Object.keys(answers).length !== asked.length)
    return 'answers';
  const fits = asked.every(({ id, scale }) => {
    const level = answers[id];
    return level !== undefined && Number.isInteger(level) && level >= 1 && level <= scale;
  });
  if (!fits) return 'answers';
  const known = new Set(questionnaire.reasons.map(({ id }) => id));
  const chosen = new Set(reasons);
  const most = asksReasons(questionnaire, answers) ? questionnaire.maxReasons : 0;
  if (chosen.size !== reasons.length || chosen.size > most || reasons.some((id) => !known.has(id)))
    return 'reasons';
  return comment !== '' && !asksComment(questionnaire, answers) ? 'comment' : null;
}
