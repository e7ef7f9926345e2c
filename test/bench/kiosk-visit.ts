/** One page of the kiosk bench in the browser: how it is loaded, tapped and walked through. */
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { QUICK } from '../../lib/domain/questionnaires.ts';
import { type Hooks, installProbe, READY_CALL } from './kiosk-probe.ts';
import { WORDS } from './kiosk-words.ts';

export const CPU = 6;
/** Milliseconds; at CPU × 6 the slower page takes one or two seconds. */
const LOAD_LIMIT = 60_000;

export interface Side {
  readonly name: string;
  readonly url: string;
  readonly hooks: Hooks;
}

export const OURS: Hooks = {
  start: '.k-hero',
  choice: 'main [data-choice]',
  title: 'main h1',
  skip: '.k-foot-actions .k-done',
  thanks: '.k-thanks .k-big-check',
  done: '.k-foot-actions .k-done',
};
export const PEER: Hooks = {
  start: null,
  choice: '.sd-rating__item-smiley',
  title: '.sd-question__title',
  skip: '.sd-navigation__next-btn, .sd-navigation__complete-btn',
  thanks: '.sd-completedpage',
  done: null,
};

export interface Round {
  /** As in {@link Ready}. */
  readonly first: number;
  readonly shown: number;
  readonly hit: number;
  /** Tap → paint on a page at rest: first question to second, second to reasons. Milliseconds. */
  readonly taps: readonly number[];
}

/** Opens a page of one side with the probe in it and waits until it is ready. Everything comes from the network, nothing from a worker or a cache. */
export async function openSide(
  context: BrowserContext,
  { url, hooks }: Side,
  cpu: number,
): Promise<{ page: Page; session: CDPSession }> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.setBypassServiceWorker', { bypass: true });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: READY_CALL });
  await page.addInitScript(installProbe, hooks);
  // The page tells by itself when it is ready: asking it would cost it time.
  const isReady = new Promise<void>((resolve, reject) => {
    const end = setTimeout(() => reject(new Error(`${url}: not ready after ${LOAD_LIMIT} ms`)), LOAD_LIMIT);
    session.on('Runtime.bindingCalled', ({ name }) => {
      if (name !== READY_CALL) return;
      clearTimeout(end);
      resolve();
    });
  });
  await Promise.all([page.goto(url, { waitUntil: 'commit' }), isReady]);
  return { page, session };
}

/** Loads the page slowed down and answers both questions with the lowest level, by a mouse of the browser's own. */
export async function measureRound(context: BrowserContext, side: Side): Promise<Round> {
  const { page } = await openSide(context, side, CPU);
  try {
    const ready = await page.evaluate(() => window.kioskProbe.ready());
    const taps: number[] = [];
    for (const title of [QUICK.questions[1]!.title.vi, WORDS.reasonsTitle]) {
      await page.evaluate(() => window.kioskProbe.untilQuiet());
      const painted = page.evaluate((next) => window.kioskProbe.untilPainted(next), title);
      const at = await page.waitForFunction((choice) => {
        const target = document.querySelector(choice);
        if (!target) return null;
        const { x, y, width, height } = target.getBoundingClientRect();
        const middle = { x: x + width / 2, y: y + height / 2 };
        return target.contains(document.elementFromPoint(middle.x, middle.y)) ? middle : null;
      }, side.hooks.choice);
      const { x, y } = (await at.jsonValue())!;
      await page.mouse.click(x, y);
      taps.push(await painted);
    }
    return { first: ready.first!, shown: ready.shown!, hit: ready.hit!, taps };
  } finally {
    await page.close();
  }
}

export interface HeapSample {
  readonly visits: number;
  /** Bytes in use after a collection. */
  readonly heap: number;
  readonly nodes: number;
}

/** Walks through visits at full speed; a sample after every `every`, the first `warm` visits not counted. */
export async function measureHeap(
  context: BrowserContext,
  side: Side,
  { warm, visits, every }: { warm: number; visits: number; every: number },
): Promise<HeapSample[]> {
  const { page, session } = await openSide(context, side, 1);
  try {
    await session.send('HeapProfiler.enable');
    const titles = { reasons: WORDS.reasonsTitle, comment: WORDS.commentTitle };
    const walk = (count: number) =>
      page.evaluate(([many, words]) => window.kioskProbe.visits(many, words), [count, titles] as const);
    const sample = async (done: number): Promise<HeapSample> => {
      for (let time = 0; time < 3; time += 1) await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      const { nodes } = await session.send('Memory.getDOMCounters');
      return { visits: done, heap: usedSize, nodes };
    };
    await walk(warm);
    const samples = [await sample(0)];
    for (let done = every; done <= visits; done += every) {
      await walk(every);
      samples.push(await sample(done));
    }
    return samples;
  } finally {
    await page.close();
  }
}
