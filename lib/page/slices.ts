/** Work in idle slices of at most 8 ms, so that a long list never holds the page up. */
import type { Steps } from '../adapters/engine/steps.ts';

/** A slice ends here: the step under way, and the browser tidying up after it, then still have time. */
const SLICE = 3;
/** What `done` may take of it. */
const TAIL = 0.5;

/**
 * Runs the steps in idle time, then `done` with their result and the milliseconds they took. `onSlice` comes before each
 * slice: between two of them the page may have changed. `began`: the caller runs in idle
 * time since then, and the first slice is what is left of it. `done` never comes before this returns.
 */
export function inSlices<Result>(
  window: Window & typeof globalThis,
  work: Steps<Result>,
  done: (result: Result, spent: number) => void,
  onSlice: () => void,
  began: number | null = null,
): { readonly stop: () => void } {
  const { performance } = window;
  let spent = 0;
  let isStopped = false;
  /** True until this function has returned. */
  let isFirst = true;
  const idle = (run: () => void) => {
    if (typeof window.requestIdleCallback === 'function') window.requestIdleCallback(run, { timeout: 300 });
    else setTimeout(run, 1);
  };
  const run = () => {
    if (isStopped) return;
    const start = isFirst && began !== null ? began : performance.now();
    onSlice();
    for (;;) {
      const step = work.next();
      const taken = performance.now() - start;
      if (step.done) {
        const finish = () => {
          if (!isStopped) done(step.value, spent + taken);
        };
        if (taken < SLICE - TAIL && !isFirst) finish();
        else if (taken < SLICE - TAIL) queueMicrotask(finish);
        else idle(finish);
        return;
      }
      if (taken < SLICE) continue;
      spent += taken;
      idle(run);
      return;
    }
  };
  if (began !== null) run();
  else idle(run);
  isFirst = false;
  return {
    stop: () => {
      isStopped = true;
    },
  };
}
