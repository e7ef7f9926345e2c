/** What the hand of the server-rendered systems needs beside `hand.ts`: native dialogs and addresses. */
import type { Dialog, Page } from 'puppeteer-core';
import { until } from './hand.ts';

const TIMEOUT = 20_000;
const REPLACED = /context was destroyed|detached|Cannot find context|ERR_ABORTED/i;

/** Does it, again where the document was replaced meanwhile. */
async function again<T>(act: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + TIMEOUT; ; ) {
    try {
      return await act();
    } catch (error) {
      if (!REPLACED.test((error as Error).message) || Date.now() > end) throw error;
    }
  }
}

/** Reads something of the document that stands. */
export function read<T>(page: Page, what: () => T): Promise<T> {
  return again(() => page.evaluate(what)) as Promise<T>;
}

/** Opens an address; once more where a navigation of the page's own cut it off. */
export async function visit(page: Page, url: string): Promise<void> {
  await again(() => page.goto(url, { waitUntil: 'domcontentloaded', timeout: TIMEOUT }));
}

/** Loads what stands here anew. */
export async function reload(page: Page): Promise<void> {
  await again(() => page.reload({ waitUntil: 'domcontentloaded', timeout: TIMEOUT }));
}

/** Does something that opens native dialogs and answers them in turn; fails when another number came. */
export async function answering(
  page: Page,
  answers: readonly ('accept' | 'dismiss')[],
  act: () => Promise<void>,
): Promise<void> {
  const said: string[] = [];
  const answer = (dialog: Dialog) => {
    const wanted = answers[said.length] ?? 'dismiss';
    said.push(dialog.message());
    void (wanted === 'accept' ? dialog.accept() : dialog.dismiss());
  };
  page.on('dialog', answer);
  try {
    await act();
    await until(`${answers.length} native dialogs`, () => said.length >= answers.length);
  } finally {
    page.off('dialog', answer);
  }
  if (said.length > answers.length) throw new Error(`Unexpected dialog: ${said.at(-1)}`);
}
