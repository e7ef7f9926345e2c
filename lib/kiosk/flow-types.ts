/** The words of the citizen's flow: its rules, screens, events and effects. The machine itself is `flow.ts`. */
import type { Questionnaire } from '../domain/questionnaire.ts';
import type { EndedVisit, Visit, WrittenComment } from './visit.ts';

export interface Rules {
  readonly questionnaire: Questionnaire;
  readonly language: string;
  /** Untouched for this long: the warning appears. Milliseconds; doubled while large text, contrast or voice is used. */
  readonly idleMs: number;
  /** The warning stands this long before the reset (WCAG 2.2.1: at least 20 s). */
  readonly warnMs: number;
  readonly thanksMs: number;
  /** A store that failed is tried again after this long. */
  readonly retryMs: number;
  /** The unit took the device out of service: no visit begins. */
  readonly isClosed?: boolean;
}

type Topic = 'filing' | 'payment';

export type Screen =
  | { readonly name: 'attract' }
  | { readonly name: 'guide'; readonly topic: Topic }
  | { readonly name: 'question'; readonly index: number }
  | { readonly name: 'reasons' }
  | { readonly name: 'comment' }
  | { readonly name: 'saving'; readonly ended: EndedVisit }
  | { readonly name: 'thanks'; readonly until: number }
  /** Out of service; `owed` = a citizen's rating is among what could not be stored yet. */
  | { readonly name: 'broken'; readonly owed: boolean; readonly retryAt: number };

export interface Flow {
  readonly screen: Screen;
  readonly visit: Visit | null;
  readonly language: string;
  readonly contrast: boolean;
  readonly large: boolean;
  /** Every choice stands in the lower half of the screen, for who sits or is small. */
  readonly low: boolean;
  readonly voice: boolean;
  /** When the screen was last touched. */
  readonly touched: number;
  /** When the idle warning ends with a reset, or null while there is none. */
  readonly warnedUntil: number | null;
  /** When the last completed ratings ended: three within a minute are flagged `burst`. */
  readonly recent: readonly number[];
}

export type FlowEvent =
  | { readonly type: 'start'; readonly now: number; readonly id: string }
  /** `question`: the one that was on the screen; a tap meant for another is nothing. */
  | { readonly type: 'answer'; readonly now: number; readonly level: number; readonly question?: string }
  | { readonly type: 'reason'; readonly now: number; readonly id: string }
  | { readonly type: 'done'; readonly now: number; readonly skip: boolean }
  /** The comment as it stands while it is being typed; in memory only. */
  | { readonly type: 'write'; readonly now: number; readonly text: string }
  /** The comment is finished, or null: skipped. */
  | { readonly type: 'comment'; readonly now: number; readonly comment: WrittenComment | null }
  | { readonly type: 'guide'; readonly now: number; readonly topic: Topic }
  | { readonly type: 'back' | 'stay' | 'leave' | 'touch' | 'tick' | 'spoke'; readonly now: number }
  | { readonly type: 'language'; readonly now: number; readonly language: string }
  | { readonly type: 'contrast' | 'large' | 'low'; readonly now: number }
  /** These visits are durable now; none = the storage works again. */
  | { readonly type: 'stored'; readonly now: number; readonly ids: readonly string[] }
  | { readonly type: 'failed'; readonly now: number };

export type FlowEffect =
  /** Store durably with everything still owed, then send `stored` or `failed`. */
  | { readonly type: 'store'; readonly ended: EndedVisit }
  /** Owe it, without trying now. */
  | { readonly type: 'keep'; readonly ended: EndedVisit }
  /** Try again what is owed; with nothing owed, only see whether the storage works. */
  | { readonly type: 'retry' }
  | { readonly type: 'guided'; readonly topic: Topic }
  | { readonly type: 'beep' };

export interface Step {
  readonly flow: Flow;
  readonly effects: readonly FlowEffect[];
}
