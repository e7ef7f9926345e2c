/** Every screen of a citizen at the kiosk of `kiosk-tour.ts`, one after the other. */
import type { Page } from 'playwright-core';
import type { MemoryHub } from '../unit/sync/hub.ts';
import { plainConfig } from './kiosk-memory-hub.ts';
import { type Kiosk, type Look, passDoor, SCALES, type Stop, shown, sync, tap } from './kiosk-tour.ts';

const PHONE_URL = 'https://nhip.example.vn/danh-gia/abc';

/** Every screen of a citizen; `openToCitizens` first. Ends on the notice of a device taken out of service. */
export async function tourCitizen(kiosk: Kiosk, look: Look): Promise<void> {
  const { page, hub } = kiosk;
  const stop = async (name: string, selector: string, cover?: Stop['cover']) => {
    await shown(page, selector);
    await look({ name, page, hasTools: true, ...(cover && { cover }) });
  };
  await stop('attract', '.k-hero');
  for (const [at, topic] of ['filing', 'payment'].entries()) {
    await tap(page, `.k-card >> nth=${at}`);
    await stop(`guide-${topic}`, '.k-guide');
    await page.keyboard.press('Escape');
    await shown(page, '.k-hero');
  }
  await start(page);
  for (const { scale } of SCALES) {
    await stop(`question-${scale}`, `[data-scale="${scale}"]`);
    await page.keyboard.press('1');
  }
  await stop('reasons', '.k-reasons');
  for (const key of ['1', '5']) await page.keyboard.press(key);
  await stop('reasons-chosen', '.k-reasons [aria-disabled=true]');
  await tap(page, '.k-done');
  await stop('comment', '.k-keys');
  await page.keyboard.type('Cho lau');
  await tap(page, '[data-key^="layer"]');
  await stop('comment-digits', '.k-keys');
  await page.evaluate(holdStorage);
  await tap(page, '.k-done');
  await stop('saving', '.k-wait');
  await page.evaluate(() => dispatchEvent(new Event('test-release')));
  await stop('thanks', '.k-big-check');

  await atRest(page);
  await start(page);
  const cover = {
    async off() {
      await tap(page, '.k-stay');
      await page.locator('.k-idle').waitFor({ state: 'detached' });
    },
    async on() {
      // Who uses a tool is given twice the time.
      const isHelped = (await page.locator('.k-tools [aria-pressed=true]:not(.k-language)').count()) > 0;
      await page.clock.fastForward(isHelped ? 60_100 : 30_100);
      await shown(page, '.k-idle');
    },
  };
  await cover.on();
  await stop('idle', '.k-idle', cover);
  await tap(page, '.k-idle .k-wide');

  await set(hub, page, 2, { kiosk: { isOutOfService: false, phoneUrl: PHONE_URL } });
  await twoAnswers(page);
  await stop('thanks-phone', '.k-phone .k-code');
  await atRest(page);

  await page.evaluate(() => localStorage.setItem('test.full', '1'));
  await twoAnswers(page);
  await stop('broken', '.k-notice');
  await page.evaluate(() => localStorage.setItem('test.full', '0'));
  await page.clock.fastForward(16_000);
  await shown(page, '.k-hero');

  await set(hub, page, 3, { kiosk: { isOutOfService: true } });
  await stop('closed', '.k-notice');
}

async function start(page: Page): Promise<void> {
  await shown(page, '.k-hero');
  await tap(page, '.k-hero');
  await shown(page, '.k-question');
}

async function twoAnswers(page: Page): Promise<void> {
  await start(page);
  await page.keyboard.press('5');
  await page.keyboard.press('5');
}

async function atRest(page: Page): Promise<void> {
  await tap(page, '.k-done');
  await shown(page, '.k-hero');
}

/** The hub has this from now on, and the device, synced by its staff, goes by it. */
async function set(
  hub: MemoryHub,
  page: Page,
  version: number,
  over: Parameters<typeof plainConfig>[1],
): Promise<void> {
  hub.config = plainConfig(version, over);
  await shown(page, '.k-hero');
  await page.clock.resume();
  await passDoor(page);
  await sync(page);
  await page.locator('[data-action=leave]').click();
  await page.locator('.k-door').waitFor();
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 2_000);
}

/** In the page: every write to the journal waits until `test-release` is dispatched. */
async function holdStorage(): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('nmc-journal-nmc-kiosk');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const names = [...database.objectStoreNames];
  const store = database.transaction(names, 'readwrite').objectStore(names[0]!);
  let isHeld = true;
  addEventListener('test-release', () => {
    isHeld = false;
  });
  const again = () => {
    if (isHeld) store.count().onsuccess = again;
    else database.close();
  };
  again();
}
