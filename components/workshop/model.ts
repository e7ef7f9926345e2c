/** What the workshop shows, as plain data, and what its buttons do. Built by lib/workshop; nothing here knows the browser. */
import type { WorkshopTranslate } from '../../lib/i18n/workshop/index.ts';

export type Words = WorkshopTranslate;
export type Phase =
  | 'loading'
  | 'notIt'
  | 'noTab'
  | 'notGranted'
  | 'own'
  | 'pdf'
  | 'unreachable'
  | 'noPack'
  | 'denied'
  | 'ready';
export const TABS = ['page', 'changes', 'fixtures', 'send'] as const;
export type Tab = (typeof TABS)[number];
export type Health = 'ok' | 'degraded' | 'broken' | 'unverified';
export type FieldState = 'good' | 'later' | 'missing' | 'absent';
export type WordList = 'status' | 'channel' | 'payment' | 'role';

export interface LocatorView {
  readonly kind: 'attr' | 'css' | 'header' | 'label' | 'lineOf' | 'exists' | 'constant';
  readonly detail: string;
}

export interface FieldView {
  readonly name: string;
  readonly state: FieldState;
  readonly rows: number;
  readonly read: number;
  readonly failed: number;
  readonly sample: string | null;
  readonly isRequired: boolean;
  /** Which locator won, from 0; null: none. */
  readonly rank: number | null;
  readonly ways: readonly LocatorView[];
  /** Header and label texts, the draft's own marked. */
  readonly texts: readonly { readonly text: string; readonly isNew: boolean }[];
  /** Where its words are looked up, and what they may mean. */
  readonly words: { readonly list: WordList; readonly values: readonly string[] } | null;
  /** Other page types that go by the same texts. */
  readonly kindred: readonly string[];
}

export type SignalView =
  | { readonly kind: 'exists' | 'notExists'; readonly css: string; readonly holds: boolean }
  | { readonly kind: 'headers'; readonly headers: string; readonly min: number; readonly holds: boolean }
  | { readonly kind: 'noHeaders'; readonly headers: string; readonly holds: boolean }
  | { readonly kind: 'text'; readonly text: string; readonly holds: boolean };

export interface SignsView {
  readonly page: string;
  readonly isPlace: boolean;
  readonly isRecognised: boolean;
  readonly signals: readonly SignalView[];
}

export interface ReadingView {
  readonly page: string;
  readonly isRecognised: boolean;
  readonly health: Health;
  readonly rows: number;
  readonly unread: number;
  readonly others: number;
  readonly saysEmpty: boolean;
  readonly isRefused: boolean;
  readonly fields: readonly FieldView[];
  /** Masked inside the page. */
  readonly preview: readonly Readonly<Record<string, string>>[];
}

export interface OfferView {
  readonly kind: 'header' | 'label' | 'css';
  readonly text: string;
  readonly read: number;
  readonly rows: number;
  /** Another field that already goes by this text. */
  readonly takenBy: string | null;
}

export interface ChangeView {
  readonly kind: 'addText' | 'removeText' | 'addLocator' | 'addEmpty' | 'addWord';
  readonly field: string | null;
  readonly text: string;
  readonly list: WordList | null;
  readonly value: string | null;
  readonly pages: readonly string[];
}

/** How a result differs; `what` names the text. */
export interface DifferenceView {
  readonly what:
    | 'pages'
    | 'health'
    | 'rows'
    | 'row'
    | 'field'
    | 'told'
    | 'gesture'
    | 'codes'
    | 'says'
    | 'unknown'
    | 'error';
  /** Row from 1, field name, selector or rule. */
  readonly row?: number;
  readonly name?: string;
  readonly expected: string;
  readonly found: string;
}

export interface FixtureView {
  readonly name: string;
  readonly source: 'bundled' | 'own';
  readonly result: 'waiting' | 'pass' | 'fail';
  readonly difference: DifferenceView | null;
}

export interface SnapshotView {
  readonly name: string;
  readonly html: string;
  readonly masked: number;
  readonly cut: number;
  /** Null: the sample reads like the page. */
  readonly differs: DifferenceView | null;
}

export type SendState =
  | { readonly at: 'idle' | 'sending' }
  | { readonly at: 'accepted'; readonly pack: string; readonly version: string }
  | {
      readonly at:
        | 'offline'
        | 'captivePortal'
        | 'busy'
        | 'needsActivation'
        | 'noHub'
        | 'notActivated'
        | 'notAllowed'
        | 'internal';
    }
  | { readonly at: 'refused'; readonly message: string; readonly isVersion: boolean };

export interface WorkshopState {
  readonly language: 'vi' | 'en';
  readonly phase: Phase;
  readonly tab: Tab;
  /** Whether the workshop is a tab itself and its page must be chosen. */
  readonly isTab: boolean;
  readonly pages: readonly { readonly id: number; readonly title: string }[];
  readonly page: number | null;
  readonly host: string;
  readonly packs: readonly { readonly id: string; readonly name: string }[];
  readonly pack: {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly baseVersion: string;
    readonly isVerified: boolean;
    readonly isFromFile: boolean;
    readonly pageTypes: readonly string[];
  } | null;
  /** The page type chosen by hand; null: as recognised. */
  readonly wanted: string | null;
  readonly place: string;
  readonly signs: readonly SignsView[];
  readonly reading: ReadingView | null;
  readonly headers: readonly string[];
  readonly openField: string | null;
  readonly isPointing: boolean;
  /** Null: nothing was pointed at yet. */
  readonly offers: readonly OfferView[] | null;
  readonly isWide: boolean;
  readonly changes: readonly ChangeView[];
  readonly problems: readonly { readonly field: string; readonly problem: string }[];
  readonly fixtures: readonly FixtureView[];
  /** How many have run, while they run. */
  readonly running: number | null;
  readonly snapshot: SnapshotView | null;
  readonly snapshotBusy: boolean;
  readonly snapshotProblem: 'tooLarge' | 'failed' | 'name' | null;
  readonly note: string;
  readonly send: SendState;
  readonly notice:
    | { readonly kind: 'imported'; readonly pack: string; readonly version: string }
    | { readonly kind: 'importFailed' }
    | { readonly kind: 'snapshotSaved'; readonly name: string }
    | null;
}

export interface WorkshopActions {
  readonly retry: () => void;
  readonly openOptions: () => void;
  readonly showTab: (tab: Tab) => void;
  readonly choosePage: (tab: number) => void;
  readonly choosePack: (pack: string) => void;
  readonly chooseType: (page: string | null) => void;
  readonly openField: (field: string | null) => void;
  readonly point: () => void;
  readonly stopPointing: () => void;
  readonly tryHeader: (header: string) => void;
  readonly applyOffer: (at: number) => void;
  readonly setWide: (isWide: boolean) => void;
  readonly addText: (text: string) => void;
  readonly removeText: (text: string) => void;
  readonly addEmpty: (text: string) => void;
  readonly addWord: (list: WordList, word: string, value: string) => void;
  readonly undo: (at: number) => void;
  readonly discard: () => void;
  readonly runFixtures: () => void;
  readonly acceptFixture: (name: string) => void;
  readonly removeFixture: (name: string) => void;
  readonly takeSnapshot: () => void;
  readonly saveSnapshot: (name: string) => void;
  readonly dropSnapshot: () => void;
  /** Draws the sample into a place of the page, inert; the answer takes it away. */
  readonly showSnapshot: (place: HTMLElement) => () => void;
  readonly exportFile: () => void;
  readonly exportJson: () => void;
  readonly importFile: (file: File) => void;
  readonly setNote: (note: string) => void;
  readonly send: () => void;
  readonly raise: () => void;
  readonly dismiss: () => void;
}
