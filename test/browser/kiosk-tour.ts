/**
 * A kiosk for those who walk past every screen of it (`kiosk-tour-citizen.ts`, `kiosk-tour-staff.ts`) and look at each:
 * accessibility, pictures. The page's clock stands still on the citizen's side and moves only when it is told to, so that
 * what is seen is the same each time.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { QUICK } from '../../lib/domain/questionnaires.ts';
import type { MemoryHub } from '../unit/sync/hub.ts';
import { makeProfile, openBrowser, PIN, type Profile, type Site, serveKiosk } from './kiosk-device.ts';
import { hubBehind, plainConfig } from './kiosk-memory-hub.ts';

export const CODE = 'MA-THU-0001';
/** A microphone that beeps. */
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
/** A name that is not localhost: what is served there is no secure context. */
const INSECURE = 'kiosk.test';
/** A question of every scale, so that one visit passes all of them. */
export const SCALES = ([5, 3, 4, 10] as const).map((scale) => ({
  ...QUICK.questions[0]!,
  id: `s${scale}`,
  scale,
}));
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
    ...MICROPHONE,
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

/** Holds the corner by keyboard until the PIN is asked for. */
export async function holdDoor(page: Page): Promise<void> {
  await page.locator('.k-door').focus();
  await page.keyboard.down('Enter');
  await page.clock.fastForward(2_100);
  await page.locator('.s-pin').waitFor();
  await page.keyboard.up('Enter');
}

/** Through the door with the PIN, to the staff's home screen. */
export async function passDoor(page: Page): Promise<void> {
  await holdDoor(page);
  await typePin(page);
  await page.locator('[data-card=sync]').waitFor();
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
