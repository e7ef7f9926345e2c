/** The procedure catalogue as CSV: `code,name,sector,online,has_fee,returns_result,limit_days,valid_from,valid_to`. */
import { normaliseCode, PROCEDURE } from '../domain/codes.ts';
import type { Procedure } from '../domain/procedure.ts';
import type { ReportsWords } from '../i18n/reports/index.ts';
import { type CsvError, cellReader, defaultWords, readCsv, spansOverlap } from './csv.ts';

const PROCEDURE_COLUMNS = [
  'code',
  'name',
  'sector',
  'online',
  'has_fee',
  'returns_result',
  'limit_days',
  'valid_from',
  'valid_to',
] as const;
const OPTIONAL = ['limit_days', 'valid_from', 'valid_to'] as const;
const ONLINE = ['full', 'partial', 'none'] as const;

/**
 * Procedures of the file, in file order; a code may repeat with spans of validity that share no day. A line with an
 * error yields no procedure; import only when `errors` is empty. `limit_days` are working days. `known`: procedures
 * already stored; one of the same code and first day is replaced, any other must not overlap.
 */
export function readProceduresCsv(
  text: string,
  known: readonly Procedure[] = [],
  words: ReportsWords = defaultWords,
): { procedures: Procedure[]; errors: CsvError[] } {
  const table = readCsv(text, PROCEDURE_COLUMNS, OPTIONAL, words);
  const errors = [...table.errors];
  const placed: Placed[] = [];
  const byCode = new Map<string, Placed[]>();
  for (const row of table.rows) {
    const before = errors.length;
    const read = cellReader(row, errors, words);
    const code = normaliseCode(read.required('code', 40));
    if (code !== '' && !PROCEDURE.test(code)) read.fail('code', words('csv.procedureCode'));
    const limit = row.cells.limit_days.replace(',', '.');
    if (limit !== '' && !/^\d{1,4}(\.\d)?$/.test(limit)) read.fail('limit_days', words('csv.limitDays'));
    const one: Procedure = {
      code,
      name: read.required('name', 1_000),
      sector: read.required('sector', 200),
      online: read.oneOf('online', ONLINE),
      hasFee: read.boolean('has_fee'),
      returnsResult: read.boolean('returns_result'),
      limitDays: limit === '' ? null : Number(limit),
      validFrom: read.day('valid_from'),
      validTo: read.day('valid_to'),
    };
    if (one.validFrom && one.validTo && one.validTo < one.validFrom) {
      read.fail('valid_to', words('csv.dayOrder'));
    }
    const others = byCode.get(code) ?? [];
    const clash = errors.length > before ? undefined : others.find((other) => spansOverlap(other.one, one));
    if (clash) read.fail('code', words('csv.overlap', { other: clash.line }));
    if (errors.length > before) continue;
    byCode.set(code, [...others, { one, line: row.line }]);
    placed.push({ one, line: row.line });
  }
  const clashes = clashesWith(known, byCode, words);
  const wrong = new Set(clashes.map((error) => error.line));
  const procedures = placed.filter(({ line }) => !wrong.has(line)).map(({ one }) => one);
  return { procedures, errors: [...errors, ...clashes].sort((a, b) => a.line - b.line) };
}

interface Placed {
  readonly one: Procedure;
  readonly line: number;
}

function clashesWith(
  known: readonly Procedure[],
  byCode: ReadonlyMap<string, readonly Placed[]>,
  words: ReportsWords,
): CsvError[] {
  return known.flatMap((stored) => {
    const same = byCode.get(stored.code) ?? [];
    if (same.some(({ one }) => one.validFrom === stored.validFrom)) return [];
    return same
      .filter(({ one }) => spansOverlap(one, stored))
      .map(({ line }) => ({ line, field: 'code', message: words('csv.overlapStored') }));
  });
}
