/**
 * The database as the rooms of the hub see it: transactions under one role and one scope. Nothing runs outside a role,
 * so the row-level security of `migrations/0004` always applies.
 *
 *   owner   migrations only            ingest  batches, activation, merges, roll-ups
 *   admin   people, codes, imports     read    figures; cannot read entries or single feedback answers
 */
import pg from 'pg';

export type Role = 'owner' | 'ingest' | 'admin' | 'read';
/** A unit id: this unit and everything below it. `*`: the whole province, dossiers of no unit included. */
export type Scope = string;
export type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

export interface TxOptions {
  readonly role: Role;
  readonly scope?: Scope;
  /** One snapshot for the whole transaction, read only. */
  readonly snapshot?: boolean;
}

export interface Db {
  readonly province: string;
  /** Runs `work` in one transaction; repeats it after a deadlock or serialization failure. */
  tx<T>(options: TxOptions, work: (query: Query) => Promise<T>): Promise<T>;
  /** One connection outside any role: migrations and session locks. */
  raw<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T>;
  waiting(): number;
  /** Transactions repeated since the start; ordered locks should keep this at 0. */
  retries(): number;
  /** Sends new connections somewhere else: the embedded server was started anew. */
  moveTo(connection: Connection): void;
  close(): Promise<void>;
}

const RETRIES = 8;
const types = new pg.TypeOverrides();
types.setTypeParser(20, Number); // int8
types.setTypeParser(1082, (text: string) => text); // date stays YYYY-MM-DD
types.setTypeParser(1184, (text: string) => new Date(text).toISOString()); // timestamptz
types.setTypeParser(1700, Number); // numeric: sums of counts

/** How to connect: a URL, or the pieces of the embedded server. */
export type Connection =
  | string
  | { host: string; port: number; user: string; password: string; database: string };

/** Opens a pool. `onError` hears of connections lost while idle. */
export function openDb(
  connection: Connection,
  province: string,
  max: number,
  onError: (error: Error) => void = () => undefined,
): Db {
  const pool = new pg.Pool({
    ...(typeof connection === 'string' ? { connectionString: connection } : connection),
    max,
    types,
    connectionTimeoutMillis: 15_000,
    application_name: 'nmc-hub',
  });
  pool.on('error', onError);
  let retries = 0;
  return {
    province,
    tx: async (options, work) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(pool, province, options, work);
        } catch (error) {
          if (attempt >= RETRIES || !isTransient(error)) throw error;
          retries += 1;
          await new Promise((done) => setTimeout(done, Math.random() * 20 * attempt));
        }
      }
    },
    raw: async (work) => {
      const client = await pool.connect();
      try {
        return await work(client);
      } finally {
        client.release();
      }
    },
    waiting: () => pool.waitingCount,
    retries: () => retries,
    moveTo: (next) => {
      Object.assign(pool.options, typeof next === 'string' ? { connectionString: next } : next);
    },
    close: () => pool.end(),
  };
}

async function once<T>(
  pool: pg.Pool,
  province: string,
  { role, scope, snapshot }: TxOptions,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(
      `BEGIN${snapshot ? ' ISOLATION LEVEL REPEATABLE READ READ ONLY' : ''};
       SET LOCAL ROLE nmc_${role};
       SET LOCAL search_path = nmc, pg_catalog;
       SET LOCAL nmc.province = ${pg.escapeLiteral(province)};
       SET LOCAL nmc.scope = ${pg.escapeLiteral(scope ?? '')}`,
    );
    const result = await work(async <Row>(text: string, values: readonly unknown[] = []) => {
      const answer = await client.query(text, [...values]);
      return answer.rows as Row[];
    });
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Deadlock and serialization failure: the database asks to try again. */
function isTransient(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === '40P01' || code === '40001';
}
