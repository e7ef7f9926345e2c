/**
 * New versions on a real service worker: thirty restarts with good and bad deploys, roll-backs, outages of the hub and a clock
 * that jumps, without a visit by staff and without loss; and what a visit under way sees of an update (nothing).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb } from '../../lib/build/web.ts';
import { openAccount } from '../faults/kiosk-account.ts';
import {
  enrolled,
  journalOf,
  type KioskRun,
  sendAll,
  startKioskWorld,
  switchOn,
} from '../faults/kiosk-world.ts';
import { BAD_DEPLOYS, type BadDeploy, deployBad, deployVersion } from './kiosk-builds.ts';
import {
  handedOver,
  makeProfile,
  offlineReady,
  openBrowser,
  type Profile,
  rate,
  type Site,
  serveKiosk,
  setUp,
} from './kiosk-device.ts';

const DAY = 86_400_000;
const RESTARTS = 30;

let built: string;

beforeAll(async () => {
  built = process.env.NMC_WEB ?? (await mkdtemp(join(tmpdir(), 'nmc-web-')));
  if (!process.env.NMC_WEB) await buildWeb({ outDir: built, pages: ['kiosk'] });
});
afterAll(async () => {
  if (!process.env.NMC_WEB) await rm(built, { recursive: true, force: true });
});

interface Start {
  /** What is deployed before this start: a new version, an older one put back, something spoilt, or nothing new. */
  readonly deploy: 'new' | 'older' | BadDeploy | null;
  readonly isCut: boolean;
  /** Milliseconds the device's clock is off. */
  readonly offset: number;
  /** Power cut at the end, instead of switching off. */
  readonly isKilled: boolean;
}

/** Four bad deploys stand in a row (starts 8 to 11), so that they are told. */
function planOf(start: number): Start {
  const inRow = start >= 8 && start <= 11 ? BAD_DEPLOYS[start - 8]! : null;
  const usual = (['new', null, 'new', BAD_DEPLOYS[start % BAD_DEPLOYS.length]!, 'older', null] as const)[
    start % 6
  ]!;
  return {
    deploy: inRow ?? usual,
    isCut: inRow === null && start % 7 === 5,
    offset: [0, -365 * DAY, 30 * DAY, 0][start % 4]!,
    isKilled: inRow === null && start % 2 === 1,
  };
}

describe('thirty restarts', () => {
  it('end on the newest good version, with every rating at the hub once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nmc-deploy-'));
    const profile = await makeProfile();
    await deployVersion(built, folder, 'v1');
    const world = await startKioskWorld(folder);
    const account = openAccount();
    const seen = new Set(['v1']);
    try {
      await (await enrolled(world, profile)).context.close();
      let [newest, good, running] = [1, 'v1', 'v1'];
      for (let start = 1; start <= RESTARTS; start += 1) {
        const { deploy, isCut, offset, isKilled } = planOf(start);
        if (deploy === 'new') {
          newest += 1;
          good = `v${newest}`;
        } else if (deploy === 'older') good = `v${Math.max(1, newest - 1)}`;
        if (deploy === 'new' || deploy === 'older') await deployVersion(built, folder, good);
        else if (deploy !== null) await deployBad(built, folder, `bad${start}`, deploy);
        world.cable.set(isCut ? 'cut' : 'whole');
        const run = await switchOn(world.cable.url, profile, { offset, onSeen: account.saw });
        if (!isCut && (deploy === 'new' || deploy === 'older' || deploy === null)) {
          if (deploy !== null || running !== good) await reaches(run, good);
          running = await run.page.title();
          seen.add(running);
        } else if (!isCut) await fails(run, start >= 8 && start <= 11 ? start - 7 : 1);
        await run.page.locator('.k-hero').waitFor();
        expect(await run.page.title(), `start ${start}`).toBe(running);
        await rateOnce(run, account);
        await run.page.evaluate(() => window.nmcRobot.online());
        if (isKilled) await run.kill();
        else await run.context.close();
        // What was spoilt is repaired with the next deploy; until then the good files are gone from the server.
        if (deploy !== null && deploy !== 'new' && deploy !== 'older')
          await deployVersion(built, folder, good);
      }
      newest += 1;
      await deployVersion(built, folder, `v${newest}`);
      world.cable.set('whole');
      const last = await switchOn(world.cable.url, profile, { onSeen: account.saw });
      await reaches(last, `v${newest}`);
      seen.add(`v${newest}`);
      await rateOnce(last, account);
      await sendAll(last);
      await last.kill();

      const entries = await world.entries();
      expect(account.verdict(entries)).toEqual({ lost: 0, doubled: 0, falselyAnswered: 0, notes: [] });
      expect(account.thanked.size).toBe(RESTARTS + 1);
      const told = entries.flatMap(({ entry }) =>
        entry.kind === 'health' && entry.body.topic === 'update' ? [entry.body] : [],
      );
      const versions = told.filter(({ state }) => state === 'version');
      expect(new Set(versions.map(({ detail }) => detail?.build)).size).toBe(seen.size);
      expect(versions.every(({ detail }) => detail?.storage === 'ok' && detail.lacking === 0)).toBe(true);
      const failing = told.filter(({ state }) => state === 'failed');
      expect(failing.length).toBeGreaterThan(0);
      expect(failing.every(({ detail }) => Number(detail?.failures) >= 3)).toBe(true);
    } finally {
      await world.close();
      await profile.remove();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** The page has loaded itself anew on this version. */
async function reaches(run: KioskRun, title: string): Promise<void> {
  await run.page.waitForFunction((wanted) => document.title === wanted, title);
}

/** So many looks in a row have been refused; the third is told. */
async function fails(run: KioskRun, times: number): Promise<void> {
  await run.page.waitForFunction(
    (least) => Number(localStorage.getItem('nmc-kiosk.updateFailures')) >= least,
    times,
  );
  const isTold = async () =>
    (await journalOf(run.page)).lines.some((line) => line.includes('"topic":"update","state":"failed"'));
  if (times === 3) await expect.poll(isTold, { timeout: 30_000 }).toBe(true);
}

async function rateOnce(run: KioskRun, account: ReturnType<typeof openAccount>): Promise<void> {
  account.plan([4, 5]);
  const id = await run.page.evaluate(() => window.nmcRobot.visit([4, 5], 2));
  await run.page.evaluate((one) => window.nmcRobot.thanked(one), id);
  await run.page.evaluate(() => window.nmcRobot.next());
}

describe('an update', () => {
  let site: Site;
  let profile: Profile;
  let context: BrowserContext;
  let page: Page;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nmc-deploy-'));
    site = await serveKiosk(built);
    profile = await makeProfile();
    context = await openBrowser(profile);
    page = context.pages()[0] ?? (await context.newPage());
    await page.goto(site.url);
    await setUp(page);
    await offlineReady(page);
  });
  afterEach(async () => {
    await context.close().catch(() => {});
    await site.close();
    await profile.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const lookForUpdate = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration?.update().catch(() => {});
    });
  const workers = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return [registration?.installing, registration?.waiting, registration?.active].map(
        (one) => one?.state ?? null,
      );
    });

  it('that is whole waits for the visit to end, then takes over by itself', async () => {
    await page.locator('.k-hero').click();
    await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
    await deployVersion(built, folder, 'good');
    site.deploy(folder);
    await lookForUpdate();
    await expect.poll(workers).toEqual([null, 'installed', 'activated']);
    await page.locator('.k-answer-5').click();
    await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
    expect(await workers()).toEqual([null, 'installed', 'activated']);
    await page.locator('.k-answer-5').click();
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
    expect(await page.title()).toBe('Thiết bị đánh giá điện tử');
    await page.getByRole('button', { name: 'Xong' }).click();
    await page.waitForFunction(() => document.title === 'good');
    await page.locator('.k-hero').waitFor();
    expect((await handedOver(page)).filter(({ kind }) => kind === 'feedback')).toHaveLength(1);
  });

  it.each([...BAD_DEPLOYS, 'wrong type'] as const)(
    'spoilt by a deploy (%s) leaves the old version serving, also offline',
    async (how) => {
      if (how === 'wrong type') {
        await deployVersion(built, folder, 'bad');
        site.serveAs('index.html', 'text/plain');
      } else await deployBad(built, folder, 'bad', how);
      site.deploy(folder);
      await lookForUpdate();
      await page.evaluate(() => dispatchEvent(new Event('visibilitychange')));
      await expect.poll(workers).toEqual([null, null, 'activated']);
      await context.setOffline(true);
      await page.reload();
      await page.locator('.k-hero').waitFor();
      expect(await page.title()).toBe('Thiết bị đánh giá điện tử');
      await rate(page, 5, 5);
    },
  );

  it('whose cache is damaged while it waits is not taken over until every file is right again', async () => {
    await page.locator('.k-hero').click();
    await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
    await deployVersion(built, folder, 'good');
    site.deploy(folder);
    await lookForUpdate();
    await expect.poll(workers).toEqual([null, 'installed', 'activated']);
    await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        const kept = await cache.match('index.html');
        if (!(await kept?.text())?.includes('<title>good</title>')) continue;
        await cache.put(
          'index.html',
          new Response('<title>half', { headers: { 'content-type': 'text/html' } }),
        );
      }
    });
    await site.close();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => Number(localStorage.getItem('nmc-kiosk.updateFailures')) > 0);
    expect(await workers()).toEqual([null, 'installed', 'activated']);
    expect(await page.title()).toBe('Thiết bị đánh giá điện tử');
  });
});
