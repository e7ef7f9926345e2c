/** A hub with its database, a cable to it, and kiosks that can be switched on and have their power cut. */
import { mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumFlags, needBrowser } from '../../lib/build/browsers.ts';
import { buildWeb } from '../../lib/build/web.ts';
import { type Entry, readLine } from '../../lib/domain/entry.ts';
import { readConfig } from '../../lib/hub/config.ts';
import { startHub } from '../../lib/hub/server.ts';
import { activateByCode, killBrowser, type Profile } from '../browser/kiosk-device.ts';
import { hubCommand } from './hub-process.ts';
import { type FaultyCable, layCable } from './kiosk-cable.ts';
import { installRobot, type Seen } from './kiosk-robot.ts';

const UNITS = 'id,parent,name,kind,agency_codes,aliases,valid_from,valid_to\nmau,,Tỉnh Mẫu,province,H99,,,\n';

export interface KioskWorld {
  readonly cable: FaultyCable;
  /** A scratch folder that goes with the world. */
  readonly folder: string;
  /** One-time code for a kiosk. */
  code(): string;
  /** Every entry the hub has of kiosks, with who sent it. */
  entries(): Promise<HubEntry[]>;
  /** What the nightly job says about roll-ups against the entries. */
  recompute(): string;
  close(): Promise<void>;
}

export interface HubEntry {
  readonly device: string;
  readonly line: string;
  readonly entry: Entry;
}

/** Starts the hub on the kiosk built into `web`, or built now. */
export async function startKioskWorld(web: string | null = null): Promise<KioskWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'nmc-faults-kiosk-'));
  const data = join(folder, 'data');
  const pages = web ?? join(folder, 'web');
  if (web === null) await buildWeb({ outDir: pages, pages: ['kiosk'] });
  const hub = await startHub(readConfig({ NMC_DATA: data, NMC_WEB: pages, PORT: '0' }), { log: () => {} });
  const cable = await layCable(Number(new URL(hub.url).port));
  writeFileSync(join(folder, 'units.csv'), UNITS);
  hubCommand(data, ['import', 'units', join(folder, 'units.csv')]);
  return {
    cable,
    folder,
    code: () => hubCommand(data, ['activate', '--unit', 'mau', '--kind', 'kiosk', '--name', 'Quầy']).trim(),
    async entries() {
      const rows = await hub.db.tx({ role: 'ingest' }, (query) =>
        query<{ device: string; line: string }>(
          'SELECT device, line FROM entry WHERE province = $1 ORDER BY device, stream, seq',
          [hub.db.province],
        ),
      );
      return rows.map(({ device, line }) => ({ device, line, entry: entryOf(line) }));
    },
    recompute: () => hubCommand(data, ['recompute', '--check']).trim().split('\n').at(-1) ?? '',
    async close() {
      await cable.close();
      await hub.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface KioskRun {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Cuts the power: every process of the browser is gone when this resolves. */
  kill(): Promise<void>;
}

export interface SwitchOn {
  /** Milliseconds added to the device's clock. */
  readonly offset?: number;
  /** Each second copy of a line takes up to so many milliseconds longer. */
  readonly slow?: number;
  readonly onSeen?: (seen: Seen) => void;
}

/** Opens the kiosk in the browser of this profile. */
export async function switchOn(url: string, profile: Profile, how: SwitchOn = {}): Promise<KioskRun> {
  const context = await chromium.launchPersistentContext(profile.folder, {
    executablePath: needBrowser('chromium'),
    args: chromiumFlags(),
    viewport: { width: 1280, height: 800 },
  });
  const lock = readlinkSync(join(profile.folder, 'SingletonLock'));
  const pid = Number(lock.slice(lock.lastIndexOf('-') + 1));
  await context.exposeBinding('nmcSaw', (_source, seen: Seen) => how.onSeen?.(seen));
  await context.addInitScript(installRobot, { offset: how.offset ?? 0, slow: how.slow ?? 0 });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${url}/kiosk/`);
  return {
    context,
    page,
    async kill() {
      const closed = new Promise<void>((done) => context.once('close', () => done()));
      killGroup(pid);
      while (killBrowser(profile) > 0) await new Promise((done) => setImmediate(done));
      await closed;
    },
  };
}

/** The browser leads a process group of its own: one signal reaches all of it at once. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    process.kill(pid, 'SIGKILL');
  }
}

/** A new device, activated at the hub, ready for citizens and to start without a network. */
export async function enrolled(world: KioskWorld, profile: Profile, how: SwitchOn = {}): Promise<KioskRun> {
  const run = await switchOn(world.cable.url, profile, how);
  await activateByCode(run.page, world.cable.url, world.code());
  await run.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await run.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return run;
}

export interface KioskJournal {
  readonly lines: readonly string[];
  /** Lines in streams that are not received. */
  readonly unsent: number;
}

/** The journal as it lies in the page's database, read beside the product. */
export async function journalOf(page: Page): Promise<KioskJournal> {
  const [lines, streams] = await Promise.all([
    rowsIn<{ stream: number; seq: number; line: string }>(page, 'nmc-journal-nmc-kiosk', 'lines'),
    rowsIn<{ stream: number; received: [number, number][]; settled: [number, number][] }>(
      page,
      'nmc-journal-nmc-kiosk',
      'streams',
    ),
  ]);
  const isReceived = (stream: number, seq: number) =>
    streams.some(
      (row) =>
        row.stream === stream &&
        [...row.received, ...row.settled].some(([first, last]) => first <= seq && seq <= last),
    );
  return {
    lines: lines.map(({ line }) => line),
    unsent: lines.filter(({ stream, seq }) => !isReceived(stream, seq)).length,
  };
}

/** False when the device has lost its keys with its database. */
export async function isActivated(page: Page): Promise<boolean> {
  return (await rowsIn(page, 'nmc-device', 'device')).length > 0;
}

/** The rows of a table of the page's database; none where the database or the table is not there yet. */
function rowsIn<Row>(page: Page, database: string, table: string): Promise<Row[]> {
  return page.evaluate(
    async ([name, store]) => {
      if (!(await indexedDB.databases()).some((one) => one.name === name)) return [];
      const opened = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      try {
        if (!opened.objectStoreNames.contains(store)) return [];
        const asked = opened.transaction(store).objectStore(store).getAll();
        await new Promise((done) => {
          asked.onsuccess = done;
        });
        return asked.result;
      } finally {
        opened.close();
      }
    },
    [database, table] as const,
  );
}

/** Two clocks that are further apart than any wait to try again: the device takes neither for "later today". */
export const APART = 3 * 86_400_000;

/** Has the device send until the hub has everything. */
export async function sendAll(run: KioskRun): Promise<void> {
  let isBack = false;
  while ((await journalOf(run.page)).unsent > 0) {
    isBack = !isBack;
    await nudge(run.page, isBack ? -APART : 0);
    await run.page.waitForTimeout(200);
  }
}

/** Sets the device's clock and has it try to send now. */
export async function nudge(page: Page, offset: number): Promise<void> {
  await page.evaluate((to) => {
    window.nmcRobot.setClock(to);
    window.nmcRobot.online();
  }, offset);
}

export function entryOf(line: string): Entry {
  const reading = readLine(line);
  if (!reading.ok) throw new Error(reading.message);
  return reading.entry;
}
