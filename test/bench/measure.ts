/**
 * Measuring beside a floor: contenders take turns in one run on one machine, so that only their ratios are read
 * (sync §4: frameworks changed rank between repeats; median and range, load of the machine stated). Nothing asserts time.
 */
import { cpus, loadavg, totalmem } from 'node:os';

export interface Contender {
  readonly name: string;
  /** Does the whole amount of work once. */
  readonly run: () => Promise<void> | void;
}

export interface Result {
  readonly name: string;
  /** Units of work per second over the repeats. */
  readonly median: number;
  readonly slowest: number;
  readonly fastest: number;
  /** Median ÷ the floor's median. */
  readonly ofFloor: number;
}

export interface Table {
  readonly title: string;
  readonly unit: string;
  readonly repeats: number;
  readonly results: readonly Result[];
}

export interface Bench {
  readonly name: string;
  readonly about: string;
  readonly run: () => Promise<Table[]>;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  /** Load averages over 1 and 5 minutes. */
  readonly load: readonly [number, number];
}

/** Runs the contenders in turns after one warm-up each; the first one is the floor. `amount` units per run. */
export async function compare(
  title: string,
  unit: string,
  amount: number,
  contenders: readonly Contender[],
  repeats = 7,
): Promise<Table> {
  for (const one of contenders) await one.run();
  const rates = contenders.map((): number[] => []);
  for (let turn = 0; turn < repeats; turn += 1) {
    for (let place = 0; place < contenders.length; place += 1) {
      const index = (place + turn) % contenders.length;
      const begun = performance.now();
      await contenders[index]!.run();
      rates[index]!.push((amount * 1_000) / (performance.now() - begun));
    }
  }
  return tableOf(
    title,
    unit,
    contenders.map((one, index) => ({ name: one.name, rates: rates[index]! })),
  );
}

/** The table of rates that were measured elsewhere (in a browser); the first row is the floor. */
export function tableOf(
  title: string,
  unit: string,
  rows: readonly { readonly name: string; readonly rates: readonly number[] }[],
): Table {
  const floor = median(rows[0]!.rates);
  return {
    title,
    unit,
    repeats: rows[0]!.rates.length,
    results: rows.map(({ name, rates }) => ({
      name,
      median: median(rates),
      slowest: Math.min(...rates),
      fastest: Math.max(...rates),
      ofFloor: median(rates) / floor,
    })),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What the figures were measured on. */
export function machine(): Machine {
  const [one, five] = loadavg();
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    load: [round(one ?? 0), round(five ?? 0)],
  };
}

/** The table as lines of text. */
export function show(table: Table): string {
  const wide = Math.max(...table.results.map((one) => one.name.length), 10);
  const rate = (value: number) => Math.round(value).toLocaleString('en-US').padStart(12);
  const head = `${'contender'.padEnd(wide)}${'median'.padStart(12)}${'slowest'.padStart(12)}${'fastest'.padStart(12)}   of floor`;
  const rows = table.results.map(
    (one) =>
      `${one.name.padEnd(wide)}${rate(one.median)}${rate(one.slowest)}${rate(one.fastest)}   ${(100 * one.ofFloor).toFixed(0).padStart(6)} %`,
  );
  return [`${table.title} (${table.unit}, ${table.repeats} repeats in turns)`, head, ...rows].join('\n');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
