/** What the ledger of an extension says people did, with the names only this PC knows. */
import type { Page } from 'puppeteer-core';
import type { LinesAnswer, WorkerView } from '../../lib/extension/messages.ts';
import type { ExpectedFigures } from '../portals/index.ts';
import type { ExtensionBrowser } from './own-pages.ts';

interface Line {
  readonly kind: string;
  readonly person?: string;
  readonly body: { readonly action: string; readonly n: number };
}

/** Asks the worker as the options page does. */
export async function ownAsk<T>(page: Page, message: unknown): Promise<T> {
  const answer = await page.evaluate((one) => {
    const scope = globalThis as unknown as Record<
      'browser' | 'chrome',
      { runtime: { sendMessage(message: unknown): Promise<unknown> } } | undefined
    >;
    return (scope.browser ?? scope.chrome)!.runtime.sendMessage(one);
  }, message);
  return answer as T;
}

/** Every exact line of the ledger. */
export async function ledgerLines(page: Page): Promise<string[]> {
  const all: string[] = [];
  const view = await ownAsk<WorkerView>(page, { type: 'extension-worker/view' });
  for (const { stream, head } of view.streams) {
    const last = { type: 'extension-worker/lines', stream, first: 1, last: head };
    all.push(...(await ownAsk<LinesAnswer>(page, last)).lines);
  }
  return all;
}

/** Confirmed actions by person and kind, in the order of the account. */
export async function actionsByPerson(browser: ExtensionBrowser): Promise<ExpectedFigures['actions']> {
  const page = await browser.own('options.html');
  await page.waitForSelector('li[data-person]');
  const names = await page.$$eval('li[data-person]', (all) =>
    all.map((one) => [(one as HTMLElement).dataset.personId!, (one as HTMLElement).dataset.person!] as const),
  );
  const lines = (await ledgerLines(page)).map((line) => JSON.parse(line) as Line);
  await page.close();
  const people = new Map(names);
  type Sum = {
    person: string | null;
    action: ExpectedFigures['actions'][number]['action'];
    n: number;
    times: number;
  };
  const sums = new Map<string, Sum>();
  for (const { kind, person: id, body } of lines) {
    if (kind !== 'action') continue;
    const person = id === undefined ? null : (people.get(id) ?? id);
    const action = body.action as Sum['action'];
    const name = JSON.stringify([person, action]);
    const sum = sums.get(name) ?? { person, action, n: 0, times: 0 };
    sum.n += body.n;
    sum.times += 1;
    sums.set(name, sum);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
