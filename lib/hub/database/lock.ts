/** One hub per data folder. The lock names the process and when it began, so a lock left by a crash is recognised. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface DataLock {
  release(): void;
}

/** Takes the lock. Errors: another hub that is alive holds it. */
export function lockData(path: string): DataLock {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const mine = `${process.pid} ${startedAt(process.pid) ?? '-'}\n`;
  for (let attempt = 1; ; attempt++) {
    try {
      writeFileSync(path, mine, { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = holderOf(path);
      if (holder !== null || attempt > 5) {
        throw new Error(
          `Another hub (process ${holder ?? '?'}) is using ${dirname(path)}. ` +
            'Stop it first, or give this one another folder by NMC_DATA.',
        );
      }
      rmSync(path, { force: true });
    }
  }
  return {
    release: () => {
      if (readText(path) === mine) rmSync(path, { force: true });
    },
  };
}

/** The process that holds the lock, or null when nobody alive does. */
function holderOf(path: string): number | null {
  const [pid, started] = (readText(path) ?? '').trim().split(' ');
  const number = Number(pid);
  if (!Number.isInteger(number) || number <= 0 || !isAlive(number)) return null;
  const now = startedAt(number);
  return now === null || now === started ? number : null;
}

/** Whether a process runs; a zombie does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return stateOf(pid) !== 'Z';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function stateOf(pid: number): string | null {
  return afterName(pid)?.[0] ?? null;
}

/** Start of a process in clock ticks since boot: tells a reused process id apart. Null where /proc is missing. */
function startedAt(pid: number): string | null {
  return afterName(pid)?.[19] ?? null;
}

function afterName(pid: number): string[] | null {
  const stat = readText(`/proc/${pid}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
