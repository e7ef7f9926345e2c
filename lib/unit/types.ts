/** What the unit page's book answers; plain data, no storage. */
import type { Procedure } from '../domain/procedure.ts';
import type { Unit } from '../domain/unit.ts';
import type { FeedbackFigures } from '../indicators/feedback.ts';
import type { DeviceView, Figures } from '../indicators/figures.ts';
import type { KioskView } from '../indicators/kiosks.ts';
import type { CsvError } from '../reports/csv.ts';

/** A file to hand over: written to a stick, mailed, or downloaded. */
export interface HandOver {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Why a file was refused: a stable code, the field it is about, and what to do next (for people). */
export interface FileProblem {
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

/** What became of one file. `newDevice`: kept, not counted until the device is accepted. */
export interface FileResult {
  readonly name: string;
  readonly state: 'imported' | 'repeated' | 'newDevice' | 'refused';
  readonly device: string | null;
  readonly stream: number | null;
  /** Sequence numbers in the file; `last = first − 1` for a closing beacon. */
  readonly first: number | null;
  readonly last: number | null;
  readonly accepted: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly problem?: FileProblem;
}

/** A device with what lets a person recognise it: the fingerprint of its key, and files kept until it is accepted. */
export interface UnitDevice extends DeviceView {
  readonly fingerprint: string;
  readonly held: number;
}

/** The outcome of a CSV import; with errors, or on a dry run, nothing was written. */
export interface CsvImport {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly errors: readonly CsvError[];
}

/** Size of every table's truth, for a census: what was received, and the hash of all lines in order. */
export interface StreamCensus {
  readonly device: string;
  readonly stream: number;
  readonly received: readonly (readonly [number, number])[];
  readonly lines: number;
  readonly quarantined: number;
  /** SHA-256 in hex over all received lines in order, each followed by a line feed. */
  readonly hash: string;
}

/** A unit without a hub: everything the unit page can do. Errors are thrown as {@link UnitError}. */
export interface UnitBook {
  /** Makes the unit with its signing key and its province key; a second call is refused (`exists`). */
  createUnit(input: { name: string; agencyCodes?: readonly string[] }): Promise<Unit>;
  /** Corrects name or agency codes; dossiers are assigned anew. */
  changeUnit(input: { name: string; agencyCodes: readonly string[] }): Promise<Unit>;
  unit(): Promise<Unit | null>;
  /** The file that activates a device (`.nmc-unit`); for a kiosk it carries no province key. */
  unitFile(passphrase: string, kind?: 'extension' | 'kiosk'): Promise<HandOver>;
  /** Takes hand-over files, one transaction each. Never throws for what is in a file. */
  importFiles(
    files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
    onProgress?: (done: number, total: number) => void,
  ): Promise<FileResult[]>;
  /** Pins the key of a new device and takes its kept files. */
  acceptDevice(id: string, name?: string): Promise<FileResult[]>;
  /** Refuses further files of a device; what was received stays. */
  revokeDevice(id: string): Promise<void>;
  devices(): Promise<UnitDevice[]>;
  /** One signed receipt per stream of the device, to carry back to it. */
  receiptFor(deviceId: string): Promise<HandOver[]>;
  /** The own unit first, then imported ones, then "unassigned" when dossiers are there. */
  units(): Promise<Unit[]>;
  importUnits(csv: string, dryRun: boolean): Promise<CsvImport>;
  /** The catalogue of procedures, by code and first day of validity. */
  catalogue(): Promise<Procedure[]>;
  importCatalogue(csv: string, dryRun: boolean): Promise<CsvImport>;
  figures(unitId: string, periodId: string): Promise<Figures>;
  /** Ratings of the own unit by closed groups; of another unit nothing is known. */
  feedback(unitId: string, periodId: string): Promise<FeedbackFigures>;
  /** Kiosks with their latest word on each topic. */
  kiosks(): Promise<KioskView[]>;
  exportXlsx(figures: Figures): Promise<Blob>;
  census(): Promise<StreamCensus[]>;
  /** Computes every derived row anew from the received lines. */
  rebuild(): Promise<void>;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** An error with a stable code; `message` is for logs. */
export interface UnitError extends Error {
  readonly code: 'exists' | 'noUnit' | 'unknownUnit' | 'unknownPeriod' | 'unknownDevice' | 'passphrase';
}

/** Makes a {@link UnitError}. */
export function unitError(code: UnitError['code'], message: string): UnitError {
  return Object.assign(new Error(message), { code });
}
