/** Rows and their facts. A row either passes its required fields or is unread; nothing is guessed. */
import type { Facts } from '../../domain/entry.ts';
import { type DocumentRole, fold } from '../../domain/vocabulary.ts';
import type { Field, PageType, Vocabulary } from '../pack.ts';
import { readField } from './locate.ts';
import { atOnce, type Steps } from './steps.ts';
import { checkAnchor, isRefused, isWide, type Tables } from './table.ts';
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
      /** Absent: incoming. */
      readonly direction?: 'out';
      readonly due: string | null;
      readonly state: 'waiting' | 'done';
      readonly locator: number;
      readonly slide: number;
      readonly isRefused: boolean;
    }
  /** Unread: the first required field that failed. */
  | { readonly kind: 'unread'; readonly field: string };

/** Rows of a page, and how many rows are surely not this person's. */
export interface Found {
  readonly rows: Element[];
  readonly others: number;
}

/** One cell over the whole width: a heading, or the words for an empty list. */
const isBanner = (row: Element) => row.childElementCount === 1 && isWide(row.firstElementChild!);

/** The visible matches of the first of these selectors that has any, one step per row looked at. */
export function* visibleRows(selectors: readonly string[], root: Document): Steps<Element[]> {
  for (const css of selectors) {
    const found: Element[] = [];
    for (const row of root.querySelectorAll(css)) {
      if (isVisible(row) && !isBanner(row)) found.push(row);
      yield;
    }
    if (found.length > 0) return found;
  }
  return [];
}

/** The visible rows of a page, by the first selector that finds any; one step per row looked at. */
export function* seekRows(page: PageType, root: Document): Steps<Found> {
  const { css = [], only, sign } = page.rows ?? {};
  const found = yield* visibleRows(css, root);
  const rows = only ? found.filter((row) => row.matches(only)) : found;
  const isSure = sign === undefined || found.some((row) => row.matches(sign));
  return { rows, others: isSure ? found.length - rows.length : 0 };
}

/** The visible rows of a page at once. */
export function findRows(page: PageType, root: Document): Found {
  return atOnce(seekRows(page, root));
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
function isAnchored(row: Element, field: Field, value: Value | undefined, tables: Tables): boolean {
  const headers = anchorHeaders(field);
  if (headers.length === 0) return true;
  const { read } = tables;
  // A code found by other means, but in the header's cell: the usual case, and the cheapest to see.
  const holds = (cell: Element) =>
    (value != null && read !== null && cell.contains(read)) ||
    (typeof value === 'string' && cell.textContent?.includes(value)) ||
    fits(field, linesOf(cell));
  return checkAnchor(row, headers, holds, tables);
}

const anchors = new WeakMap<Field, readonly string[]>();
function anchorHeaders(field: Field): readonly string[] {
  let headers = anchors.get(field);
  if (!headers) {
    const isAnchor = field.as === 'localTime' || (field.as === 'dossierCode' && field.required);
    headers = isAnchor ? field.from.flatMap((one) => ('header' in one ? one.header : [])) : [];
    anchors.set(field, headers);
  }
  return headers;
}

function fits(field: Field, lines: readonly string[]): boolean {
  if (field.as === 'dossierCode') return lines.some((line) => codeIn(line) !== null);
  const text = fold(lines.join(' ').slice(0, 200));
  return (
    !/[a-z]/.test(text) || /\d\/\d{1,2}\/\d{4}/.test(text) || /^(?:khong|chua|dang|cho)(?: |$)/.test(text)
  );
}

const fields = new WeakMap<PageType, readonly (readonly [string, Field])[]>();
function fieldsOf(page: PageType): readonly (readonly [string, Field])[] {
  let found = fields.get(page);
  if (!found) {
    found = Object.entries(page.fields);
    fields.set(page, found);
  }
  return found;
}

/**
 * Reads a row for nothing, one step per field. The browser compiles code when it is run first: the first row of a document
 * takes a hundred times as long as the next, too long for one step.
 */
export function* warmUp(row: Element, page: PageType, words: Vocabulary, tables: Tables): Steps<void> {
  isRefused(row, tables);
  yield;
  for (const [, field] of fieldsOf(page)) {
    const found = readField(row, field, words, tables);
    yield;
    isAnchored(row, field, found?.value, tables);
    yield;
  }
}

/** Reads one row. Fields that fail are absent; a required one that fails makes the row unread. */
export function readRow(row: Element, page: PageType, words: Vocabulary, tables: Tables): RowReading {
  const values: Record<string, Value> = {};
  // Apart from the facts, which are handed on as they are.
  const codes: { code?: Value; otherCode?: Value } = {};
  let locator = 0;
  let slide = 0;
  let unread: string | null = null;
  let isHolding = true;
  for (const [name, field] of fieldsOf(page)) {
    const found = readField(row, field, words, tables);
    const from = found && field.from[found.rank]!;
    // A value that was read under its header is itself the proof that the header's column holds such values.
    if (!from || !('header' in from)) isHolding = isAnchored(row, field, found?.value, tables) && isHolding;
    if (from) {
      if (name === 'code' || name === 'otherCode') codes[name] = found.value;
      else values[name] = found.value;
      if (!('constant' in from)) locator = Math.max(locator, found.rank);
      if (field.required) slide = Math.max(slide, found.rank);
    } else if (field.required) {
      unread ??= name;
    }
  }
  // The columns contradict themselves: what was read by header may not stand.
  if (!isHolding) return readRow(row, page, words, tables);
  if (unread !== null) return { kind: 'unread', field: unread };
  const refused = isRefused(row, tables);
  if (page.yields === 'document') {
    return {
      kind: 'document',
      id: String(values.id),
      role: values.role as DocumentRole,
      ...(values.direction === 'out' ? { direction: 'out' as const } : {}),
      due: (values.due as string | null | undefined) ?? null,
      state: values.state === 'done' ? 'done' : 'waiting',
      locator,
      slide,
      isRefused: refused,
    };
  }
  const code = String(codes.code);
  const other = codes.otherCode;
  return {
    kind: 'dossier',
    code,
    otherCodes: typeof other === 'string' && other !== code ? [other] : [],
    facts: values as Facts,
    locator,
    slide,
    isRefused: refused,
  };
}
