/**
 * A walk past every screen of the built kiosk in Chromium, for those who look at each of them: accessibility, pictures.
 * The page's clock stands still on the citizen's side and moves only when it is told to, so that what is seen is the same
 * each time.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { QUICK } from '../../lib/domain/questionnaires.ts';
import type { MemoryHub } from '../unit/sync/hub.ts';
import { makeProfile, openBrowser, PIN, type Profile, type Site, serveKiosk } from './kiosk-device.ts';
import { hubBehind, plainConfig } from './kiosk-memory-hub.ts';

const CODE = 'MA-THU-0001';
/** A name that is not localhost: what is served there is no secure context. */
const INSECURE = 'kiosk.test';
const PHONE_URL = 'https://nhip.example.vn/danh-gia/abc';

/** A question of every scale, so that one visit passes all of them. */
const SCALES = ([5, 3, 4, 10] as const).map((scale) => ({ ...QUICK.questions[0]!, id: `s${scale}`, scale }));
const EVERY_SCALE = { ...QUICK, id: 'scales', questions: SCALES };

export interface Kiosk {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly site: Site;
  readonly hub: MemoryHub;
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** A screen that stands there. */
export interface Stop {
  readonly name: string;
  readonly page: Page;
  /** The citizen's tools can be used on it. */
  readonly hasTools: boolean;
  /** Where the tools are covered: takes the cover away and puts it back. */
  readonly cover?: { off(): Promise<void>; on(): Promise<void> };
}
export type Look = (stop: Stop) => Promise<void>;

/** How the screen is dressed by the citizen's tools. */
export interface Dress {
  readonly language: 'vi' | 'en';
  readonly help: 'none' | 'large' | 'contrast' | 'low';
}
export const PLAIN: Dress = { language: 'vi', help: 'none' };

/** The built kiosk on a site of its own with a hub in memory, not activated yet. */
export async function openKiosk(built: string): Promise<Kiosk> {
  const complaints: string[] = [];
  const site = await serveKiosk(built);
  const profile: Profile = await makeProfile();
  const context = await openBrowser(profile, complaints, undefined, [
    `--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`,
  ]);
  context.setDefaultTimeout(20_000);
  const hub = await hubBehind(context, [CODE]);
  hub.config = plainConfig(1, { questionnaire: EVERY_SCALE });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.addInitScript(() => {
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...values: Parameters<typeof add>) {
      if (localStorage.getItem('test.full') === '1') throw new DOMException('disk full', 'UnknownError');
      return add.apply(this, values);
    };
  });
  await page.clock.install();
  await page.goto(site.url);
  return {
    page,
    context,
    site,
    hub,
    complaints,
    async close() {
      await context.close().catch(() => {});
      await site.close();
      await profile.remove();
    },
  };
}

/** Where no rating can be given: not activated, a second window, an address that is not secure. */
export async function tourNotices(kiosk: Kiosk, look: Look): Promise<void> {
  const { page, context, site } = kiosk;
  await page.getByRole('button', { name: /Thiết lập|Set up/ }).waitFor();
  await look({ name: 'inactive', page, hasTools: false });
  const other = await context.newPage();
  await other.goto(site.url);
  await other
    .locator('.k-notice h1')
    .getByText(/cửa sổ khác|another window/)
    .waitFor();
  await look({ name: 'second-window', page: other, hasTools: false });
  await other.goto(site.url.replace('localhost', INSECURE));
  await other.locator('.k-notice h1').getByText('chưa an toàn').waitFor();
  await look({ name: 'insecure', page: other, hasTools: false });
  await other.close();
}

/** First set-up by code, each screen of it looked at. Ends on the home screen of the staff, synced. */
export async function tourSetUp({ page, site }: Kiosk, look: Look): Promise<void> {
  const stop = (name: string) => look({ name, page, hasTools: false });
  await page.getByRole('button', { name: /Thiết lập|Set up/ }).click();
  for (const name of ['staff-pin', 'staff-pin-again']) {
    await page.locator('.s-dots i[data-filled]').first().waitFor({ state: 'detached' });
    await page.locator('.s-pin').waitFor();
    await stop(name);
    await typePin(page);
  }
  await page.locator('.s-activation').waitFor();
  await page.locator('[data-action=by-file]').click();
  await stop('staff-by-file');
  await page.locator('[data-action=by-code]').click();
  await stop('staff-by-code');
  await page.locator('input[name=hub]').fill(new URL(site.url).origin);
  await page.locator('input[name=code]').fill(CODE);
  await page.locator('[data-action=activate]').click();
  await page.locator('[data-card=counter]').getByRole('button', { name: '3', exact: true }).click();
  await sync(page);
}

/** Enters the PIN by keyboard. */
export async function typePin(page: Page): Promise<void> {
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
}

/** By the staff's button, until the hub has everything. */
export async function sync(page: Page): Promise<void> {
  await page.locator('[data-action=sync]').click();
  await page
    .locator('[data-banner=outcome]')
    .getByText(/Máy chủ đã nhận đủ|hub has received everything/i)
    .waitFor();
}

/** Every room of the staff, from their home screen and back to it. */
export async function tourStaff({ page }: Kiosk, look: Look): Promise<void> {
  const stop = (name: string) => look({ name, page, hasTools: false });
  await stop('staff-home');
  for (const room of ['check', 'closing', 'slip', 'voice']) {
    await page.locator(`[data-action=room-${room}]`).click();
    await page.locator(`[data-view=${room}] main > *`).first().waitFor();
    await stop(`staff-${room}`);
    await page.locator('[data-action=home]').click();
  }
  await page.locator('[data-action=activate-again]').click();
  await page.locator('.s-activation').waitFor();
  await stop('staff-activate-again');
}

/** The corner held by keyboard until the PIN is asked for; what stands there is looked at; then the PIN. */
export async function tourGate({ page }: Kiosk, look: Look): Promise<void> {
  const stop = (name: string) => look({ name, page, hasTools: false });
  await holdDoor(page);
  await stop('staff-gate');
  await page.locator('[data-action=forgotten]').click();
  await page.locator('[data-card=forgotten]').waitFor();
  await stop('staff-forgotten');
  await page.locator('[data-action=leave]').click();
  await holdDoor(page);
  await typePin(page);
  await page.locator('[data-card=sync]').waitFor();
}

/** Holds the corner by keyboard until the PIN is asked for. */
export async function holdDoor(page: Page): Promise<void> {
  await page.locator('.k-door').focus();
  await page.keyboard.down('Enter');
  await page.clock.fastForward(2_100);
  await page.locator('.s-pin').waitFor();
  await page.keyboard.up('Enter');
}

/** Leaves the staff screens for the citizens; from now on time stands still. */
export async function openToCitizens({ page }: Kiosk): Promise<void> {
  await page.locator('[data-action=leave]').click();
  await page.locator('.k-hero').waitFor();
  // The test of the storage after a start has a time limit: it must be over before time is made to leap.
  await page.waitForFunction(() => localStorage.getItem('nmc-kiosk.build') !== null);
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 2_000);
}

/** Lets the page do what waits for time, bit by bit, until this is on the screen. */
export async function shown(page: Page, selector: string): Promise<void> {
  for (let turns = 40; turns > 0; turns -= 1) {
    await page.clock.runFor(20);
    const wait = page.locator(selector).first().waitFor({ timeout: 250 });
    if (await wait.then(() => true).catch(() => false)) return page.clock.runFor(20);
  }
  throw new Error(`not on the screen: ${selector}`);
}

/** A tap that does not wait for the moment in which a new screen takes none. */
export async function tap(page: Page, selector: string): Promise<void> {
  await page
    .locator(selector)
    .first()
    .evaluate((button: HTMLElement) => button.click());
}

/** Uses the tools until the screen is dressed so. */
export async function dress(page: Page, { language, help }: Dress): Promise<void> {
  await page.evaluate(
    ([lang, wanted]) => {
      const tools = document.querySelectorAll<HTMLElement>('.k-tools > .k-tool:not(.k-listen)');
      for (const [at, name] of ['large', 'contrast', 'low'].entries()) {
        if ((tools[at]!.ariaPressed === 'true') !== (wanted === name)) tools[at]!.click();
      }
      document.querySelector<HTMLElement>(`.k-language[lang=${lang}]`)!.click();
    },
    [language, help] as const,
  );
  await page.clock.runFor(100);
  await page.waitForFunction(
    ([lang, wanted]) => {
      const { lang: is, dataset } = document.documentElement;
      const helps = {
        large: 'large' in dataset,
        contrast: dataset.contrast === 'high',
        low: 'low' in dataset,
      };
      return is === lang && Object.entries(helps).every(([name, isOn]) => isOn === (name === wanted));
    },
    [language, help] as const,
  );
}

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
  await holdDoor(page);
  await typePin(page);
  await page.locator('[data-card=sync]').waitFor();
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
