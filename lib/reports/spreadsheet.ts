/**
 * A dropped file → plain grids of cells: XLSX, CSV, and HTML that calls itself `.xls`. What a file is its bytes say, never
 * its name. Everything is bounded before it is read; what is not read is refused with a reason, never guessed.
 */
import type { Grid } from '../adapters/table-file/index.ts';
import { type Pace, readDelimited } from './spreadsheet/delimited.ts';
import { htmlText } from './spreadsheet/html.ts';
import { kindOf } from './spreadsheet/kind.ts';
import { readXlsx } from './spreadsheet/xlsx.ts';

export { type ParseHtml, readHtml } from './spreadsheet/html.ts';
export { MAX_FILE } from './spreadsheet/kind.ts';
export { isRefusal, type RefusalCode } from './spreadsheet/refusal.ts';

/** A file opened: its grids, or the HTML whose tables a page must read (no parser of HTML outside of pages). */
export type Opened =
  | {
      readonly kind: 'xlsx';
      readonly grids: readonly Grid[] /** Macros were neither read nor run. */;
      readonly hasMacros: boolean;
    }
  | { readonly kind: 'csv'; readonly grids: readonly Grid[] }
  | { readonly kind: 'html'; readonly html: string };

/** Reads a file's bytes. @throws FileRefusal, with a stable code and no text of the file */
export async function openSpreadsheet(bytes: Uint8Array, pace?: Pace): Promise<Opened> {
  const kind = kindOf(bytes);
  if (kind === 'html') return { kind, html: htmlText(bytes) };
  if (kind === 'csv') return { kind, grids: [await readDelimited(bytes, pace)] };
  return { kind, ...(await readXlsx(bytes)) };
}
