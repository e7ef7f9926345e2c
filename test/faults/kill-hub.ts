/** Rounds that kill the hub or its PostgreSQL while several devices send, then compare line by line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countOf, subtractRanges } from '../../lib/batch/index.ts';
import { activateFaultDevice, type FaultDevice } from './device.ts';
import { freePort, type HubProcess, hubCommand, postmasterPid, startHubProcess } from './hub-process.ts';
import type { Outcome, Say } from './outcome.ts';

interface CensusDevice {
  readonly device: string;
  readonly streams: readonly { received: [number, number][]; entries: number; sha256: string }[];
}

const DEVICES = 4;
const DOSSIERS = 40;
const UNITS = 'id,parent,name,kind,agency_codes,aliases,valid_from,valid_to\nmau,,Tỉnh Mẫu,province,H99,,,\n';

/** `hub` and `postgres` are how many rounds kill which. */
export async function killHubRounds(
  rounds: { readonly hub: number; readonly postgres: number },
  random: () => number,
  say: Say,
): Promise<Outcome> {
  const data = mkdtempSync(join(tmpdir(), 'nmc-faults-'));
  const port = await freePort();
  let hub: HubProcess = await startHubProcess(data, port, null);
  const outcome = { kills: 0, inWindow: 0, lost: 0, doubled: 0, notes: [] as string[] };
  try {
    writeFileSync(join(data, 'units.csv'), UNITS);
    hubCommand(data, ['import', 'units', join(data, 'units.csv')]);
    const devices: FaultDevice[] = [];
    for (let at = 0; at < DEVICES; at += 1) {
      const printed = hubCommand(data, [
        'activate',
        '--unit',
        'mau',
        '--kind',
        'extension',
        '--name',
        `Máy ${at}`,
      ]);
      const code = /\b[0-9A-Z]{5}-[0-9A-Z]{5}\b|\b[0-9A-Z]{10}\b/.exec(printed)?.[0];
      if (!code) throw new Error('hub activate printed no code');
      devices.push(
        await activateFaultDevice(() => `http://127.0.0.1:${port}`, code, `may-${at}`, DOSSIERS, random),
      );
    }
    const victims = [
      ...Array.from({ length: rounds.hub }, () => 'hub' as const),
      ...Array.from({ length: rounds.postgres }, () => 'postgres' as const),
    ];
    for (const [round, victim] of victims.entries()) {
      // Half of the hub's rounds stretch the moment between commit and acknowledgement, so that kills meet it.
      const faults = victim === 'hub' && round % 2 === 0 ? 'afterCommit:pause:60' : null;
      await hub.kill('SIGTERM');
      hub = await startHubProcess(data, port, faults);
      const sending = devices.map(async (device) => {
        while (await device.send(1 + Math.floor(random() * 6)));
      });
      if (faults) for (let skip = Math.floor(random() * 6); skip >= 0; skip -= 1) await hub.nextFault();
      else await new Promise((done) => setTimeout(done, 50 + random() * 400));
      if (victim === 'hub') await hub.kill('SIGKILL');
      else process.kill(postmasterPid(data), 'SIGKILL');
      await Promise.all(sending);
      if (victim === 'postgres') await hub.kill('SIGKILL');
      outcome.kills += 1;
      hub = await startHubProcess(data, port, null);
      const seen = censusOf(data);
      if (devices.some((device) => unacknowledgedBut(seen, device) > 0)) outcome.inWindow += 1;
      for (const device of devices) outcome.lost += lostOf(seen, device);
      say(round + 1, victims.length, `${victim} killed`, outcome);
    }
    for (const device of devices) {
      while (!(await device.send(0 + 1)));
      if (!(await device.resendAll())) throw new Error('a full resend was refused');
    }
    compare(censusOf(data), devices, outcome);
    const check = hubCommand(data, ['recompute', '--check']);
    outcome.notes.push(`roll-ups against recomputation: ${check.trim().split('\n').at(-1)}`);
  } finally {
    await hub.kill('SIGTERM');
    rmSync(data, { recursive: true, force: true });
  }
  return outcome;
}

function censusOf(data: string): CensusDevice[] {
  const printed = hubCommand(data, ['census']);
  return printed
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as CensusDevice);
}

function streamOf(census: CensusDevice[], device: FaultDevice) {
  return census.find((one) => one.device === device.id)?.streams[0];
}

/** Entries the hub committed whose receipt never arrived. */
function unacknowledgedBut(census: CensusDevice[], device: FaultDevice): number {
  return countOf(subtractRanges(streamOf(census, device)?.received ?? [], device.acknowledged()));
}

/** Acknowledged entries the hub does not have. */
function lostOf(census: CensusDevice[], device: FaultDevice): number {
  return countOf(subtractRanges(device.acknowledged(), streamOf(census, device)?.received ?? []));
}

function compare(
  census: CensusDevice[],
  devices: FaultDevice[],
  outcome: { lost: number; doubled: number; notes: string[] },
) {
  for (const device of devices) {
    const stream = streamOf(census, device);
    outcome.lost += lostOf(census, device);
    outcome.doubled += Math.max(0, (stream?.entries ?? 0) - device.lines.length);
    if (stream?.sha256 !== device.hash()) {
      outcome.lost += 1;
      outcome.notes.push(`${device.id}: the hub's lines differ from the device's`);
    }
  }
}
