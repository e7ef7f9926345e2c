/** A list of 50 rows, opened anew and turned over; what the page asks the network for; and a page nobody sees. */
import type { Page } from 'puppeteer-core';
import { until } from './host-page-churn.ts';
import type { Site } from './host-page-site.ts';
import type { BrowserKind, Stand } from './host-page-stand.ts';
import { readTrace, SCRIPTS, type Slice, spentIn } from './host-page-trace.ts';

export const LIST = 50;
/** How long a list is left alone before its entries are asked for, milliseconds. */
const QUIET = 400;
/** How long a page is watched while hidden. */
const HIDDEN = 4_000;

export interface Lists {
  /** Engine script for each list, in order, milliseconds, the page's garbage left out; the first while the document is new. Empty without a trace. */
  readonly read: readonly number[];
  readonly slices: readonly Slice[];
  /** Requests of the page's documents, by the browser's account. */
  readonly requests: number;
  /** Requests that reached the server meanwhile. */
  readonly served: number;
}

/** Opens a list of dossiers from `first` on, then shows the next ones in place, `count` in all; waits until each was read. */
export async function readLists(
  kind: BrowserKind,
  stand: Stand,
  site: Site,
  first: number,
  count: number,
): Promise<Lists> {
  const page = await stand.browser.newPage();
  try {
    let requests = 0;
    page.on('request', (request) => {
      if (!request.url().endsWith('/favicon.ico')) requests += 1;
    });
    const before = site.requests();
    if (kind === 'chromium') await page.tracing.start({ categories: SCRIPTS });
    for (let list = 0; list < count; list += 1) {
      const known = await stand.entries();
      const from = first + list * LIST;
      if (list === 0) await page.goto(site.list(from, LIST));
      else await page.evaluate((start, rows) => window.showList(start, rows), from, LIST);
      await arrived(stand, known);
    }
    await page.evaluate((list) => void performance.mark(`nmc-list-${list}`), count);
    const trace = kind === 'chromium' ? await page.tracing.stop() : undefined;
    const events = trace ? readTrace(trace) : [];
    const spent = Array.from({ length: trace ? count : 0 }, (_, list) =>
      spentIn(events, stand.scripts, `nmc-list-${list}`, `nmc-list-${list + 1}`),
    );
    return {
      read: spent.map(({ slices }) =>
        slices
          .filter(({ isInWindow, isEngine, isStart }) => isInWindow && isEngine && !isStart)
          .reduce((sum, { script }) => sum + script, 0),
      ),
      slices: spent[0]?.slices ?? [],
      requests,
      served: site.requests() - before,
    };
  } finally {
    await page.close();
  }
}

/** The worker that answers would run beside the page that is measured: it is asked late and seldom. */
async function arrived(stand: Stand, known: number): Promise<void> {
  if (stand.scripts === null) return;
  await new Promise((done) => setTimeout(done, QUIET));
  await until(`a list of ${LIST}`, async () => (await stand.entries()) >= known + LIST, QUIET);
}

export interface Hidden {
  readonly wasHidden: boolean;
  /** How often the page changed meanwhile. */
  readonly ticks: number;
  /** Runs of our script, null where there is no trace. */
  readonly runs: number | null;
  /** Entries that came of it while hidden, and once it was seen again. */
  readonly entries: number;
  readonly entriesAfter: number;
}

/** Hides a page that goes on changing, watches it, shows it again. */
export async function hide(kind: BrowserKind, stand: Stand, page: Page): Promise<Hidden> {
  const cover = await stand.browser.newPage();
  await cover.bringToFront();
  await until('the page to be hidden', () => page.evaluate(() => document.hidden)).catch(() => undefined);
  const wasHidden = await page.evaluate(() => document.hidden);
  // What was under way when it was hidden may end first.
  await new Promise((done) => setTimeout(done, 1_000));
  const known = await stand.entries();
  await page.evaluate(() => window.startTicking());
  if (kind === 'chromium') {
    await page.tracing.start({ categories: SCRIPTS });
    await page.evaluate(() => void performance.mark('nmc-hidden'));
  }
  await new Promise((done) => setTimeout(done, HIDDEN));
  await page.evaluate(() => void performance.mark('nmc-hidden-end'));
  const trace = kind === 'chromium' ? await page.tracing.stop() : undefined;
  const ticks = await page.evaluate(() => window.ticks);
  const entries = (await stand.entries()) - known;
  const runs = trace
    ? spentIn(readTrace(trace), stand.scripts, 'nmc-hidden', 'nmc-hidden-end').slices.filter(
        (one) => one.isInWindow,
      ).length
    : null;
  await page.bringToFront();
  await until('a hidden page to be caught up with', async () => (await stand.entries()) > known + entries);
  const entriesAfter = (await stand.entries()) - known;
  await cover.close();
  return { wasHidden, ticks, runs, entries, entriesAfter };
}
