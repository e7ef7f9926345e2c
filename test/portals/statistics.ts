/** The figures of the statistics pages: invented per unit by the seed, adding up as those of form 06a do (host-pages-2 §6.1). */
import { localDay, shiftDay } from './calendar.ts';
import { OFFICES, random } from './seed.ts';
import type { ShownTotals } from './types.ts';

/** One unit's line; the names are those of `TOTAL_FIGURES`. */
export interface UnitLine {
  readonly unit: string;
  readonly figures: Readonly<Record<string, number>>;
}

/** Every office that has a name, once. */
export function unitLines(seed: number): UnitLine[] {
  const next = random(seed ^ 0x6c078965);
  const roll = (most: number) => Math.floor(next() * most);
  const names = [...new Set(OFFICES.map(({ name }) => name).filter((name) => name !== ''))];
  return names.map((unit) => {
    const receivedOnline = roll(3_000);
    const receivedOffline = roll(900);
    const carriedOver = roll(120);
    const toHandle = receivedOnline + receivedOffline + carriedOver;
    const pendingOverdue = Math.min(toHandle, roll(20));
    const pendingInTime = Math.min(toHandle - pendingOverdue, roll(200));
    const finished = toHandle - pendingOverdue - pendingInTime;
    const finishedLate = Math.min(finished, roll(40));
    const finishedOnTime = Math.min(finished - finishedLate, roll(300));
    return {
      unit,
      figures: {
        toHandle,
        received: receivedOnline + receivedOffline,
        receivedOnline,
        receivedOffline,
        carriedOver,
        finished,
        finishedEarly: finished - finishedLate - finishedOnTime,
        finishedOnTime,
        finishedLate,
        pending: pendingInTime + pendingOverdue,
        pendingInTime,
        pendingOverdue,
        withdrawn: roll(9),
      },
    };
  });
}

/** The sums over all lines, as the last row prints them. */
export function sumOf(lines: readonly UnitLine[], name: string): number {
  return lines.reduce((sum, { figures }) => sum + (figures[name] ?? 0), 0);
}

/** What a screen that prints these figures says. */
export function shownTotals(
  lines: readonly UnitLine[],
  names: readonly string[],
  period: { readonly from: string; readonly to: string },
): ShownTotals[] {
  return lines.map(({ unit, figures }) => ({
    unit,
    ...period,
    figures: Object.fromEntries(names.map((name) => [name, figures[name]!])),
  }));
}

/** The period such a page proposes: the last thirty days. */
export function lastMonth(now: number): { from: string; to: string } {
  const to = localDay(now);
  return { from: shiftDay(to, -30), to };
}

/** `1.244`, as the pages print. */
export function dotted(count: number): string {
  return count.toLocaleString('de-DE');
}
