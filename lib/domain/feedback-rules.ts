/**
 * When a rating is flagged: kept, shown apart, never in a sum (DESIGN §9). Thresholds come from the hub, unit by unit, and
 * are inherited down the tree; these are the defaults. Flags do not accuse anybody: each carries the threshold that it
 * passed, so that a supervisor can judge.
 */
import type { Day } from './dates.ts';
import { groupBy } from './group.ts';
import { type Holidays, isWorkingDay } from './holiday.ts';

/**
 * What a device notes of how a visit ended. They set nothing apart: who walks away from the optional reasons rated low, and
 * leaving those out would leave out low ratings only.
 */
const NOTES: readonly string[] = ['walkedAway', 'cutShort', 'recovered'];

/** Whether a flag sets a rating apart. A flag not known here does: it was set for some doubt. */
export function setsApart(flag: string): boolean {
  return !NOTES.includes(flag);
}

/** What the hub finds when a day is closed, beside what devices say (`fast`, `burst`) and the phone page (`phoneBurst`). */
export const HUB_FLAGS = ['moreThanReturns', 'interval', 'afterHours', 'series'] as const;
export type HubFlag = (typeof HUB_FLAGS)[number];

/** Open on these weekdays (1 = Monday … 7 = Sunday) from `from` to `to` (local `HH:MM`). */
interface OpeningHours {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

export interface FeedbackRules {
  /** Ratings outside are flagged `afterHours`; none given = not known, never flagged. Public holidays are always outside. */
  readonly openingHours: readonly OpeningHours[];
  /**
   * A counter's day is flagged when its ratings exceed `percent` of its confirmed returns by more than `slack`: people who
   * only hand something in rate as well. Never where no return is known.
   */
  readonly moreThanReturns: { readonly percent: number; readonly slack: number };
  /** More completed visits than this on one device in a quarter-hour: nobody serves so fast. */
  readonly interval: { readonly perQuarter: number };
  /** So many equal answers in a row on one device within so many neighbouring quarter-hours. */
  readonly series: { readonly count: number; readonly quarters: number };
  /** More answers than this by one counter's QR code in a quarter-hour. */
  readonly phoneBurst: { readonly perQuarter: number };
  /** Seconds untouched before the kiosk warns; null = the device's own setting. */
  readonly idleSeconds: number | null;
}

/** In force where a province says nothing else. */
export const DEFAULT_RULES: FeedbackRules = {
  // Each one-stop shop has its own: what nobody told us is no ground to set a rating apart.
  openingHours: [],
  moreThanReturns: { percent: 100, slack: 2 },
  interval: { perQuarter: 15 },
  series: { count: 8, quarters: 2 },
  phoneBurst: { perQuarter: 6 },
  idleSeconds: null,
};

/** The rules where these are set, the farthest unit first; a nearer one wins key by key. */
export function rulesOf(settings: readonly Partial<FeedbackRules>[]): FeedbackRules {
  return Object.assign({}, DEFAULT_RULES, ...settings) as FeedbackRules;
}

/** Whether a quarter-hour (0 to 95) of a local day lies wholly outside the opening hours. */
export function isAfterHours(day: Day, quarter: number, rules: FeedbackRules, holidays?: Holidays): boolean {
  if (rules.openingHours.length === 0) return false;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  // A public holiday on a weekday is a day off; a weekend day is open where the hours name it.
  if (weekday <= 5 && !isWorkingDay(day, holidays)) return true;
  const [start, end] = [quarter * 15, quarter * 15 + 15];
  return !rules.openingHours.some(
    ({ days, from, to }) => days.includes(weekday) && start < minutesOf(to) && end > minutesOf(from),
  );
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** The thresholds a flag is about, by the names of its explanation in the dictionaries. */
export function flagLimits(flag: string, rules: FeedbackRules): Readonly<Record<string, number | string>> {
  switch (flag) {
    case 'moreThanReturns':
      return { ...rules.moreThanReturns };
    case 'interval':
      return { ...rules.interval };
    case 'series':
      return { count: rules.series.count, minutes: rules.series.quarters * 15 };
    case 'phoneBurst':
      return { ...rules.phoneBurst };
    case 'afterHours':
      return {
        hours: rules.openingHours.map(({ days, from, to }) => `${days.join(',')}:${from}-${to}`).join(';'),
      };
    default:
      return {};
  }
}

/** A completed visit as the flags see it. `order` is its place in the device's journal. */
export interface FlaggableVisit {
  readonly device: string;
  readonly order: number;
  readonly day: Day;
  readonly quarter: number;
  readonly answers: Readonly<Record<string, number>>;
  readonly reasons: readonly string[];
}

/** Whether a counter's day has more ratings than its confirmed returns explain; false where no return is known. */
export function hasMoreThanReturns(ratings: number, returns: number, rules: FeedbackRules): boolean {
  const { percent, slack } = rules.moreThanReturns;
  return returns > 0 && ratings >= 5 && ratings > (returns * percent) / 100 + slack;
}

/** What one device's completed visits of one day show: flags by place in the list. Pure; any order goes in. */
export function deviceFlags(visits: readonly FlaggableVisit[], rules: FeedbackRules): HubFlag[][] {
  const inOrder = visits.map((_, at) => at).sort((a, b) => visits[a]!.order - visits[b]!.order);
  const found = visits.map((): Set<HubFlag> => new Set());
  for (const [quarter, places] of groupBy(inOrder, (at) => visits[at]!.quarter)) {
    const isCrowded = places.length > rules.interval.perQuarter;
    const isLate = isAfterHours(visits[places[0]!]!.day, quarter, rules);
    for (const at of places) {
      if (isCrowded) found[at]!.add('interval');
      if (isLate) found[at]!.add('afterHours');
    }
  }
  for (const run of runsOf(inOrder, (at) => answerName(visits[at]!))) {
    for (const at of seriesIn(run, (one) => visits[one]!.quarter, rules)) found[at]!.add('series');
  }
  return found.map((flags) => HUB_FLAGS.filter((flag) => flags.has(flag)));
}

function answerName({ answers, reasons }: FlaggableVisit): string {
  return JSON.stringify([Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1)), [...reasons].sort()]);
}

function runsOf(places: readonly number[], nameOf: (at: number) => string): number[][] {
  const runs: number[][] = [];
  let last: string | null = null;
  for (const at of places) {
    const name = nameOf(at);
    if (name === last) runs.at(-1)!.push(at);
    else runs.push([at]);
    last = name;
  }
  return runs;
}

function seriesIn(run: readonly number[], quarterOf: (at: number) => number, { series }: FeedbackRules) {
  const found = new Set<number>();
  for (let first = 0; first + series.count <= run.length; first++) {
    const window = run.slice(first, first + series.count);
    const quarters = window.map(quarterOf);
    if (Math.max(...quarters) - Math.min(...quarters) >= series.quarters) continue;
    for (const at of window) found.add(at);
  }
  return found;
}
