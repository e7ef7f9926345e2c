/** What is played on the stage: the extension enrolled as people do it, the official's morning, citizens' ratings, the sync. */
import type { Page as TabletPage } from 'playwright-core';
import type { Page } from 'puppeteer-core';
import { dayOf } from '../../lib/domain/dates.ts';
import { periodOf } from '../../lib/domain/period.ts';
import { puppeteerDriver } from '../browser/driver.ts';
import { provinceFigures } from '../browser/expected.ts';
import { readFigures } from '../browser/hands.ts';
import { closeThanks, rate } from '../browser/kiosk-device.ts';
import { enrolKiosk, syncKiosk } from '../browser/kiosk-visits.ts';
import { type MorningReport, PEOPLE, playMorning } from '../browser/morning.ts';
import { changeDuty, enrol, logIn, showFigures, syncNow } from '../browser/own-pages.ts';
import { quiet } from '../browser/quiet.ts';
import { ROOT } from '../browser/world.ts';
import { accountOf } from '../portals/index.ts';
import type { OfficialBrowser } from './browsers.ts';
import type { Stage } from './stage.ts';

/** How it is told, and how long an onlooker gets for each step. */
export interface Pace {
  readonly say: (text: string) => void;
  /** Milliseconds after every step of the morning. */
  readonly pause: number;
}

/** Quality and attitude, 1 to 5, of the citizens of the demo. */
const RATINGS = [
  [5, 5],
  [4, 5],
  [5, 4],
  [2, 4],
  [5, 5],
  [3, 4],
  [4, 4],
] as const;

/** Enrols the extension through its options page and plays the morning; ends on the last practice page. */
export async function playOfficial(
  stage: Stage,
  official: OfficialBrowser,
  { say, pause }: Pace,
): Promise<{ report: MorningReport; work: Page }> {
  const { hub, portals } = stage;
  say('Options page: notice, activation code, three hosts, two people');
  const code = stage.code('extension', 'Quầy số 1');
  const options = await enrol(official, { hub: hub.url, code, portals, people: PEOPLE });
  await options.close();
  const work = await official.browser.newPage();
  await work.bringToFront();
  const report = await playMorning(puppeteerDriver(work), portals, {
    changeDuty: async (person) => {
      say(`Popup: ${person} takes over`);
      await changeDuty(official, person);
      await work.bringToFront();
    },
    settled: async (step) => {
      await quiet(work);
      say(step);
      await new Promise((done) => setTimeout(done, pause));
    },
  });
  say('Popup: "Đồng bộ ngay"');
  await syncNow(official);
  return { report, work };
}

/** Enrols the kiosk and lets some citizens rate; how many. */
export async function playCitizens(stage: Stage, page: TabletPage, { say }: Pace): Promise<number> {
  say('Kiosk: PIN, activation code, counter');
  await enrolKiosk(page, stage.hub.url, stage.code('kiosk', 'Thiết bị đánh giá quầy 1'));
  for (const [quality, attitude] of RATINGS) {
    await rate(page, quality, attitude);
    await closeThanks(page);
  }
  say(`Kiosk: ${RATINGS.length} ratings, then "Đồng bộ ngay"`);
  await syncKiosk(page);
  return RATINGS.length;
}

/** Logs in at the dashboard and shows this month's figures of the province (reporting period). */
export async function showDashboard(stage: Stage, official: OfficialBrowser): Promise<Page> {
  const page = await official.browser.newPage();
  await logIn(page, stage.hub.url, stage.admin);
  await showFigures(page, ROOT, thisMonth().id);
  return page;
}

/** How many figures of dossiers and documents were compared, and which are not what the portals' own logs give. */
export async function checkFigures(
  stage: Stage,
  dashboard: Page,
): Promise<{ total: number; different: string[] }> {
  const { from, to } = thisMonth();
  const expected = provinceFigures(accountOf(stage.portals, { from, to, asOf: dayOf(Date.now()) }));
  const shown = await readFigures(dashboard);
  const names = Object.keys(expected);
  return { total: names.length, different: names.filter((name) => shown[name] !== expected[name]) };
}

const thisMonth = () => periodOf('report', 'M', dayOf(Date.now()));
