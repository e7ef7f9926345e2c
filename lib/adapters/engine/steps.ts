/** Work that can be cut: the page runs its steps in idle slices, tests and the workshop run them at once. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Runs every step now. */
export function atOnce<Result>(work: Steps<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
