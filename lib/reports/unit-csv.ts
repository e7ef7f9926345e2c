/** The unit list as CSV: `id,parent,name,kind,agency_codes,aliases,valid_from,valid_to`, lists separated by `;`. */
import { agencyCode, normaliseCode } from '../domain/codes.ts';
import { UNASSIGNED } from '../domain/flows.ts';
import type { Unit } from '../domain/unit.ts';
import type { ReportsWords } from '../i18n/reports/index.ts';
import { type CsvError, cellReader, defaultWords, readCsv, spansOverlap } from './csv.ts';

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

interface Placed {
  readonly unit: Unit;
  readonly line: number;
}

/**
 * Units of the file, in file order. A line with an error yields no unit; import only when `errors` is empty, so that
 * nothing is imported by half. `known`: units already stored, which parents and agency codes may refer to (a unit
 * of the file replaces the known one of the same id).
 */
export function readUnitsCsv(
  text: string,
  known: readonly Unit[] = [],
  words: ReportsWords = defaultWords,
): { units: Unit[]; errors: CsvError[] } {
  const table = readCsv(text, UNIT_COLUMNS, OPTIONAL, words);
  const errors = [...table.errors];
  const placed: Placed[] = [];
  const lineOf = new Map<string, number>();
  for (const row of table.rows) {
    const before = errors.length;
    const read = cellReader(row, errors, words);
    const id = read.required('id', 64);
    if (id !== '' && !/^[A-Za-z0-9._-]{1,64}$/.test(id)) read.fail('id', words('csv.unitId'));
    if (id === UNASSIGNED) read.fail('id', words('csv.reservedId'));
    const other = lineOf.get(id);
    if (other !== undefined) read.fail('id', words('csv.duplicate', { other }));
    else if (id !== '') lineOf.set(id, row.line);
    const codes = read.list('agency_codes').map((code) => agencyCode(normaliseCode(code)));
    if (codes.some((code) => !AGENCY_CODE.test(code))) read.fail('agency_codes', words('csv.agencyCode'));
    const unit: Unit = {
      id,
      parent: read.text('parent', 64) || null,
      name: read.required('name', 200),
      kind: read.oneOf('kind', KINDS),
      agencyCodes: [...new Set(codes)],
      aliases: [...new Set(read.list('aliases'))],
      validFrom: read.day('valid_from'),
      validTo: read.day('valid_to'),
    };
    if (unit.validFrom && unit.validTo && unit.validTo < unit.validFrom) {
      read.fail('valid_to', words('csv.dayOrder'));
    }
    if (errors.length === before) placed.push({ unit, line: row.line });
  }
  const kept = known.filter((unit) => !lineOf.has(unit.id));
  errors.push(...treeErrors(placed, kept, new Set(lineOf.keys()), words), ...codeErrors(placed, kept, words));
  errors.sort((a, b) => a.line - b.line);
  const wrong = new Set(errors.map((error) => error.line));
  return { units: placed.filter(({ line }) => !wrong.has(line)).map(({ unit }) => unit), errors };
}

function treeErrors(
  placed: readonly Placed[],
  known: readonly Unit[],
  named: ReadonlySet<string>,
  words: ReportsWords,
): CsvError[] {
  const parents = new Map([...known, ...placed.map(({ unit }) => unit)].map((one) => [one.id, one.parent]));
  const errors: CsvError[] = [];
  for (const { unit, line } of placed) {
    if (unit.parent === null) continue;
    if (!parents.has(unit.parent)) {
      if (!named.has(unit.parent))
        errors.push({ line, field: 'parent', message: words('csv.unknownParent') });
      continue;
    }
    const path = [unit.id];
    for (let at: string | null = unit.parent; at !== null; at = parents.get(at) ?? null) {
      if (at === unit.id) {
        const message = words('csv.cycle', { path: [...path, at].join(' → ') });
        errors.push({ line, field: 'parent', message });
        break;
      }
      if (path.includes(at)) break;
      path.push(at);
    }
  }
  return errors;
}

function codeErrors(placed: readonly Placed[], known: readonly Unit[], words: ReportsWords): CsvError[] {
  const owners = new Map<string, Unit[]>();
  for (const unit of known) for (const code of unit.agencyCodes) add(owners, code, unit);
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
  owners.set(code, [...(owners.get(code) ?? []), unit]);
}
