/** What the kiosk bench found, line by line, and how it is printed: ours beside the peer, the ratio with its bounds, the limit it is held to. */
import { type Estimate, estimate, median } from './host-page-statistics.ts';

export interface Line {
  readonly what: string;
  readonly ours: number;
  /** Null where the line has no peer. */
  readonly peer: number | null;
  readonly unit: 'B' | 'ms' | 'B/visit' | '/visit';
  /** Ours ÷ peer: median over the pairs and its 90 % bounds (95 % on either side alone). */
  readonly ratio: Estimate | null;
  /** What is held to the limit: the ratio's upper bound, or ours where there is no ratio. */
  readonly judged: number | null;
  readonly limit: number | null;
  readonly isMet: boolean;
}

export interface WriteRow {
  readonly name: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

export interface KioskReport {
  readonly rounds: number;
  readonly visits: number;
  readonly peer: string;
  readonly lines: readonly Line[];
  readonly writes: readonly WriteRow[];
}

/** A size: exact, so its ratio has no bounds. */
export function size(what: string, ours: number, peer: number | null, limit: number | null): Line {
  const judged = peer === null ? ours : ours / peer;
  const ratio = peer === null ? null : { median: judged, low: judged, high: judged, n: 1 };
  return { what, ours, peer, unit: 'B', ratio, judged, limit, isMet: limit === null || judged <= limit };
}

/** Times of ours and of the peer, pair by pair, held to a limit by the upper bound of their ratio. */
export function paired(
  what: string,
  ours: readonly number[],
  peer: readonly number[],
  limit: number | null,
): Line {
  const ratio = estimate(ours.map((one, at) => one / peer[at]!));
  const isMet = limit === null || ratio.high <= limit;
  return {
    what,
    ours: median(ours),
    peer: median(peer),
    unit: 'ms',
    ratio,
    judged: ratio.high,
    limit,
    isMet,
  };
}

/** A slope, with its upper bound held to a limit. */
export function slope(
  what: string,
  ours: Slope,
  peer: Slope | null,
  unit: 'B/visit' | '/visit',
  limit: number | null,
): Line {
  const isMet = limit === null || ours.high <= limit;
  return {
    what,
    ours: ours.slope,
    peer: peer?.slope ?? null,
    unit,
    ratio: null,
    judged: ours.high,
    limit,
    isMet,
  };
}

export interface Slope {
  readonly slope: number;
  /** 95 % bounds, either side alone. */
  readonly low: number;
  readonly high: number;
}

/** Least squares through samples; bounds by Student's t for 10 samples or more. Errors: fewer than three samples. */
export function regress(samples: readonly { readonly x: number; readonly y: number }[]): Slope {
  const n = samples.length;
  if (n < 3) throw new Error('a slope needs three samples');
  const mean = (pick: (one: { x: number; y: number }) => number) =>
    samples.reduce((sum, one) => sum + pick(one), 0) / n;
  const [x0, y0] = [mean(({ x }) => x), mean(({ y }) => y)];
  const sxx = samples.reduce((sum, { x }) => sum + (x - x0) ** 2, 0);
  const value = samples.reduce((sum, { x, y }) => sum + (x - x0) * (y - y0), 0) / sxx;
  const rest = samples.reduce((sum, { x, y }) => sum + (y - y0 - value * (x - x0)) ** 2, 0);
  const error = Math.sqrt(rest / (n - 2) / sxx);
  return { slope: value, low: value - T95 * error, high: value + T95 * error };
}

/** Of 8 degrees of freedom; with more samples it is too careful. */
const T95 = 1.86;

/** The report as lines of text. */
export function showKiosk({ rounds, visits, peer, lines, writes }: KioskReport): string {
  const number = (value: number, unit: Line['unit']) =>
    unit === 'B' ? `${Math.round(value).toLocaleString('en-US')} B` : `${value.toFixed(1)} ${unit}`;
  const rows = lines.map((one) => [
    one.limit === null ? ' ' : one.isMet ? '✓' : '✗',
    one.what,
    number(one.ours, one.unit),
    one.peer === null ? '' : number(one.peer, one.unit),
    one.ratio === null
      ? one.unit === 'B'
        ? ''
        : `≤ ${number(one.judged ?? 0, one.unit)}`
      : `${one.ratio.median.toFixed(3)} (${one.ratio.low.toFixed(3)} … ${one.ratio.high.toFixed(3)})`,
    one.limit === null ? '' : `≤ ${one.ratio === null ? number(one.limit, one.unit) : one.limit.toFixed(3)}`,
  ]);
  const failed = lines.filter(({ isMet }) => !isMet).length;
  const floor = writes[0];
  const times = (value: number, of: number) => `${value.toFixed(2)} ms (${(value / of).toFixed(2)}×)`;
  return [
    `${rounds} pairs in turns, CPU × 6; ${visits} visits; peer: ${peer}. Bounds: 95 % on either side.`,
    ...aligned([['', 'what', 'ours', 'peer', 'ratio or upper bound', 'limit'], ...rows]),
    '',
    'one rating written, until the browser says it is complete; in turns, beside raw IndexedDB with the same durability',
    ...aligned([
      ['', 'writer', 'p50', 'p95'],
      ...writes.map(({ name, p50, p95 }) => [' ', name, times(p50, floor!.p50), times(p95, floor!.p95)]),
    ]),
    '',
    failed === 0 ? 'Every limit is met.' : `${failed} of the limits ${failed === 1 ? 'is' : 'are'} not met.`,
  ].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const wide = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows.map((row) =>
    row.map((text, at) => (at < 2 ? text.padEnd(wide[at]!) : text.padStart(wide[at]!))).join('  '),
  );
}
