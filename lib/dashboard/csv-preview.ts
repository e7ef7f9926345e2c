/** The first rows of a CSV as they will be read, for the eye: a wrong encoding or separator shows at once. */
import { parse } from 'csv-parse/browser/esm/sync';
import type { CsvPreview } from '../../components/dashboard/model.ts';

const ROWS = 6;

/** Header, up to six rows, and how many more there are. Unreadable text gives an empty preview; the dry run names the errors. */
export function previewCsv(bytes: Uint8Array): CsvPreview {
  const text = new TextDecoder().decode(bytes);
  const header = /^[^\r\n]*/.exec(text)![0];
  const delimiter = [',', ';', '\t'].reduce((best, one) =>
    header.split(one).length > header.split(best).length ? one : best,
  );
  try {
    const lines: string[][] = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    const [head = [], ...rows] = lines;
    return { head, rows: rows.slice(0, ROWS), more: Math.max(0, rows.length - ROWS) };
  } catch {
    return { head: [], rows: [], more: 0 };
  }
}
