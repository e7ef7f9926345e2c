/**
 * Reads an imported table: UTF-8 with or without BOM, `,` or `;` (Excel in Vietnamese writes `;`) or tab, quoted cells.
 * Every cell stays text, in Unicode form NFC: one that looks like a formula is kept as typed and neutralised only on the way out
 * (lib/reports/figures-xlsx.ts). Pure; browser and Node.
 */
import { CsvError as ParseError, parse } from 'csv-parse/browser/esm/sync';
import { type Day, parseLocalTime } from '../domain/dates.ts';
import { translator } from '../i18n/index.ts';
import { dictionaries, type ReportsWords } from '../i18n/reports/index.ts';

/** What is wrong with one cell; `line` counts from 1 (the header), `field` is the column, '' for the whole line. */
export interface CsvError {
  readonly line: number;
  readonly field: string;
  readonly message: string;
}

/** One line of the table by column name; cells are trimmed and in NFC. */
export interface CsvRow<Column extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

export interface CsvTable<Column extends string> {
  readonly rows: readonly CsvRow<Column>[];
  readonly errors: readonly CsvError[];
}

const MAX_BYTES = 20 * 1024 * 1024;

/** Vietnamese words, what imports speak unless told otherwise. */
export const defaultWords: ReportsWords = translator(dictionaries.vi);

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/**
 * The lines under a header holding `columns` (those of `optional` may be absent: empty cells), in any order and case.
 * Never throws: what cannot be read is named in `errors`, and a table with a wrong header has no rows.
 */
export function readCsv<Column extends string>(
  text: string,
  columns: readonly Column[],
  optional: readonly Column[],
  words: ReportsWords = defaultWords,
): CsvTable<Column> {
  const whole = (line: number, message: string) => ({ rows: [], errors: [{ line, field: '', message }] });
  const clean = text.replace(/^\ufeff/, '');
  if (clean.length > MAX_BYTES) {
    const size = (clean.length / 1024 / 1024).toFixed(1);
    return whole(1, words('csv.tooLarge', { size, max: MAX_BYTES / 1024 / 1024 }));
  }
  const foreign = [...'\ufffd\0'].map((mark) => clean.indexOf(mark)).find((at) => at >= 0);
  if (foreign !== undefined) return whole(lineAt(clean, foreign), words('csv.notUtf8'));
  let parsed: Parsed[];
  try {
    parsed = parse(clean, {
      delimiter: delimiterOf(clean),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return whole(typeof error.lines === 'number' ? error.lines : 1, words('csv.broken'));
  }
  const [head, ...lines] = parsed;
  if (!head) return whole(1, words('csv.empty'));
  const names = head.record.map((cell) => cell.trim().toLowerCase());
  const errors = headerErrors(names, columns, optional, words);
  if (errors.length > 0) return { rows: [], errors };
  const rows: CsvRow<Column>[] = [];
  let line = head.info.lines;
  for (const { record, info } of lines) {
    const first = firstLine(record, info.lines);
    line = info.lines;
    if (record.every((cell) => cell.trim() === '')) continue;
    if (record.length !== names.length) {
      const message = words('csv.cellCount', { found: record.length, wanted: names.length });
      errors.push({ line: first, field: '', message });
      continue;
    }
    const cells = Object.fromEntries(
      columns.map((name) => [name, record[names.indexOf(name)]?.normalize('NFC').trim() ?? '']),
    );
    rows.push({ line: first, cells: cells as Record<Column, string> });
  }
  if (rows.length === 0 && errors.length === 0) return whole(line, words('csv.empty'));
  return { rows, errors };
}

/** The line a record begins on: it ends on `end` and its quoted cells may hold line ends. */
function firstLine(record: readonly string[], end: number): number {
  const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
  return end - breaks;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** The separator that splits the header line into most cells. */
function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)![0].replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((mark) => [mark, header.split(mark).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

function headerErrors(
  names: readonly string[],
  columns: readonly string[],
  optional: readonly string[],
  words: ReportsWords,
): CsvError[] {
  const header = columns.join(',');
  const error = (column: string, key: 'csv.missingColumn' | 'csv.unknownColumn' | 'csv.repeatedColumn') => ({
    line: 1,
    field: column,
    message: words(key, { column, header }),
  });
  return [
    ...columns
      .filter((column) => !names.includes(column) && !optional.includes(column))
      .map((one) => error(one, 'csv.missingColumn')),
    ...names.filter((name) => !columns.includes(name)).map((one) => error(one, 'csv.unknownColumn')),
    ...names
      .filter((name, at) => columns.includes(name) && names.indexOf(name) !== at)
      .map((one) => error(one, 'csv.repeatedColumn')),
  ];
}

/** Reads the cells of one line and collects what is wrong with them. */
export interface CellReader<Column extends string> {
  readonly fail: (field: Column, message: string) => void;
  readonly text: (field: Column, max: number) => string;
  readonly required: (field: Column, max: number) => string;
  /** An identifier: letters without marks, digits and `. _ -`, at most 64. */
  readonly id: (field: Column) => string;
  readonly oneOf: <T extends string>(field: Column, words: readonly T[]) => T;
  readonly boolean: (field: Column) => boolean;
  readonly day: (field: Column) => Day | null;
  readonly list: (field: Column) => string[];
}

/** A reader of one line's cells; a wrong cell yields a harmless value and an error. */
export function cellReader<Column extends string>(
  { line, cells }: CsvRow<Column>,
  errors: CsvError[],
  words: ReportsWords,
): CellReader<Column> {
  const fail = (field: Column, message: string) => void errors.push({ line, field, message });
  const text = (field: Column, max: number) => {
    if (cells[field].length > max) fail(field, words('csv.tooLong', { max }));
    return cells[field];
  };
  return {
    fail,
    text,
    required: (field, max) => {
      if (cells[field] === '') fail(field, words('csv.required'));
      return text(field, max);
    },
    id: (field) => {
      if (cells[field] === '') fail(field, words('csv.required'));
      else if (!/^[A-Za-z0-9._-]{1,64}$/.test(cells[field])) fail(field, words('csv.id'));
      return cells[field];
    },
    oneOf: (field, allowed) => {
      const found = allowed.find((one) => one === cells[field].toLowerCase());
      if (found === undefined) fail(field, words('csv.oneOf', { words: allowed.join(', ') }));
      return found ?? allowed[0]!;
    },
    boolean: (field) => {
      if (cells[field] !== '1' && cells[field] !== '0') fail(field, words('csv.boolean'));
      return cells[field] === '1';
    },
    day: (field) => {
      if (cells[field] === '') return null;
      const day = readDay(cells[field]);
      if (day === null) fail(field, words('csv.day'));
      return day;
    },
    list: (field) =>
      cells[field]
        .split(/[;|]/)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
  };
}

function readDay(cell: string): Day | null {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(cell);
  const local = iso ? `${iso[3]}/${iso[2]}/${iso[1]}` : cell;
  const found = parseLocalTime(local);
  return found !== null && found.length === 10 ? found : null;
}

/** Whether two spans of days share a day; null is open. */
export function spansOverlap(
  a: { readonly validFrom: Day | null; readonly validTo: Day | null },
  b: { readonly validFrom: Day | null; readonly validTo: Day | null },
): boolean {
  return (a.validFrom ?? '0') <= (b.validTo ?? '9') && (b.validFrom ?? '0') <= (a.validTo ?? '9');
}
