/**
 * The hub as one value: started from its settings, stopped by `close()`. Prints nothing; what people should read once is
 * in `notes`, what operators read is in the log.
 */

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { dataFiles, type HubConfig } from './config.ts';
import { type Db, openDb } from './database/db.ts';
import { type EmbeddedServer, startEmbedded } from './database/embedded.ts';
import { type DataLock, isAlive, lockData } from './database/lock.ts';
import { migrate } from './database/migrate.ts';
import { configReader } from './device/config.ts';
import { createApp } from './http/app.ts';
import { makeLimiter } from './http/limiter.ts';
import { makeMetrics } from './http/metrics.ts';
import { makeFaults } from './ingest/faults.ts';
import { makeUnitCache } from './ingest/units.ts';
import { runRelease, startNightly } from './jobs/nightly.ts';
import { type HubKeys, loadKeys } from './keys.ts';
import { errorFields, fileWriter, type Log, makeLog } from './log.ts';
import { loadSecrets, type Secrets } from './secrets.ts';

/** A running hub. */
export interface Hub {
  /** `http://127.0.0.1:8766`, with the port that was really bound. */
  readonly url: string;
  readonly config: HubConfig;
  readonly db: Db;
  readonly keys: HubKeys;
  readonly secrets: Secrets;
  /** What a person should be told once: a secret file that was made. English. */
  readonly notes: readonly string[];
  /** Stops taking requests, lets those in flight finish, closes the pool, stops the embedded database. */
  close(): Promise<void>;
}

export interface HubPorts {
  /** Milliseconds. */
  readonly clock?: () => number;
  readonly log?: Log;
}

const GRACE = 10_000;
/** How often the hub looks whether its embedded database still runs, milliseconds. */
const WATCH = 500;
const QUARTER_HOUR = 15 * 60_000;

/**
 * Starts a hub: lock, secrets, database (embedded unless DATABASE_URL is set), migrations, keys, HTTP.
 * Errors say what to do; nothing is left running behind an error.
 */
export async function startHub(config: HubConfig, ports: HubPorts = {}): Promise<Hub> {
  const clock = ports.clock ?? Date.now;
  const files = dataFiles(config.data);
  const undo: (() => Promise<void> | void)[] = [];
  const unwind = async () => {
    const failures: unknown[] = [];
    for (const step of undo.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  try {
    const lock: DataLock = lockData(files.lock);
    undo.push(() => lock.release());
    const log = ports.log ?? defaultLog(config, files.log, clock);
    const { secrets, isNew } = loadSecrets(config.secret, files.secret);
    const notes = isNew ? [secretNote(files.secret)] : [];
    const { db, embedded } = await openDatabase(config, log);
    const guard = embedded && guardEmbedded(config.data, embedded, db, log);
    if (guard) undo.push(() => guard.stop());
    undo.push(() => db.close());
    const applied = await migrate(db);
    const keys = await loadKeys(db, secrets);
    await runRelease(db, log, clock);
    undo.push(startNightly(db, log, clock));
    let isClosing = false;
    const metrics = makeMetrics();
    const app = createApp({
      config,
      db,
      keys,
      secrets,
      clock,
      log,
      metrics,
      ingest: {
        db,
        clock,
        faults: makeFaults(config.faults),
        units: makeUnitCache(),
        next: { after: QUARTER_HOUR, window: 5 * 60_000 },
      },
      readConfig: configReader(db, { keys, secrets, log, clock }),
      attempts: {
        login: makeLimiter(10, QUARTER_HOUR, clock),
        activation: makeLimiter(10, QUARTER_HOUR, clock),
        // Apart: a whole office behind one address may hold a token that has expired, and must still activate by code.
        policy: makeLimiter(200, QUARTER_HOUR, clock),
      },
      calls: {
        lookup: makeLimiter(60, 5 * 60_000, clock),
        proposal: makeLimiter(20, 4 * QUARTER_HOUR, clock),
        // A kiosk that was away for weeks hands in its comments and a language of phrases in one go.
        comments: makeLimiter(120, QUARTER_HOUR, clock),
        clips: makeLimiter(600, 4 * QUARTER_HOUR, clock),
      },
      isClosing: () => isClosing,
    });
    const server = createAdaptorServer({
      fetch: app.fetch,
      serverOptions: { requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 5_000 },
    }) as Server;
    undo.push(() => stopServer(server));
    const url = await listen(server, config);
    log('info', 'started', {
      migrations: applied.length,
      embedded: embedded !== null,
      adopted: embedded?.isAdopted ?? false,
    });
    let closing: Promise<void> | null = null;
    return {
      url,
      config,
      db,
      keys,
      secrets,
      notes,
      close: () => {
        isClosing = true;
        closing ??= unwind().then(() => log('info', 'stopped'));
        return closing;
      },
    };
  } catch (error) {
    await unwind().catch(() => undefined);
    throw error;
  }
}

/** The pool of a configuration, and the embedded server when there is no DATABASE_URL. */
async function openDatabase(
  config: HubConfig,
  log: Log,
): Promise<{ db: Db; embedded: EmbeddedServer | null }> {
  const lost = (error: Error) => log('warn', 'databaseConnection', errorFields(error));
  if (config.databaseUrl !== null) {
    return { db: openDb(config.databaseUrl, config.province, config.pool, lost), embedded: null };
  }
  const embedded = await startEmbedded(config.data);
  return { db: openDb(embedded.connection(), config.province, config.pool, lost), embedded };
}

/**
 * Starts the embedded server anew when it dies under a running hub (killed, out of memory): it recovers what was committed,
 * and devices that were refused meanwhile come again.
 */
function guardEmbedded(data: string, first: EmbeddedServer, db: Db, log: Log) {
  let server = first;
  let isStopping = false;
  let starting: Promise<void> | null = null;
  const look = () => {
    if (isStopping || starting !== null || isAlive(server.pid)) return;
    log('error', 'databaseDied');
    starting = startEmbedded(data)
      .then((again) => {
        server = again;
        db.moveTo(again.connection());
        log('info', 'databaseRestarted');
      })
      .catch((error: unknown) => log('error', 'databaseRestart', errorFields(error)))
      .finally(() => {
        starting = null;
      });
  };
  const timer = setInterval(look, WATCH);
  return {
    stop: async () => {
      isStopping = true;
      clearInterval(timer);
      await starting;
      await server.stop();
    },
  };
}

function listen(server: Server, { host, port }: HubConfig): Promise<string> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} on ${host} is in use: stop the other program, or set PORT to a free port.`;
      fail(error.code === 'EADDRINUSE' ? new Error(taken, { cause: error }) : error);
    });
    server.listen(port, host, () => {
      const bound = server.address() as AddressInfo;
      const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
      done(`http://${name.includes(':') ? `[${name}]` : name}:${bound.port}`);
    });
  });
}

/** Idle connections go at once, busy ones get ten seconds; an unfinished batch is harmless (its receipt never left). */
function stopServer(server: Server): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(timer);
      done();
    });
    server.closeIdleConnections();
  });
}

function defaultLog(config: HubConfig, path: string, clock: () => number): Log {
  if (config.log === 'off') return () => undefined;
  return makeLog(config.log === 'stderr' ? (line) => process.stderr.write(line) : fileWriter(path), clock);
}

function secretNote(path: string): string {
  return (
    `A new master secret was written to ${path} (mode 0600). Keep a copy apart from the backups: ` +
    'without it the keys in the database cannot be opened.'
  );
}
