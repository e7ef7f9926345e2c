/**
 * Refusals of a batch or a signed answer. The message names the field and the bound, never a value of data, so it
 * may be logged as it is.
 */

export type BatchErrorCode =
  /** The bytes are no batch, receipt or token at all. */
  | 'malformed'
  /** A field is missing, unknown or of the wrong form. */
  | 'schema'
  /** A bound of `LIMITS` is exceeded; `field` is its name. */
  | 'bound'
  /** Not signed by the expected key. */
  | 'signature'
  /** The signed bytes are no gzip stream of lines. */
  | 'inflate'
  /** The number of lines is not what the header says. */
  | 'count'
  /** The lines do not lead from `prev` to `head`. */
  | 'chain';

export interface BatchError extends Error {
  readonly name: 'BatchError';
  readonly code: BatchErrorCode;
  readonly field: string;
}

/** Makes a refusal. */
export function batchError(code: BatchErrorCode, field: string, message: string): BatchError {
  return Object.assign(new Error(message), { name: 'BatchError' as const, code, field });
}

/** True for what {@link batchError} made. */
export function isBatchError(error: unknown): error is BatchError {
  return error instanceof Error && error.name === 'BatchError' && 'code' in error && 'field' in error;
}
