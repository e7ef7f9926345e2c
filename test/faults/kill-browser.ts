/** Rounds that kill Chromium with SIGKILL while a page writes to the journal; the same profile must hold every acknowledged entry once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumFlags, needBrowser } from '../../lib/build/browsers.ts';
import type { Outcome, Say } from './outcome.ts';
import { servePage } from './page-server.ts';

export async function killBrowserRounds(rounds: number, random: () => number, say: Say): Promise<Outcome> {
  const profile = mkdtempSync(join(tmpdir(), 'nmc-faults-browser-'));
  const server = await servePage(join(import.meta.dirname, 'journal-page.ts'));
  const acknowledged = new Set<number>();
  const outcome = { kills: 0, inWindow: 0, lost: 0, doubled: 0, notes: [] as string[] };
  const open = async (): Promise<{ context: BrowserContext; page: Page; pid: number }> => {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: needBrowser('chromium'),
      args: chromiumFlags(),
      headless: true,
    });
    const page = await context.newPage();
    await page.exposeFunction('acknowledged', (n: number) => void acknowledged.add(n));
    await page.goto(server.url);
    await page.waitForFunction(() => 'read' in window);
    return { context, page, pid: await mainProcess(profile) };
  };
  try {
    let next = 1;
    for (let round = 1; round <= rounds; round += 1) {
      const { context, page, pid } = await open();
      const before = acknowledged.size;
      void page.evaluate((from) => window.write(from), next).catch(() => undefined);
      while (acknowledged.size < before + 3) await new Promise((done) => setTimeout(done, 2));
      await new Promise((done) => setTimeout(done, random() * 120));
      const closed = new Promise((done) => context.once('close', done));
      process.kill(pid, 'SIGKILL');
      await closed;
      outcome.kills += 1;
      const again = await open();
      const { numbers, storage } = await again.page.evaluate(() => window.read());
      await again.context.close();
      const held = new Set(numbers);
      if (storage !== 'ok') outcome.notes.push(`round ${round}: storage ${storage}`);
      outcome.lost += [...acknowledged].filter((n) => !held.has(n)).length;
      outcome.doubled += numbers.length - held.size;
      if (numbers.some((n) => !acknowledged.has(n))) outcome.inWindow += 1;
      for (const n of numbers) acknowledged.add(n);
      next = Math.max(0, ...numbers) + 1;
      say(round, rounds, 'browser killed', outcome);
    }
  } finally {
    await server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  return outcome;
}

/** The browser's main process: the one that holds the profile's lock. */
async function mainProcess(profile: string): Promise<number> {
  const { readlinkSync } = await import('node:fs');
  const lock = readlinkSync(join(profile, 'SingletonLock'));
  return Number(lock.slice(lock.lastIndexOf('-') + 1));
}
