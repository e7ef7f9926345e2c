/**
 * From what was pointed at to ways of finding it again: the header's text first, then the label beside it, then a class
 * that names the column. Never a position. Each way is tried on the page's rows before it is offered.
 */
import { locate, readField } from '../../adapters/engine/locate.ts';
import { cellUnder, headerTexts, newTables } from '../../adapters/engine/table.ts';
import { clean, linesOf, textOf } from '../../adapters/engine/text.ts';
import type { Locator, Pack, PageType } from '../../adapters/pack.ts';
import { fold } from '../../domain/vocabulary.ts';
import type { Offer } from '../protocol.ts';
import { plainHeader, rowsOf, TABLE } from './inspect.ts';
import { lexiconOf } from './lexicon.ts';
import { isPlainLabel } from './names.ts';

const HEAD_CELL = 'th, mat-header-cell, [role="columnheader"]';
const CELL = 'td, mat-cell, [role="cell"], [role="gridcell"]';
/** Classes of looks and of frameworks: they stand on every cell. */
const PLAIN =
  /^(?:(?:ant|mat|cdk|ng|mdc|p|el|v|q)-(?:table|cell|row|header|star|untouched|pristine|valid|element).*|text-.*|col(?:-.*)?|row|cell|left|right|center|odd|even|active|selected|sorting.*|d-.*|[mp][trblxy]?-\d+)$/;
const FRAGILE = /_ng|-c\d{1,4}$|\d{2,}|^(?:css|sc|emotion|jss)-/;

/** The ways to find the field where the person pointed; empty when there is none that is safe. */
export function offersFor(
  target: Element,
  document: Document,
  pack: Pack,
  page: PageType,
  field: string,
): Offer[] {
  const { rows } = rowsOf(page, document);
  const found: Omit<Offer, 'read' | 'rows'>[] = [];
  const header = headerOf(target);
  if (header !== null) found.push({ kind: 'header', text: header, locator: { header: [header] } });
  const row = rows.find((one) => one.contains(target)) ?? null;
  if (row !== null) {
    for (const label of labelsOf(target, row, lexiconOf(pack).texts))
      found.push({ kind: 'label', text: label, locator: { label: [label] } });
  }
  const css = classOf(target, row, rows);
  if (css !== null) found.push({ kind: 'css', text: css, locator: { css } });
  return found.map((one) => ({ ...one, ...tried(one.locator, rows, pack, page, field) }));
}

/** What a header text chosen from the list would yield. */
export function offerOfHeader(
  text: string,
  document: Document,
  pack: Pack,
  page: PageType,
  field: string,
): Offer[] {
  const { rows } = rowsOf(page, document);
  const locator: Locator = { header: [text] };
  return [{ kind: 'header', text, locator, ...tried(locator, rows, pack, page, field) }];
}

function tried(
  locator: Locator,
  rows: readonly Element[],
  pack: Pack,
  page: PageType,
  name: string,
): { read: number; rows: number } {
  const field = page.fields[name];
  if (!field) return { read: 0, rows: rows.length };
  const tables = newTables();
  const only = { ...field, from: [withLine(locator, field.from)] };
  const read = rows.filter((row) => readField(row, only, pack.vocabulary, tables) !== null).length;
  return { read, rows: rows.length };
}

/** Where the field's own locators of this kind read only the n-th line, or with an expression, the new text joins one of them. */
function withLine(locator: Locator, from: readonly Locator[]): Locator {
  const like = from.find((one) =>
    'header' in locator ? 'header' in one : 'label' in locator ? 'label' in one : false,
  );
  return like ? { ...like, ...locator } : locator;
}

/** The header of the column that holds the element, through the engine's own mapping. */
function headerOf(target: Element): string | null {
  const table = target.closest(TABLE);
  if (!table) return null;
  const places = [table, ...[1, 2, 3].map((up) => ancestor(table, up))].filter((one) => one !== null);
  const tables = places
    .flatMap((place) => [...(place.matches(TABLE) ? [place] : []), ...place.querySelectorAll(TABLE)])
    .slice(0, 20);
  const cell = target.closest(`${HEAD_CELL}, ${CELL}`);
  const row = cell?.parentElement;
  if (!cell || !row) return null;
  const own = textOf(cell, 80);
  if (headerTexts(table).includes(own)) return plainHeader(own);
  const maps = newTables();
  for (const text of new Set(tables.flatMap(headerTexts))) {
    const header = plainHeader(text);
    if (header !== null && cellUnder(row, [header], maps) === cell) return header;
  }
  return null;
}

function ancestor(element: Element, up: number): Element | null {
  let found: Element | null = element;
  for (let n = 0; n < up && found; n += 1) found = found.parentElement;
  return found;
}

/** Elements made to name what stands beside them. */
const NAMING = 'label, dt, th, legend, [class*="label"], [class*="Label"], [class*="caption"]';

/**
 * Labels that stand for what was pointed at: itself, what is before it, or what is before the colon. Only what the page
 * itself marks as a label, by an element or a colon, or what the pack knows: any other text may be somebody's data.
 */
function labelsOf(target: Element, row: Element, texts: ReadonlySet<string>): string[] {
  const before = target.previousElementSibling;
  const above = target.parentElement?.previousElementSibling ?? null;
  const marked = [target, before, above].flatMap((element) => {
    const text = element ? (linesOf(element)[0] ?? '') : '';
    const isNaming = element?.closest(NAMING) != null || texts.has(fold(text));
    return [beforeColon(text), ...(isNaming ? [text] : [])];
  });
  const tables = newTables();
  const labels = [...marked, beforeColon(textOf(target.parentElement ?? target, 200))]
    .map((text) => clean(text).replace(/\s*[:*]+$/, ''))
    .filter((text) => isPlainLabel(text));
  return [...new Set(labels)].filter((label) => {
    const found = locate(row, { label: [label] }, tables);
    return found !== null && 'texts' in found && found.texts.some((text) => text !== '' && text !== label);
  });
}

const beforeColon = (text: string) => (text.includes(':') ? text.slice(0, text.indexOf(':')) : '');

/** A class that stands on one place of every row and says what is there (`mat-column-code`, `td_ngay_van_ban`). */
function classOf(target: Element, row: Element | null, rows: readonly Element[]): string | null {
  const start = row ?? null;
  const head = target.closest(HEAD_CELL);
  for (
    let element: Element | null = head ?? target;
    element && element !== start;
    element = element.parentElement
  ) {
    // Angular's own names of columns before the others that stand beside them.
    const names = [...element.classList].sort(
      (a, b) => Number(b.startsWith('mat-column-')) - Number(a.startsWith('mat-column-')),
    );
    for (const name of names) {
      if (
        PLAIN.test(name) ||
        FRAGILE.test(name) ||
        !/^[A-Za-z][\w-]{3,50}$/.test(name) ||
        !/[-_A-Z]/.test(name)
      )
        continue;
      const css = `.${name}`;
      const on = rows.filter((one) => one.querySelectorAll(css).length === 1).length;
      if (rows.length > 0 && on >= rows.length * 0.8) return css;
    }
    if (element === head || element.matches(CELL)) break;
  }
  return null;
}
