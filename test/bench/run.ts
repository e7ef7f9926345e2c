/**
 * `npm run bench [name …] [-- --json]`: our rates beside floors, as ratios of one run. They never assert a time; `page` holds
 * the extension's budgets, as shares and CPU time of one run, and fails when one is not met.
 */
import { parseArgs } from 'node:util';
import { batch } from './batch.ts';
import { measurePage } from './host-page.ts';
import { type PageReport, showPage } from './host-page-report.ts';
import type { BrowserKind } from './host-page-stand.ts';
import { ingest } from './ingest.ts';
import { journal } from './journal.ts';
import { type Bench, type Machine, machine, show, type Table } from './measure.ts';
import { merge } from './merge.ts';
import { unit } from './unit.ts';

const BENCHES: readonly Bench[] = [merge, batch, journal, unit, ingest];
/** Only by its name: it takes minutes, and needs both browsers. */
const PAGE = {
  name: 'page',
  about: 'what the extension costs on a page that it reads, in Chromium and Firefox; fails over budget',
} as const;
const PAIRS = 30;
const HELP = [
  'Usage: npm run bench [name …] [-- --json] [--pairs N] [--browser chromium|firefox]',
  '',
  ...[...BENCHES, PAGE].map((one) => `  ${one.name.padEnd(8)} ${one.about}`),
  '',
  `Without a name: all but \`${PAGE.name}\`, which takes minutes.`,
  '',
  '  --json   one JSON object on standard output instead of tables',
  `  --pairs N    page: rounds with and without the extension, in turns (${PAIRS})`,
  '  --browser B  page: only this browser',
  '  --help   this text',
].join('\n');

interface Report {
  readonly name: string;
  readonly before: Machine;
  readonly after: Machine;
  readonly tables?: readonly Table[];
  readonly page?: PageReport;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      pairs: { type: 'string', default: String(PAIRS) },
      browser: { type: 'string' },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const unknown = positionals.filter((name) => ![...BENCHES, PAGE].some((one) => one.name === name));
  if (unknown.length > 0) {
    console.error(`No bench named ${unknown.join(', ')}.\n\n${HELP}`);
    return 2;
  }
  const pairs = Number(values.pairs);
  const kinds = (['chromium', 'firefox'] satisfies BrowserKind[]).filter(
    (kind) => values.browser === undefined || values.browser === kind,
  );
  if (!Number.isInteger(pairs) || pairs < 2 || kinds.length === 0) {
    console.error(`--pairs is a number from 2 up, --browser is chromium or firefox.\n\n${HELP}`);
    return 2;
  }
  const reports: Report[] = [];
  for (const bench of BENCHES) {
    if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
    const before = machine();
    if (!values.json) console.log(`\n${bench.name}: ${bench.about}\n${line(before)}`);
    const tables = await bench.run();
    reports.push({ name: bench.name, before, after: machine(), tables });
    if (!values.json) console.log(tables.map((table) => `\n${show(table)}`).join('\n'));
  }
  if (positionals.includes(PAGE.name)) {
    const before = machine();
    if (!values.json) console.log(`\n${PAGE.name}: ${PAGE.about}\n${line(before)}`);
    const page = await measurePage(pairs, kinds, (text) => {
      if (!values.json) console.log(text);
    });
    reports.push({ name: PAGE.name, before, after: machine(), page });
    if (!values.json) console.log(`\n${showPage(page)}`);
  }
  if (values.json) console.log(JSON.stringify({ benches: reports }, null, 2));
  else
    console.log(
      '\nRead the ratios, not the rates: everything shares this machine, its load is printed above.',
    );
  return reports.some(({ page }) => page?.budgets.some(({ isMet }) => !isMet)) ? 1 : 0;
}

function line({ cpu, cores, memoryGiB, node, load }: Machine): string {
  return `machine: ${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node}, load ${load.join(' / ')} (1 / 5 min)`;
}

process.exitCode = await main();
