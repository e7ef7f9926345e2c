/**
 * A dropped file, already a grid of cells, read with the words of a pack (DESIGN §3, dropped exports). Pure: grids and a
 * pack in; facts, totals and what was not understood out. Columns that the pack does not name are never looked at.
 */
import { parseDossierCode } from '../../domain/codes.ts';
import { addDays, type Day, dayOf, dayPart, instantOf } from '../../domain/dates.ts';
import type { Pack } from '../pack.ts';
import { completeVocabulary } from '../vocabulary.ts';
import { formsOf } from './forms.ts';
import { type Grid, mergesOf } from './grid.ts';
import { readHead } from './head.ts';
import { listHeader, provinceIn, readList } from './list.ts';
import type { FilePlan, Issue, PlannedDossier, SheetPlan, Warning } from './plan.ts';
import { readTotals, totalsHeader } from './totals.ts';
import { fileFields } from './words.ts';

export type { Cell, Grid, Merge } from './grid.ts';
export type * from './plan.ts';

export interface FileFacts {
  /** Device clock, milliseconds. */
  readonly now: number;
  /** When the file was last changed, milliseconds; null when unknown. */
  readonly changed: number | null;
  /** Province code of the system (`H41`), null when nobody said. */
  readonly agency: string | null;
}

/** What the sheets of a file would bring with the words of `pack`. Never throws for what is in them. */
export function planFile(grids: readonly Grid[], pack: Pack, file: FileFacts): FilePlan {
  const fields = fileFields(pack);
  const forms = formsOf(pack);
  const words = completeVocabulary(pack.vocabulary);
  const today = dayOf(file.now);
  const read = grids.map((grid, at): SheetPlan => {
    const merges = mergesOf(grid);
    const list = listHeader(grid, fields, merges);
    if (list) return readList(grid, at + 1, list, fields, words, today, readHead(grid, list.top), merges);
    const totals = totalsHeader(grid, forms, merges);
    if (totals) return readTotals(grid, at + 1, totals, readHead(grid, totals.header.top), merges);
    return unknown(grid);
  });
  const dossiers = read.flatMap((sheet) => sheet.dossiers);
  const province = file.agency ?? mostCommon(dossiers);
  const sheets = read.map((sheet) => ofProvince(sheet, province));
  const kept = sheets.flatMap((sheet) => sheet.dossiers);
  const { made, warning } = madeBetween(sheets, kept, file);
  const shown = warning === null ? sheets : withWarning(sheets, warning);
  return {
    pack: `${pack.id}@${pack.version}`,
    sheets: pack.status === 'verified' ? shown : withWarning(shown, { code: 'packUnverified' }),
    made,
    province: province === '' ? null : province,
    covered: covered(kept),
  };
}

function unknown(grid: Grid): SheetPlan {
  const rows = grid.rows.filter((cells) => cells.some((cell) => cell !== null && cell !== '')).length;
  const head = { period: null, unit: null, printed: null };
  return {
    name: grid.name,
    kind: 'unknown',
    rule: '',
    head,
    columns: [],
    rows,
    passed: 0,
    dossiers: [],
    totals: [],
    issues: [],
    warnings: [],
  };
}

function withWarning(sheets: readonly SheetPlan[], warning: Warning): SheetPlan[] {
  const at = sheets.findIndex(({ kind }) => kind !== 'unknown');
  return sheets.map((sheet, place) =>
    place === at ? { ...sheet, warnings: [...sheet.warnings, warning] } : sheet,
  );
}

/** The province more than half of the provincial codes name, '' where none does; null without such codes. */
function mostCommon(dossiers: readonly PlannedDossier[]): string | null {
  const counts = new Map<string, number>();
  for (const { code } of dossiers) {
    const province = provinceIn(code);
    if (province !== null) counts.set(province, (counts.get(province) ?? 0) + 1);
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  return [...counts].find(([, count]) => count * 2 > all)?.[0] ?? '';
}

/** Rows with another province's code are told, not taken: the file, or the choice of the system, is wrong there. */
function ofProvince(sheet: SheetPlan, province: string | null): SheetPlan {
  if (province === null || sheet.dossiers.length === 0) return sheet;
  const isOther = ({ code }: PlannedDossier) => (provinceIn(code) ?? province) !== province;
  const others = sheet.dossiers.filter(isOther);
  if (others.length === 0) return sheet;
  const column = sheet.columns.find(({ field }) => field === 'code')?.title ?? '';
  const issues: Issue[] = others.map(({ row }) => ({
    sheet: sheet.name,
    row: Number(row.split('.')[1]),
    column,
    code: 'otherProvince',
  }));
  return {
    ...sheet,
    dossiers: sheet.dossiers.filter((one) => !isOther(one)),
    issues: [...sheet.issues, ...issues].sort((a, b) => a.row - b.row),
  };
}

function covered(dossiers: readonly PlannedDossier[]): FilePlan['covered'] {
  let from: Day | null = null;
  let to: Day | null = null;
  for (const { code, facts } of dossiers) {
    const day = facts.received === undefined ? parseDossierCode(code)?.day : dayPart(facts.received);
    if (day === undefined) continue;
    if (from === null || day < from) from = day;
    if (to === null || day > to) to = day;
  }
  return from === null || to === null ? null : { from, to };
}

/** When the file was made, see {@link FilePlan.made}. */
function madeBetween(
  sheets: readonly SheetPlan[],
  dossiers: readonly PlannedDossier[],
  { now, changed }: FileFacts,
): { made: FilePlan['made']; warning: Warning | null } {
  const last = lastDay(dossiers, dayOf(now));
  const prints = new Set(sheets.map(({ head }) => head.printed).filter((one) => one !== null));
  const printed = prints.size === 1 ? [...prints][0]! : null;
  let warning: Warning | null = null;
  if (printed !== null) {
    const start = instantOf(printed);
    const isDay = printed.length === 10;
    const isTrue = start <= now && (last === null || dayPart(printed) >= last);
    if (isTrue) {
      const end = isDay ? instantOf(addDays(printed, 1)) - 1 : start;
      return { made: { after: start, before: Math.min(now, end), source: 'printed' }, warning };
    }
    warning = { code: 'printedDoubtful' };
  }
  const stated = changed === null || changed <= 0 ? now : Math.min(now, changed);
  const proved = last === null ? stated : instantOf(last);
  // A file time before what the file tells is wrong: the end of the last day told is the earliest that can be true.
  const before = stated >= proved ? stated : Math.min(now, instantOf(addDays(last!, 1)) - 1);
  return {
    made: { after: Math.min(proved, before), before, source: 'file' },
    warning: warning ?? (dossiers.length > 0 ? { code: 'dateFromFile' } : null),
  };
}

/** The last day the rows tell of, not after `today`: the file cannot be older. */
function lastDay(dossiers: readonly PlannedDossier[], today: Day): Day | null {
  let last: Day | null = null;
  for (const { code, facts } of dossiers) {
    const days = [parseDossierCode(code)?.day, facts.received, facts.finished, facts.returned];
    for (const day of days) {
      if (day === undefined) continue;
      const at = dayPart(day);
      if (at <= today && (last === null || at > last)) last = at;
    }
  }
  return last;
}
