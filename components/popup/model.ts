/** What popup and options show, as plain data, and the doors they act through. Mirrors lib/extension's `WorkerView`. */
import type { Entry, EntryKind } from '../../lib/domain/entry.ts';
import type { Action } from '../../lib/domain/vocabulary.ts';
import type { ExtensionKey, ExtensionTranslate } from '../../lib/i18n/extension/index.ts';

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
    readonly source: 'options' | 'province' | 'policy';
    readonly isGranted: boolean;
  }[];
  readonly families: readonly { readonly id: string; readonly name: string; readonly version: string }[];
  readonly streams: readonly { readonly stream: number; readonly head: number }[];
  readonly lastSync: { readonly at: string; readonly ok: boolean; readonly code: string } | null;
  readonly policy: { readonly hub: string | null; readonly hasToken: boolean };
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

export interface PopupDoor extends CommonDoor {
  readonly undo: (stream: number, seq: number) => Promise<Outcome>;
  readonly pause: (paused: boolean) => Promise<Outcome>;
  /** `attempt` names this entry: sent again, it is still one entry. */
  readonly manual: (entry: ManualEntry, attempt: string) => Promise<Outcome>;
  readonly open: (page: 'options' | 'people' | 'ledger' | 'dashboard') => void;
}

export interface LedgerPage {
  readonly entries: readonly Entry[];
  readonly hasMore: boolean;
  readonly voided: readonly string[];
}

export interface OptionsDoor extends CommonDoor {
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
