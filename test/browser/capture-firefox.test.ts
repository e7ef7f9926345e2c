/** The same morning in a real Firefox with the Firefox build: what it captured equals the practice systems' own account. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf } from '../../lib/domain/dates.ts';
import { periodOf } from '../../lib/domain/period.ts';
import { accountOf } from '../portals/index.ts';
import { puppeteerDriver } from './driver.ts';
import { named, provinceFigures } from './expected.ts';
import { type FirefoxDriver, startFirefox } from './firefox-driver.ts';
import { readFigures } from './hands.ts';
import { actionsByPerson } from './ledger.ts';
import { PEOPLE, playMorning } from './morning.ts';
import { changeDuty, enrol, logIn, showFigures, syncNow } from './own-pages.ts';
import { quiet } from './quiet.ts';
import { ROOT, startWorld, type World } from './world.ts';

let world: World;
let firefox: FirefoxDriver;
let work: Page;

beforeAll(async () => {
  world = await startWorld({ seed: 7, mode: 'xhr', latencyMs: 0 });
  firefox = await startFirefox();
  const code = world.code('extension', 'Firefox');
  await enrol(firefox, { hub: world.hub.url, code, portals: world.portals, people: PEOPLE });
  work = await firefox.browser.newPage();
  await work.setViewport({ width: 1366, height: 768 });
});

afterAll(async () => {
  await firefox?.close();
  await world?.close();
});

it('captures the morning: figures and actions equal the account', async () => {
  await playMorning(puppeteerDriver(work), world.portals, {
    changeDuty: async (person) => {
      await changeDuty(firefox, person);
      await work.bringToFront();
    },
    settled: () => quiet(work),
  });
  await syncNow(firefox);
  const today = dayOf(Date.now());
  const { id, from, to } = periodOf('report', 'Y', today);
  const account = accountOf(world.portals, { from, to, asOf: today });
  const dashboard = await firefox.browser.newPage();
  await logIn(dashboard, world.hub.url, world.admin);
  await showFigures(dashboard, ROOT, id);
  const expected = provinceFigures(account);
  expect(named(await readFigures(dashboard), expected)).toEqual(expected);
  expect(await actionsByPerson(firefox)).toEqual(account.actions);
});
