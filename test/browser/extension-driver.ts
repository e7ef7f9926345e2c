/** Drives the built extension in a real Chromium: a fresh profile, its own pages, its content-script world, its worker. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { chromiumFlags, needBrowser } from '../../lib/build/browsers.ts';
import { ensureExtension } from '../../lib/build/extension.ts';
import { TEST_ID } from '../../lib/build/manifest.ts';

export interface Driver {
  readonly browser: Browser;
  /** Opens one of the extension's own pages. */
  readonly own: (path: string, width?: number, height?: number) => Promise<Page>;
  /** Stops the service worker at once, as the browser may at any time; answers whether one was running. */
  readonly killWorker: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** Starts Chromium with the test build, or with the one that `NMC_EXTENSION` names. */
export async function startDriver(): Promise<Driver> {
  const folder = process.env.NMC_EXTENSION ?? (await ensureExtension('chrome', 'test'));
  const profile = await mkdtemp(join(tmpdir(), 'nmc-profile-'));
  const browser = await puppeteer.launch({
    executablePath: needBrowser('chromium'),
    headless: true,
    pipe: true,
    enableExtensions: [folder],
    userDataDir: profile,
    args: [...chromiumFlags(), '--lang=vi'],
  });
  return {
    browser,
    async own(path, width = 1100, height = 900) {
      const page = await browser.newPage();
      await page.setViewport({ width, height });
      await page.goto(`chrome-extension://${TEST_ID}/${path}`, { waitUntil: 'load' });
      return page;
    },
    async killWorker() {
      const target = browser
        .targets()
        .find((one) => one.type() === 'service_worker' && one.url().includes(TEST_ID));
      const worker = await target?.worker().catch(() => null);
      if (!worker) return false;
      await worker.close().catch(() => undefined);
      return true;
    },
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A plain page on this machine, of an origin that can be bound. */
export async function startPage(html: string): Promise<{ origin: string; close: () => Promise<void> }> {
  const server: Server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/**
 * The reader's own world in a page: messages from here carry the page as their sender, like the reader's.
 * `say` evaluates an expression there and answers its value.
 */
export async function readerWorld(page: Page): Promise<{ say: <T>(expression: string) => Promise<T> }> {
  const session = await page.createCDPSession();
  const context = new Promise<number>((found) => {
    session.on('Runtime.executionContextCreated', ({ context: one }) => {
      const isIsolated = (one.auxData as { type?: string } | undefined)?.type === 'isolated';
      if (isIsolated && one.origin === `chrome-extension://${TEST_ID}`) found(one.id);
    });
  });
  await session.send('Runtime.enable');
  const contextId = await context;
  return {
    async say<T>(expression: string) {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        contextId,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return result.value as T;
    },
  };
}

/** Downloads go into this folder from now on. */
export async function saveDownloads({ browser }: Driver, downloadPath: string): Promise<void> {
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath });
}
