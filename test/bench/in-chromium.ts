/** Runs a page script in a real Chromium whose profile is on disk (a private window keeps IndexedDB in memory). */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { chromiumFlags, needBrowser } from '../../lib/build/browsers.ts';

/** Bundles the script, opens it at a local origin, waits for the global it sets and does `work` with the page. */
export async function inChromium<T>(
  script: string,
  global: string,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const server = await serve(await bundle(join(import.meta.dirname, script)));
  const profile = await mkdtemp(join(tmpdir(), 'nmc-bench-'));
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: needBrowser('chromium'),
      args: chromiumFlags(),
      headless: true,
    });
    try {
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction((name) => name in window, global);
      return await work(page);
    } finally {
      await context.close();
    }
  } finally {
    await new Promise((done) => server.close(done));
    await rm(profile, { recursive: true, force: true });
  }
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: 'bench' } },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  const chunks = outputs.filter((one) => one.type === 'chunk');
  if (chunks.length !== 1) throw new Error(`the bench page became ${chunks.length} scripts instead of one`);
  return chunks[0]!.code;
}

function serve(script: string): Promise<Server> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/bench.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(
      isScript
        ? script
        : '<!doctype html><title>bench</title><script type="module" src="/bench.js"></script>',
    );
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
