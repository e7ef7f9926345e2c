/** What was not understood of a dropped file, as CSV: sheet, row, column header, reason. No value of the file. */

export interface NotUnderstood {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly code: string;
}

/** UTF-8 with BOM and CRLF, as Excel opens it; a header that looks like a formula is shown as text. */
export function notUnderstoodCsv(
  issues: readonly NotUnderstood[],
  head: readonly string[],
  reason: (code: string) => string,
): string {
  const lines = issues.map(({ sheet, row, column, code }) => [sheet, String(row), column, reason(code)]);
  return `\ufeff${[head, ...lines].map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
