/**
 * Pages nobody wrote a pack for (host-pages §8.2-13): a table that looks like a list of dossiers is named to the person
 * who may write one. Header texts only; nothing is counted, no row leaves the page.
 */
import type { PageType } from '../pack.ts';
import type { Steps } from './steps.ts';
import { cellUnder, headerTexts, type Tables, tableRows } from './table.ts';
import { linesOf } from './text.ts';
import { codeIn } from './value.ts';
import { isVisible } from './visible.ts';

/** A table worth a look: its headers as printed, and which of the pack's fields were found among them. */
export interface Suggestion {
  readonly headers: readonly string[];
  readonly hits: readonly string[];
}

const MOST_TABLES = 20;
const MOST_ROWS = 60;
const MOST_HEADERS = 40;
const MIN_HITS = 3;
const MIN_ROWS = 2;
const DEFAULT_COVERAGE = 0.8;
/** A header is a short word; what looks like a code, a number or an address is data in the wrong place. */
const isTitle = (text: string) =>
  text !== '' && text.length <= 60 && !/\d{4}|@/.test(text) && codeIn(text) === null;

const headersOf = (page: PageType, name: string) =>
  (page.fields[name]?.from ?? []).flatMap((one) => ('header' in one ? one.header : []));

/** The best-scoring visible table, or null when none has three known headers and a column of dossier codes. */
export function* suggestIn(page: PageType, root: Document, tables: Tables): Steps<Suggestion | null> {
  let best: Suggestion | null = null;
  for (const table of [...root.querySelectorAll('table, mat-table, [role="grid"]')].slice(0, MOST_TABLES)) {
    const rows = tableRows(table, MOST_ROWS).filter(isVisible);
    yield;
    const [first] = rows;
    if (!first || rows.length < MIN_ROWS) continue;
    const hits = Object.keys(page.fields).filter(
      (name) => cellUnder(first, headersOf(page, name), tables) !== null,
    );
    if (hits.length < Math.max(MIN_HITS, (best?.hits.length ?? 0) + 1) || !hits.includes('code')) continue;
    let codes = 0;
    for (const row of rows) {
      const cell = cellUnder(row, headersOf(page, 'code'), tables);
      if (cell && linesOf(cell).some((line) => codeIn(line) !== null)) codes += 1;
      yield;
    }
    if (codes < rows.length * (page.coverage ?? DEFAULT_COVERAGE)) continue;
    best = { headers: headerTexts(table).filter(isTitle).slice(0, MOST_HEADERS), hits };
  }
  return best;
}
