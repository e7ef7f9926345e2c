/** `npm run faults [name]`: kills, and what was left afterwards. Exits with an error when anything acknowledged was lost or doubled. */
import { parseArgs } from 'node:util';
import { faultsDay } from './day.ts';
import { killBrowserRounds } from './kill-browser.ts';
import { killHubRounds } from './kill-hub.ts';
import { killWorkerRounds } from './kill-worker.ts';
import { faultsKiosk } from './kiosk.ts';
import type { Outcome, Say } from './outcome.ts';
import { randomFrom } from './random.ts';

/** Kills between commit and acknowledgement below which a run proves too little. */
const LEAST_IN_WINDOW = 20;
const HELP = `npm run faults [kill] [-- --rounds N] [--seed N] [--json]
npm run faults day [-- --seed N] [--rounds N] [--system ID] [--variant NAME] [--json]
npm run faults kiosk [-- --rounds N] [--seed N] [--json]

  kill   kills the browser while a page writes, the extension's worker between message and reply, the hub and its PostgreSQL
         during ingest; 100 rounds unless --rounds says otherwise. Prints how many kills fell between commit and
         acknowledgement (fewer than ${LEAST_IN_WINDOW} in 100 is a failure), and what was lost or counted twice (anything is a failure).
  day    plays whole days on the practice systems with seeds of one's own; \`npm run faults day -- --help\` says more.
  kiosk  cuts a kiosk's power while it is rated and while it sends, damages its database, fills its disk; \`npm run faults kiosk -- --help\`.`;

if (process.argv[2] === 'day') {
  const isGood = await faultsDay(process.argv.slice(3));
  process.exit(isGood ? 0 : 1);
}

if (process.argv[2] === 'kiosk') {
  const isGood = await faultsKiosk(process.argv.slice(3));
  process.exit(isGood ? 0 : 1);
}

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const rounds = Number(values.rounds);
if ((positionals[0] ?? 'kill') !== 'kill' || !Number.isInteger(rounds) || rounds < 4) {
  console.error(HELP);
  process.exit(2);
}

const random = randomFrom(Number(values.seed));
const say: Say = (round, of, what, so) => {
  if (!values.json)
    console.log(
      `${String(round).padStart(4)}/${of} ${what}; in window so far ${so.inWindow}, lost ${so.lost}`,
    );
};
const quarter = Math.floor(rounds / 4);
if (!values.json) console.log(`faults kill: ${rounds} rounds, seed ${values.seed}`);
const parts: [string, Outcome][] = [
  ['hub and PostgreSQL', await killHubRounds({ hub: rounds - 3 * quarter, postgres: quarter }, random, say)],
  ['browser', await killBrowserRounds(quarter, random, say)],
  ['worker', await killWorkerRounds(quarter, random, say)],
];
const sum = (pick: (outcome: Outcome) => number) =>
  parts.reduce((total, [, outcome]) => total + pick(outcome), 0);
const total = {
  kills: sum((o) => o.kills),
  inWindow: sum((o) => o.inWindow),
  lost: sum((o) => o.lost),
  doubled: sum((o) => o.doubled),
};
const wanted = Math.ceil((LEAST_IN_WINDOW * rounds) / 100);
const isProof = total.inWindow >= wanted;
const isGood = isProof && total.lost === 0 && total.doubled === 0;
if (values.json)
  console.log(JSON.stringify({ rounds, seed: values.seed, parts: Object.fromEntries(parts), total, isGood }));
else {
  for (const [name, { kills, inWindow, lost, doubled, notes }] of parts) {
    console.log(
      `\n${name}: ${kills} kills, ${inWindow} between commit and acknowledgement, ${lost} lost, ${doubled} doubled`,
    );
    for (const note of notes) console.log(`  ${note}`);
  }
  console.log(
    `\n${total.kills} kills, ${total.inWindow} fell between commit and acknowledgement (at least ${wanted} wanted): ` +
      `${total.lost} acknowledged entries lost, ${total.doubled} counted twice`,
  );
}
process.exitCode = isGood ? 0 : 1;
