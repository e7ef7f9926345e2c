/**
 * The tables of an HTML page that a portal calls `.xls`. The page is parsed as an inert document (no script runs, nothing
 * is loaded) and only its tables are read; spans become merged cells.
 */
import type { Cell, Grid, Merge } from '../../adapters/table-file/index.ts';
import { decoderOf } from './kind.ts';
import { refusal } from './refusal.ts';

const MAX_TABLES = 50;
/** A table of so few rows may be the title of the next. */
const TITLE_ROWS = 12;
const MAX_SPAN = 1_000;
const MAX_CELLS = 4_000_000;
const SKIP = /^(?:SCRIPT|STYLE|TEMPLATE|NOSCRIPT|TITLE)$/;
const BREAK = /^(?:BR|P|DIV|LI|TR|TABLE)$/;

/** Parses text to a document that never runs anything; the page that calls brings it (DOMParser). */
export type ParseHtml = (html: string) => Document;

/** Text of the page in the encoding that it declares. @throws FileRefusal */
export function htmlText(bytes: Uint8Array): string {
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, 4096));
  const declared = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]{2,20})/i.exec(start)?.[1] ?? null;
  try {
    return decoderOf(bytes, declared).decode(bytes);
  } catch {
    throw refusal('encoding');
  }
}

/** One grid per table that has no table inside, with the lines above the first as rows of their own. @throws FileRefusal */
export function readHtml(html: string, parse: ParseHtml): Grid[] {
  const root = parse(html);
  const tables = [...root.querySelectorAll('table')].filter((table) => !table.querySelector('table'));
  if (tables.length === 0) throw refusal('noTable');
  const above = linesAbove(root, tables[0]!);
  const grids = tables.slice(0, MAX_TABLES).map((table, at) => {
    const before = tables[at - 1];
    return gridOf(table, before === undefined ? above : titleIn(before));
  });
  return grids.filter(({ rows }) => rows.length > 0);
}

/** Titles that stand before the first table, for the period and the unit. */
function linesAbove(root: Document, first: Element): string[] {
  const lines: string[] = [];
  const blocks = root.querySelectorAll('p, div, h1, h2, h3, h4, h5, center, span, td');
  for (const block of blocks) {
    if (block.contains(first) || block.querySelector('p, div, table')) continue;
    if (!(block.compareDocumentPosition(first) & 4) || lines.length >= 20) break;
    lines.push(
      ...textIn(block)
        .split('\n')
        .filter((line) => line.trim() !== ''),
    );
  }
  return lines.slice(0, 20);
}

/** A short table before a table is its title. */
function titleIn(table: Element): string[] {
  const rows = [...table.querySelectorAll('tr')];
  return rows.length > TITLE_ROWS
    ? []
    : rows.flatMap((row) => [...row.children].map(textIn)).flatMap((text) => text.split('\n'));
}

function gridOf(table: Element, above: readonly string[]): Grid {
  const rows: Cell[][] = above.map((line) => [line]);
  const merges: Merge[] = [];
  const taken = new Map<number, Set<number>>();
  const takenIn = (y: number) => {
    const line = taken.get(y) ?? new Set<number>();
    taken.set(y, line);
    return line;
  };
  let cells = 0;
  for (const row of table.querySelectorAll('tr')) {
    const y = rows.length;
    const own: Cell[] = [];
    const used = takenIn(y);
    let x = 0;
    for (const cell of row.children) {
      if (!/^T[DH]$/i.test(cell.tagName)) continue;
      while (used.has(x)) x += 1;
      const width = spanOf(cell, 'colspan');
      const height = spanOf(cell, 'rowspan');
      cells += width * height;
      if (cells > MAX_CELLS) throw refusal('tooWide');
      while (own.length < x) own.push(null);
      own[x] = textIn(cell) || null;
      if (width > 1 || height > 1)
        merges.push({ top: y, left: x, bottom: y + height - 1, right: x + width - 1 });
      for (let dy = 0; dy < height; dy += 1) {
        const line = takenIn(y + dy);
        for (let dx = 0; dx < width; dx += 1) line.add(x + dx);
      }
      x += width;
    }
    rows.push(own);
  }
  return { name: '', rows, merges };
}

function spanOf(cell: Element, name: 'colspan' | 'rowspan'): number {
  const span = Number.parseInt(cell.getAttribute(name) ?? '1', 10);
  return Number.isFinite(span) ? Math.min(MAX_SPAN, Math.max(1, span)) : 1;
}

/** Text with a line end where the page breaks lines; white space of the source is one space. */
function textIn(root: Element): string {
  const parts: string[] = [];
  const walk = (node: Node) => {
    if (node.nodeType === 3) parts.push((node.nodeValue ?? '').replace(/\s+/g, ' '));
    if (node.nodeType !== 1 || SKIP.test((node as Element).tagName.toUpperCase())) return;
    const isBreak = BREAK.test((node as Element).tagName.toUpperCase());
    if (isBreak) parts.push('\n');
    for (const child of node.childNodes) walk(child);
    if (isBreak) parts.push('\n');
  };
  for (const child of root.childNodes) walk(child);
  return parts
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, 4_000);
}
