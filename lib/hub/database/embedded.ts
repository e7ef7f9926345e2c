/**
 * Our own PostgreSQL, driven by us: initdb, start, stop, and what a crash left behind.
 *
 *   NMC_DATA/postgres/          home (or /var/lib/nmc-<hash>/ when PostgreSQL must run as another user)
 *     cluster/  the data        password  the superuser's
 *     run/      the socket      postgres.log
 *   NMC_DATA/database.json      how to reach it while it runs (the command line reads this)
 *
 * It listens on a unix socket only. `kill -9` of the hub leaves it running: the next start takes it over.
 */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, openSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { dataFiles } from '../config.ts';
import type { Connection } from './db.ts';
import {
  checkMajor,
  chownAll,
  findHome,
  type Home,
  initialise,
  passwordOf,
  plainEnvironment,
  socketFolder,
  writePrivate,
} from './home.ts';
import { isAlive } from './lock.ts';
import { dropStaleLocks, PORT, pause, readText, runningPid, stopProcess } from './process.ts';
import { loadQueries } from './queries.ts';
import { commandFor, findSoftware, type RunAs } from './software.ts';

const sql = loadQueries(join(import.meta.dirname, 'embedded.sql'), [
  'hasRole',
  'createLogin',
  'grantRoles',
  'hasDatabase',
]);
const { createRoles } = loadQueries(join(import.meta.dirname, 'roles.sql'), ['createRoles']);

export interface EmbeddedServer {
  /** How the hub connects to one of its databases. */
  connection(database?: string): Connection;
  /** The superuser, for making databases only. */
  superuser(database?: string): Connection;
  readonly pid: number;
  /** It was running already, left by a hub that was killed. */
  readonly isAdopted: boolean;
  readonly runAs: RunAs['kind'];
  stop(): Promise<void>;
}

/** Starts the server of a data folder, or takes over the one still running, and prepares the hub's database. */
export async function startEmbedded(
  data: string,
  wanted: RunAs['kind'] | null = null,
): Promise<EmbeddedServer> {
  if (process.platform === 'win32') {
    throw new Error(
      'On Windows the hub has no embedded database: install PostgreSQL 15 or newer and set ' +
        'DATABASE_URL=postgresql://user:password@host:5432/database.',
    );
  }
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const home = findHome(realpathSync(data), wanted);
  const password = passwordOf(home);
  const left = runningPid(home.cluster);
  const adopted = left === null ? null : await takeOver(home, left, password);
  const running = adopted ?? (await boot(home, password));
  const server = serverOf(data, home, password, running, adopted !== null);
  await prepareDatabase(server, 'nmc');
  writePrivate(
    dataFiles(data).database,
    JSON.stringify({ pid: running.pid, ...asFields(server.connection()) }),
  );
  return server;
}

/** The running server of a data folder as `database.json` names it, or null when none answers. */
export async function reachEmbedded(data: string): Promise<Connection | null> {
  const text = readText(dataFiles(data).database);
  if (text === null) return null;
  const { pid, ...fields } = JSON.parse(text) as { pid: number } & Exclude<Connection, string>;
  return isAlive(pid) && (await answers(fields)) ? fields : null;
}

/** Makes a database of the hub with its schema when it is missing; the tests make one each. */
export async function prepareDatabase(server: EmbeddedServer, name: string): Promise<void> {
  await asClient(server.superuser(), async (client) => {
    await client.query(createRoles);
    if ((await client.query(sql.hasRole)).rowCount === 0) await client.query(sql.createLogin);
    await client.query(sql.grantRoles);
    const { password } = asFields(server.connection());
    await client.query(`ALTER ROLE nmc_hub PASSWORD ${pg.escapeLiteral(password)}`);
    if ((await client.query(sql.hasDatabase, [name])).rowCount === 0) {
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} OWNER nmc_owner`);
    }
  });
  await asClient(server.superuser(name), (client) =>
    client.query('CREATE SCHEMA IF NOT EXISTS nmc AUTHORIZATION nmc_owner'),
  );
}

interface Running {
  readonly pid: number;
  readonly socket: string;
}

async function boot(home: Home, password: string): Promise<Running> {
  const software = findSoftware(home.folder, home.as.kind === 'user');
  if (home.as.kind === 'user') chownAll(home.folder, home.as.uid, home.as.gid);
  if (!existsSync(home.cluster)) initialise(home, software);
  checkMajor(home.cluster, software);
  const socket = socketFolder(home);
  await dropStaleLocks(home.cluster, socket);
  const log = join(home.folder, 'postgres.log');
  const out = openSync(log, 'a', 0o600);
  const settings = {
    listen_addresses: '',
    port: String(PORT),
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    max_connections: '60',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A log never quotes data: no statements, no DETAIL lines.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
  const args = ['-D', home.cluster, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])];
  const run = commandFor(home.as, join(software, 'bin/postgres'), args);
  // Its own session: Ctrl-C in a terminal stops the hub, and the hub stops the database.
  const child = spawn(run.command, run.args, {
    ...run.options,
    cwd: home.folder,
    detached: true,
    stdio: ['ignore', out, out],
    env: plainEnvironment(),
  });
  let ended = false;
  child.on('exit', () => {
    ended = true;
  });
  child.on('error', () => {
    ended = true;
  });
  child.unref();
  const running = { pid: child.pid ?? 0, socket };
  const fields = { host: socket, port: PORT, user: 'postgres', password, database: 'postgres' };
  for (const until = Date.now() + 120_000; Date.now() < until; ) {
    if (ended) break;
    if (await answers(fields)) return running;
    await pause(40);
  }
  const tail = (readText(log) ?? '').trimEnd().split('\n').slice(-5).join('\n');
  throw new Error(`The embedded PostgreSQL did not start. The end of ${log}:\n${tail}`);
}

/** Waits for a server left running to answer; one that does not is stopped, so that the next boot can recover. */
async function takeOver({ cluster }: Home, pid: number, password: string): Promise<Running | null> {
  for (const until = Date.now() + 10_000; Date.now() < until && isAlive(pid); ) {
    const socket = readText(join(cluster, 'postmaster.pid'))?.split('\n')[4]?.trim();
    const fields = { host: socket ?? '', port: PORT, user: 'postgres', password, database: 'postgres' };
    if (socket && (await answers(fields))) return { pid, socket };
    await pause(100);
  }
  await stopProcess(pid);
  return null;
}

function serverOf(
  data: string,
  home: Home,
  password: string,
  { pid, socket }: Running,
  isAdopted: boolean,
): EmbeddedServer {
  const place = { host: socket, port: PORT };
  const hubPassword = createHmac('sha256', password).update('nmc_hub').digest('base64url');
  return {
    connection: (database = 'nmc') => ({ ...place, user: 'nmc_hub', password: hubPassword, database }),
    superuser: (database = 'postgres') => ({ ...place, user: 'postgres', password, database }),
    pid,
    isAdopted,
    runAs: home.as.kind,
    stop: async () => {
      await stopProcess(pid);
      rmSync(dataFiles(data).database, { force: true });
      if (socket.startsWith('/tmp/nmc-')) rmSync(socket, { recursive: true, force: true });
    },
  };
}

async function answers(fields: Exclude<Connection, string>): Promise<boolean> {
  try {
    await asClient(fields, (client) => client.query('SELECT 1'));
    return true;
  } catch {
    return false;
  }
}

async function asClient<T>(connection: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function asFields(connection: Connection): Exclude<Connection, string> {
  if (typeof connection === 'string') throw new Error('a URL has no fields');
  return connection;
}
