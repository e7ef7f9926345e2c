/**
 * A CSV file of any size as one grid, block by block: whole records are cut off the text as it is decoded, so that
 * progress can be shown and the work given up between two blocks. Separator `,` `;` or tab, as the first lines show.
 */
import { CsvError as ParseError, parse } from 'csv-parse/browser/esm/sync';
import type { Grid } from '../../adapters/table-file/index.ts';
import { decoderOf } from './kind.ts';
import { refusal } from './refusal.ts';

const BLOCK = 256 * 1024;
/** A quoted cell that does not end within this many characters never will. */
const LONGEST_RECORD = 2 * 1024 * 1024;
const PEEK_LINES = 40;

/** Called between blocks; may wait, and may throw to give up. */
export type Pace = (done: number, all: number) => void | Promise<void>;

/** Reads the whole file. @throws FileRefusal */
export async function readDelimited(bytes: Uint8Array, pace: Pace = () => undefined): Promise<Grid> {
  const decoder = decoderOf(bytes);
  const rows: string[][] = [];
  const numbers: number[] = [];
  let line = 1;
  let rest = '';
  let delimiter: string | null = null;
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const isLast = at + BLOCK >= bytes.length;
    rest += decoded(decoder, bytes.subarray(at, at + BLOCK), isLast);
    if (/\0/.test(rest)) throw refusal('notTable');
    if (delimiter === null) {
      const told = /^\ufeff?sep=([,;\t])\r?\n/i.exec(rest);
      if (told) {
        rest = rest.slice(told[0].length);
        line += 1;
      }
      delimiter = told?.[1] ?? delimiterOf(rest);
    }
    const end = isLast ? rest.length : lastRecordEnd(rest);
    if (end === 0 && rest.length > LONGEST_RECORD) throw refusal('brokenQuotes', line);
    const block = rest.slice(0, end);
    rest = rest.slice(end);
    for (const { record, first } of recordsOf(block, delimiter, line)) {
      rows.push(record);
      numbers.push(first);
    }
    line += breaksIn(block);
    await pace(Math.min(at + BLOCK, bytes.length), bytes.length);
  }
  if (rows.length === 0) throw refusal('empty');
  return { name: '', rows, merges: null, numbers };
}

function decoded(decoder: TextDecoder, block: Uint8Array, isLast: boolean): string {
  try {
    return decoder.decode(block, { stream: !isLast });
  } catch {
    throw refusal('encoding');
  }
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** The records of a block with the line each begins on. */
function recordsOf(block: string, delimiter: string, line: number): { record: string[]; first: number }[] {
  if (block === '') return [];
  try {
    const parsed = parse(block, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as Parsed[];
    let first = line;
    return parsed.map(({ record, info }) => {
      const begins = first;
      first = line + info.lines;
      return { record, first: begins };
    });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw refusal('brokenQuotes', line + (typeof error.lines === 'number' ? error.lines - 1 : 0));
  }
}

const breaksIn = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** Behind the last line end that is outside quotes; a lone `\r` at the very end may be half of one. */
function lastRecordEnd(text: string): number {
  let isQuoted = false;
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charCodeAt(at);
    if (mark === 34) isQuoted = !isQuoted;
    else if (mark === 10 && !isQuoted) end = at + 1;
    else if (mark === 13 && !isQuoted && at + 1 < text.length && text.charCodeAt(at + 1) !== 10) end = at + 1;
  }
  return end;
}

/** The separator that splits most of the first lines, most often. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 64 * 1024)
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\r|\n/)
    .slice(0, PEEK_LINES);
  const points = (mark: string) =>
    lines.reduce((sum, line) => sum + Math.min(200, line.split(mark).length - 1), 0);
  return [';', '\t', ','].reduce((best, one) => (points(one) > points(best) ? one : best));
}
