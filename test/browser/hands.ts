/** A person's hands on our own pages (options, popup, dashboard): conditions, never time. Puppeteer, for both browsers. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';

const TIMEOUT = 30_000;

/** Clicks the first visible match. A page in the background paints nothing, so it comes to the front first. */
export async function press(page: Page, selector: string): Promise<void> {
  await page.bringToFront();
  const found = await page.waitForSelector(selector, { visible: true, timeout: TIMEOUT });
  await found!.click();
}

/** Replaces what stands in `input[name]`. */
export async function write(page: Page, name: string, value: string): Promise<void> {
  await page.bringToFront();
  const found = await page.waitForSelector(`input[name="${name}"]`, { visible: true, timeout: TIMEOUT });
  await found!.click({ count: 3 });
  await page.keyboard.press('Backspace');
  await found!.type(value);
}

/** Chooses an option of `select[name]` by its value, or by a text it contains. */
export async function choose(page: Page, name: string, wanted: string): Promise<void> {
  await page.bringToFront();
  await page.waitForSelector(`select[name="${name}"]`, { visible: true, timeout: TIMEOUT });
  const value = await page.$eval(
    `select[name="${name}"]`,
    (select, text) =>
      [...(select as HTMLSelectElement).options].find((one) => one.value === text || one.text.includes(text))
        ?.value,
    wanted,
  );
  if (value === undefined) throw new Error(`select ${name} has no option ${wanted}`);
  await page.select(`select[name="${name}"]`, value);
}

/** Puts files into the page's file input. */
export async function upload(page: Page, selector: string, files: readonly string[]): Promise<void> {
  await page.bringToFront();
  const input = (await page.waitForSelector(selector, {
    timeout: TIMEOUT,
  })) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(...files);
}

/** Waits for a condition of the test's own world, looking every 25 ms. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  ms = TIMEOUT,
): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Downloads that have settled in a folder: whole files, in order of name. */
export async function downloaded(folder: string, ending: string, least: number): Promise<string[]> {
  const sizes = new Map<string, number>();
  let found: string[] = [];
  await until(`${least} files ${ending}`, async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();
    let isStill = true;
    for (const name of names) {
      const { size } = await stat(join(folder, name));
      if (size === 0 || sizes.get(name) !== size) isStill = false;
      sizes.set(name, size);
    }
    found = names.map((name) => join(folder, name));
    return isStill && names.length >= least;
  });
  return found;
}

/** Every `data-figure` on the screen with the exact value it shows; null where the page says there is none. */
export async function readFigures(page: Page): Promise<Record<string, number | null>> {
  const pairs = await page.$$eval('[data-figure]', (all) =>
    all.map((one) => [(one as HTMLElement).dataset.figure!, (one as HTMLElement).dataset.value!] as const),
  );
  return Object.fromEntries(pairs.map(([name, value]) => [name, value === '' ? null : Number(value)]));
}
