/**
 * What the extension costs on a page that is bound to a pack and read correctly (DESIGN §4, Budgets): pairs with and without
 * it in turns, WXT's `autoMount` and an observer that looks once per record beside it. Chromium: by trace. Firefox has no
 * trace over BiDi: by the kernel's account of the page's main thread, with and without.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { READER_LIMIT } from '../../lib/build/extension.ts';
import { type Bout, FRAMES, openRing, type Ring, ROWS, within } from './host-page-churn.ts';
import { hide, LIST, type Lists, readLists } from './host-page-list.ts';
import { buildOurs, buildPeer } from './host-page-packages.ts';
import { type Budget, judged, median, type PageReport } from './host-page-report.ts';
import { FRAME_ROWS } from './host-page-rows.ts';
import { type Site, startSite } from './host-page-site.ts';
import { type BrowserKind, type Stand, startStand } from './host-page-stand.ts';
import { estimate } from './host-page-statistics.ts';
import { misread } from './host-page-verify.ts';

export const SHARE = 5;
export const SLICE = 8;
export const LIST_READ = 4;
/** A peer takes its turn in every so many pairs. */
const PEER_EVERY = 10;
/** Documents that are opened with a list of 50 rows, and in a traced browser the lists shown one after the other on each. */
const DOCUMENTS = 12;
const LISTS = 6;
const LIST_FIRST = 500_000;
/** What a page shows in the end must be in the journal within so many milliseconds. */
const READ_WITHIN = 60_000;

/** Runs the bench in both browsers. Errors: the page was not read correctly. */
export async function measurePage(
  pairs: number,
  kinds: readonly BrowserKind[],
  say: (line: string) => void,
): Promise<PageReport> {
  const folder = await mkdtemp(join(tmpdir(), 'nmc-bench-'));
  const site = await startSite();
  try {
    const budgets: Budget[] = [];
    for (const kind of kinds) {
      say(
        `${kind}: ${pairs} pairs of ${FRAMES} frames, each ${FRAME_ROWS} of ${ROWS} rows removed and added`,
      );
      budgets.push(...(await measureIn(kind, pairs, site, folder)));
    }
    return { pairs, budgets };
  } finally {
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureIn(kind: BrowserKind, pairs: number, site: Site, folder: string): Promise<Budget[]> {
  const target = kind === 'chromium' ? 'chrome' : 'firefox';
  const ours = await buildOurs(target, site.origin, folder);
  const provinceKey = crypto.getRandomValues(new Uint8Array(32));
  const stands: Stand[] = [];
  const stand = async (name: string, path: string | null, key: Uint8Array | null) => {
    const made = await startStand(kind, name, path, key);
    stands.push(made);
    return made;
  };
  try {
    const without = await stand('without', null, null);
    const withOurs = await stand('with', ours.folder, provinceKey);
    const peers = [
      await stand('WXT autoMount', await buildPeer('automount', target, folder), null),
      await stand('querySelector per record', await buildPeer('records', target, folder), null),
    ];
    const churn = await churnAll(kind, pairs, site, [without, withOurs, ...peers]);
    const { page } = churn.rings[1]!;
    const lists: [Lists[], Lists[]] = [[], []];
    const documents = Math.min(pairs, DOCUMENTS);
    const turns = kind === 'chromium' ? LISTS : 2;
    for (let at = 0; at < documents; at += 1) {
      const first = LIST_FIRST + at * turns * LIST;
      for (const side of at % 2 === 0 ? [0, 1] : [1, 0]) {
        const [one, count] = side === 0 ? [without, 1] : [withOurs, turns];
        lists[side]!.push(await readLists(kind, one, site, first, count));
      }
    }
    const shown = await page.evaluate(() => window.shownNow());
    const read = Array.from({ length: documents * turns * LIST }, (_, at) => LIST_FIRST + at);
    let wrong: readonly string[] = [];
    const isRead = await within(READ_WITHIN, async () => {
      wrong = await misread(await withOurs.ledger(), [...shown, ...read], provinceKey);
      return wrong.length === 0;
    });
    if (!isRead)
      throw new Error(
        `the page was not read correctly: ${wrong.length} of ${shown.length + read.length} dossiers: ${wrong.slice(0, 3).join('; ')}`,
      );
    const hidden = await hide(kind, withOurs, page);
    const limit = (what: string, value: number, most: number, unit: Budget['unit'], n: number): Budget => ({
      what,
      browser: kind,
      value,
      upper: null,
      n,
      unit,
      limit: most,
      isMet: value <= most,
    });
    const slices = [...churn.bouts[1]!.map(({ spent }) => spent), ...lists[1]].flatMap(
      (one) => one?.slices ?? [],
    );
    return [
      ...shares(kind, churn),
      ...(kind === 'chromium'
        ? [
            limit(
              'longest run of our script, collecting the page’s garbage left out',
              Math.max(...slices.map(({ script }) => script)),
              SLICE,
              'ms',
              slices.length,
            ),
            median(
              `reading a list of ${LIST} rows, on a page in use`,
              kind,
              lists[1].flatMap(({ read: spent }) => spent.slice(1)),
              LIST_READ,
            ),
            median(
              `the same for the first list of a document, code still cold`,
              kind,
              lists[1].flatMap(({ read: spent }) => spent.slice(0, 1)),
              null,
            ),
          ]
        : []),
      limit(
        'requests of the page because of us',
        Math.max(
          ...lists[1].map(
            (one, at) =>
              Math.abs(one.requests - lists[0][at]!.requests) + Math.abs(one.served - lists[0][at]!.served),
          ),
        ),
        0,
        '',
        documents,
      ),
      limit(
        hidden.runs === null ? 'entries while hidden' : 'runs of our script while hidden',
        hidden.wasHidden ? (hidden.runs ?? 0) + hidden.entries : Number.NaN,
        0,
        '',
        hidden.ticks,
      ),
      limit('what every granted page loads', ours.reader, READER_LIMIT, 'B', 1),
    ];
  } finally {
    for (const one of stands) await one.close();
  }
}

interface Churn {
  readonly rings: readonly Ring[];
  /** Per stand: without, with, the peers. */
  readonly bouts: readonly Bout[][];
}

async function churnAll(
  kind: BrowserKind,
  pairs: number,
  site: Site,
  stands: readonly Stand[],
): Promise<Churn> {
  const rings: Ring[] = [];
  for (const one of stands) rings.push(await openRing(kind, one, site));
  const bouts: Bout[][] = rings.map(() => []);
  // One round each to warm up, not counted.
  for (const ring of rings) await ring.round();
  for (let pair = 0; pair < pairs; pair += 1) {
    const order = pair % 2 === 0 ? [0, 1] : [1, 0];
    if (pair % PEER_EVERY === 0) order.push(...rings.keys().drop(2));
    for (const at of order) bouts[at]!.push(await rings[at]!.round());
  }
  return { rings, bouts };
}

/** The share of the page's CPU: by trace where there is one, and against the rounds without. */
function shares(kind: BrowserKind, { rings, bouts }: Churn): Budget[] {
  const [without, withOurs] = [bouts[0]!, bouts[1]!];
  const time = (one: Bout) => one.cpu ?? one.wall;
  const budgets: Budget[] = [];
  const traced = withOurs.flatMap(({ spent }) => (spent ? [(100 * spent.ours) / spent.busy] : []));
  if (traced.length > 0)
    budgets.push(judged('our share of CPU during churn, by trace', kind, estimate(traced), SHARE));
  const paired = withOurs.map((one, at) => 100 * (1 - time(without[at]!) / time(one)));
  const account = without[0]?.cpu == null ? 'by the clock' : 'by CPU time';
  budgets.push(
    judged(
      `our share during churn, with against without, ${account}`,
      kind,
      estimate(paired),
      kind === 'firefox' ? SHARE : null,
    ),
  );
  rings.forEach(({ stand }, at) => {
    if (at < 2) return;
    const base = estimate(without.map(time)).median;
    const share = estimate(bouts[at]!.map((one) => 100 * (1 - base / time(one))));
    budgets.push(judged(`the same for ${stand.name}`, kind, share, null));
  });
  return budgets;
}
