/** The long list under churn: one stand's page, and one round of it. */
import type { Page } from 'puppeteer-core';
import { pageCpu } from './host-page-cpu.ts';
import { FRAME_NEW } from './host-page-rows.ts';
import type { Site } from './host-page-site.ts';
import type { BrowserKind, Stand } from './host-page-stand.ts';
import { ALL, readTrace, type Spent, spentIn } from './host-page-trace.ts';

export const ROWS = 3_000;
export const FRAMES = 20;
/** How long a round waits for its rows, milliseconds; the next one may begin with a backlog. */
const AFTER = 600;

export interface Bout {
  /** Milliseconds of CPU of the page's main thread, null where the system does not tell. */
  readonly cpu: number | null;
  /** Milliseconds the churn took by the clock. */
  readonly wall: number;
  readonly spent: Spent | null;
}

export interface Ring {
  readonly stand: Stand;
  readonly page: Page;
  /** One round of churn, then a while for what it brought to arrive in the journal. */
  readonly round: () => Promise<Bout>;
}

/** Waits for a condition of the bench's own world, asked for every so many milliseconds; false when it did not come in time. */
export async function within(
  ms: number,
  holds: () => Promise<boolean> | boolean,
  every = 50,
): Promise<boolean> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await new Promise((done) => setTimeout(done, every));
  }
  return true;
}

/** The same for what must come. */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  every?: number,
): Promise<void> {
  if (!(await within(120_000, holds, every)))
    throw new Error(`the page was not read: waited in vain for ${what}`);
}

/** Opens the long list in a stand and waits until it was read. */
export async function openRing(kind: BrowserKind, stand: Stand, site: Site): Promise<Ring> {
  const page = await stand.browser.newPage();
  await page.setViewport({ width: 1366, height: 768 });
  let expected = await stand.entries();
  await page.goto(site.list(0, ROWS));
  const isOurs = stand.scripts !== null;
  expected += ROWS;
  if (isOurs) await until(`${ROWS} rows in the journal`, async () => (await stand.entries()) >= expected);
  const cpu = pageCpu(stand.browser.process()?.pid);
  return {
    stand,
    page,
    round: async () => {
      let ended: number | null = null;
      if (kind === 'chromium') await page.tracing.start({ categories: ALL });
      const over = new Promise<void>((done) => {
        site.onEnd(() => {
          ended = cpu?.() ?? null;
          done();
        });
      });
      const begun = cpu?.() ?? null;
      await page.evaluate((frames) => window.startChurn(frames), FRAMES);
      await over;
      await until('the end of the churn', async () => (await page.evaluate(() => window.churned)) !== null);
      expected += FRAMES * FRAME_NEW;
      if (isOurs) await within(AFTER, async () => (await stand.entries()) >= expected);
      const trace = kind === 'chromium' ? await page.tracing.stop() : undefined;
      return {
        cpu: begun === null || ended === null ? null : ended - begun,
        wall: (await page.evaluate(() => window.churned))!,
        spent: trace ? spentIn(readTrace(trace), stand.scripts, 'nmc-churn', 'nmc-churn-end') : null,
      };
    },
  };
}
