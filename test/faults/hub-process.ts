/** The hub as an operator runs it: a process of its own, started, killed and started again on the same data. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface HubProcess {
  readonly url: string;
  /** Resolves at the next fault point the hub announces. */
  nextFault(): Promise<void>;
  readonly exited: Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** A port nobody uses now. */
export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

function environment(data: string, port: number, faults: string | null): NodeJS.ProcessEnv {
  const { NMC_FAULTS: _, DATABASE_URL: __, ...rest } = process.env;
  return { ...rest, NMC_DATA: data, PORT: String(port), ...(faults === null ? {} : { NMC_FAULTS: faults }) };
}

/** Starts the hub and waits until it is ready. Errors: it ended before that, with what it said. */
export async function startHubProcess(
  data: string,
  port: number,
  faults: string | null,
): Promise<HubProcess> {
  const child: ChildProcess = spawn(process.execPath, [join(root, 'lib/hub/cli.ts'), 'serve'], {
    cwd: root,
    env: environment(data, port, faults),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let waiting: (() => void)[] = [];
  const hear = (text: string) => {
    said = (said + text).slice(-4_000);
    if (!text.includes('nmc-fault')) return;
    for (const wake of waiting) wake();
    waiting = [];
  };
  child.stdout!.setEncoding('utf8').on('data', hear);
  child.stderr!.setEncoding('utf8').on('data', hear);
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the hub ended at start:\n${said}`);
    try {
      const reply = await fetch(`${url}/v1/ready`, { signal: AbortSignal.timeout(1_000) });
      if (reply.ok) break;
    } catch {
      // Not listening yet.
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  return {
    url,
    exited,
    nextFault: () => new Promise((done) => waiting.push(done)),
    kill: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}

/** Runs one hub command on the data folder and answers what it printed. */
export function hubCommand(data: string, args: readonly string[], input?: string): string {
  const done = spawnSync(process.execPath, [join(root, 'lib/hub/cli.ts'), ...args], {
    cwd: root,
    env: environment(data, 8766, null),
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
  if (done.status !== 0) throw new Error(`hub ${args.join(' ')}: ${done.stderr}${done.stdout}`);
  return done.stdout;
}

/** Process id of the embedded PostgreSQL's postmaster, as the hub wrote it down. */
export function postmasterPid(data: string): number {
  return (JSON.parse(readFileSync(join(data, 'database.json'), 'utf8')) as { pid: number }).pid;
}
