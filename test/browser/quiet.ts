/** Waits until the reader has read, told and stored everything that is on the page (`lib/page/quiet.ts`, test flavour). */
import type { Page } from 'puppeteer-core';

const STALE =
  /context was destroyed|Cannot find context|navigat|detached|DiscardedBrowsingContext|no such frame/i;
let asked = 0;

/** Safe across reloads: a new document is asked anew. */
export async function quiet(page: Page): Promise<void> {
  asked += 1;
  const token = String(asked);
  for (const end = Date.now() + 30_000; ; ) {
    try {
      await page.waitForFunction(
        (mine) => {
          const { dataset } = document.documentElement;
          if (document.readyState !== 'complete') return false;
          if (dataset.nmcAsk !== mine) dataset.nmcAsk = mine;
          return dataset.nmcQuiet === mine;
        },
        { polling: 20, timeout: 30_000 },
        token,
      );
      return;
    } catch (error) {
      if (Date.now() > end || !STALE.test((error as Error).message)) throw error;
    }
  }
}
