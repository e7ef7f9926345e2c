/** What popup and options show, as plain data, and the doors they act through. Mirrors lib/extension's `WorkerView`. */
import type { Entry, EntryKind } from '../../lib/domain/entry.ts';
import type { Action } from '../../lib/domain/vocabulary.ts';
import type { ExtensionKey, ExtensionTranslate } from '../../lib/i18n/extension/index.ts';
import type { ItProfileDoor } from '../options/ItProfile.tsx';
import type { WorkshopDoor } from './WorkshopLink.tsx';

export type Words = ExtensionTranslate;
type State = 'recording' | 'paused' | 'notActivated' | 'storageBroken';
export type Counts = Readonly<Partial<Record<Action, number>>>;

export interface Outcome {
  readonly ok: boolean;
  readonly code?: string;
  readonly field?: string;
  /** A text for people that came from the hub. */
  readonly message?: string;
}

export interface View {
  readonly summary: {
    readonly day: string;
    readonly person: { readonly id: string; readonly name: string } | null;
    readonly state: State;
    readonly counts: Counts;
    readonly dossiersSeen: number;
    readonly last: readonly {
      readonly stream: number;
      readonly seq: number;
      readonly action: Action;
      readonly n: number;
      readonly at: string;
      readonly isVoid: boolean;
    }[];
    readonly packs: readonly {
      readonly pack: string;
      readonly page: string;
      readonly health: 'ok' | 'degraded' | 'broken' | 'unverified';
    }[];
    readonly unsent: number;
    readonly receivedThrough: string | null;
  };
  readonly month: Counts;
  readonly language: 'vi' | 'en';
  readonly isMarking: boolean;
  /** Lists of reports to send, as last read in a reporting system. */
  readonly reports: readonly {
    readonly reports: readonly {
      readonly code: string;
      readonly name: string;
      readonly due: string | null;
      readonly state: 'notStarted' | 'drafting' | 'sent' | 'returned' | 'overdue';
    }[];
  }[];
  /** Tables without a pack that look like lists of dossiers. */
  readonly suggestions: readonly { readonly headers: readonly string[] }[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly notice: { readonly version: number; readonly acceptedAt: string | null };
  readonly device: {
    readonly id: string;
    readonly name: string;
    readonly unit: string;
    readonly hub: string | null;
  } | null;
  readonly hosts: readonly {
    readonly origin: string;
    readonly tenant: string;
    readonly family: string;
    readonly name: string;
    readonly families?: readonly string[] | undefined;
    readonly source: 'options' | 'province' | 'policy';
    readonly status?: 'verified' | 'unverified' | undefined;
    readonly isGranted: boolean;
  }[];
  readonly families: readonly {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly status?: 'verified' | 'unverified';
    readonly reads?: number;
    readonly counts?: number;
  }[];
  readonly streams: readonly { readonly stream: number; readonly head: number }[];
  readonly lastSync: { readonly at: string; readonly ok: boolean; readonly code: string } | null;
  readonly policy: { readonly hub: string | null; readonly hasToken: boolean };
}

/** What is known of one dossier; mirrors lib/extension's `LookupView`. */
export interface LookUpAnswer {
  readonly state: string;
  readonly hub: {
    readonly unit: string | null;
    readonly status: string | null;
    readonly received: string | null;
    readonly due: string | null;
    readonly finished: string | null;
    readonly paidBy: string | null;
    readonly marks: readonly ('late' | 'dueToday' | 'undecided' | 'feeNotOnline')[];
  } | null;
  readonly here: {
    readonly seen: string;
    readonly facts: {
      readonly status?: string | undefined;
      readonly received?: string | undefined;
      readonly due?: string | null | undefined;
      readonly finished?: string | undefined;
      readonly paidBy?: string | undefined;
    };
  } | null;
}

/** The month of the person on duty; mirrors lib/extension's `MonthAnswer`. */
export interface MonthView {
  readonly month: string;
  readonly person: { readonly name: string } | null;
  readonly rows: readonly {
    readonly action: Action;
    readonly n: number;
    readonly timeliness: {
      readonly early: number;
      readonly onTime: number;
      readonly late: number;
      readonly unknown: number;
    } | null;
  }[];
  readonly guidance: { readonly filing: number; readonly payment: number };
}

export interface ManualEntry {
  readonly action: Action;
  readonly n: number;
  readonly day: string;
  readonly reason: string;
}

/** What both pages can do. Every promise resolves; a failure is an outcome. */
interface CommonDoor {
  readonly view: () => Promise<View | null>;
  readonly duty: (person: string | null, pin: string) => Promise<Outcome>;
  readonly sync: () => Promise<Outcome>;
}

export interface PopupDoor extends CommonDoor, WorkshopDoor {
  readonly undo: (stream: number, seq: number) => Promise<Outcome>;
  readonly pause: (paused: boolean) => Promise<Outcome>;
  /** `attempt` names this entry: sent again, it is still one entry. */
  readonly manual: (entry: ManualEntry, attempt: string) => Promise<Outcome>;
  readonly lookUp: (code: string) => Promise<LookUpAnswer | null>;
  readonly markRows: (isOn: boolean) => Promise<Outcome>;
  readonly guide: (topic: 'filing' | 'payment', attempt: string) => Promise<Outcome>;
  readonly month: (month: string) => Promise<MonthView | null>;
  /** Puts a table on the clipboard; false when the browser refuses. */
  readonly copy: (table: { readonly text: string; readonly html: string }) => Promise<boolean>;
  readonly open: (page: 'options' | 'people' | 'ledger' | 'import' | 'dashboard') => void;
  /** A portal's file dropped on the popup, to the import page. */
  readonly importFile: (file: File) => Promise<unknown>;
}

export interface LedgerPage {
  readonly entries: readonly Entry[];
  readonly hasMore: boolean;
  readonly voided: readonly string[];
}

/** A host publicly known to run a family; choosing it only fills the form. */
export interface HostSuggestion {
  readonly origin: string;
  readonly name: string;
  readonly family: string;
  readonly families: readonly string[];
}

/** True when an administrator has confirmed what is read on this host: it came by configuration or policy. */
export function isConfirmed({ source, status }: View['hosts'][number]): boolean {
  return status === undefined ? source !== 'options' : status === 'verified';
}

export interface OptionsDoor extends CommonDoor, ItProfileDoor {
  /** Known hosts by name or address. */
  readonly findHosts: (text: string) => readonly HostSuggestion[];
  readonly acceptNotice: (version: number) => Promise<Outcome>;
  readonly language: (language: 'vi' | 'en') => Promise<Outcome>;
  readonly activate: (hub: string, code: string, name: string) => Promise<Outcome>;
  readonly activateFromFile: (file: File, passphrase: string, name: string) => Promise<Outcome>;
  /** Must be called in the click itself: the browser asks for the permission. */
  readonly addHost: (origin: string, family: string, name: string) => Promise<Outcome>;
  /** Must be called in the click itself. */
  readonly grant: (origins: readonly string[]) => Promise<Outcome>;
  readonly removeHost: (origin: string) => Promise<Outcome>;
  readonly addPerson: (name: string, pin: string) => Promise<Outcome>;
  readonly removePerson: (person: string) => Promise<Outcome>;
  readonly ledger: (from: number, kinds: readonly EntryKind[]) => Promise<LedgerPage | null>;
  readonly exportLedger: () => Promise<Outcome>;
  /** Saves the files; answers how many. */
  readonly handover: (scope: 'unsent' | 'everything') => Promise<Outcome & { readonly files?: number }>;
  readonly receipt: (file: File) => Promise<Outcome>;
}

const CODES: readonly string[] = [
  'internal',
  'malformed',
  'notActivated',
  'paused',
  'storageBroken',
  'noSuchEntry',
  'notYours',
  'wrongPin',
  'wait',
  'unknownPerson',
  'nameTaken',
  'futureDay',
  'noticeFirst',
  'oldNotice',
  'notBindable',
  'denied',
  'unknownFamily',
  'network',
  'notHub',
  'refused',
  'badAnswer',
  'passphrase',
  'file',
];

/** The text of a failed outcome: the hub's own words where it sent some. */
export function problemText(t: Words, outcome: Outcome): string {
  if (outcome.message) return outcome.message;
  const code = outcome.code ?? 'internal';
  return t((CODES.includes(code) ? `error.${code}` : 'error.internal') as ExtensionKey);
}

/** `HH:mm` of an ISO instant in Asia/Ho_Chi_Minh. */
export function timeOf(iso: string): string {
  return new Date(Date.parse(iso) + 7 * 3_600_000).toISOString().slice(11, 16);
}

/** `HH:mm dd/MM/yyyy` of an ISO instant in Asia/Ho_Chi_Minh. */
export function momentOf(iso: string): string {
  const local = new Date(Date.parse(iso) + 7 * 3_600_000).toISOString();
  return `${local.slice(11, 16)} ${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`;
}
