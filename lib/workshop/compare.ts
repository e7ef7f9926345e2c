/** What a pack makes of a saved page, and the first way in which that is not what was expected. */
import type { DifferenceView } from '../../components/workshop/model.ts';
import { codeAt, codesOf, gestureOf, said } from '../adapters/engine/actions.ts';
import { findRows, type RowReading, readRow, saysEmpty } from '../adapters/engine/extract.ts';
import { judge } from '../adapters/engine/health.ts';
import { recognise } from '../adapters/engine/recognise.ts';
import { newTables } from '../adapters/engine/table.ts';
import type { Pack, PageType } from '../adapters/pack.ts';
import type { Expected, InertPage } from './fixture.ts';
import { type Told, tellingsOf } from './tell.ts';

/** Keys that are checked, and the two that only speak to people. */
const KNOWN = new Set(
  'place pages health rows today totals reports suggest gestures says why note'.split(' '),
);
/** The day menus are read on where a page does not name one. */
export const DAY = '2026-09-21';

/** Page types, rows and tellings of a document, as a fixture names them. */
export function readAll(
  pack: Pack,
  place: string,
  document: Document,
  today: string,
): { pages: string[]; health: string | null; rows: unknown[]; told: Told } {
  const shown = recognise(pack, place, document);
  const page = shown.find(isRead);
  const { rows, others } = page ? findRows(page, document) : { rows: [], others: 0 };
  const tables = newTables();
  const readings = page ? rows.map((row) => readRow(row, page, pack.vocabulary, tables)) : [];
  return {
    pages: shown.map((one) => one.id),
    health: page ? judge(page, readings, others, saysEmpty(page, document)).health : null,
    rows: readings.flatMap(bare),
    told: tellingsOf(shown, document, today),
  };
}

/** Lists and details: the page types whose rows are facts. */
const isRead = ({ kind }: PageType) => kind === 'list' || kind === 'detail';

function bare(reading: RowReading): unknown[] {
  if (reading.kind === 'unread') return [];
  const { locator: _, slide: __, isRefused: ___, kind, ...rest } = reading;
  if (kind === 'document') return [rest];
  const { otherCodes, ...facts } = rest as { otherCodes: readonly string[] };
  return [{ ...facts, ...(otherCodes.length > 0 ? { otherCodes } : {}) }];
}

/** The first difference, or null when all is as expected. */
export function compare(pack: Pack, expected: Expected, page: InertPage): DifferenceView | null {
  const unknown = Object.keys(expected).find((key) => !KNOWN.has(key));
  const { document } = page;
  const found = readAll(pack, expected.place, document, expected.today ?? DAY);
  if (expected.pages && !isSame(expected.pages, found.pages)) {
    return { what: 'pages', expected: expected.pages.join(', '), found: found.pages.join(', ') };
  }
  if (expected.rows) {
    const difference = compareRows(expected.rows, found.rows);
    if (difference) return difference;
  }
  if (expected.health && found.health !== null && expected.rows && expected.health !== found.health) {
    return { what: 'health', expected: expected.health, found: found.health };
  }
  if (
    expected.health &&
    !expected.rows &&
    found.told.health !== null &&
    expected.health !== found.told.health
  ) {
    return { what: 'health', expected: expected.health, found: found.told.health };
  }
  const told = compareTold(expected, found.told);
  if (told) return told;
  return (
    compareGestures(pack, expected, document) ??
    compareSays(pack, expected, page) ??
    // A kind of expectation this version cannot check must not pass as checked.
    (unknown === undefined ? null : { what: 'unknown', name: unknown, expected: unknown, found: '' })
  );
}

const isSame = (a: unknown, b: unknown) => stable(a) === stable(b);

/** JSON with sorted keys: the order of facts means nothing. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).filter(([, one]) => one !== undefined);
    return `{${pairs
      .map(([key, one]) => `${JSON.stringify(key)}:${stable(one)}`)
      .sort()
      .join()}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

function compareRows(expected: readonly unknown[], found: readonly unknown[]): DifferenceView | null {
  if (expected.length !== found.length) {
    return { what: 'rows', expected: String(expected.length), found: String(found.length) };
  }
  for (const [at, want] of expected.entries()) {
    const got = found[at];
    if (isSame(want, got)) continue;
    const [left, right] = [flat(want), flat(got)];
    const name = [...new Set([...Object.keys(left), ...Object.keys(right)])].find(
      (key) => !isSame(left[key], right[key]),
    );
    if (name === undefined) return { what: 'row', row: at + 1, expected: '', found: '' };
    return { what: 'field', row: at + 1, name, expected: show(left[name]), found: show(right[name]) };
  }
  return null;
}

function compareTold(expected: Expected, told: Told): DifferenceView | null {
  for (const name of ['totals', 'reports', 'suggest'] as const) {
    if (expected[name] === undefined || isSame(expected[name], told[name])) continue;
    return {
      what: 'told',
      name,
      expected: JSON.stringify(expected[name]).slice(0, 120),
      found: JSON.stringify(told[name]).slice(0, 120),
    };
  }
  return null;
}

function flat(row: unknown): Record<string, unknown> {
  const { facts, ...rest } = row as { facts?: Record<string, unknown> };
  return { ...rest, ...facts };
}

const show = (value: unknown) =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

function compareGestures(pack: Pack, expected: Expected, document: Document): DifferenceView | null {
  const shown = recognise(pack, expected.place, document);
  const page = shown.find(isRead) ?? shown[0] ?? null;
  for (const gesture of expected.gestures ?? []) {
    const source = { page, words: pack.vocabulary, root: document, lastRow: null };
    const touch = gesture.touch ? document.querySelector(gesture.touch) : null;
    const target = document.querySelector(gesture.target);
    if (!target) return { what: 'gesture', name: gesture.target, expected: gesture.rule ?? '', found: '?' };
    const armed = gestureOf(pack, expected.place, target);
    const rule = armed?.rule.id ?? null;
    if (rule !== gesture.rule) {
      return { what: 'gesture', name: gesture.target, expected: gesture.rule ?? '', found: rule ?? '' };
    }
    if (!armed || !gesture.codes) continue;
    const about = codesOf(armed, { ...source, lastRow: touch ? codeAt(touch, source) : null });
    if (!isSame(about, { codes: gesture.codes, selected: gesture.selected ?? null })) {
      return {
        what: 'codes',
        name: gesture.target,
        expected: gesture.codes.join(', '),
        found: about.codes.join(', '),
      };
    }
  }
  return null;
}

function compareSays(pack: Pack, expected: Expected, { document, parse }: InertPage): DifferenceView | null {
  for (const one of expected.says ?? []) {
    const rule = pack.actions.find((each) => each.id === one.rule);
    if (!rule) return { what: 'says', name: one.rule, expected: one.confirms ?? '', found: '?' };
    const box = document.createElement('div');
    box.append(...parse(one.html));
    ((one.within && document.querySelector(one.within)) || document.body).append(box);
    const heard = rule.confirm.flatMap(({ id, css, text }) =>
      css && text ? said(box, css, text).map(({ count }) => ({ id, count })) : [],
    );
    const refuses = rule.refuse?.some(({ css, text }) => said(box, css, text).length > 0) ?? false;
    box.remove();
    const confirms = heard[0]?.id ?? null;
    if (confirms !== one.confirms) {
      return { what: 'says', name: one.rule, expected: one.confirms ?? '', found: confirms ?? '' };
    }
    if (one.count !== undefined && (heard[0]?.count ?? null) !== one.count) {
      return {
        what: 'says',
        name: one.rule,
        expected: String(one.count),
        found: String(heard[0]?.count ?? null),
      };
    }
    if (refuses !== (one.refuses ?? false)) {
      return { what: 'says', name: one.rule, expected: String(one.refuses ?? false), found: String(refuses) };
    }
  }
  return null;
}
