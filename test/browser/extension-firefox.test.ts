/** The built extension in a real Firefox: it loads, runs its first steps, and reads a bound page. */
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needBrowser } from '../../lib/build/browsers.ts';
import { ensureExtension } from '../../lib/build/extension.ts';
import { GECKO_ID } from '../../lib/build/manifest.ts';
import type { WorkerView } from '../../lib/extension/messages.ts';
import { writeUnitFile } from '../../lib/sync/index.ts';
import { startPage } from './extension-driver.ts';

const UUID = '7d1f0a52-52c1-4e0b-9a55-0c9a7f6d2b11';
let browser: Browser;
let options: Page;
let site: Awaited<ReturnType<typeof startPage>>;

async function ask<T>(message: unknown): Promise<T> {
  const answer = await options.evaluate(
    (one) =>
      (
        globalThis as unknown as { browser: { runtime: { sendMessage(message: unknown): Promise<unknown> } } }
      ).browser.runtime.sendMessage(one),
    message,
  );
  return answer as T;
}

beforeAll(async () => {
  const folder = await ensureExtension('firefox', 'test');
  site = await startPage('<!doctype html><title>practice</title><p>practice page</p>');
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: needBrowser('firefox'),
    headless: true,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { 'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: UUID }) },
  });
  await browser.installExtension(folder);
  options = await browser.newPage();
  // BiDi never reports the load of an extension page (field-notes §4.4): the page itself says when it is there.
  await options
    .goto(`moz-extension://${UUID}/options.html`, { timeout: 3_000 })
    .catch((error: unknown) => expect(String(error)).toMatch(/timeout/i));
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe('in Firefox', () => {
  it('shows the notice, and goes on after it was accepted', async () => {
    await (await options.waitForSelector('input[name="accept"]'))!.click();
    await (await options.waitForSelector('[data-action="accept-notice"]:not([disabled])'))!.click();
    await options.waitForSelector('[data-step="activation"][data-step-state="open"]');
  });

  it('enrols, binds a host, and the reader starts in a page that is already open', async () => {
    const open = await browser.newPage();
    await open.goto(site.origin);
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ]);
    const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const file = await writeUnitFile(
      {
        unit: { id: 'xa-mau', name: 'UBND xã Mẫu Sơn' },
        province: 'H41',
        page: { id: 'unit-page-1', jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } },
        provinceKey: { epoch: 'e1', key: crypto.getRandomValues(new Uint8Array(32)) },
      },
      'cụm mật khẩu',
    );
    expect(
      await ask({
        type: 'extension-worker/activate-file',
        file: Buffer.from(file).toString('base64'),
        passphrase: 'cụm mật khẩu',
        name: 'Quầy 1',
      }),
    ).toEqual({ ok: true });
    expect(
      await ask({ type: 'extension-worker/bind', origin: site.origin, family: 'igate2', name: 'Một cửa' }),
    ).toEqual({ ok: true });
    await open.waitForSelector('nmc-badge');
    const view = await ask<WorkerView>({ type: 'extension-worker/view' });
    expect(view.summary.state).toBe('recording');
    expect(view.hosts).toMatchObject([{ origin: site.origin, isGranted: true }]);
    await open.reload();
    await open.waitForSelector('nmc-badge');
  });

  it('records by hand, durably, and shows it in the ledger', async () => {
    const day = (await ask<WorkerView>({ type: 'extension-worker/view' })).summary.day;
    const message = {
      type: 'extension-worker/manual',
      ref: { document: 'firefox', counter: 1 },
      action: 'return',
      n: 2,
      day,
      reason: 'Trang lỗi',
    };
    expect(await ask(message)).toEqual({ ok: true });
    expect(await ask(message)).toEqual({ ok: true });
    expect((await ask<WorkerView>({ type: 'extension-worker/view' })).summary.counts).toEqual({ return: 2 });
  });
});
