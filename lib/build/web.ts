/**
 * Builds the web pages: the dashboard at `/`, the kiosk at `/kiosk/` and the phone's form at `/form/`, each from its folder in `entrypoints/`, with
 * content-hashed assets, and the kiosk's service worker with the list of everything it precaches.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type InlineConfig, build as viteBuild } from 'vite';
import type { Precached } from '../kiosk/worker.ts';
import { INSTALL_FOLDER, installPage } from './install-page.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** The floor of the built code (DESIGN §4). */
const TARGET = ['chrome109', 'firefox140', 'safari16'];
/** Script loaded before the first screen, gzip, at most (DESIGN §9). */
export const FIRST_SCREEN_LIMIT = 60 * 1024;

/** What must be there offline. */
const PRECACHED = /\.(?:html|js|css|svg|png|webmanifest|woff2|mp3|ogg)$/;
const MOST_BYTES = 8 * 1024 * 1024;
/** Where the list stands in the worker's source. */
const FILES_MARK = 'self.NMC_FILES';

export type WebPageName = 'dashboard' | 'kiosk' | 'form';
const BASES: Record<WebPageName, string> = { dashboard: '/', kiosk: '/kiosk/', form: '/form/' };
/** What portals load to show the widget: one classic script, bytes at most. */
export const LOADER_LIMIT = 3_000;

export interface PageReport {
  readonly name: WebPageName;
  readonly folder: string;
  readonly files: number;
  /** Raw bytes of all files. */
  readonly bytes: number;
  /** Gzip bytes of the scripts loaded before the first screen. */
  readonly firstScreen: number;
  /** Files the service worker precaches; null where there is none. */
  readonly precached: number | null;
}

export interface WebReport {
  readonly outDir: string;
  readonly pages: readonly PageReport[];
}

export interface WebOptions {
  /** The folder that gets `dashboard/`, `kiosk/` and `form/`, e.g. `.output/web`. Each page's folder is emptied first. */
  readonly outDir: string;
  /** Pages to build; by default every one that has an `index.html`. */
  readonly pages?: readonly WebPageName[];
}

/** Builds the pages that exist. Errors: Vite's own, and a kiosk over {@link FIRST_SCREEN_LIMIT}. */
export async function buildWeb({ outDir, pages }: WebOptions): Promise<WebReport> {
  const version = await packageVersion();
  const wanted = (pages ?? (['dashboard', 'kiosk', 'form'] as const)).filter((name) =>
    existsSync(join(ROOT, 'entrypoints', name, 'index.html')),
  );
  const reports: PageReport[] = [];
  for (const name of wanted) reports.push(await buildPage(name, resolve(outDir, name), version));
  return { outDir: resolve(outDir), pages: reports };
}

async function buildPage(name: WebPageName, folder: string, version: string): Promise<PageReport> {
  const source = join(ROOT, 'entrypoints', name);
  const publicDir = join(source, 'public');
  await viteBuild({
    ...shared(version),
    root: source,
    base: BASES[name],
    publicDir: existsSync(publicDir) ? publicDir : false,
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: TARGET,
      manifest: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  });
  const firstScreen = await firstScreenScriptBytes(folder);
  await rm(join(folder, '.vite'), { recursive: true });
  if (name === 'kiosk') await writeFile(join(folder, INSTALL_FOLDER, 'index.html'), installPage());
  const worker = join(source, 'sw.ts');
  const precached = existsSync(worker) ? await buildWorker(worker, folder, version) : null;
  const loader = join(source, 'widget.ts');
  if (existsSync(loader)) await buildLoader(loader, folder, version);
  if (name !== 'dashboard' && firstScreen > FIRST_SCREEN_LIMIT) {
    throw new Error(
      `${name}: ${firstScreen} bytes of script before the first screen, over ${FIRST_SCREEN_LIMIT}`,
    );
  }
  const { files, bytes } = await contentOf(folder);
  return { name, folder, files, bytes, firstScreen, precached };
}

/** Bundles the worker to one classic script and writes the precache list into it. Returns the number of files in it. */
async function buildWorker(source: string, folder: string, version: string): Promise<number> {
  const work = join(folder, '.worker');
  await mkdir(work, { recursive: true });
  await viteBuild({
    ...shared(version),
    root: ROOT,
    publicDir: false,
    build: {
      outDir: work,
      emptyOutDir: true,
      target: TARGET,
      reportCompressedSize: false,
      lib: { entry: source, formats: ['iife'], name: 'worker', fileName: () => 'sw.js' },
    },
  });
  const files = await precacheList(folder);
  const script = await readFile(join(work, 'sw.js'), 'utf8');
  if (!script.includes(FILES_MARK)) throw new Error(`service worker: no ${FILES_MARK} in it`);
  await rm(work, { recursive: true });
  await writeFile(
    join(folder, 'sw.js'),
    script.replace(FILES_MARK, () => JSON.stringify(files)),
  );
  return files.length;
}

/** Every file of a built folder that must be there offline, with its length and SHA-256. Errors: one over {@link MOST_BYTES}. */
async function precacheList(folder: string): Promise<Precached[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && PRECACHED.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => path !== 'sw.js' && !path.startsWith('.'))
    .sort();
  return Promise.all(
    paths.map(async (url) => {
      const content = await readFile(join(folder, url));
      if (content.length > MOST_BYTES) throw new Error(`service worker: ${url} has ${content.length} bytes`);
      return { url, bytes: content.length, sha256: createHash('sha256').update(content).digest('base64') };
    }),
  );
}

/** Bundles the widget's loader to `widget.js`. Errors: over {@link LOADER_LIMIT}. */
async function buildLoader(source: string, folder: string, version: string): Promise<void> {
  await viteBuild({
    ...shared(version),
    root: ROOT,
    publicDir: false,
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: TARGET,
      reportCompressedSize: false,
      lib: { entry: source, formats: ['iife'], name: 'nmcWidget', fileName: () => 'widget.js' },
    },
  });
  const { length } = await readFile(join(folder, 'widget.js'));
  if (length > LOADER_LIMIT) throw new Error(`widget.js: ${length} bytes, over ${LOADER_LIMIT}`);
}

function shared(version: string): InlineConfig {
  return {
    configFile: false,
    logLevel: 'warn',
    define: {
      'import.meta.env.NMC_VERSION': JSON.stringify(version),
      // A device clock before this day is wrong; the day of the build unless SOURCE_DATE_EPOCH names one.
      'import.meta.env.NMC_BUILT': JSON.stringify(builtOn()),
      'import.meta.env.NMC_FLAVOUR': JSON.stringify('web'),
      'process.env.NODE_ENV': JSON.stringify('production'),
    },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  };
}

/** `yyyy-mm-dd`, UTC. */
function builtOn(): string {
  const epoch = Number(process.env.SOURCE_DATE_EPOCH ?? Number.NaN);
  return new Date(Number.isFinite(epoch) ? epoch * 1000 : Date.now()).toISOString().slice(0, 10);
}

interface ManifestChunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

/**
 * Gzip bytes of the scripts a page loads before its first screen: the entry and what it imports statically. `folder`
 * holds Vite's `.vite/manifest.json`.
 */
export async function firstScreenScriptBytes(folder: string): Promise<number> {
  const manifest: Record<string, ManifestChunk> = JSON.parse(
    await readFile(join(folder, '.vite', 'manifest.json'), 'utf8'),
  );
  const open = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  const seen = new Set<string>();
  let bytes = 0;
  while (open.length > 0) {
    const key = open.pop()!;
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) continue;
    seen.add(key);
    open.push(...(chunk.imports ?? []));
    if (chunk.file.endsWith('.js')) bytes += gzipSync(await readFile(join(folder, chunk.file))).length;
  }
  return bytes;
}

async function contentOf(folder: string): Promise<{ files: number; bytes: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await readFile(join(file.parentPath, file.name))).length),
  );
  return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function packageVersion(): Promise<string> {
  const described: { version: string } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  return described.version;
}
