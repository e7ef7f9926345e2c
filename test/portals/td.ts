/** Practice TD "portaldvc": an antd-like single page with batches, modals and toasts (host-pages §4.1). */
import { localDay, localMinute, shiftDay } from './calendar.ts';
import { type Answer, type Call, HTML, json, latencyOf, listen } from './http.ts';
import { type Look, lookOf } from './look.ts';
import { makeRecorder, type Recorder } from './recorder.ts';
import { dotted, lastMonth, shownTotals, sumOf, unitLines } from './statistics.ts';
import { listsOf, STATISTICS, type TdList } from './td-lists.ts';
import { tdRow } from './td-view.ts';
import type { BreakConfirmation, Dossier, DossierPortal, PortalContext } from './types.ts';

interface Room {
  readonly dossiers: readonly Dossier[];
  readonly recorder: Recorder;
  readonly context: PortalContext;
  readonly look: Look;
  readonly lists: readonly TdList[];
}

function shell({ context, look, lists }: Room): string {
  const settings = {
    mode: context.options.mode,
    codeRole: context.options.breakLocator.includes('td:code-role') ? 'link' : 'button',
    hash: look.hash,
    period: lastMonth(Date.now()),
    lists: lists.map(({ path, title, columns, batch }) => ({
      path,
      title,
      // The name by which rows are filled, and the word this tenant prints.
      columns: columnsOf(columns, look).map((name) => ({ name, header: headerOf(name, look) })),
      batch,
    })),
  };
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Quản trị dịch vụ công</title>
<style>table{border-collapse:collapse}td,th{border:1px solid #ddd;padding:2px 6px;font:13px sans-serif}
.ant-modal-wrap{position:fixed;inset:0;background:#0006;z-index:900}.ant-modal{background:#fff;width:600px;margin:80px auto;padding:12px}
.Toastify__toast-container{position:fixed;top:8px;right:8px;z-index:1000}.Toastify__toast{background:#fff;border:1px solid #888;margin:4px;padding:8px}
.custom-row-style-qua-han{background:#fee}.custom-row-style-toi-han{background:#ffd}.anticon{display:inline-block;min-width:1.4em;cursor:pointer;border:1px solid #bbb}</style></head>
<body><div id="root"></div><script id="settings" type="application/json">${JSON.stringify(settings)}</script>
<script type="module" src="/assets/td-client.ts"></script></body></html>`;
}

/** The code's column may be gone altogether, beyond any repair by words. */
function columnsOf(columns: readonly string[], look: Look): string[] {
  const kept = columns.filter((name) => name !== 'Mã hồ sơ' || !look.broken.includes('td:code-gone'));
  return look.order(kept);
}

function headerOf(name: string, { broken, word }: Look): string {
  if (name === 'Mã hồ sơ' && broken.includes('td:code-header')) return 'Tham chiếu';
  return word(name);
}

function listAnswer(query: URLSearchParams, room: Room): Answer {
  const { dossiers, recorder, context, look, lists } = room;
  const size = context.options.pageSize ?? 10;
  const list = lists.find((one) => one.path === query.get('path'));
  if (!list) return json({}, 404);
  const page = Number(query.get('page') ?? '1');
  const wanted = query.get('tuKhoa') ?? '';
  const isAsked = !list.path.startsWith('/portaldvc/') || wanted !== '';
  const found = dossiers.filter((one) => isAsked && list.has(one) && one.code.includes(wanted));
  const first = (page - 1) * size;
  const views = found
    .slice(first, first + size)
    .map((one, index) => tdRow(one, list, first + index + 1, localDay(Date.now()), look));
  const render = recorder.offer({
    view: `td:${list.path.split('/').at(-1)}`,
    page,
    dossiers: views.map((view) => view.shown),
  });
  return json({
    render,
    rows: views.map((view) => view.row),
    page,
    pages: Math.max(1, Math.ceil(found.length / size)),
  });
}

const FIGURES = [
  'toHandle',
  'carriedOver',
  'received',
  'finishedEarly',
  'finishedOnTime',
  'finishedLate',
  'pendingInTime',
  'pendingOverdue',
  'withdrawn',
];

/** The report by unit for the period on the screen; sums stand in its last row. */
function statisticsAnswer({ recorder, context }: Room): Answer {
  const lines = unitLines(context.options.seed);
  const period = lastMonth(Date.now());
  const totals = shownTotals(lines, [...FIGURES, 'finished', 'pending'], period);
  const render = recorder.offer({ view: 'td:thong-ke', page: 1, totals });
  const cells = (count: (name: string) => number) => {
    const part = (from: number, to: number) => FIGURES.slice(from, to).map((name) => dotted(count(name)));
    const share = (100 * (count('finishedEarly') + count('finishedOnTime'))) / Math.max(1, count('finished'));
    return [...part(0, 6), `${share.toFixed(1)}%`, ...part(6, 8), '4', ...part(8, 9)];
  };
  return json({
    render,
    ...period,
    rows: lines.map(({ unit, figures }) => [unit, ...cells((name) => figures[name] ?? 0)]),
    sums: cells((name) => sumOf(lines, name)),
  });
}

/** The receiving and returning modals; the receiving one is the only place that shows digitised components. */
function modalAnswer(one: Dossier, path: string, { recorder }: Room): Answer {
  const isReceiving = one.status === 1 && path.startsWith('/dvc/tiep-nhan-ho-so/');
  const components = ['Tờ khai', 'Giấy tờ tùy thân', 'Giấy tờ kèm theo'].map((name, index) => ({
    name: `${name} của ${one.person.name}`,
    isDigitised: one.digitised && index > 0,
  }));
  const render = recorder.offer({
    view: 'td:modal',
    page: 1,
    dossiers: [{ code: one.code, ...(one.digitised && isReceiving ? { digitised: true } : {}) }],
  });
  return json({
    render,
    code: one.code,
    title: `${one.code} (${one.procedure.name} - ${one.person.name})`,
    components: isReceiving ? components : [],
    isDead: one.trouble === 'deadModal',
  });
}

function worded(word: string, broken: BreakConfirmation, { context }: Room): string {
  return context.options.breakConfirmation.includes(broken) ? 'Hệ thống đã ghi sổ' : word;
}

function workAnswer(work: string, chosen: readonly Dossier[], room: Room): Answer {
  const { recorder } = room;
  const now = Date.now();
  const codes = chosen.map((one) => one.code);
  const fail = () => {
    recorder.notWork(`failed:${work}`, codes);
    return json({}, 500);
  };
  if (chosen.length === 0 || chosen.some((one) => one.trouble === 'fails' && work !== 'danh-gia'))
    return fail();
  if (work === 'tiep-nhan') return receive(chosen, now, room);
  if (work === 'chuyen-xu-ly') {
    if (chosen.some((one) => one.status !== 2)) return fail();
    for (const one of chosen) one.status = 4;
    recorder.action('forward', codes);
    return json({ toasts: [['success', `Chuyển xử lý thành công ${chosen.length} hồ sơ`]] });
  }
  const one = chosen[0]!;
  if (work === 'chuyen-buoc') {
    if (one.status !== 4) return fail();
    one.steps -= 1;
    if (one.steps <= 0) {
      one.status = 9;
      one.finished = localMinute(now);
    }
    recorder.action('forward', codes);
    return json({ toasts: [['success', 'Chuyển bước xử lý thành công']] });
  }
  if (work === 'danh-gia') return json({ toasts: [['success', 'Đánh giá thành công!']] });
  if (work === 'tra-ket-qua') {
    if (one.status !== 9) return fail();
    one.status = 10;
    one.returned = localMinute(now);
    recorder.action('return', codes);
    return json({ toasts: [['success', worded('Trả kết quả thành công', 'td:return', room)]] });
  }
  if (work === 'tu-choi') {
    if (one.status !== 1) return fail();
    one.status = 3;
    recorder.notWork('done:tu-choi', codes);
    return json({ toasts: [['success', 'Thao tác thành công']] });
  }
  if (work === 'so-hoa') {
    if (one.digitised) return fail();
    one.digitised = true;
    recorder.action('digitise', codes);
    return json({ toasts: [['success', 'Số hóa thành công']] });
  }
  if (work === 'thu-phi') {
    if (chosen.some((each) => each.payment !== 'unpaid')) return fail();
    for (const each of chosen) each.payment = 'cash';
    recorder.action('collectFee', codes);
    return json({ toasts: [['success', worded('Thành công', 'td:fee', room)]] });
  }
  return json({}, 404);
}

function receive(chosen: readonly Dossier[], now: number, room: Room): Answer {
  const { recorder } = room;
  const refused = chosen.filter((one) => one.trouble === 'refused' || one.status !== 1);
  const taken = chosen.filter((one) => !refused.includes(one));
  for (const one of taken) {
    one.status = 2;
    one.received = localMinute(now);
    one.due = one.noDue ? null : `${shiftDay(localDay(now), 5)}T17:00`;
  }
  const toasts: [string, string][] = [];
  if (taken.length > 0) {
    recorder.action(
      'receive',
      taken.map((one) => one.code),
    );
    toasts.push(['success', worded(`tiếp nhận thành công ${taken.length} hồ sơ`, 'td:receive', room)]);
  }
  for (const one of refused) {
    recorder.notWork('refused:tiep-nhan', [one.code]);
    toasts.push(['warning', `Hồ sơ ${one.code} chưa đủ điều kiện tiếp nhận`]);
  }
  return json({ toasts });
}

/** Starts the practice TD on its own origin. */
export async function startTd(context: PortalContext, dossiers: Dossier[]): Promise<DossierPortal> {
  const recorder = makeRecorder(context.duty);
  const look = lookOf(context.options);
  const lists = listsOf(context.options.dossiers > 0);
  const room: Room = { dossiers, recorder, context, look, lists };
  const lag = latencyOf(context.options);
  const page = shell(room);
  const byKey = (key: number) => dossiers.find((one) => one.key === key || one.key + 50_000 === key);
  const server = await listen(async (call: Call): Promise<Answer> => {
    const beacon = recorder.painted(call);
    if (beacon) return beacon;
    if (!call.path.startsWith('/api/')) {
      if (call.path === STATISTICS || lists.some((list) => list.path === call.path))
        return { type: HTML, body: page };
      return { status: 302, headers: { location: lists[0]!.path }, body: '' };
    }
    await lag();
    if (call.path === '/api/hoso') return listAnswer(call.query, room);
    if (call.path === '/api/thong-ke') return statisticsAnswer(room);
    const name = call.path.split('/').at(-1)!;
    if (call.method === 'GET') {
      const one = byKey(Number(name));
      return one ? modalAnswer(one, call.query.get('path') ?? '', room) : json({}, 404);
    }
    const { keys } = JSON.parse(call.body) as { keys: number[] };
    const chosen = keys.flatMap((key) => byKey(key) ?? []);
    return workAnswer(name, chosen, room);
  }, context.options.port);
  const { url, close } = server;
  const { options } = context;
  return { kind: 'td', url, options, dossiers, log: () => recorder.log, close };
}
