/** One row of a list against the header's columns: what stands in its cells, and why what does not count does not. */
import { makeDay } from '../../domain/dates.ts';
import { fold } from '../../domain/vocabulary.ts';
import { capture, MAX_LINE } from '../engine/text.ts';
import { toValue, type Value } from '../engine/value.ts';
import type { Vocabulary } from '../pack.ts';
import {
  type Cell,
  type Grid,
  isNumberRow,
  linesOf,
  MAX_ROWS,
  type Merges,
  rowCells,
  textOf,
} from './grid.ts';
import { type Column, columnNamed, type Header } from './header.ts';
import type { IssueCode, Warning } from './plan.ts';
import type { FileField, FileLocator } from './words.ts';

/** A column most of whose cells contradict its header was misread (a shifted file): nothing of it is taken. */
const REFUSED_SHARE = 0.5;
const REFUSED_LEAST = 3;
export interface Place {
  readonly field: FileField;
  /** Per locator: its column; `'row'` for a line anywhere in the row; null where the file has none. */
  readonly at: readonly (Column | 'row' | null)[];
}

export function placesOf(fields: readonly FileField[], columns: readonly Column[]): Place[] {
  const named = (headers: readonly string[]) => {
    for (const header of headers) {
      const column = columnNamed(columns, header);
      if (column) return column;
    }
    return null;
  };
  return fields.map((field) => ({
    field,
    at: field.from.map((one) =>
      'header' in one ? named(one.header) : one.lineOf?.header ? named(one.lineOf.header) : 'row',
    ),
  }));
}

export const isPlaced = ({ at }: Place) => at.some((one) => one !== null && one !== 'row');

/** Header words of the pack that two columns share: neither is read. */
export function twice(fields: readonly FileField[], columns: readonly Column[]): Warning[] {
  const wanted = new Set(
    fields.flatMap(({ from }) => from.flatMap((one) => ('header' in one ? one.header.map(fold) : []))),
  );
  const found = new Map<string, string>();
  for (const name of wanted) {
    const same = columns.filter((column) => column.names.includes(name));
    if (same.length > 1) found.set(same[0]!.title, name);
  }
  return [...found.keys()].map((column) => ({ code: 'columnTwice', column }));
}

interface RowRead {
  readonly values: Map<string, Value>;
  readonly issues: readonly { readonly column: string; readonly code: IssueCode }[];
  readonly locator: number;
}

export function readRow(
  cells: readonly Cell[],
  places: readonly Place[],
  words: Vocabulary,
  tellsEmpty: boolean,
  refused: ReadonlySet<number>,
): RowRead {
  const values = new Map<string, Value>();
  const issues: { column: string; code: IssueCode }[] = [];
  let locator = 0;
  for (const place of places) {
    const { name, field, from } = place.field;
    let missed: { column: Column; locator: FileLocator } | null = null;
    for (const [rank, one] of from.entries()) {
      const at = place.at[rank]!;
      if (at === null || (at !== 'row' && refused.has(at.at))) continue;
      const value = cellValue(one, at, cells, field, words, tellsEmpty);
      if (value === undefined) {
        if (at !== 'row' && missed === null) missed = { column: at, locator: one };
        continue;
      }
      values.set(name, value);
      locator = Math.max(locator, Math.min(rank, 99));
      break;
    }
    if (values.has(name) || missed === null || name === 'code') continue;
    const why = whyMissed(missed.locator, cells[missed.column.at], field.as);
    if (why) issues.push({ column: missed.column.title, code: why });
  }
  return { values, issues, locator };
}

function cellValue(
  locator: FileLocator,
  at: Column | 'row',
  cells: readonly Cell[],
  field: FileField['field'],
  words: Vocabulary,
  tellsEmpty: boolean,
): Value | undefined {
  for (const text of textsOf(locator, at, cells)) {
    if (text === '' && (field.as === 'boolean' || !tellsEmpty)) continue;
    const value = toValue(field, text, words);
    if (value !== undefined) return value;
  }
  return undefined;
}

function textsOf(locator: FileLocator, at: Column | 'row', cells: readonly Cell[]): string[] {
  const captured = (regex: string, lines: readonly string[]) =>
    lines.map((line) => capture(regex, line)).filter((text) => text !== null);
  if ('lineOf' in locator)
    return captured(locator.regex, at === 'row' ? cells.flatMap(linesOf) : linesOf(cells[at.at]));
  if (at === 'row') return [];
  const lines = linesOf(cells[at.at]);
  const { line, regex } = locator;
  const chosen = line === undefined ? lines : lines.slice(line - 1, line);
  if (regex !== undefined) return captured(regex, chosen);
  if (line !== undefined) return [chosen[0] ?? ''];
  return [lines.join(' ').slice(0, MAX_LINE)];
}

/** Words that say "none yet", and places without a letter or digit, are no fault. */
const NONE = /^(?:(?:khong|chua|dang|cho)(?: .*)?|[^a-z0-9]*)$/;

function whyMissed(
  locator: FileLocator,
  cell: Cell | undefined,
  as: FileField['field']['as'],
): IssueCode | null {
  const text = fold(textOf(cell));
  if (text === '') return null;
  switch (as) {
    case 'localTime':
      return NONE.test(text) ? null : 'badDate';
    case 'dossierCode':
      return NONE.test(text) ? null : 'badCode';
    case 'number':
      return NONE.test(text) ? null : 'badNumber';
    case 'agency':
      return 'notOffice';
    case 'procedure':
      // A procedure's name without its code is usual; a column of codes is not.
      return 'regex' in locator && locator.regex !== undefined ? null : 'badCode';
    default:
      return 'regex' in locator && locator.regex !== undefined ? null : 'unknownWord';
  }
}

/** Date columns whose cells contradict them, or print the month first: told once, and not read. */
export function refusedColumns(
  grid: Grid,
  header: Header,
  places: readonly Place[],
  words: Vocabulary,
  merges: Merges,
  warnings: Warning[],
): Set<number> {
  const refused = new Set<number>();
  for (const { field, at } of places) {
    if (field.field.as !== 'localTime') continue;
    for (const [rank, column] of at.entries()) {
      if (column === null || column === 'row' || refused.has(column.at)) continue;
      let filled = 0;
      let wrong = 0;
      let isMonthFirst = false;
      for (let row = header.body; row < Math.min(grid.rows.length, header.body + MAX_ROWS); row += 1) {
        const cells = grid.merges === null ? (grid.rows[row] ?? []) : rowCells(grid, row, merges).cells;
        const text = textOf(cells[column.at]);
        if (text === '') continue;
        filled += 1;
        if (cellValue(field.from[rank]!, column, cells, field.field, words, false) !== undefined) continue;
        if (whyMissed(field.from[rank]!, cells[column.at], 'localTime') === null) continue;
        if (isNumberRow(cells) || fold(text) === fold(column.title)) continue;
        wrong += 1;
        isMonthFirst ||= fitsMonthFirst(text);
      }
      const isWrong = wrong >= REFUSED_LEAST && wrong > filled * REFUSED_SHARE;
      if (!isWrong && !isMonthFirst) continue;
      refused.add(column.at);
      warnings.push({ code: isMonthFirst ? 'monthFirst' : 'columnRefused', column: column.title });
    }
  }
  return refused;
}

/** `3/25/2026`: a date only with the month first, so the whole column may have been written that way. */
function fitsMonthFirst(text: string): boolean {
  const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: |,|$)/.exec(text);
  if (!found) return false;
  const [month, date, year] = found.slice(1).map(Number) as [number, number, number];
  return makeDay(year, date, month) === null && makeDay(year, month, date) !== null;
}
