/** Serves the bench's page and counts every request that reaches it, by path. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { COLUMNS } from './host-page-rows.ts';

export interface Site {
  readonly origin: string;
  /** Address of a list of `count` dossiers from number `first` on; 0 shows an empty shell that the script fills. */
  readonly list: (first: number, count: number) => string;
  /** Requests so far, the page's own marks left out. */
  readonly requests: () => number;
  /** Runs `work` the moment a page says that its churn is over. */
  readonly onEnd: (work: () => void) => void;
  readonly close: () => Promise<void>;
}

const head = COLUMNS.map(
  ([name, text]) => `<th class="mat-header-cell mat-column-${name}" role="columnheader">${text}</th>`,
).join('');
const page = (first: number, count: number) => `<!doctype html><html lang="vi"><head><meta charset="utf-8">
<title>Tra cứu hồ sơ</title><style>table{table-layout:fixed;width:1200px}td,th{border:1px solid #ccc;padding:2px 6px;font:13px sans-serif}</style></head>
<body data-first="${first}" data-count="${count}"><app-root><nav><a href="/vi/dossier/search">Tra cứu hồ sơ</a></nav>
<app-list-search><h2>Tra cứu hồ sơ</h2><table class="mat-table searchtbl" role="grid"><thead><tr class="mat-header-row">${head}</tr></thead>
<tbody></tbody></table></app-list-search></app-root><script type="module" src="/host-page-script.ts"></script></body></html>`;

/** Starts the site on a free port. */
export async function startSite(): Promise<Site> {
  let requests = 0;
  let atEnd: () => void = () => undefined;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === '/churn-end') {
      atEnd();
      response.writeHead(204).end();
      return;
    }
    if (url.pathname !== '/favicon.ico') requests += 1;
    const script = /^\/(host-page-(?:script|rows)\.ts)$/.exec(url.pathname)?.[1];
    response.setHeader('cache-control', 'no-store');
    if (script !== undefined) {
      response.setHeader('content-type', 'text/javascript; charset=utf-8');
      response.end(stripTypeScriptTypes(readFileSync(join(import.meta.dirname, script), 'utf8')));
    } else if (url.pathname === '/vi/dossier/search') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(page(Number(url.searchParams.get('first')), Number(url.searchParams.get('count'))));
    } else {
      response.writeHead(204).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    list: (first, count) => `${origin}/vi/dossier/search?first=${first}&count=${count}`,
    requests: () => requests,
    onEnd: (work) => {
      atEnd = work;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
