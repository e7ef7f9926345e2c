/** The page as a draft reads it: what is recognised and why, field by field, and five masked rows. Nothing leaves unmasked. */
import { findRows, type RowReading, readRow, saysEmpty } from '../../adapters/engine/extract.ts';
import { judge } from '../../adapters/engine/health.ts';
import { locate, readField } from '../../adapters/engine/locate.ts';
import { holds, isDenied, matchesPlace, recognise } from '../../adapters/engine/recognise.ts';
import { headerTexts, newTables, type Tables } from '../../adapters/engine/table.ts';
import { isVisible } from '../../adapters/engine/visible.ts';
import type { Field, Pack, PageType } from '../../adapters/pack.ts';
import { dayOf } from '../../domain/dates.ts';
import type { FieldReport, FieldState, PageReading, PageReport, PageSigns } from '../protocol.ts';
import { tellingsOf } from '../tell.ts';
import { maskValue, shapeOf } from './mask.ts';
import { isPlainHeader } from './names.ts';
import { maskPlace } from './place.ts';

const PREVIEW = 5;
/** Rows looked at: enough to judge, never a slowed page. */
const MOST_ROWS = 100;
const MOST_HEADERS = 60;
const MOST_TABLES = 40;
export const TABLE = 'table, mat-table, [role="table"], [role="grid"]';

/** Everything the workshop shows of a page; `wanted` reads as that page type even when it is not recognised. */
export function inspect(document: Document, place: string, pack: Pack, wanted: string | null): PageReport {
  const denied = isDenied(pack, place);
  const recognised = recognise(pack, place, document);
  const page =
    wanted === null ? (recognised[0] ?? null) : (pack.pages.find((one) => one.id === wanted) ?? null);
  return {
    place: maskPlace(place, pack),
    isDenied: denied,
    signs: pack.pages.map((one) => signsOf(one, place, document, recognised.includes(one))),
    reading: page === null || denied ? null : readPage(page, pack, document, recognised.includes(page)),
    headers: denied ? [] : headersOf(document),
  };
}

function signsOf(page: PageType, place: string, document: Document, isRecognised: boolean): PageSigns {
  const isPlace = matchesPlace(page.url, place);
  // Signs of pages that cannot be here are not looked for: the address decides first.
  const signals = isPlace ? page.signals.map((signal) => ({ signal, holds: holds(signal, document) })) : [];
  return { page: page.id, isPlace, signals, isRecognised };
}

/** The rows a page type finds, at most a hundred. */
export function rowsOf(page: PageType, document: Document): { rows: Element[]; others: number } {
  const { rows, others } = findRows(page, document);
  return { rows: rows.slice(0, MOST_ROWS), others };
}

function readPage(page: PageType, pack: Pack, document: Document, isRecognised: boolean): PageReading {
  const { rows, others } = rowsOf(page, document);
  const tables = newTables();
  const readings = rows.map((row) => readRow(row, page, pack.vocabulary, tables));
  const isEmpty = rows.length === 0 && others === 0 && saysEmpty(page, document);
  const judged = judge(page, readings, others, isEmpty);
  const told = tellingsOf([page], document, dayOf(Date.now()));
  const health = told.health ?? judged.health;
  const { unread } = judged;
  return {
    page: page.id,
    isRecognised,
    health,
    rows: rows.length,
    unread,
    others,
    saysEmpty: isEmpty,
    isRefused: readings.some((one) => one.kind !== 'unread' && one.isRefused),
    fields: Object.entries(page.fields).map(([name, field]) => fieldReport(name, field, rows, pack, tables)),
    preview: rows.slice(0, PREVIEW).map((row, at) => previewOf(row, page, pack, tables, readings[at]!)),
  };
}

function fieldReport(
  name: string,
  field: Field,
  rows: readonly Element[],
  pack: Pack,
  tables: Tables,
): FieldReport {
  const wins = new Map<number, number>();
  let read = 0;
  let failed = 0;
  let sample: string | null = null;
  for (const row of rows) {
    const found = readField(row, field, pack.vocabulary, tables);
    if (found) {
      read += 1;
      wins.set(found.rank, (wins.get(found.rank) ?? 0) + 1);
      continue;
    }
    const text =
      field.from.map((locator) => foundText(row, locator, tables)).find((one) => one !== null) ?? null;
    if (text === null) continue;
    failed += 1;
    sample ??= shapeOf(text).slice(0, 80);
  }
  const rank = [...wins].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  const state = stateOf(rank, read, failed, rows.length, field);
  return { name, state, rows: rows.length, read, rank, failed, sample };
}

/** Empty places are no failure; a text that fails its check on most rows is. */
function stateOf(rank: number | null, read: number, failed: number, rows: number, field: Field): FieldState {
  if (rank === null) {
    const isWanted = field.required === true || field.expected === true;
    return rows > 0 && (isWanted || failed > 0) ? 'missing' : 'absent';
  }
  const isConstant = 'constant' in field.from[rank]!;
  return (rank === 0 || isConstant) && failed <= read ? 'good' : 'later';
}

function foundText(row: Element, locator: Field['from'][number], tables: Tables): string | null {
  const found = locate(row, locator, tables);
  return found && 'texts' in found ? (found.texts.find((text) => text !== '') ?? null) : null;
}

function previewOf(
  row: Element,
  page: PageType,
  pack: Pack,
  tables: Tables,
  reading: RowReading,
): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, field] of Object.entries(page.fields)) {
    const found = readField(row, field, pack.vocabulary, tables);
    if (found) shown[name] = maskValue(field.as, found.value);
  }
  return reading.kind === 'unread' ? { ...shown, unread: reading.field } : shown;
}

/** Header texts of the page, each once, in order; those that might hold a person's data are left out. */
function headersOf(document: Document): string[] {
  const found = new Set<string>();
  for (const table of [...document.querySelectorAll(TABLE)].slice(0, MOST_TABLES)) {
    if (!isVisible(table)) continue;
    for (const raw of headerTexts(table)) {
      const text = plainHeader(raw);
      if (text !== null && found.size < MOST_HEADERS) found.add(text);
    }
  }
  return [...found];
}

/** The text of a header as it may be shown and put into a pack; null when it may not. */
export function plainHeader(raw: string): string | null {
  const text = raw.replace(/(?:\s*\(\d+\)|\s*[:*])+$/, '').trim();
  return isPlainHeader(text) ? text : null;
}
