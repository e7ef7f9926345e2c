/** Builds the kiosk as it ships and its peer by the same Vite, and serves both; nothing is kept by the browser between two loads. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { buildWeb, firstScreenScriptBytes } from '../../lib/build/web.ts';

const TARGET = ['chrome109', 'firefox140', 'safari16'];
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

export interface BuiltPage {
  readonly url: string;
  /** Gzip bytes of the scripts before the first screen: the entry and what it imports statically. */
  readonly script: number;
  readonly close: () => Promise<void>;
}

/** Our kiosk. */
export async function servedKiosk(folder: string): Promise<BuiltPage> {
  const { pages } = await buildWeb({ outDir: folder, pages: ['kiosk'] });
  return { ...(await serve(folder, '/kiosk/')), script: pages[0]!.firstScreen };
}

/** SurveyJS with the same questionnaire. */
export async function servedPeer(folder: string): Promise<BuiltPage> {
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: TARGET,
      manifest: true,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4_096,
      rollupOptions: { input: join(import.meta.dirname, 'kiosk-peer.html') },
    },
  });
  return { ...(await serve(folder, '/kiosk-peer.html')), script: await firstScreenScriptBytes(folder) };
}

async function serve(folder: string, path: string): Promise<Omit<BuiltPage, 'script'>> {
  const server: Server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    const body = file.startsWith(folder) ? await readFile(file).catch(() => null) : null;
    response.setHeader('cache-control', 'no-cache');
    if (body === null) return void response.writeHead(404).end();
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const isText = /^(text|application|image\/svg)/.test(type);
    response.setHeader('content-type', type);
    if (isText) response.setHeader('content-encoding', 'gzip');
    response.end(isText ? gzipSync(body) : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
