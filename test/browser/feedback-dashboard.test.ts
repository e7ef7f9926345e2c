/**
 * Ratings and feedback devices on the dashboard, on a real hub and in a real Chromium: what a supervisor sees on the next
 * working day, what an administrator changes by keyboard and mouse, and no fault found by axe in either language.
 * `NMC_SHOTS=FOLDER` keeps a picture of every screen at 1366×768.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFlags, needBrowser } from '../../lib/build/browsers.ts';
import { buildWeb } from '../../lib/build/web.ts';
import { addDays } from '../../lib/domain/dates.ts';
import type { EntryDraft } from '../../lib/domain/entry.ts';
import { FACTORS } from '../../lib/domain/questionnaires.ts';
import { placeDevice, saveCounter } from '../../lib/hub/feedback/index.ts';
import { releaseRatings } from '../../lib/hub/feedback/release.ts';
import { addPerson } from '../../lib/hub/people/people.ts';
import { asDevice } from '../hub/device-calls.ts';
import {
  NOON,
  PASSWORD,
  type TestDevice,
  type TestHub,
  type TestServer,
  testHub,
  testServer,
} from '../hub/support.ts';

const MONDAY = '2026-09-14';
const QUERY = 'don-vi=xa-a&ky=calendar:2026-M09';
const PARTS = ['devices', 'counters', 'questionnaires', 'clips', 'rules'] as const;
const actor = { id: 'test', scope: '*' } as const;

let folder: string;
let server: TestServer;
let at: TestHub;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

/** A silent recording as a browser makes it, told apart by its last bytes. */
const recording = () => Buffer.concat([Buffer.from('1a45dfa3', 'hex'), randomBytes(60)]);

function rating(day: string, quality: number, more: object = {}): EntryDraft {
  return {
    kind: 'feedback',
    body: {
      questionnaire: 'quick@2',
      outcome: 'completed',
      answers: { quality, attitude: Math.min(5, quality + 1) },
      quarter: `${day}T09:15`,
      language: 'vi',
      flags: [],
      ...more,
    },
  };
}

async function counterAt(name: string, devices: readonly TestDevice[]): Promise<string> {
  const saved = await saveCounter(at.hub.db, actor, { id: null, unit: 'xa-a', name }, NOON);
  if (!saved.ok) throw new Error(saved.code);
  for (const { id } of devices) {
    await placeDevice(at.hub.db, actor, { device: id, counter: saved.value.id }, NOON);
  }
  return saved.value.id;
}

/** A week at two counters: ratings, returns at the first, a comment, flagged ones, words of health, two recordings. */
async function playWeek(): Promise<void> {
  const [first, second, pc] = [
    await at.device('xa-a', 'kiosk'),
    await at.device('xa-a', 'kiosk'),
    await at.device('xa-a'),
  ];
  await counterAt('Quầy 1 – Hộ tịch, chứng thực', [first, pc]);
  await counterAt('Quầy 2 – Đất đai', [second]);
  const salt = randomBytes(16);
  const text = 'Chờ hơn một tiếng mới được gọi, nên phát số thứ tự.';
  const hash = createHash('sha256').update(salt).update(text).digest('hex');
  for (let day = 0; day < 5; day++) {
    const date = addDays(MONDAY, day);
    at.clock.now = Date.parse(`${date}T03:00:00.000Z`);
    first.append(
      {
        kind: 'health',
        body: {
          topic: 'kiosk',
          state: 'commissioned',
          detail: { persisted: true, version: '1.4.0', questionnaire: 'quick@2' },
        },
      },
      rating(date, day === 0 ? 1 : 4, day === 0 ? { reasons: ['slow'], comment: hash } : {}),
      ...[5, 5, 5, 3, 5, 4].map((quality) => rating(date, quality)),
      rating(date, 2, { reasons: ['slow', 'papers'] }),
      ...[0, 1, 2].map(() => rating(date, 5, { flags: ['burst'] })),
    );
    second.append(...[5, 4].map((quality) => rating(date, quality)));
    pc.append({
      kind: 'action',
      body: {
        action: 'return',
        n: 20,
        keys: [],
        system: 'mot-cua',
        pack: 'igate2@1.0.0',
        page: 'list',
        confirm: 'toast',
        armed: new Date(at.clock.now).toISOString(),
      },
    });
  }
  second.append({
    kind: 'health',
    body: { topic: 'kiosk', state: 'notCommissioned', detail: { persisted: false, version: '1.3.0' } },
  });
  at.clock.now = NOON;
  for (const device of [first, second, pc]) await device.receipt();
  const comments = [{ hash, salt: salt.toString('base64url'), text }];
  await asDevice(at, first)('POST', '/v1/device/comments', { comments });
  for (const phrase of ['ui.attractTitle', 'q.quick@2.quality.title']) {
    const content = recording().toString('base64');
    const body = { language: 'hmn', phrase, mime: 'audio/webm', content };
    await asDevice(at, first)('POST', '/v1/device/clips', body);
  }
  await releaseRatings(at.hub.db, NOON);
}

async function logIn(name: string): Promise<void> {
  await page.goto(`${at.hub.url}/#/danh-gia?${QUERY}`);
  await page.locator('input[name=name]').fill(name);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('input[name=password]').press('Enter');
  await page.locator('[data-feedback-of]').waitFor();
}

const figure = (name: string) => page.locator(`[data-figure="${name}"]`).getAttribute('data-value');
const part = (name: string) => page.locator(`label:has(input[name=kiosk-part][value=${name}])`).click();

async function shoot(name: string): Promise<void> {
  const to = process.env.NMC_SHOTS;
  if (!to) return;
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, `${name}.png`), await page.screenshot({ fullPage: true, animations: 'disabled' }));
}

/** What axe finds; run through the debugger, for the page's own policy lets no script in. */
async function faults(): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

async function openKiosks(): Promise<void> {
  await page.goto(`${at.hub.url}/#/thiet-bi-danh-gia?${QUERY}`);
  await page.locator('[data-service]').waitFor();
}

async function setLanguage(language: 'vi' | 'en'): Promise<void> {
  if ((await page.locator('html').getAttribute('lang')) !== language) {
    await page.locator('[data-action=language]').click();
  }
  await page.locator(`html[lang=${language}]`).waitFor();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nmc-feedback-'));
  await buildWeb({ outDir: join(folder, 'web'), pages: ['dashboard'] });
  server = await testServer();
  at = await testHub(server, { web: join(folder, 'web') });
  await playWeek();
  for (const [name, role, unit] of [
    ['quan-tri', 'provinceAdmin', null],
    ['giam-doc', 'supervisor', 'xa-a'],
  ] as const) {
    await addPerson(at.hub.db, { name, password: PASSWORD, role, unit }, 'test');
  }
  browser = await chromium.launch({ executablePath: needBrowser('chromium'), args: chromiumFlags() });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, acceptDownloads: true });
  await context.clock.setFixedTime(NOON);
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await logIn('quan-tri');
});

afterAll(async () => {
  await browser?.close();
  await at?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('ratings', () => {
  // Quầy 2 has two ratings a day: six are pooled after three days, four wait.
  it('are those of closed groups; flagged ones stand apart; a rate has both halves', async () => {
    expect(Number(await figure('feedback.released'))).toBe(46);
    expect(Number(await figure('feedback.flagged'))).toBe(12);
    expect(await figure('feedback.quick@2.quality.low')).toBe('6');
    expect(await figure('feedback.quick@2.quality.1')).toBe('1');
    expect(await figure('feedback.reason.slow')).toBe('6');
    expect(await page.locator('[data-flag=burst]').textContent()).toContain('trong vòng một phút');
    const rates = await page.locator('section:has(#f-rates) tbody').first().textContent();
    expect(rates).toMatch(/Quầy 1[\s\S]*40\/100[\s\S]*40,0/);
    expect(rates).toContain('Chưa có số liệu trả kết quả');
    expect(await page.locator('main').textContent()).not.toMatch(/09:15|Máy thử/);
  });

  it('are chosen by source with the arrow keys', async () => {
    await page.locator('input[name=feedback-source][value=all]').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('label.is-on:has(input[value=kiosk])').waitFor();
    expect(await figure('feedback.quick@2.quality.low')).toBe('6');
    await page.keyboard.press('ArrowLeft');
    await page.locator('label.is-on:has(input[value=all])').waitFor();
  });

  it('a comment is erased for good', async () => {
    await shoot('feedback-vi');
    const comment = page.locator('[data-comment]').first();
    expect(await comment.textContent()).toContain('phát số thứ tự');
    await comment.locator('[data-action=erase-comment]').click();
    await page.locator('dialog[open] [data-action=yes]').click();
    await page.locator('[data-banner=commentErased]').waitFor();
    await expect.poll(() => comment.textContent()).toContain('đã được xoá');
    await page.reload();
    await page.locator('[data-feedback-of]').waitFor();
    expect(await page.locator('main').textContent()).not.toContain('phát số thứ tự');
  });
});

describe('feedback devices', () => {
  it('say how they are; a unit’s are taken out of service and back', async () => {
    await openKiosks();
    const table = page.locator('section:has(#q-devices) tbody');
    await table.waitFor();
    expect(await table.textContent()).toMatch(/Đã kiểm tra đủ[\s\S]*1\.4\.0/);
    expect(await table.textContent()).toContain('chưa cam kết giữ');
    await page.locator('[data-action=stop-service]').click();
    await page.locator('dialog[open] [data-action=yes]').click();
    await page.locator('[data-service=off]').waitFor();
    await page.locator('[data-action=start-service]').click();
    await page.locator('[data-service=on]').waitFor();
  });

  it('get counters and places', async () => {
    await part('counters');
    await page.locator('input[name=counter-name]').fill('Quầy 3 – Lao động');
    await page.keyboard.press('Enter');
    await page.locator('th', { hasText: 'Quầy 3 – Lao động' }).waitFor();
    const place = page.locator('select[name^=place-]').first();
    await place.selectOption({ label: 'Quầy 3 – Lao động' });
    await page.locator('[data-banner=kiosksSaved]').waitFor();
    await expect
      .poll(() => place.evaluate((one: HTMLSelectElement) => one.selectedOptions[0]?.text))
      .toBe('Quầy 3 – Lao động');
  });

  it('get a questionnaire from a file, put in force for the unit', async () => {
    await part('questionnaires');
    const file = (body: unknown) => ({
      name: 'phieu.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(body)),
    });
    const input = page.locator('input[type=file]');
    await input.setInputFiles(file({ ...FACTORS, questions: [] }));
    await page.locator('[data-banner=questionnaire-wrong]', { hasText: 'questions' }).waitFor();
    await input.setInputFiles(file({ ...FACTORS, id: 'tinh-thu', version: 1 }));
    await page.locator('[data-action=save-questionnaire]').click();
    await page.locator('[data-row="tinh-thu@1"]').waitFor();
    await page.locator('select[name=in-force]').selectOption('tinh-thu@1');
    await page.locator('[data-action=save-in-force]').click();
    await page.locator('[data-in-force="tinh-thu@1"]').waitFor();
    const download = page.waitForEvent('download');
    await page.locator('[data-row="tinh-thu@1"] [data-action=download]').click();
    expect((await download).suggestedFilename()).toBe('phieu-hoi_tinh-thu_v1.json');
    await page.locator('select[name=in-force]').selectOption('');
    await page.locator('[data-action=save-in-force]').click();
    await page.locator('[data-in-force="quick@2"]').waitFor();
  });

  it('get voices', async () => {
    await part('clips');
    await page.locator('[data-action=share-clip]').first().click();
    await page.locator('[data-action=withdraw-clip]').waitFor();
    expect(await page.locator('[data-language=hmn]').textContent()).toMatch(/Đã chia sẻ 1\/\d+ câu/);
    const source = await page.locator('audio').first().getAttribute('src');
    const heard = await page.evaluate(
      async (path) => (await fetch(path!)).headers.get('content-type'),
      source,
    );
    expect(heard).toBe('audio/webm');
  });

  it('get thresholds of the unit’s own', async () => {
    await part('rules');
    await page.locator('input[name=own-interval]').check();
    await page.locator('input[name="interval.perQuarter"]').fill('12');
    await page.locator('input[name=own-openingHours]').check();
    await page.locator('[data-action=add-hours]').click();
    await page.locator('[data-action=save-rules]').click();
    await expect
      .poll(() => page.locator('[data-rule=interval]').textContent())
      .toContain('Đặt tại đơn vị này');
    expect(await page.locator('[data-rule=openingHours]').textContent()).toContain('T2–T6 07:30–17:00');
  });
});

describe('nobody is shut out', () => {
  it.each(['vi', 'en'] as const)('axe finds nothing in either view (%s)', async (language) => {
    await page.goto(`${at.hub.url}/#/danh-gia?${QUERY}`);
    await page.locator('[data-feedback-of]').waitFor();
    await setLanguage(language);
    for (const summary of await page.locator('main details > summary').all()) await summary.click();
    expect(await faults()).toEqual([]);
    await shoot(`feedback-open-${language}`);
    await openKiosks();
    for (const one of PARTS) {
      await part(one);
      await page.locator('main h3').first().waitFor();
      expect(await faults(), one).toEqual([]);
      await shoot(`kiosks-${one}-${language}`);
    }
    await part('questionnaires');
    await page.locator('[data-action=preview]').first().click();
    await page.locator('dialog[open] [data-part=preview]').waitFor();
    expect(await faults()).toEqual([]);
    await shoot(`kiosks-preview-${language}`);
    await page.keyboard.press('Escape');
    await setLanguage('vi');
  });

  it('a supervisor sees the same without a button that changes', async () => {
    await page.locator('[data-action=logout]').click();
    await page.locator('input[name=password]').waitFor();
    await logIn('giam-doc');
    expect(Number(await figure('feedback.released'))).toBe(46);
    expect(await page.locator('[data-action=erase-comment]').count()).toBe(0);
    await openKiosks();
    expect(await page.locator('[data-action=stop-service]').count()).toBe(0);
  });

  it('and the pages complained of nothing', () => {
    // The first question without a session is answered 401 before the log-in form.
    expect(complaints.filter((one) => !one.includes('401'))).toEqual([]);
  });
});
