/**
 * The short form of `npm run faults kiosk`: a few power cuts of each kind, damage to the browser's database, a full disk, a
 * window that crashes, a profile copied back; against a real hub.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { damageKiosk, isMended } from '../faults/kiosk-damage.ts';
import { fillDisk, isFullDiskHarmless } from '../faults/kiosk-disk.ts';
import { killKioskRounds } from '../faults/kiosk-rounds.ts';
import {
  enrolled,
  journalOf,
  type KioskRun,
  type KioskWorld,
  sendAll,
  startKioskWorld,
  switchOn,
} from '../faults/kiosk-world.ts';
import { randomFrom } from '../faults/random.ts';
import { makeProfile } from './kiosk-device.ts';

let world: KioskWorld;

beforeAll(async () => {
  world = await startKioskWorld(process.env.NMC_WEB ?? null);
});
afterAll(() => world?.close());

/** Rates and waits for the thanks; answers the entry's `ref`. */
async function rate({ page }: Pick<KioskRun, 'page'>): Promise<string> {
  const id = await page.evaluate(() => window.nmcRobot.visit([5, 4], 2));
  await page.evaluate((one) => window.nmcRobot.thanked(one), id);
  await page.evaluate(() => window.nmcRobot.next());
  return `visit:${id}`;
}

async function timesAtHub(refs: readonly string[]): Promise<number[]> {
  const entries = await world.entries();
  return refs.map((ref) => entries.filter(({ entry }) => entry.ref === ref).length);
}

describe('power cuts', () => {
  it('lose no rating that was thanked for and count nothing twice', async () => {
    const seen: string[] = [];
    const outcome = await killKioskRounds(world, 6, randomFrom(11), (_round, kind) => seen.push(kind));
    expect(new Set(seen)).toEqual(new Set(['rating', 'receipt', 'drop', 'slow', 'cut', 'visit']));
    expect(outcome).toMatchObject({ kills: 6, lost: 0, doubled: 0, falselyAnswered: 0, notes: [] });
    expect(outcome.beforeReceipt).toBeGreaterThanOrEqual(1);
    expect(outcome.thanked).toBeGreaterThanOrEqual(5);
  });
});

describe('the database', () => {
  it.each(['log cut to 60 %'] as const)('%s: everything unsent comes back, told once', async (damage) => {
    const outcome = await damageKiosk(world, damage);
    expect(isMended(outcome), JSON.stringify(outcome)).toBe(true);
  });

  it('of a full disk is never thanked for, and loses nothing once there is room', async () => {
    const outcome = await fillDisk(world);
    if (typeof outcome === 'string') {
      expect(process.getuid?.(), outcome).not.toBe(0);
      console.warn(`disk full ${outcome}`);
    } else expect(isFullDiskHarmless(outcome), JSON.stringify(outcome)).toBe(true);
  });

  it('of a profile copied back opens the next stream: what came after the copy stays, what comes now is added', async () => {
    const profile = await makeProfile();
    const image = `${profile.folder}-image`;
    try {
      let run = await enrolled(world, profile);
      const refs = [await rate(run)];
      await sendAll(run);
      await run.kill();
      cpSync(profile.folder, image, { recursive: true, verbatimSymlinks: true });
      run = await switchOn(world.cable.url, profile);
      refs.push(await rate(run), await rate(run));
      await sendAll(run);
      await run.kill();
      rmSync(profile.folder, { recursive: true });
      cpSync(image, profile.folder, { recursive: true, verbatimSymlinks: true });
      rmSync(join(profile.folder, 'SingletonLock'), { force: true });
      run = await switchOn(world.cable.url, profile);
      refs.push(await rate(run));
      await sendAll(run);
      refs.push(await rate(run));
      await sendAll(run);
      const { lines } = await journalOf(run.page);
      await run.kill();
      expect(await timesAtHub(refs)).toEqual(refs.map(() => 1));
      expect(lines.some((line) => line.includes('"state":"receiptAhead"'))).toBe(true);
    } finally {
      rmSync(image, { recursive: true, force: true });
      await profile.remove();
    }
  });
});

describe('two windows', () => {
  it('the second one writes as soon as the first has crashed, and nothing is lost or doubled', async () => {
    const profile = await makeProfile();
    try {
      const run = await enrolled(world, profile);
      const refs = [await rate(run)];
      const second = await run.context.newPage();
      await second.goto(run.page.url());
      await second.getByText('đang mở ở cửa sổ khác').waitFor();
      await run.page.goto('chrome://crash').catch(() => {});
      await second.locator('.k-hero').waitFor();
      refs.push(await rate({ page: second }));
      await sendAll({ ...run, page: second });
      await run.kill();
      expect(await timesAtHub(refs)).toEqual([1, 1]);
    } finally {
      await profile.remove();
    }
  });
});
