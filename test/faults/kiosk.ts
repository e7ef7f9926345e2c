/** `npm run faults kiosk`: what a counter device goes through in years, in a few minutes, and whether a rating was lost by it. */
import { parseArgs } from 'node:util';
import { DAMAGES, type Damage, type DamageOutcome, damageKiosk, isMended } from './kiosk-damage.ts';
import { fillDisk, isFullDiskHarmless } from './kiosk-disk.ts';
import { killKioskRounds, type RoundsOutcome } from './kiosk-rounds.ts';
import { startKioskWorld } from './kiosk-world.ts';
import { randomFrom } from './random.ts';

/** Kills in each window below which 200 rounds prove too little. */
const LEAST_IN_WINDOW = 20;
const HELP = `npm run faults kiosk [-- --rounds N] [--seed N] [--json]

  The built kiosk in Chromium, a hub with its PostgreSQL, a cable between them. Every round ends in SIGKILL: while a citizen
  answers, between the journal's commit and the thanks, between the hub's commit and the receipt, around a cut cable and answers
  that were thrown away. ${LEAST_IN_WINDOW} kills in 200 rounds must fall into each of the two windows.
  Then four kinds of damage to the browser's database, and a full disk (needs root; says so where it cannot run).
  Every rating that was thanked for must be at the hub exactly once; a rating whose every question was answered may be there
  although its thanks was not seen, once; a visit that was not finished only as abandoned, without answers.`;

/** Runs everything; answers whether all was well. */
export async function faultsKiosk(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '200' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (values.help || !Number.isInteger(rounds) || rounds < 1) {
    console.log(HELP);
    return values.help;
  }
  const print = values.json ? () => {} : (text: string) => console.log(text);
  print(`faults kiosk: ${rounds} rounds, seed ${values.seed}`);
  const world = await startKioskWorld();
  try {
    const kills = await killKioskRounds(world, rounds, randomFrom(Number(values.seed)), (round, kind, so) =>
      print(
        `${String(round).padStart(4)}/${rounds} ${kind.padEnd(7)}; before the thanks so far ${so.beforeThanks}, before the receipt ${so.beforeReceipt}`,
      ),
    );
    const damages: DamageOutcome[] = [];
    for (const damage of Object.keys(DAMAGES) as Damage[]) damages.push(await damageKiosk(world, damage));
    const disk = await fillDisk(world);
    const least = Math.ceil((LEAST_IN_WINDOW * rounds) / 200);
    const isGood =
      kills.beforeThanks >= least &&
      kills.beforeReceipt >= least &&
      kills.lost + kills.doubled + kills.falselyAnswered === 0 &&
      damages.every(isMended) &&
      (typeof disk === 'string' || isFullDiskHarmless(disk));
    if (values.json) console.log(JSON.stringify({ rounds, seed: values.seed, kills, damages, disk, isGood }));
    else {
      for (const line of [...killLines(kills, least), ...damages.map(damageLine)]) print(line);
      print(
        typeof disk === 'string'
          ? `disk full: ${disk}`
          : `disk full: out of service shown ${disk.saidSo ? 'yes' : 'NO'}, thanked meanwhile ${disk.thankedWhileFull}, ` +
              `tapped meanwhile ${disk.tappedWhileFull}, of them at the hub afterwards ${disk.arrived}, lost ${disk.lost}, doubled ${disk.doubled}`,
      );
      print(isGood ? '\nall well' : '\nFAILED');
    }
    return isGood;
  } finally {
    await world.close();
  }
}

function killLines(outcome: RoundsOutcome, least: number): string[] {
  const kinds = Object.entries(outcome.roundsByKind).map(([kind, n]) => `${kind} ${n}`);
  return [
    `\n${outcome.kills} kills (${kinds.join(', ')}); cable cut ${outcome.cuts} times, answers thrown away after commit ${outcome.dropped}`,
    `  between the journal's commit and the thanks: ${outcome.beforeThanks} (at least ${least} wanted)`,
    `  between the hub's commit and the receipt:    ${outcome.beforeReceipt} (at least ${least} wanted)`,
    `  ratings answered to the end ${outcome.tapped}, thanked for ${outcome.thanked}; starts of more than ten seconds ${outcome.lateStarts}`,
    `  thanked for and lost ${outcome.lost}, at the hub more than once ${outcome.doubled}, counted as answered and were not ${outcome.falselyAnswered}`,
    `  ${outcome.figures}`,
    ...outcome.notes.map((note) => `  ${note}`),
    '',
  ];
}

function damageLine(outcome: DamageOutcome): string {
  const { damage, unsent, restored, alarms, wasActivatedAnew, lost, doubled, notes } = outcome;
  return (
    `${damage}: ${restored} of ${unsent} unsent ratings restored, alarms ${alarms[0]} (after one more start ${alarms[1]}), ` +
    `lost ${lost}, doubled ${doubled}${wasActivatedAnew ? ', keys lost: activated anew' : ''}${notes.map((note) => `\n  ${note}`).join('')}`
  );
}
