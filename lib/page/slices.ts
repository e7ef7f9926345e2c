/** Work in idle slices of at most 8 ms, so that a long list never holds the page up. */
const SLICE = 8;

/** Runs `step` for each item in idle time, then `done`. A new call does not start before `stop` or the end. */
export function inSlices<Item>(
  window: Window & typeof globalThis,
  items: readonly Item[],
  step: (item: Item) => void,
  done: () => void,
): { readonly stop: () => void } {
  const { performance } = window;
  let next = 0;
  let isStopped = false;
  const idle = (work: () => void) => {
    if (typeof window.requestIdleCallback === 'function') window.requestIdleCallback(work, { timeout: 300 });
    else setTimeout(work, 1);
  };
  const run = () => {
    if (isStopped) return;
    const start = performance.now();
    while (next < items.length && performance.now() - start < SLICE) {
      step(items[next]!);
      next += 1;
    }
    if (next < items.length) idle(run);
    else done();
  };
  idle(run);
  return {
    stop: () => {
      isStopped = true;
    },
  };
}
