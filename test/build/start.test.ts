/**
 * The first command on a fresh clone: `npm start` installs, builds, serves the pages, says what to do next, stops on
 * SIGTERM with its database, and says in a line or two what is wrong when it cannot start.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../faults/hub-process.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const git = (args: readonly string[]) =>
  execFileSync('git', [...args], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 });
const namesOf = (listed: string) => listed.split('\0').filter((name) => name !== '');

let folder: string;
let clone: string;

/** A clone with what a commit of the present tree would hold, so that the test is about the code beside it. */
function cloneTree(into: string): void {
  git(['clone', '--quiet', '--no-hardlinks', ROOT, into]);
  for (const name of namesOf(git(['ls-files', '-z', '--deleted']))) rmSync(join(into, name), { force: true });
  for (const name of namesOf(git(['ls-files', '-z', '--modified', '--others', '--exclude-standard']))) {
    if (!existsSync(join(ROOT, name))) continue;
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

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    cpSync(source, target);
  }
}

interface Started {
  readonly process: ChildProcess;
  said(): string;
  readonly ended: Promise<number | null>;
}

/** `npm start` in the clone, with nothing of this process's own settings. */
function npmStart(settings: Readonly<Record<string, string>>, args: readonly string[] = []): Started {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NMC_|VITEST|NODE_|PORT$|HOST$|DATABASE_URL)/.test(name),
  );
  const child = spawn('npm', ['start', '--', ...args], {
    cwd: clone,
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

async function untilSaid(one: Started, wanted: string): Promise<void> {
  let isOver = false;
  void one.ended.then(() => {
    isOver = true;
  });
  while (!one.said().includes(wanted)) {
    if (isOver) throw new Error(`ended without saying "${wanted}":\n${one.said()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Processes whose working directory is inside a folder: the hub, its database, a builder. */
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

/** Asks npm to stop, as a supervisor of services does; resolves when nothing of the clone runs any more. */
async function stopped(one: Started): Promise<void> {
  one.process.kill('SIGTERM');
  await one.ended;
  expect(one.said()).toContain('Stopping');
  while (processesIn(clone).length > 0) await new Promise((done) => setTimeout(done, 50));
}

/** What a person reads of a failure: without npm's echo of the command and the lines of progress. */
const complaint = (one: Started) =>
  one
    .said()
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(> |npm )|^Building | files, |…$/.test(line));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nmc-clone-'));
  clone = join(folder, 'private', 'nhip-mot-cua');
  mkdirSync(dirname(clone), { mode: 0o700 });
  cloneTree(clone);
  linkPackages(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe('npm start on a fresh clone', () => {
  let hub: Started;
  let url: string;

  afterAll(async () => {
    hub?.process.kill('SIGTERM');
    await hub?.ended;
  });

  it('builds, starts and prints the next steps', async () => {
    expect(existsSync(join(clone, '.output'))).toBe(false);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    hub = npmStart({ PORT: String(port) });
    await untilSaid(hub, 'Ctrl+C stops the hub');
    const said = hub.said();
    expect(said).toContain('Building web, chrome, firefox');
    expect(said).toContain(`${url}/\n`);
    expect(said).toContain(`${url}/kiosk/`);
    expect(said).toContain(join(clone, '.output/chrome-mv3'));
    expect(said).toContain('npm run hub -- create-admin --name quantri');
    expect(said).toContain(`A new master secret was written to ${join(clone, 'data/secret.key')}`);
    expect(existsSync(join(clone, '.output/chrome-mv3/manifest.json'))).toBe(true);
    expect(existsSync(join(clone, '.output/firefox-mv3/manifest.json'))).toBe(true);
  }, 600_000);

  it('serves the dashboard, the kiosk and readiness', async () => {
    const pages = [
      ['/', 'assets/'],
      ['/kiosk/', 'webmanifest'],
    ] as const;
    for (const [path, mark] of pages) {
      const reply = await fetch(`${url}${path}`);
      expect(reply.status).toBe(200);
      expect(reply.headers.get('content-type')).toMatch(/^text\/html/);
      const html = await reply.text();
      expect(html).toContain('<div id="app"');
      expect(html).toContain(mark);
    }
    expect(await (await fetch(`${url}/v1/ready`)).json()).toEqual({ status: 'ready' });
  });

  it('leaves nothing in the clone that git would see', () => {
    expect(execFileSync('git', ['status', '--porcelain', '--', 'data', '.output'], { cwd: clone })).toEqual(
      Buffer.alloc(0),
    );
  });

  it('stops on SIGTERM with its database', async () => {
    expect(processesIn(clone).length).toBeGreaterThan(2);
    await stopped(hub);
    await expect(fetch(`${url}/v1/health`)).rejects.toThrow();
  });

  it('starts the second time without building', async () => {
    hub = npmStart({ PORT: String(await freePort()) });
    await untilSaid(hub, 'Ctrl+C stops the hub');
    expect(hub.said()).not.toContain('Building');
    expect(hub.said()).not.toContain('master secret');
    await stopped(hub);
  });
});

describe('what npm start says when it cannot start', () => {
  const failures: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
    [
      'every wrong variable',
      { PORT: 'eighty', NMC_PROVINCE: 'Nghệ An' },
      ['PORT: write a port number', 'NMC_PROVINCE: write a short id'],
    ],
    [
      'a database that does not answer',
      { DATABASE_URL: 'postgresql://nobody:hidden@127.0.0.1:1/none' },
      ['The database that DATABASE_URL names cannot be used', 'ECONNREFUSED'],
    ],
  ];
  for (const [name, settings, wanted] of failures) {
    it(name, async () => {
      const one = npmStart({ PORT: '0', ...settings });
      expect(await one.ended).not.toBe(0);
      for (const text of wanted) expect(one.said()).toContain(text);
      expect(one.said()).not.toMatch(/^\s+at /m);
      expect(one.said()).not.toContain('hidden');
      expect(complaint(one).length).toBeLessThanOrEqual(2);
    });
  }

  it('a port in use, and the database goes again', async () => {
    const other = createServer();
    const port = await new Promise<number>((done) =>
      other.listen(0, '127.0.0.1', () => done((other.address() as { port: number }).port)),
    );
    try {
      const one = npmStart({ PORT: String(port) });
      expect(await one.ended).not.toBe(0);
      expect(one.said()).toContain(`Port ${port} on 127.0.0.1 is in use`);
      expect(one.said()).not.toMatch(/^\s+at /m);
      expect(processesIn(clone)).toEqual([]);
    } finally {
      other.close();
    }
  });

  it('a build that fails', async () => {
    appendFileSync(join(clone, 'entrypoints/popup/main.tsx'), "import { gone } from './gone.ts';\ngone(;\n");
    const one = npmStart({ PORT: '0' });
    expect(await one.ended).not.toBe(0);
    const lines = complaint(one);
    expect(lines.length).toBe(2);
    expect(lines[0]).toMatch(/^The build failed: .*Unexpected token at entrypoints\/popup\/main\.tsx:\d+/);
    expect(lines[1]).toContain('.output/build.log');
    expect(readFileSync(join(clone, '.output/build.log'), 'utf8')).toContain('main.tsx');
  });

  it('--help starts nothing', async () => {
    const one = npmStart({}, ['--help']);
    expect(await one.ended).toBe(0);
    expect(one.said()).toContain('NMC_DATA');
    expect(one.said()).not.toContain('Starting');
  });
});
