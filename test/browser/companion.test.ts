/**
 * The companion of the end-to-end test: with one locator and one confirmation broken the figures must differ from the practice
 * systems' account, or that test could not fail. What is broken is missed, never counted wrongly.
 */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf } from '../../lib/domain/dates.ts';
import { periodOf } from '../../lib/domain/period.ts';
import { accountOf, type ExpectedFigures } from '../portals/index.ts';
import { puppeteerDriver } from './driver.ts';
import { named, provinceFigures } from './expected.ts';
import { type Driver, startDriver } from './extension-driver.ts';
import { readFigures } from './hands.ts';
import { actionsByPerson } from './ledger.ts';
import { PEOPLE, playMorning } from './morning.ts';
import { changeDuty, enrol, logIn, showFigures, syncNow } from './own-pages.ts';
import { quiet } from './quiet.ts';
import { ROOT, startWorld, type World } from './world.ts';

let world: World;
let driver: Driver;
let work: Page;

beforeAll(async () => {
  world = await startWorld({ seed: 11, breakLocator: ['td:due-line'], breakConfirmation: ['td:return'] });
  driver = await startDriver();
  const code = world.code('extension', 'Quầy số 1');
  await enrol(driver, { hub: world.hub.url, code, portals: world.portals, people: PEOPLE });
  work = await driver.browser.newPage();
  await work.setViewport({ width: 1366, height: 768 });
});

afterAll(async () => {
  await driver?.close();
  await world?.close();
});

const totalOf = (actions: ExpectedFigures['actions'], action: string) =>
  actions.reduce((sum, one) => sum + (one.action === action ? one.n : 0), 0);

it('a renamed line and a reworded toast make the figures differ, and nothing is counted that was not done', async () => {
  await playMorning(puppeteerDriver(work), world.portals, {
    changeDuty: async (person) => {
      await changeDuty(driver, person);
      await work.bringToFront();
    },
    settled: () => quiet(work),
  });
  await syncNow(driver);
  const today = dayOf(Date.now());
  const { id, from, to } = periodOf('report', 'Y', today);
  const account = accountOf(world.portals, { from, to, asOf: today });
  const dashboard = await driver.browser.newPage();
  await logIn(dashboard, world.hub.url, world.admin);
  await showFigures(dashboard, ROOT, id);
  const expected = provinceFigures(account);
  const shown = named(await readFigures(dashboard), expected);
  expect(shown).not.toEqual(expected);
  expect(shown['stock.unknownDue']).toBeGreaterThan(expected['stock.unknownDue']!);
  const actions = await actionsByPerson(driver);
  expect(totalOf(actions, 'return')).toBeLessThan(totalOf(account.actions, 'return'));
  for (const action of ['receive', 'forward', 'finish', 'collectFee']) {
    expect([action, totalOf(actions, action)]).toEqual([action, totalOf(account.actions, action)]);
  }
});
