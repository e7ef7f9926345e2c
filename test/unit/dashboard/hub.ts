/** A real HTTP server that answers like the hub; what it answers, and what it was asked, is the test's to say. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Reply {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Record<string, string>;
  /** Cut the line instead of answering. */
  readonly cut?: boolean;
}

export interface TestHub {
  readonly origin: string;
  readonly asked: Asked[];
  answer: (asked: Asked) => Reply | Promise<Reply>;
  close(): Promise<void>;
}

/** Starts the server on a free port. */
export async function startHub(answer: TestHub['answer']): Promise<TestHub> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one: Asked = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    asked.push(one);
    const reply = await hub.answer(one);
    if (reply.cut) return response.destroy();
    const type = reply.text === undefined ? 'application/json' : 'text/plain';
    response.writeHead(reply.status ?? 200, { 'content-type': type, ...reply.headers });
    return response.end(reply.text ?? (reply.json === undefined ? '' : JSON.stringify(reply.json)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const hub: TestHub = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
  return hub;
}

/** A refusal as the hub writes it. */
export function problem(status: number, code: string, message = 'Lời của máy chủ.', field?: string): Reply {
  return { status, json: { error: { code, message, ...(field === undefined ? {} : { field }) } } };
}

export const USER = {
  id: 7,
  name: 'Trần Thị Thử',
  role: 'provinceAdmin',
  unit: { id: '40', name: 'Tỉnh Thử' },
};

export const UNITS = [
  ['40', null, 'Tỉnh Thử', 'province'],
  ['u1', '40', 'Phường Thử Nghiệm', 'commune'],
].map(([id, parent, name, kind]) => ({
  id,
  parent,
  name,
  kind,
  agencyCodes: [],
  aliases: [],
  validFrom: null,
  validTo: null,
}));
