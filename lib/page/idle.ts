/**
 * The page's spare time. Work that looks at the layout runs here and not in a frame callback: after a frame the layout is
 * fresh, inside one it would be computed for us (measured: 60 ms of layout and hit test in a list of 3 000 rows).
 */

/** Runs `work` when the page has time, at the latest after `timeout` milliseconds; answers how to call it off. */
export function whenIdle(window: Window & typeof globalThis, work: () => void, timeout: number): () => void {
  if (typeof window.requestIdleCallback === 'function') {
    const id = window.requestIdleCallback(work, { timeout });
    return () => window.cancelIdleCallback(id);
  }
  const timer = setTimeout(work, 1);
  return () => clearTimeout(timer);
}
