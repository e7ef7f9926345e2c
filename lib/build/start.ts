/**
 * `npm start`: builds what is missing or older than its sources, starts the hub (embedded database unless `DATABASE_URL`
 * names one) and prints what to do next. Ctrl+C or SIGTERM stops everything gracefully, at any moment.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type HubConfig, readConfig } from '../hub/config.ts';
import { type Hub, startHub } from '../hub/server.ts';

const root = resolve(import.meta.dirname, '../..');
const output = (...path: string[]) => join(root, '.output', ...path);

export type Part = 'web' | 'chrome' | 'firefox';
/** The files each part's build writes last. */
const LAST: Readonly<Record<Part, readonly string[]>> = {
  web: ['web/dashboard/index.html', 'web/kiosk/sw.js'],
  chrome: ['chrome-mv3/manifest.json'],
  firefox: ['firefox-mv3/manifest.json'],
};
const SOURCES = ['lib', 'components', 'entrypoints', 'public', 'wxt.config.ts', 'package-lock.json'];
/** The hub runs from source: no built file holds anything of it (test/unit/house.test.ts). */
const NOT_BUILT = new Set(['hub']);

const HELP = `npm start   builds what is missing, starts the hub and prints where everything is

  PORT          8766        port of the hub
  HOST          127.0.0.1   address it listens on; anything else needs TLS in front (README, TLS)
  NMC_DATA      ./data      folder of the embedded database and its keys
  DATABASE_URL  (none)      a PostgreSQL server (15 or newer) instead of the embedded one

README.md lists the other variables; npm run hub -- --help lists the commands.`;

/** Time of the last change under a path, in milliseconds; a folder's own time tells of files that went. */
function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).filter((name) => !NOT_BUILT.has(name));
  return Math.max(stat.mtimeMs, ...inside.map((name) => newest(join(path, name))));
}

/** Which of the wanted parts are missing or older than their sources. */
function staleParts(wanted: readonly Part[]): Part[] {
  const source = Math.max(...SOURCES.map((name) => newest(join(root, name))));
  return wanted.filter((part) => LAST[part].some((file) => newest(output(file)) < source));
}

/**
 * Builds those of the wanted parts that are missing or older than their sources. Errors: one line with the reason, and
 * where the builder's whole output lies; an `AbortError` when `signal` stopped it.
 */
export async function ensureBuilt(wanted: readonly Part[], signal?: AbortSignal): Promise<void> {
  const stale = staleParts(wanted);
  if (stale.length === 0) return;
  console.log(`Building ${stale.join(', ')} …`);
  const isAll = stale.length === Object.keys(LAST).length;
  for (const only of isAll ? [[]] : stale.map((part) => ['--only', part])) await runBuild(only, signal);
}

function runBuild(args: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'lib/build/build.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) return done();
      mkdirSync(output(), { recursive: true });
      writeFileSync(output('build.log'), said);
      fail(new Error(`The build failed: ${reasonIn(said)}\nIts whole output is in ${output('build.log')}.`));
    });
  });
}

/** Lines that lead to an error's reason and do not say it: headings, stacks, source frames. */
const AROUND = /^(✗|Build failed|file:|throw |at |\^|\W*$|Node\.js v|[│╭╰─\d])/;

/** The reason in a builder's output, and the place in our sources where it names one. */
function reasonIn(said: string): string {
  const lines = stripVTControlCharacters(said).split('\n');
  const reason = lines.map((line) => line.trim()).find((line) => !AROUND.test(line));
  const place = lines
    .map((line) => /(?:entrypoints|components|lib)\/\S+:\d+:\d+/.exec(line)?.[0])
    .find((found) => found !== undefined);
  return [reason ?? 'it gave no reason', place].filter((text) => text !== undefined).join(' at ');
}

/** What went wrong, without a stack: the message, and the cause where the message alone does not say it. */
export function inShort(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  const parts = [error.message, inner instanceof Error ? inner.message : ''];
  return [...new Set(parts.filter((text) => text !== ''))].join('\n') || error.name;
}

/**
 * Aborts when somebody wants the command to stop: SIGINT, SIGTERM, SIGHUP, or npm gone. npm hands a SIGTERM to `sh`, and
 * dash dies of it without handing it on: only the door's (run.mjs) new parent tells of it.
 */
export function stopRequest(): AbortSignal {
  const stop = new AbortController();
  // A reader of our output that went (`| head`) must not end us with the database left running.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const shell = process.env.npm_lifecycle_event === undefined ? null : parentOf(process.ppid);
  if (shell !== null) {
    setInterval(() => {
      if (parentOf(process.ppid) !== shell) stop.abort();
    }, 250).unref();
  }
  return stop.signal;
}

/** Process id of a process's parent; null where /proc is missing or the process is gone. */
function parentOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? null;
  } catch {
    return null;
  }
}

async function open(config: HubConfig): Promise<Hub> {
  try {
    return await startHub(config);
  } catch (error) {
    if (config.databaseUrl === null || !(error instanceof Error) || !('code' in error || 'errors' in error))
      throw error;
    throw new Error(
      'The database that DATABASE_URL names cannot be used: is it running, is the user right?',
      {
        cause: error instanceof AggregateError ? error.errors[0] : error,
      },
    );
  }
}

function whatNext({ url, config, notes }: Hub): string {
  const given = ['NMC_DATA', 'DATABASE_URL', 'NMC_PROVINCE', 'NMC_SECRET'].filter(
    (name) => process.env[name] || process.env[`${name}_FILE`],
  );
  const same = given.length > 0 ? `, with the same ${given.join(', ')}` : '';
  const isOpen = !/^(127\.|localhost$|::1$)/.test(config.host);
  const more = isOpen ? [`HOST=${config.host}: other machines need https to use it (README.md, TLS).`] : [];
  return `
Nhịp Một Cửa đang chạy / is running

  Bảng số liệu / dashboard            ${url}/
  Thiết bị đánh giá điện tử / kiosk   ${url}/kiosk/
  Tiện ích / extension                ${output('chrome-mv3')}
      chrome://extensions → Developer mode → Load unpacked → this folder
      Firefox: about:debugging → This Firefox → Load Temporary Add-on → ${output('firefox-mv3/manifest.json')}

Việc tiếp theo / next, in a second terminal${same}
  1. npm run hub -- create-admin --name quantri
  2. npm run hub -- import units FILE.csv    (npm run hub -- import --help lists the columns)
  3. Log in to the dashboard, "Kích hoạt máy": make a code, type it into the extension's options or the kiosk.

${[...notes, ...more, 'Ctrl+C stops the hub. Something wrong? npm run hub -- doctor'].join('\n')}`;
}

async function main(): Promise<void> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) return console.log(HELP);
  const stop = stopRequest();
  const stopped = new Promise<void>((done) => stop.addEventListener('abort', () => done()));
  const config = readConfig(process.env);
  try {
    await ensureBuilt(['web', 'chrome', 'firefox'], stop);
  } catch (error) {
    if (stop.aborted) return;
    throw error;
  }
  if (stop.aborted) return;
  console.log(config.databaseUrl ? 'Connecting to the database …' : 'Starting the embedded PostgreSQL …');
  const hub = await open(config);
  if (!stop.aborted) {
    console.log(whatNext(hub));
    await stopped;
  }
  console.log('\nStopping …');
  await hub.close();
}

if (process.argv[1] === import.meta.filename) {
  try {
    await main();
    process.exit(0);
  } catch (error) {
    console.error(inShort(error));
    process.exit(1);
  }
}
