/**
 * `npm run zip`: builds the generic extension for both browsers and packs each for its store. The same sources give
 * the same bytes: names sorted, one fixed date. `-- --tenant FILE` requires that tenant's hosts (for policy).
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { buildExtension, filesUnder, overBudget } from './extension.ts';
import { readTenants } from './tenants.ts';

/** The ZIP format begins in 1980; the date says nothing, so that it changes nothing. */
const DATE = new Date(1980, 0, 1, 0, 0, 0);
const root = resolve(import.meta.dirname, '../..');

/** The package of a built folder. */
export async function packFolder(folder: string): Promise<Uint8Array> {
  const names = await filesUnder(folder);
  const files = await Promise.all(
    names.map(async (name) => [name, new Uint8Array(await readFile(join(folder, name)))] as const),
  );
  return zipSync(Object.fromEntries(files), { level: 9, mtime: DATE });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { tenant: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(
      'npm run zip [-- --tenant FILE]   packs for both stores; FILE (JSON, as lib/adapters/tenants/nghe-an.json) names hosts that are then required',
    );
    return;
  }
  const tenants = values.tenant === undefined ? '' : resolve(values.tenant);
  try {
    readTenants(tenants);
  } catch (error) {
    console.error(`--tenant: ${(error as Error).message}`);
    process.exitCode = 2;
    return;
  }
  const flavour = tenants === '' ? 'generic' : 'tenant';
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  for (const browser of ['chrome', 'firefox'] as const) {
    const report = await buildExtension(browser, flavour, tenants);
    const problem = overBudget(report);
    if (problem !== null) throw new Error(problem);
    const bytes = await packFolder(report.folder);
    const path = join(
      root,
      '.output',
      `nhip-mot-cua-${version}-${browser}${flavour === 'tenant' ? '-tenant' : ''}.zip`,
    );
    await writeFile(path, bytes);
    const hash = createHash('sha256').update(bytes).digest('hex');
    console.log(`${path}: ${(bytes.length / 1000).toFixed(1)} kB, sha256 ${hash}`);
  }
}

if (process.argv[1] === import.meta.filename) await main();
