/**
 * The portal's own figures (DESIGN §4): one set, or one row per unit, for the period the page shows. Every figure is read
 * whole or left out; a row whose parts do not add up, a unit named twice or a name that is no office is not told at all.
 *
 *   period ── unreadable ──> nothing, broken
 *   row ── heading, sum, number row ──> skipped
 *       ├─ parts ≠ whole, no office, named twice ──> unread: degraded
 *       └─ figures ──> told
 */
import { type Day, dayPart, parseLocalTime } from '../../domain/dates.ts';
import { fold, type TotalFigure } from '../../domain/vocabulary.ts';
import type { Locator, PageType, TotalsRule } from '../pack.ts';
import { visibleRows } from './extract.ts';
import type { Health } from './health.ts';
import { locate } from './locate.ts';
import { officeIn } from './office.ts';
import type { Steps } from './steps.ts';
import { isWide, type Tables } from './table.ts';
import { clean, regexOf, textOf } from './text.ts';
import { countOf } from './value.ts';
import { firstVisible, isVisible } from './visible.ts';

export type Figures = Readonly<Partial<Record<TotalFigure, number>>>;

/** What one row, or one page without rows, says. */
export type SetReading =
  | {
      readonly kind: 'set';
      readonly unit: string | null;
      readonly figures: Figures;
      readonly isWhole: boolean;
    }
  /** A heading, a sum over other rows, a row of numbers: no fault. */
  | { readonly kind: 'skipped' }
  | { readonly kind: 'unread' };

export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** One rule's reading of the page. */
export interface TotalsReading {
  readonly rule: TotalsRule;
  readonly period: Period | null;
  /** A filter is set: the figures are of a part only. */
  readonly isPartial: boolean;
  readonly sets: readonly Extract<SetReading, { kind: 'set' }>[];
  readonly rows: number;
  readonly unread: number;
}

/** Rows that are sums of others or head a group of them, folded. */
const SUMS =
  /^(?:tong(?:\s|$)(?!cong ty|cuc|dai ly)|cong$|trong do|luy ke|toan (?:tinh|thanh pho|quoc)$|(?:cac|khoi|cap) |so,? ban|xa, |phuong, |huyen, |(?:ubnd|uy ban nhan dan) (?:cap|cac) )/;
const MAX_PERIOD_PARTS = 8;

/** The days a text holds: `DD/MM/YYYY` or with `-` or `.`, with or without a time. */
function dayIn(text: string | undefined): Day | null {
  const local = parseLocalTime((text ?? '').trim().replace(/^(\d{1,2})[-.](\d{1,2})[-.](\d{4})/, '$1/$2/$3'));
  return local === null ? null : dayPart(local);
}

/** The period the page shows, or null when it cannot be read. `today` is the day of the reading. */
export function periodOf(rule: TotalsRule, root: Document, today: Day): Period | null {
  if (rule.period === 'today') return { from: today, to: today };
  const parts = [...root.querySelectorAll(rule.period.css)]
    .filter(isVisible)
    .slice(0, MAX_PERIOD_PARTS)
    .map((element) =>
      element.tagName === 'INPUT' ? (element as HTMLInputElement).value : textOf(element, 300),
    );
  const found = regexOf(rule.period.regex)?.exec(clean(parts.join(' ')).slice(0, 400));
  const from = dayIn(found?.[1]);
  const to = dayIn(found?.[2]);
  return from !== null && to !== null && from <= to ? { from, to } : null;
}

/** What stands at the first of these places: a count, nothing (no digit there), something unreadable, or no place at all. */
function figureAt(
  row: Element,
  locators: readonly Locator[],
  tables: Tables,
): number | 'nothing' | 'unreadable' | 'absent' {
  let seen: 'nothing' | 'unreadable' | 'absent' = 'absent';
  for (const locator of locators) {
    const found = locate(row, locator, tables);
    if (found && 'value' in found) {
      if (typeof found.value === 'number') return found.value;
      continue;
    }
    const texts = found?.texts ?? placeText(row, locator);
    for (const text of texts) {
      const count = countOf(text);
      if (found && count !== null) return count;
      if (seen !== 'unreadable') seen = /\d/.test(text) ? 'unreadable' : 'nothing';
    }
  }
  return seen;
}

/** The text at a place whose expression did not match. */
function placeText(row: Element, locator: Locator): readonly string[] {
  const element = 'css' in locator && !('attr' in locator) ? firstVisible(row, locator.css!) : null;
  return element ? [textOf(element, 80)] : [];
}

/** For a sum whose parts are all there, whether they make it; null when one is missing. */
function addsUp([whole, ...parts]: readonly TotalFigure[], figures: Figures): boolean | null {
  const all = [whole!, ...parts].map((name) => figures[name]);
  if (all.some((one) => one === undefined)) return null;
  const [first, ...rest] = all as number[];
  return first === rest.reduce((sum, one) => sum + one, 0);
}

/** The checks that can be made here; one whose parts all stand in a longer one that can be made says nothing of its own. */
function checksOf(rule: TotalsRule, figures: Figures): readonly (readonly TotalFigure[])[] {
  const shown = (rule.checks ?? []).filter((check) => addsUp(check, figures) !== null);
  const isIn = (small: readonly TotalFigure[], large: readonly TotalFigure[]) =>
    small[0] === large[0] && small.length < large.length && small.every((name) => large.includes(name));
  return shown.filter((check) => !shown.some((other) => isIn(check, other)));
}

/** Of each whole that is shown or has parts shown, at least one of its checks could be made. */
function isWhole(rule: TotalsRule, figures: Figures): boolean {
  const made = new Set(checksOf(rule, figures).map(([whole]) => whole));
  return (rule.checks ?? []).every(
    ([whole, ...parts]) => made.has(whole) || [whole!, ...parts].every((name) => figures[name] === undefined),
  );
}

/** The figures in one row (or in the element that holds them all). */
function readFigures(row: Element, rule: TotalsRule, tables: Tables): SetReading {
  const figures: Partial<Record<TotalFigure, number>> = {};
  let isClean = true;
  let isThere = false;
  for (const [name, locators] of Object.entries(rule.figures) as [TotalFigure, readonly Locator[]][]) {
    const found = figureAt(row, locators, tables);
    if (typeof found === 'number') figures[name] = found;
    else if (found === 'unreadable') isClean = false;
    isThere ||= found !== 'absent';
  }
  if (Object.keys(figures).length === 0) return { kind: isClean && isThere ? 'skipped' : 'unread' };
  if (checksOf(rule, figures).some((check) => !addsUp(check, figures))) return { kind: 'unread' };
  for (const [name, parts] of Object.entries(rule.sums ?? {}) as [TotalFigure, readonly TotalFigure[]][]) {
    if (figures[name] !== undefined || parts.some((part) => figures[part] === undefined)) continue;
    figures[name] = parts.reduce((sum, part) => sum + figures[part]!, 0);
  }
  return { kind: 'set', unit: null, figures, isWhole: isClean && isWhole(rule, figures) };
}

/** Reads one row of a table of units. */
export function readUnitRow(row: Element, rule: TotalsRule, tables: Tables): SetReading {
  const { unit: locators, skip } = rule.rows!;
  let name: string | null = null;
  for (const locator of locators) {
    const found = locate(row, locator, tables);
    const [text] = found && 'texts' in found ? found.texts : [];
    if (text === undefined || text === '') continue;
    const word = fold(text);
    if (!/[a-z]/.test(word) || SUMS.test(word) || (skip && regexOf(skip)?.test(word)))
      return { kind: 'skipped' };
    name = text;
    break;
  }
  if (isWide(row.firstElementChild ?? row)) return { kind: 'skipped' };
  const reading = readFigures(row, rule, tables);
  if (reading.kind !== 'set') return reading;
  const unit = name === null ? null : officeIn(name);
  return unit === null ? { kind: 'unread' } : { ...reading, unit };
}

/** Reads everything one rule asks for, one step per row. */
export function* readTotals(
  rule: TotalsRule,
  root: Document,
  today: Day,
  tables: Tables,
): Steps<TotalsReading> {
  const readings: SetReading[] = [];
  if (rule.rows) {
    for (const row of yield* visibleRows(rule.rows.css, root)) {
      readings.push(readUnitRow(row, rule, tables));
      yield;
    }
  } else {
    const place = rule.within === undefined ? root.documentElement : firstVisible(root, rule.within);
    if (place) readings.push(readFigures(place, rule, tables));
    yield;
  }
  const sets = readings.filter((one) => one.kind === 'set');
  const names = sets.map((one) => fold(one.unit ?? ''));
  const isNamedOnce = (name: string) => names.indexOf(name) === names.lastIndexOf(name);
  const single = sets.filter((_, index) => isNamedOnce(names[index]!));
  return {
    rule,
    period: periodOf(rule, root, today),
    isPartial: rule.partial !== undefined && firstVisible(root, rule.partial) !== null,
    sets: single,
    rows: readings.length,
    unread: readings.filter((one) => one.kind === 'unread').length + sets.length - single.length,
  };
}

/** The health of a statistics page. Broken: a period that cannot be read, or nothing where figures should be. */
export function judgeTotals(
  page: PageType,
  readings: readonly TotalsReading[],
  isEmptyShown: boolean,
): { readonly health: Health; readonly unread: number } {
  const unread = readings.reduce((sum, one) => sum + one.unread, 0);
  const isLost = (one: TotalsReading) =>
    one.period === null || (one.rows === 0 && !isEmptyShown) || (one.unread > 0 && one.sets.length === 0);
  if (readings.length === 0 || readings.some(isLost)) return { health: 'broken', unread };
  const share = page.coverage ?? 0;
  const isThin = readings.some(
    ({ sets }) => sets.some((one) => !one.isWhole) || sets.length < share * (sets.length + unread),
  );
  return { health: unread > 0 || isThin ? 'degraded' : 'ok', unread };
}
