/**
 * Which column means what, by the header (host-pages-2 §6.3): the rows of the header are found by the words in them,
 * merged headers are filled forward, and the levels of a column are joined. Two columns with one name are none.
 *
 *   Mã hồ sơ │ Đã giải quyết          │      levels of the third column: Đã giải quyết, Quá hạn
 *            │ Tổng số │ Quá hạn      │
 */
import { fold } from '../../domain/vocabulary.ts';
import { type Grid, HEAD_ROWS, isNumberRow, MAX_COLUMNS, type Merges, textOf } from './grid.ts';

/** One column of the table. */
export interface Column {
  readonly at: number;
  /** Folded header texts, top down, each once. */
  readonly levels: readonly string[];
  /** The lowest header text as printed: how people find the column. */
  readonly title: string;
  /** Folded texts that name this column alone: its lowest level and the levels above that span no other. */
  readonly names: readonly string[];
}

export interface Header {
  readonly top: number;
  /** First row under the header (and under its row of numbers). */
  readonly body: number;
  readonly columns: readonly Column[];
}

const MAX_HEIGHT = 5;

/** Header texts of a block of rows, filled forward; '' where there is none. */
function filled(grid: Grid, top: number, height: number, width: number, merges: Merges): string[][] {
  const isTold = tellsMerges(grid, top, height);
  const block: string[][] = [];
  for (let level = 0; level < height; level += 1) {
    const row = top + level;
    const texts: string[] = [];
    for (let column = 0; column < width; column += 1) {
      const merge = merges.at(row, column);
      const own = textOf(
        merge ? grid.rows[Math.max(merge.top, top)]?.[merge.left] : grid.rows[row]?.[column],
      );
      texts.push(own.slice(0, 300) || (isTold ? '' : left(block, texts, level, column)));
    }
    block.push(texts);
  }
  return block;
}

/** Headings that only look merged (no merged cells in the block, or a format without them) are filled by the recipe. */
function tellsMerges(grid: Grid, top: number, height: number): boolean {
  return grid.merges?.some((one) => one.bottom >= top && one.top < top + height) ?? false;
}

/**
 * Without knowledge of merged cells an empty header cell belongs to the one on its left while both stand under the same
 * upper header. On the top level only where lower levels show that a heading spans columns, see {@link headerAt}.
 */
function left(block: readonly string[][], texts: readonly string[], level: number, column: number): string {
  if (column === 0) return '';
  const isUnderOne = block.every((above) => above[column] !== '' && above[column] === above[column - 1]);
  return level > 0 && !isUnderOne ? '' : (texts[column - 1] ?? '');
}

function widthOf(grid: Grid, top: number, height: number): number {
  let width = 0;
  for (let row = top; row < top + height + 20; row += 1) width = Math.max(width, grid.rows[row]?.length ?? 0);
  return Math.min(MAX_COLUMNS, width);
}

/** The columns of a header made of `height` rows from `top`. */
export function headerAt(grid: Grid, top: number, height: number, merges: Merges): Header {
  const width = widthOf(grid, top, height);
  const block = filled(grid, top, height, width, merges);
  if (!tellsMerges(grid, top, height)) settle(grid, block, top, width);
  const columns: Column[] = [];
  for (let at = 0; at < width; at += 1) {
    const stack = block.map((texts) => texts[at]!);
    const levels = stack.map(fold).filter((text, level, all) => text !== '' && all.indexOf(text) === level);
    if (levels.length === 0) continue;
    const names = levels.filter(
      (name, level) =>
        level === levels.length - 1 ||
        !block.some(
          (texts, row) =>
            fold(stack[row]!) === name &&
            (fold(texts[at - 1] ?? '') === name || fold(texts[at + 1] ?? '') === name),
        ),
    );
    const title = [...stack].reverse().find((text) => fold(text) === levels.at(-1)) ?? '';
    columns.push({ at, levels, title, names });
  }
  let body = top + height;
  while (isNumberRow(grid.rows[body] ?? [])) body += 1;
  return { top, body, columns };
}

/** In CSV a heading reaches right only as far as there are lower headings under it, and never into one-level columns. */
function settle(grid: Grid, block: string[][], top: number, width: number): void {
  const own = (level: number, column: number) => textOf(grid.rows[top + level]?.[column]);
  for (let column = 0; column < width; column += 1) {
    for (let level = 0; level < block.length; level += 1) {
      if (own(level, column) !== '' || block[level]![column] === '') continue;
      const hasLower = block.some((_, lower) => lower > level && own(lower, column) !== '');
      if (!hasLower) block[level]![column] = '';
    }
  }
}

/**
 * The header of a grid: the block of up to five rows whose columns score best, the shortest and then the topmost among
 * equals. Null where no block reaches `least`.
 */
export function findHeader(
  grid: Grid,
  merges: Merges,
  score: (columns: readonly Column[]) => number,
  least: number,
): Header | null {
  let best: { header: Header; points: number; height: number } | null = null;
  const last = Math.min(HEAD_ROWS, grid.rows.length);
  for (let top = 0; top < last; top += 1) {
    const filledCells = (grid.rows[top] ?? []).filter((cell) => textOf(cell) !== '').length;
    if (filledCells < 2) continue;
    for (let height = 1; height <= MAX_HEIGHT && top + height <= grid.rows.length; height += 1) {
      const header = headerAt(grid, top, height, merges);
      const points = score(header.columns);
      const isBetter =
        best === null || points > best.points || (points === best.points && height < best.height);
      if (points >= least && isBetter) best = { header, points, height };
    }
  }
  return best && deepened(grid, best.header, best.height, merges);
}

/** A header reaches down as far as its vertically merged cells do. */
function deepened(grid: Grid, header: Header, height: number, merges: Merges): Header {
  let bottom = header.top + height - 1;
  for (const { at } of header.columns) {
    const merge = merges.at(header.top, at);
    if (merge && merge.bottom < header.top + MAX_HEIGHT) bottom = Math.max(bottom, merge.bottom);
  }
  const full = bottom - header.top + 1;
  return full === height ? header : headerAt(grid, header.top, full, merges);
}

/**
 * The only column a header text or path (`Đã giải quyết > Quá hạn`) names. A path's last part is the column's lowest
 * level, its others stand above it in this order. Null: none, or more than one.
 */
export function columnNamed(columns: readonly Column[], header: string): Column | null {
  const parts = header.split('>').map(fold);
  const found = columns.filter((column) => {
    if (parts.length === 1) return column.names.includes(parts[0]!);
    if (column.levels.at(-1) !== parts.at(-1)) return false;
    let from = 0;
    for (const part of parts.slice(0, -1)) {
      const at = column.levels.slice(0, -1).indexOf(part, from);
      if (at < 0) return false;
      from = at + 1;
    }
    return true;
  });
  return found.length === 1 ? found[0]! : null;
}
