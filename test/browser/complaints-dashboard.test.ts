/** The views "Phản ánh" and "Mã QR" of the built dashboard, in Chromium against a real hub. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFlags, needBrowser } from '../../lib/build/browsers.ts';
import { buildWeb } from '../../lib/build/web.ts';
import { slipNumber } from '../../lib/domain/slip.ts';
import type { PersonRole } from '../../lib/hub/people/access.ts';
import { addPerson } from '../../lib/hub/people/people.ts';
import { callerOf, PASSWORD, type TestHub, type TestServer, testHub, testServer } from '../hub/support.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = process.env.NMC_SHOTS ?? null;

let server: TestServer;
let home: TestHub;
let web: string;
let browser: Browser;

beforeAll(async () => {
  web = mkdtempSync(join(tmpdir(), 'nmc-complaints-'));
  await buildWeb({ outDir: web, pages: ['dashboard'] });
  server = await testServer();
  home = await testHub(server, { web });
  browser = await chromium.launch({ executablePath: needBrowser('chromium'), args: chromiumFlags() });
});
afterAll(async () => {
  await browser?.close();
  await home?.close();
  await server?.close();
  rmSync(web, { recursive: true, force: true });
});

/** The dashboard with this person signed in. */
async function open(name: string, role: PersonRole, unit: string, hash: string): Promise<Page> {
  await addPerson(home.hub.db, { name, password: PASSWORD, role, unit }, 'test');
  const answer = await fetch(`${home.hub.url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: PASSWORD }),
  });
  const [cookie = '', value = ''] = answer.headers.get('set-cookie')!.split(';')[0]!.split('=');
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
  await context.addCookies([{ name: cookie, value, url: home.hub.url }]);
  const page = await context.newPage();
  await page.goto(`${home.hub.url}/${hash}`);
  return page;
}

/** What axe finds in the view; the frame around every view is looked at elsewhere. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(context: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await axe.run({ exclude: ['.d-toolbar'] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

const shot = async (page: Page, name: string) => {
  if (SHOTS !== null) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
};
const act = (page: Page, name: string) => page.locator(`[data-action="${name}"]`).click();
const sql = <Row>(text: string, values: readonly unknown[] = []) =>
  home.hub.db.tx({ role: 'owner' }, (query) => query<Row>(text, values));

describe('Mã QR and Phản ánh', () => {
  it('a unit admin makes a code; a citizen complains by it; a supervisor reads, answers, erases, on record', async () => {
    const admin = await open('quan-tri-a', 'unitAdmin', 'tt-a', '#/ma-qr');
    await admin.locator('[data-empty="links"]').waitFor();
    await act(admin, 'make-links');
    const sheet = admin.locator('a[href^="/v1/feedback-links/sheet"]').first();
    await sheet.waitFor();
    expect(await violations(admin)).toEqual([]);
    await shot(admin, 'dashboard-links');
    const [printed] = await Promise.all([admin.context().waitForEvent('page'), sheet.click()]);
    await printed.locator('svg.qr').waitFor();
    const token = (await printed.locator('code').textContent())!.split('/').at(-1);
    await admin.context().close();

    const complaint = { token, id: 'dashboard-complaint', name: 'Người Thử Nghiệm', phone: '0912345678' };
    const text = 'Phải đi lại bốn lần để bổ sung một giấy tờ.';
    const sent = await callerOf(home.hub.url)('POST', '/v1/public/complaints', {
      ...complaint,
      text,
      consent: 1,
      aboutHead: false,
    });
    const { id } = (await sent.json()) as { id: string };

    const page = await open('giam-sat-a', 'supervisor', 'tt-a', '#/phan-anh');
    await page.locator(`[data-row="${id}"]`).waitFor();
    expect(await page.locator('body').textContent()).not.toContain('0912345678');
    expect(await violations(page)).toEqual([]);
    await shot(page, 'dashboard-complaints');
    await act(page, `open:${id}`);
    await act(page, 'read');
    await page.getByText(text).waitFor();
    expect(await violations(page)).toEqual([]);
    await shot(page, 'dashboard-complaint');
    expect(
      await sql(`SELECT 1 FROM audit WHERE action = 'openComplaint' AND object = $1`, [id]),
    ).toHaveLength(1);
    await act(page, 'answer');
    await page.getByText('Hãy ghi nội dung trả lời').waitFor();
    await page.fill('textarea[name="answer"]', 'Đã gọi điện trả lời.');
    await act(page, 'answer');
    await page.locator(`[data-row="${id}"] >> text=Đã trả lời`).waitFor();
    await act(page, `open:${id}`);
    await act(page, 'erase');
    await act(page, 'yes');
    await page.getByText('đã được xoá hẳn').waitFor();
    const rows = await sql<{ row: string }>('SELECT c::text AS row FROM complaint c WHERE id = $1', [id]);
    expect(rows[0]!.row).not.toContain('Người Thử');
    await page.context().close();
  });

  it('a paper slip: a wrong digit is refused beside the field, a right one goes into the register', async () => {
    const page = await open('giam-sat-b', 'supervisor', 'xa-b', '#/phan-anh');
    await page.locator('[data-empty="complaints"]').waitFor();
    await act(page, 'slip');
    await page.fill('[name="slip"]', '0007-0');
    await act(page, 'register');
    await page.locator('[data-field="slip"] .n-error').waitFor();
    expect(await page.locator('[name="phone"]').count()).toBe(0);
    await page.fill('[name="slip"]', slipNumber(7));
    await page.fill('[name="received"]', '2026-09-18');
    await act(page, 'register');
    await page.getByText(`Phiếu giấy ${slipNumber(7)}`).waitFor();
    await page.context().close();
  });

  it('an auditor sees the list and opens nothing', async () => {
    const page = await open('thanh-tra', 'auditor', 'xa-b', '#/phan-anh');
    await page.locator('[data-row]').first().waitFor();
    expect(await page.locator('[data-action^="open:"]').count()).toBe(0);
    expect(await page.locator('[data-action="slip"]').count()).toBe(0);
    await page.context().close();
  });
});
