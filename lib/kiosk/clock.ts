/**
 * A clock for time limits that cannot be fooled: monotonic while the device is awake, and it still notices the time a
 * tablet spent asleep (`performance.now()` stands still there), so that a citizen who comes after the sleep never
 * meets the screen of the one before.
 */

/** The wall clock must run ahead by more than this before it counts as sleep rather than drift, milliseconds. */
const SLEEP_MS = 5_000;

/**
 * Milliseconds that never run backwards. `monotonic` and `wall` are read at each call; a wall clock set back changes
 * nothing, one set forward counts as sleep (at worst an unfinished visit ends early).
 */
export function wakefulClock(monotonic: () => number, wall: () => number): () => number {
  let slept = 0;
  let lastMonotonic = monotonic();
  let lastWall = wall();
  return () => {
    const nowMonotonic = monotonic();
    const nowWall = wall();
    const ahead = nowWall - lastWall - (nowMonotonic - lastMonotonic);
    if (ahead > SLEEP_MS) slept += ahead;
    lastMonotonic = nowMonotonic;
    lastWall = nowWall;
    return nowMonotonic + slept;
  };
}
