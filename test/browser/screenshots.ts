/**
 * `npm run screenshots`: the pictures of README.md, taken from the running product after the demo's morning. Writes
 * test/readme/{popup,kiosk,dashboard,page}.png and says their sizes; one over 150 kB is an error.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page as TabletPage } from 'playwright-core';
import type { Page } from 'puppeteer-core';
import { needBrowser } from '../../lib/build/browsers.ts';
import { ensureBuilt, inShort, stopRequest } from '../../lib/build/start.ts';
import { type OfficialBrowser, openOfficial, openTablet } from '../demo/browsers.ts';
import { playCitizens, playOfficial, showDashboard } from '../demo/play.ts';
import { withPalette } from '../demo/png.ts';
import { type Stage, setStage, type Undo, undoAll } from '../demo/stage.ts';
import { quiet } from './quiet.ts';

const LIMIT = 150_000;
const QUIET_PACE = { say: () => undefined, pause: 0 };

/** The popup as the toolbar shows it: 360 wide, 600 high at most. */
async function shootPopup(official: OfficialBrowser): Promise<Uint8Array> {
  const page = await official.own('popup.html', 360, 600);
  await page.waitForSelector('[data-total]', { visible: true });
  const height = await page.evaluate(() => Math.min(600, document.documentElement.scrollHeight));
  return page.screenshot({ clip: { x: 0, y: 0, width: 360, height } });
}

/** A list of the practice TD with the badge and its panel over it. */
async function shootPage(stage: Stage, work: Page): Promise<Uint8Array> {
  await work.setViewport({ width: 1100, height: 560 });
  await work.bringToFront();
  await work.goto(`${stage.portals.td.url}/dvc/xu-ly-ho-so/dang-xu-ly`);
  await work.waitForSelector('.ant-table-row', { visible: true });
  await work.evaluate(() => document.querySelector('table')?.scrollIntoView());
  await quiet(work);
  const badge = await work.waitForSelector('nmc-badge >>> button', { visible: true });
  await badge!.click();
  await work.waitForSelector('nmc-panel >>> button', { visible: true });
  await quiet(work);
  await work.mouse.move(5, 5);
  return work.screenshot();
}

async function shootDashboard(stage: Stage, official: OfficialBrowser): Promise<Uint8Array> {
  const page = await showDashboard(stage, official);
  await page.bringToFront();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.mouse.move(5, 760);
  return page.screenshot();
}

/** The first screen of the kiosk and its first question, 1280×800 each, side by side at half their size. */
async function shootKiosk(tablet: TabletPage, official: OfficialBrowser): Promise<Uint8Array> {
  const attract = await tablet.screenshot({ animations: 'disabled' });
  await tablet.locator('.k-hero').click();
  await tablet.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
  const question = await tablet.screenshot({ animations: 'disabled' });
  const page = await official.browser.newPage();
  await page.setViewport({ width: 1296, height: 400 });
  const pictures = [attract, question].map((one) => `data:image/png;base64,${one.toString('base64')}`);
  await page.setContent(
    `<body style="margin:0;display:flex;gap:16px">${pictures
      .map((one) => `<img src="${one}" width="640" height="400">`)
      .join('')}</body>`,
  );
  await page.waitForFunction(() => [...document.images].every((one) => one.complete && one.naturalWidth > 0));
  return page.screenshot();
}

async function shootAll(stage: Stage, undo: Undo, folder: string): Promise<void> {
  const executablePath = needBrowser('chromium');
  const browser = { executablePath, folder: stage.folder, headless: true, slowMo: 0 };
  const official = await openOfficial(browser);
  undo.push(official.close);
  const { work } = await playOfficial(stage, official, QUIET_PACE);
  const tablet = await openTablet(browser);
  undo.push(() => tablet.close());
  const page = tablet.pages()[0] ?? (await tablet.newPage());
  await playCitizens(stage, page, QUIET_PACE);
  const shots = {
    popup: await shootPopup(official),
    page: await shootPage(stage, work),
    dashboard: await shootDashboard(stage, official),
    kiosk: await shootKiosk(page, official),
  };
  const blank = await official.browser.newPage();
  let biggest = 0;
  for (const [name, shot] of Object.entries(shots)) {
    const path = join(folder, `${name}.png`);
    const picture = await withPalette(blank, shot);
    writeFileSync(path, picture);
    console.log(`${path}: ${(picture.length / 1000).toFixed(1)} kB`);
    biggest = Math.max(biggest, picture.length);
  }
  if (biggest > LIMIT) throw new Error(`A picture is over ${LIMIT / 1000} kB: README.md would load slowly.`);
}

async function main(folder: string): Promise<void> {
  const stop = stopRequest();
  const stopped = new Promise<never>((_, fail) => {
    stop.addEventListener('abort', () => fail(new Error('Stopped.')));
  });
  stopped.catch(() => undefined);
  mkdirSync(folder, { recursive: true });
  await ensureBuilt(['web'], stop);
  const stage = await setStage({ port: 0, data: null, latencyMs: 0 });
  const undo: Undo = [stage.close];
  try {
    await Promise.race([shootAll(stage, undo, folder), stopped]);
  } finally {
    await undoAll(undo);
  }
}

try {
  const { values } = parseArgs({ options: { help: { type: 'boolean' }, to: { type: 'string' } } });
  if (values.help)
    console.log('npm run screenshots [-- --to FOLDER]   takes the pictures of README.md (test/readme)');
  else await main(resolve(values.to ?? join(import.meta.dirname, '../readme')));
  process.exit(0);
} catch (error) {
  console.error(inShort(error));
  process.exit(1);
}
