/** The service worker's rules: what it takes into its cache, what it answers, when it takes over. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makePrecache, type Precached, serve, type WorkerScope } from '../../../lib/kiosk/worker.ts';

const SCOPE = 'https://nhip.example.vn/kiosk/';
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  mp3: 'audio/mpeg',
};

/** Cache Storage without its quirks. */
function cacheStorage() {
  const all = new Map<string, Map<string, Response>>();
  const addressOf = (request: RequestInfo | URL) =>
    request instanceof Request ? request.url : String(request);
  return {
    all,
    async open(name: string) {
      const cache = all.get(name) ?? new Map<string, Response>();
      all.set(name, cache);
      return {
        match: async (request: RequestInfo | URL) => cache.get(addressOf(request))?.clone(),
        put: async (request: RequestInfo | URL, response: Response) =>
          void cache.set(addressOf(request), response),
      } as unknown as Cache;
    },
    keys: async () => [...all.keys()],
    delete: async (name: string) => all.delete(name),
  };
}

const fileOf = (url: string, text: string): Precached => ({
  url,
  bytes: Buffer.byteLength(text),
  sha256: createHash('sha256').update(text).digest('base64'),
});

const answer = (text: string, url: string, type = TYPES[url.split('.').at(-1)!] ?? '') =>
  new Response(text, { headers: { 'content-type': type } });

const BUILD: Record<string, string> = {
  'index.html': '<p>một</p>',
  'assets/a-1.js': 'a()',
  'hello.mp3': 'sound',
};
const NEXT: Record<string, string> = { ...BUILD, 'index.html': '<p>hai</p>', 'assets/a-2.js': 'b()' };

let caches: ReturnType<typeof cacheStorage>;
let served: Record<string, Response | undefined>;
let asked: string[];

beforeEach(() => {
  caches = cacheStorage();
  served = {};
  asked = [];
});

function precacheOf(build: Record<string, string>) {
  const files = Object.entries(build).map(([url, text]) => fileOf(url, text));
  return makePrecache({
    files,
    scope: SCOPE,
    caches,
    fetch: async (request) => {
      const path = new URL(request.url).pathname.slice('/kiosk/'.length);
      asked.push(path);
      const response = served[path];
      if (!response) throw new TypeError('no network');
      return response.clone();
    },
  });
}

function deploy(build: Record<string, string>): void {
  served = Object.fromEntries(Object.entries(build).map(([url, text]) => [url, answer(text, url)]));
}

const page = (path: string) => ({ method: 'GET', url: SCOPE + path, mode: 'navigate' as const });
const file = (path: string, method = 'GET') => ({ method, url: SCOPE + path, mode: 'cors' as const });
const text = async (response: Promise<Response> | null) => (await response)?.text();

describe('a build', () => {
  it('that is whole answers its pages and files without a network, whatever the query', async () => {
    deploy(BUILD);
    const precache = precacheOf(BUILD);
    expect(await precache.complete()).toBe(0);
    served = {};
    expect(await text(precache.answer(page('?source=pwa')))).toBe('<p>một</p>');
    expect(await text(precache.answer(page('anything/deep')))).toBe('<p>một</p>');
    expect(await text(precache.answer(file('assets/a-1.js?x=1')))).toBe('a()');
    expect(asked).toHaveLength(3);
  });

  it('answers a page of its own folder with that page', async () => {
    const build = { ...BUILD, 'cai-dat/index.html': '<p>cài đặt</p>' };
    deploy(build);
    const precache = precacheOf(build);
    await precache.complete();
    expect(await text(precache.answer(page('cai-dat/')))).toBe('<p>cài đặt</p>');
    expect(await text(precache.answer(page('other/')))).toBe('<p>một</p>');
  });

  it('whose cache cannot be read is answered by the server', async () => {
    deploy(BUILD);
    const precache = precacheOf(BUILD);
    await precache.complete();
    caches.keys = async () => {
      throw new DOMException('the disk', 'UnknownError');
    };
    const open = caches.open;
    caches.open = async (name) => {
      await open(name);
      throw new DOMException('the disk', 'UnknownError');
    };
    const response = await precache.answer({ method: 'GET', url: `${SCOPE}assets/a-1.js`, mode: 'cors' });
    expect(await response?.text()).toBe('a()');
  });

  it('leaves uploads, other methods, other scopes and other origins alone', () => {
    const precache = precacheOf(BUILD);
    const ask = (url: string, method = 'GET') => precache.answer({ method, url, mode: 'cors' });
    expect(ask('https://nhip.example.vn/v1/batches', 'POST')).toBeNull();
    expect(ask('https://nhip.example.vn/v1/device/config')).toBeNull();
    expect(ask(`${SCOPE}assets/a-1.js`, 'POST')).toBeNull();
    expect(precache.answer({ method: 'GET', url: 'https://nhip.example.vn/', mode: 'navigate' })).toBeNull();
    expect(ask('https://elsewhere.example/kiosk/x.js')).toBeNull();
    const root = makePrecache({ files: [], scope: 'https://h.vn/', caches, fetch });
    expect(root.answer({ method: 'GET', url: 'https://h.vn/v1/batches', mode: 'cors' })).toBeNull();
  });

  it('is named by its files, not by its place in time', () => {
    expect(precacheOf(BUILD).build).toMatch(/^[0-9a-f]{8}$/);
    expect(precacheOf(BUILD).build).toBe(precacheOf({ ...BUILD }).build);
    expect(precacheOf(BUILD).build).not.toBe(precacheOf(NEXT).build);
  });
});

describe('a file that is not what the list says', () => {
  const bad: [string, () => Response | undefined][] = [
    [
      'is missing',
      () => new Response('not found', { status: 404, headers: { 'content-type': 'text/html' } }),
    ],
    ['cannot be reached', () => undefined],
    ['is cut off', () => answer('a(', 'a.js')],
    ['has the right length and other bytes', () => answer('b()', 'a.js')],
    ['is a page where a script belongs', () => answer('<p>đăng nhập</p>', 'a.html')],
    ['has the right bytes under another type', () => answer('a()', 'a.js', 'text/plain')],
    [
      'is an error with the right bytes',
      () => new Response('a()', { status: 500, headers: { 'content-type': 'text/javascript' } }),
    ],
  ];
  it.each(bad)('%s: the build lacks it, and nothing of it is kept', async (_how, response) => {
    deploy(BUILD);
    served['assets/a-1.js'] = response();
    const precache = precacheOf(BUILD);
    expect(await precache.complete()).toBe(1);
    const kept = caches.all.get(`nmc-kiosk-build-${precache.build}`);
    expect([...(kept?.keys() ?? [])].sort()).toEqual([`${SCOPE}hello.mp3`, `${SCOPE}index.html`]);
    deploy(BUILD);
    expect(await precache.complete()).toBe(0);
  });

  it('in the cache itself is fetched again; without a network it is said to be lacking', async () => {
    deploy(BUILD);
    const precache = precacheOf(BUILD);
    await precache.complete();
    const cache = caches.all.get(`nmc-kiosk-build-${precache.build}`)!;
    cache.set(`${SCOPE}assets/a-1.js`, answer('a(', 'a.js'));
    served = {};
    expect(await precache.complete()).toBe(1);
    deploy(BUILD);
    expect(await precache.complete()).toBe(0);
    expect(await text(precache.answer(file('assets/a-1.js')))).toBe('a()');
  });
});

describe('two builds', () => {
  it('share what is the same, never a page, and the older serves its late chunks until it is forgotten', async () => {
    deploy(BUILD);
    await precacheOf(BUILD).complete();
    asked = [];
    deploy(NEXT);
    const next = precacheOf(NEXT);
    expect(await next.complete()).toBe(0);
    expect(asked.sort()).toEqual(['assets/a-2.js', 'index.html']);
    served = {};
    const { 'assets/a-1.js': _, ...without } = NEXT;
    const third = precacheOf(without);
    expect(await text(third.answer(file('assets/a-1.js')))).toBe('a()');
    expect(await text(next.answer(page('')))).toBe('<p>hai</p>');
    caches.all.set('somebody-else', new Map());
    await next.forgetOthers();
    expect([...caches.all.keys()]).toEqual([`nmc-kiosk-build-${next.build}`, 'somebody-else']);
  });
});

/** A worker's scope that can be driven. */
function scope(precache: Parameters<typeof serve>[1], waiting: unknown = null) {
  const listeners = new Map<string, (event: never) => void>();
  const skipWaiting = vi.fn(async () => {});
  const self = {
    registration: { scope: SCOPE, installing: null, waiting },
    clients: { claim: async () => {} },
    skipWaiting,
    addEventListener: (type: string, listener: (event: never) => void) => listeners.set(type, listener),
  };
  serve(self as unknown as WorkerScope, precache);
  return {
    skipWaiting,
    async fire(type: string, event: object): Promise<unknown> {
      let work: Promise<unknown> = Promise.resolve();
      listeners.get(type)?.({ ...event, waitUntil: (given: Promise<unknown>) => (work = given) } as never);
      return work;
    },
  };
}

async function asks(worker: ReturnType<typeof scope>, type: string): Promise<unknown> {
  const postMessage = vi.fn();
  await worker.fire('message', { data: { type }, ports: [{ postMessage }] });
  return postMessage.mock.calls[0]?.[0];
}

describe('the worker', () => {
  it('fails its installation when one file is lacking, and never takes over by itself', async () => {
    deploy(BUILD);
    served['hello.mp3'] = undefined;
    const worker = scope(precacheOf(BUILD));
    await expect(worker.fire('install', {})).rejects.toThrow('1 files');
    deploy(BUILD);
    await worker.fire('install', {});
    expect(worker.skipWaiting).not.toHaveBeenCalled();
  });

  it('takes over when it is asked and every file of its own cache is what the list says', async () => {
    deploy(BUILD);
    const precache = precacheOf(BUILD);
    const worker = scope(precache);
    await worker.fire('install', {});
    caches.all.get(`nmc-kiosk-build-${precache.build}`)!.delete(`${SCOPE}index.html`);
    served = {};
    expect(await asks(worker, 'SKIP_WAITING')).toBe(1);
    expect(worker.skipWaiting).not.toHaveBeenCalled();
    deploy(BUILD);
    expect(await asks(worker, 'SKIP_WAITING')).toBe(0);
    expect(worker.skipWaiting).toHaveBeenCalledTimes(1);
  });

  it('says its build, and drops older builds only while no newer one is coming', async () => {
    deploy(BUILD);
    await precacheOf(BUILD).complete();
    deploy(NEXT);
    const next = precacheOf(NEXT);
    await next.complete();
    expect(await asks(scope(next), 'BUILD')).toBe(next.build);
    expect(await asks(scope(next, {}), 'CHECK')).toBe(0);
    expect(caches.all.size).toBe(2);
    expect(await asks(scope(next), 'CHECK')).toBe(0);
    expect([...caches.all.keys()]).toEqual([`nmc-kiosk-build-${next.build}`]);
  });
});
