/**
 * An official's morning and the citizens' ratings, end to end: built extension, real service workers, real PostgreSQL, real
 * Chromium. The figures read from the dashboard's screen must equal what the practice systems computed from their
 * own logs; the same hand-over files in the unit page must give the same; a full resend must change nothing; and no
 * planted personal data may be found anywhere behind the page.
 */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addDays, dayOf } from '../../lib/domain/dates.ts';
import { releasedThrough } from '../../lib/domain/holiday.ts';
import { periodOf } from '../../lib/domain/period.ts';
import { accountOf, type ExpectedFigures } from '../portals/index.ts';
import { puppeteerDriver } from './driver.ts';
import { named, provinceFigures, unitFigures, type Visits, visitFigures } from './expected.ts';
import { type Driver, saveDownloads, startDriver } from './extension-driver.ts';
import { downloaded, press, readFigures, upload, write } from './hands.ts';
import { makeProfile, openBrowser, type Profile } from './kiosk-device.ts';
import { enrolKiosk, handOverKiosk, syncKiosk, takeVisits } from './kiosk-visits.ts';
import { actionsByPerson } from './ledger.ts';
import { type MorningReport, PEOPLE, playMorning } from './morning.ts';
import { changeDuty, enrol, logIn, showFigures, syncNow } from './own-pages.ts';
import { quiet } from './quiet.ts';
import { CATALOGUE_CSV, ROOT, startWorld, UNITS_CSV, type World } from './world.ts';

/** Marked personal data, planted in cells, titles, toasts and query strings of the portals. */
const SECRETS = [
  'Đặng Thị Bí Mật',
  'Hoàng Văn Kín Đáo',
  '040190077531',
  '040285066642',
  '0912007753',
  '0987006664',
];

let world: World;
let driver: Driver;
let kioskProfile: Profile;
let work: Page;
let dashboard: Page;
let report: MorningReport;
let visits: Visits;
let kills = 0;
let files: string;
let resent: { before: string; figures: Record<string, number | null> };

async function figuresOf(unit: string): Promise<Record<string, number | null>> {
  await press(dashboard, '[data-action="reload"]');
  await showFigures(dashboard, unit, period);
  return readFigures(dashboard);
}

/** A run over midnight would see two days: near the end of one it waits for the next. Milliseconds. */
const LONGEST_RUN = 300_000;

beforeAll(async () => {
  await vi.waitUntil(() => dayOf(Date.now() + LONGEST_RUN) === today(), {
    timeout: 2 * LONGEST_RUN,
    interval: 1_000,
  });
  world = await startWorld({ seed: 11, mode: 'reload', latencyMs: 0, secrets: SECRETS });
  files = join(world.folder, 'files');
  mkdirSync(files);
  driver = await startDriver();
  await saveDownloads(driver, files);
  await enrol(driver, {
    hub: world.hub.url,
    code: world.code('extension', 'Quầy số 1'),
    portals: world.portals,
    people: PEOPLE,
  });
  work = await driver.browser.newPage();
  await work.setViewport({ width: 1366, height: 768 });
}, 3 * LONGEST_RUN);

afterAll(async () => {
  await driver?.close();
  await kioskProfile?.remove();
  await world?.close();
});

describe('a morning at the counter', () => {
  it('is worked on three systems, two people in turn, with the worker killed twice', async () => {
    report = await playMorning(puppeteerDriver(work), world.portals, {
      changeDuty: async (person) => {
        await changeDuty(driver, person);
        await work.bringToFront();
      },
      killWorker: async () => {
        if (await driver.killWorker()) kills += 1;
      },
      settled: () => quiet(work),
    });
    expect(kills).toBe(2);
    expect(report.confirmed.length).toBeGreaterThanOrEqual(20);
    expect(report.mustNotCount.length).toBeGreaterThanOrEqual(12);
    expect(accountNow().seen.dossiers).toBeGreaterThanOrEqual(60);
  });

  it('twelve citizens rate offline and one leaves', async () => {
    kioskProfile = await makeProfile();
    const context = await openBrowser(kioskProfile);
    const page = context.pages()[0] ?? (await context.newPage());
    await enrolKiosk(page, world.hub.url, world.code('kiosk', 'Thiết bị đánh giá quầy 1'));
    await context.setOffline(true);
    await page.reload();
    visits = await takeVisits(page);
    await handOverKiosk(page, files);
    await context.setOffline(false);
    await syncKiosk(page);
    await context.close();
  });

  it('everything reaches the hub', async () => {
    await syncNow(driver);
    const options = await driver.own('options.html#handover');
    await press(options, '[data-action="handover-all"]');
    await downloaded(files, '.nmc', 2);
    await options.close();
    dashboard = await driver.browser.newPage();
    await logIn(dashboard, world.hub.url, world.admin);
  });
});

const today = () => dayOf(Date.now());
/** The reporting year that holds today. */
const { id: period, from, to } = periodOf('report', 'Y', today());
/** What the practice systems compute now. */
const accountNow = (): ExpectedFigures => accountOf(world.portals, { from, to, asOf: today() });

describe('the dashboard at the hub', () => {
  it('shows for the province exactly what the practice systems computed, undecided counts included', async () => {
    const expected = provinceFigures(accountNow());
    await showFigures(dashboard, ROOT, period);
    const shown = await readFigures(dashboard);
    expect(named(shown, expected)).toEqual(expected);
    expect(accountNow().total.rates.onTime.undecided).toBeGreaterThan(0);
  });

  it('and for every unit', async () => {
    for (const [unit, expected] of Object.entries(accountNow().units)) {
      if (unit === 'unassigned' || unit === ROOT) continue;
      const wanted = unitFigures(expected);
      const shown = await figuresOf(unit);
      expect({ unit, ...named(shown, wanted) }).toEqual({ unit, ...wanted });
    }
  });

  it('counted what each person did, and only that', async () => {
    expect(await actionsByPerson(driver)).toEqual(accountNow().actions);
  });

  it('is not changed by a full resend of every file', async () => {
    resent = { before: world.command(['census']), figures: await figuresOf(ROOT) };
    for (const file of readdirSync(files).filter((name) => name.endsWith('.nmc'))) {
      const answer = await fetch(`${world.hub.url}/v1/batches`, {
        method: 'POST',
        headers: { 'content-type': 'application/vnd.nmc.batch' },
        body: readFileSync(join(files, file)),
      });
      expect(answer.status).toBe(200);
    }
    expect(world.command(['census'])).toBe(resent.before);
    const expected = provinceFigures(accountNow());
    expect(named(await figuresOf(ROOT), expected)).toEqual(expected);
    // Exits with an error, and so throws, on any difference.
    world.command(['recompute', '--check']);
  });
});

describe('the ratings', () => {
  it('stay hidden on their own day', async () => {
    const shown = await figuresOf(ROOT);
    expect(Object.keys(shown).filter((name) => name.startsWith('ratings.'))).toEqual([]);
  });

  it('stand on the dashboard on the next working day, from a hub that was restarted', async () => {
    await world.restart(laterBy());
    await logIn(dashboard, world.hub.url, world.admin);
    const expected = visitFigures(visits);
    await showFigures(dashboard, ROOT, period);
    expect(named(await readFigures(dashboard), expected)).toEqual(expected);
  });
});

/** Milliseconds until a day on which today's kiosk answers are released. */
function laterBy(): number {
  let days = 1;
  while (releasedThrough(addDays(today(), days)) < today()) days += 1;
  return days * 86_400_000;
}

/** Opens the page again with its clock set forward. */
async function onDay(page: Page, ms: number): Promise<void> {
  await page.evaluateOnNewDocument((by) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + by;
  }, ms);
  await page.reload();
  await page.waitForSelector('[data-nav]');
}

describe('a unit without a hub', () => {
  it('shows the same figures from the hand-over files of the browser and the kiosk', async () => {
    const fresh = mkdtempSync(join(tmpdir(), 'nmc-unit-'));
    const other = await startDriver();
    try {
      for (const name of readdirSync(files).filter((one) => one.endsWith('.nmc'))) {
        copyFileSync(join(files, name), join(fresh, name));
      }
      const page = await other.own('dashboard.html', 1366, 768);
      await write(page, 'unit-name', 'UBND tỉnh Mẫu');
      await press(page, '[data-action="set-up"]');
      const root = await rootOf(page);
      const units = join(fresh, 'units.csv');
      writeFileSync(units, readFileSync(UNITS_CSV, 'utf8').replace(`${ROOT},,`, `${ROOT},${root},`));
      await importCsv(page, 'quan-tri/don-vi', units);
      await importCsv(page, 'quan-tri/danh-muc', CATALOGUE_CSV);
      await importAll(page, fresh);
      await acceptAll(page);
      const expected = provinceFigures(accountNow());
      await showFigures(page, root, period);
      expect(named(await readFigures(page), expected)).toEqual(expected);
      await onDay(page, laterBy());
      await showFigures(page, root, period);
      const ratings = visitFigures(visits);
      expect(named(await readFigures(page), ratings)).toEqual(ratings);
    } finally {
      await other.close();
      rmSync(fresh, { recursive: true, force: true });
    }
  });
});

async function importCsv(page: Page, route: string, file: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${route}`);
  await page.waitForSelector('input[type=file]');
  await upload(page, 'input[type=file]', [file]);
  await press(page, '[data-action="import-save"]');
  await page.waitForSelector('[data-banner="saved"]');
}

async function importAll(page: Page, folder: string): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/nhap-tep';
  });
  const names = readdirSync(folder).filter((name) => name.endsWith('.nmc'));
  await upload(
    page,
    'input[type=file]',
    names.map((name) => join(folder, name)),
  );
  await page.waitForFunction((n) => document.querySelectorAll('[data-result]').length >= n, {}, names.length);
}

async function acceptAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/thiet-bi';
  });
  await page.waitForSelector('[data-action="accept"]');
  for (;;) {
    const left = (await page.$$('[data-action="accept"]')).length;
    if (left === 0) return;
    await press(page, '[data-action="accept"]');
    await press(page, '[data-action="yes"]');
    await page.waitForFunction(
      (n) => document.querySelectorAll('[data-action="accept"]').length < n,
      {},
      left,
    );
  }
}

async function rootOf(page: Page): Promise<string> {
  await page.evaluate(() => {
    location.hash = '#/so-lieu';
  });
  const shown = await page.waitForSelector('[data-figures-of]');
  return shown!.evaluate((one) => (one as HTMLElement).dataset.figuresOf!.split('|')[0]!);
}

/** Lines of every hand-over file, opened with nothing but gzip. */
function handedOverLines(): string[] {
  return readdirSync(files)
    .filter((name) => name.endsWith('.nmc'))
    .flatMap((name) => {
      const bytes = readFileSync(join(files, name));
      const text = gunzipSync(bytes.subarray(bytes.indexOf(10) + 1)).toString('utf8');
      return text.split('\n').filter((line) => line !== '');
    });
}

describe('planted personal data', () => {
  /** As written, folded, and any run of eight digits or more with its separators taken out. */
  const marks = SECRETS.flatMap((secret) => [
    secret,
    secret.normalize('NFD'),
    encodeURIComponent(secret),
    secret.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd'),
  ]).map((mark) => mark.toLowerCase());
  const foundIn = (text: string) => marks.filter((mark) => text.toLowerCase().includes(mark));

  it('was really on the pages', async () => {
    await work.bringToFront();
    await work.goto(`${world.portals.td.url}/dvc/xu-ly-ho-so/dang-xu-ly`);
    await work.waitForSelector('.ant-table-row');
    const text = await work.evaluate(() => document.body.textContent);
    expect(foundIn(text ?? '')).not.toEqual([]);
  });

  it('is in no line of the journal and no batch', () => {
    const lines = handedOverLines();
    expect(lines.length).toBeGreaterThan(60);
    expect(foundIn(lines.join('\n'))).toEqual([]);
    for (const name of readdirSync(files)) expect(foundIn(name)).toEqual([]);
  });

  it('is in no table of the hub and no line of its log, and neither is a dossier code', async () => {
    const dump = await dumpDatabase();
    expect(dump.length).toBeGreaterThan(10_000);
    expect(foundIn(dump)).toEqual([]);
    expect(world.log.length).toBeGreaterThan(0);
    expect(foundIn(world.log.join('\n'))).toEqual([]);
    const codes = [...world.portals.igate2.dossiers, ...world.portals.td.dossiers].map(({ code }) => code);
    expect(codes.filter((code) => dump.includes(code) || world.log.join('\n').includes(code))).toEqual([]);
  });
});

/** Every row of every table as text. */
async function dumpDatabase(): Promise<string> {
  return world.hub.db.tx({ role: 'owner' }, async (query) => {
    const tables = await query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'nmc'`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const rows = await query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      parts.push(name, ...rows.map(({ row }) => row));
    }
    return parts.join('\n');
  });
}
