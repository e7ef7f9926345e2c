/** What the journal refuses or could not do. Messages name fields, never values. */

export type JournalErrorCode =
  /** A draft is not a valid entry; nothing was written. */
  | 'schema'
  /** A draft makes a line that no batch may carry; nothing was written. */
  | 'lineBytes'
  /** The storage failed twice: the draft is not safely recorded and must not be acknowledged. */
  | 'storage'
  /** A line that would be needed is not held. */
  | 'missing'
  /** The journal was closed. */
  | 'closed';

export interface JournalError extends Error {
  readonly name: 'JournalError';
  readonly code: JournalErrorCode;
}

export function journalError(code: JournalErrorCode, message: string, cause?: unknown): JournalError {
  const made = cause === undefined ? new Error(message) : new Error(message, { cause });
  return Object.assign(made, { name: 'JournalError' as const, code });
}

export function isJournalError(error: unknown): error is JournalError {
  return error instanceof Error && error.name === 'JournalError' && 'code' in error;
}
