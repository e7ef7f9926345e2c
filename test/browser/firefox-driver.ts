/** Drives the built extension in a real Firefox by WebDriver BiDi: a fresh profile and the extension's own pages. */
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { needBrowser } from '../../lib/build/browsers.ts';
import { ensureExtension } from '../../lib/build/extension.ts';
import { GECKO_ID } from '../../lib/build/manifest.ts';

const UUID = '7d1f0a52-52c1-4e0b-9a55-0c9a7f6d2b11';

export interface FirefoxDriver {
  readonly browser: Browser;
  /** Opens one of the extension's own pages. */
  readonly own: (path: string, width?: number, height?: number) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** Starts Firefox with the test build. */
export async function startFirefox(): Promise<FirefoxDriver> {
  const folder = await ensureExtension('firefox', 'test');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: needBrowser('firefox'),
    headless: true,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { 'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: UUID }) },
  });
  await browser.installExtension(folder);
  return {
    browser,
    async own(path, width = 1100, height = 900) {
      const page = await browser.newPage();
      await page.setViewport({ width, height });
      // BiDi never reports the load of an extension page (field-notes §4.4): the caller waits for what is on it.
      await page.goto(`moz-extension://${UUID}/${path}`, { timeout: 2_000 }).catch((error: unknown) => {
        if (!/timeout/i.test(String(error))) throw error;
      });
      return page;
    },
    close: () => browser.close(),
  };
}
