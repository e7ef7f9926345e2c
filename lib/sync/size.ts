import { isBatchError } from '../batch/index.ts';

/** True when a batch would pass if it held fewer lines. */
export function isTooLarge(error: unknown): boolean {
  return (
    isBatchError(error) &&
    error.code === 'bound' &&
    ['entries', 'inflatedBytes', 'packedBytes'].includes(error.field)
  );
}
