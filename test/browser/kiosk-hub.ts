/** Kiosk pages and a hub under one address, as a province serves them: counts what is asked for, may hold back an answer. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MemoryHub } from '../unit/sync/hub.ts';
import type { Site } from './kiosk-device.ts';

export interface OneOrigin {
  readonly origin: string;
  /** Requests by path. */
  readonly asked: ReadonlyMap<string, number>;
  /** Called when an answer of the hub is ready and not sent yet. */
  onAnswer: ((path: string) => Promise<void>) | null;
  close(): Promise<void>;
}

/** Serves `pages`, and `/v1/` from `hub`; without one every `/v1/` is 404. */
export async function serveOneOrigin(pages: Site, hub: MemoryHub | null): Promise<OneOrigin> {
  const asked = new Map<string, number>();
  const server: Server = createServer(async (request, response) => {
    const { pathname, href } = new URL(request.url ?? '/', 'http://localhost');
    asked.set(pathname, (asked.get(pathname) ?? 0) + 1);
    const body: Buffer[] = [];
    for await (const part of request) body.push(part as Buffer);
    const answer = await (pathname.startsWith('/v1/') ? fromHub() : fetch(new URL(pathname, pages.url)));
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (pathname.startsWith('/v1/')) await site.onAnswer?.(pathname);
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(bytes);

    async function fromHub(): Promise<Response> {
      if (!hub) return new Response('', { status: 404 });
      return hub.fetch(href, {
        method: request.method ?? 'GET',
        headers: new Headers(request.headers as Record<string, string>),
        ...(body.length > 0 ? { body: Buffer.concat(body) } : {}),
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const site: OneOrigin = {
    origin: `http://localhost:${port}`,
    asked,
    onAnswer: null,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return site;
}
