/**
 * One citizen's visit and the journal entry made of it. An unfinished visit keeps its step, its language and how long
 * each step took, never an answer (DESIGN §3, §9).
 */
import type { CommentsRequest } from '../batch/index.ts';
import { localTimeOf } from '../domain/dates.ts';
import type { EntryDraft, FeedbackBody } from '../domain/entry.ts';
import { nextQuestion, type Questionnaire, questionnaireRef } from '../domain/questionnaire.ts';

/** What a citizen wrote, with the salt and the hash under which the entry names it. */
export type WrittenComment = CommentsRequest['comments'][number];

/** What is kept of a visit that has ended. Times are milliseconds. */
export interface EndedVisit {
  /** Random, made for this visit only: the entry's `ref`, so that a repeated store adds nothing. */
  readonly id: string;
  readonly questionnaire: string;
  readonly language: string;
  readonly durations: Readonly<Record<string, number>>;
  readonly flags: readonly string[];
  readonly result:
    | {
        readonly outcome: 'completed';
        readonly answers: Readonly<Record<string, number>>;
        readonly reasons: readonly string[];
        readonly comment?: WrittenComment;
      }
    | { readonly outcome: 'abandoned'; readonly step: string };
}

/** A visit under way. Times are milliseconds of the flow's clock. */
export interface Visit {
  readonly id: string;
  /** When the current step appeared. */
  readonly since: number;
  readonly answers: Readonly<Record<string, number>>;
  readonly reasons: readonly string[];
  /** The comment as far as it is typed. It never leaves the memory: only a finished one is kept. */
  readonly draft: string;
  readonly durations: Readonly<Record<string, number>>;
}

/** Questions answered faster than this each, on average, are flagged `fast`: kept, shown apart. Milliseconds. */
const FAST_MS = 750;

/**
 * Ends a visit at `step`. Once every question is answered it is a completed rating, even if the citizen walks away
 * from the optional reasons or comment (flag `walkedAway`): dropping those would drop low ratings only.
 */
export function endVisit(
  visit: Visit,
  questionnaire: Questionnaire,
  end: {
    step: string;
    now: number;
    language: string;
    flags: readonly string[];
    comment?: WrittenComment | null;
  },
): EndedVisit {
  const durations = lengthened(visit, end.step, end.now);
  const answered = nextQuestion(questionnaire, visit.answers) === null;
  const tapping = questionnaire.questions.reduce((sum, { id }) => sum + (durations[id] ?? 0), 0);
  const isFast = answered && tapping < FAST_MS * Object.keys(visit.answers).length;
  const comment = end.comment ? { comment: end.comment } : {};
  return {
    id: visit.id,
    questionnaire: questionnaireRef(questionnaire),
    language: end.language,
    durations,
    flags: [...(isFast ? ['fast'] : []), ...end.flags],
    result: answered
      ? { outcome: 'completed', answers: visit.answers, reasons: visit.reasons, ...comment }
      : { outcome: 'abandoned', step: end.step },
  };
}

/** The visit's durations with the time spent on `step` until `now` added, whole milliseconds. */
export function lengthened(visit: Visit, step: string, now: number): Readonly<Record<string, number>> {
  const spent = Math.max(0, Math.round(now - visit.since));
  return { ...visit.durations, [step]: (visit.durations[step] ?? 0) + spent };
}

/** The quarter-hour an instant falls in, local time: `2026-11-22T09:45`. Never finer (anonymity, DESIGN §9). */
export function quarterOf(instant: number): string {
  const minute = localTimeOf(instant);
  const quarter = Math.floor(Number(minute.slice(14, 16)) / 15) * 15;
  return `${minute.slice(0, 14)}${String(quarter).padStart(2, '0')}`;
}

/** The journal entry of an ended visit; `at` is the wall clock now, `counter` the device's counter if it has one. */
export function feedbackDraft(ended: EndedVisit, at: number, counter: string | null): EntryDraft {
  const common = {
    questionnaire: ended.questionnaire,
    quarter: quarterOf(at),
    language: ended.language,
    ...(counter === null ? {} : { counter }),
    durations: { ...ended.durations },
    flags: [...ended.flags],
  };
  const { result } = ended;
  const body: FeedbackBody =
    result.outcome === 'completed'
      ? {
          ...common,
          outcome: 'completed',
          answers: { ...result.answers },
          reasons: [...result.reasons],
          ...(result.comment ? { comment: result.comment.hash } : {}),
        }
      : { ...common, outcome: 'abandoned', step: result.step };
  return { kind: 'feedback', body, ref: `visit:${ended.id}` };
}
