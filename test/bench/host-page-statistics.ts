/** Medians with their bounds, by a bootstrap whose dice are seeded: the same figures give the same bounds. */

export interface Estimate {
  readonly median: number;
  /** Bounds of the median, 95 % on either side alone. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

const DRAWS = 4_000;

export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A generator of numbers in [0, 1) (mulberry32). */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The median and the 5th and 95th percentile of the medians of resampled values. */
export function estimate(values: readonly number[], seed = 766): Estimate {
  const next = dice(seed);
  const medians = Array.from({ length: DRAWS }, () =>
    median(values.map(() => values[Math.floor(next() * values.length)]!)),
  ).sort((a, b) => a - b);
  const at = (share: number) => medians[Math.min(DRAWS - 1, Math.floor(share * DRAWS))]!;
  return { median: median(values), low: at(0.05), high: at(0.95), n: values.length };
}
