/** What the page bench found, budget by budget, and how it is printed. */
import type { BrowserKind } from './host-page-stand.ts';
import { type Estimate, estimate } from './host-page-statistics.ts';

export interface Budget {
  readonly what: string;
  readonly browser: BrowserKind;
  readonly value: number;
  /** 95 % upper bound where the value is an estimate. */
  readonly upper: number | null;
  /** How many pairs, lists or runs it rests on. */
  readonly n: number;
  readonly unit: '%' | 'ms' | 'B' | '';
  /** null: for comparison only. */
  readonly limit: number | null;
  readonly isMet: boolean;
}

export interface PageReport {
  readonly pairs: number;
  readonly budgets: readonly Budget[];
}

/** A share of the CPU, held to its limit by its upper bound. */
export function judged(what: string, browser: BrowserKind, one: Estimate, limit: number | null): Budget {
  const isMet = limit === null || one.high <= limit;
  return { what, browser, value: one.median, upper: one.high, n: one.n, unit: '%', limit, isMet };
}

/** A time of which the median is held to its limit. */
export function median(
  what: string,
  browser: BrowserKind,
  values: readonly number[],
  limit: number | null,
): Budget {
  const { median: value, high, n } = estimate(values);
  return { what, browser, value, upper: high, n, unit: 'ms', limit, isMet: limit === null || value <= limit };
}

/** The report as lines of text. */
export function showPage({ pairs, budgets }: PageReport): string {
  const number = (value: number, unit: string) =>
    unit === 'B' || unit === '' ? String(value) : `${value.toFixed(2)} ${unit}`;
  const rows = budgets.map(({ what, browser, value, upper, n, unit, limit, isMet }) => [
    limit === null ? ' ' : isMet ? '✓' : '✗',
    browser,
    what,
    number(value, unit),
    upper === null ? '' : number(upper, unit),
    limit === null ? '' : `≤ ${limit} ${unit}`.trim(),
    limit === null || limit === 0
      ? ''
      : `${((100 * (upper !== null && unit === '%' ? upper : value)) / limit).toFixed(0)} %`,
    String(n),
  ]);
  const head = ['', 'browser', 'what', 'median', '95 % upper', 'limit', 'of limit', 'n'];
  const wide = head.map((text, at) => Math.max(text.length, ...rows.map((row) => row[at]!.length)));
  const line = (row: readonly string[]) =>
    row.map((text, at) => (at < 3 ? text.padEnd(wide[at]!) : text.padStart(wide[at]!))).join('  ');
  const failed = budgets.filter(({ isMet }) => !isMet).length;
  return [
    `${pairs} pairs in turns${pairs < 30 ? ' (the acceptance asks for 30)' : ''}; CPU time; bounds by bootstrap of the median`,
    line(head),
    ...rows.map(line),
    failed === 0
      ? 'Every budget is met.'
      : `${failed} of the budgets ${failed === 1 ? 'is' : 'are'} not met.`,
  ].join('\n');
}
