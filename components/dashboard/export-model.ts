/** What the import of a portal's file shows, as plain data, and the door it acts through. Mirrors lib/extension. */
import type { Facts } from '../../lib/domain/entry.ts';
import type { TotalFigure } from '../../lib/domain/vocabulary.ts';

export interface ExportSystem {
  readonly system: string;
  readonly name: string;
  readonly agency: string | null;
  readonly pack: { readonly id: string; readonly name: string; readonly version: string };
}

export interface ExportContext {
  readonly state: 'ready' | 'notActivated' | 'paused';
  /** Name of this PC's unit. */
  readonly unit: string;
  readonly systems: readonly ExportSystem[];
}

export interface ExportSheet {
  readonly name: string;
  readonly kind: 'list' | 'totals' | 'unknown';
  readonly head: {
    readonly period: { readonly from: string; readonly to: string } | null;
    readonly unit: string | null;
  };
  readonly columns: readonly { readonly title: string; readonly field: string | null }[];
  readonly rows: number;
  readonly passed: number;
  readonly dossiers: number;
  readonly issues: number;
  readonly totals: readonly {
    readonly row: string;
    readonly unit: string | null;
    readonly figures: Readonly<Partial<Record<TotalFigure, number>>>;
  }[];
  readonly warnings: readonly { readonly code: string; readonly column?: string | undefined }[];
}

export interface ExportSummary {
  readonly pack: string;
  readonly made: { readonly after: number; readonly before: number; readonly source: 'printed' | 'file' };
  readonly province: string | null;
  readonly covered: { readonly from: string; readonly to: string } | null;
  readonly sheets: readonly ExportSheet[];
  readonly dossiers: number;
  readonly first: readonly { readonly row: string; readonly code: string; readonly facts: Facts }[];
  readonly faults: readonly {
    readonly sheet: string;
    readonly column: string;
    readonly code: string;
    readonly count: number;
    readonly rows: readonly number[];
  }[];
  readonly hasMacros: boolean;
}

export type ExportRead =
  /** Not sure: another system's words fit as well, a person must say which it is. */
  | { readonly ok: true; readonly system: number; readonly isSure: boolean; readonly summary: ExportSummary }
  | { readonly ok: false; readonly code: string; readonly row: number | null };

/** Period and unit of the totals of a sheet, as printed or entered. */
export interface ExportChoice {
  readonly from: string;
  readonly to: string;
  /** Unit of rows that name none; null = this PC's own. */
  readonly unit: string | null;
}

export type ExportWritten =
  | {
      readonly ok: true;
      readonly written: number;
      readonly known: number;
      /** Where the entries go from here: to the hub by the next sync, into this unit's book, or as a file later. */
      readonly next: 'hub' | 'received' | 'waiting' | 'refused' | 'handover';
    }
  /** What was written before the fault stays and is not written twice. */
  | { readonly ok: false; readonly code: string; readonly written: number };

/** One file under the eyes of a person, from dropping it to writing. */
export interface ExportReading {
  readonly result: Promise<ExportRead>;
  /** The same file as another system's. */
  readonly as: (system: number) => Promise<ExportRead>;
  /** Writes; `choices` by the place of the sheet. */
  readonly write: (
    choices: ReadonlyMap<number, ExportChoice>,
    onProgress: (done: number, all: number) => void,
  ) => Promise<ExportWritten>;
  /** Saves what was not understood: row, column, reason; no values. */
  readonly saveReport: (words: {
    readonly head: readonly string[];
    readonly reason: (code: string) => string;
  }) => Promise<void>;
  /** Ends the reading and forgets the file; safe at any time. */
  readonly close: () => void;
}

/** Every promise resolves; a failure is an answer. */
export interface ExportDoor {
  readonly context: () => Promise<ExportContext | null>;
  readonly open: (
    file: File,
    context: ExportContext,
    onProgress: (done: number, all: number) => void,
  ) => ExportReading;
  /** A file handed over by the popup, once; null when there is none. */
  readonly handed: () => Promise<File | null>;
  readonly openSetUp: () => void;
}
