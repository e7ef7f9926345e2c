/**
 * The hub's settings: environment variables checked once at start. Each may also be given as `NAME_FILE`, the path of a
 * file that holds the value. An error names the variable and says what to write instead.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';

/** Folder of the built web pages when nothing else is named. */
const BUILT_WEB = resolve(import.meta.dirname, '../../.output/web');

const whole = (from: number, to: number) =>
  z.pipe(
    z.string().check(
      z.regex(/^\d{1,6}$/),
      z.refine((text) => Number(text) >= from && Number(text) <= to),
    ),
    z.transform((text) => Number(text)),
  );
const url = (pattern: RegExp) => z.string().check(z.regex(pattern));

/** One variable: how to read it, what applies without it, and the words of its error. */
interface Setting<T> {
  readonly schema: z.ZodMiniType<T>;
  readonly fallback: string | null;
  readonly hint: string;
}
const setting = <T>(schema: z.ZodMiniType<T>, fallback: string | null, hint: string): Setting<T> => ({
  schema,
  fallback,
  hint,
});

const SETTINGS = {
  PORT: setting(whole(0, 65_535), '8766', 'a port number from 0 to 65535, for example 8766'),
  HOST: setting(
    z.string().check(z.regex(/^[A-Za-z0-9.:_-]{1,255}$/)),
    '127.0.0.1',
    'the address to listen on, for example 127.0.0.1 or 0.0.0.0',
  ),
  NMC_DATA: setting(z.string().check(z.minLength(1)), './data', 'a folder the hub may write to'),
  DATABASE_URL: setting(
    url(/^postgres(ql)?:\/\/\S+$/),
    null,
    'postgresql://user:password@host:5432/database (PostgreSQL 15 or newer), or leave it out for the embedded one',
  ),
  NMC_SECRET: setting(
    z.string().check(z.regex(/^[A-Za-z0-9+/_=-]{43,}$/)),
    null,
    'at least 32 random bytes in base64, for example the output of: openssl rand -base64 32',
  ),
  NMC_PROVINCE: setting(
    z.string().check(z.regex(/^[A-Za-z0-9_-]{1,32}$/)),
    'tinh',
    'a short id of the province, letters and digits, for example nghean; never changed later',
  ),
  NMC_PUBLIC_URL: setting(
    url(/^https?:\/\/[^\s/]+\/?$/),
    null,
    'the address people type, for example https://motcua.nghean.gov.vn',
  ),
  NMC_TRUST_PROXY: setting(
    z.enum(['0', '1']),
    '0',
    '1 when a reverse proxy in front sets X-Forwarded-For and X-Forwarded-Proto, else 0',
  ),
  NMC_WEB: setting(z.string().check(z.minLength(1)), BUILT_WEB, 'the folder of the built web pages'),
  NMC_LOG: setting(z.enum(['file', 'stderr', 'off']), 'file', 'file (hub.log in NMC_DATA), stderr, or off'),
  NMC_POOL: setting(whole(2, 200), '10', 'how many database connections at most, 2 to 200'),
  NMC_FAULTS: setting(
    z.string().check(z.regex(/^(before|after)Commit:(exit|pause:\d{1,6})$/)),
    null,
    'only for tests: afterCommit:exit, afterCommit:pause:500, beforeCommit:exit, beforeCommit:pause:500',
  ),
} as const;
type Name = keyof typeof SETTINGS;

/** What the hub needs to know before it starts. */
export interface HubConfig {
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly data: string;
  /** Null = the embedded PostgreSQL under {@link data}. */
  readonly databaseUrl: string | null;
  /** The master secret as given; null = kept in `secret.key` under {@link data}. */
  readonly secret: string | null;
  readonly province: string;
  readonly publicUrl: string | null;
  readonly trustProxy: boolean;
  readonly web: string;
  readonly log: 'file' | 'stderr' | 'off';
  readonly pool: number;
  readonly faults: string | null;
}

/**
 * The settings from an environment. Errors: named `ConfigError`, with every wrong
 * variable in `variables` and what to write in the message, never a value.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): HubConfig {
  const wrong: { name: string; text: string }[] = [];
  const values = new Map<Name, unknown>();
  for (const name of Object.keys(SETTINGS) as Name[]) {
    const { schema, fallback, hint } = SETTINGS[name] as Setting<unknown>;
    const given = fromEnvironment(env, name, wrong);
    if (given === undefined) continue;
    const text = given ?? fallback;
    if (text === null) {
      values.set(name, null);
      continue;
    }
    const parsed = schema.safeParse(text);
    if (parsed.success) values.set(name, parsed.data);
    else wrong.push({ name, text: `${name}: write ${hint}.` });
  }
  if (wrong.length > 0) {
    const error = new Error(wrong.map((one) => one.text).join('\n'));
    throw Object.assign(error, { name: 'ConfigError', variables: wrong.map((one) => one.name) });
  }
  const get = <T>(name: Name) => values.get(name) as T;
  return {
    port: get('PORT'),
    host: get('HOST'),
    data: resolve(get<string>('NMC_DATA')),
    databaseUrl: get('DATABASE_URL'),
    secret: get('NMC_SECRET'),
    province: get('NMC_PROVINCE'),
    publicUrl: get<string | null>('NMC_PUBLIC_URL')?.replace(/\/$/, '') ?? null,
    trustProxy: get('NMC_TRUST_PROXY') === '1',
    web: resolve(get<string>('NMC_WEB')),
    log: get('NMC_LOG'),
    pool: get('NMC_POOL'),
    faults: get('NMC_FAULTS'),
  };
}

/** The text of a variable, or of the file its `_FILE` twin names; null when neither is set, undefined on error. */
function fromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  wrong: { name: string; text: string }[],
): string | null | undefined {
  const direct = env[name];
  const path = env[`${name}_FILE`];
  if (direct !== undefined && direct !== '' && path) {
    wrong.push({ name, text: `${name}: give either ${name} or ${name}_FILE, not both.` });
    return undefined;
  }
  if (direct !== undefined && direct !== '') return direct;
  if (!path) return null;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    wrong.push({ name: `${name}_FILE`, text: `${name}_FILE: write the path of a file that can be read.` });
    return undefined;
  }
}

/** Where the hub keeps its own small files. */
export const dataFiles = (data: string) => ({
  secret: join(data, 'secret.key'),
  lock: join(data, 'hub.lock'),
  log: join(data, 'hub.log'),
  /** How to reach the embedded database that is running. */
  database: join(data, 'database.json'),
  cluster: join(data, 'postgres'),
});
