/** Citizens at the kiosk of an end-to-end test: enrolled by code, offline, a dozen ratings and one visit left. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { dayOf } from '../../lib/domain/dates.ts';
import type { Visits } from './expected.ts';
import { closeThanks, enterStaff, leaveStaff, offlineReady, PIN, skipTheRest } from './kiosk-device.ts';

const ANSWERS: readonly (readonly [number, number])[] = [
  [5, 5],
  [4, 5],
  [5, 4],
  [3, 3],
  [1, 2],
  [2, 4],
  [5, 5],
  [4, 4],
  [5, 1],
  [4, 5],
  [3, 5],
  [5, 5],
];

/** Nobody answers faster than this, and the next citizen comes later (milliseconds): else the visit is flagged. */
const THINKING = 4_000;
const BETWEEN = 120_000;
/** All visits together, of the page's clock. */
const HALF_HOUR = 1_800_000;

/** Set back, so that what the visits take does not reach into the next day; not where it would reach into the day before. */
function startOfVisits(): number {
  const now = Date.now();
  return dayOf(now - HALF_HOUR) === dayOf(now) ? now - HALF_HOUR : now;
}

async function answer(page: Page, question: string, level: number): Promise<void> {
  await page.getByRole('heading', { name: question }).waitFor();
  await page.clock.fastForward(THINKING);
  await page.locator(`.k-answer-${level}`).click();
}

/** Opens the kiosk, enrols it at the hub, leaves it ready for the first citizen and able to live offline. */
export async function enrolKiosk(page: Page, hub: string, code: string): Promise<void> {
  await page.clock.install({ time: startOfVisits() });
  await page.goto(`${hub}/kiosk/`);
  await page.getByRole('button', { name: 'Thiết lập' }).click();
  await page.getByText('Đặt mã PIN').waitFor();
  await enterPin(page);
  await page.getByText('Nhập lại mã PIN').waitFor();
  await enterPin(page);
  await page.locator('[data-action=by-code]').click();
  await page.locator('input[name=hub]').fill(hub);
  await page.locator('input[name=code]').fill(code);
  await page.locator('input[name=name]').fill('Thiết bị đánh giá quầy 1');
  await page.locator('[data-action=activate]').click();
  await page.locator('[data-card=counter]').getByRole('button', { name: '1', exact: true }).click();
  await leaveStaff(page);
  await offlineReady(page);
}

/** Twelve ratings and one visit that is left at the second question. */
export async function takeVisits(page: Page): Promise<Visits> {
  const answers = { quality: [0, 0, 0, 0, 0], attitude: [0, 0, 0, 0, 0] };
  for (const [quality, attitude] of ANSWERS) {
    await page.clock.fastForward(BETWEEN);
    await page.locator('.k-hero').click();
    await answer(page, 'Chất lượng phục vụ', quality);
    await answer(page, 'Thái độ phục vụ', attitude);
    if (quality <= 2 || attitude <= 2) await skipTheRest(page);
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
    await closeThanks(page);
    answers.quality[quality - 1]! += 1;
    answers.attitude[attitude - 1]! += 1;
  }
  await page.clock.fastForward(BETWEEN);
  await page.locator('.k-hero').click();
  await answer(page, 'Chất lượng phục vụ', 1);
  await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
  await page.clock.fastForward(31_000);
  await page.getByRole('button', { name: 'Tôi vẫn ở đây' }).waitFor();
  await page.clock.fastForward(21_000);
  await page.locator('.k-hero').waitFor();
  return { completed: ANSWERS.length, abandoned: 1, answers };
}

/** The staff screen's "Đồng bộ ngay", until nothing is unsent. */
export async function syncKiosk(page: Page): Promise<void> {
  await enterStaff(page);
  await page.locator('[data-action=sync]').click();
  await page.locator('[data-card=sync] dd[data-state=good]').first().waitFor();
  await leaveStaff(page);
}

/** Saves the kiosk's hand-over file into a folder; answers its path. */
export async function handOverKiosk(page: Page, folder: string): Promise<string> {
  await enterStaff(page);
  const coming = page.waitForEvent('download');
  await page.locator('[data-action=handover]').click();
  const download = await coming;
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  await leaveStaff(page);
  return path;
}

async function enterPin(page: Page): Promise<void> {
  for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
}
