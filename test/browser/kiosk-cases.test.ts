/** The forty cases (`test/unit/kiosk/cases.test.ts`), in the built kiosk: power cuts, the service worker, the first sync. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb } from '../../lib/build/web.ts';
import type { EntryOf } from '../../lib/domain/entry.ts';
import { memoryHub } from '../unit/sync/hub.ts';
import { deployBad, deployVersion } from './kiosk-builds.ts';
import {
  closeThanks,
  handedOver,
  killBrowser,
  makeProfile,
  offlineReady,
  openBrowser,
  type Profile,
  rate,
  type Site,
  serveKiosk,
  setUp,
} from './kiosk-device.ts';
import { type OneOrigin, serveOneOrigin } from './kiosk-hub.ts';
import { enrolKiosk, syncKiosk } from './kiosk-visits.ts';

const LOOK = 31 * 60_000;

let built: string;
let pages: Site;
let site: OneOrigin;
let profile: Profile;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'nmc-web-'));
  await buildWeb({ outDir: built, pages: ['kiosk'] });
});
afterAll(() => rm(built, { recursive: true, force: true }));
beforeEach(async () => {
  pages = await serveKiosk(built);
  site = await serveOneOrigin(pages, null);
  profile = await makeProfile();
  await start();
});
afterEach(async () => {
  await context.close().catch(() => {});
  await site.close();
  await pages.close();
  await profile.remove();
});

async function start(): Promise<void> {
  context = await openBrowser(profile);
  page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${site.origin}/kiosk/`);
}

/** A power cut, then the device is switched on again. */
async function restart(): Promise<void> {
  expect(killBrowser(profile)).toBeGreaterThan(0);
  await context.close().catch(() => {});
  await start();
  await page.locator('.k-hero').waitFor();
  // What the run before owed is in the journal.
  await stored('nmc-kiosk-vault', 'texts', 'mirror', null);
}

async function feedback(): Promise<EntryOf<'feedback'>['body'][]> {
  const entries = await handedOver(page);
  return entries.flatMap((entry) => (entry.kind === 'feedback' ? [entry.body] : []));
}

/** Waits until a text of one of the page's own databases says this; null: until it is gone. */
function stored(database: string, store: string, key: string, text: string | null) {
  return page.waitForFunction(
    async ([name, table, row, part]) => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name!);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const asked = db.transaction(table!).objectStore(table!).get(row!);
      await new Promise((resolve) => {
        asked.onsuccess = resolve;
      });
      db.close();
      return part === null
        ? asked.result === undefined
        : JSON.stringify(asked.result ?? null).includes(part!);
    },
    [database, store, key, text] as const,
  );
}

describe('a device that dies', () => {
  it('T12 after the first question: the next citizen meets a clean screen, and the step is on record without the answer', async () => {
    await setUp(page);
    await page.locator('.k-hero').click();
    await page.locator('.k-answer-1').click();
    await stored('nmc-kiosk-vault', 'texts', 'mirror', 'attitude');
    await restart();
    expect(await page.getByRole('heading', { name: 'Thái độ phục vụ' }).count()).toBe(0);
    const [left, ...more] = await feedback();
    expect(more).toEqual([]);
    expect(left).toMatchObject({ outcome: 'abandoned', step: 'attitude' });
    expect(left).not.toHaveProperty('answers');
  });

  it('T13 while it is in the background and frozen: both answers were given, so the rating counts', async () => {
    await setUp(page);
    await page.locator('.k-hero').click();
    await page.locator('.k-answer-1').click();
    await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
    await page.locator('.k-answer-4').click();
    await page.locator('.k-reason').first().waitFor();
    await stored('nmc-kiosk-vault', 'texts', 'mirror', 'completed');
    const other = await context.newPage();
    await other.bringToFront();
    const session = await context.newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await restart();
    expect(await feedback()).toMatchObject([
      { outcome: 'completed', answers: { quality: 1, attitude: 4 }, reasons: [] },
    ]);
  });

  it('T7 whose configuration is unreadable still takes ratings, by the questionnaire it was built with', async () => {
    await setUp(page);
    await page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('nmc-device');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const transaction = db.transaction('state', 'readwrite');
      transaction.objectStore('state').put({ key: 'config', value: { text: 'no.such.thing', etag: '"1"' } });
      await new Promise((resolve) => {
        transaction.oncomplete = resolve;
      });
      db.close();
    });
    await page.reload();
    await rate(page, 4, 5);
    await closeThanks(page);
    expect(await feedback()).toMatchObject([
      { questionnaire: 'quick@2', answers: { quality: 4, attitude: 5 } },
    ]);
  });
});

describe('the service worker', () => {
  /** The addresses in the worker's cache, below the page's. */
  const cached = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const requests = (
        await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      ).flat();
      const home = new URL('.', location.href).href;
      return requests.map(({ url }) => url.split('?')[0]!.replace(home, '')).sort();
    });

  it('T27 keeps exactly the files of the build, itself left out', async () => {
    await offlineReady(page);
    const entries = await readdir(join(built, 'kiosk'), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(built, 'kiosk').length + 1))
      .filter((name) => name !== 'sw.js');
    expect(await cached()).toEqual(files.sort());
  });

  it('T28 answers pages and files from the cache, and calls of the hub never', async () => {
    await offlineReady(page);
    await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          const isPage = new URL(request.url).pathname.endsWith('.html');
          const body = isPage ? '<!doctype html><title>from the cache</title>' : 'from the cache';
          await cache.put(request, new Response(body, { headers: { 'content-type': 'text/html' } }));
        }
      }
    });
    await page.goto(`${site.origin}/kiosk/?anything`);
    expect(await page.title()).toBe('from the cache');
    const texts = await page.evaluate(
      async (names) => {
        const bodies = await Promise.all(names.map(async (name) => (await fetch(name)).text()));
        return bodies.filter((body) => !body.includes('from the cache'));
      },
      await cached(),
    );
    expect(texts).toEqual([]);
    const answers = await page.evaluate(() =>
      Promise.all([
        fetch('/v1/device/config').then(({ status }) => status),
        fetch('/v1/batches', { method: 'POST', body: 'kept whole' }).then(({ status }) => status),
      ]),
    );
    expect(answers).toEqual([404, 404]);
    expect(site.asked.get('/v1/device/config')).toBe(1);
    expect(site.asked.get('/v1/batches')).toBe(1);
  });

  it('T29 opens without a network after a refresh, and again, and takes a rating', async () => {
    await setUp(page);
    await offlineReady(page);
    await context.setOffline(true);
    await site.close();
    for (let refresh = 0; refresh < 2; refresh += 1) {
      await page.reload();
      await page.locator('.k-hero').waitFor();
    }
    await rate(page, 5, 5);
    await closeThanks(page);
    expect(await feedback()).toHaveLength(1);
  });

  it('T26 that could not be installed is looked for again by itself, in one loop', async () => {
    await page.clock.install();
    await page.reload();
    await setUp(page);
    await offlineReady(page);
    const folder = await mkdtemp(join(tmpdir(), 'nmc-web-'));
    await deployBad(built, join(folder, 'bad'), 'bad', 'missing file');
    await deployVersion(built, join(folder, 'good'), 'good');
    pages.deploy(join(folder, 'bad'));
    const asks = () => site.asked.get('/kiosk/sw.js') ?? 0;
    const misses = () => site.asked.get('/kiosk/assets/extra-abcdefgh.js') ?? 0;
    const before = asks();
    let looks = 0;
    const look = async () => {
      looks += 1;
      await page.clock.fastForward(LOOK).catch(() => {});
    };
    for (let round = 1; round <= 3; round += 1) {
      await expect
        .poll(() => look().then(misses), { timeout: 60_000, interval: 1_000 })
        .toBeGreaterThanOrEqual(round);
    }
    // Each look asks for the script at most thrice (registration, update, "is anybody there"); loops that multiply would not.
    expect(asks() - before).toBeLessThanOrEqual(3 * looks);
    expect(await page.title()).toBe('Thiết bị đánh giá điện tử');
    pages.deploy(join(folder, 'good'));
    await expect
      .poll(
        async () => {
          await look();
          return page.title().catch(() => '');
        },
        { timeout: 120_000, interval: 1_000 },
      )
      .toBe('good');
    await page.locator('.k-hero').waitFor();
    await rm(folder, { recursive: true });
  });
});

describe('the first sync', () => {
  it('T30 cut by three refreshes still ends complete, every rating once', async () => {
    await site.close();
    const hub = await memoryHub(Date.now);
    hub.codes.set('MA-THU-0001', 'kiosk');
    site = await serveOneOrigin(pages, hub);
    await page.goto('about:blank');
    await enrolKiosk(page, site.origin, 'MA-THU-0001');
    for (const quality of [5, 1, 3]) {
      await rate(page, quality, 4);
      await closeThanks(page);
    }
    // The hub commits, the answer is still on its way when the page is loaded anew.
    let isHeld = true;
    site.onAnswer = async (path) => {
      if (isHeld && path === '/v1/batches') await new Promise(() => {});
    };
    for (let refresh = 0; refresh < 3; refresh += 1) {
      const before = hub.archive.length;
      await page.clock.fastForward(16_000);
      await expect.poll(() => hub.archive.length, { timeout: 30_000 }).toBeGreaterThan(before);
      await page.reload();
      await page.locator('.k-hero').waitFor();
    }
    isHeld = false;
    await syncKiosk(page);
    const ratings = [...hub.entries.values()].filter(({ line }) => line.includes('"kind":"feedback"'));
    expect(ratings).toHaveLength(3);
    expect(hub.forks).toEqual([]);
    expect(hub.archive.length).toBeGreaterThan(3);
  });
});
