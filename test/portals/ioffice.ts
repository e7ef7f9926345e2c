/** Practice classic VNPT iOffice: server-rendered lists, native confirm(), full reload as success (host-pages §5). */
import type { DayDocuments } from './bulk.ts';
import { localDay } from './calendar.ts';
import { type Answer, type Call, escapeHtml, HTML, json, latencyOf, listen } from './http.ts';
import { incomingTable, outgoingTable, shownIncoming, shownOutgoing } from './ioffice-view.ts';
import { type Look, lookOf } from './look.ts';
import { makeRecorder, type Recorder } from './recorder.ts';
import type {
  DocumentPortal,
  IncomingDocument,
  OutgoingDocument,
  PortalContext,
  ShownDocument,
  ShownTotals,
} from './types.ts';

/** Keys of the address are obfuscated on the real page; only the menu id can be read. */
const MENU = 'CBAkTA9f5o';
const ALL_INCOMING = 'm2765';
const WAITING = 'm2766';
const OUTGOING_WAITING = 'm2282';
const PUBLISHED = 'm2796';

interface Session {
  menu: string;
  page: number;
  role: '' | 'XLC' | 'PH';
}

interface Room extends DayDocuments {
  readonly recorder: Recorder;
  readonly context: PortalContext;
  readonly look: Look;
  readonly session: Session;
  /** All menus of a whole installation, badges with counts among them. */
  readonly isWhole: boolean;
}

interface Fragment {
  readonly render: string;
  readonly html: string;
}

const STYLE = `<style>table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 6px;font:13px sans-serif}
.pagination{display:flex;gap:1em;list-style:none;flex-wrap:wrap}.pagination a,.color_clk{cursor:pointer}</style>`;

const isOut = ({ menu }: Session) => menu === OUTGOING_WAITING || menu === PUBLISHED;

function incomingOf({ incoming, session }: Room): readonly IncomingDocument[] {
  return incoming.filter(
    (one) => (session.role === '' || one.role === session.role) && (session.menu !== WAITING || !one.isDone),
  );
}

function outgoingOf({ outgoing, session }: Room): readonly OutgoingDocument[] {
  return outgoing.filter((one) => one.isPublished === (session.menu === PUBLISHED));
}

/** What the badges in the menu count. */
function badges({ incoming, outgoing }: Room): {
  readonly documentsWaiting: number;
  readonly outgoingWaiting: number;
} {
  return {
    documentsWaiting: incoming.filter(({ isDone }) => !isDone).length,
    outgoingWaiting: outgoing.filter(({ isPublished }) => !isPublished).length,
  };
}

/** The list on the screen; `totals` go with it where the menu is printed too. */
function fragment(room: Room, totals: readonly ShownTotals[]): Fragment {
  const { session, recorder, context, look } = room;
  const size = context.options.pageSize ?? 10;
  const page = <T>(all: readonly T[]) => all.slice((session.page - 1) * size, session.page * size);
  const offer = (view: string, documents: readonly ShownDocument[]) =>
    recorder.offer({ view: `ioffice:${view}`, page: session.page, documents, totals });
  const pager = (count: number) => {
    const items = Array.from({ length: Math.max(1, Math.ceil(count / size)) }, (_, index) => {
      const active = index + 1 === session.page ? 'active' : '';
      return `<li class="${active}"><a onclick="page.gotoPage(${index + 1})">${index + 1}</a></li>`;
    });
    return `<ul class="pagination">${items.join('')}</ul>`;
  };
  if (isOut(session)) {
    const found = outgoingOf(room);
    const visible = page(found);
    const render = offer('outgoing', visible.map(shownOutgoing));
    return { render, html: `${outgoingTable(visible)}${pager(found.length)}` };
  }
  const found = incomingOf(room);
  const visible = page(found);
  const render = offer('incoming', visible.map(shownIncoming));
  const html = `<div><span class="color_clk" c-val="" onclick="page.role('')">Tất cả</span> |
<span class="color_clk" c-val="xlc" onclick="page.role('XLC')">Xử lý chính [XLC]</span> | <span class="color_clk" c-val="ph" onclick="page.role('PH')">Phối hợp [PH]</span>
<button type="button" class="btn btn-warning" onclick="ketThucHangLoat()">Kết thúc hàng loạt</button></div>
${incomingTable(visible, look)}${pager(found.length)}`;
  return { render, html };
}

function menuHtml(room: Room): string {
  const href = (menu: string) => `/qlvbdh/main?lang=vi&amp;${MENU}=${menu}`;
  const item = (menu: string, text: string, to = href(menu)) =>
    `<li><a href="${to}" id="${menu}">${text}</a></li>`;
  if (!room.isWhole) {
    return `${item(ALL_INCOMING, 'Văn bản đến (12)', '/qlvbdh/main?lang=vi')}${item(PUBLISHED, 'VB đi đã phát hành')}`;
  }
  const { documentsWaiting, outgoingWaiting } = badges(room);
  return [
    item(ALL_INCOMING, 'Văn bản đến'),
    item(WAITING, `VB đến chờ xử lý (${documentsWaiting})`),
    item(OUTGOING_WAITING, `VB đi chờ xử lý (${outgoingWaiting})`),
    item(PUBLISHED, 'VB đi đã phát hành'),
  ].join('');
}

function shell(content: string, render: string, room: Room): string {
  const { look, context, isWhole } = room;
  const settings = JSON.stringify({ render, mode: context.options.mode, hash: look.hash });
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Quản lý văn bản điều hành</title>${STYLE}</head>
<body class="smart-style-1"><ul id="full_menu"${isWhole ? ' style="columns:4"' : ''}>${menuHtml(room)}</ul>
<div id="div_data_list">${content}</div><script id="settings" type="application/json">${settings}</script>
<script type="module" src="/assets/ioffice-client.ts"></script></body></html>`;
}

function login(secrets: readonly string[]): string {
  const last = escapeHtml(secrets[0] ?? 'can.bo.mau');
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Đăng nhập</title></head><body><div id="title_login_system">VNPT iOffice</div>
<form id="form_login_qlvb"><input id="userName" value="${last}"><input id="passWord" type="password"><input id="txtMaXacNhan"><button type="button" id="submitBtn">Kết thúc</button></form>
<table id="dt_basic"><tbody><tr id="vb_1" role_type_code="XLC" trich_yeu="${last}"><td class="vanbanden_hienthi_han_xuly">01/09/2026</td></tr></tbody></table></body></html>`;
}

function finish(body: string, { incoming, recorder }: Room): Answer {
  const ids = [...body.matchAll(/string:(\d+)/g)].map((found) => Number(found[1]));
  const chosen = incoming.filter((one) => ids.includes(one.id) && !one.isDone);
  const codes = chosen.map((one) => `vb_${one.id}`);
  if (chosen.length === 0 || chosen.some((one) => one.trouble === 'fails')) {
    recorder.notWork('failed:ketThuc', codes);
    return { body: 'dwr.engine._remoteHandleException' };
  }
  for (const one of chosen) one.isDone = true;
  recorder.action('finish', codes);
  return { body: `dwr.engine._remoteHandleCallback('0','0',"${chosen.length}")` };
}

/** The whole page. The outgoing list of the morning is eight of the incoming ones dressed up, and nobody's work. */
function mainPage(call: Call, room: Room): Answer {
  const { session, recorder, isWhole, incoming } = room;
  const asked = call.query.get(MENU);
  if (asked !== null && !isWhole) {
    recorder.notWork('shown:outgoing');
    const few = incoming.slice(0, 8).map((one, at): OutgoingDocument => {
      return { ...one, id: 900 + at, due: null, day: one.arrived, isPublished: true };
    });
    return { type: HTML, body: shell(outgoingTable(few), '', room) };
  }
  if (asked !== null && asked !== session.menu) Object.assign(session, { menu: asked, page: 1, role: '' });
  if (call.query.has('p')) session.page = Number(call.query.get('p'));
  if (call.query.has('r')) session.role = (call.query.get('r') ?? '') as Session['role'];
  const today = localDay(Date.now());
  const totals = isWhole ? [{ unit: null, from: today, to: today, figures: badges(room) }] : [];
  const { render, html } = fragment(room, totals);
  return { type: HTML, body: shell(html, render, room) };
}

/** Starts the practice iOffice on its own origin. */
export async function startIoffice(context: PortalContext, documents: DayDocuments): Promise<DocumentPortal> {
  const recorder = makeRecorder(context.duty);
  const { options } = context;
  const session: Session = { menu: ALL_INCOMING, page: 1, role: '' };
  const isWhole = options.dossiers > 0;
  const room: Room = { ...documents, recorder, context, look: lookOf(options), session, isWhole };
  const lag = latencyOf(options);
  const { url, close } = await listen(async (call: Call): Promise<Answer> => {
    const beacon = recorder.painted(call);
    if (beacon) return beacon;
    await lag();
    if (call.path === '/qlvbdh/login') {
      recorder.notWork('shown:login');
      return { type: HTML, body: login(options.secrets) };
    }
    if (call.path === '/qlvbdh/dwr/exec/NEORemoting.getRSet.dwr') {
      session.page = Number(/page=(\d+)/.exec(call.body)?.[1] ?? '1');
      session.role = (/role=(XLC|PH)?/.exec(call.body)?.[1] ?? '') as Session['role'];
      return json(fragment(room, []));
    }
    if (call.path === '/qlvbdh/dwr/exec/DataRemoting.ketThuc.dwr') return finish(call.body, room);
    if (call.path !== '/qlvbdh/main') {
      return { status: 302, headers: { location: '/qlvbdh/main?lang=vi' }, body: '' };
    }
    return mainPage(call, room);
  }, options.port);
  const { incoming, outgoing } = documents;
  return { kind: 'ioffice', url, options, documents: incoming, outgoing, log: () => recorder.log, close };
}
