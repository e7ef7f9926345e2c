/**
 * `npm run build`: the extension for Chrome and Firefox and the web pages, with their sizes.
 * `--flavour test`: the extension with this machine's hosts granted (practice portals). `--only chrome|firefox|web`.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildExtension, overBudget } from './extension.ts';
import { type Flavour, TEST_ID } from './manifest.ts';
import { buildWeb } from './web.ts';

const PARTS = ['chrome', 'firefox', 'web'] as const;
const { values } = parseArgs({ options: { flavour: { type: 'string' }, only: { type: 'string' } } });
const flavour: Flavour | null =
  values.flavour === undefined || values.flavour === 'generic'
    ? 'generic'
    : values.flavour === 'test'
      ? 'test'
      : null;
const wanted = PARTS.filter((part) => values.only === undefined || values.only === part);

if (flavour === null || wanted.length === 0) {
  console.error('Usage: npm run build -- [--flavour generic|test] [--only chrome|firefox|web]');
  process.exit(2);
}

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const root = resolve(import.meta.dirname, '../..');

for (const part of wanted) {
  if (part === 'web') {
    if (flavour === 'test' && values.only === undefined) continue;
    const { pages } = await buildWeb({ outDir: join(root, '.output/web') });
    for (const page of pages) {
      console.log(
        `${page.folder}: ${page.files} files, ${kB(page.bytes)}, first screen ${kB(page.firstScreen)} gzip`,
      );
    }
    continue;
  }
  const report = await buildExtension(part, flavour);
  console.log(
    `${report.folder}: ${report.files} files, ${kB(report.bytes)}, reader ${kB(report.reader ?? 0)} raw`,
  );
  const problem = overBudget(report);
  if (problem !== null) {
    console.error(problem);
    process.exitCode = 1;
  }
}
if (flavour === 'test') console.log(`Chrome id of the test build: ${TEST_ID}`);
