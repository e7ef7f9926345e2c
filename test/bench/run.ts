/** `npm run bench [name …] [-- --json]`: our rates beside floors, as ratios of one run. Never asserts a time. */
import { parseArgs } from 'node:util';
import { batch } from './batch.ts';
import { ingest } from './ingest.ts';
import { journal } from './journal.ts';
import { type Bench, type Machine, machine, show, type Table } from './measure.ts';
import { merge } from './merge.ts';
import { unit } from './unit.ts';

const BENCHES: readonly Bench[] = [merge, batch, journal, unit, ingest];
const HELP = [
  'Usage: npm run bench [name …] [-- --json]',
  '',
  ...BENCHES.map((one) => `  ${one.name.padEnd(8)} ${one.about}`),
  '',
  '  --json   one JSON object on standard output instead of tables',
  '  --help   this text',
].join('\n');

interface Report {
  readonly name: string;
  readonly before: Machine;
  readonly after: Machine;
  readonly tables: readonly Table[];
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const unknown = positionals.filter((name) => !BENCHES.some((one) => one.name === name));
  if (unknown.length > 0) {
    console.error(`No bench named ${unknown.join(', ')}.\n\n${HELP}`);
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
  if (values.json) console.log(JSON.stringify({ benches: reports }, null, 2));
  else
    console.log(
      '\nRead the ratios, not the rates: everything shares this machine, its load is printed above.',
    );
  return 0;
}

function line({ cpu, cores, memoryGiB, node, load }: Machine): string {
  return `machine: ${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node}, load ${load.join(' / ')} (1 / 5 min)`;
}

process.exitCode = await main();
