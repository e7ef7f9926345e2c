/**
 * Practice reporting system, built from the data model of VNPT VSR (host-pages-2 §3.2; its screens are unknown, these are
 * plausible ones): a list of reports to send with deadline and state, and the grid of one form.
 */
import { localDay, localMinute, printed, shiftDay } from './calendar.ts';
import { type Answer, type Call, escapeHtml, HTML, json, latencyOf, listen } from './http.ts';
import { type Look, lookOf } from './look.ts';
import { drawn, dutyOf, generated, hostOptions, type PracticeHost } from './practice-host.ts';
import { makeRecorder, type Recorder } from './recorder.ts';
import { random } from './seed.ts';
import type { PortalOptions, ShownReport } from './types.ts';
import { bodyHtml, computed, draftOf, FORMS, headHtml, type VsrForm } from './vsr-forms.ts';

export interface VsrReport {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly program: string;
  readonly period: string;
  /** `YYYY-MM-DD` or with a minute; null: none was set. */
  readonly due: string | null;
  readonly form: VsrForm;
  /** The server refuses to keep or take it. */
  readonly isTroubled: boolean;
  state: ShownReport['state'];
  values: ReadonlyMap<string, string>;
}

export interface VsrPortal extends PracticeHost {
  readonly kind: 'vsr';
  readonly reports: readonly VsrReport[];
  readonly pageSize: number;
}

export const PATH = {
  list: '/vsr/bao-cao/danh-sach',
  form: '/vsr/bao-cao/nhap-lieu',
  login: '/vsr/login',
} as const;
export const STATE_TEXT: Readonly<Record<ShownReport['state'], string>> = {
  notStarted: 'Chưa báo cáo',
  drafting: 'Đang nhập',
  sent: 'Đã gửi',
  returned: 'Trả lại',
  overdue: 'Quá hạn',
};
const STATES = Object.keys(STATE_TEXT) as ShownReport['state'][];
const PROGRAMS = ['Báo cáo Đề án 06', 'Báo cáo kiểm soát thủ tục hành chính', 'Báo cáo cải cách hành chính'];
const SUBJECTS = [
  'Tình hình, kết quả giải quyết thủ tục hành chính',
  'Tình hình cung cấp dịch vụ công trực tuyến',
  'Kết quả số hóa hồ sơ, kết quả giải quyết',
  'Kết quả cải cách hành chính',
];
const COLUMNS = [
  'STT',
  'Mã báo cáo',
  'Tên báo cáo',
  'Chương trình',
  'Kỳ báo cáo',
  'Hạn gửi',
  'Trạng thái',
  'Thao tác',
];
const EMPTY = 'Không có báo cáo nào';

function seedReports(seed: number, now: number, count: number): VsrReport[] {
  const next = random(seed ^ 0x0b5a);
  const today = localDay(now);
  return Array.from({ length: count }, (_, at) => {
    const state = STATES[at % STATES.length]!;
    const form = drawn(next, FORMS);
    const days = state === 'overdue' ? -1 - Math.floor(next() * 20) : Math.floor(next() * 30);
    const day = shiftDay(today, state === 'sent' ? days - 20 : days);
    const due = next() < 0.5 ? day : `${day}T17:00`;
    const month = 1 + (at % 12);
    return {
      id: 900 + at * 7,
      code: `${1700 + Math.floor(at / 40)}.SL${String(1 + at).padStart(3, '0')}`,
      name: drawn(next, SUBJECTS),
      program: drawn(next, PROGRAMS),
      period:
        at % 3 === 0 ? `Quý ${1 + (at % 4)}/${today.slice(0, 4)}` : `Tháng ${month}/${today.slice(0, 4)}`,
      due: next() < 0.06 && state !== 'overdue' ? null : due,
      form,
      isTroubled: next() < 0.15,
      state,
      values: state === 'notStarted' || state === 'overdue' ? computed(form, new Map()) : draftOf(form, at),
    };
  });
}

interface Room {
  readonly reports: readonly VsrReport[];
  readonly recorder: Recorder;
  readonly options: PortalOptions;
  readonly look: Look;
  readonly token: string;
  readonly size: number;
}

/** The part of the list that its XHR build replaces by itself. */
function listHtml(query: URLSearchParams, room: Room): { render: string; html: string } {
  const { reports, recorder, look, size, token } = room;
  const state = query.get('trangThai') ?? '';
  const text = query.get('tuKhoa') ?? '';
  const found = reports.filter(
    (one) =>
      (state === '' || one.state === state) && (text === '' || `${one.code} ${one.name}`.includes(text)),
  );
  const pages = Math.max(1, Math.ceil(found.length / size));
  const page = Math.min(pages, Math.max(1, Number(query.get('trang') ?? '1')));
  const visible = found.slice((page - 1) * size, page * size);
  const render = recorder.offer({
    view: 'vsr:list',
    page,
    reports: visible.map(({ code, name, due, state }): ShownReport => ({ code, name, due, state })),
  });
  const columns = look.order(COLUMNS);
  const rows = visible.map((one, at) => {
    const cells: Readonly<Record<string, string>> = {
      STT: String((page - 1) * size + at + 1),
      'Mã báo cáo': one.code,
      'Tên báo cáo': `<a class="ten-bao-cao" data-id="${one.id}" href="${PATH.form}?objId=${one.id}">${escapeHtml(one.name)}</a>`,
      'Chương trình': one.program,
      'Kỳ báo cáo': one.period,
      'Hạn gửi': printed(one.due),
      'Trạng thái': `<span class="label state-${token}">${STATE_TEXT[one.state]}</span>`,
      'Thao tác': `<a title="Nhập báo cáo" class="fa fa-pencil" href="${PATH.form}?objId=${one.id}">&nbsp;</a>`,
    };
    return `<tr>${columns.map((name) => `<td>${cells[name]}</td>`).join('')}</tr>`;
  });
  const pager = Array.from({ length: pages }, (_, at) => {
    const to = new URLSearchParams({ trangThai: state, tuKhoa: text, trang: String(at + 1) });
    return `<a class="page-link${at + 1 === page ? ' active' : ''}" data-page="${at + 1}" href="${PATH.list}?${escapeHtml(String(to))}">${at + 1}</a>`;
  });
  return {
    render,
    html: `<table class="table table-bordered" id="dsBaoCao_${token}"><thead><tr>${columns.map((name) => `<th>${look.word(name)}</th>`).join('')}</tr></thead>
<tbody>${rows.length === 0 ? `<tr><td colspan="8">${EMPTY}</td></tr>` : rows.join('\n')}</tbody></table><div class="pagination">${pager.join(' ')}</div>`,
  };
}

function layout(
  title: string,
  content: string,
  client: Readonly<Record<string, unknown>>,
  room: Room,
): Answer {
  const settings = JSON.stringify({ mode: room.options.mode, render: '', ...client }).replaceAll(
    '<',
    '\\u003c',
  );
  const user = escapeHtml(room.options.secrets[0] ?? 'Cán bộ Mẫu');
  return {
    type: HTML,
    body: `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>${title} - Hệ thống thông tin báo cáo</title>
<style>body{font:13px sans-serif}a,button{white-space:nowrap}td,th{border:1px solid #ccc;padding:2px 5px}table{border-collapse:collapse}.toast{position:fixed;top:8px;right:8px;border:1px solid #555;background:#fff;padding:8px}</style></head>
<body><div class="navbar"><a class="menu-link" href="${PATH.list}">Báo cáo phải gửi</a> <span class="user" title="${user}">${user}</span></div>
<div id="content_${room.token}" class="vsr-content">${content}</div><script id="settings" type="application/json">${settings}</script>
<script type="module" src="/assets/vsr-client.ts"></script></body></html>`,
  };
}

function listPage(query: URLSearchParams, room: Room): Answer {
  const { render, html } = listHtml(query, room);
  const chosen = query.get('trangThai') ?? '';
  const options = STATES.map(
    (state) => `<option value="${state}"${state === chosen ? ' selected' : ''}>${STATE_TEXT[state]}</option>`,
  );
  const form = `<form id="frmLoc" method="get" action="${PATH.list}"><input type="text" id="tuKhoa" name="tuKhoa" value="${escapeHtml(query.get('tuKhoa') ?? '')}" placeholder="Mã, tên báo cáo">
<select id="trangThai" name="trangThai"><option value="">Tất cả</option>${options.join('')}</select> <button type="submit" id="btnTim" class="btn">Tìm kiếm</button></form>`;
  return layout(
    'Danh sách báo cáo',
    `<h3>DANH SÁCH BÁO CÁO PHẢI GỬI</h3>${form}<div id="ketQua">${html}</div>`,
    { render },
    room,
  );
}

function formPage(one: VsrReport, room: Room): Answer {
  room.recorder.notWork('shown:form');
  const render = room.recorder.offer({ view: 'vsr:form', page: 1 });
  const isOpen = one.state !== 'sent';
  const buttons = isOpen
    ? '<button type="button" id="btnLuu" class="btn">Lưu</button> <button type="button" id="btnGui" class="btn">Gửi báo cáo</button> '
    : '';
  const head = `<h3>${escapeHtml(one.name)}</h3><p>Mã báo cáo: <b>${one.code}</b> · Kỳ báo cáo: ${one.period} · Hạn gửi: ${printed(one.due)} · ${room.look.word('Trạng thái')}: ${STATE_TEXT[one.state]}</p>`;
  const grid = `<table class="table-form" id="grid_${room.token}">${headHtml(one.form)}${bodyHtml(one.form, one.values)}</table>`;
  return layout(
    'Nhập báo cáo',
    `${head}${grid}<p>${buttons}<a class="btn" id="btnThoat" href="${PATH.list}">Thoát</a></p>`,
    { render, id: one.id, kinds: one.form.rows.map(({ code, kind, parent }) => ({ code, kind, parent })) },
    room,
  );
}

/** Keeps or sends a report. */
function work(one: VsrReport, call: Call, { recorder }: Room): Answer {
  const asked = JSON.parse(call.body) as { what: 'luu' | 'gui'; values: Record<string, string> };
  const label = asked.what === 'luu' ? 'Lưu' : 'Gửi báo cáo';
  if (one.isTroubled || one.state === 'sent') {
    recorder.notWork(`failed:${label}`);
    return json({ message: asked.what === 'luu' ? 'Lưu thất bại' : 'Thất bại' }, 409);
  }
  one.values = computed(one.form, new Map(Object.entries(asked.values)));
  if (asked.what === 'gui') one.state = 'sent';
  else if (one.state === 'notStarted') one.state = 'drafting';
  recorder.notWork(`done:${label}`);
  return json({ message: 'Thành công', at: localMinute(Date.now()) });
}

/** Starts the practice reporting system on its own origin. */
export async function startVsr(some: Partial<PortalOptions> = {}): Promise<VsrPortal> {
  const options = hostOptions(some);
  const duty = dutyOf(options);
  const recorder = makeRecorder(duty.duty);
  const room: Room = {
    reports: seedReports(options.seed, Date.now(), options.dossiers),
    recorder,
    options,
    look: lookOf(options),
    token: generated(options)(5),
    size: options.pageSize ?? 10,
  };
  const lag = latencyOf(options);
  const server = await listen(async (call: Call): Promise<Answer> => {
    const beacon = recorder.painted(call);
    if (beacon) return beacon;
    await lag();
    if (call.path === PATH.login) {
      recorder.notWork('shown:login');
      return layout(
        'Đăng nhập',
        '<form><input name="username"><input type="password"><button>Gửi báo cáo</button></form>',
        {},
        room,
      );
    }
    if (call.path === PATH.form) {
      const one = room.reports.find(({ id }) => id === Number(call.query.get('objId')));
      if (one) return call.method === 'POST' ? work(one, call, room) : formPage(one, room);
    }
    if (call.path !== PATH.list) return { status: 302, headers: { location: PATH.list }, body: '' };
    return call.query.get('ajax') === '1' ? json(listHtml(call.query, room)) : listPage(call.query, room);
  }, options.port);
  return {
    kind: 'vsr',
    url: server.url,
    reports: room.reports,
    pageSize: room.size,
    log: () => recorder.log,
    setDuty: duty.setDuty,
    note: recorder.notWork,
    close: server.close,
  };
}
