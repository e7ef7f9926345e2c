/** Practice iGate 2 ("digo"): an Angular-like single page over its own interface (host-pages §1, host-pages-2 §1). */
import { localDay, localMinute, shiftDay } from './calendar.ts';
import { type Answer, type Call, HTML, json, latencyOf, listen } from './http.ts';
import { columnsOf, detailView, type ListName, listRow } from './igate2-view.ts';
import { type Look, lookOf } from './look.ts';
import { makeRecorder, type Recorder } from './recorder.ts';
import { dotted, lastMonth, shownTotals, sumOf, unitLines } from './statistics.ts';
import type { ActionName, Dossier, DossierPortal, PortalContext } from './types.ts';

interface Room {
  readonly dossiers: readonly Dossier[];
  readonly recorder: Recorder;
  readonly context: PortalContext;
  readonly look: Look;
}

interface Work {
  readonly action: ActionName | null;
  readonly from: readonly number[];
  /** Head of the success message; the object's title and the tail follow (host-pages-2 §1.6). */
  readonly message: string;
  readonly change: (one: Dossier, now: number) => void;
}

const WORK: Readonly<Record<string, Work>> = {
  'Tiếp nhận': {
    action: 'receive',
    from: [1],
    message: 'Tiếp nhận hồ sơ',
    change: (one, now) => {
      one.status = 2;
      one.received = localMinute(now);
      one.due = one.noDue ? null : `${shiftDay(localDay(now), 5)}T17:00`;
    },
  },
  'Từ chối tiếp nhận': {
    action: null,
    from: [1],
    message: 'Từ chối tiếp nhận hồ sơ',
    change: (one) => {
      one.status = 3;
    },
  },
  'Chuyển xử lý': {
    action: 'forward',
    from: [2, 4],
    message: 'Chuyển xử lý hồ sơ',
    change: (one) => {
      one.status = 4;
    },
  },
  'Yêu cầu bổ sung': {
    action: 'requestSupplement',
    from: [4],
    message: 'Yêu cầu bổ sung hồ sơ',
    change: (one) => {
      one.status = 5;
    },
  },
  'Kết thúc xử lý': {
    action: 'finish',
    from: [4],
    message: 'Xác nhận hoàn thành hồ sơ',
    change: (one, now) => {
      one.status = 9;
      one.finished = localMinute(now);
    },
  },
  'Trả kết quả': {
    action: 'return',
    from: [9],
    message: 'Trả kết quả hồ sơ',
    change: (one, now) => {
      one.status = 10;
      one.returned = localMinute(now);
    },
  },
};

const LISTS: Readonly<Record<ListName, (one: Dossier) => boolean>> = {
  search: (one) => !one.isMineOnly,
  processing: (one) => [2, 4, 5, 6].includes(one.status),
};

function shell(context: PortalContext, look: Look): string {
  const letters = Array.from(
    { length: 3 },
    () => 'abcdefghijklmnopqrstuvwxyz'[Math.floor(Math.random() * 26)],
  );
  const settings = {
    // Change with every start, as they change with every build of the real page.
    scope: `_ngcontent-${letters.join('')}-c${100 + Math.floor(Math.random() * 400)}`,
    firstInput: Math.floor(Math.random() * 40),
    mode: context.options.mode,
    hash: look.hash,
    period: lastMonth(Date.now()),
  };
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Hệ thống iGate tỉnh Mẫu</title>
<style>table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 6px;font:13px sans-serif}
.cdk-overlay-container{position:fixed;inset:0;pointer-events:none;z-index:1000}.cdk-overlay-pane{pointer-events:auto;position:absolute;left:30%;top:20%;background:#fff;border:1px solid #888;padding:8px}
.snack{top:auto;bottom:8px}.label{display:inline-block;min-width:16em;color:#555}</style></head>
<body class="mat-typography"><app-root ng-version="12.2.16"></app-root><div class="cdk-overlay-container"></div>
<script id="settings" type="application/json">${JSON.stringify(settings)}</script>
<script type="module" src="/assets/igate-client.ts"></script></body></html>`;
}

const LOGIN = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Đăng nhập</title></head><body>
<div id="kc-content"><form id="kc-form-login"><input id="username" name="username" value=""><input id="password" type="password"><input type="submit" id="kc-login" value="Đăng nhập"></form>
<table class="searchtbl mat-table"><tr class="mat-row"><td class="mat-cell mat-column-code"><a>H99.50-260901-0001</a></td><td class="mat-cell mat-column-status">Có kết quả</td></tr></table></div></body></html>`;

function listAnswer(query: URLSearchParams, { dossiers, recorder, context, look }: Room): Answer {
  const list: ListName = query.get('list') === 'processing' ? 'processing' : 'search';
  const wanted = (query.get('code') ?? '').trim();
  const page = Number(query.get('page') ?? '0');
  const size = context.options.pageSize ?? 10;
  const found = dossiers.filter(
    (one) => !one.isDeleted && LISTS[list](one) && (wanted === '' || one.code.includes(wanted)),
  );
  const views = found
    .slice(page * size, (page + 1) * size)
    .map((one, index) => listRow(one, page * size + index + 1, list, look));
  const render = recorder.offer({
    view: `igate2:${list}`,
    page: page + 1,
    dossiers: views.map((view) => view.shown),
  });
  return json({
    render,
    columns: columnsOf(list, look),
    content: views.map((view) => view.row),
    page,
    pages: Math.max(1, Math.ceil(found.length / size)),
  });
}

/** Group over its columns, and the figure of each; the two ends of a group are never empty. */
const REPORT: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Tiếp nhận',
    [
      ['Tổng số', 'toHandle'],
      ['Trực tuyến', 'receivedOnline'],
      ['Trực tiếp, dịch vụ bưu chính', 'receivedOffline'],
      ['Kỳ trước', 'carriedOver'],
    ],
  ],
  [
    'Đã giải quyết',
    [
      ['Tổng số', 'finished'],
      ['Trước hạn', 'finishedEarly'],
      ['Đúng hạn', 'finishedOnTime'],
      ['Quá hạn', 'finishedLate'],
    ],
  ],
  [
    'Đang giải quyết',
    [
      ['Tổng số', 'pending'],
      ['Trong hạn', 'pendingInTime'],
      ['Quá hạn', 'pendingOverdue'],
    ],
  ],
];

/** The report by agency for the period on the screen; its last row holds the sums. */
function reportAnswer({ recorder, context, look }: Room): Answer {
  const lines = unitLines(context.options.seed);
  const period = lastMonth(Date.now());
  const figures = REPORT.flatMap(([, columns]) => columns.map(([, name]) => name));
  const totals = shownTotals(lines, [...figures, 'received'], period);
  const render = recorder.offer({ view: 'igate2:statistics', page: 1, totals });
  return json({
    render,
    // Ways of filing are called one thing in reports and another in lists.
    groups: REPORT.map(([title, columns]) => [
      title,
      columns.map(([head, name]) => (name.startsWith('received') ? head : look.word(head))),
    ]),
    rows: lines.map((line) => [line.unit, ...figures.map((name) => dotted(line.figures[name] ?? 0))]),
    sums: figures.map((name) => dotted(sumOf(lines, name))),
  });
}

interface Order {
  readonly label: string;
  readonly task?: number;
}

function workAnswer(one: Dossier, { label, task }: Order, { recorder, context }: Room): Answer {
  const work = WORK[label];
  const title = one.person.name;
  const isOver = one.isDeleted || (task !== undefined && task !== one.task);
  if (!work || isOver || !work.from.includes(one.status) || one.trouble === 'fails') {
    recorder.notWork(`failed:${label}`, [one.code]);
    const reason = 'Hồ sơ đã được xử lý bởi người khác';
    return json({ message: work?.message ?? '', title, tail: 'thất bại', reason }, 409);
  }
  work.change(one, Date.now());
  one.task += 1;
  if (work.action === null) recorder.notWork(`done:${label}`, [one.code]);
  else recorder.action(work.action, [one.code]);
  const isReworded =
    work.action !== null && context.options.breakConfirmation.includes(`igate2:${work.action}` as never);
  const [message, tail] = isReworded ? ['Đã ghi sổ điện tử', 'xong'] : [work.message, 'thành công'];
  return json({ message, title, tail, reason: '' });
}

/** Starts the practice iGate 2 on its own origin. */
export async function startIgate2(context: PortalContext, dossiers: Dossier[]): Promise<DossierPortal> {
  const recorder = makeRecorder(context.duty);
  const look = lookOf(context.options);
  const room: Room = { dossiers, recorder, context, look };
  const lag = latencyOf(context.options);
  const page = shell(context, look);
  const byId = (id: string) => dossiers.find((one) => one.id === id && !one.isDeleted);
  const server = await listen(async (call: Call): Promise<Answer> => {
    const beacon = recorder.painted(call);
    if (beacon) return beacon;
    if (call.path.startsWith('/auth/')) return { type: HTML, body: LOGIN };
    if (!call.path.startsWith('/pa/')) {
      if (!call.path.startsWith('/vi/')) {
        return { status: 302, headers: { location: '/vi/dossier/search' }, body: '' };
      }
      return { type: HTML, body: page };
    }
    await lag();
    if (call.path === '/pa/dossier-statistic/--statistic-agency') return reportAnswer(room);
    if (call.path === '/pa/dossier/search') return listAnswer(call.query, room);
    const one = byId(call.path.split('/')[3] ?? '');
    if (!one) return json({ message: 'Not found' }, 404);
    if (call.method === 'DELETE') {
      one.isDeleted = true;
      recorder.notWork('done:Xóa', [one.code]);
      return json({ affectedRows: 1, title: one.person.name });
    }
    if (call.method === 'POST') {
      return workAnswer(one, JSON.parse(call.body) as Order, room);
    }
    const { view, shown } = detailView(one, look);
    const from = call.query.get('from') === 'processing' ? 'processing' : 'search';
    const render = recorder.offer({ view: `igate2:detail-${from}`, page: 1, dossiers: [shown] });
    return json({ render, ...view });
  }, context.options.port);
  const { url, close } = server;
  const { options } = context;
  return { kind: 'igate2', url, options, dossiers, log: () => recorder.log, close };
}
