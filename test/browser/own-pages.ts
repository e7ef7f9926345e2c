/** First steps on our own pages as people take them: enrolling the extension, who is on duty, log-in, figures, files. */
import type { Page } from 'puppeteer-core';
import type { Portals } from '../portals/index.ts';
import { choose, press, until, write } from './hands.ts';

export const PIN = '2468';

/** What the tests need of a browser with the extension in it. */
export interface ExtensionBrowser {
  /** Opens one of the extension's own pages. */
  readonly own: (path: string, width?: number, height?: number) => Promise<Page>;
}

const HOSTS = [
  ['igate2', 'igate2', 'Một cửa điện tử'],
  ['td', 'td-antd', 'Một cửa TD'],
  ['ioffice', 'ioffice-dwr', 'iOffice'],
] as const;

/** Notice, enrolment by code, the three hosts, the people of this PC. Ends with the first person on duty. */
export async function enrol(
  browser: ExtensionBrowser,
  how: { hub: string; code: string; portals: Portals; people: readonly string[] },
): Promise<Page> {
  const options = await browser.own('options.html');
  await press(options, 'input[name="accept"]');
  await press(options, '[data-action="accept-notice"]');
  await write(options, 'hub', how.hub);
  await write(options, 'code', how.code);
  await write(options, 'device-name', 'Quầy số 1');
  await press(options, '[data-action="activate"]');
  await options.waitForSelector('[data-step="activation"][data-step-state="done"]');
  for (const [kind, family, name] of HOSTS) {
    const origin = how.portals[kind].url;
    await write(options, 'origin', origin);
    await choose(options, 'family', family);
    await write(options, 'host-name', name);
    await press(options, '[data-action="add-host"]');
    await options.waitForSelector(`[data-row="${origin}"] .n-tag-good`);
  }
  for (const person of how.people) {
    await write(options, 'person-name', person);
    await write(options, 'person-pin', PIN);
    await press(options, '[data-action="add-person"]');
    await options.waitForSelector(`li[data-person="${person}"]`);
  }
  await changeDuty(browser, how.people[0]!);
  return options;
}

/** The other person sits down: name and PIN in the popup. */
export async function changeDuty(browser: ExtensionBrowser, person: string): Promise<void> {
  const popup = await browser.own('popup.html', 360, 600);
  await popup.waitForSelector('[data-person]');
  if ((await popup.$eval('[data-person]', (one) => (one as HTMLElement).dataset.person)) !== person) {
    if (await popup.$('[data-action="change-duty"]')) await press(popup, '[data-action="change-duty"]');
    await choose(popup, 'duty-who', person);
    await write(popup, 'duty-pin', PIN);
    await press(popup, '[data-action="take-duty"]');
    await popup.waitForSelector(`.p-person[data-person="${person}"]`);
  }
  await popup.close();
}

/** "Đồng bộ ngay" in the popup, until nothing is owed to the hub any more. */
export async function syncNow(browser: ExtensionBrowser): Promise<void> {
  const popup = await browser.own('popup.html', 360, 600);
  await press(popup, '[data-action="sync"]');
  await until('the extension has nothing unsent', async () =>
    popup.$eval('[data-unsent]', (one) => (one as HTMLElement).dataset.unsent === '0').catch(() => false),
  );
  await popup.close();
}

/** Logs in at the hub's dashboard. */
export async function logIn(page: Page, hub: string, who: { name: string; password: string }): Promise<void> {
  await page.setViewport({ width: 1366, height: 768 });
  await page.goto(`${hub}/`);
  await write(page, 'name', who.name);
  await write(page, 'password', who.password);
  await press(page, '[data-action="login"]');
  await page.waitForSelector('[data-nav]');
}

/** Shows the figures of a unit and a period; ends when they stand on the screen. */
export async function showFigures(page: Page, unit: string, period: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/so-lieu?don-vi=${unit}&ky=${period}`);
  const shown = `[data-figures-of^="${unit}|${period}|"][aria-busy="false"]`;
  await page.waitForSelector(`${shown} [data-figure="onTime.numerator"]`);
}
