/**
 * The demo's two browsers, each with a fresh profile: the official's, with the extension's test build, and the tablet at
 * the counter. They never take Ctrl+C for themselves: the demo closes them.
 */
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import puppeteer, { type Browser } from 'puppeteer-core';
import { chromiumFlags } from '../../lib/build/browsers.ts';
import { ensureExtension } from '../../lib/build/extension.ts';
import { TEST_ID } from '../../lib/build/manifest.ts';
import type { ExtensionBrowser } from '../browser/own-pages.ts';

export interface BrowserOptions {
  readonly executablePath: string;
  /** Folder for the profiles. */
  readonly folder: string;
  readonly headless: boolean;
  /** Pause after each command to the browser, in milliseconds: hands that an onlooker can follow. */
  readonly slowMo: number;
}

const SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

export interface OfficialBrowser extends ExtensionBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** The official's Chromium with the extension in it; builds the extension when it is older than its sources. */
export async function openOfficial(options: BrowserOptions): Promise<OfficialBrowser> {
  const extension = await ensureExtension('chrome', 'test');
  const { executablePath, headless, slowMo } = options;
  const browser = await puppeteer.launch({
    executablePath,
    headless,
    slowMo,
    ...SIGNALS,
    pipe: true,
    enableExtensions: [extension],
    userDataDir: join(options.folder, 'official'),
    defaultViewport: null,
    args: [...chromiumFlags(), '--lang=vi', '--window-size=1400,950'],
  });
  return {
    browser,
    own: async (path, width = 1100, height = 900) => {
      const page = await browser.newPage();
      await page.setViewport({ width, height });
      await page.goto(`chrome-extension://${TEST_ID}/${path}`, { waitUntil: 'load' });
      return page;
    },
    close: () => browser.close(),
  };
}

/** The tablet at the counter, 1280×800. */
export function openTablet(options: BrowserOptions): Promise<BrowserContext> {
  const { executablePath, headless, slowMo } = options;
  return chromium.launchPersistentContext(join(options.folder, 'tablet'), {
    executablePath,
    headless,
    slowMo,
    ...SIGNALS,
    args: [...chromiumFlags(), '--lang=vi'],
    viewport: { width: 1280, height: 800 },
  });
}
