/** The packs' fixtures as data of the package: `fixtures/<pack>.json`, fetched by the workshop when it runs them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve(import.meta.dirname, '../../test/fixtures/portals');

/** One asset per pack, in a stable order: the same sources give the same bytes. */
export function fixtureAssets(folder = FOLDER): { relativeDest: string; contents: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory() && /^[a-z0-9-]+$/.test(one.name))
    .map((one) => one.name)
    .sort()
    .map((pack) => ({
      relativeDest: `fixtures/${pack}.json`,
      contents: JSON.stringify(fixturesOf(join(folder, pack))),
    }));
}

function fixturesOf(folder: string): { name: string; html: string; expected: unknown }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.html') && existsSync(join(folder, name.replace(/html$/, 'json'))))
    .sort()
    .map((name) => ({
      name: name.slice(0, -5),
      html: readFileSync(join(folder, name), 'utf8'),
      expected: JSON.parse(readFileSync(join(folder, name.replace(/html$/, 'json')), 'utf8')) as unknown,
    }));
}
