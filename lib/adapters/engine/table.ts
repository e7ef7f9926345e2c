/**
 * Columns by their visible header text. Spans are expanded; the header and the body must line up, and the column
 * that should hold the code must hold it, or the mapping is refused: a shifted column is worse than none.
 */
import { fold } from '../../domain/vocabulary.ts';
import { clean, foldOnce, textOf } from './text.ts';
import { isVisible } from './visible.ts';

const HEAD_CELL = 'th, mat-header-cell, [role="columnheader"]';
const ANY_CELL = `td, mat-cell, [role="cell"], [role="gridcell"], ${HEAD_CELL}`;
const HEAD_ROW = 'tr, mat-header-row, [role="row"]';
const TABLE = 'table, mat-table, [role="table"], [role="grid"]';
const MAX_COLUMNS = 80;
const MAX_SPAN = 10_000;
/** A header stands among the first rows of its table, and has at most so many levels. */
const MOST_HEAD = 24;
const MOST_LEVELS = 8;
/** `1`, `(3)`, `3=4+5+6`: the row of column numbers under the header of a form. */
const NUMBERING = /^\(?[\d][\d\s()=+\-*/:.%]*$/;

/** Header text (folded) to column, -1 when two columns share it. */
type Columns = ReadonlyMap<string, number>;
interface Grid {
  readonly columns: Columns;
  /** Names of the columns in the build's own classes (`mat-column-code`), where there are any. */
  readonly names: readonly (string | null)[];
  readonly width: number;
  readonly hidden: readonly boolean[];
  /** The header's rows and their text when the map was made. */
  readonly head: readonly Element[];
  readonly signature: string;
  /** The column of the headers asked for so far, -1 for none. */
  readonly asked: Map<readonly string[], number>;
}

/** Header maps and laid-out rows of one scan; valid while the page does not run, see {@link freshen}. */
export interface Tables {
  readonly grids: Map<Element, Grid | null>;
  readonly aligned: Map<Element, boolean>;
  readonly cells: Map<Element, readonly Element[]>;
  readonly bodies: Map<Element, Body>;
  /** The row asked about last: a row is asked about once per field. */
  last: RowPlace | null;
  /** The element that the field asked about last was read in; null when it was not found, or not in an element's text. */
  read: Element | null;
  /** Rises whenever the page may have run since. */
  turn: number;
}

/** Rows of one parent are laid out in their order; null: no cell spans rows, each row stands for itself. */
type Body = { next: Element | null; readonly carried: (Carried | undefined)[] } | null;
interface Carried {
  readonly cell: Element;
  left: number;
}

interface RowPlace {
  readonly row: Element;
  readonly table: Element | null;
  readonly cells: readonly Element[];
  /** The header map where this row's cells stand under it, else null; undefined before it was asked for. */
  grid?: Grid | null;
}

export function newTables(): Tables {
  return {
    grids: new Map(),
    aligned: new Map(),
    cells: new Map(),
    bodies: new Map(),
    last: null,
    read: null,
    turn: 0,
  };
}

const signatureOf = (head: readonly Element[]) => head.map((row) => row.textContent).join('|');

/** Forgets the header maps that the page has changed since; a mapping once refused stays refused. */
export function freshen(tables: Tables): void {
  tables.last = null;
  tables.read = null;
  tables.turn += 1;
  for (const [table, grid] of tables.grids) {
    if (grid?.head.every((row) => row.isConnected) && signatureOf(grid.head) === grid.signature) continue;
    tables.grids.delete(table);
    if (tables.aligned.get(table)) tables.aligned.delete(table);
  }
}

const spanOf = (cell: Element, name: 'colspan' | 'rowspan') => {
  const span = cell.getAttribute(name);
  return span === null ? 1 : Math.min(MAX_SPAN, Math.max(1, Number.parseInt(span, 10) || 1));
};

const isCell = (element: Element) => /^T[DH]$/i.test(element.tagName) || element.matches(ANY_CELL);

/** The cells of a row in order. One step from each to the next: a live collection costs more than all of them. */
function cellsOf(row: Element): Element[] {
  const cells: Element[] = [];
  for (let at = row.firstElementChild; at; at = at.nextElementSibling) if (isCell(at)) cells.push(at);
  return cells;
}

/** True for a cell over several columns: a heading over the row, not a value of one column. */
export const isWide = (cell: Element) => spanOf(cell, 'colspan') > 1;

/** The cell of every column of the next row, with what the rows above carry down. */
function layOut(row: Element, carried: (Carried | undefined)[]): Element[] {
  const laid: Element[] = [];
  carried.forEach((one, x) => {
    if (!one || one.left === 0) return;
    laid[x] = one.cell;
    one.left -= 1;
  });
  let x = 0;
  for (const cell of cellsOf(row)) {
    while (laid[x]) x += 1;
    const width = spanOf(cell, 'colspan');
    const height = spanOf(cell, 'rowspan');
    for (let dx = 0; dx < width && x + dx < MAX_COLUMNS; dx += 1) {
      laid[x + dx] = cell;
      if (height > 1) carried[x + dx] = { cell, left: height - 1 };
    }
    x += width;
  }
  return laid;
}

/** The first elements of a list that may be long. */
function firstOf(list: ArrayLike<Element>, most: number): Element[] {
  const found: Element[] = [];
  for (let one = list[0]; one !== undefined && found.length < most; one = list[found.length]) found.push(one);
  return found;
}

const ownTable = (element: Element) => element.closest(TABLE);

/** Rows that name columns: of header cells, else in the table's head, else from the cell "STT" down (host-pages-2 §6.3). */
function namingRows(table: Element): Element[] {
  const { rows } = table as Partial<HTMLTableElement>;
  // A table finds its rows itself, and only as far as they are asked for; how many there are is not asked.
  const first = rows?.[0]
    ? firstOf(rows, MOST_HEAD)
    : firstOf(table.querySelectorAll(HEAD_ROW), MOST_HEAD).filter((row) => ownTable(row) === table);
  const heads = first.filter(isHeader);
  if (heads.length > 0) return heads;
  const inHead = first.filter((row) => row.closest('thead'));
  if (inHead.length > 0) return inHead;
  const at = first.findIndex((row) => cellsOf(row).some((cell) => /^s?tt$/.test(fold(textOf(cell, 20)))));
  if (at < 0) return [];
  const anchor = cellsOf(first[at]!).find((cell) => /^s?tt$/.test(fold(textOf(cell, 20))))!;
  return first.slice(at, at + spanOf(anchor, 'rowspan'));
}

/** A title over the whole width and the row of column numbers name nothing. */
function isNaming(row: Element, _: number, all: readonly Element[]): boolean {
  const cells = cellsOf(row);
  if (cells.length === 1 && all.length > 1 && isWide(cells[0]!)) return false;
  const texts = cells.map((cell) => clean(textOf(cell, 40))).filter((text) => text !== '');
  return texts.length === 0 || !texts.every((text) => NUMBERING.test(text));
}

/** The row's header rows: of its table, or of the only other table near it (antd's fixed header). */
function headerRows(row: Element): Element[] {
  const table = ownTable(row);
  if (!table) return [];
  const own = namingRows(table);
  if (own.length > 0) return own.slice(0, MOST_LEVELS).filter(isNaming);
  let around = table.parentElement;
  for (let step = 0; around && step < 3; step += 1, around = around.parentElement) {
    const others = [...around.querySelectorAll('table')].filter(
      (one) => one !== table && one.querySelector('th'),
    );
    if (others.length > 1) return [];
    if (others[0])
      return [...others[0].querySelectorAll('tr')].filter(isHeader).slice(0, MOST_LEVELS).filter(isNaming);
  }
  return [];
}

function isHeader(row: Element): boolean {
  let hasCells = false;
  for (let cell = row.firstElementChild; cell; cell = cell.nextElementSibling) {
    if (!isCell(cell)) continue;
    if (!cell.matches(HEAD_CELL)) return false;
    hasCells = true;
  }
  return hasCells;
}

/** At most so many of the rows below a table's header. */
export function tableRows(table: Element, most: number): Element[] {
  const heads = new Set(namingRows(table));
  return [...table.querySelectorAll('tr, mat-row, [role="row"]')]
    .slice(0, most + MOST_HEAD)
    .filter((row) => ownTable(row) === table && !heads.has(row) && cellsOf(row).length > 0)
    .slice(0, most);
}

/** The texts of the header cells of this table, lowest level only, in order; for hints to people. */
export function headerTexts(table: Element): string[] {
  const carried: (Carried | undefined)[] = [];
  const rows = namingRows(table).slice(0, MOST_LEVELS).filter(isNaming);
  const leaves = rows.map((row) => layOut(row, carried)).at(-1) ?? [];
  return [...new Set(leaves)].map((cell) => textOf(cell, 80));
}

const nameOf = (cell: Element) => /(?:^|\s)mat-column-([\w-]+)/.exec(cell.className)?.[1] ?? null;

/** Header text, folded, without the raised figures of footnotes. */
const titleOf = (cell: Element) =>
  foldOnce(textOf(cell, 200).replace(/[\u00b2\u00b3\u00b9\u2070-\u2079]/g, ''));

/** A header as a pack writes it, a path through its levels included: `Đã giải quyết > Quá hạn`. */
const folded = new Map<string, string>();
function keyOf(header: string): string {
  let key = folded.get(header);
  if (key === undefined) {
    key = header.split('>').map(fold).join(' > ');
    folded.set(header, key);
  }
  return key;
}

/** Every way to name a column by two or more of its levels, top to bottom, ending in its own. */
function pathsOf(levels: readonly string[]): string[] {
  const leaf = levels.at(-1);
  if (leaf === undefined) return [];
  let heads: string[][] = [[]];
  for (const level of levels.slice(0, -1)) heads = heads.flatMap((head) => [head, [...head, level]]);
  return heads.filter((head) => head.length > 0).map((head) => [...head, leaf].join(' > '));
}

function gridOf(row: Element): Grid | null {
  const head = headerRows(row);
  if (head.length === 0) return null;
  const carried: (Carried | undefined)[] = [];
  const rows = head.map((one) => layOut(one, carried));
  const width = Math.max(...rows.map((cells) => cells.length));
  const columns = new Map<string, number>();
  const hidden: boolean[] = [];
  const names: (string | null)[] = [];
  const put = (name: string, x: number) => {
    if (name) columns.set(name, columns.has(name) && columns.get(name) !== x ? -1 : x);
  };
  for (let x = 0; x < width; x += 1) {
    const stack = [...new Set(rows.map((cells) => cells[x]).filter((cell) => cell !== undefined))];
    const leaf = stack.at(-1);
    hidden.push(leaf !== undefined && !isVisible(leaf));
    names.push(leaf ? nameOf(leaf) : null);
    const titles = stack.map(titleOf);
    stack.forEach((cell, level) => {
      if (cell === leaf || !isWide(cell)) put(titles[level]!, x);
    });
    if (stack.length > 1) for (const path of pathsOf(titles.filter((title) => title !== ''))) put(path, x);
  }
  return { columns, names, width, hidden, head, signature: signatureOf(head), asked: new Map() };
}

function bodyOf(parent: Element): Body {
  const isSpanned = parent.querySelector(':scope > * > [rowspan]:not([rowspan="1"])') !== null;
  return isSpanned ? { next: parent.firstElementChild, carried: [] } : null;
}

/** The row's cells where each is of one column, as in most rows; else null. */
function plainCells(row: Element): readonly Element[] | null {
  return row.querySelector(':scope > [colspan]') === null ? cellsOf(row) : null;
}

/** The row's cells laid out, with what row spans above it carry down; rows asked for in their order cost one step each. */
function rowCells(row: Element, tables: Tables): readonly Element[] {
  const parent = row.parentElement;
  let body = parent ? tables.bodies.get(parent) : null;
  if (body === undefined) {
    body = bodyOf(parent!);
    tables.bodies.set(parent!, body);
  }
  if (body === null) return plainCells(row) ?? layOut(row, []);
  for (let at = body.next; at && !tables.cells.has(row); at = at.nextElementSibling) {
    if (cellsOf(at).length > 0) tables.cells.set(at, layOut(at, body.carried));
    body.next = at.nextElementSibling;
  }
  return tables.cells.get(row) ?? [];
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

function placeOf(row: Element, tables: Tables): RowPlace {
  if (tables.last?.row === row) return tables.last;
  const table = ownTable(row);
  const cells = table ? rowCells(row, tables) : [];
  tables.last = { row, table, cells };
  return tables.last;
}

function alignedGrid({ row, table, cells }: RowPlace, tables: Tables): Grid | null {
  if (!table) return null;
  let grid = tables.grids.get(table);
  if (grid === undefined) {
    grid = gridOf(row);
    tables.grids.set(table, grid);
  }
  const width = cells.length;
  if (!grid || (width !== grid.width && width !== grid.width - 1)) return null;
  let isAligned = tables.aligned.get(table);
  if (isAligned === undefined) {
    isAligned = linesUp(grid, cells);
    tables.aligned.set(table, isAligned);
  }
  return isAligned ? grid : null;
}

/** True when the header map of this row's table was refused though it has headers. */
export function isRefused(row: Element, tables: Tables): boolean {
  const { table } = placeOf(row, tables);
  return table !== null && tables.grids.get(table) != null && tables.aligned.get(table) === false;
}

/** The cell under the first of these headers, or null: no such header, two of them, or columns that do not line up. */
export function cellUnder(row: Element, headers: readonly string[], tables: Tables): Element | null {
  const place = placeOf(row, tables);
  if (place.grid === undefined) place.grid = alignedGrid(place, tables);
  if (!place.grid) return null;
  const column = columnOf(place.grid, headers);
  return column >= 0 ? (place.cells[column] ?? null) : null;
}

function columnOf({ asked, columns }: Grid, headers: readonly string[]): number {
  let column = asked.get(headers);
  if (column === undefined) {
    column = headers.map((header) => columns.get(keyOf(header)) ?? -1).find((one) => one >= 0) ?? -1;
    asked.set(headers, column);
  }
  return column;
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
  const place = placeOf(row, tables);
  if (place.table) tables.aligned.set(place.table, false);
  place.grid = null;
  return false;
}

/** The cells that may name columns on this page: header cells, and where a table has none, its head or its row "STT". */
function headCells(root: Document | Element): Element[] {
  const cells = [...root.querySelectorAll(HEAD_CELL)].slice(0, 400);
  const tables = [...root.querySelectorAll('table')]
    .slice(0, 40)
    .filter((table) => !table.querySelector('th'));
  return [...cells, ...tables.flatMap((table) => namingRows(table).flatMap(cellsOf))];
}

/** How many of these headers some visible header row of the root shows; a path counts by its last level. */
export function countHeaders(root: Document | Element, headers: readonly string[]): number {
  const shown = new Set<string>();
  for (const cell of headCells(root)) {
    const name = titleOf(cell);
    if (name && isVisible(cell)) shown.add(name);
  }
  return headers.filter((header) => header.split('|').some((one) => shown.has(keyOf(one.split('>').at(-1)!))))
    .length;
}
