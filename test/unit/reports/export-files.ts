/** Files as portals make them, from made-up rows: workbooks by write-excel-file, archives part by part where it must lie. */
import { strToU8, zipSync } from 'fflate';
import writeXlsx from 'write-excel-file/node';

export interface Made {
  readonly value: string | number | Date | null;
  readonly span?: number;
  readonly rowSpan?: number;
}
type Plain = string | number | Date | null | Made;

/** A workbook of one sheet; a cell may span columns and rows (give `null` for what it covers). */
export async function workbook(rows: readonly (readonly Plain[])[]): Promise<Uint8Array> {
  const width = Math.max(...rows.map((row) => row.length));
  const data = rows.map((row) =>
    Array.from({ length: width }, (_, at) => {
      const cell = row[at] ?? null;
      if (cell === null) return null;
      const made: Made =
        typeof cell === 'object' && 'value' in cell ? cell : { value: cell as Made['value'] };
      const { value, span, rowSpan } = made;
      return {
        value: value ?? undefined,
        ...(value instanceof Date ? { type: Date, format: 'dd/mm/yyyy hh:mm' } : {}),
        ...(span === undefined ? {} : { columnSpan: span }),
        ...(rowSpan === undefined ? {} : { rowSpan }),
      };
    }),
  );
  const buffer: Buffer = await writeXlsx(data as never, {}).toBuffer();
  return new Uint8Array(buffer);
}

const CONTENT =
  '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

/** A workbook written by hand: the sheet's own XML, and further parts. */
export function rawWorkbook(sheet: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const parts: Record<string, string> = {
    '[Content_Types].xml': CONTENT,
    'xl/workbook.xml':
      '<workbook xmlns:r="r"><sheets><sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet>${sheet}</worksheet>`,
    ...more,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

/** Lines of a CSV file. */
export function csv(rows: readonly (readonly string[])[], mark = ','): Uint8Array {
  const quoted = (cell: string) => (/[",;\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return new TextEncoder().encode(`\ufeff${rows.map((row) => row.map(quoted).join(mark)).join('\r\n')}\r\n`);
}
