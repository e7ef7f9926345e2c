/**
 * Columns by their visible header text. Spans are expanded; the header and the body must line up, and the column
 * that should hold the code must hold it, or the mapping is refused: a shifted column is worse than none.
 */
import { fold } from '../../domain/vocabulary.ts';
import { textOf } from './text.ts';
import { isVisible } from './visible.ts';

const CELL = 'td, th, mat-cell, [role="cell"], [role="gridcell"]';
const HEAD_CELL = 'th, mat-header-cell, [role="columnheader"]';
const HEAD_ROW = 'tr, mat-header-row, [role="row"]';
const MAX_COLUMNS = 80;

/** Header text (folded) to column, -1 when two columns share it. */
type Columns = ReadonlyMap<string, number>;
interface Grid {
  readonly columns: Columns;
  /** Names of the columns in the build's own classes (`mat-column-code`), where there are any. */
  readonly names: readonly (string | null)[];
  readonly width: number;
  readonly hidden: readonly boolean[];
}

/** Header maps of one scan, one per table. Make a new one for every scan. */
export interface Tables {
  readonly grids: Map<Element, Grid | null>;
  readonly aligned: Map<Element, boolean>;
}

export function newTables(): Tables {
  return { grids: new Map(), aligned: new Map() };
}

const spanOf = (cell: Element, name: 'colspan' | 'rowspan') =>
  Math.min(MAX_COLUMNS, Math.max(1, Number.parseInt(cell.getAttribute(name) ?? '1', 10) || 1));

const cellsOf = (row: Element) => [...row.children].filter((cell) => cell.matches(`${CELL}, ${HEAD_CELL}`));

/** Lays rows out as a grid, spans expanded: `grid[row][column]` is the covering cell. */
function layOut(rows: readonly Element[]): Element[][] {
  const grid: Element[][] = rows.map(() => []);
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of cellsOf(row)) {
      while (grid[y]![x]) x += 1;
      const width = spanOf(cell, 'colspan');
      const height = Math.min(spanOf(cell, 'rowspan'), rows.length - y);
      for (let dy = 0; dy < height; dy += 1) {
        for (let dx = 0; dx < width && x + dx < MAX_COLUMNS; dx += 1) grid[y + dy]![x + dx] = cell;
      }
      x += width;
    }
  });
  return grid;
}

/** The element that holds the row's header: its table, or the only other table near it (antd's fixed header). */
function headerRows(row: Element): Element[] {
  const table = row.closest('table, mat-table, [role="table"], [role="grid"]');
  if (!table) return [];
  const own = [...table.querySelectorAll(HEAD_ROW)].filter(
    (one) => one.closest('table, mat-table, [role="table"], [role="grid"]') === table && isHeader(one),
  );
  if (own.length > 0) return own.slice(0, 4);
  let around = table.parentElement;
  for (let step = 0; around && step < 3; step += 1, around = around.parentElement) {
    const others = [...around.querySelectorAll('table')].filter(
      (one) => one !== table && one.querySelector('th'),
    );
    if (others.length > 1) return [];
    if (others[0]) return [...others[0].querySelectorAll('tr')].filter(isHeader).slice(0, 4);
  }
  return [];
}

function isHeader(row: Element): boolean {
  const cells = cellsOf(row);
  return cells.length > 0 && cells.every((cell) => cell.matches(HEAD_CELL));
}

const nameOf = (cell: Element) => /(?:^|\s)mat-column-([\w-]+)/.exec(cell.className)?.[1] ?? null;

function gridOf(row: Element): Grid | null {
  const head = headerRows(row);
  if (head.length === 0) return null;
  const rows = layOut(head);
  const width = Math.max(...rows.map((cells) => cells.length));
  const columns = new Map<string, number>();
  const hidden: boolean[] = [];
  const names: (string | null)[] = [];
  for (let x = 0; x < width; x += 1) {
    const stack = rows.map((cells) => cells[x]).filter((cell) => cell !== undefined);
    const leaf = stack.at(-1);
    hidden.push(leaf !== undefined && !isVisible(leaf));
    names.push(leaf ? nameOf(leaf) : null);
    for (const cell of new Set(stack)) {
      if (cell !== leaf && spanOf(cell, 'colspan') > 1) continue;
      const name = fold(textOf(cell, 200));
      if (name) columns.set(name, columns.has(name) && columns.get(name) !== x ? -1 : x);
    }
  }
  return { columns, names, width, hidden };
}

/** The row's cells laid out, with what row spans above it carry down. */
function rowCells(row: Element): Element[] {
  const parent = row.parentElement;
  if (!parent?.querySelector(':scope > * > [rowspan]')) return layOut([row])[0]!;
  const rows = [...parent.children].filter((one) => cellsOf(one).length > 0);
  return layOut(rows)[rows.indexOf(row)] ?? [];
}

/** Header and body have the same width, hidden columns and column names; a blank header over the scroll bar is forgiven. */
function linesUp(grid: Grid, cells: readonly Element[]): boolean {
  const width = cells.length;
  if (grid.width === width + 1 && [...grid.columns.values()].includes(width)) return false;
  return cells.every((cell, x) => {
    const name = nameOf(cell);
    const isNamed = name === null || grid.names[x] === null || grid.names[x] === name;
    return isNamed && isVisible(cell) !== grid.hidden[x];
  });
}

function alignedGrid(row: Element, tables: Tables): { grid: Grid; cells: Element[] } | null {
  const table = row.closest('table, mat-table, [role="table"], [role="grid"]');
  if (!table) return null;
  let grid = tables.grids.get(table);
  if (grid === undefined) {
    grid = gridOf(row);
    tables.grids.set(table, grid);
  }
  if (!grid) return null;
  const cells = rowCells(row);
  if (cells.length !== grid.width && cells.length !== grid.width - 1) return null;
  let isAligned = tables.aligned.get(table);
  if (isAligned === undefined) {
    isAligned = linesUp(grid, cells);
    tables.aligned.set(table, isAligned);
  }
  return isAligned ? { grid, cells } : null;
}

/** True when the header map of this row's table was refused though it has headers. */
export function isRefused(row: Element, tables: Tables): boolean {
  const table = row.closest('table, mat-table, [role="table"], [role="grid"]');
  return table !== null && tables.grids.get(table) != null && tables.aligned.get(table) === false;
}

/** The cell under the first of these headers, or null: no such header, two of them, or columns that do not line up. */
export function cellUnder(row: Element, headers: readonly string[], tables: Tables): Element | null {
  const found = alignedGrid(row, tables);
  if (!found) return null;
  for (const header of headers) {
    const column = found.grid.columns.get(fold(header));
    if (column !== undefined && column >= 0) return found.cells[column] ?? null;
  }
  return null;
}

/**
 * The anchor check: what the header says must not contradict what its cell holds (a name in a date column). On a
 * contradiction the table's mapping is refused for the rest of the scan. Returns false then.
 */
export function checkAnchor(
  row: Element,
  headers: readonly string[],
  holds: (cell: Element) => boolean,
  tables: Tables,
): boolean {
  const cell = cellUnder(row, headers, tables);
  if (!cell || holds(cell)) return true;
  const table = row.closest('table, mat-table, [role="table"], [role="grid"]');
  if (table) tables.aligned.set(table, false);
  return false;
}

/** How many of these headers some visible header row of the root shows. */
export function countHeaders(root: Document | Element, headers: readonly string[]): number {
  const shown = new Set<string>();
  for (const cell of [...root.querySelectorAll(HEAD_CELL)].slice(0, 400)) {
    const name = fold(textOf(cell, 200));
    if (name && isVisible(cell)) shown.add(name);
  }
  return headers.filter((header) => header.split('|').some((one) => shown.has(fold(one)))).length;
}
