/** A small HTTP server for the practice pages: 127.0.0.1 only, browser modules served from their TypeScript source. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { random } from './seed.ts';
import type { PortalOptions } from './types.ts';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly cookie: string;
}

export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

export const HTML = 'text/html; charset=utf-8';

/** An answer of JSON. */
export function json(value: unknown, status = 200): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

/** A waiting time per call: fixed, or drawn up to the fixed one; the same draws for the same seed. */
export function latencyOf(options: PortalOptions): () => Promise<void> {
  const next = random(options.seed ^ 0x1b56c4e9);
  const { latencyMs, isLatencyMixed } = options;
  return () => lag(isLatencyMixed ? Math.floor(next() * next() * latencyMs) : latencyMs);
}

/** Resolves after the portal's latency; at once for 0. */
export async function lag(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await new Promise((done) => setTimeout(done, milliseconds));
}

/** Text made safe for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const scripts = new Map<string, string>();

function asset(path: string): Answer | null {
  const name = /^\/assets\/([a-z-]+\.ts)$/.exec(path)?.[1];
  if (name === undefined) return null;
  const known = scripts.get(name);
  const body = known ?? stripTypeScriptTypes(readFileSync(join(import.meta.dirname, 'client', name), 'utf8'));
  scripts.set(name, body);
  return { type: 'text/javascript; charset=utf-8', body };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** Starts a server; `url` is its origin. Errors of a handler answer 500 and are kept in `errors`. */
export async function listen(
  handler: Handler,
  port: number,
): Promise<{ url: string; errors: unknown[]; close(): Promise<void> }> {
  const errors: unknown[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const call: Call = {
      method: request.method ?? 'GET',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      body: await bodyOf(request),
      cookie: request.headers.cookie ?? '',
    };
    let answer: Answer;
    try {
      if (call.path === '/favicon.ico') answer = { status: 204, body: '' };
      else answer = asset(call.path) ?? (await handler(call));
    } catch (error) {
      errors.push(error);
      answer = json({ message: 'error' }, 500);
    }
    response.writeHead(answer.status ?? 200, {
      'content-type': answer.type ?? 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...answer.headers,
    });
    response.end(answer.body);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    errors,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
