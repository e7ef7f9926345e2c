/**
 * `npm run bench [name …] [-- --json]`: our rates beside floors, as ratios of one run. They never assert a time; `page` holds
 * the extension's budgets, as shares and CPU time of one run, `kiosk` the kiosk's, as ratios to SurveyJS; both fail over budget.
 */
import { parseArgs } from 'node:util';
import { batch } from './batch.ts';
import { measurePage } from './host-page.ts';
import { type PageReport, showPage } from './host-page-report.ts';
import type { BrowserKind } from './host-page-stand.ts';
import { ingest } from './ingest.ts';
import { journal } from './journal.ts';
import { measureKiosk } from './kiosk.ts';
import { type KioskReport, showKiosk } from './kiosk-report.ts';
import { type Bench, type Machine, machine, show, type Table } from './measure.ts';
import { merge } from './merge.ts';
import { unit } from './unit.ts';

const BENCHES: readonly Bench[] = [merge, batch, journal, unit, ingest];
/** Only by their names: they take minutes, and `page` needs both browsers. */
const PAGE = {
  name: 'page',
  about: 'what the extension costs on a page that it reads, in Chromium and Firefox; fails over budget',
} as const;
const KIOSK = {
  name: 'kiosk',
  about:
    'the rating device beside SurveyJS in Chromium, writes beside IndexedDB and PouchDB; fails over budget',
} as const;
const PAIRS = 30;
const VISITS = 2_000;
const HELP = [
  'Usage: npm run bench [name …] [-- --json] [--pairs N] [--browser chromium|firefox] [--visits N]',
  '',
  ...[...BENCHES, PAGE, KIOSK].map((one) => `  ${one.name.padEnd(8)} ${one.about}`),
  '',
  `Without a name: all but \`${PAGE.name}\` and \`${KIOSK.name}\`, which take minutes.`,
  '',
  '  --json   one JSON object on standard output instead of tables',
  `  --pairs N    page: rounds with and without the extension, kiosk: rounds of ours and the peer, in turns (${PAIRS})`,
  `  --visits N   kiosk: visits while the heap is watched (${VISITS})`,
  '  --browser B  page: only this browser',
  '  --help   this text',
].join('\n');

interface Report {
  readonly name: string;
  readonly before: Machine;
  readonly after: Machine;
  readonly tables?: readonly Table[];
  readonly page?: PageReport;
  readonly kiosk?: KioskReport;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      pairs: { type: 'string', default: String(PAIRS) },
      browser: { type: 'string' },
      visits: { type: 'string', default: String(VISITS) },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const unknown = positionals.filter((name) => ![...BENCHES, PAGE, KIOSK].some((one) => one.name === name));
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
  const visits = Number(values.visits);
  if (!Number.isInteger(visits) || visits < 1_000) {
    console.error(`--visits is a number from 1000 up.\n\n${HELP}`);
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
  if (positionals.includes(KIOSK.name)) {
    const before = machine();
    if (!values.json) console.log(`\n${KIOSK.name}: ${KIOSK.about}\n${line(before)}`);
    const kiosk = await measureKiosk(pairs, visits, (text) => {
      if (!values.json) console.log(text);
    });
    reports.push({ name: KIOSK.name, before, after: machine(), kiosk });
    if (!values.json) console.log(`\n${showKiosk(kiosk)}`);
  }
  if (values.json) console.log(JSON.stringify({ benches: reports }, null, 2));
  else
    console.log(
      '\nRead the ratios, not the rates: everything shares this machine, its load is printed above.',
    );
  const isOver = ({ page, kiosk }: Report) =>
    [...(page?.budgets ?? []), ...(kiosk?.lines ?? [])].some(({ isMet }) => !isMet);
  return reports.some(isOver) ? 1 : 0;
}

function line({ cpu, cores, memoryGiB, node, load }: Machine): string {
  return `machine: ${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node}, load ${load.join(' / ')} (1 / 5 min)`;
}

process.exitCode = await main();
