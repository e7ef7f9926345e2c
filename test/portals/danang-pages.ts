/** The pages of the practice Đà Nẵng eGov: two lists, details on the lists' own addresses, the report, the log-in. */
import { localDay } from './calendar.ts';
import {
  type DanangDossier,
  type ListName,
  OFFICERS,
  TAB_TEXT,
  TABS,
  type Tab,
  tabOf,
} from './danang-records.ts';
import { KIND_TEXT, KINDS, periodOf, reportHtml, totalsOf } from './danang-report.ts';
import { detailHtml, headHtml, rowHtml } from './danang-view.ts';
import { type Answer, escapeHtml, HTML } from './http.ts';
import type { Look } from './look.ts';
import type { Recorder } from './recorder.ts';
import type { PortalOptions } from './types.ts';

const NS = '_ipmslistportlet_WAR_cmonappportlet_';
export const PATHS: Readonly<Record<ListName | 'report' | 'login', string>> = {
  desk: '/group/guest/danh-sach-ho-so-mot-cua',
  officer: '/group/guest/danh-sach-ho-so-xu-ly',
  report: '/group/guest/bao-cao-tong-hop',
  login: '/c/portal/login',
};
const TITLES = { desk: 'Danh sách hồ sơ một cửa', officer: 'Danh sách hồ sơ xử lý', report: 'Báo cáo' };

/** What a list or detail shows, as its address says. */
export interface Place {
  readonly list: ListName;
  readonly tab: Tab;
  readonly page: number;
  /** An officer's number, or 'all'; the case officer's list only. */
  readonly officer?: string;
  readonly text?: string;
  readonly dossier?: number;
}

/** The address of a list or detail. */
export function addressOf({ list, tab, page, officer = '0', text = '', dossier }: Place): string {
  const query = new URLSearchParams({ p_p_id: 'ipmslistportlet_WAR_cmonappportlet', p_p_lifecycle: '0' });
  query.set(`${NS}tab`, tab);
  query.set(`${NS}cur`, String(page));
  if (list === 'officer') query.set(`${NS}canBo`, officer);
  if (text !== '') query.set(`${NS}tuKhoa`, text);
  if (dossier !== undefined) query.set(`${NS}idHoso`, String(dossier));
  return `${PATHS[list]}?${query}`;
}

export function placeOf(list: ListName, query: URLSearchParams): Place {
  const tab = TABS.find((one) => one === query.get(`${NS}tab`)) ?? 'moi';
  const dossier = query.get(`${NS}idHoso`);
  return {
    list,
    tab,
    page: Math.max(1, Number(query.get(`${NS}cur`) ?? '1')),
    officer: query.get(`${NS}canBo`) ?? '0',
    text: query.get(`${NS}tuKhoa`) ?? '',
    ...(dossier === null ? {} : { dossier: Number(dossier) }),
  };
}

export interface Room {
  readonly dossiers: readonly DanangDossier[];
  readonly recorder: Recorder;
  readonly options: PortalOptions;
  readonly look: Look;
  /** Token of the portlet's instance and prefix of the framework's ids. */
  readonly instance: string;
  readonly yui: string;
}

export const sizeOf = (options: PortalOptions) => options.pageSize ?? 10;

export function found(dossiers: readonly DanangDossier[], place: Place): DanangDossier[] {
  const text = place.text ?? '';
  return dossiers.filter((one) => {
    if (tabOf(one, place.list) !== place.tab) return false;
    if (text !== '' && !one.code.includes(text) && !one.applicant.name.includes(text)) return false;
    return (
      place.list === 'desk' || place.officer === 'all' || one.officer === OFFICERS[Number(place.officer)]
    );
  });
}

function searchForm(place: Place): string {
  const today = localDay(Date.now());
  const day = (local: string) => local.split('-').reverse().join('/');
  const officers = [
    ...OFFICERS.map((name, at) => [String(at), name] as const),
    ['all', 'Tất cả cán bộ'] as const,
  ];
  const chooser = officers.map(
    ([value, name]) =>
      `<option value="${value}"${value === place.officer ? ' selected' : ''}>${name}</option>`,
  );
  return `<form id="searchIpmsListForm" method="get" action="${PATHS[place.list]}">
<select id="sel_nhom_thu_tuc"><option>Chọn lĩnh vực</option><option>Hộ tịch</option><option>Chứng thực</option></select>
<select id="sel_loai_ho_so"><option>Chọn loại hồ sơ</option></select>
${place.list === 'officer' ? `<select id="sel_can_bo">${chooser.join('')}</select>` : ''}
<input type="text" id="tuKhoa" name="${NS}tuKhoa" size="42" placeholder="Nhập tên người nộp/mã biên nhận/mã hồ sơ" value="${escapeHtml(place.text ?? '')}">
<label>Từ ngày <input type="text" id="tuNgay" size="10" value="01/01/${today.slice(0, 4)}"></label>
<label>Đến ngày <input type="text" id="denNgay" size="10" value="${day(today)}"></label>
<input type="submit" class="egov-button" id="btnTimKiem" value="Tìm kiếm"></form>`;
}

/** The part of a list that the page replaces by itself in its XHR build. */
export function listHtml(place: Place, room: Room): { render: string; html: string } {
  const { look, options } = room;
  const size = sizeOf(options);
  const all = found(room.dossiers, place);
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(place.page, pages);
  const first = (page - 1) * size;
  const rows = all.slice(first, first + size).map((one, at) => {
    const href = addressOf({ ...place, page, dossier: one.id });
    return rowHtml(one, { list: place.list, position: first + at + 1, href }, look);
  });
  const render = room.recorder.offer({
    view: `danang:${place.list}`,
    page,
    dossiers: rows.map(({ shown }) => shown),
  });
  const tabs = TABS.map(
    (tab) =>
      `<li class="aui-tab tab${tab === place.tab ? ' aui-tab-active current' : ''}"><a class="tab-link" data-tab="${tab}" href="${escapeHtml(addressOf({ ...place, tab, page: 1, text: '' }))}">${TAB_TEXT[tab]}</a></li>`,
  );
  const pager = Array.from({ length: pages }, (_, at) =>
    at + 1 === page
      ? `<strong>${at + 1}</strong>`
      : `<a class="page-link" data-page="${at + 1}" href="${escapeHtml(addressOf({ ...place, page: at + 1 }))}">${at + 1}</a>`,
  );
  const bar =
    place.list === 'desk'
      ? `<div class="egov-toolbar"><input type="button" class="egov-button" value="Chuyển hồ sơ"> <input type="button" class="egov-button" value="Rút hồ sơ"></div>`
      : '';
  const table =
    place.list === 'desk'
      ? 'class="egov-table result-grid hoso-grid"'
      : 'id="profileListId" class="egov-table result-grid"';
  const empty = '<tr><td colspan="9">Không có hồ sơ nào</td></tr>';
  return {
    render,
    html: `<ul class="aui-tabview-list">${tabs.join('')}</ul>${bar}
<table ${table}><thead>${headHtml(place.list, look, options.areHeadersRenamed)}</thead><tbody>${rows.length === 0 ? empty : rows.map(({ html }) => html).join('\n')}</tbody></table>
<div class="taglib-page-iterator">Trang ${page} / ${pages}: ${pager.join(' ')}</div>`,
  };
}

const STYLE = `<style>a,button{white-space:nowrap}table{border-collapse:collapse}td,th{border:1px solid #9ab;padding:1px 5px;font:12px sans-serif}
.aui-tabview-list{display:flex;gap:1em;list-style:none}.egov-icon{display:inline-block;width:16px;height:16px;background:#69c;cursor:pointer}
.ui-dialog{position:fixed;left:35%;top:35%;background:#fff;border:1px solid #555;padding:12px;z-index:99}</style>`;

function page(title: string, content: string, client: Readonly<Record<string, unknown>>, room: Room): Answer {
  const menu = (['desk', 'officer', 'report'] as const).map(
    (name) => `<li><a class="menu-link" href="${PATHS[name]}">${TITLES[name]}</a></li>`,
  );
  const isReworded = room.look.reworded.includes('danang:busy');
  const settings = JSON.stringify({ mode: room.options.mode, isReworded, render: '', back: '', ...client });
  return {
    type: HTML,
    body: `<!doctype html><html lang="vi" class="aui ltr"><head><meta charset="utf-8"><title>${title} - eGov</title>${STYLE}</head>
<body class="signed-in private-page site" id="${room.yui}_1"><ul class="nav" id="navigation">${menu.join('')}</ul>
<div class="portlet-boundary portlet-boundary_ipmslistportlet_WAR_cmonappportlet_" id="p_p_id_ipmslistportlet_WAR_cmonappportlet_INSTANCE_${room.instance}_">
<div class="egov-container" id="${room.yui}_14">${content}</div></div>
<script id="settings" type="application/json">${settings.replaceAll('<', '\\u003c')}</script>
<script type="module" src="/assets/danang-client.ts"></script></body></html>`,
  };
}

export function listPage(place: Place, room: Room): Answer {
  const { render, html } = listHtml(place, room);
  const content = `<h3 class="egov-title">${TITLES[place.list].toUpperCase()}</h3>${searchForm(place)}<div id="dsHoSo">${html}</div>`;
  const client = { kind: place.list, render, back: addressOf({ ...place, text: '' }) };
  return page(TITLES[place.list], content, client, room);
}

export function detailPage(place: Place, room: Room): Answer {
  const one = room.dossiers.find(({ id }) => id === place.dossier);
  const { dossier: _, ...back } = place;
  if (!one) return listPage(back, room);
  const isMine = one.officer === OFFICERS[0];
  const { html, shown } = detailHtml(one, place.list, isMine, room.look, room.options.areHeadersRenamed);
  const render = room.recorder.offer({ view: `danang:detail-${place.list}`, page: 1, dossiers: [shown] });
  return page('Chi tiết hồ sơ', html, { kind: 'detail', render, back: addressOf(back) }, room);
}

export function reportPage(query: URLSearchParams, room: Room): Answer {
  const kind = KINDS.find((one) => one === query.get('kyBaoCao'));
  const today = localDay(Date.now());
  const year = Number(query.get('nam') ?? today.slice(0, 4));
  const number = Number(query.get('so') ?? '1');
  let table = '';
  let render = '';
  if (kind) {
    const period = periodOf(kind, number, year);
    const totals = totalsOf(room.options.seed, kind, period);
    table = reportHtml(period, totals);
    render = room.recorder.offer({ view: 'danang:report', page: 1, totals });
    room.recorder.notWork('shown:report');
  }
  const radios = KINDS.map(
    (one) =>
      `<label><input type="radio" name="kyBaoCao" value="${one}"${one === (kind ?? 'thang') ? ' checked' : ''}> ${KIND_TEXT[one]}</label>`,
  );
  const form = `<form id="baoCaoTongHopForm" method="get" action="${PATHS.report}">${radios.join(' ')}
<input type="text" name="so" size="3" value="${number}"> <input type="text" name="nam" size="5" value="${year}">
<input type="submit" class="egov-button" id="btnHienThi" value="Hiển thị"> <input type="button" class="egov-button" value="Xuất excel"> <input type="button" class="egov-button" value="Xuất word"></form>`;
  return page(
    TITLES.report,
    `${form}<div id="ketQuaBaoCao">${table}</div>`,
    { kind: 'report', render },
    room,
  );
}

export function loginPage({ options, recorder }: Room): Answer {
  recorder.notWork('shown:login');
  const last = escapeHtml(options.secrets[0] ?? 'can.bo.mau');
  return {
    type: HTML,
    body: `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Đăng nhập</title></head><body><form id="_58_fm"><input id="_58_login" value="${last}"><input id="_58_password" type="password">
<input type="submit" class="egov-button" value="Tiếp nhận"></form><div class="egov-container"><table class="egov-table result-grid hoso-grid"><thead><tr><th>Mã số biên nhận</th><th>Ngày hẹn trả</th></tr></thead>
<tbody><tr><td><a>H99.50-260901-0001</a></td><td>01/09/2026</td></tr></tbody></table></div></body></html>`,
  };
}
