/** How a command reaches the database: DATABASE_URL, the embedded server that runs, or one started for the command. */
import { dataFiles, type HubConfig, readConfig } from '../config.ts';
import { type Db, openDb } from '../database/db.ts';
import { reachEmbedded, startEmbedded } from '../database/embedded.ts';
import { lockData } from '../database/lock.ts';
import { migrate } from '../database/migrate.ts';
import { type HubKeys, loadKeys } from '../keys.ts';
import { loadSecrets, type Secrets } from '../secrets.ts';

export interface Reached {
  readonly config: HubConfig;
  readonly db: Db;
  readonly keys: HubKeys;
  readonly secrets: Secrets;
}

/** Runs `work` with the hub's database, migrated and with its keys; leaves nothing behind. */
export async function withHub<T>(work: (hub: Reached) => Promise<T>): Promise<T> {
  return withDatabase(async (db, config) => {
    await migrate(db);
    const { secrets, isNew } = loadSecrets(config.secret, dataFiles(config.data).secret);
    if (isNew)
      console.error(`Made ${dataFiles(config.data).secret} (mode 0600). Keep a copy apart from the backups.`);
    return work({ config, db, secrets, keys: await loadKeys(db, secrets) });
  });
}

/** Runs `work` with a pool to the hub's database. */
export async function withDatabase<T>(work: (db: Db, config: HubConfig) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const { connection, stop } = await connect(config);
  const db = openDb(connection, config.province, 4);
  try {
    return await work(db, config);
  } finally {
    await db.close();
    await stop();
  }
}

async function connect(config: HubConfig) {
  if (config.databaseUrl !== null) return { connection: config.databaseUrl, stop: async () => undefined };
  const running = await reachEmbedded(config.data);
  if (running !== null) return { connection: running, stop: async () => undefined };
  const lock = lockData(dataFiles(config.data).lock);
  try {
    const server = await startEmbedded(config.data);
    const stop = async () => {
      await server.stop();
      lock.release();
    };
    return { connection: server.connection(), stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}
