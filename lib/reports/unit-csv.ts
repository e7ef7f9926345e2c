/** The unit list as CSV: `id,parent,name,kind,agency_codes,aliases,valid_from,valid_to`, lists separated by `;`. */
import { agencyCode, normaliseCode } from '../domain/codes.ts';
import { UNASSIGNED } from '../domain/flows.ts';
import type { Unit } from '../domain/unit.ts';
import type { ReportsWords } from '../i18n/reports/index.ts';
import { type CsvError, type CsvRow, cellReader, defaultWords, readCsv, spansOverlap } from './csv.ts';

const UNIT_COLUMNS = [
  'id',
  'parent',
  'name',
  'kind',
  'agency_codes',
  'aliases',
  'valid_from',
  'valid_to',
] as const;
const OPTIONAL = ['agency_codes', 'aliases', 'valid_from', 'valid_to'] as const;
const KINDS = ['province', 'agency', 'commune', 'centre', 'other'] as const;
const AGENCY_CODE = /^[A-Y]\d{2}(\.\d{1,4}){0,5}$/;
/** Units of a circle written out in a message. */
const MOST_SHOWN = 8;

interface Placed {
  readonly unit: Unit;
  readonly line: number;
}

/**
 * Units of the file, in file order. A line with an error yields no unit; import only when `errors` is empty, so that
 * nothing is imported by half. `known`: units already stored, which parents and agency codes may refer to (a unit
 * of the file replaces the known one of the same id). `roots`: how many units may have no parent; a province on a
 * hub is one tree.
 */
export function readUnitsCsv(
  text: string,
  known: readonly Unit[] = [],
  words: ReportsWords = defaultWords,
  roots: 'any' | 'one' = 'any',
): { units: Unit[]; errors: CsvError[] } {
  const table = readCsv(text, UNIT_COLUMNS, OPTIONAL, words);
  const inCells = [...table.errors];
  const placed: Placed[] = [];
  const lineOf = new Map<string, number>();
  for (const row of table.rows) {
    const unit = unitOf(row, inCells, words);
    const other = lineOf.get(unit.id);
    if (other !== undefined) {
      inCells.push({ line: row.line, field: 'id', message: words('csv.duplicate', { other }) });
    } else if (unit.id !== '') lineOf.set(unit.id, row.line);
    placed.push({ unit, line: row.line });
  }
  const kept = known.filter((unit) => !lineOf.has(unit.id));
  const errors = [
    ...inCells,
    ...treeErrors(placed, known, words),
    ...(roots === 'one' ? rootErrors(placed, known, words) : []),
    ...codeErrors(placed, kept, words),
  ].sort((a, b) => a.line - b.line);
  const wrong = new Set(errors.map((error) => error.line));
  return { units: placed.filter(({ line }) => !wrong.has(line)).map(({ unit }) => unit), errors };
}

function unitOf(row: CsvRow<(typeof UNIT_COLUMNS)[number]>, errors: CsvError[], words: ReportsWords): Unit {
  const read = cellReader(row, errors, words);
  const id = read.id('id');
  if (id === UNASSIGNED) read.fail('id', words('csv.reservedId'));
  const codes = read.list('agency_codes').map((code) => agencyCode(normaliseCode(code)));
  const agencyCodes = [...new Set(codes)].filter((code) => AGENCY_CODE.test(code));
  if (codes.some((code) => !AGENCY_CODE.test(code))) read.fail('agency_codes', words('csv.agencyCode'));
  const unit: Unit = {
    id,
    parent: read.text('parent', 64) || null,
    name: read.required('name', 200),
    kind: read.oneOf('kind', KINDS),
    agencyCodes,
    aliases: [...new Set(read.list('aliases'))],
    validFrom: read.day('valid_from'),
    validTo: read.day('valid_to'),
  };
  if (unit.validFrom && unit.validTo && unit.validTo < unit.validFrom) {
    read.fail('valid_to', words('csv.dayOrder'));
  }
  return unit;
}

/** The tree as it would be: known units in their order, replaced by those of the file, then the new ones. */
function joined(placed: readonly Placed[], known: readonly Unit[]): Map<string, Unit> {
  return new Map([...known, ...placed.map(({ unit }) => unit)].map((unit) => [unit.id, unit]));
}

function treeErrors(placed: readonly Placed[], known: readonly Unit[], words: ReportsWords): CsvError[] {
  const units = joined(placed, known);
  const circles = circlesOf(units);
  return placed.flatMap(({ unit, line }) => {
    const { id, parent } = unit;
    if (parent === null) return [];
    if (!units.has(parent)) {
      return [{ line, field: 'parent', message: words('csv.unknownParent', { parent }) }];
    }
    const path = circles.get(id);
    return path === undefined ? [] : [{ line, field: 'parent', message: words('csv.cycle', { path }) }];
  });
}

/** Units that are above themselves, each with its circle written out. One walk over each unit, however deep the tree. */
function circlesOf(units: ReadonlyMap<string, Unit>): Map<string, string> {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  for (const start of units.keys()) {
    const path: string[] = [];
    let at: string | null = start;
    for (; at !== null && units.has(at) && !seen.has(at); at = units.get(at)!.parent) {
      seen.add(at);
      path.push(at);
    }
    const first = at === null ? -1 : path.indexOf(at);
    if (first < 0) continue;
    const circle = path.slice(first);
    const shown = circle.length > MOST_SHOWN ? [...circle.slice(0, MOST_SHOWN), '…'] : circle;
    const text = [...shown, circle[0]].join(' → ');
    for (const id of circle) found.set(id, text);
  }
  return found;
}

function rootErrors(placed: readonly Placed[], known: readonly Unit[], words: ReportsWords): CsvError[] {
  const root = [...joined(placed, known).values()].find((unit) => unit.parent === null);
  return placed
    .filter(({ unit }) => unit.parent === null && unit.id !== root?.id)
    .map(({ line }) => ({ line, field: 'parent', message: words('csv.roots', { root: root?.id ?? '' }) }));
}

function codeErrors(placed: readonly Placed[], known: readonly Unit[], words: ReportsWords): CsvError[] {
  const owners = new Map<string, Unit[]>();
  for (const unit of known) for (const code of unit.agencyCodes) add(owners, agencyCode(code), unit);
  const errors: CsvError[] = [];
  for (const { unit, line } of placed) {
    for (const code of unit.agencyCodes) {
      const taken = owners.get(code)?.find((owner) => owner.id !== unit.id && spansOverlap(owner, unit));
      if (taken) {
        const message = words('csv.agencyCodeTaken', { code, unit: taken.id });
        errors.push({ line, field: 'agency_codes', message });
      }
      add(owners, code, unit);
    }
  }
  return errors;
}

function add(owners: Map<string, Unit[]>, code: string, unit: Unit): void {
  const present = owners.get(code);
  if (present) present.push(unit);
  else owners.set(code, [unit]);
}
