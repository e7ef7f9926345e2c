/** Prometheus text, made by hand: counters, gauges and one histogram; labels never hold names of people or devices. */

export interface Metrics {
  count(name: string, labels?: Readonly<Record<string, string>>, by?: number): void;
  gauge(name: string, value: number): void;
  observe(name: string, seconds: number): void;
  text(): string;
}

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** An empty set of metrics. */
export function makeMetrics(): Metrics {
  const counters = new Map<string, number>();
  const gauges = new Map<string, number>();
  const histograms = new Map<string, { counts: number[]; sum: number; n: number }>();
  return {
    count: (name, labels = {}, by = 1) => {
      const shown = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
      const full = shown.length > 0 ? `${name}{${shown.join(',')}}` : name;
      counters.set(full, (counters.get(full) ?? 0) + by);
    },
    gauge: (name, value) => {
      gauges.set(name, value);
    },
    observe: (name, seconds) => {
      const found = histograms.get(name) ?? { counts: BUCKETS.map(() => 0), sum: 0, n: 0 };
      histograms.set(name, found);
      BUCKETS.forEach((most, index) => {
        if (seconds <= most) found.counts[index]! += 1;
      });
      found.sum += seconds;
      found.n += 1;
    },
    text: () => {
      const lines: string[] = [];
      const typed = new Set<string>();
      const head = (full: string, type: string) => {
        const name = full.replace(/\{.*/, '');
        if (typed.has(name)) return;
        typed.add(name);
        lines.push(`# TYPE ${name} ${type}`);
      };
      for (const [full, value] of [...counters].sort(([a], [b]) => (a < b ? -1 : 1))) {
        head(full, 'counter');
        lines.push(`${full} ${value}`);
      }
      for (const [name, value] of gauges) {
        head(name, 'gauge');
        lines.push(`${name} ${value}`);
      }
      for (const [name, { counts, sum, n }] of histograms) {
        head(name, 'histogram');
        BUCKETS.forEach((most, index) => {
          lines.push(`${name}_bucket{le="${most}"} ${counts[index]}`);
        });
        lines.push(`${name}_bucket{le="+Inf"} ${n}`, `${name}_sum ${sum}`, `${name}_count ${n}`);
      }
      return `${lines.join('\n')}\n`;
    },
  };
}
