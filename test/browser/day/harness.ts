/**
 * Plays days on practice systems in a real Chromium with the built test extension, and holds the ledger against what each
 * system says. The device has no hub: it is activated by a unit file whose province key is made here, so that keys can be
 * told apart afterwards.
 *
 *   step ── the system has answered ──> leave at once · stay till the reader says all is read · stay a second
 *        └─ now and then the worker is stopped meanwhile
 */
import { createHmac } from 'node:crypto';
import type { Page } from 'puppeteer-core';
import { normaliseCode } from '../../../lib/domain/codes.ts';
import { type Entry, readLine } from '../../../lib/domain/entry.ts';
import type { LinesAnswer, WorkerView } from '../../../lib/extension/messages.ts';
import type { PageReport } from '../../../lib/extension/page-messages.ts';
import { random } from '../../portals/seed.ts';
import type { LogEntry } from '../../portals/types.ts';
import { type Driver, startDriver } from '../extension-driver.ts';
import { ownAsk } from '../ledger.ts';
import { activateByFile, EPOCH, must } from '../quick-enrol.ts';
import { quiet } from '../quiet.ts';
import { compareDay, type DayFindings } from './compare.ts';
import type { Quiet } from './stints.ts';
import type { DaySystem, StepKind, Variant } from './system.ts';

export interface Want {
  readonly actions: number;
  readonly nonEvents: number;
}

/** What one variant of a day came to. */
export interface DayRun {
  readonly family: string;
  readonly variant: string;
  readonly steps: Readonly<Record<StepKind, number>>;
  readonly kills: number;
  readonly quiets: readonly Quiet[];
  readonly seconds: number;
  readonly findings: DayFindings;
  /** The system's log, its entries in the ledger, and the lists of reports as last told. */
  readonly material: {
    readonly log: readonly LogEntry[];
    readonly entries: readonly Entry[];
    readonly reports: readonly PageReport[];
  };
}

export interface DayBench {
  readonly driver: Driver;
  /** Plays one day of a system and compares; with `holds` not before that is so, or after {@link PATIENCE}. */
  play(
    system: DaySystem,
    variant: Variant,
    want: Want,
    holds?: (findings: DayFindings) => boolean,
  ): Promise<DayRun>;
  close(): Promise<void>;
}

/** How long an end that needs its time is waited for, milliseconds. */
const PATIENCE = 60_000;
/** What share of steps of a kind is left at once, and after a second; the rest when all is read. Rows are what views are for. */
const AT_ONCE: Readonly<Record<StepKind, number>> = { view: 0.03, action: 0.45, nonEvent: 0.55 };
const STANDING = 0.03;
/** Nobody hurries through more pages than this without a look at one. */
const MOST_HURRIED = 2;
const STAND = 1_000;
/** Of a hundred steps so many lose the worker while they are taken. */
const KILL = 0.04;

/** Starts the browser with an activated device. */
export async function startBench(): Promise<DayBench> {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const driver = await startDriver();
  const options = await driver.own('options.html');
  await activateByFile(options, secret);
  const keyOf = (name: string) => {
    const mac = createHmac('sha256', secret).update(normaliseCode(name)).digest();
    return `${EPOCH}:${mac.subarray(0, 16).toString('base64url')}`;
  };
  return {
    driver,
    play: (system, variant, want, holds) => play({ driver, options, keyOf }, system, variant, want, holds),
    close: () => driver.close(),
  };
}

/** Does the work with a bench of its own. */
export async function withBench<T>(work: (bench: DayBench) => Promise<T>): Promise<T> {
  const bench = await startBench();
  try {
    return await work(bench);
  } finally {
    await bench.close();
  }
}

interface Bench {
  readonly driver: Driver;
  readonly options: Page;
  readonly keyOf: (name: string) => string;
}

/** Entries written after `from` lines of the ledger, and how many lines there are now. */
async function readLedger(options: Page, from: number): Promise<{ entries: Entry[]; head: number }> {
  const view = await ownAsk<WorkerView>(options, { type: 'extension-worker/view' });
  const { stream, head } = view.streams[0]!;
  if (view.streams.length !== 1) throw new Error('The journal opened another stream');
  const entries: Entry[] = [];
  for (let first = from + 1; first <= head; first += 1_000) {
    const last = Math.min(head, first + 999);
    const question = { type: 'extension-worker/lines', stream, first, last };
    for (const line of (await ownAsk<LinesAnswer>(options, question)).lines) {
      const reading = readLine(line);
      if (!reading.ok) throw new Error(`Line ${reading.seq}: ${reading.message}`);
      entries.push(reading.entry);
    }
  }
  return { entries, head };
}

function systemOf(entry: Entry): string | null {
  if (entry.kind === 'health') return String(entry.body.detail?.system ?? '');
  return 'system' in entry.body ? entry.body.system : null;
}

/** Every code and row id the system ever named, by its key. */
function namesIn(log: readonly LogEntry[], tenant: string, keyOf: Bench['keyOf']): Map<string, string> {
  const codes = log.flatMap((entry) => {
    if (entry.kind === 'action' || entry.kind === 'notWork') return entry.codes;
    if (entry.kind !== 'rendered') return [];
    const dossiers = entry.dossiers.flatMap(({ code, nationCode }) => [
      code,
      ...(nationCode ? [nationCode] : []),
    ]);
    return [...dossiers, ...entry.documents.map(({ id }) => id)];
  });
  const isCode = /-\d{6}-\d{3,7}$/;
  return new Map(
    [...new Set(codes)].map((code) => [keyOf(isCode.test(code) ? code : `${tenant}/${code}`), code]),
  );
}

async function play(
  bench: Bench,
  system: DaySystem,
  variant: Variant,
  want: Want,
  holds: (findings: DayFindings) => boolean = () => true,
): Promise<DayRun> {
  const { driver, options, keyOf } = bench;
  const began = Date.now();
  const started = await system.start(variant);
  const page = await driver.browser.newPage();
  try {
    const name = `${system.family} ${variant.name}`;
    await must(options, { type: 'extension-worker/bind', origin: started.url, family: system.family, name });
    const { hosts } = await ownAsk<WorkerView>(options, { type: 'extension-worker/view' });
    const { tenant } = hosts.find(({ origin }) => origin === started.url)!;
    const { head } = await readLedger(options, Number.MAX_SAFE_INTEGER);
    await page.setViewport({ width: 1366, height: 900 });
    await page.bringToFront();
    const taken = await takeSteps(bench, started, variant, want, page);
    for (const end = Date.now() + PATIENCE; ; ) {
      await settle(started.log, page, taken.quiets);
      const all = (await readLedger(options, head)).entries;
      const log = [...started.log()];
      const entries = all.filter((entry) => systemOf(entry) === tenant);
      const nameOf = namesIn(log, tenant, keyOf);
      const findings = compareDay({ log, entries, nameOf, quiets: taken.quiets });
      if (!holds(findings) && Date.now() < end) continue;
      const { reports } = await ownAsk<WorkerView>(options, { type: 'extension-worker/view' });
      const told = reports.find((one) => one.system === tenant)?.reports ?? [];
      const seconds = Math.round((Date.now() - began) / 1_000);
      const material = { log, entries, reports: told };
      return { family: system.family, variant: variant.name, ...taken, seconds, findings, material };
    }
  } finally {
    await page.close();
    await ownAsk(options, { type: 'extension-worker/unbind', origin: started.url });
    await started.close();
  }
}

/** Until the reader says that all is read, and once more where the page put its rows up anew meanwhile. */
async function settle(log: () => readonly LogEntry[], page: Page, quiets: Quiet[]): Promise<void> {
  for (let rounds = 0; rounds < 3; rounds += 1) {
    const asked = Date.now();
    await quiet(page);
    quiets.push({ asked, answered: Date.now() });
    if (!log().some((one) => one.kind === 'rendered' && one.at > asked)) return;
  }
}

async function takeSteps(
  { driver }: Bench,
  started: Awaited<ReturnType<DaySystem['start']>>,
  variant: Variant,
  want: Want,
  page: Page,
) {
  const next = random(variant.seed ^ 0x2c1b3c6d);
  const quiets: Quiet[] = [];
  const steps: Record<StepKind, number> = { view: 0, action: 0, nonEvent: 0 };
  const actionsNow = () => started.log().filter(({ kind }) => kind === 'action').length;
  let kills = 0;
  let hurried = 0;
  for (const step of started.steps(want)) {
    const before = actionsNow();
    const isKilled = next() < KILL;
    const moment = next() * 250;
    const killing = isKilled
      ? new Promise((done) => setTimeout(done, moment)).then(() => driver.killWorker())
      : Promise.resolve(false);
    try {
      await step.run(page);
    } catch (error) {
      throw new Error(`${step.kind} ${step.name} at ${page.url()}: ${(error as Error).message}`, {
        cause: error,
      });
    }
    const more = actionsNow() - before;
    if (step.kind === 'action' ? more < 1 : more > 0)
      throw new Error(`${step.kind} ${step.name}: ${more} actions`);
    steps[step.kind] += 1;
    const stay = next();
    const isLong = step.isSeen || hurried >= MOST_HURRIED;
    hurried += 1;
    if (stay < STANDING && !isLong) await new Promise((done) => setTimeout(done, STAND));
    else if (isLong || stay > STANDING + AT_ONCE[step.kind]) {
      await settle(started.log, page, quiets);
      hurried = 0;
    }
    if (await killing) kills += 1;
  }
  return { steps, kills, quiets };
}
