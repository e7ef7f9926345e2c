/** Why a whole file is not read: a stable code; the words for people are in lib/i18n/exports. */
export const REFUSALS = [
  'empty',
  'tooLarge',
  'xls',
  'xlsb',
  'ods',
  'xmlSheet',
  'webArchive',
  'password',
  'zipBomb',
  'notTable',
  'broken',
  'brokenCell',
  'encoding',
  'brokenQuotes',
  'tooWide',
  'noTable',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** Thrown by the readers; `row` where one row is at fault. Holds no text of the file. */
export interface FileRefusal extends Error {
  readonly refusal: RefusalCode;
  readonly row: number | null;
}

export function refusal(code: RefusalCode, row: number | null = null): FileRefusal {
  return Object.assign(new Error(`file refused: ${code}`), { refusal: code, row });
}

export function isRefusal(error: unknown): error is FileRefusal {
  return error instanceof Error && 'refusal' in error;
}
