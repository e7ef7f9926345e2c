/**
 * Two families on one host in a real Chromium: each document is read with the pack its address names, and nobody's
 * confirmation of the host is shown until the province gives it.
 */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Driver, readerWorld, startDriver, startPage } from './extension-driver.ts';
import { activateByFile } from './quick-enrol.ts';

let driver: Driver;
let site: Awaited<ReturnType<typeof startPage>>;
let options: Page;

beforeAll(async () => {
  site = await startPage('<!doctype html><title>practice</title><p>practice page</p>');
  driver = await startDriver();
  options = await driver.own('options.html');
  await activateByFile(options);
});

afterAll(async () => {
  await driver?.close();
  await site?.close();
});

/** The same keys as a policy, which the test build reads from `storage.local`. */
async function setPolicy(tenant: object): Promise<void> {
  await options.evaluate(
    (one) =>
      (
        globalThis as unknown as {
          chrome: { storage: { local: { set(values: object): Promise<void> } } };
        }
      ).chrome.storage.local.set({ tenants: [one] }),
    tenant,
  );
}

async function packAt(path: string): Promise<{ pack: string; system: string }> {
  const page = await driver.browser.newPage();
  await page.goto(site.origin + path);
  const world = await readerWorld(page);
  const hello = await world.say<{ system: string; pack: { id: string } }>(
    `chrome.runtime.sendMessage({ type: 'page-worker/hello', origin: location.origin })`,
  );
  await page.close();
  return { pack: hello.pack.id, system: hello.system };
}

describe('two families on one host', () => {
  it('are told apart by path and hash, never by the query', async () => {
    await setPolicy({
      id: 'nghe-an',
      name: 'Nghệ An',
      family: 'igate1',
      families: ['igate2', 'lienthong'],
      origins: [site.origin],
      status: 'unverified',
    });
    await options.reload();
    await options.waitForSelector(`[data-row="${site.origin}"]`);
    expect(await packAt('/dich-vu-cong/tiep-nhan-online/nhap-le-phi-ho-so?sid=1')).toEqual({
      pack: 'igate1',
      system: 'nghe-an',
    });
    expect(await packAt('/vi/dossier/search?code=H41')).toEqual({ pack: 'igate2', system: 'nghe-an' });
    expect(await packAt('/#/ke-khai/2.000987')).toMatchObject({ pack: 'lienthong' });
    expect(await packAt('/?next=/vi/dossier/search')).toMatchObject({ pack: 'igate1' });
  });

  it('the options page says that nobody confirmed the host, until somebody does', async () => {
    const mark = `[data-unconfirmed="${site.origin}"]`;
    await options.waitForSelector(mark);
    await setPolicy({
      id: 'nghe-an',
      name: 'Nghệ An',
      family: 'igate1',
      origins: [site.origin],
      status: 'verified',
    });
    await options.reload();
    await options.waitForSelector(`[data-row="${site.origin}"]`);
    expect(await options.$(mark)).toBeNull();
  });

  it('a known system is found by its name and fills the form', async () => {
    await options.type('input[name="find-host"]', 'nghe an');
    const found = await options.waitForSelector('[data-origin="https://dichvucong.nghean.gov.vn"]');
    await found!.click();
    const value = (name: string) => options.$eval(`input[name="${name}"]`, (one) => one.value);
    expect(await value('origin')).toBe('https://dichvucong.nghean.gov.vn');
    expect(await value('host-name')).toBe('Cổng dịch vụ công tỉnh Nghệ An');
    expect(await options.$eval('select[name="family"]', (one) => one.value)).toBe('igate1');
  });
});
