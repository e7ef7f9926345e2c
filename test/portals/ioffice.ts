/** Practice classic VNPT iOffice: server-rendered lists, native confirm(), full reload as success (host-pages §5). */
import { printed } from './calendar.ts';
import { type Answer, type Call, escapeHtml, HTML, json, lag, listen } from './http.ts';
import { makeRecorder, type Recorder } from './recorder.ts';
import type { DocumentPortal, IncomingDocument, PortalContext, ShownDocument } from './types.ts';

const PAGE_SIZE = 10;
/** Keys of the address are obfuscated on the real page; only the menu id can be read. */
const OUTGOING = 'CBAkTA9f5o';

interface Session {
  page: number;
  role: '' | 'XLC' | 'PH';
}

interface Fragment {
  readonly render: string;
  readonly html: string;
}

const STYLE = `<style>table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 6px;font:13px sans-serif}
.pagination{display:flex;gap:1em;list-style:none}.pagination a,.color_clk{cursor:pointer}</style>`;

/** A row's state stands in one of three classes, by role, as in the real builds. */
function stateClass(role: string): string {
  if (role === 'XLC') return 'hidetrangthaiXLCC';
  return role === 'PH' ? 'hidetrangthai_xl' : 'hidetrangthai';
}

function rowHtml(one: IncomingDocument, context: PortalContext): string {
  const roleName = context.options.breakLocator.includes('ioffice:role-attribute')
    ? 'vai_tro'
    : 'role_type_code';
  const attributes: Readonly<Record<string, string>> = {
    id: `vb_${one.id}`,
    flyid: String(one.id * 31),
    so_ky_hieu: one.number,
    trich_yeu: one.subject,
    don_vi_ban_hanh: one.issuer,
    ngay_den: printed(one.arrived),
    ngay_van_ban: printed(one.arrived),
    hinh_thuc: 'Công văn',
    do_khan: one.urgency,
    ...(one.role === '' ? {} : { [roleName]: one.role }),
  };
  const text = Object.entries(attributes).map(([name, value]) => `${name}="${escapeHtml(value)}"`);
  const isOwn = one.role === 'XLC' || one.role === 'PH';
  const tools =
    isOwn && !one.isDone
      ? `<button type="button" class="btn btn-xs btn-primary" onclick="ketThuc(${one.id})">Kết thúc</button>`
      : '';
  return `<tr ${text.join(' ')}><td>${isOwn && !one.isDone ? `<input type="checkbox" class="chk_vb" value="${one.id}">` : ''}</td>
<td>${escapeHtml(one.number)}</td><td class="td_ngay_van_ban">${printed(one.arrived)}</td><td class="hide_ngayden_bte">${printed(one.arrived)}</td>
<td>${escapeHtml(one.issuer)}</td><td class="vanbanden_hienthi_trichyeu"><a id="vbden_trichyeu_${one.id}" onclick="showDocDetail('${one.id}')">${escapeHtml(one.subject)}</a></td>
<td class="vanbanden_hienthi_nguoinhan">${isOwn ? 'Cán bộ trực' : 'Người khác'}</td><td class="vanbanden_hienthi_han_xuly">${printed(one.due)}</td>
<td><span class="${stateClass(one.role)}">${one.isDone ? 'Đã xử lý' : 'Chờ xử lý'}</span></td><td>${tools}</td></tr>`;
}

function fragment(
  documents: readonly IncomingDocument[],
  session: Session,
  recorder: Recorder,
  context: PortalContext,
): Fragment {
  const found = documents.filter((one) => session.role === '' || one.role === session.role);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const first = (session.page - 1) * PAGE_SIZE;
  const visible = found.slice(first, first + PAGE_SIZE);
  const shown = visible.map(
    (one): ShownDocument => ({
      id: `vb_${one.id}`,
      role: one.role,
      due: one.due,
      state: one.isDone ? 'done' : 'waiting',
    }),
  );
  const render = recorder.offer({ view: 'ioffice:incoming', page: session.page, documents: shown });
  const heads = [
    '',
    'Số/ký hiệu',
    'Ngày văn bản',
    'Ngày đến',
    'Cơ quan ban hành',
    'Trích yếu',
    'Người nhận',
    'Hạn xử lý',
    'Trạng thái',
    'Chức năng',
  ];
  const pager = Array.from(
    { length: pages },
    (_, index) =>
      `<li class="${index + 1 === session.page ? 'active' : ''}"><a onclick="page.gotoPage(${index + 1})">${index + 1}</a></li>`,
  );
  const html = `<div><span class="color_clk" c-val="" onclick="page.role('')">Tất cả</span> |
<span class="color_clk" c-val="xlc" onclick="page.role('XLC')">Xử lý chính [XLC]</span> | <span class="color_clk" c-val="ph" onclick="page.role('PH')">Phối hợp [PH]</span>
<button type="button" class="btn btn-warning" onclick="ketThucHangLoat()">Kết thúc hàng loạt</button></div>
<table id="dt_basic" class="table table-striped"><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead>
<tbody>${visible.map((one) => rowHtml(one, context)).join('\n')}</tbody></table><ul class="pagination">${pager.join('')}</ul>`;
  return { render, html };
}

/** The outgoing list: 34 headers over 36 cells, and nobody's work to count. */
function outgoing(documents: readonly IncomingDocument[]): string {
  const heads = Array.from({ length: 34 }, (_, index) => `<th>${index === 3 ? 'Trích yếu' : ''}</th>`);
  const rows = documents.slice(0, 8).map((one, index) => {
    const cells = Array.from(
      { length: 36 },
      (_, at) => `<td>${at === 5 ? escapeHtml(one.subject) : ''}</td>`,
    );
    return `<tr id="vbdi_${900 + index}" tridrecord="${900 + index}" so_ky_hieu="${one.number}" hinh_thuc="Công văn" ngay_van_ban="${printed(one.arrived)}" trich_yeu="${escapeHtml(one.subject)}">${cells.join('')}</tr>`;
  });
  return `<table id="tabale_dsvb"><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function shell(content: string, render: string, context: PortalContext): string {
  const settings = JSON.stringify({ render, mode: context.options.mode });
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Quản lý văn bản điều hành</title>${STYLE}</head>
<body class="smart-style-1"><ul id="full_menu"><li><a href="/qlvbdh/main?lang=vi" id="m2765">Văn bản đến (12)</a></li>
<li><a href="/qlvbdh/main?lang=vi&amp;${OUTGOING}=m2796" id="m2796">VB đi đã phát hành</a></li></ul>
<div id="div_data_list">${content}</div><script id="settings" type="application/json">${settings}</script>
<script type="module" src="/assets/ioffice-client.ts"></script></body></html>`;
}

function login(secrets: readonly string[]): string {
  const last = escapeHtml(secrets[0] ?? 'can.bo.mau');
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Đăng nhập</title></head><body><div id="title_login_system">VNPT iOffice</div>
<form id="form_login_qlvb"><input id="userName" value="${last}"><input id="passWord" type="password"><input id="txtMaXacNhan"><button type="button" id="submitBtn">Kết thúc</button></form>
<table id="dt_basic"><tbody><tr id="vb_1" role_type_code="XLC" trich_yeu="${last}"><td class="vanbanden_hienthi_han_xuly">01/09/2026</td></tr></tbody></table></body></html>`;
}

/** Starts the practice iOffice on its own origin. */
export async function startIoffice(
  context: PortalContext,
  documents: IncomingDocument[],
): Promise<DocumentPortal> {
  const recorder = makeRecorder(context.duty);
  const session: Session = { page: 1, role: '' };
  const finish = (body: string): Answer => {
    const ids = [...body.matchAll(/string:(\d+)/g)].map((found) => Number(found[1]));
    const chosen = documents.filter((one) => ids.includes(one.id) && !one.isDone);
    const codes = chosen.map((one) => `vb_${one.id}`);
    if (chosen.length === 0 || chosen.some((one) => one.trouble === 'fails')) {
      recorder.notWork('failed:ketThuc', codes);
      return { body: 'dwr.engine._remoteHandleException' };
    }
    for (const one of chosen) one.isDone = true;
    recorder.action('finish', codes);
    return { body: `dwr.engine._remoteHandleCallback('0','0',"${chosen.length}")` };
  };
  const server = await listen(async (call: Call): Promise<Answer> => {
    const beacon = recorder.painted(call);
    if (beacon) return beacon;
    await lag(context.options.latencyMs);
    if (call.path === '/qlvbdh/login') {
      recorder.notWork('shown:login');
      return { type: HTML, body: login(context.options.secrets) };
    }
    if (call.path === '/qlvbdh/dwr/exec/NEORemoting.getRSet.dwr') {
      session.page = Number(/page=(\d+)/.exec(call.body)?.[1] ?? '1');
      const role = /role=(XLC|PH)?/.exec(call.body)?.[1] ?? '';
      session.role = role as Session['role'];
      return json(fragment(documents, session, recorder, context));
    }
    if (call.path === '/qlvbdh/dwr/exec/DataRemoting.ketThuc.dwr') return finish(call.body);
    if (call.path !== '/qlvbdh/main') {
      return { status: 302, headers: { location: '/qlvbdh/main?lang=vi' }, body: '' };
    }
    if (call.query.has(OUTGOING)) {
      recorder.notWork('shown:outgoing');
      return { type: HTML, body: shell(outgoing(documents), '', context) };
    }
    if (call.query.has('p')) session.page = Number(call.query.get('p'));
    if (call.query.has('r')) session.role = (call.query.get('r') ?? '') as Session['role'];
    const { render, html } = fragment(documents, session, recorder, context);
    return { type: HTML, body: shell(html, render, context) };
  }, context.options.port);
  const { url, close } = server;
  const { options } = context;
  return { kind: 'ioffice', url, options, documents, log: () => recorder.log, close };
}
