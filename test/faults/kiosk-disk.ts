/**
 * A full disk: a small file system in memory under the browser's profile, filled to the last byte. No thanks without storage,
 * the screen says that it is out of service, and nothing is lost when there is room again. Mounting needs root on Linux.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccount } from './kiosk-account.ts';
import { enrolled, type KioskWorld, sendAll } from './kiosk-world.ts';

export interface DiskOutcome {
  /** The screen said that no rating is taken now. */
  readonly saidSo: boolean;
  readonly thankedWhileFull: number;
  /** Ratings tapped while the disk was full, and how many of them reached the hub. */
  readonly tappedWhileFull: number;
  readonly arrived: number;
  readonly lost: number;
  readonly doubled: number;
  readonly notes: readonly string[];
}

const MEGABYTES = 160;

/** Plays it; a sentence instead where no file system can be mounted. */
export async function fillDisk(world: KioskWorld): Promise<DiskOutcome | string> {
  const folder = mkdtempSync(join(tmpdir(), 'nmc-kiosk-full-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'nmc-full', folder]);
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true });
    return 'could not be run: mounting a small file system needs root on Linux';
  }
  try {
    return await playFull(world, folder);
  } finally {
    for (let tries = 0; tries < 50 && spawnSync('umount', [folder]).status !== 0; tries += 1)
      await new Promise((done) => setTimeout(done, 100));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function playFull(world: KioskWorld, folder: string): Promise<DiskOutcome> {
  const account = openAccount();
  const profile = { folder: join(folder, 'profile'), remove: async () => {} };
  const run = await enrolled(world, profile, { onSeen: account.saw });
  const { page } = run;
  const visit = (answers: readonly [number, number]) => {
    account.plan(answers);
    return page.evaluate((given) => window.nmcRobot.visit(given, 2), answers);
  };
  const first = await visit([5, 5]);
  await page.evaluate((id) => window.nmcRobot.thanked(id), first);
  await page.evaluate(() => window.nmcRobot.next());

  const filler = join(folder, 'filler');
  fill(filler);
  const thankedBefore = account.thanked.size;
  const id = await visit([3, 4]);
  const out = page.getByText('tạm ngừng nhận đánh giá');
  await out.waitFor();
  const saidSo = await out.isVisible();
  const thankedWhileFull = account.thanked.size - thankedBefore;
  rmSync(filler);
  await page.locator('.k-hero').waitFor();
  await sendAll(run);
  await run.kill();
  const entries = (await world.entries()).filter(({ entry }) =>
    [first, id].some((one) => entry.ref === `visit:${one}`),
  );
  const arrived = entries.filter(({ entry }) => entry.ref === `visit:${id}`).length;
  return { saidSo, thankedWhileFull, tappedWhileFull: 1, arrived, ...account.verdict(entries) };
}

/** Writes until nothing more fits. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const size of [1 << 20, 1 << 12, 1]) {
      const block = Buffer.alloc(size);
      try {
        while (writeSync(file, block) === size);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(file);
  }
}

/** True when a full disk cost nothing. */
export function isFullDiskHarmless(outcome: DiskOutcome): boolean {
  const { saidSo, thankedWhileFull, tappedWhileFull, arrived, lost, doubled } = outcome;
  return saidSo && thankedWhileFull === 0 && arrived === tappedWhileFull && lost === 0 && doubled === 0;
}
