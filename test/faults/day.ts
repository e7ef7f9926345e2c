/** `npm run faults day`: whole days on the practice systems with a seed of one's own. */
import { parseArgs } from 'node:util';
import { wrongsOf } from '../browser/day/compare.ts';
import { DAYS } from '../browser/day/days.ts';
import { type DayRun, startBench } from '../browser/day/harness.ts';
import { recallOf, summaryOf } from '../browser/day/summary.ts';
import { type DayPhase, phasesOf } from '../browser/day/variants.ts';

const LEAST_RECALL = 0.995;
const NONE: DayRun['material'] = { log: [], entries: [], reports: [] };
const HELP = `npm run faults day [-- --seed N] [--rounds N] [--system ID] [--variant NAME] [--json]

  Plays randomised days on the practice systems in Chromium with the built extension and holds the ledger against each
  system's own account. --system is one of ${Object.keys(DAYS).join(', ')} (all when absent), --variant one of
  ${phasesOf(1)
    .map(({ variant }) => variant.name)
    .join(', ')} (all when absent), --rounds plays that many seeds from --seed on.
  Any wrong value, any false action, a recall under ${100 * LEAST_RECALL} % over the day is a failure. The days of the other practice
  systems take a seed by NMC_DAY_SEED=N npm test days.`;

/** Plays what the arguments ask for; answers whether all was well. */
export async function faultsDay(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      rounds: { type: 'string', default: '1' },
      system: { type: 'string' },
      variant: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const families = values.system === undefined ? Object.keys(DAYS) : [values.system];
  const first = Number(values.seed);
  const rounds = Number(values.rounds);
  const phases = (seed: number): DayPhase[] =>
    phasesOf(seed).filter(({ variant }) => values.variant === undefined || variant.name === values.variant);
  const isAsked = Number.isInteger(first) && Number.isInteger(rounds) && rounds > 0;
  if (values.help || !isAsked || families.some((one) => !(one in DAYS)) || phases(1).length === 0) {
    console.log(HELP);
    return values.help;
  }
  const bench = await startBench();
  let isGood = true;
  try {
    for (let seed = first; seed < first + rounds; seed += 1) {
      for (const family of families) {
        const runs: DayRun[] = [];
        for (const { variant, want } of phases(seed)) {
          const { material: _, ...run } = await bench.play(DAYS[family]!, variant, want);
          runs.push({ ...run, material: NONE });
          console.log(
            values.json ? JSON.stringify({ seed, ...run }) : `seed ${seed} ${summaryOf(runs.at(-1)!)}`,
          );
        }
        const findings = runs.map((run) => run.findings);
        if (findings.some((one) => wrongsOf(one).length > 0) || recallOf(...findings) < LEAST_RECALL) {
          isGood = false;
          if (!values.json) console.log(`seed ${seed} ${family}: FAILED`);
        }
      }
    }
  } finally {
    await bench.close();
  }
  return isGood;
}
