/**
 * Rounds that end in a power cut: while a citizen answers, between the journal's commit and the thanks, between the hub's commit
 * and the receipt, with the cable cut and whole again, with answers of the hub thrown away.
 */
import { makeProfile } from '../browser/kiosk-device.ts';
import { type Account, openAccount, type Verdict } from './kiosk-account.ts';
import {
  APART,
  enrolled,
  entryOf,
  journalOf,
  type KioskRun,
  type KioskWorld,
  nudge,
  sendAll,
  switchOn,
} from './kiosk-world.ts';

const KINDS = [
  'rating',
  'receipt',
  'drop',
  'slow',
  'cut',
  'visit',
  'rating',
  'receipt',
  'rating',
  'slow',
] as const;
export type RoundKind = (typeof KINDS)[number];

export interface RoundsOutcome extends Verdict {
  readonly kills: number;
  /** Kills after the journal had the rating and before the thanks was seen. */
  readonly beforeThanks: number;
  /** Kills after the hub had committed a batch and before the kiosk had its receipt. */
  readonly beforeReceipt: number;
  readonly dropped: number;
  readonly cuts: number;
  /** Starts whose first screen took longer than ten seconds. */
  readonly lateStarts: number;
  readonly thanked: number;
  readonly tapped: number;
  readonly roundsByKind: Readonly<Record<string, number>>;
  /** What the nightly job finds on the hub's figures. */
  readonly figures: string;
}

export type SayRound = (
  round: number,
  kind: RoundKind,
  so: { beforeThanks: number; beforeReceipt: number },
) => void;

interface Tally {
  kills: number;
  beforeThanks: number;
  beforeReceipt: number;
  dropped: number;
  cuts: number;
  lateStarts: number;
}

/** Plays the rounds on one device; everything it was given is at the hub when this resolves, or counted as lost. */
export async function killKioskRounds(
  world: KioskWorld,
  rounds: number,
  random: () => number,
  say: SayRound,
): Promise<RoundsOutcome> {
  const profile = await makeProfile();
  const account = openAccount();
  const tally: Tally = { kills: 0, beforeThanks: 0, beforeReceipt: 0, dropped: 0, cuts: 0, lateStarts: 0 };
  const roundsByKind: Record<string, number> = {};
  try {
    const first = await enrolled(world, profile);
    await first.kill();
    let pending: { readonly since: number; readonly until: number } | null = null;
    for (let round = 0; round < rounds; round += 1) {
      const kind = KINDS[round % KINDS.length]!;
      const since = Date.now();
      const run = await switchOn(world.cable.url, profile, {
        offset: round % 2 === 0 ? 0 : -APART,
        slow: kind === 'slow' ? 120 : 0,
        onSeen: account.saw,
      });
      if (await firstScreen(run, `round ${round + 1}, ${kind}`)) tally.lateStarts += 1;
      if (pending) tally.beforeThanks += (await unthankedSince(run, account, pending)) ? 1 : 0;
      await play(kind, { world, run, account, random, tally, round });
      pending = { since, until: Date.now() };
      await run.kill();
      world.cable.set('whole');
      tally.kills += 1;
      roundsByKind[kind] = (roundsByKind[kind] ?? 0) + 1;
      say(round + 1, kind, tally);
    }
    const last = await switchOn(world.cable.url, profile, { onSeen: account.saw });
    if (await firstScreen(last, 'after the last round')) tally.lateStarts += 1;
    if (pending) tally.beforeThanks += (await unthankedSince(last, account, pending)) ? 1 : 0;
    await sendAll(last);
    const { lines } = await journalOf(last.page);
    await last.kill();
    const entries = await world.entries();
    const verdict = account.verdict(entries);
    const atHub = new Set(entries.map(({ line }) => line));
    const missing = lines.filter((line) => !atHub.has(line)).length;
    return {
      ...tally,
      ...verdict,
      lost: verdict.lost + missing,
      thanked: account.thanked.size,
      tapped: account.tapped.size,
      roundsByKind,
      figures: world.recompute(),
    };
  } finally {
    await profile.remove();
  }
}

/** A start may fail once: a store gives up after 10 s, the next try comes 15 s later. Milliseconds. */
const START = { usual: 10_000, most: 90_000 } as const;

/** Waits for the first screen; true when it was late. Errors: what stands there instead. */
async function firstScreen({ page }: KioskRun, when: string): Promise<boolean> {
  const hero = page.locator('.k-hero');
  const stands = (timeout: number) =>
    hero.waitFor({ timeout }).then(
      () => true,
      () => false,
    );
  if (await stands(START.usual)) return false;
  if (await stands(START.most)) return true;
  const words = await page.evaluate(() => document.body.textContent.slice(0, 500));
  throw new Error(`${when}: not the first screen but ${JSON.stringify(words)}`);
}

interface Scene {
  readonly world: KioskWorld;
  readonly run: KioskRun;
  readonly account: Account;
  readonly random: () => number;
  readonly tally: Tally;
  readonly round: number;
}

/** Plays one round up to the moment of the power cut. */
async function play(kind: RoundKind, scene: Scene): Promise<void> {
  const { world, run, random, tally, round } = scene;
  const { cable } = world;
  if (kind !== 'visit') await rate(scene);
  const away = round % 2 === 0 ? -2 * APART : APART;
  switch (kind) {
    case 'visit':
      await visit(scene, Math.floor(random() * 2));
      return pause(random() * 60);
    case 'rating':
      await visit(scene, 2);
      return pause(random() * 1.3 * usualWait(scene.account));
    case 'slow':
      await visit(scene, 2);
      return pause(random() * 160);
    case 'receipt': {
      const before = cable.committed();
      cable.set('holdAnswer');
      await sendUntil(scene, away, () => cable.committed() > before);
      tally.beforeReceipt += 1;
      return;
    }
    case 'drop': {
      const before = cable.lost();
      cable.set('dropAnswer');
      await sendUntil(scene, away, () => cable.lost() > before);
      tally.dropped += cable.lost() - before;
      await visit(scene, 2);
      return pause(random() * usualWait(scene.account));
    }
    case 'cut':
      await nudge(run.page, away);
      await pause(random() * 40);
      cable.set('cut');
      tally.cuts += 1;
      await rate(scene);
      cable.set('whole');
      await nudge(run.page, -away);
      await visit(scene, 2);
      return pause(random() * 400);
  }
}

/** One whole rating, thanked for. */
async function rate(scene: Scene): Promise<void> {
  const id = await visit(scene, 2);
  await scene.run.page.evaluate((one) => window.nmcRobot.thanked(one), id);
  await scene.run.page.evaluate(() => window.nmcRobot.next());
}

async function visit({ run, account, random }: Scene, steps: number): Promise<string> {
  const answers = [1 + Math.floor(random() * 5), 1 + Math.floor(random() * 5)] as const;
  account.plan(answers);
  return run.page.evaluate(([a, n]) => window.nmcRobot.visit(a, n), [answers, steps] as const);
}

/** The device tries to send, its clock on either side of any wait, until it has. */
async function sendUntil({ run }: Scene, away: number, isSent: () => boolean): Promise<void> {
  for (let tries = 0; !isSent(); tries += 1) {
    await nudge(run.page, tries % 2 === 0 ? away : 0);
    for (let looks = 0; looks < 40 && !isSent(); looks += 1) await pause(5);
  }
}

/** How long the thanks usually takes, milliseconds: the power cuts are spread over it. */
function usualWait({ waits }: Account): number {
  const some = waits.slice(-30).sort((a, b) => a - b);
  return some[Math.floor(some.length / 2)] ?? 60;
}

/** True when the journal had a rating, by the run that was killed, whose thanks nobody saw. */
async function unthankedSince(
  run: KioskRun,
  account: Account,
  { since, until }: { since: number; until: number },
): Promise<boolean> {
  const { lines } = await journalOf(run.page);
  return lines.map(entryOf).some((entry) => {
    if (entry.kind !== 'feedback' || entry.body.outcome !== 'completed') return false;
    if (account.thanked.has((entry.ref ?? '').replace(/^visit:/, ''))) return false;
    const at = Date.parse(entry.at);
    return [0, 1, -1, 2, -2].some((times) => at + times * APART >= since && at + times * APART <= until);
  });
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
