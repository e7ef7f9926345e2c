/**
 * Dropped exports in the built extension, in both browsers: a worker reads under the pages' strict policy (Trusted Types),
 * the page stays awake over a large file, a preview comes before anything is written, the same file writes once.
 */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLine } from '../../lib/domain/entry.ts';
import type { LinesAnswer, WorkerView } from '../../lib/extension/messages.ts';
import { csv, workbook } from '../unit/reports/export-files.ts';
import { startDriver } from './extension-driver.ts';
import { startFirefox } from './firefox-driver.ts';
import { ownAsk } from './ledger.ts';
import { activateByFile } from './quick-enrol.ts';

const HEAD = [
  'STT',
  'Mã hồ sơ',
  'Chủ hồ sơ',
  'Ngày tiếp nhận',
  'Ngày hẹn trả',
  'Ngày kết thúc xử lý',
  'Trạng thái',
];
const row = (n: number, status = 'Đang xử lý') => [
  String(n),
  `H41.17.3-250105-${String(n).padStart(6, '0')}`,
  'Người Bịa Ra',
  '05/01/2025',
  '15/01/2025',
  status === 'Đang xử lý' ? '' : '10/01/2025',
  status,
];
const STARTS = { Chromium: startDriver, Firefox: startFirefox } as const;

describe.each(['Chromium', 'Firefox'] as const)('in %s', (name) => {
  let driver: Awaited<ReturnType<typeof startFirefox>>;
  let page: Page;

  const press = async (on: Page, selector: string) => {
    await on.bringToFront();
    await (await on.waitForSelector(selector, { visible: true }))!.click();
  };
  /** Drops a file as the file manager would: the page gets an event with a file. */
  const drop = async (on: Page, fileName: string, bytes: Uint8Array) => {
    await on.waitForSelector('[data-drop="export"]');
    const base64 = Buffer.from(bytes).toString('base64');
    await on.evaluate(
      (called, text) => {
        const binary = atob(text);
        const content = new Uint8Array(binary.length);
        for (let at = 0; at < binary.length; at += 1) content[at] = binary.charCodeAt(at);
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], called));
        const place = document.querySelector('[data-drop="export"]')!;
        place.dispatchEvent(
          new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }),
        );
      },
      fileName,
      base64,
    );
  };
  const recorded = async () => {
    const { streams } = await ownAsk<WorkerView>(page, { type: 'extension-worker/view' });
    const all: string[] = [];
    for (const { stream, head } of streams)
      for (let first = 1; first <= head; first += 1_000) {
        const last = Math.min(head, first + 999);
        all.push(
          ...(await ownAsk<LinesAnswer>(page, { type: 'extension-worker/lines', stream, first, last })).lines,
        );
      }
    return all;
  };
  const count = (id: string) =>
    page.$eval(`[data-count="${id}"] dd`, (one) => Number(one.textContent!.replace(/\D/g, '')));
  const writeIt = async () => {
    await press(page, '[data-action="write-export"]:not([disabled])');
    await page.waitForSelector('[data-banner="export-written"]');
    const said = await page.$eval('[data-banner="export-written"] strong', (one) =>
      Number(one.textContent!.replace(/\D/g, '')),
    );
    await press(page, '[data-action="another-export"]');
    return said;
  };

  beforeAll(async () => {
    driver = await STARTS[name]();
    page = await driver.own('options.html');
    await press(page, 'input[name="accept"]');
    await press(page, '[data-action="accept-notice"]:not([disabled])');
    await page.waitForSelector('[data-step="activation"][data-step-state="open"]');
    await activateByFile(page);
    await ownAsk(page, {
      type: 'extension-worker/bind',
      origin: 'http://127.0.0.1:8099',
      family: 'igate2',
      name: 'Một cửa',
    });
    await page.evaluate(() => {
      location.hash = '#import';
    });
  });

  afterAll(() => driver?.close());

  it('a workbook is shown first, written on demand, once', async () => {
    const book = await workbook([
      ['DANH SÁCH HỒ SƠ'],
      HEAD,
      row(1),
      row(2, 'Đã trả kết quả'),
      [...row(3).slice(0, 3), '31/02/2025', ...row(3).slice(4)],
    ]);
    await drop(page, 'danh-sach.xlsx', book);
    await page.waitForSelector('[data-export="preview"]');
    expect([await count('read'), await count('issues')]).toEqual([3, 1]);
    expect((await recorded()).filter((line) => line.includes('"kind":"dossier"'))).toEqual([]);
    expect(await writeIt()).toBe(3);
    await drop(page, 'danh-sach.xlsx', book);
    await page.waitForSelector('[data-export="preview"]');
    expect(await writeIt()).toBe(0);
    const lines = await recorded();
    expect(lines.join('\n')).not.toMatch(/Bịa|H41\.17\.3-250105/);
    const entries = lines
      .map(readLine)
      .flatMap((one) => (one.ok && one.entry.kind === 'dossier' ? [one.entry.body] : []));
    expect(entries.map(({ facts, rank, page: type }) => [facts.status, facts.received, rank, type])).toEqual([
      ['processing', '2025-01-05', 2, 'export'],
      ['returned', '2025-01-05', 2, 'export'],
      ['processing', undefined, 2, 'export'],
    ]);
  });

  it('HTML called .xls is read without running it', async () => {
    const cells = (all: readonly string[]) => `<tr>${all.map((text) => `<td>${text}</td>`).join('')}</tr>`;
    const html = `<html><meta charset="utf-8"><script>document.title = 'ran'; globalThis.ran = true</script><img src=x onerror="globalThis.ran = true"><table>${cells(HEAD)}${cells(row(7))}</table></html>`;
    await drop(page, 'bao-cao.xls', new TextEncoder().encode(html));
    await page.waitForSelector('[data-export="preview"]');
    expect(await count('read')).toBe(1);
    expect(await page.evaluate(() => 'ran' in globalThis || document.title === 'ran')).toBe(false);
    await press(page, '[data-action="discard-export"]');
  });

  it('the page stays awake over a large file, and reading can be stopped', async () => {
    const rows = Array.from({ length: 60_000 }, (_, at) => [...row(at + 10), 'x'.repeat(100)]);
    const large = csv([[...HEAD, 'Ghi chú'], ...rows]);
    expect(large.length).toBeGreaterThan(10_000_000);
    await page.evaluate(() => {
      const seen = { longest: 0, last: performance.now() };
      (globalThis as unknown as { seen: typeof seen }).seen = seen;
      setInterval(() => {
        const now = performance.now();
        seen.longest = Math.max(seen.longest, now - seen.last);
        seen.last = now;
      }, 10);
    });
    const rest = () =>
      page.evaluate(() =>
        Object.assign((globalThis as unknown as { seen: { longest: number; last: number } }).seen, {
          longest: 0,
          last: performance.now(),
          from: performance.now(),
        }),
      );
    await drop(page, 'lon.csv', large);
    await rest();
    await page.waitForSelector('[data-action="cancel-export"]');
    await page.waitForSelector('[data-export="preview"]', { timeout: 120_000 });
    const { longest, all } = await page.evaluate(() => {
      const { seen } = globalThis as unknown as { seen: { longest: number; from: number } };
      return { longest: seen.longest, all: performance.now() - seen.from };
    });
    expect(await count('read')).toBe(60_000);
    // Read in the page itself, the longest silence would be all of the reading.
    expect(longest * 3).toBeLessThan(all);
    await press(page, '[data-action="discard-export"]');
    await drop(page, 'lon.csv', large);
    await press(page, '[data-action="cancel-export"]');
    await page.waitForSelector('[data-drop="export"]');
  });

  it('a file dropped on the popup arrives on the import page', async () => {
    const popup = await driver.own('popup.html', 360, 600);
    const before = new Set(await driver.browser.pages());
    await drop(popup, 'tu-popup.csv', csv([HEAD, row(8)]));
    // Firefox names no address of a page that an extension opened: what it shows tells which it is.
    const isImport = (one: Page) =>
      one
        .$eval('[data-export="preview"]', (place) => place.textContent?.includes('tu-popup.csv') === true)
        .catch(() => false);
    let opened: Page | undefined;
    for (let turn = 0; turn < 200 && !opened; turn += 1) {
      await new Promise((go) => setTimeout(go, 100));
      for (const one of await driver.browser.pages())
        if (!before.has(one) && (await isImport(one))) opened = one;
    }
    expect(opened).toBeDefined();
    await opened!.close();
  });
});
