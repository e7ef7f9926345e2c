/** Whose turn it is: calls and attempts beyond a limiter's measure are told to come again later. */
import type { Limiter } from './limiter.ts';
import { refuse } from './problem.ts';

/** Counts a call of a device, or refuses it when there were too many. */
export function takeTurn(limiter: Limiter, device: string): void {
  const wait = limiter.wait(device);
  if (wait > 0) throw tooMany(wait);
  limiter.failed(device);
}

/** Too many attempts: come again after so many seconds. */
export function tooMany(seconds: number) {
  return refuse(429, 'tooMany', {
    retryAfter: seconds,
    values: { minutes: Math.max(1, Math.ceil(seconds / 60)) },
  });
}
