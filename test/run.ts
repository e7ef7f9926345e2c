/**
 * `npm test [project …]`: finds or installs the browsers, builds what the browser tests drive, runs every test and ends
 * with one plain line "N passed, N failed". A part that could not run counts as failed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needBrowser } from '../lib/build/browsers.ts';

const PROJECTS = ['unit', 'hub', 'build', 'browser', 'days'] as const;
/** Whole randomised days on every practice system: run when they are named. */
const ON_REQUEST = new Set<string>(['days']);
const NEEDS_BROWSERS = new Set<string>(['browser', 'days']);
const NEEDS_BUILD = new Set<string>(['build', 'browser', 'days']);

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numFailedTestSuites: number;
  readonly success: boolean;
}

const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
if (process.argv.includes('--help')) {
  console.log(`npm test [${PROJECTS.join('|')} …]   runs the named parts, or all but days`);
  process.exit(0);
}
const unknown = asked.filter((name) => !PROJECTS.some((project) => project === name));
if (unknown.length > 0) {
  console.error(`Unknown part: ${unknown.join(', ')}. Parts: ${PROJECTS.join(', ')}`);
  process.exit(2);
}
const projects = asked.length > 0 ? asked : PROJECTS.filter((name) => !ON_REQUEST.has(name));
let passed = 0;
let failed = 0;

function fail(reason: string): void {
  failed += 1;
  console.error(`FAIL ${reason}`);
}

function prepare(): void {
  if (projects.some((name) => NEEDS_BROWSERS.has(name))) {
    for (const browser of ['chromium', 'firefox'] as const) {
      try {
        needBrowser(browser);
      } catch (error) {
        fail((error as Error).message);
      }
    }
  }
  if (projects.some((name) => NEEDS_BUILD.has(name))) {
    for (const flavour of [[], ['--flavour', 'test']]) {
      const done = spawnSync(process.execPath, ['lib/build/build.ts', ...flavour], { stdio: 'inherit' });
      if (done.status !== 0) fail(`build ${flavour.join(' ')}`);
    }
  }
}

function run(project: string, folder: string): void {
  const file = join(folder, `${project}.json`);
  console.log(`\n── ${project} ──`);
  const started = Date.now();
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const done = spawnSync('vitest', ['run', '--project', project, ...reporters], { stdio: 'inherit' });
  console.log(`${project}: ${Math.round((Date.now() - started) / 1000)} s`);
  let report: VitestReport;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    fail(`${project}: the runner ended without a report (exit ${done.status})`);
    return;
  }
  passed += report.numPassedTests;
  failed += report.numFailedTests + report.numPendingTests + report.numTodoTests;
  const isSilent = report.numFailedTests === 0 && (done.status !== 0 || report.numPassedTests === 0);
  if (isSilent) fail(`${project}: no test ran, a suite could not load, or an error escaped`);
}

const folder = mkdtempSync(join(tmpdir(), 'nmc-test-'));
try {
  prepare();
  for (const project of projects) run(project, folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
