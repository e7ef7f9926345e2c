/**
 * The reading of a dropped file, off the page's thread. The file's cells stay in this worker and end with it; what it tells
 * the page is what would be written and what was not understood.
 *
 *   page ── open ──> bytes known ── html ──> page makes the tables ── tables ──┐
 *                        └───────────────────────────────────────────────────> grids ── as(system) ──> read ── rows ──> rows
 */
import {
  type FilePlan,
  type Grid,
  type Issue,
  type PlannedDossier,
  planFile,
} from '../adapters/table-file/index.ts';
import { toHex } from '../batch/chain.ts';
import { isRefusal, openSpreadsheet, type RefusalCode } from '../reports/spreadsheet.ts';
import type { ExportSystem } from './export-messages.ts';

export type ToReader =
  | {
      readonly kind: 'open';
      readonly file: Blob;
      /** When the file was last changed, milliseconds; null when unknown. */
      readonly changed: number | null;
      readonly systems: readonly ExportSystem[];
      readonly now: number;
    }
  | { readonly kind: 'tables'; readonly grids: readonly Grid[] }
  /** The same file as another system's. */
  | { readonly kind: 'as'; readonly system: number }
  | { readonly kind: 'rows'; readonly from: number; readonly to: number }
  | { readonly kind: 'issues' };

/** One kind of fault of one column, with the first rows that have it. */
export interface Fault extends Pick<Issue, 'sheet' | 'column' | 'code'> {
  readonly count: number;
  readonly rows: readonly number[];
}

/** A plan without its rows: what a person decides on. */
export interface Summary extends Pick<FilePlan, 'pack' | 'made' | 'province' | 'covered'> {
  readonly sheets: readonly (Omit<FilePlan['sheets'][number], 'dossiers' | 'issues'> & {
    readonly dossiers: number;
    readonly issues: number;
  })[];
  readonly dossiers: number;
  /** The first rows that were read, codes masked. */
  readonly first: readonly PlannedDossier[];
  readonly faults: readonly Fault[];
  readonly hasMacros: boolean;
}

export type FromReader =
  | { readonly kind: 'progress'; readonly done: number; readonly all: number }
  | { readonly kind: 'html'; readonly html: string }
  /** `system`: the one asked for, or the one that fits best; not sure where another fits as well. */
  | {
      readonly kind: 'read';
      readonly system: number;
      readonly isSure: boolean;
      readonly hash: string;
      readonly summary: Summary;
    }
  | { readonly kind: 'rows'; readonly rows: readonly PlannedDossier[] }
  | { readonly kind: 'issues'; readonly issues: readonly Issue[] }
  | { readonly kind: 'refused'; readonly code: RefusalCode | 'internal'; readonly row: number | null };

const FIRST = 5;
const FAULT_ROWS = 8;

interface Opened {
  readonly hash: string;
  readonly changed: number | null;
  readonly now: number;
  readonly systems: readonly ExportSystem[];
  readonly hasMacros: boolean;
}

/** Answers a page's messages; the page waits for one answer before it asks again. */
export function makeReader(post: (message: FromReader) => void): (message: ToReader) => Promise<void> {
  let opened: Opened | null = null;
  let grids: readonly Grid[] = [];
  let plan: FilePlan | null = null;

  const planAs = (at: number): FilePlan => {
    const { systems, now, changed } = opened!;
    const { pack, agency } = systems[at]!;
    return planFile(grids, pack, { now, changed, agency });
  };
  const tell = (at: number, chosen: FilePlan, isSure = true) => {
    plan = chosen;
    const { hash, hasMacros } = opened!;
    post({ kind: 'read', system: at, isSure, hash, summary: summaryOf(chosen, hasMacros) });
  };
  const tellBest = () => {
    let best = 0;
    let found: FilePlan | null = null;
    let isSure = true;
    for (const at of opened!.systems.keys()) {
      const one = planAs(at);
      const more = found === null ? 1 : pointsOf(one) - pointsOf(found);
      if (more === 0) isSure = false;
      if (more <= 0) continue;
      isSure = true;
      best = at;
      found = one;
    }
    if (found !== null) tell(best, found, isSure);
  };
  const open = async ({ file, changed, now, systems }: Extract<ToReader, { kind: 'open' }>) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const read = await openSpreadsheet(bytes, (done, all) => post({ kind: 'progress', done, all }));
    const hash = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    opened = { hash, changed, now, systems, hasMacros: read.kind === 'xlsx' && read.hasMacros };
    if (read.kind === 'html') return post({ kind: 'html', html: read.html });
    grids = read.grids;
    tellBest();
  };

  return async (message) => {
    try {
      switch (message.kind) {
        case 'open':
          return await open(message);
        case 'tables':
          grids = message.grids;
          return tellBest();
        case 'as':
          return tell(message.system, planAs(message.system));
        case 'rows': {
          const all = plan!.sheets.flatMap(({ dossiers }) => dossiers);
          return post({ kind: 'rows', rows: all.slice(message.from, message.to) });
        }
        case 'issues':
          return post({ kind: 'issues', issues: plan!.sheets.flatMap(({ issues }) => issues) });
      }
    } catch (error) {
      // An error's text may quote the file: only its kind is told.
      if (isRefusal(error)) post({ kind: 'refused', code: error.refusal, row: error.row });
      else post({ kind: 'refused', code: 'internal', row: null });
    }
  };
}

/** What a reading yields: rows first (another province's are none), then columns understood. */
function pointsOf({ sheets }: FilePlan): number {
  const rows = sheets.reduce((sum, { dossiers, totals }) => sum + dossiers.length + totals.length, 0);
  const columns = sheets.reduce(
    (sum, one) => sum + one.columns.filter(({ field }) => field !== null).length,
    0,
  );
  return rows * 1_000 + columns;
}

function summaryOf({ sheets, ...plan }: FilePlan, hasMacros: boolean): Summary {
  const faults = new Map<string, Fault & { count: number; rows: number[] }>();
  for (const { sheet, row, column, code } of sheets.flatMap(({ issues }) => issues)) {
    const name = JSON.stringify([sheet, column, code]);
    const fault = faults.get(name) ?? { sheet, column, code, count: 0, rows: [] };
    fault.count += 1;
    if (fault.rows.length < FAULT_ROWS) fault.rows.push(row);
    faults.set(name, fault);
  }
  const dossiers = sheets.flatMap((sheet) => sheet.dossiers);
  return {
    ...plan,
    hasMacros,
    sheets: sheets.map((sheet) => ({
      ...sheet,
      dossiers: sheet.dossiers.length,
      issues: sheet.issues.length,
    })),
    dossiers: dossiers.length,
    first: dossiers
      .slice(0, FIRST)
      .map((one) => ({ ...one, code: masked(one.code), otherCodes: one.otherCodes.map(masked) })),
    faults: [...faults.values()].sort((a, b) => b.count - a.count),
  };
}

/** The code without its last number: the agency and the day are enough to recognise a row. */
function masked(code: string): string {
  return code.replace(/\d+$/, (digits) => '•'.repeat(digits.length));
}
