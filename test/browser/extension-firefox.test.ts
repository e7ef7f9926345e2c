/** The built extension in a real Firefox: it loads, runs its first steps, and reads a bound page. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkerView } from '../../lib/extension/messages.ts';
import { startPage } from './extension-driver.ts';
import { type FirefoxDriver, startFirefox } from './firefox-driver.ts';
import { ownAsk } from './ledger.ts';
import { activateByFile, must } from './quick-enrol.ts';

let driver: FirefoxDriver;
let options: Page;
let site: Awaited<ReturnType<typeof startPage>>;

beforeAll(async () => {
  site = await startPage('<!doctype html><title>practice</title><p>practice page</p>');
  driver = await startFirefox();
  options = await driver.own('options.html');
});

afterAll(async () => {
  await driver?.close();
  await site?.close();
});

describe('in Firefox', () => {
  it('shows the notice, and goes on after it was accepted', async () => {
    await (await options.waitForSelector('input[name="accept"]'))!.click();
    await (await options.waitForSelector('[data-action="accept-notice"]:not([disabled])'))!.click();
    await options.waitForSelector('[data-step="activation"][data-step-state="open"]');
  });

  it('enrols, binds a host, and the reader starts in a page that is already open', async () => {
    const open = await driver.browser.newPage();
    await open.goto(site.origin);
    await activateByFile(options);
    await must(options, {
      type: 'extension-worker/bind',
      origin: site.origin,
      family: 'igate2',
      name: 'Một cửa',
    });
    await open.waitForSelector('nmc-badge');
    const view = await ownAsk<WorkerView>(options, { type: 'extension-worker/view' });
    expect(view.summary.state).toBe('recording');
    expect(view.hosts).toMatchObject([{ origin: site.origin, isGranted: true }]);
    await open.reload();
    await open.waitForSelector('nmc-badge');
  });

  it('records by hand, durably, and shows it in the ledger', async () => {
    const day = (await ownAsk<WorkerView>(options, { type: 'extension-worker/view' })).summary.day;
    const message = {
      type: 'extension-worker/manual',
      ref: { document: 'firefox', counter: 1 },
      action: 'return',
      n: 2,
      day,
      reason: 'Trang lỗi',
    };
    expect(await ownAsk(options, message)).toEqual({ ok: true });
    expect(await ownAsk(options, message)).toEqual({ ok: true });
    expect((await ownAsk<WorkerView>(options, { type: 'extension-worker/view' })).summary.counts).toEqual({
      return: 2,
    });
  });
});
