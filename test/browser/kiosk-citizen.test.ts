/** The citizen's side of the built kiosk in Chromium: the comment and its keyboard, hasty fingers, what the hub sets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb } from '../../lib/build/web.ts';
import { type EntryOf, readLine } from '../../lib/domain/entry.ts';
import type { Questionnaire } from '../../lib/domain/questionnaire.ts';
import { FACTORS, QUICK } from '../../lib/domain/questionnaires.ts';
import type { MemoryHub } from '../unit/sync/hub.ts';
import {
  activateByCode,
  closeThanks,
  enterStaff,
  killBrowser,
  makeProfile,
  openBrowser,
  type Profile,
  type Site,
  serveKiosk,
} from './kiosk-device.ts';
import { hubBehind, plainConfig } from './kiosk-memory-hub.ts';
import { syncKiosk } from './kiosk-visits.ts';

const COMMENT = 'Ông/Bà muốn nhắn thêm điều gì không?';
const CODE = 'MA-THU-0001';

let built: string;
let site: Site;
let profile: Profile;
let context: BrowserContext;
let page: Page;
let hub: MemoryHub;
let complaints: string[];

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'nmc-web-'));
  await buildWeb({ outDir: built, pages: ['kiosk'] });
});
afterAll(() => rm(built, { recursive: true, force: true }));

beforeEach(async () => {
  complaints = [];
  site = await serveKiosk(built);
  profile = await makeProfile();
  await open();
  await page.goto(site.url);
  await activateByCode(page, new URL(site.url).origin, CODE);
});
afterEach(async () => {
  await context.close().catch(() => {});
  await site.close();
  await profile.remove();
});

async function open(known?: MemoryHub): Promise<void> {
  context = await openBrowser(profile, complaints);
  hub = await hubBehind(context, [CODE], known);
  page = context.pages()[0] ?? (await context.newPage());
}

/** The hub has this from now on, and the device has fetched it. */
async function set(version: number, over: Parameters<typeof plainConfig>[1]): Promise<void> {
  hub.config = plainConfig(version, over);
  await enterStaff(page);
  await page.locator('[data-action=sync]').click();
  await page.locator('[data-card=sync] dd[data-state=good]').first().waitFor();
  await page.locator('[data-action=leave]').click();
}

/** Two answers, the first one low, and the reasons passed over: the comment is on the screen. */
async function toComment(): Promise<void> {
  await page.locator('.k-hero').click();
  for (const [heading, level] of [
    ['Chất lượng phục vụ', 1],
    ['Thái độ phục vụ', 5],
  ] as const) {
    await page.getByRole('heading', { name: heading }).waitFor();
    await page.locator(`.k-answer-${level}`).click();
  }
  await page.getByRole('heading', { name: 'Điều gì chưa tốt?' }).waitFor();
  await page.getByRole('button', { name: 'Bỏ qua' }).click();
  await page.getByRole('heading', { name: COMMENT }).waitFor();
  await page.locator('.k-keys').waitFor();
}

async function pressKeys(keys: string): Promise<void> {
  for (const key of keys) await page.locator(`[data-key="${key === ' ' ? 'space' : key}"]`).click();
}

const field = () => page.getByRole('textbox', { name: 'Lời nhắn' });

function feedback(): EntryOf<'feedback'>['body'][] {
  return [...hub.entries.values()].flatMap(({ line }) => {
    const reading = readLine(line);
    return reading.ok && reading.entry.kind === 'feedback' ? [reading.entry.body] : [];
  });
}

/** Comments the device holds, in the database and in the second place. */
function held(): Promise<{ database: string[]; second: string[] }> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('nmc-kiosk-comments', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('comments', { keyPath: 'hash' });
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const asked = database.transaction('comments').objectStore('comments').getAll();
    await new Promise((resolve) => {
      asked.onsuccess = resolve;
    });
    database.close();
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('nmc-kiosk-comments', { create: true });
    const second: string[] = [];
    for await (const handle of folder.values())
      second.push(await (await (handle as FileSystemFileHandle).getFile()).text());
    return { database: (asked.result as { text: string }[]).map(({ text }) => text), second };
  });
}

describe('a comment', () => {
  it('typed on the screen in Telex is stored before the thanks, survives a power cut, reaches the hub once and leaves', async () => {
    await toComment();
    await pressKeys('camr own. cans booj');
    expect(await field().inputValue()).toBe('Cảm ơn. Cán bộ');
    await page.getByRole('button', { name: 'Xong' }).click();
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
    expect((await held()).database).toEqual(['Cảm ơn. Cán bộ']);
    expect(killBrowser(profile)).toBeGreaterThan(0);
    await context.close().catch(() => {});
    await open(hub);
    await page.goto(site.url);
    await page.locator('.k-hero').waitFor();
    await syncKiosk(page);
    await expect.poll(() => [...hub.comments.values()]).toEqual(['Cảm ơn. Cán bộ']);
    expect(feedback().map(({ comment }) => comment)).toEqual([...hub.comments.keys()]);
    expect(await held()).toEqual({ database: [], second: [] });
    const lines = [...hub.entries.values()].map(({ line }) => line).join('\n');
    expect(lines).not.toContain('Cảm ơn');
  });

  it('takes a physical keyboard, and a paste of 5,000 characters with script, as text and cut', async () => {
    await toComment();
    await page.keyboard.type('ddoongf ys');
    expect(await field().inputValue()).toBe('đồng ý');
    await page.evaluate(
      (text) => {
        const target = document.querySelector('textarea')!;
        target.select();
        document.execCommand('insertText', false, text);
      },
      `<img src=x onerror="document.title='hacked'">\u0000${'ế'.normalize('NFD').repeat(5_000)}`,
    );
    const text = await field().inputValue();
    expect(text).toHaveLength(500);
    expect(text.startsWith(`<img src=x onerror="document.title='hacked'">ế`)).toBe(true);
    await page.getByText('đã được cắt bớt').waitFor();
    await page.getByRole('button', { name: 'Xong' }).click();
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
    expect(await page.title()).not.toBe('hacked');
    expect((await held()).database).toEqual([text]);
    await closeThanks(page);
    expect(complaints).toEqual([]);
  });

  it('left half typed is nowhere; the rating counts and the next citizen meets an empty field', async () => {
    await page.clock.install();
    await page.reload();
    await page.locator('.k-hero').waitFor();
    await toComment();
    await pressKeys('toi ten la');
    await page.clock.fastForward(61_000);
    await page.getByRole('button', { name: 'Tôi vẫn ở đây' }).waitFor();
    await page.clock.fastForward(21_000);
    await page.locator('.k-hero').waitFor();
    await toComment();
    expect(await field().inputValue()).toBe('');
    await page.getByRole('button', { name: 'Bỏ qua' }).click();
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
    await closeThanks(page);
    await syncKiosk(page);
    expect(feedback()).toMatchObject([
      { outcome: 'completed', answers: { quality: 1, attitude: 5 } },
      { outcome: 'completed' },
    ]);
    expect(feedback()[0]?.flags).toContain('walkedAway');
    expect(feedback()[0]).not.toHaveProperty('comment');
    expect(hub.comments.size).toBe(0);
    expect(await held()).toEqual({ database: [], second: [] });
  });

  it('that cannot be stored is never thanked for, and no entry names it before it is', async () => {
    await page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...values: Parameters<typeof put>) {
        const isFull = localStorage.getItem('test.full') === '1';
        if (isFull && this.transaction.db.name === 'nmc-kiosk-comments')
          throw new DOMException('disk full', 'UnknownError');
        return put.apply(this, values);
      };
    });
    await page.clock.install();
    await page.reload();
    await page.locator('.k-hero').waitFor();
    await toComment();
    await pressKeys('chowf laau');
    await page.evaluate(() => localStorage.setItem('test.full', '1'));
    await page.getByRole('button', { name: 'Xong' }).click();
    await page.getByText('chưa được lưu').waitFor();
    await enterStaff(page);
    await page.locator('[data-action=sync]').click();
    await page.locator('[data-card=sync] dd[data-state=good]').first().waitFor();
    expect(feedback()).toEqual([]);
    await page.locator('[data-action=leave]').click();
    await page.evaluate(() => localStorage.setItem('test.full', '0'));
    await page.clock.fastForward(16_000);
    await page.locator('.k-hero').waitFor();
    await syncKiosk(page);
    expect([...hub.comments.values()]).toEqual(['Chờ lâu']);
    expect(feedback().map(({ comment }) => comment)).toEqual([...hub.comments.keys()]);
  });

  it('stays as it is when the tablet is turned, the text made large, and the reasons looked at again', async () => {
    await toComment();
    await pressKeys('toots');
    await page.setViewportSize({ width: 800, height: 1280 });
    await page.getByRole('button', { name: 'Chữ to' }).click();
    expect(await field().inputValue()).toBe('Tốt');
    await page.getByRole('button', { name: 'Quay lại' }).click();
    await page.locator('.k-reason').nth(1).click();
    await page.getByRole('button', { name: 'Xong' }).click();
    await page.getByRole('heading', { name: COMMENT }).waitFor();
    await pressKeys(' lawms');
    expect(await field().inputValue()).toBe('Tốt lắm');
    await page.getByRole('button', { name: 'Xong' }).click();
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
    await closeThanks(page);
    await syncKiosk(page);
    expect(feedback()).toMatchObject([{ reasons: ['papers'] }]);
    expect([...hub.comments.values()]).toEqual(['Tốt lắm']);
  });
});

describe('hasty fingers', () => {
  /** A screen that has just appeared takes no taps for a moment. */
  async function takesTaps(selector: string): Promise<void> {
    await page.locator(selector).waitFor();
    await page.waitForFunction(
      (button) => getComputedStyle(document.querySelector(button)!).pointerEvents !== 'none',
      selector,
    );
  }

  /** Two taps on one spot, so fast that the screen has not changed between them, and a third after it has. */
  async function tapTwice(selector: string): Promise<void> {
    const box = (await page.locator(selector).boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.click(x, y);
    await page.mouse.click(x, y);
    await page.mouse.click(x, y);
  }

  it('a double tap on any screen answers that screen and no other', async () => {
    await set(2, { questionnaire: FACTORS });
    await takesTaps('.k-hero');
    await tapTwice('.k-hero');
    for (const [at, { title }] of FACTORS.questions.entries()) {
      await page.getByRole('heading', { name: title.vi, exact: true }).waitFor();
      await page.getByText(`Câu ${at + 1} trên 5`).waitFor();
      // Nothing was answered by the taps before: wait until the screen takes taps, then tap twice.
      await takesTaps('.k-answer-1');
      await tapTwice('.k-answer-1');
    }
    await page.getByRole('heading', { name: 'Điều gì chưa tốt?' }).waitFor();
    await takesTaps('.k-done');
    await tapTwice('.k-done');
    await page.getByRole('heading', { name: COMMENT }).waitFor();
    await takesTaps('.k-done');
    await tapTwice('.k-done');
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
  });

  it('two fingers at once answer one question once', async () => {
    await page.locator('.k-hero').click();
    await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
    await takesTaps('.k-answer-1');
    await page.evaluate(() => {
      for (const level of [2, 5]) document.querySelector<HTMLElement>(`.k-answer-${level}`)!.click();
    });
    await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
    await page.locator('.k-answer-4').click();
    await page.getByRole('heading', { name: 'Điều gì chưa tốt?' }).waitFor();
    await page.getByRole('button', { name: 'Bỏ qua' }).click();
    await page.getByRole('heading', { name: COMMENT }).waitFor();
    await page.getByRole('button', { name: 'Bỏ qua' }).click();
    await page.getByText('Cảm ơn Ông/Bà').waitFor();
    await closeThanks(page);
    await syncKiosk(page);
    expect(feedback()).toMatchObject([{ answers: { quality: 2, attitude: 4 } }]);
  });
});

describe('what the hub sets', () => {
  it('out of service closes the device after a sync and opens it again without a reload', async () => {
    await set(2, { kiosk: { isOutOfService: true } });
    await page.getByRole('heading', { name: 'Thiết bị tạm ngừng theo yêu cầu của đơn vị' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await page.locator('.k-hero').count()).toBe(0);
    await page.reload();
    await page.getByRole('heading', { name: 'Thiết bị tạm ngừng theo yêu cầu của đơn vị' }).waitFor();
    await set(3, { kiosk: { isOutOfService: false } });
    await page.locator('.k-hero').waitFor();
  });

  it('a malformed questionnaire leaves the last whole one in force and is told of once', async () => {
    await set(2, { questionnaire: FACTORS });
    await set(3, { questionnaire: { ...FACTORS, questions: [] } });
    await page.locator('.k-hero').click();
    await page.getByRole('heading', { name: 'Tiếp cận dịch vụ' }).waitFor();
    await page.reload();
    await page.locator('.k-hero').waitFor();
    await syncKiosk(page);
    await syncKiosk(page);
    const told = [...hub.entries.values()].filter(({ line }) => line.includes('"malformed"'));
    expect(told).toHaveLength(1);
    expect(told[0]?.line).toContain('"field":"questions"');
    await page.locator('.k-hero').click();
    await page.getByRole('heading', { name: 'Tiếp cận dịch vụ' }).waitFor();
  });

  it('a code beside the thanks, drawn without asking anybody', async () => {
    await set(2, { kiosk: { isOutOfService: false, phoneUrl: 'https://nhip.example.vn/danh-gia/abc' } });
    await page.locator('.k-hero').click();
    for (const heading of ['Chất lượng phục vụ', 'Thái độ phục vụ']) {
      await page.getByRole('heading', { name: heading }).waitFor();
      await page.locator('.k-answer-5').click();
    }
    await page.getByRole('img', { name: 'QR' }).waitFor();
    await page.getByText('Dùng điện thoại của Ông/Bà').waitFor();
  });
});

describe('every scale', () => {
  const all: Questionnaire = {
    ...QUICK,
    id: 'scales',
    questions: ([3, 4, 5, 10] as const).map((scale) => ({
      ...QUICK.questions[0]!,
      id: `s${scale}`,
      scale,
      title: { vi: `Thang ${scale}` },
    })),
  };

  it('has targets of 20 mm in both orientations, in the lower half on demand, named for a screen reader', async () => {
    await set(2, { questionnaire: all });
    const problems = (isLow: boolean) =>
      page.evaluate((low) => {
        const found: string[] = [];
        for (const button of document.querySelectorAll<HTMLElement>('main button, footer button')) {
          const { top, right, bottom, width, height } = button.getBoundingClientRect();
          const name = `${button.textContent} ${Math.round(width)}×${Math.round(height)}`;
          if (width < 117.5 || height < 117.5) found.push(`${name} small`);
          if (bottom > innerHeight + 1 || right > innerWidth + 1) found.push(`${name} cut off`);
          if (low && top < innerHeight / 2 - 1) found.push(`${name} too high: ${top}`);
        }
        const main = document.querySelector('main')!;
        if (main.scrollHeight > main.clientHeight + 1) found.push('scrolls');
        return found;
      }, isLow);
    const found: string[] = [];
    for (const [width, height] of [
      [1280, 800],
      [800, 1280],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const isLow of [false, true]) {
        if (isLow) await page.getByRole('button', { name: 'Chạm thấp' }).click();
        await page.locator('.k-hero').click();
        for (const { scale } of all.questions) {
          await page.getByRole('heading', { name: `Thang ${scale}` }).waitFor();
          for (const problem of await problems(isLow)) found.push(`${width} ${scale} ${isLow}: ${problem}`);
          const names = scale === 10 ? ['Mức 1 trên 10, Rất không hài lòng', 'Mức 7 trên 10'] : ['Hài lòng'];
          for (const name of names)
            await page.getByRole('button', { name: `Thang ${scale}: ${name}`, exact: true }).waitFor();
          await page.locator('[data-level="1"]').click();
        }
        await page.getByRole('heading', { name: 'Điều gì chưa tốt?' }).waitFor();
        for (const problem of await problems(isLow)) found.push(`${width} reasons ${isLow}: ${problem}`);
        await page.getByRole('button', { name: 'Bỏ qua' }).click();
        await page.getByRole('heading', { name: COMMENT }).waitFor();
        await page.getByRole('button', { name: 'Bỏ qua' }).click();
        await page.getByText('Cảm ơn Ông/Bà').waitFor();
        await closeThanks(page);
      }
    }
    expect(found).toEqual([]);
  });
});
