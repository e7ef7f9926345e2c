/** One browser of the page bench with what is installed in it: nothing, a peer, or ours, enrolled and on duty. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { chromiumFlags, needBrowser } from '../../lib/build/browsers.ts';
import { GECKO_ID } from '../../lib/build/manifest.ts';
import { countEntries, enrolQuickly, followJournal } from '../browser/quick-enrol.ts';

export type BrowserKind = 'chromium' | 'firefox';

export interface Stand {
  readonly name: string;
  readonly browser: Browser;
  /** What our scripts' addresses begin with; null where ours is not installed. */
  readonly scripts: string | null;
  /** Every line of the journal. */
  readonly ledger: () => Promise<string[]>;
  /** How many entries the journal holds. */
  readonly entries: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const UUID = '7d1f0a52-52c1-4e0b-9a55-0c9a7f6d2b11';

async function launch(kind: BrowserKind, profile: string): Promise<Browser> {
  if (kind === 'chromium')
    return puppeteer.launch({
      executablePath: needBrowser('chromium'),
      headless: true,
      pipe: true,
      enableExtensions: true,
      userDataDir: profile,
      args: [...chromiumFlags(), '--lang=vi'],
    });
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: needBrowser('firefox'),
    headless: true,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: UUID }),
      // One kind of process only: nothing is started ahead of need, so that what runs is the page's.
      'dom.ipc.processPrelaunch.enabled': false,
    },
  });
}

/** Starts a browser; `folder` is what to install, `isOurs` that it is to be enrolled with `provinceKey`. */
export async function startStand(
  kind: BrowserKind,
  name: string,
  folder: string | null,
  provinceKey: Uint8Array | null,
): Promise<Stand> {
  const profile = await mkdtemp(join(tmpdir(), 'nmc-page-'));
  const browser = await launch(kind, profile);
  const close = async () => {
    await browser.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const id = folder === null ? null : await browser.installExtension(folder);
    if (provinceKey === null || id === null)
      return { name, browser, scripts: null, ledger: async () => [], entries: async () => 0, close };
    const base = kind === 'chromium' ? `chrome-extension://${id}/` : `moz-extension://${UUID}/`;
    const own = await ownPage(browser, `${base}options.html`);
    // The host is bound by the package itself.
    await enrolQuickly(own, provinceKey, []);
    return {
      name,
      browser,
      scripts: base,
      entries: () => countEntries(own),
      ledger: followJournal(() => own).lines,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function ownPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage();
  // BiDi never reports the load of an extension page (field-notes §4.4): what is on it is waited for.
  await page.goto(address, { timeout: 3_000 }).catch((error: unknown) => {
    if (!/timeout/i.test(String(error))) throw error;
  });
  await page.waitForSelector('[data-step]');
  return page;
}
