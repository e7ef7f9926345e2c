/**
 * Messages inside the extension, named by direction (style: Dark Reader's message map). Types only: pages import this.
 * The worker validates every payload (`lib/extension/message-schema.ts`); a page's message is never trusted.
 */

import type { Pack } from '../adapters/pack.ts';
import type { Facts } from '../domain/entry.ts';
import type { Action, DocumentRole } from '../domain/vocabulary.ts';

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
  readonly due: string | null;
  readonly state: 'waiting' | 'done';
  readonly seen: number;
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
  /** The badge was opened: inject the panel into this tab. */
  | { readonly type: 'page-worker/open-panel' };

export interface HelloAnswer {
  readonly pack: Pack | null;
  readonly system: string;
  readonly state: RecordingState;
  /** An action armed on the page before this one (full reload), if still in its window. */
  readonly armed: ArmedAction | null;
  readonly language: 'vi' | 'en';
}

export type RecordingState = 'recording' | 'paused' | 'notActivated' | 'storageBroken';

/** Answer to rows, confirm and health: stored means `transaction.oncomplete`. */
export interface StoredAnswer {
  readonly stored: boolean;
  /** What was counted, for the badge's number. */
  readonly counted: number;
  readonly reason?: string;
}

/** What the person on duty did today, for the panel and the popup. */
export interface DaySummary {
  readonly day: string;
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly state: RecordingState;
  readonly counts: Readonly<Partial<Record<Action, number>>>;
  readonly dossiersSeen: number;
  readonly last: readonly {
    readonly stream: number;
    readonly seq: number;
    readonly action: Action;
    readonly n: number;
    readonly at: string;
    readonly isVoid: boolean;
  }[];
  readonly packs: readonly { readonly pack: string; readonly page: string; readonly health: PageHealth }[];
  readonly unsent: number;
  readonly receivedThrough: string | null;
}

export type PanelToWorker =
  | { readonly type: 'panel-worker/summary' }
  | { readonly type: 'panel-worker/undo'; readonly stream: number; readonly seq: number }
  | { readonly type: 'panel-worker/pause'; readonly paused: boolean }
  | { readonly type: 'panel-worker/sync' };

export type WorkerToPage =
  | { readonly type: 'worker-page/state'; readonly state: RecordingState; readonly counted: number }
  | { readonly type: 'worker-page/pack' };
