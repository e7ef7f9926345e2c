/** Messages of dropped exports: an own page reads the file, the worker makes keys and entries. Types only. */
import type { Pack } from '../adapters/pack.ts';
import type { Facts } from '../domain/entry.ts';
import type { TotalFigure } from '../domain/vocabulary.ts';

interface FromFile {
  /** Tenant id of the system the file is of. */
  readonly system: string;
  /** SHA-256 of the file, hex: with the row it names an entry, so the same file twice writes nothing new. */
  readonly file: string;
  /** `pack@version` whose words read it. */
  readonly pack: string;
}

/** A row of a dropped list. The code stays inside the extension: the worker turns it into a key. */
export interface ExportRow {
  /** `sheet.row`, both from 1. */
  readonly row: string;
  readonly code: string;
  readonly otherCodes: readonly string[];
  readonly facts: Facts;
  readonly locator: number;
}

export interface ExportTotal {
  readonly row: string;
  /** Printed name of the unit; null = this PC's own. */
  readonly unit: string | null;
  readonly figures: Readonly<Partial<Record<TotalFigure, number>>>;
}

export type ExportToWorker =
  | { readonly type: 'extension-worker/export-context' }
  | (FromFile & {
      readonly type: 'extension-worker/export-rows';
      /** Between which instants the file was made (device clock, milliseconds). */
      readonly after: number;
      readonly before: number;
      readonly rows: readonly ExportRow[];
    })
  | (FromFile & {
      readonly type: 'extension-worker/export-totals';
      readonly from: string;
      readonly to: string;
      readonly totals: readonly ExportTotal[];
    });

/** A system whose files may be read here: a tenant that is bound, with the pack in force. */
export interface ExportSystem {
  readonly system: string;
  readonly name: string;
  /** Province code of the tenant (`H41`), null when nobody said. */
  readonly agency: string | null;
  readonly pack: Pack;
}

export interface ExportContextAnswer {
  readonly state: 'ready' | 'notActivated' | 'paused';
  readonly unit: string;
  /** Whether the device has a hub; without one, entries go to the unit page. */
  readonly hasHub: boolean;
  readonly systems: readonly ExportSystem[];
}

export type ExportStored =
  | {
      readonly ok: true;
      /** New entries; the others were in the journal, or nothing of them had changed. */
      readonly written: number;
    }
  | { readonly ok: false; readonly code: string };

export interface ExportAnswers {
  'extension-worker/export-context': ExportContextAnswer;
  'extension-worker/export-rows': ExportStored;
  'extension-worker/export-totals': ExportStored;
}
