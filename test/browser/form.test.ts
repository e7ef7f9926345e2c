/** The form on a citizen's phone and in a widget, in Chromium against a real hub: built pages, real policies, real rows. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFlags, needBrowser } from '../../lib/build/browsers.ts';
import { buildWeb } from '../../lib/build/web.ts';
import { type Caller, type TestHub, type TestServer, testHub, testServer } from '../hub/support.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A folder for pictures, when somebody wants to look. */
const SHOTS = process.env.NMC_SHOTS ?? null;
const PHONE = { width: 360, height: 640 };

let server: TestServer;
let home: TestHub;
let web: string;
let browser: Browser;
let admin: Caller;
let portal: { url: string; page: string; close(): void };

beforeAll(async () => {
  web = mkdtempSync(join(tmpdir(), 'nmc-form-'));
  await buildWeb({ outDir: web, pages: ['form'] });
  server = await testServer();
  home = await testHub(server, { web });
  admin = await home.person('unitAdmin', null);
  browser = await chromium.launch({ executablePath: needBrowser('chromium'), args: chromiumFlags() });
  portal = await servePortal();
});
afterAll(async () => {
  await browser?.close();
  portal?.close();
  await home?.close();
  await server?.close();
  rmSync(web, { recursive: true, force: true });
});

/** A portal of another origin that shows what `page` holds. */
async function servePortal() {
  const site: Server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(site_.page);
  });
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const site_ = { url, page: '', close: () => void site.close() };
  return site_;
}

async function link(over: Record<string, unknown> = {}): Promise<string> {
  const answer = await admin('POST', '/v1/feedback-links', { kind: 'counter', unit: 'tt-a', ...over });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return new URL(((await answer.json()) as { urls: string[] }).urls[0]!).pathname;
}

function sql<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return home.hub.db.tx({ role: 'owner' }, (query) => query<Row>(text, values));
}

interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained about, and every origin it asked. */
  readonly complaints: string[];
  readonly origins: Set<string>;
}

async function open(
  path: string,
  over: { lang?: string; javaScriptEnabled?: boolean } = {},
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    locale: over.lang ?? 'vi-VN',
    javaScriptEnabled: over.javaScriptEnabled ?? true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const origins = new Set<string>();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.goto(home.hub.url + path);
  return { page, context, complaints, origins };
}

const step = (page: Page, name: string) => page.locator(`[data-step="${name}"]:not(.f-guard)`).waitFor();
const level = (page: Page, n: number) => page.locator(`[data-level="${n}"]`).click();
const act = (page: Page, name: string) => page.locator(`[data-act="${name}"]`).click();
const shot = async (page: Page, name: string) => {
  if (SHOTS !== null) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
};

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await axe.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

async function visitsOf(language: string) {
  return sql<{ answers: unknown; reasons: string[]; comment: string | null }>(
    `SELECT * FROM visit WHERE language = $1 AND source = 'phone' ORDER BY seq`,
    [language],
  );
}

describe('on a phone, 360 × 640', () => {
  for (const [lang, code] of [
    ['vi-VN', 'vi'],
    ['en-GB', 'en'],
  ] as const) {
    it(`a low rating with reasons and a message (${code}): kept once; every screen passes axe; nothing stays in the browser`, async () => {
      const { page, context, complaints, origins } = await open(await link(), { lang });
      const before = (await visitsOf(code)).length;
      const faults: string[] = [];
      const look = async (name: string) => {
        await step(page, name);
        faults.push(...(await violations(page)).map((one) => `${name} ${one}`));
        await shot(page, `${code}-${name}`);
      };
      await look('quality');
      await level(page, 1);
      await look('attitude');
      expect(await page.locator('[data-level][aria-pressed="true"]').count()).toBe(0);
      await level(page, 4);
      await look('reasons');
      await page.locator('[data-reason="slow"]').click();
      await page.locator('[data-reason="papers"]').click();
      await page.locator('[data-reason="rude"]').click({ force: true });
      await act(page, 'done');
      await look('comment');
      await page.locator('textarea').fill('Chờ lâu. <script>alert(1)</script>');
      await shot(page, `${code}-comment-written`);
      await act(page, 'send');
      await look('thanks');
      await act(page, 'complain');
      await look('complaint');
      const visits = await visitsOf(code);
      expect(visits).toHaveLength(before + 1);
      const mine = visits.find(({ comment }) => comment !== null)!;
      expect(mine).toMatchObject({ answers: { quality: 1, attitude: 4 }, reasons: ['slow', 'papers'] });
      const words = await sql<{ text: string }>('SELECT text FROM visit_comment WHERE hash = $1', [
        mine.comment,
      ]);
      expect(words[0]!.text).toBe('Chờ lâu. <script>alert(1)</script>');
      const left = await page.evaluate(async () => [
        localStorage.length,
        sessionStorage.length,
        (await indexedDB.databases()).length,
        document.cookie,
      ]);
      expect(left).toEqual([0, 0, 0, '']);
      expect(await context.cookies()).toEqual([]);
      expect([...origins]).toEqual([home.hub.url]);
      expect(complaints).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    });
  }

  it('fits: nothing is cut off at the side, and every choice is at least 44 px high', async () => {
    const { page, context } = await open(await link());
    await step(page, 'quality');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(PHONE.width);
    const heights = await page
      .locator('button')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    await context.close();
  });

  it('without network the answer waits in the page and goes by itself when the network is back, once', async () => {
    const { page, context } = await open(await link());
    const before = (await visitsOf('vi')).length;
    await step(page, 'quality');
    await level(page, 5);
    await step(page, 'attitude');
    await context.setOffline(true);
    await level(page, 5);
    await step(page, 'waiting');
    await shot(page, 'vi-waiting');
    expect(await visitsOf('vi')).toHaveLength(before);
    await context.setOffline(false);
    await step(page, 'thanks');
    expect(await visitsOf('vi')).toHaveLength(before + 1);
    await context.close();
  });

  it('an answer whose reply is lost after it was kept is kept once all the same; a captive portal is not believed', async () => {
    const { page, context } = await open(await link());
    const before = (await visitsOf('vi')).length;
    let calls = 0;
    await page.route('**/v1/public/feedback', async (route) => {
      calls += 1;
      if (calls === 1) return route.fulfill({ status: 200, body: '<html>Wi-Fi</html>' });
      if (calls > 2) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await step(page, 'quality');
    await level(page, 5);
    await step(page, 'attitude');
    await level(page, 4);
    await step(page, 'waiting');
    expect(await visitsOf('vi')).toHaveLength(before);
    await act(page, 'again');
    await page.waitForFunction(() => document.querySelector('[data-step="waiting"]') !== null);
    await step(page, 'waiting');
    await act(page, 'again');
    await step(page, 'thanks');
    expect(calls).toBe(3);
    expect(await visitsOf('vi')).toHaveLength(before + 1);
    await context.close();
  });

  it('a double tap answers one question', async () => {
    const { page, context } = await open(await link());
    await step(page, 'quality');
    await page.locator('[data-level="5"]').dblclick();
    await step(page, 'attitude');
    await context.close();
  });

  it('codes that are used, expired, revoked or none say so and what to do', async () => {
    const receipt = await link({ kind: 'receipt' });
    const first = await open(receipt);
    await step(first.page, 'quality');
    await level(first.page, 5);
    await step(first.page, 'attitude');
    await level(first.page, 5);
    await step(first.page, 'thanks');
    await first.context.close();
    for (const [path, title] of [
      [receipt, 'Mã này đã dùng rồi'],
      [`/danh-gia/${'A'.repeat(22)}`, 'Mã này không dùng được'],
    ] as const) {
      const { page, context } = await open(path);
      await step(page, 'closed');
      expect(await page.locator('h1').textContent()).toBe(title);
      expect(await page.locator('main').textContent()).toContain('phiếu giấy');
      expect(await violations(page)).toEqual([]);
      await shot(page, `vi-closed-${title.length}`);
      await context.close();
    }
  });

  it('without JavaScript it says what to do', async () => {
    const { page, context } = await open(await link(), { javaScriptEnabled: false });
    await page.locator('noscript h1').waitFor();
    expect(await page.locator('noscript').textContent()).toContain('Hãy bật JavaScript');
    await context.close();
  });
});

describe('a complaint that wants an answer', () => {
  it('names what is wrong beside the field, loses nothing without network, shows a number at the end', async () => {
    const { page, context } = await open(`${await link()}#phan-anh`);
    await step(page, 'complaint');
    expect(await page.locator('input[type="checkbox"]:checked').count()).toBe(0);
    await act(page, 'sendComplaint');
    for (const field of ['text', 'name', 'phone', 'consent']) {
      await page.locator(`[data-field="${field}"] .f-fault`).waitFor();
    }
    await shot(page, 'vi-complaint-wrong');
    expect(await violations(page)).toEqual([]);
    await page.fill('[name="text"]', 'Phải đi lại bốn lần để bổ sung một giấy tờ.');
    await page.fill('[name="name"]', 'Người Thử Nghiệm');
    await page.fill('[name="phone"]', '0912 345');
    await page.check('[name="consent"]');
    await act(page, 'sendComplaint');
    expect(await page.locator('.f-fault').allTextContents()).toEqual([
      'Số điện thoại chưa đúng. Ví dụ: 0912 345 678.',
    ]);
    await page.fill('[name="phone"]', '0912 345 678');
    await context.setOffline(true);
    await act(page, 'sendComplaint');
    await page.getByText('Điện thoại chưa có mạng').waitFor();
    await act(page, 'back');
    await act(page, 'complain');
    expect(await page.inputValue('[name="text"]')).toContain('bốn lần');
    await context.setOffline(false);
    await act(page, 'sendComplaint');
    await step(page, 'complaintDone');
    await shot(page, 'vi-complaint-done');
    expect(await violations(page)).toEqual([]);
    const number = await page.locator('.f-number').textContent();
    const rows = await sql<Record<string, unknown>>('SELECT name, phone, unit FROM complaint WHERE id = $1', [
      number,
    ]);
    expect(rows).toEqual([{ name: 'Người Thử Nghiệm', phone: '0912345678', unit: 'tt-a' }]);
    await context.close();
  });
});

describe('the widget', () => {
  it('stands in a portal by one line, tells it when it is ready and done, and shares nothing with it', async () => {
    const token = (await link({ kind: 'widget', origins: [portal.url] })).split('/').at(-1)!;
    portal.page = `<!doctype html><title>Portal</title><body><h1>Portal</h1><script>
      localStorage.setItem('secret', 'portal');
      window.heard = [];
      addEventListener('nmc:ready', () => heard.push('ready'));
      addEventListener('nmc:done', () => heard.push('done'));
      addEventListener('message', (event) => heard.push(event.origin + ' ' + event.data.type));
    </script><script src="${home.hub.url}/widget.js" data-nmc="${token}" data-language="en" async></script>`;
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(portal.url);
    const frame = page.frameLocator('iframe');
    await frame.locator('[data-step="quality"]:not(.f-guard)').waitFor();
    expect(await page.locator('iframe').getAttribute('title')).toBe('Rate our service');
    expect(await frame.locator('[data-act="complain"]').count()).toBe(0);
    await frame.locator('[data-level="3"]').click();
    await frame.locator('[data-step="attitude"]:not(.f-guard)').waitFor();
    await frame.locator('[data-level="4"]').click();
    await frame.locator('[data-step="thanks"]:not(.f-guard)').waitFor();
    await page.waitForFunction(() => (window as unknown as { heard: string[] }).heard.includes('done'));
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    expect(heard).toContain('ready');
    expect(heard).toContain('null nmc:height');
    const inside = page.frames().find((one) => one.url().includes('/widget/'))!;
    const storage = await inside.evaluate(() => {
      try {
        return localStorage.length;
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(storage).toBe('SecurityError');
    expect(await inside.evaluate(() => self.origin)).toBe('null');
    await page.waitForFunction(() => document.querySelector('iframe')!.style.height !== '640px');
    await shot(page, 'en-widget');
    expect(complaints).toEqual([]);
    expect(await sql(`SELECT 1 FROM visit WHERE source = 'widget' AND language = 'en'`)).toHaveLength(1);
    await frame.locator('[data-act="fresh"]').click();
    await frame.locator('[data-step="quality"]').waitFor();
    await context.close();
  });

  it('on a shared screen an unfinished answer is cleared after a warning', async () => {
    const path = await link({ kind: 'widget', origins: [portal.url] });
    const context = await browser.newContext({ viewport: { width: 800, height: 600 } });
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(home.hub.url + path);
    await page.clock.runFor(400);
    await page.locator('[data-level="2"]').click();
    await page.clock.runFor(400);
    await step(page, 'attitude');
    await page.clock.runFor(65_000);
    await act(page, 'stay');
    await page.clock.runFor(30_000);
    await step(page, 'attitude');
    await page.clock.runFor(55_000);
    await step(page, 'quality');
    await page.clock.runFor(400);
    await level(page, 5);
    await page.clock.runFor(400);
    await level(page, 5);
    await expect
      .poll(
        async () => {
          await page.clock.runFor(100);
          return page.locator('[data-step="thanks"]').count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await page.clock.runFor(16_000);
    await page.locator('[data-step="quality"]').waitFor();
    await context.close();
  });

  it('is refused in a frame of any other site', async () => {
    const path = await link({ kind: 'widget', origins: ['https://cong.example.vn'] });
    portal.page = `<!doctype html><iframe src="${home.hub.url}${path}"></iframe>`;
    const context = await browser.newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(portal.url);
    await expect.poll(() => complaints.join(' ')).toContain('frame-ancestors');
    expect(await page.frameLocator('iframe').locator('[data-step]').count()).toBe(0);
    await context.close();
  });
});

describe('printed sheets', () => {
  it('A4: a page per counter, twelve stickers a page, slips two a page; nothing runs over', async () => {
    await sql(
      `INSERT INTO counter (province, id, unit, name) VALUES ($1, 'q1', 'tt-a', 'Quầy số 1'), ($1, 'q2', 'tt-a', 'Quầy số 2')`,
      [home.hub.db.province],
    );
    const ids: string[] = [];
    for (const over of [{ counter: 'q1' }, { counter: 'q2' }]) {
      const answer = await admin('POST', '/v1/feedback-links', { kind: 'counter', unit: 'tt-a', ...over });
      ids.push(((await answer.json()) as { id: string }).id);
    }
    const receipts = await admin('POST', '/v1/feedback-links', { kind: 'receipt', unit: 'tt-a', count: 14 });
    const sheets = {
      counters: `/v1/feedback-links/sheet?${ids.map((id) => `id=${id}`).join('&')}`,
      receipts: `/v1/feedback-links/sheet?id=${((await receipts.json()) as { id: string }).id}`,
      slips: '/v1/complaints/slips/sheet?unit=tt-a&from=0&count=4',
    };
    const context = await browser.newContext({ viewport: { width: 794, height: 1123 } });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(sheets)) {
      const answer = await admin('GET', path);
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': answer.headers.get('content-security-policy')!,
      };
      const body = await answer.text();
      await page.route('**/sheet', (route) => route.fulfill({ headers, body }));
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      await page.goto(`${home.hub.url}/sheet`);
      await page.emulateMedia({ media: 'print' });
      const cut = await page
        .locator('.page, .sticker, .slip > div')
        .evaluateAll((all) =>
          all
            .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
            .map((one) => one.className),
        );
      expect(cut, name).toEqual([]);
      const pdf = await page.pdf({
        format: 'A4',
        preferCSSPageSize: true,
        ...(SHOTS ? { path: join(SHOTS, `${name}.pdf`) } : {}),
      });
      const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g);
      expect(pages, name).toHaveLength(2);
      await shot(page, `sheet-${name}`);
      expect(complaints, name).toEqual([]);
      await page.unroute('**/sheet');
    }
    await context.close();
  });
});
