/**
 * The service worker's rules. It serves what was precached and nothing else: GET only, this scope only, never `/v1/`
 * (a worker that touched uploads has emptied their bodies elsewhere).
 *
 * One cache per build, and a file enters it only when it is what the list says: right length, right SHA-256, a type its
 * name allows (a 404, half a file, a log-in page instead of a script). Install fails whole when one file cannot be had,
 * so the version before goes on; nothing here catches that, and nothing skips waiting by itself. The caches of earlier
 * builds stay until a page of this one has started: a page that is still open finds its late chunks there.
 */

/** A file of a build: its address below the scope, its length, and its SHA-256 as base64. */
export interface Precached {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface PrecachePorts {
  readonly files: readonly Precached[];
  /** Address of the folder the worker serves. */
  readonly scope: string;
  readonly caches: Pick<CacheStorage, 'open' | 'keys' | 'delete'>;
  readonly fetch: (request: Request) => Promise<Response>;
}

export interface Precache {
  /** Names the build: changes when any file does. */
  readonly build: string;
  /**
   * Looks at every file in this build's cache and fetches what is missing or damaged; how many files it still lacks.
   * Never rejects for what the network does.
   */
  complete(): Promise<number>;
  /** What answers a request, or null to leave the request alone. */
  answer(request: RequestLike): Promise<Response> | null;
  /** Drops the caches of other builds. */
  forgetOthers(): Promise<void>;
}

type RequestLike = Pick<Request, 'method' | 'url' | 'mode'>;

const PREFIX = 'nmc-kiosk-build-';
/** Files fetched at the same time. */
const AT_ONCE = 6;

/** What a server may call a file; browsers refuse scripts and styles under another name. */
const TYPES: Readonly<Record<string, RegExp>> = {
  html: /^text\/html\b/i,
  js: /^(?:text|application)\/(?:x-)?javascript\b/i,
  css: /^text\/css\b/i,
  svg: /^image\/svg\+xml\b/i,
  png: /^image\/png\b/i,
  webmanifest: /^application\/(?:manifest\+)?json\b/i,
};

/** The files of a build in its own cache. */
export function makePrecache({ files, scope, caches, fetch }: PrecachePorts): Precache {
  const build = buildOf(files);
  const name = PREFIX + build;
  const addresses = new Set(files.map(({ url }) => new URL(url, scope).href));
  const others = async () => (await caches.keys()).filter((one) => one.startsWith(PREFIX) && one !== name);

  async function found(address: string): Promise<Response | undefined> {
    for (const one of [name, ...(await others())]) {
      const kept = await (await caches.open(one)).match(address);
      if (kept) return kept;
    }
    return undefined;
  }

  /** Puts one file into this build's cache unless it is there already; false when it cannot be had. */
  async function have(file: Precached): Promise<boolean> {
    const address = new URL(file.url, scope).href;
    const cache = await caches.open(name);
    if (await isWhole(await cache.match(address), file)) return true;
    // A page comes with headers of its own (its policy), so only it is always asked for anew.
    const known = file.url.endsWith('.html') ? undefined : await found(address);
    for (const from of [async () => known, () => fetch(new Request(address, { cache: 'reload' }))]) {
      const response = await from().catch(() => undefined);
      const copy = response?.clone();
      if (!copy || !(await isWhole(response, file))) continue;
      await cache.put(address, copy);
      return true;
    }
    return false;
  }

  return {
    build,
    async complete() {
      let lacking = 0;
      for (let at = 0; at < files.length; at += AT_ONCE) {
        const had = await Promise.all(files.slice(at, at + AT_ONCE).map(have));
        lacking += had.filter((isHad) => !isHad).length;
      }
      return lacking;
    },
    answer(request) {
      const address = servedFrom(request, scope, addresses);
      if (address === null) return null;
      // A cache that cannot be read (a disk in trouble) must not keep back what the server has.
      return found(address)
        .catch(() => undefined)
        .then((kept) => kept ?? fetch(request as Request));
    },
    async forgetOthers() {
      for (const one of await others()) await caches.delete(one);
    },
  };
}

/** The answer is the file: nothing redirected, allowed type, same length, same bytes. */
async function isWhole(response: Response | undefined, file: Precached): Promise<boolean> {
  if (response?.status !== 200 || response.redirected) return false;
  const type = TYPES[file.url.slice(file.url.lastIndexOf('.') + 1)];
  if (type && !type.test(response.headers.get('content-type') ?? '')) return false;
  const bytes = await response.arrayBuffer().catch(() => null);
  if (bytes?.byteLength !== file.bytes) return false;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest)) === file.sha256;
}

/** The address to look up for a request, or null to leave it alone; a navigation means this build's page. */
function servedFrom(request: RequestLike, scope: string, addresses: ReadonlySet<string>): string | null {
  const url = new URL(request.url);
  const home = new URL(scope);
  if (request.method !== 'GET' || url.origin !== home.origin) return null;
  if (!url.pathname.startsWith(home.pathname) || url.pathname.startsWith('/v1/')) return null;
  const address = url.origin + url.pathname;
  if (request.mode !== 'navigate') return address;
  const page = new URL(url.pathname.endsWith('/') ? 'index.html' : '', address).href;
  return addresses.has(page) ? page : new URL('index.html', home).href;
}

/** An id of a list of files. Not a secret; 32 bits are enough to tell builds apart. */
function buildOf(files: readonly Precached[]): string {
  let hash = 0x811c9dc5;
  for (const character of files.map(({ url, sha256 }) => `${url} ${sha256}`).join('\n')) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}

interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}

/** What the page asks of a worker; each is answered on the port that comes with it. */
export type WorkerQuestion =
  /** Answer: the build's id. */
  | { readonly type: 'BUILD' }
  /** Answer: how many files are lacking after mending. */
  | { readonly type: 'CHECK' }
  /** Answer: the same; with none lacking the worker takes over. */
  | { readonly type: 'SKIP_WAITING' };

/** The part of a service worker's global scope that is used (the program is typed with the DOM library). */
export interface WorkerScope {
  readonly registration: Pick<ServiceWorkerRegistration, 'scope' | 'installing' | 'waiting'>;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(
    type: 'fetch',
    listener: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
  addEventListener(
    type: 'message',
    listener: (
      event: Extendable & { readonly data?: WorkerQuestion; readonly ports: readonly MessagePort[] },
    ) => void,
  ): void;
}

/** Installs the rules in a worker's scope. */
export function serve(self: WorkerScope, precache: Precache): void {
  self.addEventListener('install', (event) =>
    event.waitUntil(
      precache.complete().then((lacking) => {
        if (lacking > 0) throw new Error(`build ${precache.build}: ${lacking} files cannot be had`);
      }),
    ),
  );
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener('fetch', (event) => {
    const answer = precache.answer(event.request);
    if (answer) event.respondWith(answer);
  });
  self.addEventListener('message', (event) => {
    const { data: question, ports } = event;
    if (question)
      event.waitUntil(answerTo(question, self, precache).then((text) => ports[0]?.postMessage(text)));
  });
}

async function answerTo(question: WorkerQuestion, self: WorkerScope, precache: Precache) {
  if (question.type === 'BUILD') return precache.build;
  const lacking = await precache.complete();
  if (question.type === 'SKIP_WAITING' && lacking === 0) await self.skipWaiting();
  const { installing, waiting } = self.registration;
  if (question.type === 'CHECK' && !installing && !waiting) await precache.forgetOthers();
  return lacking;
}
