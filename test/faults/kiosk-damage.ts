/**
 * The browser's database after a bad sector or a half-written block (kiosk.md §4c): everything the hub does not have yet must
 * come back from the second place, and exactly one alarm must say that something happened.
 */
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { activateByCode, makeProfile } from '../browser/kiosk-device.ts';
import { openAccount } from './kiosk-account.ts';
import {
  enrolled,
  entryOf,
  isActivated,
  journalOf,
  type KioskRun,
  type KioskWorld,
  sendAll,
  switchOn,
} from './kiosk-world.ts';

/** What happens to the folder of the origin's LevelDB. */
export const DAMAGES = {
  'MANIFEST cut off': (folder) => truncateSync(join(folder, only(folder, /^MANIFEST-/)), 3),
  'CURRENT is garbage': (folder) => writeFileSync(join(folder, 'CURRENT'), 'x'.repeat(40)),
  'a block of the log flipped': (folder) => {
    const file = join(folder, only(folder, /\.log$/));
    const bytes = readFileSync(file);
    for (let at = bytes.length >> 1; at < (bytes.length >> 1) + 64; at += 1) bytes[at]! ^= 0xff;
    writeFileSync(file, bytes);
  },
  'log cut to 60 %': (folder) => {
    const file = join(folder, only(folder, /\.log$/));
    truncateSync(file, Math.floor(readFileSync(file).length * 0.6));
  },
} satisfies Record<string, (folder: string) => void>;
export type Damage = keyof typeof DAMAGES;

export interface DamageOutcome {
  readonly damage: Damage;
  /** Ratings that only the device had, and how many of them were in its journal after the start. */
  readonly unsent: number;
  readonly restored: number;
  /** Entries of the journal about its own loss: after the first start, and after another. */
  readonly alarms: readonly [number, number];
  /** The device had lost its keys with the database and was activated anew. */
  readonly wasActivatedAnew: boolean;
  readonly lost: number;
  readonly doubled: number;
  readonly notes: readonly string[];
}

const UNSENT = 5;

/** One device: two ratings received, five only here, the power cut, the damage, then a start without and one with a hub. */
export async function damageKiosk(world: KioskWorld, damage: Damage): Promise<DamageOutcome> {
  const profile = await makeProfile();
  const account = openAccount();
  const rate = async (run: KioskRun, answers: readonly [number, number]) => {
    account.plan(answers);
    const id = await run.page.evaluate((given) => window.nmcRobot.visit(given, 2), answers);
    await run.page.evaluate((one) => window.nmcRobot.thanked(one), id);
    await run.page.evaluate(() => window.nmcRobot.next());
    return id;
  };
  const start = async () => {
    const run = await switchOn(world.cable.url, profile, { onSeen: account.saw });
    await run.page.locator('.k-hero, .k-notice').first().waitFor();
    return run;
  };
  try {
    world.cable.set('whole');
    let run = await enrolled(world, profile, { onSeen: account.saw });
    await rate(run, [5, 4]);
    await rate(run, [3, 3]);
    await sendAll(run);
    world.cable.set('cut');
    const kept = new Set<string>();
    for (let one = 0; one < UNSENT; one += 1) kept.add(await rate(run, [4, (one % 3) + 3]));
    await run.kill();
    DAMAGES[damage](levelDb(profile.folder));

    run = await start();
    const after = await settledJournal(run, kept.size);
    const first = alarmsIn(after);
    await run.kill();
    run = await start();
    const second = alarmsIn(await settledJournal(run, kept.size));
    const restored = new Set(visitsIn(after).filter((id) => kept.has(id))).size;
    world.cable.set('whole');
    const isInactive = !(await isActivated(run.page));
    if (isInactive) await activateByCode(run.page, world.cable.url, world.code());
    await sendAll(run);
    await run.kill();
    const mine = (await world.entries()).filter(
      ({ entry }) =>
        entry.kind === 'feedback' && account.tapped.has((entry.ref ?? '').slice('visit:'.length)),
    );
    const verdict = account.verdict(mine);
    return {
      damage,
      unsent: kept.size,
      restored,
      alarms: [first, second],
      wasActivatedAnew: isInactive,
      ...verdict,
    };
  } finally {
    world.cable.set('whole');
    await profile.remove();
  }
}

/** True when everything came back, told once. */
export function isMended({ unsent, restored, alarms, lost, doubled }: DamageOutcome): boolean {
  return restored === unsent && alarms[0] === 1 && alarms[1] === 1 && lost === 0 && doubled === 0;
}

function levelDb(profile: string): string {
  const base = join(profile, 'Default/IndexedDB');
  return join(base, only(base, /\.indexeddb\.leveldb$/));
}

/** The newest file of a kind. @throws when there is none */
function only(folder: string, kind: RegExp): string {
  const name = readdirSync(folder)
    .filter((one) => kind.test(one))
    .sort()
    .at(-1);
  if (name === undefined) throw new Error(`no ${kind.source} in ${folder}`);
  return name;
}

/** The lines of the journal once the start has compared it with its second place and answered the loss with a new log. */
async function settledJournal(run: KioskRun, least: number): Promise<readonly string[]> {
  for (;;) {
    const { lines } = await journalOf(run.page);
    const isTurned = await run.page.evaluate(() => localStorage.getItem('nmc-kiosk.logTurned') !== null);
    if (visitsIn(lines).length >= least && alarmsIn(lines) > 0 && isTurned) return lines;
    await run.page.waitForTimeout(50);
  }
}

function visitsIn(lines: readonly string[]): string[] {
  return lines.map(entryOf).flatMap(({ kind, ref }) => (kind === 'feedback' ? (ref ?? '').slice(6) : []));
}

function alarmsIn(lines: readonly string[]): number {
  return lines.map(entryOf).filter(({ kind, body }) => kind === 'health' && body.topic === 'journal').length;
}
