/**
 * One dossier in the provincial, the ministry's and the national system, each under its own code, and the national code
 * learned late (trap 17): until a page shows that the codes are one dossier's, the hub cannot know; from then on it counts
 * once, with what every system showed. Real Chromium, real hub.
 */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf } from '../../lib/domain/dates.ts';
import { periodOf } from '../../lib/domain/period.ts';
import { type Driver, startDriver } from './extension-driver.ts';
import { readFigures } from './hands.ts';
import { type HostileSite, startHostileSite } from './hostile-pages.ts';
import { ownAsk } from './ledger.ts';
import { PEOPLE } from './morning.ts';
import { enrol, logIn, showFigures, syncNow } from './own-pages.ts';
import { quiet } from './quiet.ts';
import { ROOT, startWorld, type World } from './world.ts';

const today = dayOf(Date.now());
const { id: PERIOD } = periodOf('report', 'Y', today);
const stamp = today.slice(2).replaceAll('-', '');
const [year, month, day] = today.split('-');
const printed = `${day}/${month}/${year}`;
const PROVINCIAL = `H99.50-${stamp}-000766`;
const MINISTRY = `G09.12-${stamp}-004411`;
const NATIONAL = `G22.99.08-${stamp}-896048`;

let world: World;
let driver: Driver;
let systems: { provincial: HostileSite; ministry: HostileSite; national: HostileSite };
let work: Page;
let dashboard: Page;

beforeAll(async () => {
  world = await startWorld({ seed: 5 });
  driver = await startDriver();
  const code = world.code('extension', 'Quầy số 1');
  const options = await enrol(driver, {
    hub: world.hub.url,
    code,
    portals: world.portals,
    people: [PEOPLE[0]],
  });
  const [provincial, ministry, national] = await Promise.all([
    startHostileSite(),
    startHostileSite(),
    startHostileSite(),
  ]);
  systems = { provincial, ministry, national };
  for (const [name, { origin }] of Object.entries(systems)) {
    const bound = { type: 'extension-worker/bind', origin, family: 'igate2', name };
    expect(await ownAsk(options, bound)).toEqual({ ok: true });
  }
  work = await driver.browser.newPage();
  dashboard = await driver.browser.newPage();
  await logIn(dashboard, world.hub.url, world.admin);
});

afterAll(async () => {
  await driver?.close();
  for (const site of Object.values(systems ?? {})) await site.close();
  await world?.close();
});

/** Looks at a page until everything on it was read and stored. */
async function look(address: string): Promise<void> {
  await work.bringToFront();
  await work.goto(address);
  await quiet(work);
}

/** The address of a dossier's detail page that prints these labels and values. */
function detail(site: HostileSite, name: string, pairs: readonly (readonly [string, string])[]): string {
  const lines = pairs.map(
    ([label, value]) =>
      `<div class="row dossier-line"><span class="label">${label}:</span><span class="value">${value}</span></div>`,
  );
  const html = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Hồ sơ</title><body><app-root><app-dossier-detail>
<h2>Thông tin chi tiết hồ sơ</h2>${lines.join('')}</app-dossier-detail></app-root></body></html>`;
  return site.put(name, { html }).replace('/search?', '/search/0123456789abcdef01234567?');
}

/** The province's figures as the dashboard shows them after everything was sent. */
async function figures(): Promise<Record<string, number | null>> {
  await syncNow(driver);
  await dashboard.bringToFront();
  await dashboard.reload();
  await showFigures(dashboard, ROOT, PERIOD);
  return readFigures(dashboard);
}

const GROUPS = {
  received: ['online', 'counter', 'post', 'unknown'],
  stock: ['inTime', 'overdue', 'noDue', 'unknownDue'],
} as const;
const sumOf = (shown: Record<string, number | null>, group: keyof typeof GROUPS) =>
  GROUPS[group].reduce((sum, name) => sum + (shown[`${group}.${name}`] ?? 0), 0);

it('is three dossiers until a page says that the codes are one, then one with all that was shown', async () => {
  const { provincial, ministry, national } = systems;
  await look(provincial.put('list', { rows: [{ code: PROVINCIAL, status: 'Đang xử lý', due: '' }] }));
  await look(ministry.put('list', { rows: [{ code: MINISTRY, status: 'Đã tiếp nhận', due: '' }] }));
  await look(national.put('list', { rows: [{ code: NATIONAL, status: 'Đang xử lý', due: '' }] }));
  const apart = await figures();
  expect(sumOf(apart, 'received')).toBe(3);
  expect(sumOf(apart, 'stock')).toBe(3);

  // The provincial system shows the national code for the first time.
  const own = detail(provincial, 'detail', [
    ['Mã hồ sơ', PROVINCIAL],
    ['Mã hồ sơ quốc gia', NATIONAL],
    ['Trạng thái', 'Đang xử lý'],
    ['Hình thức nộp', 'Trực tuyến'],
    ['Ngày tiếp nhận', `${printed} 08:15`],
  ]);
  await look(own);
  const two = await figures();
  expect(sumOf(two, 'received')).toBe(2);
  expect(two['received.online']).toBe(1);

  // So does the ministry's, later still, and it already knows the end of it.
  await look(
    detail(ministry, 'detail', [
      ['Mã hồ sơ', MINISTRY],
      ['Mã hồ sơ quốc gia', NATIONAL],
      ['Trạng thái', 'Có kết quả'],
      ['Ngày kết thúc xử lý', `${printed} 09:30`],
    ]),
  );
  const one = await figures();
  expect(sumOf(one, 'received')).toBe(1);
  expect(one['received.online']).toBe(1);
  expect(sumOf(one, 'stock')).toBe(0);

  // Seen again, everywhere and in any order: still one.
  await look(national.put('again', { rows: [{ code: NATIONAL, status: 'Có kết quả', due: '' }] }));
  await look(own);
  await look(ministry.put('again', { rows: [{ code: MINISTRY, status: 'Có kết quả', due: '' }] }));
  const still = await figures();
  expect(sumOf(still, 'received')).toBe(1);
  expect(sumOf(still, 'stock')).toBe(0);
});
