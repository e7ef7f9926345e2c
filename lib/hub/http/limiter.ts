/** Counts failed attempts per name (an address, a user name) in a sliding window, in memory. */

export interface Limiter {
  /** Seconds to wait before another attempt is heard, 0 when it may be made now. */
  wait(name: string): number;
  failed(name: string): void;
  succeeded(name: string): void;
}

const MOST_NAMES = 10_000;

/** At most `most` failures per `window` milliseconds and name. */
export function makeLimiter(most: number, window: number, clock: () => number): Limiter {
  const failures = new Map<string, number[]>();
  const recent = (name: string) => (failures.get(name) ?? []).filter((time) => time > clock() - window);
  return {
    wait: (name) => {
      const times = recent(name);
      return times.length < most ? 0 : Math.ceil((times[0]! + window - clock()) / 1_000);
    },
    failed: (name) => {
      const times = [...recent(name), clock()].slice(-most);
      failures.delete(name);
      failures.set(name, times);
      const oldest = failures.keys().next().value;
      if (failures.size > MOST_NAMES && oldest !== undefined) failures.delete(oldest);
    },
    succeeded: (name) => {
      failures.delete(name);
    },
  };
}
