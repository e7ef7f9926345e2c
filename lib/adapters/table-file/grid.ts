/** A plain grid of cells, whatever kind of file it came from. Types and small readers; nothing here touches a file. */
import { fold } from '../../domain/vocabulary.ts';
import { clean } from '../engine/text.ts';

/** Text as printed (dates as `dd/MM/yyyy HH:mm`, lines parted by `\n`), a number, or nothing. */
export type Cell = string | number | null;

/** One block of merged cells, corners included, counted from 0. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Grid {
  /** Name of the sheet; '' where the file has none. */
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  /** What is merged; null where the format cannot tell (CSV), so an empty cell may be the rest of a merged one. */
  readonly merges: readonly Merge[] | null;
  /** Number of each row in the file, from 1, where it is not its place here plus one (CSV: the line it begins on). */
  readonly numbers?: readonly number[] | undefined;
}

/** Widest table that is read; what stands further right is reported, not read. */
export const MAX_COLUMNS = 200;
/** Rows of a table before its header that are looked at. */
export const HEAD_ROWS = 80;

/** A list of more rows is read up to here; the rest is said to be left. */
export const MAX_ROWS = 200_000;

/** The number people know a row by. */
export function numberOf(grid: Grid, row: number): number {
  return grid.numbers?.[row] ?? row + 1;
}

/** Raised digits mark notes; normalising would make them part of the number or code they follow. */
const RAISED = /[\u00b2\u00b3\u00b9\u2070-\u209f]/g;
/** Single words and spaced words of plain letters need no work: most cells of a long list. */
const PLAIN = /^(?:[!-~]+(?: [!-~]+)*)?$/;
const plainText = (text: string) =>
  PLAIN.test(text) ? text : clean(text.replace(RAISED, '').normalize('NFKC'));

/** True for a cell without a visible character. */
export function isBlank(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === 'string' && textOf(cell) === '');
}

/** The text of a cell in one line: NFKC (full-width digits), single spaces, no invisible marks. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'number' ? String(cell) : plainText(cell);
}

/** The clean lines of a cell, empty ones dropped. */
export function linesOf(cell: Cell | undefined): string[] {
  if (typeof cell !== 'string') return cell === null || cell === undefined ? [] : [String(cell)];
  return cell
    .split(/\r\n|\r|\n/)
    .map(plainText)
    .filter((line) => line !== '');
}

/** The merged cells of a grid, by row. */
export interface Merges {
  readonly at: (row: number, column: number) => Merge | null;
  readonly inRow: (row: number) => readonly Merge[];
}

/** Build once per grid. */
export function mergesOf(grid: Grid): Merges {
  const rows = new Map<number, Merge[]>();
  for (const merge of grid.merges ?? []) {
    for (let row = merge.top; row <= Math.min(merge.bottom, grid.rows.length - 1); row += 1) {
      const known = rows.get(row);
      if (known) known.push(merge);
      else rows.set(row, [merge]);
    }
  }
  const inRow = (row: number) => rows.get(row) ?? [];
  return {
    inRow,
    at: (row, column) => inRow(row).find((one) => column >= one.left && column <= one.right) ?? null,
  };
}

/** The row's own cells with what merged cells carry down and right; `carried` marks what began in a row above. */
export function rowCells(
  grid: Grid,
  row: number,
  merges: Merges,
): { readonly cells: readonly Cell[]; readonly carried: ReadonlySet<number> } {
  const cells = [...(grid.rows[row] ?? [])];
  const carried = new Set<number>();
  for (const merge of merges.inRow(row)) {
    const value = grid.rows[merge.top]?.[merge.left] ?? null;
    for (let column = merge.left; column <= Math.min(merge.right, MAX_COLUMNS - 1); column += 1) {
      while (cells.length < column) cells.push(null);
      cells[column] = value;
      if (merge.top < row) carried.add(column);
    }
  }
  return { cells, carried };
}

/** First word of a row that sums others up; it stands for no dossier and no unit. */
const SUM = /^(?:tong(?: cong| so| hop)?|cong|luy ke|trong do)(?:[ :.,(]|$)/;

/** First words of a heading over a group of units, folded. */
const GROUP = /^(?:(?:cac|khoi|cap) |(?:ubnd|uy ban nhan dan) (?:cac|cap) |so, ?ban|xa, |phuong, |huyen, )/;

/** True for a row that heads a group of units; its figures are the group's sum. */
export function isGroup(cells: readonly Cell[]): boolean {
  const words = cells.map((cell) => fold(textOf(cell))).filter((text) => /[a-z]{2}/.test(text));
  return words[0] !== undefined && GROUP.test(words[0]);
}

/** True for a row that adds others up. */
export function isSum(cells: readonly Cell[]): boolean {
  const words = cells
    .map((cell) => fold(textOf(cell)))
    .filter((text) => text !== '' && !/^[\d.,%()-]+$/.test(text));
  return words[0] !== undefined && SUM.test(words[0]);
}

/** True for the row of column numbers under a header: `(1) (2) (3)`, `1 2 3`, `A B 1 2`, `(3)=(4)+(5)`. */
export function isNumberRow(cells: readonly Cell[]): boolean {
  const first = cells.find((cell) => !isBlank(cell));
  if (!/^[([]?\w{1,3}[)\]]?$/.test(textOf(first))) return false;
  const texts = cells.map((cell) => textOf(cell).replace(/\s/g, '')).filter((text) => text !== '');
  if (texts.length < 3) return false;
  const numbers = texts.map((text) => /^[([]?(\d{1,3})[)\]]?(?:=.*)?$/.exec(text)?.[1]);
  const letters = numbers.findIndex((one) => one !== undefined);
  if (letters < 0 || letters > 2) return false;
  if (!texts.slice(0, letters).every((text) => /^[([]?[A-Za-z][)\]]?$/.test(text))) return false;
  const found = numbers.slice(letters);
  return (
    found.length >= 2 &&
    found.every((one, at) => one !== undefined && (at === 0 || Number(one) === Number(found[at - 1]) + 1)) &&
    Number(found[0]) <= 3
  );
}
