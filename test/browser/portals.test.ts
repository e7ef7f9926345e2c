/** The whole morning in real Chromium, without any extension: every step succeeds, and the account is what a hand reckons. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFlags, needBrowser } from '../../lib/build/browsers.ts';
import { truthsOf } from '../portals/account.ts';
import { localDay, shiftDay } from '../portals/calendar.ts';
import { accountOf, startPortals } from '../portals/index.ts';
import type { Portals, Shown } from '../portals/types.ts';
import { playwrightDriver } from './driver.ts';
import { PEOPLE, playMorning } from './morning.ts';

let browser: Browser;
let portals: Portals;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: needBrowser('chromium'), args: chromiumFlags() });
});
afterAll(() => browser?.close());
afterEach(async () => {
  await page?.close();
  await portals?.close();
});

/** A morning on fresh portals, played again should midnight in Vietnam fall into it: its due dates hang on the day. */
async function play(mode: 'xhr' | 'reload', latencyMs: number): ReturnType<typeof playOnce> {
  const day = localDay(Date.now());
  const played = await playOnce(mode, latencyMs);
  return localDay(Date.now()) === day ? played : playOnce(mode, latencyMs);
}

/** A morning on fresh portals; closes everything it opened. */
async function playOnce(mode: 'xhr' | 'reload', latencyMs: number) {
  const own = await startPortals({ mode, latencyMs });
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    const errors: string[] = [];
    tab.on('pageerror', (error) => errors.push(error.message));
    const calls = { duty: [] as string[], kills: [] as string[], settled: [] as string[] };
    const report = await playMorning(playwrightDriver(tab), own, {
      changeDuty: async (person) => void calls.duty.push(person),
      killWorker: async (moment) => void calls.kills.push(moment),
      settled: async (step) => void calls.settled.push(step),
    });
    return { own, errors, calls, report };
  } finally {
    await context.close();
    await own.close();
  }
}

describe.concurrent.each([
  ['xhr', 0],
  ['reload', 0],
  ['xhr', 300],
  ['reload', 300],
] as const)('the morning, by %s at %i ms', (mode, latencyMs) => {
  it('goes as written, and its account is the one reckoned by hand', async () => {
    const { own, errors, calls, report } = await play(mode, latencyMs);
    expect(errors).toEqual([]);
    expect(calls.duty).toEqual([PEOPLE[1]]);
    expect(calls.kills).toEqual(['afterRows', 'afterGesture']);
    expect(calls.settled).toEqual(report.steps);
    expect(report.confirmed.length).toBeGreaterThanOrEqual(20);
    expect(report.mustNotCount.length).toBeGreaterThanOrEqual(12);

    const today = localDay(Date.now());
    const figures = accountOf(own, { from: shiftDay(today, -30), to: today, asOf: today });
    expect(figures.seen.dossiers).toBeGreaterThanOrEqual(60);
    expect(figures.actions).toEqual([
      // processing-0, -1, -2, -3, -5 and shared-1.
      { person: PEOPLE[0], action: 'finish', n: 6, times: 6 },
      // received-0, received-1; in TD a batch of three and fresh-3.
      { person: PEOPLE[0], action: 'forward', n: 6, times: 4 },
      // new-0, -4, -5, -6; in TD two of a batch of three, waiting-3, waiting-4.
      { person: PEOPLE[0], action: 'receive', n: 8, times: 7 },
      { person: PEOPLE[0], action: 'requestSupplement', n: 1, times: 1 },
      // finished-0, finished-4.
      { person: PEOPLE[0], action: 'return', n: 2, times: 2 },
      { person: PEOPLE[1], action: 'collectFee', n: 2, times: 1 },
      // XLC-0, PH-0, a batch of three, XLC-6.
      { person: PEOPLE[1], action: 'finish', n: 6, times: 4 },
      // fresh-0 to fresh-3.
      { person: PEOPLE[1], action: 'forward', n: 4, times: 4 },
      // counter-0, counter-1, online-0.
      { person: PEOPLE[1], action: 'return', n: 3, times: 3 },
    ]);
    expect(figures.documents).toEqual([
      // Twelve, less XLC-0, -1, -2, -6; XLC-3 and -10 were due four days ago, XLC-5 yesterday.
      { role: 'XLC', waiting: 8, overdue: 3 },
      // Eight, less PH-0, -1 and PH-2 done from the start; PH-4 was due four days ago, PH-7 yesterday.
      { role: 'PH', waiting: 5, overdue: 2 },
    ]);

    // Every list was turned to its end, so the portals' own records say how many were received and are open.
    const byTag = new Map([...own.td.dossiers, ...own.igate2.dossiers].map((one) => [one.tag, one]));
    byTag.delete('twin-0');
    const records = [...byTag.values()].filter((one) => !one.isDeleted);
    const sum = (counts: Readonly<Record<string, number>>) =>
      Object.values(counts).reduce((total, count) => total + count, 0);
    expect(sum(figures.total.received)).toBe(records.filter((one) => ![1, 3].includes(one.status)).length);
    // One more than the records know: processing-5 was finished and never shown as finished.
    expect(sum(figures.total.stock)).toBe(
      1 + records.filter((one) => [2, 4, 5, 6].includes(one.status)).length,
    );
    expect(sum(figures.total.finished)).toBe(records.filter((one) => one.status >= 9).length - 1);

    const truths = truthsOf([own.igate2, own.td]);
    const timeliness = (kind: 'igate2' | 'td', tag: string) => {
      const { code } = own[kind].dossiers.find((one) => one.tag === tag)!;
      return truths.find((one) => one.codes.includes(code))!.finished?.timeliness ?? null;
    };
    expect(
      Object.fromEntries(
        [0, 1, 2, 3, 4, 5].map((index) => [index, timeliness('igate2', `processing-${index}`)]),
      ),
    ).toEqual({ 0: 'early', 1: 'onTime', 2: 'late', 3: 'onTime', 4: null, 5: null });
    expect(timeliness('igate2', 'finished-2')).toBe('late');
    expect(timeliness('igate2', 'finished-5')).toBe('undecided');
    expect(timeliness('igate2', 'returned-0')).toBe('early');
    expect(timeliness('igate2', 'returned-4')).toBe('inTime');
    expect(timeliness('td', 'fresh-0')).toBe('early');
    expect(timeliness('td', 'fresh-1')).toBe('onTime');
    expect(timeliness('td', 'fresh-2')).toBe('late');
    expect(timeliness('td', 'counter-2')).toBe('undecided');
    expect(timeliness('td', 'twin-0')).toBe('onTime');
    expect(figures.total.received.unknown).toBe(4);
    expect(figures.total.payment.unknown).toBe(4);
  });
});

describe('the log and the screen', () => {
  const day = (local: string) => `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`;
  const lists = [
    ['igate2', '/vi/dossier/search', 'tr.mat-row'],
    ['igate2', '/vi/dossier/processing', 'tr.mat-row'],
    ['td', '/dvc/tiep-nhan-ho-so/moi-tiep-nhan', 'tr.ant-table-row'],
    ['td', '/dvc/tra-ket-qua/cho-tra-truc-tiep', 'tr.ant-table-row'],
    ['td', '/dvc/thu-phi-le-phi/da-thu-phi', 'tr.ant-table-row'],
  ] as const;
  it.each(lists)('%s %s: every logged row stands there with its dates', async (kind, path, rows) => {
    portals = await startPortals();
    page = await browser.newPage();
    await page.goto(portals[kind].url + path);
    await expect.poll(() => portals[kind].log().length, { timeout: 20_000 }).toBe(1);
    const entry = portals[kind].log()[0]!;
    const shown: readonly Shown[] = entry.kind === 'rendered' ? entry.dossiers : [];
    const texts = await page.locator(rows).allInnerTexts();
    expect(texts).toHaveLength(shown.length);
    shown.forEach((one, index) => {
      expect(texts[index]).toContain(one.code);
      for (const date of [one.received, one.due]) if (date) expect(texts[index]).toContain(day(date));
    });
  });

  it('leaves stale rows hidden in the document, and does not log them', async () => {
    portals = await startPortals();
    page = await browser.newPage();
    await page.goto(`${portals.igate2.url}/vi/dossier/search`);
    await page.locator('tr.mat-row').first().waitFor();
    await page.locator('.menu-link', { hasText: 'Xử lý hồ sơ' }).click();
    await page.locator('app-list-processing tr.mat-row').first().waitFor();
    expect(await page.locator('tr.mat-row').count()).toBe(20);
    expect(await page.locator('tr.mat-row:visible').count()).toBe(10);
    await expect.poll(() => portals.igate2.log().length, { timeout: 20_000 }).toBe(2);
    const entry = portals.igate2.log()[1]!;
    expect(entry.kind === 'rendered' && [entry.view, entry.dossiers.length]).toEqual([
      'igate2:processing',
      10,
    ]);
  });
});
