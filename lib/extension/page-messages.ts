/**
 * Messages between a host page and the worker, named by direction (style: Dark Reader's message map). Types only: pages
 * import this. The worker validates every payload (`message-schema.ts`); a page's message is never trusted.
 */

import type { Pack, ReportState } from '../adapters/pack.ts';
import type { Mark } from '../batch/protocol.ts';
import type { Pad, Sealed } from '../batch/seal.ts';
import type { Facts } from '../domain/entry.ts';
import type { Action, DocumentRole, TotalFigure } from '../domain/vocabulary.ts';

/** A dossier row read on a page. The code stays inside the extension: the worker turns it into a key. */
export interface PageDossier {
  readonly code: string;
  /** Other codes of the same dossier on this row (national code). */
  readonly otherCodes: readonly string[];
  readonly facts: Facts;
  /** Milliseconds since epoch, device clock: when the row arrived, when it was read. */
  readonly arrived: number;
  readonly seen: number;
  readonly locator: number;
}

/** An iOffice row read on a page. */
export interface PageDocument {
  readonly id: string;
  readonly role: DocumentRole;
  /** Absent: incoming (văn bản đến). */
  readonly direction?: 'out';
  readonly due: string | null;
  readonly state: 'waiting' | 'done';
  readonly seen: number;
}

/** The portal's own figures for one unit (null: the page is of one unit) and period, as one rule of the pack read them. */
export interface PageTotal {
  readonly rule: string;
  /** The unit's printed name. */
  readonly unit: string | null;
  /** Days, both included. */
  readonly from: string;
  readonly to: string;
  readonly figures: Readonly<Partial<Record<TotalFigure, number>>>;
}

/** One line of a reporting system's list of reports to send. */
export interface PageReport {
  readonly code: string;
  readonly name: string;
  readonly due: string | null;
  readonly state: ReportState;
}

/** Identity of a page's message: retried until acknowledged, unique in the journal. */
export interface PageRef {
  /** Random id of the document, made when the reader starts. */
  readonly document: string;
  readonly counter: number;
}

/** What one page can tell about itself. */
export interface PageContext {
  readonly pack: string;
  readonly page: string;
  readonly rank: number;
}

/** An action armed by a gesture and waiting for the page's word. */
export interface ArmedAction {
  readonly rule: string;
  readonly action: Action;
  /** Dossier codes or row ids the gesture was about; may be empty for a toolbar button. */
  readonly codes: readonly string[];
  /** How many rows were selected when the gesture fell; null when the page does not show it. */
  readonly selected: number | null;
  readonly at: number;
  /** Milliseconds the confirmation may take. */
  readonly within: number;
  /** The page was left while it said that the call was under way (`Confirm.left`): told to the very next document only. */
  readonly isSent?: boolean;
}

export type PageHealth = 'ok' | 'degraded' | 'broken' | 'unverified';

export type PageToWorker =
  /** The reader started; the worker answers with the pack of this host, or null. */
  | { readonly type: 'page-worker/hello'; readonly origin: string }
  | {
      readonly type: 'page-worker/rows';
      readonly ref: PageRef;
      readonly context: PageContext;
      readonly dossiers: readonly PageDossier[];
      readonly documents: readonly PageDocument[];
    }
  | { readonly type: 'page-worker/arm'; readonly armed: ArmedAction; readonly context: PageContext }
  | { readonly type: 'page-worker/disarm'; readonly rule: string }
  /** The page confirmed an action; `count` from the toast when it names one. */
  | {
      readonly type: 'page-worker/confirm';
      readonly ref: PageRef;
      readonly context: PageContext;
      readonly armed: ArmedAction;
      readonly confirm: string;
      readonly count: number | null;
    }
  | {
      readonly type: 'page-worker/health';
      readonly ref: PageRef;
      readonly context: PageContext;
      readonly health: PageHealth;
      readonly unread: number;
    }
  | {
      readonly type: 'page-worker/totals';
      readonly ref: PageRef;
      readonly context: PageContext;
      readonly totals: readonly PageTotal[];
    }
  /** The whole list as it stands now; it replaces the one before and leaves no entry. */
  | {
      readonly type: 'page-worker/reports';
      readonly context: PageContext;
      readonly reports: readonly PageReport[];
    }
  /** A table looks like a list of dossiers on a host without a pack of its own: header texts, no rows. */
  | {
      readonly type: 'page-worker/suggest';
      readonly context: PageContext;
      readonly headers: readonly string[];
      readonly hits: readonly string[];
    }
  /** Which of these rows need attention. Answered at once or not at all; nothing is recorded. */
  | { readonly type: 'page-worker/marks'; readonly codes: readonly string[] }
  /** The address may be a known page: inject the reader's second half (`engine.js`) into this very frame. */
  | { readonly type: 'page-worker/load-engine' }
  /** The badge was opened: inject the panel into this tab. */
  | { readonly type: 'page-worker/open-panel' };

/** A gesture or a confirmation that no worker has answered yet, as a document leaves it for the next. */
export interface KeptWord {
  /** Its codes are taken out. */
  readonly word: Extract<PageToWorker, { readonly type: 'page-worker/arm' | 'page-worker/confirm' }>;
  /** And sealed here (`lib/batch/seal.ts`); null where there was no room. */
  readonly codes: Sealed | null;
}

export interface HelloAnswer {
  readonly pack: Pack | null;
  readonly system: string;
  readonly state: RecordingState;
  /** An action armed on the page before this one (full reload), if still in its window. */
  readonly armed: ArmedAction | null;
  readonly language: 'vi' | 'en';
  /** What is read here was seen by nobody of this province yet: told to the person, recorded all the same. */
  readonly isUnverified?: boolean;
  /** Rows that need attention are to be marked. */
  readonly isMarking: boolean;
  /** Page types that an earlier document found not in order: that they are again is worth telling. */
  readonly unwell?: readonly string[];
  /** Where this frame leaves its last words for the next document (`storage.local`), see `lib/page/kept.ts`. */
  readonly slot: string;
  /** What seals the codes in them; for this document alone. */
  readonly pad?: Pad;
}

export type RecordingState = 'recording' | 'paused' | 'notActivated' | 'storageBroken';

/** Answer to rows, confirm and health: stored means `transaction.oncomplete`. */
export interface StoredAnswer {
  readonly stored: boolean;
  /** What this message counted (the `n` of a confirmed action; 0 for rows and health), for the badge's number. */
  readonly counted: number;
  readonly reason?: string;
  /**
   * True when the same message must not be sent again: it is stored, or it never will be (paused, not activated,
   * malformed). False: the store failed, send it again later with the same `ref`.
   */
  readonly isFinal: boolean;
}

export type WorkerToPage =
  | { readonly type: 'worker-page/state'; readonly state: RecordingState; readonly counted: number }
  | { readonly type: 'worker-page/pack' };

export interface MarksAnswer {
  /** By code as the page named it; rows without a mark are left out. */
  readonly marks: Readonly<Record<string, readonly Mark[]>>;
}
