/**
 * The few gestures an official makes, the same for Playwright (Chromium) and Puppeteer (Firefox, by WebDriver BiDi). Every
 * click is a trusted mouse click on the first visible match, and waits for it: conditions, never time.
 */
import type { JSHandle as PlaywrightHandle, Page as PlaywrightPage } from 'playwright-core';
import type { Page as PuppeteerPage } from 'puppeteer-core';

export interface Driver {
  readonly name: 'playwright' | 'puppeteer';
  goto(url: string): Promise<void>;
  click(selector: string): Promise<void>;
  doubleClick(selector: string): Promise<void>;
  /** Clicks the first visible element that matches and whose text is `text`. */
  clickText(selector: string, text: string): Promise<void>;
  fill(selector: string, value: string): Promise<void>;
  /** Waits for a visible match, with `text` inside it where given. */
  waitFor(selector: string, text?: string): Promise<void>;
  /** Waits until nothing visible matches. */
  waitGone(selector: string): Promise<void>;
  /** Whether something visible matches now. */
  isVisible(selector: string): Promise<boolean>;
  reload(): Promise<void>;
  back(): Promise<void>;
  /** What to do with every native dialog from now on. */
  onDialog(answer: 'accept' | 'dismiss'): void;
  /** How many native dialogs there have been. */
  dialogs(): number;
  currentUrl(): string;
}

interface Query {
  readonly selector: string;
  readonly text: string | null;
  readonly isExact: boolean;
}

const TIMEOUT = 20_000;
/** Errors of an element that left the document, or of a document that left, between finding and clicking. */
const STALE =
  /detached|not attached|not clickable|not an Element|context was destroyed|Cannot find context|navigat|stale|no such node|DiscardedBrowsingContext|Node with given id|Execution context|outside of the viewport/i;

/** Runs in the page: the first visible match, or null. */
function findInPage({ selector, text, isExact }: Query): Element | null {
  const fits = (element: Element) => {
    if (!element.checkVisibility() || element.getClientRects().length === 0) return false;
    const found = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
    return text === null || (isExact ? found === text : found.includes(text));
  };
  return [...document.querySelectorAll(selector)].find(fits) ?? null;
}

function isAbsentInPage(selector: string): boolean {
  return [...document.querySelectorAll(selector)].every(
    (element) => !element.checkVisibility() || element.getClientRects().length === 0,
  );
}

/** Repeats what failed because the page changed underneath; any other error is the caller's. */
async function retry<T>(what: string, work: () => Promise<T>): Promise<T> {
  const end = Date.now() + TIMEOUT;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const message = (error as Error).message;
      if (Date.now() > end || !STALE.test(message)) throw new Error(`${what}: ${message}`, { cause: error });
    }
  }
}

interface Hand {
  click(options?: { clickCount?: number }): Promise<void>;
  dispose(): Promise<void>;
}

/** The parts in which the two drivers differ. */
interface Parts {
  readonly name: Driver['name'];
  find(query: Query): Promise<Hand>;
  findNow(query: Query): Promise<boolean>;
  gone(selector: string): Promise<void>;
  type(selector: string, value: string): Promise<void>;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  url(): string;
}

function makeDriver(parts: Parts, state: { answer: 'accept' | 'dismiss'; dialogs: number }): Driver {
  const press = (query: Query, clickCount: number) =>
    retry(`click ${query.selector} ${query.text ?? ''}`, async () => {
      const hand = await parts.find(query);
      try {
        await hand.click({ clickCount });
      } finally {
        await hand.dispose().catch(() => {});
      }
    });
  const plain = (selector: string): Query => ({ selector, text: null, isExact: false });
  return {
    name: parts.name,
    goto: (url) => parts.goto(url),
    click: (selector) => press(plain(selector), 1),
    doubleClick: (selector) => press(plain(selector), 2),
    clickText: (selector, text) => press({ selector, text, isExact: true }, 1),
    fill: (selector, value) => retry(`fill ${selector}`, () => parts.type(selector, value)),
    waitFor: (selector, text) =>
      retry(`wait for ${selector} ${text ?? ''}`, async () => {
        const hand = await parts.find({ selector, text: text ?? null, isExact: false });
        await hand.dispose().catch(() => {});
      }),
    waitGone: (selector) => retry(`wait until gone ${selector}`, () => parts.gone(selector)),
    isVisible: (selector) => retry(`look for ${selector}`, () => parts.findNow(plain(selector))),
    reload: () => parts.reload(),
    back: () => parts.back(),
    onDialog: (answer) => {
      state.answer = answer;
    },
    dialogs: () => state.dialogs,
    currentUrl: () => parts.url(),
  };
}

/** A driver over a Playwright page (Chromium). */
export function playwrightDriver(page: PlaywrightPage): Driver {
  const state: { answer: 'accept' | 'dismiss'; dialogs: number } = { answer: 'accept', dialogs: 0 };
  page.on('dialog', (dialog) => {
    state.dialogs += 1;
    void (state.answer === 'accept' ? dialog.accept() : dialog.dismiss());
  });
  const element = async (query: Query) => {
    const found: PlaywrightHandle = await page.waitForFunction(findInPage, query, { timeout: TIMEOUT });
    const asElement = found.asElement();
    if (!asElement) throw new Error('not an Element');
    return asElement;
  };
  return makeDriver(
    {
      name: 'playwright',
      find: async (query) => {
        const hand = await element(query);
        return {
          click: ({ clickCount = 1 } = {}) => hand.click({ clickCount, timeout: 5_000, noWaitAfter: true }),
          dispose: () => hand.dispose(),
        };
      },
      findNow: async (query) => {
        const found = await page.evaluateHandle(findInPage, query);
        return found.asElement() !== null;
      },
      gone: async (selector) => {
        await page.waitForFunction(isAbsentInPage, selector, { timeout: TIMEOUT });
      },
      type: async (selector, value) => {
        const hand = await element({ selector, text: null, isExact: false });
        await hand.fill(value, { timeout: 5_000 });
      },
      goto: async (url) => void (await page.goto(url, { waitUntil: 'load' })),
      reload: async () => void (await page.reload({ waitUntil: 'load' })),
      back: async () => void (await page.goBack({ waitUntil: 'commit' })),
      url: () => page.url(),
    },
    state,
  );
}

/** A driver over a Puppeteer page (Firefox by WebDriver BiDi, or Chromium). */
export function puppeteerDriver(page: PuppeteerPage): Driver {
  const state: { answer: 'accept' | 'dismiss'; dialogs: number } = { answer: 'accept', dialogs: 0 };
  page.on('dialog', (dialog) => {
    state.dialogs += 1;
    void (state.answer === 'accept' ? dialog.accept() : dialog.dismiss());
  });
  const element = async (query: Query) => {
    const found = await page.waitForFunction(findInPage, { timeout: TIMEOUT, polling: 50 }, query);
    const asElement = found.asElement();
    if (!asElement) throw new Error('not an Element');
    return asElement;
  };
  return makeDriver(
    {
      name: 'puppeteer',
      find: async (query) => {
        const hand = await element(query);
        return {
          click: async ({ clickCount = 1 } = {}) => {
            await (hand as unknown as { click(options: { count: number }): Promise<void> }).click({
              count: clickCount,
            });
          },
          dispose: () => hand.dispose(),
        };
      },
      findNow: (query) =>
        page.evaluate(
          (asked: Query, find: string) => {
            const found = new Function(`return (${find})`)() as (query: Query) => Element | null;
            return found(asked) !== null;
          },
          query,
          findInPage.toString(),
        ),
      gone: async (selector) => {
        await page.waitForFunction(isAbsentInPage, { timeout: TIMEOUT, polling: 50 }, selector);
      },
      type: async (selector, value) => {
        const hand = await element({ selector, text: null, isExact: false });
        await hand.evaluate((input) => {
          (input as HTMLInputElement).value = '';
        });
        await (hand as unknown as { type(text: string): Promise<void> }).type(value);
      },
      goto: async (url) => void (await page.goto(url, { waitUntil: 'load' })),
      reload: async () => void (await page.reload({ waitUntil: 'load' })),
      back: async () => void (await page.goBack({ waitUntil: 'load' })),
      url: () => page.url(),
    },
    state,
  );
}
