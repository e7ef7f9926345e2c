/** Small pages of the iGate 2 kind that lie, break, mutate and resist, from one server on this machine. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostileRow {
  readonly code: string;
  /** Printed as in the list: `Đang xử lý`. */
  readonly status?: string;
  readonly due?: string;
  /** Cells of the agency column span this many rows; 0 leaves the cell to the row above. */
  readonly span?: number;
}

export interface HostilePage {
  readonly rows?: readonly HostileRow[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Scripts before anything of ours can run, and after the list. */
  readonly first?: string;
  readonly script?: string;
  readonly style?: string;
  /** Beside the list, inside the body. */
  readonly beside?: string;
  readonly emptyText?: string;
  /** Sends the rows one by one, so many milliseconds apart. */
  readonly dripMs?: number;
  /** Instead of all this, a whole document. */
  readonly html?: string;
}

export interface HostileSite {
  readonly origin: string;
  /** Puts a page up; answers its address: a known address, the name only in the query. */
  readonly put: (name: string, page: HostilePage) => string;
  /** How many actions the "portal" was asked to do. */
  readonly works: () => number;
  readonly close: () => Promise<void>;
}

/** The part of the page's script that every page has: rows, toasts, and work that the server does. */
const KIT = `
const rowHtml = (row) => '<tr class="mat-row"><td class="mat-cell mat-column-code"><a href="/vi/dossier/search/0123456789abcdef01234567">' + row.code +
  '</a></td><td class="mat-cell mat-column-due">' + (row.due ?? '30/09/2026 17:00') + '</td><td class="mat-cell mat-column-status">' + (row.status ?? 'Đang xử lý') +
  '</td>' + (row.span === 0 ? '' : '<td class="mat-cell mat-column-agency"' + (row.span ? ' rowspan="' + row.span + '"' : '') + '>UBND xã Mẫu An</td>') +
  '<td class="mat-cell mat-column-action"><button class="menuAction" type="button">Tiếp nhận</button></td></tr>';
const toast = (text, kind = 'success') => {
  const bar = document.createElement('snack-bar-container');
  bar.className = 'mat-snack-bar-container ' + kind + '_notification';
  bar.append(text);
  document.body.append(bar);
  return bar;
};
const work = (done) => fetch('/work', { method: 'POST' }).then(done);
`;

const HEAD = [
  ['code', 'Mã hồ sơ'],
  ['due', 'Ngày hẹn trả'],
  ['status', 'Trạng thái'],
  ['agency', 'Cơ quan thực hiện'],
  ['action', 'Thao tác'],
] as const;

/** One row as HTML, as the page's own script writes it. */
export const rowHtml = new Function('row', `${KIT}; return rowHtml(row);`) as (row: HostileRow) => string;

const begin = ({
  first = '',
  style = '',
}: HostilePage) => `<!doctype html><html lang="vi"><head><meta charset="utf-8">
<title>Tra cứu hồ sơ</title><style>td,th{border:1px solid #ccc;padding:2px 6px;font:13px sans-serif}snack-bar-container{display:block}${style}</style>
${first === '' ? '' : `<script>${first}</script>`}</head><body><app-root><app-list-search><h2>Tra cứu hồ sơ</h2>
<table class="mat-table searchtbl" role="grid"><thead><tr class="mat-header-row">${HEAD.map(
  ([name, text]) => `<th class="mat-header-cell mat-column-${name}" role="columnheader">${text}</th>`,
).join('')}</tr></thead><tbody>`;
const end = ({ script = '', beside = '', emptyText = '' }: HostilePage) =>
  `</tbody></table>${emptyText === '' ? '' : `<p>${emptyText}</p>`}</app-list-search></app-root>${beside}${
    script === '' ? '' : `<script>${KIT}${script}</script>`
  }</body></html>`;

/** Starts the site on a free port. */
export async function startHostileSite(): Promise<HostileSite> {
  const pages = new Map<string, HostilePage>();
  let works = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === '/work') {
      works += 1;
      response.end('ok');
      return;
    }
    const page = pages.get(url.searchParams.get('case') ?? url.pathname.slice(1));
    if (!page) {
      response.writeHead(204).end();
      return;
    }
    // No `no-store`: it would keep the page out of the back-forward cache.
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers });
    if (page.html !== undefined) response.end(page.html);
    else void send(response, page);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    put: (name, page) => {
      pages.set(name, page);
      return `${origin}/vi/dossier/search?case=${name}`;
    },
    works: () => works,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

async function send(response: ServerResponse, page: HostilePage): Promise<void> {
  response.write(begin(page));
  for (const row of page.rows ?? []) {
    response.write(rowHtml(row));
    if (page.dripMs) await new Promise((done) => setTimeout(done, page.dripMs));
  }
  response.end(end(page));
}
