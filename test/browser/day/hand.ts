/** A hand that is quick: trusted mouse clicks and keys by the debugging protocol, conditions instead of waiting. */
import type { Page } from 'puppeteer-core';

const TIMEOUT = 20_000;
const PAUSE = 8;
/** Nobody presses anything in a document that is younger than this, milliseconds. */
const GLANCE = 500;
/** Errors of a document that was replaced between finding and clicking. */
const REPLACED =
  /context was destroyed|Cannot find context|detached|navigat|Execution context|Node with given id|Cannot find object/i;

interface Query {
  readonly css: string;
  /** The whole text of the element, where given. */
  readonly text: string | null;
}

interface Aim extends Query {
  readonly age: number;
}

/** Runs in the page: the middle of the first match that is shown, enabled and not covered; null when there is none. */
function middleInPage({ css, text, age }: Aim): { x: number; y: number } | null {
  if (performance.now() < age) return null;
  const bare = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  for (const element of document.querySelectorAll(css)) {
    if (text !== null && bare(element) !== text) continue;
    if (!element.checkVisibility() || element.matches(':disabled')) continue;
    let box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if (box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) {
      element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      box = element.getBoundingClientRect();
    }
    const x = box.left + Math.min(box.width / 2, 60);
    const y = box.top + box.height / 2;
    const top = document.elementFromPoint(x, y);
    return top !== null && (element.contains(top) || top.contains(element)) ? { x, y } : null;
  }
  return null;
}

function isShownInPage({ css, text }: Query): boolean {
  const bare = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  return [...document.querySelectorAll(css)].some(
    (element) => element.checkVisibility() && (text === null || bare(element).includes(text)),
  );
}

const pause = () => new Promise<void>((done) => setTimeout(done, PAUSE));

/** Waits for a condition of the test's own world; the error names what did not come. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + TIMEOUT; !holds(); ) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await pause();
  }
}

/** Looks again and again, also while the document is being replaced, until there is an answer. */
async function insist<T>(what: string, look: () => Promise<T | null | false>): Promise<T> {
  for (const end = Date.now() + TIMEOUT; ; ) {
    try {
      const found = await look();
      if (found !== null && found !== false) return found;
    } catch (error) {
      if (!REPLACED.test((error as Error).message)) throw error;
    }
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await pause();
  }
}

/** Clicks the first visible match; `text` is its whole text, `count` 2 is a double click. */
export async function click(page: Page, css: string, text: string | null = null, count = 1): Promise<void> {
  const what = `${css} ${text ?? ''} to click at ${new URL(page.url()).pathname}`;
  const { x, y } = await insist(what, () => page.evaluate(middleInPage, { css, text, age: GLANCE }));
  await page.mouse.click(x, y, { count });
}

/** Whether something visible matches now, with `text` inside it where given. */
export async function isShown(page: Page, css: string, text: string | null = null): Promise<boolean> {
  try {
    return await page.evaluate(isShownInPage, { css, text });
  } catch (error) {
    if (REPLACED.test((error as Error).message)) return false;
    throw error;
  }
}

export async function waitFor(page: Page, css: string, text: string | null = null): Promise<void> {
  await insist(`${css} ${text ?? ''} to be shown`, () => isShown(page, css, text));
}

export async function waitGone(page: Page, css: string): Promise<void> {
  await insist(`${css} to go`, async () => !(await page.evaluate(isShownInPage, { css, text: null })));
}

/** Replaces what stands in a field: clicked, marked whole, typed over. */
export async function fill(page: Page, css: string, value: string): Promise<void> {
  await click(page, css, null, 3);
  await page.keyboard.press('Backspace');
  await page.keyboard.sendCharacter(value);
}
