/** Builds the extension for one browser and flavour, and measures it against its budgets. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { build as wxtBuild } from 'wxt';
import { withLock } from './lock.ts';
import type { Flavour, Target } from './manifest.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** What every granted page loads, raw bytes (DESIGN §4, Budgets). */
export const READER_LIMIT = 20_000;
export const READER = 'content-scripts/reader.js';

export interface ExtensionReport {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Raw bytes of the reader; null when there is none in the tree yet. */
  readonly reader: number | null;
}

/** The folder a build writes. */
function folderOf(browser: Target, flavour: Flavour): string {
  return join(ROOT, '.output', `${browser}-mv3${flavour === 'generic' ? '' : `-${flavour}`}`);
}

/**
 * Builds one package and measures it; {@link overBudget} judges. `tenants` names the file of flavour `tenant`.
 * Errors: WXT's own.
 */
export function buildExtension(browser: Target, flavour: Flavour, tenants = ''): Promise<ExtensionReport> {
  return withLock(lockOf(browser, flavour), () => build(browser, flavour, tenants));
}

const lockOf = (browser: Target, flavour: Flavour) => `${folderOf(browser, flavour)}.lock`;

async function build(browser: Target, flavour: Flavour, tenants: string): Promise<ExtensionReport> {
  process.env.NMC_FLAVOUR = flavour;
  process.env.NMC_TENANTS = tenants;
  const restore = hush();
  try {
    await wxtBuild({ root: ROOT, browser, mode: 'production', logger: quiet() });
  } finally {
    restore();
  }
  return measure(folderOf(browser, flavour));
}

/** What is wrong with the sizes, and what to do; null when all is well. */
export function overBudget({ reader }: ExtensionReport): string | null {
  if (reader === null) return `${READER} was not built`;
  if (reader <= READER_LIMIT) return null;
  return `${READER} is ${reader} bytes, over its ${READER_LIMIT}: move what a page need not load into the panel or the worker`;
}

/** The folder of a package that is as new as its sources; builds it when it is not. For tests and demos. */
export function ensureExtension(browser: Target, flavour: Flavour): Promise<string> {
  const folder = folderOf(browser, flavour);
  return withLock(lockOf(browser, flavour), async () => {
    const built = await stat(join(folder, 'manifest.json')).then(
      (one) => one.mtimeMs,
      () => 0,
    );
    const sources = await newest(SOURCES.map((name) => join(ROOT, name)));
    if (built < sources) await build(browser, flavour, '');
    return folder;
  });
}

const SOURCES = [
  'lib',
  'components',
  'entrypoints',
  'public',
  'test/fixtures',
  'wxt.config.ts',
  'package-lock.json',
];

async function newest(paths: readonly string[]): Promise<number> {
  const times = await Promise.all(
    paths.map(async (path) => {
      const one = await stat(path);
      if (!one.isDirectory()) return one.mtimeMs;
      return newest((await readdir(path)).map((name) => join(path, name)));
    }),
  );
  return Math.max(0, ...times);
}

/** Sizes of a built package. */
async function measure(folder: string): Promise<ExtensionReport> {
  const names = await filesUnder(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  const at = names.indexOf(READER);
  return {
    folder,
    files: names.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    reader: at < 0 ? null : sizes[at]!,
  };
}

/** Paths of all files under a folder, relative, with `/`, sorted. */
export async function filesUnder(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((one) => one.isFile())
    .map((one) => relative(folder, join(one.parentPath, one.name)).replaceAll('\\', '/'))
    .sort();
}

export function readText(folder: string, name: string): Promise<string> {
  return readFile(join(folder, name), 'utf8');
}

/** WXT draws a spinner even into a pipe; only a terminal gets to see it. */
function hush(): () => void {
  if (process.stdout.isTTY) return () => undefined;
  const write = process.stdout.write;
  process.stdout.write = () => true;
  return () => {
    process.stdout.write = write;
  };
}

/** Warnings and errors only: our own lines say the rest. */
function quiet() {
  const silent = () => undefined;
  return {
    debug: silent,
    log: silent,
    info: silent,
    success: silent,
    fatal: console.error,
    warn: console.warn,
    error: console.error,
    level: 1,
  };
}
