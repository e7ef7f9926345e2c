/** Structure check of what a page type says besides rows of dossiers: the portal's own figures, reports to send. */
import { TOTAL_FIGURES } from '../domain/vocabulary.ts';
import { checkLocators } from './check-locator.ts';
import { REPORT_STATES } from './pack.ts';
import { type Bag, each, isBag, type Report, shape } from './shape.ts';

const FIGURES: readonly unknown[] = TOTAL_FIGURES;
const STATES: readonly unknown[] = REPORT_STATES;

function checkFigures(raw: unknown, path: string, report: Report): boolean {
  if (!isBag(raw) || Object.keys(raw).length === 0) {
    report(path, 'not an object');
    return false;
  }
  return Object.entries(raw)
    .map(([name, locators]) => {
      if (FIGURES.includes(name)) return checkLocators(locators, `${path}.${name}`, report);
      report(`${path}.${name}`, 'unknown figure');
      return false;
    })
    .every(Boolean);
}

/** A list of names of figures, `least` or more. */
function checkNames(raw: unknown, path: string, report: Report, least: number): boolean {
  const isFine = Array.isArray(raw) && raw.length >= least && raw.every((one) => FIGURES.includes(one));
  if (!isFine) report(path, 'not names of figures');
  return isFine;
}

function checkPeriod(raw: unknown, path: string, report: Report): boolean {
  if (raw === 'today') return true;
  if (!shape(raw, path, { css: 'text', regex: 'regex' }, report)) return false;
  const groups = new RegExp(`${String(raw.regex)}|`, 'iu').exec('')!.length - 1;
  if (groups !== 2) report(`${path}.regex`, 'needs two groups: the first and the last day');
  return groups === 2;
}

function checkRule(raw: unknown, path: string, report: Report): boolean {
  const kinds = {
    id: 'text',
    rows: 'any?',
    within: 'text?',
    period: 'any',
    partial: 'text?',
    figures: 'any',
    sums: 'any?',
    checks: 'any?',
  };
  if (!shape(raw, path, kinds, report)) return false;
  const results = [
    checkFigures(raw.figures, `${path}.figures`, report),
    checkPeriod(raw.period, `${path}.period`, report),
    raw.rows === undefined || checkUnitRows(raw.rows, `${path}.rows`, report),
    raw.checks === undefined ||
      each(raw.checks, `${path}.checks`, report, (one, at) => checkNames(one, at, report, 2)),
    raw.sums === undefined || checkSums(raw.sums, `${path}.sums`, report),
  ];
  return results.every(Boolean);
}

function checkUnitRows(raw: unknown, path: string, report: Report): boolean {
  return (
    shape(raw, path, { css: 'texts', unit: 'any', skip: 'regex?' }, report) &&
    checkLocators(raw.unit, `${path}.unit`, report)
  );
}

function checkSums(raw: unknown, path: string, report: Report): boolean {
  if (!isBag(raw)) {
    report(path, 'not an object');
    return false;
  }
  return Object.entries(raw)
    .map(([name, parts]) => {
      if (FIGURES.includes(name)) return checkNames(parts, `${path}.${name}`, report, 2);
      report(`${path}.${name}`, 'unknown figure');
      return false;
    })
    .every(Boolean);
}

function checkReports(raw: unknown, path: string, report: Report): boolean {
  const kinds = {
    id: 'text',
    rows: 'any',
    code: 'any',
    name: 'any',
    due: 'any',
    state: 'any',
    words: 'any',
  };
  if (!shape(raw, path, kinds, report)) return false;
  const places = ['code', 'name', 'due', 'state'].map((name) =>
    checkLocators(raw[name], `${path}.${name}`, report),
  );
  const isKnown = isBag(raw.words) && Object.values(raw.words).every((one) => STATES.includes(one));
  if (!isKnown) report(`${path}.words`, 'unknown state');
  return shape(raw.rows, `${path}.rows`, { css: 'texts' }, report) && isKnown && places.every(Boolean);
}

/** Statistics need rules for totals, lists of reports theirs, and no other kind of page may have them. */
export function checkTellings(page: Bag, path: string, report: Report): boolean {
  const wanted = { totals: page.kind === 'statistics', reports: page.kind === 'reports' };
  let isFine = true;
  for (const [name, isWanted] of Object.entries(wanted)) {
    if (isWanted === (page[name] !== undefined)) continue;
    report(`${path}.${name}`, isWanted ? 'missing' : 'only for its kind of page');
    isFine = false;
  }
  if (page.kind === 'suggest' && !(isBag(page.fields) && isBag(page.fields.code))) {
    report(`${path}.fields.code`, 'missing');
    isFine = false;
  }
  if (!isFine) return false;
  if (page.reports !== undefined) return checkReports(page.reports, `${path}.reports`, report);
  if (page.totals === undefined) return true;
  if (Array.isArray(page.totals) && page.totals.length === 0) report(`${path}.totals`, 'empty');
  return (
    each(page.totals, `${path}.totals`, report, (one, at) => checkRule(one, at, report)) &&
    (page.totals as unknown[]).length > 0
  );
}
