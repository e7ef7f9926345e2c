/**
 * The kiosk beside SurveyJS with the same questionnaire, in one Chromium, in one run (kiosk.md §6): bytes, ready, tap → paint,
 * heap over two thousand visits; and a rating's write beside raw IndexedDB and PouchDB. Times are read as ratios only.
 *
 * The first screen is ours to tap (attract), the peer's to answer; ours is tapped once, in the moment it is painted, and
 * must lead on. To the peer's advantage: it has six plain pictures beside the reasons, waits 0 ms instead of 300 before it
 * goes on, and stores nothing.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { FIRST_SCREEN_LIMIT } from '../../lib/build/web.ts';
import { makeProfile, openBrowser, setUp } from '../browser/kiosk-device.ts';
import { inChromium } from './in-chromium.ts';
import { servedKiosk, servedPeer } from './kiosk-pages.ts';
import { type KioskReport, type Line, paired, regress, size, slope, type WriteRow } from './kiosk-report.ts';
import {
  CPU,
  type HeapSample,
  measureHeap,
  measureRound,
  OURS,
  PEER,
  type Round,
  type Side,
} from './kiosk-visit.ts';

/** Ours ÷ SurveyJS, at most. */
export const SHARES = { script: 1 / 5, ready: 1 / 3, tap: 1 / 2 } as const;
/** Upper bound of the heap's growth: 2,000 visits may cost 0.2 MB, less than one picture. Bytes a visit. */
export const GROWTH = 100;
/**
 * The first visits are not counted: over 6,000 visits the heap grew by 0.2 MB in the first 3,000 and then no more. What grows
 * is compiled code (seen in heap snapshots), no object of ours; the heap at the end is shown beside the one before.
 */
const HEAP = { warm: 3_000, every: 100 } as const;
/** The peer's slope is shown, not judged: fewer visits tell it. */
const PEER_HEAP = { warm: 1_000, every: 100 } as const;
const PEER_SHARE = 4;
const WRITES = 200;

/** Runs the bench. Errors: a page that does not answer as a citizen expects. */
export async function measureKiosk(
  rounds: number,
  visits: number,
  say: (line: string) => void,
): Promise<KioskReport> {
  const folder = await mkdtemp(join(tmpdir(), 'nmc-bench-'));
  const profile = await makeProfile();
  const kiosk = await servedKiosk(join(folder, 'ours'));
  const peer = await servedPeer(join(folder, 'peer'));
  try {
    const ours: Side = { name: 'ours', url: kiosk.url, hooks: OURS };
    const theirs: Side = { name: 'SurveyJS', url: peer.url, hooks: PEER };
    const context = await openBrowser(profile);
    try {
      const first = context.pages()[0] ?? (await context.newPage());
      await first.goto(kiosk.url);
      await setUp(first);
      await first.goto('about:blank');
      say(`${rounds} pairs of loads and taps at CPU × ${CPU}`);
      const [own, other] = await inTurns(context, rounds, ours, theirs);
      say(`${visits} visits`);
      const ownHeap = await measureHeap(context, ours, { ...HEAP, visits });
      const peerHeap = await measureHeap(context, theirs, {
        ...PEER_HEAP,
        visits: Math.ceil(visits / PEER_SHARE),
      });
      say(`${WRITES} ratings by each writer`);
      return {
        rounds,
        visits,
        peer: await peerName(),
        lines: [
          size('script of the first screen, gzip', kiosk.script, null, FIRST_SCREEN_LIMIT),
          size('the same beside the peer', kiosk.script, peer.script, SHARES.script),
          ...times(own, other),
          ...heapLines(ownHeap, peerHeap),
        ],
        writes: await measureWrites(),
      };
    } finally {
      await context.close();
    }
  } finally {
    await Promise.all([kiosk.close(), peer.close()]);
    await profile.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

async function inTurns(
  context: BrowserContext,
  rounds: number,
  ours: Side,
  theirs: Side,
): Promise<[Round[], Round[]]> {
  const found: [Round[], Round[]] = [[], []];
  // One of each to warm up, not counted.
  for (const side of [ours, theirs]) await measureRound(context, side);
  for (let round = 0; round < rounds; round += 1) {
    for (const at of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const))
      found[at].push(await measureRound(context, at === 0 ? ours : theirs));
  }
  return found;
}

function times(own: readonly Round[], other: readonly Round[]): Line[] {
  const pick = (of: readonly Round[], one: (round: Round) => number) => of.map(one);
  const line = (what: string, one: (round: Round) => number, limit: number | null) =>
    paired(what, pick(own, one), pick(other, one), limit);
  return [
    line(
      'ready: navigation → the first screen is painted, a tap on it is taken',
      ({ first }) => first,
      SHARES.ready,
    ),
    line('the first question is painted (ours: after that tap)', ({ shown }) => shown, null),
    line('a tap on it is taken (our guard against double taps in it)', ({ hit }) => hit, null),
    line('tap → paint of the second question', ({ taps }) => taps[0]!, SHARES.tap),
    line('tap → paint of the reasons', ({ taps }) => taps[1]!, SHARES.tap),
  ];
}

function heapLines(own: readonly HeapSample[], other: readonly HeapSample[]): Line[] {
  const along = (samples: readonly HeapSample[], y: (one: HeapSample) => number) =>
    regress(samples.map((one) => ({ x: one.visits, y: y(one) })));
  const heap = ({ heap: bytes }: HeapSample) => bytes;
  const nodes = ({ nodes: count }: HeapSample) => count;
  return [
    size('heap after a collection, before the visits', own[0]!.heap, other[0]!.heap, null),
    size('and after them (the peer: a quarter of them)', own.at(-1)!.heap, other.at(-1)!.heap, null),
    slope('growth of the heap', along(own, heap), along(other, heap), 'B/visit', GROWTH),
    slope('growth of the page (nodes)', along(own, nodes), along(other, nodes), '/visit', null),
  ];
}

function measureWrites(): Promise<WriteRow[]> {
  return inChromium('kiosk-writes-page.ts', 'measureWrites', async (page) => {
    const answer = await page.evaluate((rounds) => window.measureWrites(rounds), WRITES);
    return answer.map(({ name, times: all }) => {
      const sorted = [...all].sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
      return { name, p50: at(0.5), p95: at(0.95) };
    });
  });
}

async function peerName(): Promise<string> {
  const version = async (name: string) => {
    const path = resolve(import.meta.dirname, '../../node_modules', name, 'package.json');
    return `${name} ${(JSON.parse(await readFile(path, 'utf8')) as { version: string }).version}`;
  };
  return (await Promise.all(['survey-core', 'survey-js-ui'].map(version))).join(' + ');
}
