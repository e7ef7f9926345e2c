/** Short days on the practice systems of the second round in real Chromium, without any extension: every step goes. */
import puppeteer, { type Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFlags, needBrowser } from '../../lib/build/browsers.ts';
import { system as danang } from './day/danang.ts';
import { system as dvcqg } from './day/dvcqg.ts';
import { system as igate1 } from './day/igate1.ts';
import type { DaySystem, Variant } from './day/system.ts';
import { system as vsr } from './day/vsr.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await puppeteer.launch({
    executablePath: needBrowser('chromium'),
    headless: true,
    pipe: true,
    args: [...chromiumFlags(), '--lang=vi'],
  });
});
afterAll(() => browser?.close());

const PLAIN: Variant = {
  name: 'plain',
  seed: 21,
  latencyMs: 0,
  isLatencyMixed: false,
  mode: 'reload',
  areHeadersRenamed: false,
  areColumnsShuffled: false,
  areClassesRebuilt: false,
  dossiers: 40,
};
const OTHER: Variant = {
  ...PLAIN,
  name: 'other tenant',
  seed: 22,
  latencyMs: 40,
  isLatencyMixed: true,
  mode: 'xhr',
  areHeadersRenamed: true,
  areColumnsShuffled: true,
  areClassesRebuilt: true,
};

/** Plays the day; answers how many actions the log has, and which codes and reports were shown. */
async function play(system: DaySystem, variant: Variant, want: { actions: number; nonEvents: number }) {
  const started = await system.start(variant);
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const actions = () => started.log().filter(({ kind }) => kind === 'action').length;
  try {
    for (const step of started.steps(want)) {
      const before = actions();
      await step.run(page);
      const more = actions() - before;
      expect(step.kind === 'action' ? more > 0 : more === 0, `${step.kind} ${step.name}`).toBe(true);
    }
    const shown = started
      .log()
      .flatMap((one) =>
        one.kind === 'rendered'
          ? one.dossiers.map(({ code }) => code)
          : one.kind === 'reports'
            ? one.reports.map(({ code }) => code)
            : [],
      );
    return { errors, actions: actions(), shown: new Set(shown).size };
  } finally {
    await page.close();
    await started.close();
  }
}

describe.each([PLAIN, OTHER])('$name', (variant) => {
  it.each([danang, dvcqg])('$family: all forty dossiers are shown, and the work is done', async (system) => {
    const { errors, actions, shown } = await play(system, variant, { actions: 5, nonEvents: 8 });
    expect(errors).toEqual([]);
    expect(actions).toBeGreaterThanOrEqual(5);
    expect(shown).toBe(40);
  });

  it('igate1: filings succeed, fail and are broken off', async () => {
    const { errors, actions } = await play(igate1, variant, { actions: 4, nonEvents: 10 });
    expect(errors).toEqual([]);
    expect(actions).toBeGreaterThanOrEqual(4);
  });

  it('reporting-system: all forty reports are shown, and nothing counts', async () => {
    const { errors, actions, shown } = await play(vsr, variant, { actions: 4, nonEvents: 8 });
    expect(errors).toEqual([]);
    expect([actions, shown]).toEqual([0, 40]);
  });
});
