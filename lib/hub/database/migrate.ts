/**
 * Numbered forward-only migrations (`migrations/NNNN-name.sql`), each in one transaction with its SHA-256 recorded.
 * Refuses to go on when an applied file changed or an earlier one was never applied: a skipped migration is worse than a
 * hub that does not start (sync §2.2).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { Db } from './db.ts';
import { loadQueries } from './queries.ts';

const FOLDER = join(import.meta.dirname, '../migrations');
const sql = loadQueries(join(import.meta.dirname, 'migrate.sql'), [
  'version',
  'lock',
  'unlock',
  'missingRoles',
  'schemaExists',
  'createSchema',
  'asOwner',
  'bookkeeping',
  'applied',
  'record',
]);
const { createRoles } = loadQueries(join(import.meta.dirname, 'roles.sql'), ['createRoles']);
const LOWEST = 150_000;

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

/** The migrations of a folder in order. Errors: a number used twice or missing. */
function readMigrations(folder: string = FOLDER): Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name));
  return names.sort().map((name, index) => {
    const number = Number(name.slice(0, 4));
    if (number !== index + 1) throw new Error(`Migration ${name}: number ${index + 1} was expected here.`);
    const text = readFileSync(join(folder, name), 'utf8');
    return { number, name, text, sha256: createHash('sha256').update(text).digest('hex') };
  });
}

/** Brings the database to the newest version; returns the names applied now. */
export async function migrate(db: Db, folder: string = FOLDER): Promise<string[]> {
  const migrations = readMigrations(folder);
  return db.raw(async (client) => {
    await checkVersion(client);
    await client.query(sql.lock);
    try {
      await prepare(client);
      const applied = await appliedNames(client);
      checkHistory(migrations, applied);
      const open = migrations.filter((one) => !applied.has(one.number));
      for (const one of open) await apply(client, one);
      return open.map((one) => one.name);
    } finally {
      await client.query(sql.unlock);
    }
  });
}

/** Whether every migration of this code is applied; false also when the database holds newer ones. */
export async function isMigrated(db: Db): Promise<boolean> {
  return db.raw(async (client) => {
    const applied = await appliedNames(client).catch(() => new Map<number, string>());
    return readMigrations().length === applied.size;
  });
}

async function checkVersion(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: number; name: string }>(sql.version);
  if (rows[0]!.version < LOWEST) {
    throw new Error(
      `PostgreSQL ${rows[0]!.name} is too old: the hub needs 15 or newer. ` +
        'Point DATABASE_URL at a newer server, or leave it out for the embedded one.',
    );
  }
}

/** Roles are shared by the whole server, so they are made outside the numbered files. */
async function prepare(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(sql.missingRoles);
  if (rows.length > 0) {
    try {
      await client.query(createRoles);
    } catch (error) {
      throw new Error(
        `The database user may not create the roles ${rows.map((row) => row.name).join(', ')}. ` +
          'Run this once as a superuser, then start again:\n' +
          createRoles,
        { cause: error },
      );
    }
  }
  const schema = await client.query(sql.schemaExists);
  if (schema.rowCount === 0) await client.query(sql.createSchema);
  await client.query(`BEGIN; ${sql.asOwner}; ${sql.bookkeeping}; COMMIT`);
}

async function appliedNames(client: pg.ClientBase): Promise<Map<number, string>> {
  await client.query(`BEGIN READ ONLY; ${sql.asOwner}`);
  try {
    const { rows } = await client.query<{ number: number; sha256: string }>(sql.applied);
    return new Map(rows.map((row) => [row.number, row.sha256]));
  } finally {
    await client.query('ROLLBACK');
  }
}

function checkHistory(migrations: readonly Migration[], applied: ReadonlyMap<number, string>): void {
  const newest = Math.max(0, ...applied.keys());
  if (newest > migrations.length) {
    throw new Error(
      `The database is at migration ${newest}, this hub knows ${migrations.length}: start a newer version of the hub.`,
    );
  }
  for (const one of migrations) {
    const before = applied.get(one.number);
    if (before === undefined && one.number < newest) {
      throw new Error(
        `Migration ${one.name} was never applied although ${newest} was: restore from a backup.`,
      );
    }
    if (before !== undefined && before !== one.sha256) {
      throw new Error(`Migration ${one.name} was changed after it was applied: put the original file back.`);
    }
  }
}

async function apply(client: pg.ClientBase, { number, name, text, sha256 }: Migration): Promise<void> {
  try {
    await client.query(`BEGIN; ${sql.asOwner}`);
    await client.query(text);
    await client.query(sql.record, [number, name, sha256]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${name} failed and was rolled back.`, { cause: error });
  }
}
