/**
 * A pack (bộ nhận diện trang): a host page in, facts out, as plain data with a closed operator set (DESIGN §4,
 * host-pages §8). No expression, no script, no loop: what the engine does not know makes the page type inert.
 */
import type { Action, Channel, DocumentRole, Payment, Status } from '../domain/vocabulary.ts';

/** Where to find a value. The first that yields a value passing the field's check wins; its index is the rank. */
export type Locator =
  | { readonly attr: string; readonly css?: string }
  | { readonly css: string; readonly regex?: string; readonly line?: number }
  | { readonly header: readonly string[]; readonly regex?: string; readonly line?: number }
  | { readonly label: readonly string[]; readonly regex?: string }
  /** A regular expression over each text line of one cell (the cell by header or css, else the whole row). */
  | {
      readonly lineOf: { readonly header?: readonly string[]; readonly css?: string } | null;
      readonly regex: string;
    }
  /** True when the element exists in the row. */
  | { readonly exists: string }
  | { readonly constant: string | number | boolean };

/** How the found text becomes a value. */
export type Reading =
  | 'dossierCode'
  | 'localTime'
  | 'status'
  | 'channel'
  | 'payment'
  | 'procedure'
  | 'number'
  | 'boolean'
  | 'text'
  | 'role'
  | 'rowId';

export interface Field {
  readonly from: readonly Locator[];
  readonly as: Reading;
  readonly required?: boolean;
  /** For `due`: a match of the locator without a value means "the page shows that there is none". */
  readonly emptyIsNone?: boolean;
  /** For `boolean`: the folded words that mean true and false. */
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
}

/** A sign that the page is what the URL says; at least one must hold besides the URL. */
export type Signal =
  | { readonly exists: string }
  | { readonly notExists: string }
  | { readonly headers: readonly string[]; readonly min: number }
  | { readonly text: readonly string[]; readonly within: string };

export interface PageType {
  readonly id: string;
  /** Anchored regular expression over path + hash path, never the query. */
  readonly url: string;
  readonly signals: readonly Signal[];
  readonly kind: 'list' | 'detail' | 'statistics' | 'none';
  readonly yields: 'dossier' | 'document';
  /** Trust in this kind of page, see DossierBody.rank. */
  readonly rank: number;
  readonly rows?: { readonly css: readonly string[] };
  readonly emptyText?: readonly string[];
  readonly fields: Readonly<Record<string, Field>>;
  /** Minimum share of rows whose required fields pass, below which the page type is broken. */
  readonly coverage?: number;
}

/** A gesture that arms an action, and what the page must then say before it counts. */
export interface ActionRule {
  readonly id: string;
  readonly action: Action;
  readonly url: string;
  /** What is clicked; a label is folded text, title or value of the control. */
  readonly gesture: {
    readonly css: string;
    readonly label?: readonly string[];
    /** The control must lie inside this element (dialog). */
    readonly within?: string;
  };
  /** Where the dossier codes are: the row of the control, the checked rows, the dialog's title, the detail page. */
  readonly codes: 'row' | 'checked' | 'dialogTitle' | 'page' | 'none';
  readonly dialogTitle?: { readonly css: string; readonly regex: string };
  readonly confirm: readonly {
    readonly id: string;
    /** A toast or dialog that appears: container and folded expression over its text; group 1 may hold N. */
    readonly css?: string;
    readonly text?: string;
    /** The next page's URL (path) after a navigation or full reload. */
    readonly route?: string;
    /** An element that must be on the page that follows. */
    readonly exists?: string;
  }[];
  /** Words that say nothing happened: disarm. */
  readonly refuse?: readonly { readonly css: string; readonly text: string }[];
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
  readonly status: 'verified' | 'unverified';
  /** Pages never read: log-in, SSO, payment. Anchored expressions over the path. */
  readonly deny: readonly string[];
  readonly pages: readonly PageType[];
  readonly actions: readonly ActionRule[];
  readonly vocabulary: Vocabulary;
}
