/** The pages of the practice iGate 1.x wizard (host-pages §2, A.7): server-rendered, one shared `btn-next` on every step. */
import { printed } from './calendar.ts';
import { type Answer, escapeHtml, HTML } from './http.ts';
import type { Look } from './look.ts';
import type { Citizen } from './types.ts';

/** Steps of the wizard after the choice of the case, in their order. */
export const STEPS = [
  'nhap-thong-tin-nguoi-nop-ho-so',
  'nhap-thong-tin-ho-so',
  'nhap-le-phi-ho-so',
  'xac-nhan-thong-tin-nop',
] as const;
/** A tenant with fewer steps leaves out the fees, then the dossier's own page; it always ends on the review. */
export const STEPS_OF: Readonly<Record<2 | 3 | 4, readonly string[]>> = {
  2: [STEPS[0], STEPS[3]],
  3: [STEPS[0], STEPS[1], STEPS[3]],
  4: STEPS,
};
export const CHOICE = 'chon-truong-hop-ho-so';
export const RESULT = 'ket-qua-nop-ho-so';
export const NO_PROCESS = 'Không tìm thấy quy trình xử lý online';

const STEP_TEXT: Readonly<Record<string, string>> = {
  [CHOICE]: 'Chọn trường hợp hồ sơ',
  'nhap-thong-tin-nguoi-nop-ho-so': 'Thông tin người nộp hồ sơ',
  'nhap-thong-tin-ho-so': 'Thông tin hồ sơ',
  'nhap-le-phi-ho-so': 'Lệ phí hồ sơ',
  'xac-nhan-thong-tin-nop': 'Xác nhận thông tin nộp',
  [RESULT]: 'Nộp hồ sơ',
};

export interface Procedure {
  readonly number: number;
  readonly code: string;
  readonly name: string;
  readonly sector: string;
  readonly agency: string;
  readonly level: string;
  readonly fee: number;
  /** No process was drawn for it: the wizard never begins. */
  readonly hasProcess: boolean;
  /** The process is found missing only when all is sent. */
  readonly failsAtEnd: boolean;
}

/** One filing, from the choice of its case on. */
export interface Filing {
  readonly sid: string;
  readonly procedure: Procedure;
  readonly citizen: Citizen;
  /** How many steps were accepted. */
  accepted: number;
  /** The dossier's code and minute of filing, once it truly was filed. */
  filed: { readonly code: string; readonly at: string } | null;
}

/** What makes one tenant's pages its own. */
export interface Tenant {
  readonly root: string;
  readonly unit: string;
  readonly steps: readonly string[];
  readonly look: Look;
  /** Suffix of generated ids. */
  readonly token: string;
}

function layout(title: string, content: string, { root, unit, token }: Tenant): Answer {
  return {
    type: HTML,
    body: `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>${title}</title>
<style>body{font:13px sans-serif}a,button{white-space:nowrap}td,th{border:1px solid #ccc;padding:2px 6px}table{border-collapse:collapse}.alert{border:1px solid #999;padding:6px;margin:6px 0}
.alert-danger{background:#fdd}.alert-success{background:#dfd}.wizard-steps{display:flex;gap:1em;list-style:none;padding:0}.active{font-weight:bold}</style></head>
<body><div class="navbar" id="nav_${token}"><a class="menu-link" href="/${unit}/bothutuc/listThuTuc?tukhoa=&amp;linh_vuc=&amp;muc_do=&amp;page=1">Bộ thủ tục</a>
<a class="menu-link" href="/${root}/cong-dan">Trang công dân</a></div><div class="container" id="main_${token}">${content}</div></body></html>`,
  };
}

const NOTE =
  '<div class="alert alert-info">Lưu ý: sau khi nộp hồ sơ thành công, ông/bà nhận được mã hồ sơ qua tin nhắn.</div>';
const danger = (error: string) => (error === '' ? '' : `<div class="alert alert-danger">${error}</div>`);

function wizard(step: string, action: string, fields: string, error: string, tenant: Tenant): Answer {
  const all = [CHOICE, ...tenant.steps, RESULT];
  const bar = all.map(
    (one, at) => `<li class="${one === step ? 'active' : ''}">${at + 1}. ${STEP_TEXT[one]}</li>`,
  );
  return layout(
    STEP_TEXT[step]!,
    `<ul class="wizard-steps">${bar.join('')}</ul>${NOTE}${danger(error)}
<form method="post" action="${escapeHtml(action)}" id="frm_${tenant.token}">${fields}
<p><a class="btn btn-default" href="/${tenant.unit}/bothutuc/listThuTuc">Hủy bỏ</a> <button type="submit" id="btn-next" class="btn btn-primary">Đồng ý và tiếp tục</button></p></form>`,
    tenant,
  );
}

/** The choice of agency and case, before the wizard has an id of its own. */
export function choicePage(procedure: Procedure, error: string, tenant: Tenant): Answer {
  return wizard(
    CHOICE,
    `/${tenant.root}/tiep-nhan-online/${CHOICE}?ma-thu-tuc-public=${procedure.number}`,
    `<h4>${escapeHtml(procedure.name)}</h4><p>Cơ quan giải quyết hồ sơ <select name="coQuan"><option>${procedure.agency}</option></select></p>
<p>Trường hợp giải quyết: <label><input type="radio" name="truongHop" value="1" checked> Trường hợp chung</label></p>`,
    error,
    tenant,
  );
}

const input = (name: string, value: string, rest = '') =>
  `<input class="form-control" name="${name}" value="${escapeHtml(value)}"${rest}>`;
const oath =
  '<p><label><input type="checkbox" name="camDoan" id="chkCamDoan" value="1"> Tôi xin chịu trách nhiệm về thông tin đã khai</label></p>';

function personFields({ citizen }: Filing): string {
  return `<p>Họ tên ${input('CongDan_tenCongDan', citizen.name)}</p><p>Số CMND/CCCD ${input('CongDan_soCmnd', citizen.idNumber, ' readonly')}</p>
<p>Ngày sinh ${input('CongDan_ngaySinhCongDan', '01/02/1990')}</p><p>Chủ hồ sơ * ${input('ChuHoSo_tenChuHoSo', '')}</p>
<p>Đối tượng <select name="ChuHoSo_maDoiTuongNopHS"><option value="1">Cá nhân</option><option value="2">Tổ chức</option></select></p>`;
}

function dossierFields({ procedure }: Filing): string {
  const papers = ['Tờ khai', 'Giấy tờ tùy thân', 'Giấy tờ liên quan'].map(
    (name, at) =>
      `<tr><td>${at + 1}</td><td>${name}</td><td><input type="file" name="GiayToCuaHoSoOnline_${50_066 + at}_fileGiayTo"></td></tr>`,
  );
  const other = [1, 2, 3].map((at) => `<input type="file" name="HoSoOnline_giayToKhac_file_${at}">`);
  return `<p>Về việc * <textarea name="HoSoOnline_veViec" class="form-control">${escapeHtml(procedure.name)}</textarea></p>
<p>Ghi chú <textarea name="HoSoOnline_ghiChu" class="form-control"></textarea></p>
<table><tr><td colspan="2"><b>Thành phần bắt buộc</b></td><td><input type="file" name="GiayToCuaHoSoOnline_50000_fileGiayTo"></td></tr>${papers.join('')}</table><p>Giấy tờ khác ${other.join(' ')}</p>`;
}

function feeFields({ procedure }: Filing): string {
  return `<table><tr><th>STT</th><th>Loại lệ phí</th><th>Mức thu</th></tr><tr><td>1</td><td>Lệ phí</td><td>${procedure.fee.toLocaleString('de-DE')} đ</td></tr></table>
<p><label><input type="radio" name="hinhThucNhan" value="1" checked> Nhận trực tiếp</label> <label><input type="radio" name="hinhThucNhan" value="2"> Qua bưu chính công ích</label></p>`;
}

function reviewFields({ procedure, citizen }: Filing): string {
  return `<dl><dt>Thủ tục</dt><dd>${escapeHtml(procedure.name)}</dd><dt>Người nộp</dt><dd>${escapeHtml(citizen.name)}</dd><dt>Địa chỉ</dt><dd>${escapeHtml(citizen.address)}</dd></dl>`;
}

/** One step of the wizard; the last of this tenant asks for the oath. */
export function stepPage(filing: Filing, step: string, error: string, tenant: Tenant): Answer {
  const fields = [personFields, dossierFields, feeFields, reviewFields][
    STEPS.indexOf(step as (typeof STEPS)[number])
  ]!(filing);
  const isLast = step === tenant.steps.at(-1);
  const action = `/${tenant.root}/tiep-nhan-online/${step}?sid=${filing.sid}`;
  return wizard(step, action, fields + (isLast ? oath : ''), error, tenant);
}

/** The result screen; it looks the same each time it is asked for. */
export function resultPage(filing: Filing, tenant: Tenant): Answer {
  const { code, at } = filing.filed!;
  const isReworded = tenant.look.reworded.includes('igate1:filed');
  return layout(
    'Nộp hồ sơ',
    `<div class="alert alert-success"><h4>${isReworded ? 'Hệ thống đã ghi sổ' : 'Nộp hồ sơ thành công'}</h4><p>Hồ sơ đang chờ tiếp nhận.</p></div>
<table class="table ket-qua"><tr><td>${tenant.look.word('Mã hồ sơ')}:</td><td><b>${code}</b></td></tr><tr><td>Ngày nộp:</td><td>${printed(at)}</td></tr>
<tr><td>Người nộp:</td><td>${escapeHtml(filing.citizen.name)}</td></tr></table>`,
    tenant,
  );
}

const COLUMNS = ['STT', 'Mã chuẩn', 'Tên thủ tục', 'Lĩnh vực', 'Cơ quan thực hiện', 'Mức độ', 'Thao tác'];

/** The table of procedures with the headers of Nghệ An's guide. */
export function proceduresPage(
  procedures: readonly Procedure[],
  text: string,
  page: number,
  size: number,
  tenant: Tenant,
): Answer {
  const found = procedures.filter(({ name, code }) => name.includes(text) || code.includes(text));
  const href = (to: number) =>
    `/${tenant.unit}/bothutuc/listThuTuc?tukhoa=${encodeURIComponent(text)}&amp;linh_vuc=&amp;muc_do=&amp;page=${to}`;
  const columns = tenant.look.order(COLUMNS);
  const rows = found.slice((page - 1) * size, page * size).map((one, at) => {
    const cells: Readonly<Record<string, string>> = {
      STT: String((page - 1) * size + at + 1),
      'Mã chuẩn': one.code,
      'Tên thủ tục': `<a href="/${tenant.unit}/bothutuc/tthc?matt=${one.number}">${escapeHtml(one.name)}</a>`,
      'Lĩnh vực': one.sector,
      'Cơ quan thực hiện': one.agency,
      'Mức độ': one.level,
      'Thao tác': fileButton(one, tenant),
    };
    return `<tr>${columns.map((name) => `<td>${cells[name]}</td>`).join('')}</tr>`;
  });
  const head = columns.map((name) => `<th>${tenant.look.word(name)}</th>`);
  const empty = `<tr><td colspan="7">Không tìm thấy thủ tục</td></tr>`;
  const pager = Array.from(
    { length: Math.ceil(found.length / size) },
    (_, at) => `<li><a data-page="${at + 1}" href="${href(at + 1)}">${at + 1}</a></li>`,
  );
  return layout(
    'Bộ thủ tục hành chính',
    `<form method="get" action="/${tenant.unit}/bothutuc/listThuTuc"><input name="tukhoa" id="tukhoa" value="${escapeHtml(text)}"><input type="submit" id="btn-tim" value="Tìm kiếm"></form>
<table class="table table-bordered" id="list-thu-tuc"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.length === 0 ? empty : rows.join('\n')}</tbody></table><ul class="pagination">${pager.join('')}</ul>`,
    tenant,
  );
}

function fileButton(one: Procedure, { root }: Tenant): string {
  return `<a class="btn btn-xs btn-success nop-ho-so" data-number="${one.number}" href="/${root}/tiep-nhan-online/${CHOICE}?ma-thu-tuc-public=${one.number}">Nộp hồ sơ qua mạng</a>`;
}

/** One procedure. */
export function procedurePage(one: Procedure, tenant: Tenant): Answer {
  return layout(
    'Chi tiết thủ tục',
    `<h3>${escapeHtml(one.name)}</h3><table class="table"><tr><td>${tenant.look.word('Mã chuẩn')}</td><td>${one.code}</td></tr><tr><td>Cơ quan thực hiện</td><td>${one.agency}</td></tr></table>${fileButton(one, tenant)}`,
    tenant,
  );
}

/** The citizen's own corner, and the log-in page: neither is anybody's work. */
export function plainPage(title: string, content: string, tenant: Tenant): Answer {
  return layout(title, content, tenant);
}
