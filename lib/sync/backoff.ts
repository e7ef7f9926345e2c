/** When to try again. Pure; the randomness is handed in (sync.md §1.2, "Herd at 17:00"). */

const BASE = 30_000;
const MOST = 30 * 60_000;

/** Full jitter: rand(0 .. min(30 min, 30 s · 2^failures)), milliseconds; at least one second. */
export function backoffDelay(failures: number, random: () => number): number {
  return Math.max(1_000, Math.round(random() * Math.min(MOST, BASE * 2 ** Math.min(failures, 30))));
}

/**
 * The delay a `Retry-After` header asks for (seconds or an HTTP date), milliseconds, at most one day; null when it
 * is absent or unreadable.
 */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null;
  const text = header.trim();
  const delay = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(delay) ? null : Math.min(Math.max(0, delay), 86_400_000);
}
