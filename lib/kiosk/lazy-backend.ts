/** The door to `backend.ts`: loaded once, when the first screen is painted and idle; a start that failed is tried again at the next call. */
import type { Backend } from './backend.ts';
import type { Owed } from './owed.ts';
import type { Vault } from './vault.ts';

export type Loaded = Backend & { readonly readOwed: (mirror: string | null) => Owed };

/** Returns the loader. Rejects while the database cannot be opened. */
export function lazyBackend(vault: Vault): () => Promise<Loaded> {
  let loading: Promise<Loaded> | null = null;
  return () => {
    if (loading) return loading;
    const attempt = whenIdle()
      .then(() => Promise.all([import('./backend.ts'), import('./owed.ts')]))
      .then(async ([{ openBackend }, { readOwed }]) => ({ ...(await openBackend(vault)), readOwed }));
    loading = attempt;
    attempt.catch(() => {
      loading = null;
    });
    return attempt;
  };
}

/** At the latest after this a start goes on, however busy the window is (or hidden: it paints nothing). Milliseconds. */
const BUSY_MS = 2_000;

/** Resolves once the first screen is painted and nobody waits for another: a tap on it comes before what stands behind it. */
function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback !== 'function') setTimeout(resolve, 200);
    else requestAnimationFrame(() => requestIdleCallback(() => resolve(), { timeout: BUSY_MS }));
    setTimeout(resolve, BUSY_MS);
  });
}
