/** The door to `backend.ts`: loaded once, after the first paint; a start that failed is tried again at the next call. */
import type { Backend } from './backend.ts';
import type { Owed } from './owed.ts';
import type { Vault } from './vault.ts';

export type Loaded = Backend & { readonly readOwed: (mirror: string | null) => Owed };

/** Returns the loader. Rejects while the database cannot be opened. */
export function lazyBackend(vault: Vault): () => Promise<Loaded> {
  let loading: Promise<Loaded> | null = null;
  return () => {
    if (loading) return loading;
    const attempt = afterPaint()
      .then(() => Promise.all([import('./backend.ts'), import('./owed.ts')]))
      .then(async ([{ openBackend }, { readOwed }]) => ({ ...(await openBackend(vault)), readOwed }));
    loading = attempt;
    attempt.catch(() => {
      loading = null;
    });
    return attempt;
  };
}

/** Resolves once a frame has been painted, or at the latest after 200 ms (a hidden window paints nothing). */
function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 200);
    requestAnimationFrame(() =>
      setTimeout(() => {
        clearTimeout(timer);
        resolve();
      }),
    );
  });
}
