/** The plain data the views of the dashboard show, beside the figures and units of lib. */
import type { DeviceView } from '../../lib/indicators/figures.ts';

/** Why something did not work; the views turn `kind` into what it means and what to do. */
export interface Failure {
  /**
   * `offline`: no answer from the hub · `signedOut`: the session ended · `refused`: the hub said no, and why ·
   * `busy`: too many tries, come again after `retryAfter` seconds · `broken`: an answer nobody can use.
   */
  readonly kind: 'offline' | 'signedOut' | 'refused' | 'busy' | 'broken';
  /** Stable code of the hub's Problem, or an own one (`network`, `http-502`, `answer`). */
  readonly code: string;
  readonly field: string | null;
  /** The hub's words for people; '' when there are none. */
  readonly message: string;
  readonly retryAfter: number | null;
}

/** A value that may be on its way, here, or missing with a reason; `last` is what was known before. */
export type Load<T> =
  | { readonly at: 'idle' }
  | { readonly at: 'loading'; readonly last: T | null }
  | { readonly at: 'ready'; readonly value: T }
  | { readonly at: 'failed'; readonly failure: Failure; readonly last: T | null };

/** What there is to show of a load, also while it is renewed or after it failed. */
export function shownOf<T>(load: Load<T>): T | null {
  if (load.at === 'ready') return load.value;
  return load.at === 'idle' ? null : load.last;
}

/** What a source of figures can do; the views hide what it cannot. */
export interface Capabilities {
  readonly hasLogin: boolean;
  readonly hasCodes: boolean;
  /** Whether the stored catalogue can be listed; else it is only imported. */
  readonly hasCatalogueList: boolean;
  readonly canImportHandover: boolean;
  /** New devices announce themselves by their first file and must be accepted (unit without a hub). */
  readonly acceptsDevices: boolean;
  /** Writes the file that ties browsers and kiosks to this unit (unit without a hub). */
  readonly hasUnitFile: boolean;
  /** Packs and how pages are read (hub only). */
  readonly hasPacks?: boolean;
  /** Ratings and the devices they come from. */
  readonly hasFeedback?: boolean;
  /** Complaints and codes for citizens' phones (hub only). */
  readonly hasComplaints?: boolean;
  /** Reads files that portals export, through the journal of the PC it runs on (unit page in the extension). */
  readonly readsExports?: boolean;
}

/** Who is signed in. `unit` is the root of what may be seen. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly unit: string;
}

/** What an import of a CSV did, or would do. Lines count from 1, the header is line 1. */
export interface ImportReport {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly errors: readonly { readonly line: number; readonly field: string; readonly message: string }[];
}

export type DeviceKind = 'extension' | 'kiosk';

/** A one-time activation code as listed: never the code itself. Instants are ISO. */
export interface ActivationCode {
  readonly id: string;
  readonly unit: string;
  readonly kind: DeviceKind;
  readonly name: string;
  readonly expires: string;
  readonly usedAt: string | null;
}

export interface CodeRequest {
  readonly unit: string;
  readonly kind: DeviceKind;
  readonly name: string;
}

/** A fresh code, shown once. */
export interface MadeCode {
  readonly code: string;
  readonly expires: string;
}

export interface FileBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What became of one hand-over file. */
export type HandoverResult =
  | {
      readonly at: 'received';
      readonly name: string;
      readonly device: string;
      readonly deviceName: string | null;
      readonly stream: number;
      /** Complete through this sequence number. */
      readonly through: number;
      /** Entries known to be missing below what was received. */
      readonly missing: number;
      readonly quarantined: number;
      /** The signed receipt to carry back to the device; covers everything received so far. */
      readonly receipt: FileBytes | null;
    }
  /** Kept, not counted until its device is accepted (unit without a hub). */
  | { readonly at: 'waiting'; readonly name: string; readonly device: string }
  | { readonly at: 'refused'; readonly name: string; readonly failure: Failure };

/** Progress of a hand-over import. */
export interface HandoverState {
  readonly busy: boolean;
  readonly done: number;
  readonly all: number;
  readonly results: readonly HandoverResult[];
}

/** How an import of a CSV stands: chosen file, its dry run, then the real one. */
export type ImportState =
  | { readonly at: 'empty' }
  | { readonly at: 'checking' | 'saving'; readonly file: string }
  | {
      readonly at: 'checked' | 'saved';
      readonly file: string;
      readonly preview: CsvPreview;
      readonly report: ImportReport;
    }
  | { readonly at: 'failed'; readonly file: string; readonly failure: Failure };

/** The first rows of the chosen file as read, so that a wrong encoding or separator is seen before it is saved. */
export interface CsvPreview {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly more: number;
}

/** A device as listed; a unit without a hub adds what lets a person recognise a new one. */
export interface Device extends DeviceView {
  /** Short form of its key, as the device shows it. */
  readonly fingerprint?: string;
  /** Files kept, not counted until the device is accepted. */
  readonly held?: number;
}

/** What a new unit without a hub is made of. */
export interface NewUnit {
  readonly name: string;
  /** Agency codes in dossier codes, `H41.17.3`; may be empty. */
  readonly agencyCodes: readonly string[];
}
