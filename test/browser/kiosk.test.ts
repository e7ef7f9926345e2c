/** The built kiosk in Chromium: offline, power cuts, two windows, storage that fails. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb, FIRST_SCREEN_LIMIT, type WebReport } from '../../lib/build/web.ts';
import type { EntryOf } from '../../lib/domain/entry.ts';
import {
  closeThanks,
  enterStaff,
  handedOver,
  killBrowser,
  leaveStaff,
  makeProfile,
  notOffline,
  offlineReady,
  openBrowser,
  type Profile,
  rate,
  type Site,
  serveKiosk,
  setUp,
  skipTheRest,
  standing,
  UNIT,
} from './kiosk-device.ts';

let built: string;
let report: WebReport;
let site: Site;
let profile: Profile;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'nmc-web-'));
  report = await buildWeb({ outDir: built, pages: ['kiosk'] });
});
afterAll(() => rm(built, { recursive: true, force: true }));

beforeEach(async () => {
  complaints = [];
  site = await serveKiosk(built);
  profile = await makeProfile();
  context = await openBrowser(profile, complaints);
  page = context.pages()[0] ?? (await context.newPage());
  await page.goto(site.url);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(await standing(page), complaints);
  await context.close().catch(() => {});
  await site.close();
  await profile.remove();
});

async function feedback(): Promise<EntryOf<'feedback'>['body'][]> {
  const entries = await handedOver(page);
  return entries.flatMap((entry) => (entry.kind === 'feedback' ? [entry.body] : []));
}

/** A power cut, then the device is switched on again. */
async function restart(): Promise<void> {
  expect(killBrowser(profile)).toBeGreaterThan(0);
  await context.close().catch(() => {});
  context = await openBrowser(profile, complaints);
  page = context.pages()[0] ?? (await context.newPage());
  await page.goto(site.url);
  await page.locator('.k-hero').waitFor();
}

/** In the page: the mirror in the vault says this. */
async function keptMirrorHas(text: string): Promise<boolean> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('nmc-kiosk-vault');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const asked = database.transaction('texts').objectStore('texts').get('mirror');
  await new Promise((resolve) => {
    asked.onsuccess = resolve;
  });
  database.close();
  return String(asked.result).includes(text);
}

describe('offline', () => {
  it('after the first load: reload, eleven ratings and one left, all in the journal', async () => {
    await setUp(page);
    await offlineReady(page);
    await context.setOffline(true);
    await site.close();
    await page.reload();
    await page.locator('.k-hero').waitFor();

    for (let visit = 0; visit < 11; visit += 1) {
      await rate(page, (visit % 5) + 1, 5 - (visit % 5));
      await closeThanks(page);
    }
    await page.clock.install();
    await page.reload();
    await page.locator('.k-hero').click();
    await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
    await page.locator('.k-answer-1').click();
    await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
    await page.clock.fastForward(31_000);
    await page.getByRole('button', { name: 'Tôi vẫn ở đây' }).waitFor();
    await page.clock.fastForward(21_000);
    await page.locator('.k-hero').waitFor();

    const bodies = await feedback();
    expect(bodies).toHaveLength(12);
    expect(bodies.slice(0, 11).map(({ answers }) => answers)).toEqual(
      Array.from({ length: 11 }, (_, visit) => ({ quality: (visit % 5) + 1, attitude: 5 - (visit % 5) })),
    );
    expect(bodies[11]).toMatchObject({ outcome: 'abandoned', step: 'attitude', counter: '3' });
    expect(bodies[11]).not.toHaveProperty('answers');
    expect(notOffline(complaints)).toEqual([]);
  });

  it('the first screen carries little script and everything is precached', async () => {
    const kiosk = report.pages[0];
    expect(kiosk?.firstScreen).toBeLessThanOrEqual(FIRST_SCREEN_LIMIT);
    expect(kiosk?.precached).toBe((kiosk?.files ?? 0) - 1);
    const manifest = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
      const described = await (await fetch(link!.href)).json();
      const icons = await Promise.all(
        described.icons.map(
          async (icon: { src: string }) => (await fetch(new URL(icon.src, link!.href))).status,
        ),
      );
      return { start: new URL(described.start_url, link!.href).href, scope: described.scope, icons };
    });
    expect(manifest).toEqual({ start: site.url, scope: './', icons: [200, 200, 200, 200] });
  });
});

describe('a power cut', () => {
  it('right after the thanks loses no rating', async () => {
    await setUp(page);
    for (let round = 1; round <= 3; round += 1) {
      await rate(page, 4, 5);
      await restart();
      await page.getByText('Quầy 3').waitFor();
      expect((await feedback()).filter(({ outcome }) => outcome === 'completed')).toHaveLength(round);
    }
  });

  it('in the middle of a visit leaves a clean screen; after both answers, the rating', async () => {
    await setUp(page);
    await page.locator('.k-hero').click();
    await page.locator('.k-answer-1').click();
    await page.waitForFunction(keptMirrorHas, '"step":"attitude"');
    await restart();
    await page.locator('.k-hero').click();
    await page.locator('.k-answer-1').click();
    await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
    await page.locator('.k-answer-2').click();
    await page.getByRole('heading', { name: 'Điều gì chưa tốt?' }).waitFor();
    await page.locator('.k-reason').nth(3).click();
    await page.waitForFunction(keptMirrorHas, 'money');
    await restart();
    const [left, answered, ...more] = await feedback();
    expect(more).toEqual([]);
    expect(left).toMatchObject({ outcome: 'abandoned', step: 'attitude', flags: ['recovered'] });
    expect(left).not.toHaveProperty('answers');
    expect(answered).toMatchObject({
      outcome: 'completed',
      answers: { quality: 1, attitude: 2 },
      reasons: ['money'],
    });
    expect(answered?.flags).toContain('recovered');
  });
});

describe('two windows', () => {
  it('one writes, the other says so and takes over when the first is closed', async () => {
    await setUp(page);
    const second = await context.newPage();
    await second.goto(site.url);
    await second.getByText('đang mở ở cửa sổ khác').waitFor();
    await second.keyboard.press('Enter');
    await rate(page, 5, 5);
    await page.close();
    page = second;
    await page.locator('.k-hero').waitFor();
    await rate(page, 3, 3);
    await closeThanks(page);
    expect((await feedback()).map(({ answers }) => answers?.quality)).toEqual([5, 3]);
  });
});

describe('a tap before it is known which window writes', () => {
  /** From the next load on, the lock of the writing window is asked for when the test says so. */
  async function holdLock(where: Page): Promise<() => Promise<void>> {
    await where.addInitScript(() => {
      const request = navigator.locks.request.bind(navigator.locks) as (
        ...all: unknown[]
      ) => Promise<unknown>;
      const free = new Promise((resolve) => addEventListener('test-lock', resolve, { once: true }));
      navigator.locks.request = (async (...all: unknown[]) => {
        await free;
        return request(...all);
      }) as typeof navigator.locks.request;
    });
    return () => where.evaluate(() => void dispatchEvent(new Event('test-lock')));
  }

  it('opens the first question; what an earlier run owed is not overwritten by it', async () => {
    await setUp(page);
    await page.locator('.k-hero').click();
    await page.locator('.k-answer-2').click();
    await page.waitForFunction(keptMirrorHas, '"step":"attitude"');
    const giveLock = await holdLock(page);
    await page.reload();
    await page.locator('.k-hero').click();
    await page.locator('.k-answer-4').click();
    await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
    await giveLock();
    await page.waitForFunction(keptMirrorHas, '"step":"quality"');
    await page.locator('.k-answer-4').click();
    await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
    await page.locator('.k-answer-5').click();
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
    await closeThanks(page);
    expect(await feedback()).toMatchObject([
      { outcome: 'abandoned', step: 'attitude', flags: ['recovered'] },
      { outcome: 'completed', answers: { quality: 4, attitude: 5 } },
    ]);
  });

  it('leaves nothing when another window writes', async () => {
    await setUp(page);
    const second = await context.newPage();
    const giveLock = await holdLock(second);
    await second.goto(site.url);
    await second.locator('.k-hero').click();
    await second.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
    await giveLock();
    await second.getByText('đang mở ở cửa sổ khác').waitFor();
    await page.close();
    page = second;
    await page.locator('.k-hero').waitFor();
    expect(await feedback()).toEqual([]);
  });
});

describe('a part of the page that did not come', () => {
  /** In the page: it is known again for as long as it lives. */
  const mark = () => void Object.assign(globalThis, { isMarked: true });
  const isMarked = () => 'isMarked' in globalThis;

  /** A first visit to a site that lacks files: nothing of it is in any cache. */
  async function comeTo(lost: RegExp): Promise<void> {
    await site.close();
    site = await serveKiosk(built);
    site.lose(lost);
    await page.goto(site.url);
  }

  it('behind the first screen: out of service, and in service again by itself once it can be had', async () => {
    await comeTo(/backend-[^/]*\.js$/);
    await page.getByText('Thiết bị tạm ngừng').waitFor();
    await page.evaluate(mark);
    site.lose(null);
    await page.getByRole('button', { name: 'Thiết lập' }).waitFor();
    expect(await page.evaluate(isMarked), 'the same page may never ask for it again').toBe(false);
  });

  it('of the comment: the citizen is thanked without one, the page is loaded anew when all is quiet', async () => {
    await page.clock.install();
    await comeTo(/(?:screen|seal)-[^/]*\.js$/);
    await setUp(page);
    await page.locator('.k-hero').click();
    await page.locator('.k-answer-1').click();
    await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
    await page.locator('.k-answer-5').click();
    await page.getByRole('heading', { name: 'Điều gì chưa tốt?' }).waitFor();
    await page.getByRole('button', { name: 'Bỏ qua' }).click();
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
    await closeThanks(page);
    expect(await feedback()).toMatchObject([{ outcome: 'completed', answers: { quality: 1, attitude: 5 } }]);
    await page.evaluate(mark);
    await page.clock.fastForward(61_000);
    await expect.poll(() => page.evaluate(isMarked).catch(() => true)).toBe(false);
    await page.locator('.k-hero').waitFor();
  });
});

describe('storage', () => {
  it('that refuses is never thanked for; once it works the rating is there', async () => {
    await page.addInitScript(() => {
      const add = IDBObjectStore.prototype.add;
      const put = IDBObjectStore.prototype.put;
      const refuse = <T extends (...values: never[]) => unknown>(real: T) =>
        function (this: IDBObjectStore, ...values: Parameters<T>) {
          if (localStorage.getItem('test.full') === '1') throw new DOMException('disk full', 'UnknownError');
          return real.apply(this, values);
        };
      IDBObjectStore.prototype.add = refuse(add) as typeof add;
      IDBObjectStore.prototype.put = refuse(put) as typeof put;
    });
    await page.clock.install();
    await page.reload();
    await setUp(page);
    await page.evaluate(() => localStorage.setItem('test.full', '1'));
    await page.locator('.k-hero').click();
    await page.locator('.k-answer-5').click();
    await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
    await page.locator('.k-answer-5').click();
    await page.getByText('tạm ngừng nhận đánh giá').waitFor();
    await page.getByText('chưa được lưu').waitFor();
    expect(await page.getByText('Cảm ơn').count()).toBe(0);
    await page.evaluate(() => localStorage.setItem('test.full', '0'));
    await page.clock.fastForward(16_000);
    await page.locator('.k-hero').waitFor();
    expect((await feedback()).map(({ answers }) => answers)).toEqual([{ quality: 5, attitude: 5 }]);
  });
});

describe('the screens', () => {
  it('every target is at least 20 mm and nothing is cut off, in both orientations, large and in contrast', async () => {
    await setUp(page);
    const small = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('main button, footer button')]
          .map((button) => ({ name: button.textContent, box: button.getBoundingClientRect() }))
          .filter(({ box }) => box.width < 117.5 || box.height < 117.5 || box.bottom > innerHeight + 1)
          .map(
            ({ name, box }) => `${name} ${Math.round(box.width)}×${Math.round(box.height)} to ${box.bottom}`,
          ),
      );
    const overflow = () =>
      page.evaluate(() => {
        const main = document.querySelector('main')!;
        return Math.max(main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth, 1) - 1;
      });
    const found: string[] = [];
    const look = async (where: string) => {
      for (const problem of await small()) found.push(`${where}: ${problem}`);
      const over = await overflow();
      if (over) found.push(`${where}: scrolls ${over}`);
    };
    for (const [width, height] of [
      [1280, 800],
      [800, 1280],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const help of ['none', 'Chữ to', 'Tương phản cao']) {
        if (help !== 'none') await page.getByRole('button', { name: help }).click();
        await look(`${width} ${help} attract`);
        await page.locator('.k-hero').click();
        await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
        await look(`${width} ${help} question`);
        await page.locator('.k-answer-1').click();
        await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
        await page.locator('.k-answer-1').click();
        await page.getByRole('heading', { name: 'Điều gì chưa tốt?' }).waitFor();
        await look(`${width} ${help} reasons`);
        await skipTheRest(page);
        await page.getByText('Cảm ơn Ông/Bà').waitFor();
        await look(`${width} ${help} thanks`);
        await closeThanks(page);
      }
    }
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('a keyboard alone rates, chooses reasons, and reaches the staff door', async () => {
    await setUp(page);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
    await page.keyboard.press('2');
    await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
    await page.keyboard.press('3');
    await page.getByRole('heading', { name: 'Điều gì chưa tốt?' }).waitFor();
    await page.keyboard.press('6');
    await page.getByRole('button', { name: 'Xong' }).press('Enter');
    await page.getByRole('heading', { name: 'muốn nhắn thêm' }).waitFor();
    await page.getByRole('button', { name: 'Bỏ qua' }).press('Enter');
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
    await closeThanks(page);
    expect(await feedback()).toMatchObject([{ answers: { quality: 1, attitude: 3 }, reasons: ['unclear'] }]);
  });

  it('a double tap answers one question, not two', async () => {
    await setUp(page);
    await page.locator('.k-hero').click();
    await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
    await page.locator('.k-answer-5').click({ clickCount: 2, delay: 5 });
    await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
    await page.locator('.k-answer-4').click();
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
    await closeThanks(page);
    expect(await feedback()).toMatchObject([{ answers: { quality: 5, attitude: 4 } }]);
  });

  it('an unactivated device takes no rating; a wrong PIN opens nothing', async () => {
    await page.getByText('Chưa kích hoạt').waitFor();
    expect(await page.locator('.k-hero').count()).toBe(0);
    await setUp(page);
    await page.getByText(UNIT).waitFor();
    await page.getByText('Quầy 3').waitFor();
    const door = (await page.locator('.k-door').boundingBox())!;
    await page.mouse.click(door.x + 20, door.y + 20);
    expect(await page.locator('.s-room').count()).toBe(0);
    await page.mouse.down();
    await page.getByText('Nhập mã PIN').waitFor();
    await page.mouse.up();
    await page.keyboard.type('1357');
    await page.keyboard.press('Enter');
    await page.getByText('Mã PIN chưa đúng').waitFor();
    expect(await page.locator('[data-card]').count()).toBe(0);
    await leaveStaff(page);
    await enterStaff(page);
    await page.getByText('Đơn vị không có máy chủ, bàn giao bằng tệp').first().waitFor();
  });

  it('an insecure address says what to do and takes nothing', async () => {
    const address = site.url.replace('localhost', 'kiosk.test');
    const insecure = await makeProfile();
    const other = await openBrowser(insecure);
    await other.route('http://kiosk.test/**', async (route) => {
      const target = route
        .request()
        .url()
        .replace(/^http:\/\/kiosk\.test(:\d+)?/, new URL(site.url).origin);
      await route.fulfill({ response: await route.fetch({ url: target }) });
    });
    const visitor = other.pages()[0] ?? (await other.newPage());
    await visitor.goto(address.replace(/:\d+/, ''));
    await visitor.getByText('Địa chỉ này chưa an toàn').waitFor();
    await visitor.getByText('http://kiosk.test').waitFor();
    // A picture may still be on its way.
    await other.unrouteAll({ behavior: 'ignoreErrors' });
    await other.close();
    await insecure.remove();
  });
});
