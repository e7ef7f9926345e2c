/** A fresh clone in a private folder, and npm commands run in it as a person or a supervisor of services runs them. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Started {
  readonly process: ChildProcess;
  /** Everything it printed so far, both streams. */
  said(): string;
  /** Its exit code, once nothing it started holds its output any more. */
  readonly ended: Promise<number | null>;
}

export interface Clone {
  /** The checkout. */
  readonly folder: string;
  /** What its commands take for the folder of temporary files. */
  readonly scratch: string;
  /** An npm command, with nothing of this process's own settings. */
  npm(command: readonly string[], settings: Readonly<Record<string, string>>): Started;
  /** Processes that work in the clone or its scratch folder: a hub, its database, a builder. */
  processes(): string[];
  /** A PATH on which only the named programs are found. */
  pathOf(names: readonly string[]): string;
  remove(): void;
}

/** Clones the repository, packages included, below a folder that only its owner may enter. */
export function makeClone(): Clone {
  const outside = mkdtempSync(join(tmpdir(), 'nmc-clone-'));
  const folder = join(outside, 'private', 'nhip-mot-cua');
  const scratch = join(outside, 'tmp');
  mkdirSync(dirname(folder), { mode: 0o700 });
  mkdirSync(scratch);
  cloneTree(folder);
  linkPackages(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    scratch,
    npm: (command, settings) => start(command, folder, { TMPDIR: scratch, ...settings }),
    processes: () => processesIn(outside),
    pathOf: (names) => linkPrograms(names, join(outside, 'bin')),
    remove: () => rmSync(outside, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** What a commit of the present tree would hold, so that the tests are about the code beside them. */
function cloneTree(into: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 });
  const listed = (...args: string[]) => git('ls-files', '-z', ...args).split('\0');
  git('clone', '--quiet', '--no-hardlinks', ROOT, into);
  for (const name of listed('--deleted')) if (name !== '') rmSync(join(into, name), { force: true });
  for (const name of listed('--modified', '--others', '--exclude-standard')) {
    if (name === '' || !existsSync(join(ROOT, name))) continue;
    mkdirSync(dirname(join(into, name)), { recursive: true });
    cpSync(join(ROOT, name), join(into, name));
  }
}

/** The packages as hard links: quick, and an install in the clone can only unlink its own names. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkPackages(source, target);
    else if (entry.isSymbolicLink()) cpSync(source, target, { verbatimSymlinks: true });
    else linkOrCopy(source, target);
  }
}

/** Another file system gets a copy. */
function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    cpSync(source, target);
  }
}

function linkPrograms(names: readonly string[], bin: string): string {
  mkdirSync(bin);
  for (const name of names) {
    const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
    const found = places.find(existsSync);
    if (found) symlinkSync(realpathSync(found), join(bin, name));
  }
  return bin;
}

function start(command: readonly string[], cwd: string, settings: Readonly<Record<string, string>>): Started {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NMC_|VITEST|NODE_|PORT$|HOST$|DATABASE_URL)/.test(name),
  );
  const child = spawn('npm', [...command], {
    cwd,
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const hear = (more: string) => {
    text += more;
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  return { process: child, said: () => text, ended };
}

/** Waits until a command has printed something. Errors: it ended before, with what it said instead. */
export async function untilSaid(one: Started, wanted: string): Promise<void> {
  let isOver = false;
  void one.ended.then(() => {
    isOver = true;
  });
  while (!one.said().includes(wanted)) {
    if (isOver) throw new Error(`ended without saying "${wanted}":\n${one.said()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

function processesIn(path: string): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readlinkSync(`/proc/${name}/cwd`).startsWith(path);
    } catch {
      return false;
    }
  });
}
