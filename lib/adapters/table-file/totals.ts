/** A portal's statistics in a file: one row per unit, or the row of sums of the reporting unit. */
import { fold, TOTAL_FIGURES, type TotalFigure } from '../../domain/vocabulary.ts';
import { officeIn } from '../engine/office.ts';
import { countOf } from '../engine/value.ts';
import type { Form, FormColumn } from './forms.ts';
import {
  type Cell,
  type Grid,
  isGroup,
  isNumberRow,
  isSum,
  type Merges,
  numberOf,
  rowCells,
  textOf,
} from './grid.ts';
import { type Column, columnNamed, findHeader, type Header } from './header.ts';
import type { Issue, PlannedTotal, SheetHead, SheetPlan, Warning } from './plan.ts';

/** Fewest columns of figures that make a table one of statistics. */
const LEAST = 3;
const MAX_UNITS = 2_000;

/** A header as totals read it: notes in brackets and footnote marks are no part of a name. */
function plain(columns: readonly Column[]): Column[] {
  const bare = (text: string) => fold(text.replace(/\([^()]*\)/g, ' ')).replace(/(?<=[a-z])\d$/, '');
  return columns.map((column) => {
    const levels = column.levels.map(bare).filter((text) => text !== '');
    return { ...column, levels, names: column.names.map(bare) };
  });
}

function placesOf(form: Form, columns: readonly Column[]): Map<FormColumn, Column> {
  const found = new Map<FormColumn, Column>();
  for (const [name, paths] of Object.entries(form.columns) as [FormColumn, readonly string[]][]) {
    for (const path of paths) {
      const column = columnNamed(columns, path);
      if (!column) continue;
      found.set(name, column);
      break;
    }
  }
  return found;
}

const named = (columns: readonly Column[], headers: readonly string[]) => {
  for (const header of headers) {
    const column = columnNamed(columns, header);
    if (column) return column;
  }
  return null;
};

/** The form a sheet is printed in and its header, or null. Of several forms the one that reads most columns. */
export function totalsHeader(
  grid: Grid,
  forms: readonly Form[],
  merges: Merges,
): { readonly form: Form; readonly header: Header } | null {
  let best: { form: Form; header: Header; points: number } | null = null;
  for (const form of forms) {
    const score = (columns: readonly Column[]) => {
      const bare = plain(columns);
      const whose = named(bare, form.unit) ?? named(bare, form.sector);
      return whose === null ? 0 : placesOf(form, bare).size;
    };
    const header = findHeader(grid, merges, score, LEAST);
    const points = header ? score(header.columns) : 0;
    if (header && (best === null || points > best.points)) best = { form, header, points };
  }
  return best;
}

/** A whole count as pages print it; null for what is none, undefined where nothing is printed. */
function countIn(cell: Cell | undefined): number | null | undefined {
  if (typeof cell === 'number') return Number.isSafeInteger(cell) && cell >= 0 ? cell : null;
  const text = textOf(cell);
  return text === '' || /^[-–—]$/.test(text) ? undefined : countOf(text);
}

/** Reads one sheet as statistics. */
export function readTotals(
  grid: Grid,
  sheet: number,
  { form, header }: { readonly form: Form; readonly header: Header },
  head: SheetHead,
  merges: Merges,
): SheetPlan {
  const columns = plain(header.columns);
  const places = placesOf(form, columns);
  const unitColumn = named(columns, form.unit);
  const sectorColumn = unitColumn === null ? named(columns, form.sector) : null;
  const whose = (unitColumn ?? sectorColumn)!;
  const issues: Issue[] = [];
  const warnings = new Map<string, Warning>();
  const totals: PlannedTotal[] = [];
  const byUnit = new Map<string, { row: number; isTwice: boolean }>();
  let rows = 0;
  let passed = 0;
  for (let at = header.body; at < Math.min(grid.rows.length, header.body + MAX_UNITS); at += 1) {
    const { cells } = rowCells(grid, at, merges);
    if (cells.every((cell) => textOf(cell) === '')) continue;
    const row = numberOf(grid, at);
    const issue = (column: string, code: Issue['code']) =>
      issues.push({ sheet: grid.name, row, column, code });
    const isFilled = [...places.values()].some(({ at: place }) => textOf(cells[place]) !== '');
    rows += 1;
    if (!isFilled || isNumberRow(cells) || isGroup(cells) || isSum(cells) !== (sectorColumn !== null)) {
      passed += 1;
      continue;
    }
    const printed = unitColumn === null ? null : textOf(cells[unitColumn.at]);
    const unit = printed === null ? null : officeIn(printed);
    if (printed !== null && unit === null) {
      issue(whose.title, printed === '' ? 'noUnit' : 'notOffice');
      continue;
    }
    const values = new Map<FormColumn, number>();
    let isWrong = false;
    for (const [name, column] of places) {
      const value = countIn(cells[column.at]);
      if (value === null) {
        issue(column.title, 'badNumber');
        isWrong = true;
      } else if (value !== undefined) values.set(name, value);
    }
    if (isWrong) continue;
    const failed = form.checks.find((check) => !addsUp(check, values));
    if (failed) {
      issue(places.get(failed[0]!)?.title ?? '', 'notEqual');
      continue;
    }
    if (form.doubts.some((doubt) => !addsUp(doubt, values)))
      warnings.set('flowsDiffer', { code: 'flowsDiffer' });
    if (hasMoreThanParts(values)) warnings.set('wholeIncludesMore', { code: 'wholeIncludesMore' });
    if (values.has('toHandle') && !isChecked(form, 'toHandle', values)) {
      // What is called the whole may leave out what was carried over: told only where its parts prove it.
      values.delete('toHandle');
      warnings.set('wholeIncludesMore', { code: 'wholeIncludesMore' });
    }
    const figures = figuresOf(form, values);
    if (Object.keys(figures).length === 0) {
      passed += 1;
      continue;
    }
    const id = unit === null ? '' : fold(unit);
    const before = byUnit.get(id);
    if (before) {
      before.isTwice = true;
      issue(whose.title, 'unitTwice');
      continue;
    }
    byUnit.set(id, { row, isTwice: false });
    totals.push({ row: `${sheet}.${row}`, unit, figures });
  }
  const twice = new Set([...byUnit].filter(([, { isTwice }]) => isTwice).map(([id]) => id));
  for (const id of twice)
    issues.push({ sheet: grid.name, row: byUnit.get(id)!.row, column: whose.title, code: 'unitTwice' });
  return {
    name: grid.name,
    kind: 'totals',
    rule: form.id,
    head,
    columns: header.columns.map((column, at) => {
      const found = [...places].find(([, place]) => place === columns[at])?.[0];
      const isWhose = columns[at] === whose;
      return { title: pathOf(column), field: isWhose ? (unitColumn ? 'unit' : 'sector') : (found ?? null) };
    }),
    rows,
    passed,
    dossiers: [],
    totals: totals.filter(({ unit }) => !twice.has(unit === null ? '' : fold(unit))),
    issues: issues.sort((a, b) => a.row - b.row),
    warnings: [...warnings.values()],
  };
}

const pathOf = ({ title }: Column) => title;

function addsUp([whole, ...parts]: readonly FormColumn[], values: ReadonlyMap<FormColumn, number>): boolean {
  const all = [whole!, ...parts].map((name) => values.get(name));
  if (all.some((value) => value === undefined)) return true;
  return all[0] === all.slice(1).reduce((sum, value) => sum! + value!, 0);
}

/** A check of this whole could be made (and held, else the row was not told). */
function isChecked(form: Form, whole: FormColumn, values: ReadonlyMap<FormColumn, number>): boolean {
  return form.checks.some((check) => check[0] === whole && check.every((name) => values.has(name)));
}

/** The whole is more than its channels and nothing says that the rest was carried over: the whole is not used. */
function hasMoreThanParts(values: ReadonlyMap<FormColumn, number>): boolean {
  if (values.has('carriedOver')) return false;
  return (
    !addsUp(['_all', 'receivedOnline', 'receivedOffline'], values) ||
    !addsUp(['_all', 'receivedOnline', 'receivedCounter', 'receivedPost'], values)
  );
}

function figuresOf(form: Form, values: ReadonlyMap<FormColumn, number>): PlannedTotal['figures'] {
  const figures: Partial<Record<TotalFigure, number>> = {};
  for (const name of TOTAL_FIGURES) {
    const value = values.get(name);
    if (value !== undefined) figures[name] = value;
  }
  for (const { figure, of } of form.sums) {
    const parts = of.map((name) => values.get(name));
    if (figures[figure] === undefined && parts.every((part) => part !== undefined))
      figures[figure] = parts.reduce((sum: number, part) => sum + part!, 0);
  }
  return figures;
}
