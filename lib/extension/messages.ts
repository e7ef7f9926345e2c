/**
 * Messages of the extension's own pages and panel, and the map of all that the worker answers (those of host pages:
 * `page-messages.ts`). Types only. The worker validates every payload (`message-schema.ts`).
 */

import type { Pack } from '../adapters/pack.ts';
import type { LookupAnswer, PackProposal } from '../batch/protocol.ts';
import type { Entry, EntryKind, Facts } from '../domain/entry.ts';
import type { Action } from '../domain/vocabulary.ts';
import type { ExportAnswers, ExportToWorker } from './export-messages.ts';
import type { MonthRow } from './month.ts';
import type {
  HelloAnswer,
  MarksAnswer,
  PageHealth,
  PageRef,
  PageReport,
  PageToWorker,
  RecordingState,
  StoredAnswer,
} from './page-messages.ts';

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

/** How an own page learns that a wish was fulfilled, or why not: a stable code, and a text for people where there is one. */
export type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly field?: string; readonly message?: string };

/** A host bound to a pack family. `source`: chosen on the options page, sent by the province, or set by policy. */
export interface Binding {
  readonly origin: string;
  /** Tenant id: the `system` of every entry from this host. */
  readonly tenant: string;
  readonly family: string;
  /** Further families on this host (a migration under way): a document's address tells which one it is. */
  readonly families?: readonly string[] | undefined;
  readonly name: string;
  readonly source: 'options' | 'province' | 'policy';
  /** `unverified`: no administrator has confirmed yet what is read there. */
  readonly status?: 'verified' | 'unverified' | undefined;
}

/** A pack in force. */
export interface FamilyView {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly status?: 'verified' | 'unverified';
  /** Page types it reads and actions it counts; with neither it only recognises the pages. */
  readonly reads?: number;
  readonly counts?: number;
}

interface HostView extends Binding {
  /** Whether the browser lets us read this host now. */
  readonly isGranted: boolean;
}

interface PersonView {
  readonly id: string;
  readonly name: string;
}

/** Everything popup and options show; one answer, so that a page never mixes two moments. */
export interface WorkerView {
  readonly summary: DaySummary;
  /** Counts of the calendar month so far, the person on duty's own. */
  readonly month: Readonly<Partial<Record<Action, number>>>;
  readonly language: 'vi' | 'en';
  /** Rows that need attention are marked on pages. */
  readonly isMarking: boolean;
  readonly people: readonly PersonView[];
  readonly notice: { readonly version: number; readonly acceptedAt: string | null };
  readonly device: {
    readonly id: string;
    readonly name: string;
    readonly unit: string;
    /** Address of the hub, or null for a unit without one. */
    readonly hub: string | null;
  } | null;
  readonly hosts: readonly HostView[];
  readonly families: readonly FamilyView[];
  readonly streams: readonly { readonly stream: number; readonly head: number }[];
  /** Outcome of the last attempt to sync, null before the first. */
  readonly lastSync: { readonly at: string; readonly ok: boolean; readonly code: string } | null;
  /** Lists of reports to send as last read, one per reporting system. */
  readonly reports: readonly ReportList[];
  /** Tables on hosts without a pack of their own that look like lists of dossiers; this session's. */
  readonly suggestions: readonly Suggested[];
  /** What a policy has set: the options page shows it as fixed. */
  readonly policy: { readonly hub: string | null; readonly hasToken: boolean };
}

/** What a reporting system's list said, and when it was read (milliseconds, device clock). */
export interface ReportList {
  /** Tenant id. */
  readonly system: string;
  readonly readAt: number;
  readonly reports: readonly PageReport[];
}

export interface Suggested {
  readonly system: string;
  readonly at: number;
  /** Header texts as printed, and the fields the generic pack knows among them. */
  readonly headers: readonly string[];
  readonly hits: readonly string[];
}

/** From the extension's own pages only (popup, options, unit page); refused from a host page. */
export type ExtensionToWorker =
  | ExportToWorker
  | { readonly type: 'extension-worker/view' }
  | { readonly type: 'extension-worker/duty'; readonly person: string | null; readonly pin: string }
  | { readonly type: 'extension-worker/add-person'; readonly name: string; readonly pin: string }
  | { readonly type: 'extension-worker/remove-person'; readonly person: string }
  | { readonly type: 'extension-worker/language'; readonly language: 'vi' | 'en' }
  | {
      readonly type: 'extension-worker/manual';
      readonly ref: PageRef;
      readonly action: Action;
      readonly n: number;
      readonly day: string;
      readonly reason: string;
    }
  | { readonly type: 'extension-worker/accept-notice'; readonly version: number }
  | {
      readonly type: 'extension-worker/activate';
      readonly hub: string;
      readonly code: string;
      readonly name: string;
    }
  | {
      readonly type: 'extension-worker/activate-file';
      /** The unit file, base64. */
      readonly file: string;
      readonly passphrase: string;
      readonly name: string;
    }
  | {
      readonly type: 'extension-worker/bind';
      readonly origin: string;
      readonly family: string;
      readonly name: string;
    }
  | { readonly type: 'extension-worker/unbind'; readonly origin: string }
  | {
      readonly type: 'extension-worker/ledger';
      /** Milliseconds since epoch: entries recorded from here on. */
      readonly from: number;
      /** Empty: every kind. */
      readonly kinds: readonly EntryKind[];
    }
  /** The exact lines of one stream, `first` to `last` inclusive, at most 1000 in one answer. */
  | {
      readonly type: 'extension-worker/lines';
      readonly stream: number;
      readonly first: number;
      readonly last: number;
    }
  | { readonly type: 'extension-worker/handover'; readonly scope: 'unsent' | 'everything' }
  /** A receipt file, base64. */
  | { readonly type: 'extension-worker/receipt'; readonly file: string }
  /** Today's codes of these keys, where known on this device (DESIGN §3, Keys). */
  | { readonly type: 'extension-worker/codes'; readonly keys: readonly string[] }
  /** What is known of a pasted dossier code. */
  | { readonly type: 'extension-worker/lookup'; readonly code: string }
  | {
      readonly type: 'extension-worker/guidance';
      readonly ref: PageRef;
      readonly topic: 'filing' | 'payment';
      readonly n: number;
    }
  /** The month (`YYYY-MM`, Asia/Ho_Chi_Minh) of the person on duty. */
  | { readonly type: 'extension-worker/month'; readonly month: string }
  | { readonly type: 'extension-worker/mark-rows'; readonly isOn: boolean }
  /** Is this PC one of IT staff; `wanted` switches it, null only asks. */
  | { readonly type: 'extension-worker/it-profile'; readonly wanted: boolean | null }
  | { readonly type: 'extension-worker/packs' }
  /** A pack repaired in the workshop, for the province's counter-signature. */
  | { readonly type: 'extension-worker/send-pack'; readonly proposal: PackProposal }
  | { readonly type: 'extension-worker/keys-of'; readonly code: string };

export interface LedgerAnswer {
  /** Newest first, at most 500. */
  readonly entries: readonly Entry[];
  readonly hasMore: boolean;
  /** Entries taken back, as `stream/seq`. */
  readonly voided: readonly string[];
}

export interface LinesAnswer {
  readonly lines: readonly string[];
}

export interface HandoverAnswer {
  readonly files: readonly { readonly name: string; readonly base64: string }[];
}

export interface CodesAnswer {
  readonly codes: Readonly<Record<string, string>>;
}

export interface KeysAnswer {
  readonly keys: readonly string[];
}

/** What is known of one dossier. `known`: at the hub, on this PC, or both. */
export interface LookupView {
  readonly state:
    | 'known'
    | 'unknown'
    | 'notACode'
    | 'notActivated'
    | 'noHub'
    | 'offline'
    | 'captivePortal'
    | 'busy'
    | 'needsActivation'
    | 'refused';
  readonly hub: LookupAnswer['dossiers'][number] | null;
  /** The last sighting on this PC. */
  readonly here: { readonly system: string; readonly seen: string; readonly facts: Facts } | null;
}

export interface MonthAnswer {
  readonly month: string;
  readonly person: { readonly name: string } | null;
  readonly rows: readonly MonthRow[];
  readonly guidance: { readonly filing: number; readonly payment: number };
}

export interface ItProfileAnswer {
  readonly isOn: boolean;
  /** Set by policy: the options page shows it as fixed. */
  readonly isFixed: boolean;
}

export interface PacksAnswer {
  readonly packs: readonly Pack[];
}

export interface SendPackAnswer {
  readonly state:
    | 'accepted'
    | 'refused'
    | 'offline'
    | 'captivePortal'
    | 'busy'
    | 'needsActivation'
    | 'noHub'
    | 'notActivated'
    | 'notAllowed';
  /** What the hub said, with its text for people. */
  readonly problem: {
    readonly code: string;
    readonly field?: string | undefined;
    readonly message: string;
  } | null;
}

export type ToWorker = PageToWorker | PanelToWorker | ExtensionToWorker;

/** What each message is answered with. A message that cannot be read is answered with a refusing {@link Outcome}. */
export interface Answers extends ExportAnswers {
  'page-worker/hello': HelloAnswer;
  'page-worker/rows': StoredAnswer;
  'page-worker/arm': Outcome;
  'page-worker/disarm': Outcome;
  'page-worker/confirm': StoredAnswer;
  'page-worker/health': StoredAnswer;
  'page-worker/totals': StoredAnswer;
  'page-worker/reports': StoredAnswer;
  'page-worker/suggest': StoredAnswer;
  'page-worker/marks': MarksAnswer;
  'page-worker/load-engine': Outcome;
  'page-worker/open-panel': Outcome;
  'panel-worker/summary': DaySummary;
  'panel-worker/undo': Outcome;
  'panel-worker/pause': Outcome;
  'panel-worker/sync': Outcome;
  'extension-worker/view': WorkerView;
  'extension-worker/duty': Outcome;
  'extension-worker/add-person': Outcome;
  'extension-worker/remove-person': Outcome;
  'extension-worker/language': Outcome;
  'extension-worker/manual': Outcome;
  'extension-worker/accept-notice': Outcome;
  'extension-worker/activate': Outcome;
  'extension-worker/activate-file': Outcome;
  'extension-worker/bind': Outcome;
  'extension-worker/unbind': Outcome;
  'extension-worker/ledger': LedgerAnswer;
  'extension-worker/lines': LinesAnswer;
  'extension-worker/handover': HandoverAnswer;
  'extension-worker/receipt': Outcome;
  'extension-worker/codes': CodesAnswer;
  'extension-worker/it-profile': ItProfileAnswer;
  'extension-worker/packs': PacksAnswer;
  'extension-worker/send-pack': SendPackAnswer;
  'extension-worker/lookup': LookupView;
  'extension-worker/guidance': Outcome;
  'extension-worker/month': MonthAnswer;
  'extension-worker/mark-rows': Outcome;
  'extension-worker/keys-of': KeysAnswer;
}
