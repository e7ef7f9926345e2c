/**
 * The packages the page bench installs: ours as it ships (flavour `tenant`, which requires the bench's host instead of asking
 * for it), and the peers as the smallest extensions that hold them.
 */
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { build as wxtBuild } from 'wxt';
import { READER } from '../../lib/build/extension.ts';
import type { Target } from '../../lib/build/manifest.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PEERS = { automount: 'host-page-peer-automount.ts', records: 'host-page-peer-records.ts' } as const;
export type Peer = keyof typeof PEERS;

/** Builds our package for one browser, bound to the site, into `folder`; answers where it is and the reader's bytes. */
export async function buildOurs(
  browser: Target,
  origin: string,
  folder: string,
): Promise<{ folder: string; reader: number }> {
  const tenants = join(folder, 'tenants.json');
  await writeFile(
    tenants,
    JSON.stringify({ id: 'bench', name: 'Bench', family: 'igate2', origins: [origin] }),
  );
  const before = { flavour: process.env.NMC_FLAVOUR, tenants: process.env.NMC_TENANTS };
  process.env.NMC_FLAVOUR = 'tenant';
  process.env.NMC_TENANTS = tenants;
  const silent = () => undefined;
  const say = { fatal: console.error, warn: console.error, error: console.error };
  const logger = { debug: silent, log: silent, info: silent, success: silent, level: 1, ...say };
  const write = process.stdout.write;
  process.stdout.write = () => true;
  try {
    await wxtBuild({ root: ROOT, browser, mode: 'production', outDir: folder, logger });
  } finally {
    process.stdout.write = write;
    restore('NMC_FLAVOUR', before.flavour);
    restore('NMC_TENANTS', before.tenants);
  }
  const built = join(folder, `${browser}-mv3-tenant`);
  return { folder: built, reader: (await stat(join(built, READER))).size };
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** Writes a peer as an unpacked extension and answers its folder. */
export async function buildPeer(peer: Peer, browser: Target, folder: string): Promise<string> {
  const home = join(folder, `${peer}-${browser}`);
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: home,
      emptyOutDir: true,
      lib: {
        entry: join(import.meta.dirname, PEERS[peer]),
        formats: ['iife'],
        name: 'peer',
        fileName: () => 'peer.js',
      },
    },
  });
  const gecko = { id: `${peer}@bench.example`, strict_min_version: '140.0' };
  await writeFile(
    join(home, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: `bench ${peer}`,
      version: '1.0',
      host_permissions: ['http://127.0.0.1/*'],
      content_scripts: [{ matches: ['http://127.0.0.1/*'], js: ['peer.js'], run_at: 'document_end' }],
      ...(browser === 'firefox' ? { browser_specific_settings: { gecko } } : {}),
    }),
  );
  return home;
}
