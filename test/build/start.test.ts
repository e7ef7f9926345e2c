/**
 * The first command on a fresh clone: `npm start` installs, builds, serves the pages, says what to do next, stops on
 * SIGTERM with its database, and says in a line or two what is wrong when it cannot start.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../faults/hub-process.ts';
import { type Clone, makeClone, type Started, untilSaid } from './clone.ts';

let clone: Clone;

/** Asks npm to stop, as a supervisor of services does; resolves when nothing that it started runs any more. */
async function stopped(one: Started): Promise<void> {
  one.process.kill('SIGTERM');
  await one.ended;
  expect(one.said()).toContain('Stopping');
  while (clone.processes().length > 0) await new Promise((done) => setTimeout(done, 50));
}

/** What a person reads of a failure: without npm's echo of the command and the lines of progress. */
const complaint = (one: Started) =>
  one
    .said()
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(> |npm )|^Building | files, |…$/.test(line));

beforeAll(() => {
  clone = makeClone();
});

afterAll(() => clone?.remove());

describe('npm start on a fresh clone', () => {
  let hub: Started;
  let url: string;

  afterAll(async () => {
    hub?.process.kill('SIGTERM');
    await hub?.ended;
  });

  it('builds, starts and prints the next steps', async () => {
    expect(existsSync(join(clone.folder, '.output'))).toBe(false);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    hub = clone.npm(['start'], { PORT: String(port) });
    await untilSaid(hub, 'Ctrl+C stops the hub');
    const said = hub.said();
    expect(said).toContain('Building web, chrome, firefox');
    expect(said).toContain(`${url}/\n`);
    expect(said).toContain(`${url}/kiosk/`);
    expect(said).toContain(join(clone.folder, '.output/chrome-mv3'));
    expect(said).toContain('npm run hub -- create-admin --name quantri');
    expect(said).toContain(`A new master secret was written to ${join(clone.folder, 'data/secret.key')}`);
    expect(existsSync(join(clone.folder, '.output/chrome-mv3/manifest.json'))).toBe(true);
    expect(existsSync(join(clone.folder, '.output/firefox-mv3/manifest.json'))).toBe(true);
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
    expect(
      execFileSync('git', ['status', '--porcelain', '--', 'data', '.output'], { cwd: clone.folder }),
    ).toEqual(Buffer.alloc(0));
  });

  it('stops on SIGTERM with its database', async () => {
    expect(clone.processes().length).toBeGreaterThan(2);
    await stopped(hub);
    await expect(fetch(`${url}/v1/health`)).rejects.toThrow();
  });

  it('starts the second time without building', async () => {
    hub = clone.npm(['start'], { PORT: String(await freePort()) });
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
      const one = clone.npm(['start'], { PORT: '0', ...settings });
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
      const one = clone.npm(['start'], { PORT: String(port) });
      expect(await one.ended).not.toBe(0);
      expect(one.said()).toContain(`Port ${port} on 127.0.0.1 is in use`);
      expect(one.said()).not.toMatch(/^\s+at /m);
      expect(clone.processes()).toEqual([]);
    } finally {
      other.close();
    }
  });

  it('a build that fails', async () => {
    const source = join(clone.folder, 'entrypoints/popup/main.tsx');
    const before = readFileSync(source);
    appendFileSync(source, "import { gone } from './gone.ts';\ngone(;\n");
    const one = clone.npm(['start'], { PORT: '0' });
    expect(await one.ended).not.toBe(0);
    writeFileSync(source, before);
    const lines = complaint(one);
    expect(lines.length).toBe(2);
    expect(lines[0]).toMatch(/^The build failed: .*Unexpected token at entrypoints\/popup\/main\.tsx:\d+/);
    expect(lines[1]).toContain('.output/build.log');
    expect(readFileSync(join(clone.folder, '.output/build.log'), 'utf8')).toContain('main.tsx');
  });

  it('--help starts nothing', async () => {
    const one = clone.npm(['start', '--', '--help'], {});
    expect(await one.ended).toBe(0);
    expect(one.said()).toContain('NMC_DATA');
    expect(one.said()).not.toContain('Starting');
  });
});

describe('npm run demo where there is no browser', () => {
  it('says what to install and serves everything else', async () => {
    const demo = clone.npm(['run', 'demo'], {
      PORT: '0',
      PATH: clone.pathOf(['node', 'npm', 'sh', 'env', 'unshare']),
    });
    try {
      await untilSaid(demo, 'Ctrl+C ends the demo');
      const said = demo.said();
      expect(said).toContain('apt-get install chromium');
      const addresses = said.match(/http:\/\/127\.0\.0\.1:\d+\S*/g) ?? [];
      expect(addresses.length).toBe(5);
      for (const address of addresses) expect((await fetch(address)).status).toBe(200);
      const [, name, password] = /^ +(quantri) +(\S+)$/m.exec(said) ?? [];
      const { origin } = new URL(addresses[0]!);
      const session = await fetch(`${origin}/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-nmc': '1', origin },
        body: JSON.stringify({ name, password }),
      });
      expect(await session.json()).toMatchObject({ user: { name: 'quantri', role: 'provinceAdmin' } });
    } finally {
      await stopped(demo);
    }
    expect(readdirSync(clone.scratch).filter((name) => name.startsWith('nmc-demo-'))).toEqual([]);
  });
});
