/** Rows and their facts. A row either passes its required fields or is unread; nothing is guessed. */
import type { Facts } from '../../domain/entry.ts';
import { type DocumentRole, fold } from '../../domain/vocabulary.ts';
import type { Field, PageType, Vocabulary } from '../pack.ts';
import { readField } from './locate.ts';
import { checkAnchor, isRefused, type Tables } from './table.ts';
import { linesOf } from './text.ts';
import { codeIn, type Value } from './value.ts';
import { isVisible } from './visible.ts';

/** A row that was read. */
export type RowReading =
  | {
      readonly kind: 'dossier';
      readonly code: string;
      readonly otherCodes: readonly string[];
      readonly facts: Facts;
      /** Worst locator index that won on this row. */
      readonly locator: number;
      /** Worst locator index among the required fields. */
      readonly slide: number;
      readonly isRefused: boolean;
    }
  | {
      readonly kind: 'document';
      readonly id: string;
      readonly role: DocumentRole;
      readonly due: string | null;
      readonly state: 'waiting' | 'done';
      readonly locator: number;
      readonly slide: number;
      readonly isRefused: boolean;
    }
  /** Unread: the first required field that failed. */
  | { readonly kind: 'unread'; readonly field: string };

/** The visible rows of a page, by the first selector that finds any; `others` counts rows that are surely not this person's. */
export function findRows(page: PageType, root: Document): { rows: Element[]; others: number } {
  for (const css of page.rows?.css ?? []) {
    const found = [...root.querySelectorAll(css)].filter(isVisible);
    if (found.length === 0) continue;
    const only = page.rows?.only;
    const rows = only ? found.filter((row) => row.matches(only)) : found;
    const sign = page.rows?.sign;
    const isSure = sign === undefined || found.some((row) => row.matches(sign));
    return { rows, others: isSure ? found.length - rows.length : 0 };
  }
  return { rows: [], others: 0 };
}

/** True when the page says that its list is empty. */
export function saysEmpty(page: PageType, root: Document): boolean {
  const wanted = (page.emptyText ?? []).map(fold);
  if (wanted.length === 0) return false;
  const places = [...root.querySelectorAll(page.emptyWithin ?? 'table, main')].slice(0, 20);
  return places.some(
    (place) => isVisible(place) && linesOf(place).some((line) => wanted.includes(fold(line))),
  );
}

/** Only the code of a row, for actions; null when it has none. */
export function codeOf(row: Element, page: PageType, words: Vocabulary, tables: Tables): string | null {
  const field = page.fields[page.yields === 'dossier' ? 'code' : 'id'];
  const found = field && readField(row, field, words, tables);
  return typeof found?.value === 'string' ? found.value : null;
}

/** A code's or date's column must hold codes or dates; empty places and words for "none yet" are no contradiction. */
function anchor(row: Element, field: Field, tables: Tables): void {
  if (field.as !== 'dossierCode' && field.as !== 'localTime') return;
  if (field.as === 'dossierCode' && !field.required) return;
  const headers = field.from.flatMap((one) => ('header' in one ? one.header : []));
  if (headers.length === 0) return;
  checkAnchor(row, headers, (cell) => fits(field, linesOf(cell)), tables);
}

function fits(field: Field, lines: readonly string[]): boolean {
  if (field.as === 'dossierCode') return lines.some((line) => codeIn(line) !== null);
  const text = fold(lines.join(' ').slice(0, 200));
  return (
    !/[a-z]/.test(text) || /\d\/\d{1,2}\/\d{4}/.test(text) || /^(?:khong|chua|dang|cho)(?: |$)/.test(text)
  );
}

/** Reads one row. Fields that fail are absent; a required one that fails makes the row unread. */
export function readRow(row: Element, page: PageType, words: Vocabulary, tables: Tables): RowReading {
  const values = new Map<string, Value>();
  let locator = 0;
  let slide = 0;
  for (const field of Object.values(page.fields)) anchor(row, field, tables);
  for (const [name, field] of Object.entries(page.fields)) {
    const found = readField(row, field, words, tables);
    if (found) {
      values.set(name, found.value);
      if (!('constant' in field.from[found.rank]!)) locator = Math.max(locator, found.rank);
      if (field.required) slide = Math.max(slide, found.rank);
    } else if (field.required) {
      return { kind: 'unread', field: name };
    }
  }
  const refused = isRefused(row, tables);
  if (page.yields === 'document') {
    return {
      kind: 'document',
      id: String(values.get('id')),
      role: values.get('role') as DocumentRole,
      due: (values.get('due') as string | null | undefined) ?? null,
      state: values.get('state') === 'done' ? 'done' : 'waiting',
      locator,
      slide,
      isRefused: refused,
    };
  }
  const code = String(values.get('code'));
  const other = values.get('otherCode');
  values.delete('code');
  values.delete('otherCode');
  return {
    kind: 'dossier',
    code,
    otherCodes: typeof other === 'string' && other !== code ? [other] : [],
    facts: Object.fromEntries(values) as Facts,
    locator,
    slide,
    isRefused: refused,
  };
}
