/**
 * A pack (bộ nhận diện trang): a host page in, facts out, as plain data with a closed operator set (DESIGN §4,
 * host-pages §8). No expression, no script, no loop: what the engine does not know makes the page type inert.
 */
import type { Facts } from '../domain/entry.ts';
import type { Action, Channel, DocumentRole, Payment, Status, TotalFigure } from '../domain/vocabulary.ts';

/** Where to find a value. The first that yields a value passing the field's check wins; its index is the rank. */
export type Locator =
  /** An attribute of the row, or of the first `css` match inside it. */
  | { readonly attr: string; readonly css?: string; readonly regex?: string }
  /** The text of the first visible match in the row; `line` is the n-th text line, from 1. */
  | { readonly css: string; readonly regex?: string; readonly line?: number }
  /** The cell under a visible header with one of these (folded) texts; refused when the columns do not line up. */
  | { readonly header: readonly string[]; readonly regex?: string; readonly line?: number }
  /** The text beside or below a label. */
  | { readonly label: readonly string[]; readonly regex?: string }
  /** A regular expression over each text line of one cell (by header or css, else the whole row). */
  | {
      readonly lineOf: { readonly header?: readonly string[]; readonly css?: string } | null;
      readonly regex: string;
    }
  /** True when a visible element matches in the row. */
  | { readonly exists: string }
  | { readonly constant: string | number | boolean };

/** How the found text becomes a value, and by what it is checked. */
export const READINGS = [
  'dossierCode',
  'localTime',
  'status',
  'channel',
  'payment',
  'procedure',
  'number',
  'boolean',
  'agency',
  'role',
  'rowId',
  'documentState',
  'direction',
] as const;
export type Reading = (typeof READINGS)[number];

/** The fields a page type may carry, each with its only reading. */
export const DOSSIER_FIELDS = {
  code: 'dossierCode',
  /** Another code of the same dossier (national code). */
  otherCode: 'dossierCode',
  procedure: 'procedure',
  channel: 'channel',
  received: 'localTime',
  due: 'localTime',
  finished: 'localTime',
  returned: 'localTime',
  status: 'status',
  fee: 'boolean',
  paidBy: 'payment',
  digitised: 'boolean',
  resultFile: 'boolean',
  reused: 'boolean',
  supplements: 'number',
  agency: 'agency',
} as const satisfies Record<keyof Facts | 'code' | 'otherCode', Reading>;
export const DOCUMENT_FIELDS = {
  id: 'rowId',
  role: 'role',
  due: 'localTime',
  direction: 'direction',
  state: 'documentState',
} as const satisfies Record<string, Reading>;

export interface Field {
  readonly from: readonly Locator[];
  readonly as: Reading;
  /** A row without it is unread. */
  readonly required?: boolean;
  /** Missing on most rows it is a sign that the page changed: degraded. */
  readonly expected?: boolean;
  /** For `due`: a match of the locator without a value means "the page shows that there is none". */
  readonly emptyIsNone?: boolean;
  /** For `boolean` and `documentState`: the words that mean true (done) and false (waiting); `''` is an empty place. */
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
}

/** A sign that the page is what the URL says. Every `notExists` and `noHeaders` must hold and at least one of the others. */
export type Signal =
  | { readonly exists: string }
  | { readonly notExists: string }
  | { readonly headers: readonly string[]; readonly min: number }
  /** A guard like `notExists`: none of these headers is shown. Tells two layouts under one address apart. */
  | { readonly noHeaders: readonly string[] }
  | { readonly text: readonly string[]; readonly within: string };

/**
 * The portal's own figures on a statistics page or in a menu: captured as `officialTotal`, a check of ours, never added
 * to it (host-pages §8.2-7). `header` locators may name a path through a multi-level header: `Đã giải quyết > Quá hạn`.
 */
export interface TotalsRule {
  readonly id: string;
  /** One row per unit: the rows, where the unit's name stands, and which rows are sums or headings (folded expression). */
  readonly rows?: {
    readonly css: readonly string[];
    readonly unit: readonly Locator[];
    readonly skip?: string;
  };
  /** Without `rows`: the visible element that holds the figures (a menu); the whole document when absent. */
  readonly within?: string;
  /**
   * `today`: as of now (menus). Else visible elements whose texts or values, joined by a space, hold the two dates
   * (groups 1 and 2). Told only when the figures came under the period now shown, see lib/page/scan-totals.ts.
   */
  readonly period: 'today' | { readonly css: string; readonly regex: string };
  /** Seen: a filter is set and the figures are of a part only; nothing is told. */
  readonly partial?: string;
  readonly figures: Readonly<Partial<Record<TotalFigure, readonly Locator[]>>>;
  /** A figure that the page prints in parts only: their sum, where all of them are shown. */
  readonly sums?: Readonly<Partial<Record<TotalFigure, readonly TotalFigure[]>>>;
  /** `[whole, part, part…]`: where all are shown and do not add up, the row is not told and the page is degraded. */
  readonly checks?: readonly (readonly TotalFigure[])[];
}

/** A reporting system's list of reports to send (host-pages-2 §3.2): state only, nothing is typed into it. */
export interface ReportsRule {
  readonly id: string;
  readonly rows: { readonly css: readonly string[] };
  readonly code: readonly Locator[];
  readonly name: readonly Locator[];
  readonly due: readonly Locator[];
  readonly state: readonly Locator[];
  /** Folded words of the state. */
  readonly words: Readonly<Record<string, ReportState>>;
}
export const REPORT_STATES = ['notStarted', 'drafting', 'sent', 'returned', 'overdue'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

export interface PageType {
  readonly id: string;
  /** Anchored regular expression over path + hash path, never the query. */
  readonly url: string;
  readonly signals: readonly Signal[];
  /** `suggest`: looks like a list of dossiers; only ever a hint for a new overlay, never counted (host-pages §8.2-13). */
  readonly kind: 'list' | 'detail' | 'statistics' | 'reports' | 'suggest' | 'none';
  readonly totals?: readonly TotalsRule[];
  readonly reports?: ReportsRule;
  readonly yields: 'dossier' | 'document';
  /** Trust in the source, see DossierBody.rank: one rank for all screens of a working system, so that the later reading wins. */
  readonly rank: number;
  /**
   * The rows. `only` keeps those that are this person's, the others are neither read nor missed; `sign` must match
   * some row, else the page has changed and what `only` says means nothing.
   */
  readonly rows?: { readonly css: readonly string[]; readonly only?: string; readonly sign?: string };
  readonly emptyText?: readonly string[];
  /** Where the empty text stands; `table, main` when absent. */
  readonly emptyWithin?: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** Minimum share of rows whose required fields pass, below which the page type is broken; 0.8 when absent. */
  readonly coverage?: number;
}

/** Where an action's codes are, tried in order: the control's row, the ticked rows, the dialog's title, the detail page, the row last touched. */
export const CODES_FROM = ['row', 'checked', 'dialogTitle', 'page', 'lastRow'] as const;
export type CodesFrom = (typeof CODES_FROM)[number];

/** How a page is replaced: by an address of its own choice, or by loading itself anew. */
export type Load = 'navigate' | 'reload';

/**
 * What the page must say. `css` with `text`: a toast or dialog; `route`, `exists`, `notExists`: the page that follows. All
 * that are given must hold.
 */
export interface Confirm {
  readonly id: string;
  readonly css?: string;
  /** Folded expression over its text; group 1 may hold N. */
  readonly text?: string;
  /** Path of the page after a navigation or full reload. */
  readonly route?: string;
  readonly exists?: string;
  readonly notExists?: string;
  /**
   * `css` with `text` say that the call is under way (a busy dialog, which a refusal takes away again). A page that is
   * replaced in this way while they stand there has succeeded, if the very next one holds `route`, `exists`, `notExists`.
   */
  readonly left?: Load;
  /** The rows the gesture was about are now shown as done (finished); N is how many. */
  readonly rows?: 'done';
}

/** A gesture that arms an action, and what the page must then say before it counts. */
export interface ActionRule {
  readonly id: string;
  readonly action: Action;
  readonly url: string;
  /** What is clicked; a label is the folded text, title, aria-label or value of the control. */
  readonly gesture: {
    readonly css: string;
    readonly label?: readonly string[];
    /** The control must lie inside this visible element (dialog). */
    readonly within?: string;
    /** Folded expression over the dialog's title (`dialogTitle.css` inside `within`). */
    readonly title?: string;
  };
  readonly codes: readonly CodesFrom[];
  readonly dialogTitle?: { readonly css: string; readonly regex: string };
  readonly confirm: readonly Confirm[];
  /** Words that say nothing happened: disarm. */
  readonly refuse?: readonly { readonly css: string; readonly text: string }[];
  /** Milliseconds the confirmation may take. */
  readonly within: number;
}

export interface Vocabulary {
  readonly status?: Readonly<Record<string, Status>>;
  readonly channel?: Readonly<Record<string, Channel>>;
  readonly payment?: Readonly<Record<string, Payment>>;
  readonly role?: Readonly<Record<string, DocumentRole>>;
}

export interface Pack {
  readonly schema: 'nmc-pack/1';
  readonly id: string;
  readonly version: string;
  readonly name: string;
  /** `verified`: seen running on the real host; `unverified`: rebuilt from public sources, told to the user. */
  readonly status: 'verified' | 'unverified';
  /** Pages never read: log-in, SSO, payment. Anchored expressions over the path. */
  readonly deny: readonly string[];
  readonly pages: readonly PageType[];
  readonly actions: readonly ActionRule[];
  /** Signs of the family on any of its pages, to tell which of a tenant's families a document belongs to. */
  readonly fingerprint?: { readonly url?: string; readonly exists?: readonly string[] };
  /** Words of this family, laid over the shared Vietnamese ones when the pack is checked (vocabulary.ts). */
  readonly vocabulary: Vocabulary;
  /** Page types and actions that `checkPack` took out: shown as unverified, never run. */
  readonly inert?: readonly { readonly id: string; readonly url: string }[];
}
