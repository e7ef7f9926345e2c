/**
 * Sheets of an XLSX workbook. We open the archive ourselves (bounds, macros left out) and hand the bare parts on
 * uncompressed: the reader's own unpacking starts blob workers, which an extension page's policy forbids. Formulas give
 * their stored results; nothing is calculated, no macro, link or picture is touched.
 */
import { zipSync } from 'fflate';
import readWorkbook, { InvalidInputError, InvalidSpreadsheetError } from 'read-excel-file/universal';
import type { Cell, Grid, Merge } from '../../adapters/table-file/index.ts';
import { refusal } from './refusal.ts';
import { checkSizes, inflateEntry, type ZipEntry, zipEntries } from './zip.ts';

export interface Workbook {
  readonly grids: readonly Grid[];
  readonly hasMacros: boolean;
}

const NEEDED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/workbook\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/(?:sharedStrings|styles)\d*\.xml|xl\/worksheets\/[^/]+\.xml)$/i;
/** Cells that a sheet's corners may span: an empty cell at the far end would otherwise fill the memory. */
const MAX_AREA = 20_000_000;
/** Rows that all merged cells of a sheet may cover together. */
const MAX_MERGED = 2_000_000;

/** Reads every sheet. @throws FileRefusal */
export async function readXlsx(bytes: Uint8Array): Promise<Workbook> {
  const entries = zipEntries(bytes);
  const has = (name: RegExp) => entries.some((entry) => name.test(entry.name));
  if (has(/^xl\/workbook\.bin$/i)) throw refusal('xlsb');
  if (has(/^mimetype$/) && has(/^content\.xml$/)) throw refusal('ods');
  if (!has(/^xl\/workbook\.xml$/i)) throw refusal('notTable');
  const needed = entries.filter(({ name }) => NEEDED.test(name));
  checkSizes(needed);
  const parts = partsOf(bytes, needed);
  const sheets = await read(parts);
  const merges = mergesBySheet(parts);
  const grids = sheets.map(({ sheet, data }, at): Grid => {
    const rows = data.map((row) => row.map(cellOf));
    return { name: sheet, rows, merges: merges[at] ?? [] };
  });
  return { grids: grids.filter(({ rows }) => rows.length > 0), hasMacros: has(/vbaProject\.bin$/i) };
}

function partsOf(bytes: Uint8Array, needed: readonly ZipEntry[]): Record<string, Uint8Array> {
  const parts: Record<string, Uint8Array> = {};
  for (const entry of needed) parts[entry.name] = inflateEntry(bytes, entry);
  for (const [name, part] of Object.entries(parts)) if (isSheet(name)) checkArea(part);
  return parts;
}

const isSheet = (name: string) => /^xl\/worksheets\//i.test(name);

async function read(parts: Record<string, Uint8Array>) {
  const bare = zipSync(parts, { level: 0 });
  try {
    return await readWorkbook(bare.buffer as ArrayBuffer);
  } catch (error) {
    if (error instanceof InvalidInputError) throw refusal('broken');
    // The message names row and column of a cell, or a part; the cell's text may be in it and goes no further.
    const row = error instanceof InvalidSpreadsheetError ? /\brow (\d+)/.exec(error.message)?.[1] : undefined;
    throw row === undefined ? refusal('broken') : refusal('brokenCell', Number(row));
  }
}

/** A number whose format says "date" comes as a moment in UTC that means wall time. */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null;
  // Half a minute: a serial number is a fraction and may fall a hair short of the minute it stands for.
  const iso = new Date(value.getTime() + 500).toISOString();
  const day = `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
  const time = iso.slice(11, 16);
  return time === '00:00' ? day : `${day} ${time}`;
}

const text = (part: Uint8Array) => new TextDecoder().decode(part);

function columnNumber(letters: string): number {
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** @throws FileRefusal when the sheet's furthest cells span more than {@link MAX_AREA} */
function checkArea(part: Uint8Array): void {
  let right = 1;
  let bottom = 1;
  for (const found of text(part).matchAll(/<(?:\w+:)?(?:c|row)\s[^>]*?\br="([A-Za-z]{0,3})(\d{1,9})"/g)) {
    if (found[1]) right = Math.max(right, columnNumber(found[1]));
    bottom = Math.max(bottom, Number(found[2]));
  }
  if (right * bottom > MAX_AREA) throw refusal('tooWide');
}

/** Merged cells of each sheet, in the order of the workbook. */
function mergesBySheet(parts: Readonly<Record<string, Uint8Array>>): Merge[][] {
  const part = (name: RegExp) => {
    const found = Object.keys(parts).find((one) => name.test(one));
    return found === undefined ? '' : text(parts[found]!);
  };
  const targets = new Map(
    [...part(/^xl\/_rels\/workbook\.xml\.rels$/i).matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(
      ([tag]) => [attribute(tag, 'Id'), attribute(tag, 'Target')],
    ),
  );
  return [...part(/^xl\/workbook\.xml$/i).matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([tag]) => {
    const target = (targets.get(attribute(tag, 'r:id') || attribute(tag, 'id')) ?? '').replace(
      /^\/?(?:xl\/)?/,
      'xl/',
    );
    const name = Object.keys(parts).find((one) => one.toLowerCase() === target.toLowerCase());
    return name === undefined ? [] : mergesIn(text(parts[name]!));
  });
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s(?:\\w+:)?${name.replace(/^\w+:/, '')}="([^"]*)"`).exec(tag)?.[1] ?? '';
}

function mergesIn(sheet: string): Merge[] {
  const merges: Merge[] = [];
  let covered = 0;
  const pattern = /<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g;
  for (const [, left, top, right, bottom] of sheet.matchAll(pattern)) {
    covered += Math.max(1, Number(bottom) - Number(top) + 1);
    if (covered > MAX_MERGED) throw refusal('tooWide');
    merges.push({
      top: Number(top) - 1,
      left: columnNumber(left!) - 1,
      bottom: Number(bottom) - 1,
      right: columnNumber(right!) - 1,
    });
  }
  return merges;
}
