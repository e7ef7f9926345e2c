/** What a dropped file would bring, before anything is written: plain data, shown to a person and then sent on. */
import type { Day } from '../../domain/dates.ts';
import type { Facts } from '../../domain/entry.ts';
import type { TotalFigure } from '../../domain/vocabulary.ts';

/** Why a row or one cell of it was not understood. Never a value. */
const ISSUES = [
  'noCode',
  'badCode',
  'codeTwice',
  'otherProvince',
  'badDate',
  'futureDate',
  'unknownWord',
  'badNumber',
  'notOffice',
  'notEqual',
  'noUnit',
  'unitTwice',
] as const;
export type IssueCode = (typeof ISSUES)[number];

export interface Issue {
  readonly sheet: string;
  /** Number of the row in the file, from 1. */
  readonly row: number;
  /** Header of the column, '' for the whole row. */
  readonly column: string;
  readonly code: IssueCode;
}

/** What a person should know about the whole file. */
const WARNINGS = [
  'columnTwice',
  'columnRefused',
  'monthFirst',
  'noDates',
  'noStatus',
  'mergedUnknown',
  'printedDoubtful',
  'dateFromFile',
  'wholeIncludesMore',
  'flowsDiffer',
  'packUnverified',
  'macros',
  'cut',
] as const;
export type WarningCode = (typeof WARNINGS)[number];
export interface Warning {
  readonly code: WarningCode;
  readonly column?: string | undefined;
}

/** A column and what it is read as; `field` null: not read. */
export interface ColumnReading {
  readonly title: string;
  readonly field: string | null;
}

export interface PlannedDossier {
  /** `sheet.row`, both from 1: unique in the file. */
  readonly row: string;
  readonly code: string;
  readonly otherCodes: readonly string[];
  readonly facts: Facts;
  /** The worst rank that won on this row. */
  readonly locator: number;
}

export interface PlannedTotal {
  readonly row: string;
  /** The unit as printed; null where only the reporting unit is meant. */
  readonly unit: string | null;
  readonly figures: Readonly<Partial<Record<TotalFigure, number>>>;
}

/** What a sheet says about itself above and below its table. */
export interface SheetHead {
  readonly period: { readonly from: Day; readonly to: Day } | null;
  readonly unit: string | null;
  /** When it was printed: a day or a minute, local. */
  readonly printed: string | null;
}

export interface SheetPlan {
  readonly name: string;
  readonly kind: 'list' | 'totals' | 'unknown';
  /** Rule that read the totals, '' else. */
  readonly rule: string;
  readonly head: SheetHead;
  readonly columns: readonly ColumnReading[];
  /** Rows under the header, without blank ones. */
  readonly rows: number;
  /** Sums, column numbers, headings, repeated headers: no row of their own. */
  readonly passed: number;
  readonly dossiers: readonly PlannedDossier[];
  readonly totals: readonly PlannedTotal[];
  readonly issues: readonly Issue[];
  readonly warnings: readonly Warning[];
}

export interface FilePlan {
  /** `pack@version` whose words were used. */
  readonly pack: string;
  readonly sheets: readonly SheetPlan[];
  /**
   * Between which instants the file was made: `after` is proved by its own words, `before` is its printed or file time.
   * A sighting counts an unfinished row at `after` and a finished one at `before`, so neither can say too much.
   */
  readonly made: {
    readonly after: number;
    readonly before: number;
    readonly source: 'printed' | 'file';
  };
  /** The province most codes are of, null without codes. */
  readonly province: string | null;
  /** First and last day of receiving among the rows that were read. */
  readonly covered: { readonly from: Day; readonly to: Day } | null;
}
