/** A CSV file as rows with their line numbers, and the checks of single fields. Pure. */
import { CsvError, parse } from 'csv-parse/sync';
import { isLocalTime } from '../../domain/dates.ts';
import type { HubKey } from '../../i18n/hub/index.ts';

/** Something wrong in a file: the line as an editor counts it, the column, and why. */
export interface RowError {
  readonly line: number;
  readonly field: string;
  readonly key: HubKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Collects errors; the file is taken only when there is none. */
export type Complain = (
  line: number,
  field: string,
  key: HubKey,
  values?: Readonly<Record<string, string | number>>,
) => void;

export interface TableRow {
  readonly line: number;
  /** The trimmed text of a column, '' when the column is not in the file. */
  readonly get: (column: string) => string;
}

const MOST_ERRORS = 200;

/** A list that stops growing at 200 errors: a wrong file needs no more to be understood. */
export function errorList(): { errors: RowError[]; complain: Complain } {
  const errors: RowError[] = [];
  return {
    errors,
    complain: (line, field, key, values) => {
      if (errors.length < MOST_ERRORS) errors.push({ line, field, key, ...(values ? { values } : {}) });
    },
  };
}

/** The data rows of a CSV file whose first line names at least the `required` columns. */
export function readTable(
  bytes: Uint8Array,
  columns: { readonly required: readonly string[]; readonly optional: readonly string[] },
  complain: Complain,
): TableRow[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    complain(1, 'file', 'import.notUtf8');
    return [];
  }
  let records: { record: string[]; info: { lines: number } }[];
  try {
    // The cast: csv-parse types `info: true` as plain records.
    records = parse(text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
    }) as unknown as typeof records;
  } catch (error) {
    const line = error instanceof CsvError && typeof error.lines === 'number' ? error.lines : 1;
    complain(line, 'file', 'import.csv');
    return [];
  }
  const header = records[0]?.record.map((name) => name.toLowerCase()) ?? [];
  const missing = columns.required.filter((name) => !header.includes(name));
  const known = [...columns.required, ...columns.optional];
  if (missing.length > 0) {
    complain(1, missing[0]!, 'import.header', { wanted: known.join(',') });
    return [];
  }
  if (records.length < 2) complain(1, 'file', 'import.empty');
  return records.slice(1).flatMap(({ record, info }) => {
    // The line a record ends on; a quoted line break inside moves it, as editors count.
    const { lines: line } = info;
    if (record.length > header.length) {
      complain(line, 'file', 'import.csv');
      return [];
    }
    return [{ line, get: (column: string) => record[header.indexOf(column)] ?? '' }];
  });
}

/** The reader of one row's fields; what cannot be read is complained about and read as `fallback`. */
export function fieldsOf({ line, get }: TableRow, complain: Complain) {
  return {
    id: (field: string) => {
      const text = get(field);
      if (!/^[A-Za-z0-9._-]{1,64}$/.test(text)) complain(line, field, 'import.id');
      return text;
    },
    text: (field: string, most: number) => {
      const text = get(field).normalize('NFC');
      if (text === '') complain(line, field, 'import.required');
      if (text.length > most) complain(line, field, 'import.tooLong', { most });
      return text;
    },
    list: (field: string) =>
      get(field)
        .normalize('NFC')
        .split(';')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    choice: <T extends string>(field: string, choices: readonly T[]): T => {
      const found = choices.find((one) => one === get(field));
      if (found === undefined) complain(line, field, 'import.choice', { wanted: choices.join(', ') });
      return found ?? choices[0]!;
    },
    boolean: (field: string) => {
      const text = get(field);
      if (text !== '0' && text !== '1') complain(line, field, 'import.boolean');
      return text === '1';
    },
    number: (field: string, least: number, most: number): number | null => {
      const text = get(field);
      if (text === '') return null;
      const number = Number(text);
      if (/^\d+$/.test(text) && number >= least && number <= most) return number;
      complain(line, field, 'import.number', { least, most });
      return null;
    },
    validity: () => {
      const day = (field: string) => {
        const text = get(field);
        if (text === '') return null;
        if (text.length === 10 && isLocalTime(text)) return text;
        complain(line, field, 'import.day');
        return null;
      };
      const validFrom = day('valid_from');
      const validTo = day('valid_to');
      if (validFrom !== null && validTo !== null && validTo < validFrom) {
        complain(line, 'valid_to', 'import.dayOrder');
      }
      return { validFrom, validTo };
    },
  };
}
