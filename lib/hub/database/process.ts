/** The server's process: whether it runs, what a dead one left, how it is stopped. */
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './lock.ts';

/** The port names the socket file; there is no TCP. */
export const PORT = 5432;

/** The postmaster of this cluster when it is alive (its pid file names it and its command line agrees). */
export function runningPid(cluster: string): number | null {
  const pid = Number(readText(join(cluster, 'postmaster.pid'))?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  const command = readText(`/proc/${pid}/cmdline`);
  return command === null || command.includes(cluster) ? pid : null;
}

/**
 * A postmaster that died leaves its lock files, and PostgreSQL believes them while any process has that id: a zombie
 * nobody collects (a container without init), or a stranger after a reboot. They may go once no process works in the
 * cluster; until then the last workers of the dead server are still leaving.
 */
export async function dropStaleLocks(cluster: string, socket: string): Promise<void> {
  for (const until = Date.now() + 30_000; hasWorkers(cluster); await pause(50)) {
    if (Date.now() > until) throw new Error(`Processes of an earlier PostgreSQL still work in ${cluster}.`);
  }
  const sockets = [`.s.PGSQL.${PORT}`, `.s.PGSQL.${PORT}.lock`].map((name) => join(socket, name));
  for (const path of [join(cluster, 'postmaster.pid'), ...sockets]) rmSync(path, { force: true });
}

/** Whether any process has its working directory in the cluster, as every process of a server does. */
function hasWorkers(cluster: string): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readlinkSync(`/proc/${name}/cwd`) === cluster;
    } catch {
      return false;
    }
  });
}

/** Fast shutdown (SIGINT), after 30 seconds immediate (SIGQUIT: recovered at the next start). */
export async function stopProcess(pid: number): Promise<void> {
  for (const [signal, wait] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (const until = Date.now() + wait; Date.now() < until; ) {
      if (!isAlive(pid)) return;
      await pause(25);
    }
  }
  throw new Error(`The embedded PostgreSQL (process ${pid}) does not stop.`);
}

/** The text of a file, or null when it cannot be read. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

export const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
