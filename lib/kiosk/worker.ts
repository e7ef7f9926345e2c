/**
 * The service worker's rules. It serves what was precached and nothing else: GET only, this scope only, never `/v1/`
 * (a worker that touched uploads has emptied their bodies elsewhere). Install fails whole when one file is missing, so the
 * version before goes on; nothing here catches that, and nothing skips waiting by itself.
 */

/** What the worker does with a request: the precached address to answer with, or null to leave it alone. */
export function servedFrom(
  request: { readonly method: string; readonly url: string; readonly mode: string },
  scope: string,
): string | null {
  const url = new URL(request.url);
  const home = new URL(scope);
  if (request.method !== 'GET' || url.origin !== home.origin) return null;
  if (!url.pathname.startsWith(home.pathname) || url.pathname.startsWith('/v1/')) return null;
  if (request.mode === 'navigate') return new URL('index.html', home).href;
  return url.origin + url.pathname;
}

/** An id of a precache list: changes when any file does. Not a secret; 32 bits are enough to tell builds apart. */
export function revisionOf(
  entries: readonly { readonly url: string; readonly revision: string | null }[],
): string {
  let hash = 0x811c9dc5;
  for (const character of entries.map(({ url, revision }) => `${url} ${revision}`).join('\n')) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}

interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}

/** The part of a service worker's global scope that is used (the program is typed with the DOM library). */
export interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'activate', listener: (event: Extendable) => void): void;
  addEventListener(
    type: 'fetch',
    listener: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
  addEventListener(
    type: 'message',
    listener: (
      event: Extendable & {
        readonly data?: { readonly type?: string };
        readonly ports: readonly MessagePort[];
      },
    ) => void,
  ): void;
}
