/** Made-up sightings and lines, the same on every run. */
import type { DossierBody, Entry } from '../../lib/domain/entry.ts';
import type { Sighting } from '../../lib/domain/merge.ts';

/** Numbers in [0, 1) that repeat from run to run (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Sightings of about `count / 4` dossiers, as a month of list pages would show them; `tag` keeps runs apart. */
export function sightings(count: number, device = 'bench', tag = ''): Sighting[] {
  const random = randomFrom(7);
  const pick = <T>(...values: T[]): T => values[Math.floor(random() * values.length)]!;
  return Array.from({ length: count }, (_, index): Sighting => {
    const name = Math.floor(random() * (count / 4));
    const at = Date.UTC(2026, 8, 1) + Math.floor(random() * 25 * 86_400_000);
    const seen = new Date(at).toISOString();
    const body: DossierBody = {
      keys: [`e1:${`${tag}-${name}`.padEnd(22, '-')}`],
      system: 'practice',
      pack: 'igate2@1.0.0',
      page: 'list',
      rank: pick(1, 2, 3),
      locator: 0,
      seen,
      arrived: seen,
      codeDay: '2026-09-01',
      receiver: `H41.17.${1 + (name % 40)}`,
      facts: {
        procedure: `1.00${1000 + (name % 240)}`,
        channel: pick('online', 'counter', 'post'),
        received: '2026-09-01',
        due: pick('2026-09-10', '2026-09-20', '2026-09-30'),
        status: pick('received', 'processing', 'processing', 'finished', 'returned'),
        paidBy: pick('online', 'cash', 'unpaid'),
        digitised: random() < 0.7,
        agency: `Xã ${name % 40}`,
      },
    };
    return { device, stream: 1, seq: index + 1, offset: 0, body };
  });
}

/** The journal lines of sightings, seq from 1. */
export function linesFrom(all: readonly Sighting[]): string[] {
  return all.map(({ stream, body }, index) => {
    const entry: Entry = {
      v: 1,
      stream,
      seq: index + 1,
      at: body.seen,
      boot: 'bench',
      offset: 0,
      kind: 'dossier',
      body,
    };
    return JSON.stringify(entry);
  });
}
