/** The built extension in a real Firefox: it loads, runs its first steps, and reads a bound page. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkerView } from '../../lib/extension/messages.ts';
import { writeUnitFile } from '../../lib/sync/index.ts';
import { startPage } from './extension-driver.ts';
import { type FirefoxDriver, startFirefox } from './firefox-driver.ts';

let driver: FirefoxDriver;
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
