/**
 * The pages of the practice national portal (host-pages §3): look-up, procedures, filing, scores, and the log-in and
 * payment pages beside it. Two builds: server-rendered JSP, and a newer client that draws everything itself.
 */
import { printed } from './calendar.ts';
import { type Answer, escapeHtml, HTML } from './http.ts';
import type { Look } from './look.ts';
import type { Citizen, Dossier, Shown, StatusCode } from './types.ts';

export const PATH = {
  home: '/p/home/dvc-trang-chu.html',
  lookup: '/p/home/dvc-tra-cuu-ho-so.html',
  procedures: '/p/home/dvc-tra-cuu-tthc.html',
  procedure: '/p/home/dvc-chi-tiet-thu-tuc.html',
  filing: '/p/home/dvc-nop-ho-so.html',
  scores: '/p/home/dvc-index-tinhthanhpho-tonghop.html',
  login: '/sso/login',
  payment: '/paymentplatform/payment_method',
} as const;

export interface Procedure {
  readonly code: string;
  readonly name: string;
  readonly agency: string;
  readonly fee: number;
  /** The receiving system refuses what is sent for it. */
  readonly fails: boolean;
}

/** One filing by the server-rendered wizard; `step` is the furthest it came. */
export interface Filing {
  readonly id: string;
  readonly procedure: Procedure;
  readonly citizen: Citizen;
  step: number;
  code: string | null;
}

export interface Dress {
  readonly build: 'jsp' | 'react';
  readonly look: Look;
  /** A generated class name of this build. */
  readonly css: (of: string) => string;
}

const STATUS_TEXT: Readonly<Record<StatusCode, string>> = {
  1: 'Mới đăng ký',
  2: 'Được tiếp nhận',
  3: 'Không được tiếp nhận',
  4: 'Đang xử lý',
  5: 'Yêu cầu bổ sung giấy tờ',
  6: 'Yêu cầu thực hiện nghĩa vụ tài chính',
  7: 'Công dân yêu cầu rút hồ sơ',
  8: 'Dừng xử lý',
  9: 'Đã xử lý xong',
  10: 'Đã trả kết quả',
};
const COLUMNS = [
  'STT',
  'Mã hồ sơ',
  'Tên thủ tục',
  'Chủ hồ sơ',
  'Tình trạng',
  'Ngày tiếp nhận',
  'Ngày hẹn trả',
  'Chi tiết',
];
export const EMPTY = 'Không tìm thấy hồ sơ phù hợp';
export const STEP_NAMES = ['Thông tin người nộp', 'Thành phần hồ sơ', 'Phí, lệ phí', 'Nộp hồ sơ'];
const SUCCESS = 'Nộp hồ sơ thành công';
const successOf = ({ reworded }: Look) => (reworded.includes('dvcqg:filed') ? 'Hệ thống đã ghi sổ' : SUCCESS);

export interface LookupTable {
  readonly heads: readonly string[];
  /** Cells in the order of the heads; the last kind, `Chi tiết`, is null. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly shown: readonly Shown[];
}

/** The table of found dossiers as this build words and orders it, and what it shows. */
export function lookupTable(found: readonly Dossier[], first: number, { look }: Dress): LookupTable {
  const columns = look.order(COLUMNS);
  const rows = found.map((one, at) => {
    const cells: Readonly<Record<string, string | null>> = {
      STT: String(first + at + 1),
      'Mã hồ sơ': one.code,
      'Tên thủ tục': one.procedure.name,
      'Chủ hồ sơ': one.person.name,
      'Tình trạng': look.word(STATUS_TEXT[one.status]),
      'Ngày tiếp nhận': printed(one.received),
      'Ngày hẹn trả': printed(one.due),
      'Chi tiết': null,
    };
    return columns.map((name) => cells[name]!);
  });
  const shown = found.map(
    (one): Shown => ({
      code: one.code,
      status: one.status,
      due: one.due,
      ...(one.received === null ? {} : { received: one.received }),
    }),
  );
  return { heads: columns.map((name) => look.word(name)), rows, shown };
}

/** A whole page of either build; the newer one draws `content` by its own script. */
export function layout(
  title: string,
  content: string,
  client: Readonly<Record<string, unknown>>,
  dress: Dress,
): Answer {
  const settings = JSON.stringify({ build: dress.build, render: '', ...client }).replaceAll('<', '\\u003c');
  const menu = (['home', 'lookup', 'procedures', 'scores'] as const).map(
    (name) => `<a class="menu-link" href="${PATH[name]}">${name}</a>`,
  );
  const body =
    dress.build === 'jsp'
      ? `<div id="header">${menu.join(' ')}</div><div class="main-content container">${content}</div>`
      : `<div id="root"><header class="${dress.css('header')}"><div class="user-dropdown" data-e2e="user-dropdown">Tài khoản</div>${menu.join(' ')}</header><main class="${dress.css('main')}">${content}</main></div>`;
  return {
    type: HTML,
    body: `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>${title} - Cổng Dịch vụ công</title>
<style>body{font:13px sans-serif}a,button{white-space:nowrap}td,th{border:1px solid #ccc;padding:2px 6px}table{border-collapse:collapse}.steps{display:flex;gap:1em;list-style:none}.active{font-weight:bold}
.modal{position:fixed;left:30%;top:20%;background:#fff;border:1px solid #555;padding:12px}</style></head><body>${body}
<script id="settings" type="application/json">${settings}</script><script type="module" src="/assets/dvcqg-client.ts"></script></body></html>`,
  };
}

/** The look-up of the JSP build: a form, and what was found. */
export function lookupHtml(text: string, table: LookupTable | null, page: number, pages: number): string {
  const form = `<form id="frmTraCuu" method="get" action="${PATH.lookup}"><input type="text" id="maHoSo" name="ma_ho_so" placeholder="Nhập mã hồ sơ" value="${escapeHtml(text)}">
<input type="text" id="maXacThuc" placeholder="Mã xác thực" size="8"> <input type="submit" class="btn btn-primary" id="btnTraCuu" value="Tra cứu"></form>`;
  if (!table) return `<h2>Tra cứu hồ sơ</h2>${form}`;
  const cell = (text: string | null) =>
    text === null
      ? '<td><a class="xem-chi-tiet" title="Xem chi tiết">Xem</a></td>'
      : `<td>${escapeHtml(text)}</td>`;
  const rows = table.rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`);
  const pager = Array.from(
    { length: pages },
    (_, at) =>
      `<a class="page-link${at + 1 === page ? ' active' : ''}" data-page="${at + 1}" href="${PATH.lookup}?ma_ho_so=${encodeURIComponent(text)}&amp;trang=${at + 1}">${at + 1}</a>`,
  );
  return `<h2>Tra cứu hồ sơ</h2>${form}<table class="table table-bordered" id="tblHoSo"><thead><tr>${table.heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead>
<tbody>${rows.length === 0 ? `<tr><td colspan="8">${EMPTY}</td></tr>` : rows.join('\n')}</tbody></table><div class="pagination">${pager.join(' ')}</div>`;
}

/** The table of procedures. */
export function proceduresHtml(procedures: readonly Procedure[], text: string, { look }: Dress): string {
  const columns = look.order(['STT', 'Mã thủ tục', 'Tên thủ tục', 'Cơ quan thực hiện']);
  const rows = procedures
    .filter(({ name, code }) => name.includes(text) || code.includes(text))
    .map((one, at) => {
      const cells: Readonly<Record<string, string>> = {
        STT: String(at + 1),
        'Mã thủ tục': one.code,
        'Tên thủ tục': `<a href="${PATH.procedure}?ma=${one.code}">${escapeHtml(one.name)}</a>`,
        'Cơ quan thực hiện': one.agency,
      };
      return `<tr>${columns.map((name) => `<td>${cells[name]}</td>`).join('')}</tr>`;
    });
  return `<h2>Tra cứu thủ tục hành chính</h2><form method="get" action="${PATH.procedures}"><input id="tuKhoa" name="tu_khoa" value="${escapeHtml(text)}"> <input type="submit" id="btnTimKiem" value="Tìm kiếm"></form>
<table class="table" id="tblThuTuc"><thead><tr>${columns.map((name) => `<th>${look.word(name)}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

/** One procedure, with the door to filing. */
export function procedureHtml(one: Procedure, { look }: Dress): string {
  return `<h2>${escapeHtml(one.name)}</h2><table class="table"><tr><td>${look.word('Mã thủ tục')}</td><td>${one.code}</td></tr><tr><td>Cơ quan thực hiện</td><td>${one.agency}</td></tr></table>
<a class="btn btn-primary" id="btnNopTrucTuyen" data-e2e="btn-apply" href="${PATH.filing}?ma=${one.code}">Nộp trực tuyến</a>`;
}

const bar = (step: number) =>
  `<ul class="steps">${STEP_NAMES.map((name, at) => `<li class="step${at + 1 === step ? ' active' : ''}">${at + 1}. ${name}</li>`).join('')}</ul>`;

/** The fields of one step; the same in both builds. */
export function fieldsHtml(
  step: number,
  { procedure, citizen }: Pick<Filing, 'procedure' | 'citizen'>,
): string {
  if (step === 1) {
    return `<p>Họ tên <input name="hoTen" value="${escapeHtml(citizen.name)}"></p><p>Số định danh <input name="soDinhDanh" readonly value="${escapeHtml(citizen.idNumber)}"></p>
<p>Điện thoại <input name="dienThoai" value="${escapeHtml(citizen.phone)}"></p><p>Chủ hồ sơ * <input name="chuHoSo" value=""></p>`;
  }
  if (step === 2) {
    return '<table><tr><td>1</td><td>Tờ khai</td><td><input type="file" name="giayTo_1"></td></tr><tr><td>2</td><td>Giấy tờ tùy thân</td><td><input type="file" name="giayTo_2"></td></tr></table>';
  }
  return `<p>Lệ phí: ${procedure.fee.toLocaleString('de-DE')} đ</p><p><label><input type="radio" name="nhan" checked> Nhận trực tiếp</label> <label><input type="radio" name="nhan"> Qua bưu chính công ích</label></p>`;
}

/** What the result screen says. */
export function resultHtml(code: string, procedure: Procedure, { look }: Dress): string {
  const pay =
    procedure.fee > 0
      ? `<a class="btn" id="btnThanhToan" data-e2e="btn-pay" href="${escapeHtml(paymentAddress(code, procedure.fee))}">Thanh toán trực tuyến</a>`
      : '';
  return `<div class="ket-qua-nop"><h3>${successOf(look)}</h3><p>Hồ sơ đang chờ tiếp nhận</p><p><span>${look.word('Mã hồ sơ')}:</span> <b class="ma-ho-so">${code}</b></p>${pay}</div>`;
}

/** One step of the JSP wizard, the fourth being the result. */
export function filingHtml(filing: Filing, step: number, error: string, dress: Dress): string {
  if (step === 4 && filing.code !== null) return bar(4) + resultHtml(filing.code, filing.procedure, dress);
  const alert = error === '' ? '' : `<div class="alert alert-danger">${error}</div>`;
  return `${bar(step)}${alert}<form method="post" action="${PATH.filing}?phien=${filing.id}&amp;buoc=${step}">${fieldsHtml(step, filing)}
<a class="btn" id="huy" href="${PATH.home}">Hủy</a> <button type="submit" class="btn btn-primary" id="next">${step === 3 ? 'Nộp hồ sơ' : 'Tiếp tục'}</button></form>`;
}

/** The newer wizard: all four panels stand in the document from the start, three of them hidden. */
export function panelsHtml(filing: Pick<Filing, 'procedure' | 'citizen'>, dress: Dress): string {
  const panels = [1, 2, 3].map(
    (step) =>
      `<section class="step-panel ${dress.css('panel')}" data-step="${step}"${step === 1 ? '' : ' style="display:none"'}><h3>${STEP_NAMES[step - 1]}</h3>${fieldsHtml(step, filing)}
<div class="error" data-e2e="error"></div><button type="button" class="${dress.css('button')}" data-e2e="btn-next">${step === 3 ? 'Nộp hồ sơ' : 'Tiếp tục'}</button></section>`,
  );
  return `${bar(1)}${panels.join('\n')}<section class="step-panel ${dress.css('panel')}" data-step="4" style="display:none"><div class="ket-qua-nop"><h3>${successOf(dress.look)}</h3><p>Hồ sơ đang chờ tiếp nhận</p></div></section>`;
}

/** Scores of the provinces by Decision 766: points, no counts of dossiers. */
export function scoresHtml(next: () => number): string {
  const heads = [
    'STT',
    'Tỉnh, thành phố',
    'Công khai, minh bạch',
    'Tiến độ giải quyết',
    'Thanh toán trực tuyến',
    'Chất lượng giải quyết',
    'Mức độ hài lòng',
    'Mức độ số hóa',
    'Tổng điểm',
  ];
  const most = [18, 20, 10, 12, 18, 22];
  const rows = ['Tỉnh Mẫu', 'Tỉnh Thử', 'Thành phố Ví Dụ'].map((name, at) => {
    const points = most.map((top) => Math.round(top * (50 + next() * 50)) / 100);
    const cells = [...points, points.reduce((sum, one) => sum + one, 0)].map(
      (one) => `<td>${one.toFixed(2).replace('.', ',')}</td>`,
    );
    return `<tr><td>${at + 1}</td><td>${name}</td>${cells.join('')}</tr>`;
  });
  return `<h2>Bộ chỉ số phục vụ người dân, doanh nghiệp</h2><table class="table" id="tblChiSo"><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}<tr><td></td><td>Tổng</td><td colspan="7"></td></tr></tbody></table>`;
}

/** The payment address as the real one is built: the dossier's code stands in its query twice. */
export function paymentAddress(code: string, amount: number): string {
  const query = new URLSearchParams({
    currencyCode: 'VND',
    merchantServiceId: '4022',
    amount: String(amount),
    desc: `Thanh toan le phi ma ho so ${code}`,
    transactionId: code,
    paymentAction: 'PAY',
  });
  return `${PATH.payment}?${query}`;
}

/** Log-in or payment: pages that must not be read, made to look as if they could be. */
export function outsideHtml(title: string, code: string, button: string): string {
  return `<h2>${title}</h2><table class="table" id="tblHoSo"><thead><tr><th>STT</th><th>Mã hồ sơ</th><th>Tình trạng</th><th>Ngày tiếp nhận</th><th>Ngày hẹn trả</th></tr></thead>
<tbody><tr><td>1</td><td>${escapeHtml(code)}</td><td>Đã trả kết quả</td><td>01/09/2026</td><td>02/09/2026</td></tr></tbody></table>
<form method="post" action=""><input name="username" value=""><input type="password" name="password"><button type="submit" id="next">${button}</button></form><div class="alert">${SUCCESS}</div>`;
}
