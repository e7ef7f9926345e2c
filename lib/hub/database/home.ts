/** Where the embedded server lives and what is made there once: home folder, password, cluster, socket folder. */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { dataFiles } from '../config.ts';
import { chooseRunAs, commandFor, type RunAs } from './software.ts';

/** Socket paths end at 107 bytes; ours adds `/.s.PGSQL.5432`. */
const LONGEST_SOCKET_FOLDER = 85;

export interface Home {
  readonly as: RunAs;
  readonly folder: string;
  readonly cluster: string;
}

/** Chooses the home; a cluster made for another way of running is carried over, never silently started empty. */
export function findHome(data: string, wanted: RunAs['kind'] | null): Home {
  const inside = dataFiles(data).cluster;
  const outside = `/var/lib/nmc-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`;
  const had = existsSync(join(outside, 'cluster')) && !existsSync(join(inside, 'cluster')) ? 'user' : null;
  const as = chooseRunAs(wanted ?? had);
  const folder = as.kind === 'user' ? outside : inside;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const other = join(as.kind === 'user' ? inside : outside, 'cluster');
  const cluster = join(folder, 'cluster');
  if (!existsSync(cluster) && existsSync(other)) {
    cpSync(other, `${cluster}.partial`, { recursive: true });
    cpSync(join(other, '../password'), join(folder, 'password'));
    chmodSync(`${cluster}.partial`, 0o700);
    renameSync(`${cluster}.partial`, cluster);
    renameSync(other, `${other}.moved`);
  }
  if (as.kind === 'user') chownAll(folder, as.uid, as.gid);
  return { as, folder, cluster };
}

/** The superuser's password, made with the home. */
export function passwordOf({ folder, as }: Home): string {
  const path = join(folder, 'password');
  if (!existsSync(path)) {
    writePrivate(path, randomBytes(24).toString('base64url'));
    if (as.kind === 'user') chownSync(path, as.uid, as.gid);
  }
  return readFileSync(path, 'utf8').trim();
}

/** A cluster appears whole or not at all: made beside, then renamed. */
export function initialise(home: Home, software: string): void {
  const made = `${home.cluster}.new`;
  rmSync(made, { recursive: true, force: true });
  const run = commandFor(home.as, join(software, 'bin/initdb'), [
    '-D',
    made,
    '--locale=C',
    '--encoding=UTF8',
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${join(home.folder, 'password')}`,
    '--no-instructions',
    '--data-checksums',
  ]);
  const done = spawnSync(run.command, run.args, {
    ...run.options,
    cwd: home.folder,
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  if (done.status !== 0) {
    throw new Error(
      `The embedded database could not be created: ${done.stderr || (done.error?.message ?? '')}`,
    );
  }
  renameSync(made, home.cluster);
}

/** Errors: the cluster is of another major version than the program. */
export function checkMajor(cluster: string, software: string): void {
  const has = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  const shown = spawnSync(join(software, 'bin/postgres'), ['--version'], { encoding: 'utf8' }).stdout ?? '';
  const major = /\) (\d+)/.exec(shown)?.[1];
  if (major !== undefined && major !== has) {
    throw new Error(
      `The data in ${cluster} is of PostgreSQL ${has}, the program is ${major}: restore a backup into a new NMC_DATA.`,
    );
  }
}

/** A private folder for the socket whose path is short enough. */
export function socketFolder({ folder, as }: Home): string {
  const inside = join(folder, 'run');
  if (Buffer.byteLength(inside) > LONGEST_SOCKET_FOLDER) {
    const made = mkdtempSync('/tmp/nmc-');
    if (as.kind === 'user') chownSync(made, as.uid, as.gid);
    return made;
  }
  mkdirSync(inside, { recursive: true });
  chmodSync(inside, 0o700);
  if (as.kind === 'user') chownSync(inside, as.uid, as.gid);
  return inside;
}

/** Gives a folder and everything in it to a user. */
export function chownAll(folder: string, uid: number, gid: number): void {
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) chownAll(path, uid, gid);
    else if (!entry.isSymbolicLink()) chownSync(path, uid, gid);
  }
}

/** What PostgreSQL's programs get to see of our environment. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

/** Writes a file only its owner may read. */
export function writePrivate(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  chmodSync(path, 0o600);
}
