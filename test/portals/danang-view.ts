/**
 * What the practice Đà Nẵng eGov prints (host-pages-2 §5.2), and beside each row the facts it shows. Status is told by
 * the icons of "Thao tác" alone, channel by a green code alone; the day of filing is not the day of receiving.
 */
import { printed } from './calendar.ts';
import type { DanangDossier, ListName } from './danang-records.ts';
import { escapeHtml } from './http.ts';
import type { Look } from './look.ts';
import type { Shown, StatusCode } from './types.ts';

interface Icon {
  readonly name: string;
  readonly title: string;
  /** The status it can only stand for; null: it may stand for several. */
  readonly status: StatusCode | null;
}

const HAND_OUT: Icon = { name: 'icon-8', title: 'Trả kết quả trực tiếp', status: 9 };
const COMPARE: Icon = { name: 'icon-9', title: 'Đối chiếu', status: null };
const REFUSAL: Icon = { name: 'icon-10', title: 'Xem ý kiến từ chối', status: 3 };
const UPLOAD: Icon = { name: 'icon-11', title: 'Upload kết quả', status: null };
const HANDED_OUT: Icon = { name: 'icon-12', title: 'Xem thông tin trả kết quả', status: 10 };
const FORWARD: Icon = { name: 'icon-14', title: 'Chuyển phòng chuyên môn', status: 2 };

function iconsOf(one: DanangDossier, list: ListName): readonly Icon[] {
  if (list === 'officer') return [];
  if (one.status === 2) return [FORWARD];
  if (one.status === 3) return [REFUSAL];
  if (one.status === 4 && one.isOnline) return [COMPARE];
  if (one.status === 9) return one.id % 2 === 0 ? [HAND_OUT, UPLOAD] : [HAND_OUT];
  return one.status === 10 ? [HANDED_OUT] : [];
}

interface Column {
  readonly name: string;
  /** As the source prints it. */
  readonly header: string;
  /** The published word whose synonyms may stand for it. */
  readonly kin: string | null;
}

const COLUMN: Readonly<Record<string, Column>> = {
  no: { name: 'no', header: 'STT', kin: null },
  code: { name: 'code', header: 'Mã số biên nhận', kin: 'Mã hồ sơ' },
  service: { name: 'service', header: 'Dịch vụ công', kin: 'Tên thủ tục' },
  applicant: { name: 'applicant', header: 'Người nộp', kin: null },
  address: { name: 'address', header: 'Địa chỉ', kin: null },
  owner: { name: 'owner', header: 'Chủ hồ sơ', kin: null },
  sender: { name: 'sender', header: 'Cán bộ chuyển hồ sơ', kin: null },
  filed: { name: 'filed', header: 'Ngày nộp HS', kin: null },
  due: { name: 'due', header: 'Ngày hẹn trả', kin: 'Ngày hẹn trả' },
  tick: { name: 'tick', header: '', kin: null },
  action: { name: 'action', header: 'Thao tác', kin: 'Thao tác' },
};
const COLUMNS: Readonly<Record<ListName, readonly string[]>> = {
  desk: ['no', 'code', 'service', 'applicant', 'address', 'filed', 'due', 'tick', 'action'],
  officer: ['no', 'code', 'service', 'applicant', 'owner', 'sender', 'filed', 'due', 'action'],
};

/** The published word itself, or where this tenant renames, its word for the same. */
export function labelOf(name: string, look: Look, isRenamed: boolean): string {
  const { header, kin } = COLUMN[name]!;
  const isBroken = look.broken.includes(`word:${kin}`);
  return (isRenamed || isBroken) && kin !== null ? look.word(kin) : header;
}

export interface Row {
  readonly html: string;
  readonly shown: Shown;
}

/** The head of a list. */
export function headHtml(list: ListName, look: Look, isRenamed: boolean): string {
  const cells = look.order(COLUMNS[list]).map((name) => {
    if (name === 'tick') return '<th><input type="checkbox" id="checkAllHoso"></th>';
    return `<th>${labelOf(name, look, isRenamed)}</th>`;
  });
  return `<tr class="egov-header">${cells.join('')}</tr>`;
}

/** One row of a list, and what it shows. */
export function rowHtml(
  one: DanangDossier,
  at: { readonly list: ListName; readonly position: number; readonly href: string },
  look: Look,
): Row {
  const icons = iconsOf(one, at.list);
  const href = escapeHtml(at.href);
  const isGreen = at.list === 'desk' && one.isOnline;
  const green = isGreen ? ' style="color:#009900"' : '';
  const cells: Readonly<Record<string, string>> = {
    no: String(at.position),
    code: `<a href="${href}"${green} title="${escapeHtml(one.applicant.name)}">${one.code}</a>`,
    service: escapeHtml(one.service),
    applicant: escapeHtml(one.applicant.name),
    address: escapeHtml(one.applicant.address),
    owner: escapeHtml(one.owner.name),
    sender: 'Bộ phận một cửa',
    filed: printed(one.filed),
    due: printed(one.due),
    tick: `<input type="checkbox" class="chkHoso" idHoso="${one.id}">`,
    action: icons
      .map(
        ({ name, title }) => `<span class="egov-icon ${name}" title="${title}" data-href="${href}"></span>`,
      )
      .join(' '),
  };
  const status = icons.find((icon) => icon.status !== null)?.status ?? null;
  return {
    html: `<tr class="${at.position % 2 === 0 ? 'even' : 'odd'}">${look
      .order(COLUMNS[at.list])
      .map((name) => `<td>${cells[name]}</td>`)
      .join('')}</tr>`,
    shown: {
      code: one.code,
      due: one.due,
      ...(isGreen ? { channel: 'online' as const } : {}),
      ...(status === null ? {} : { status }),
    },
  };
}

/** Buttons of the one-stop desk's detail, and of the case officer's. */
export function buttonsOf(one: DanangDossier, list: ListName, isMine: boolean): string[] {
  const always = ['Xem tiến trình xử lý', 'Trao đổi thông tin', 'Quay lại'];
  if (list === 'officer') {
    if (!isMine) return ['Xem tiến trình xử lý', 'Quay lại'];
    const open = ['Luân chuyển', 'Xử lý hồ sơ', 'Lưu tài liệu', 'Dừng xử lý', 'Yêu cầu bổ sung'];
    return [...(one.status === 4 ? open : []), ...always];
  }
  const paying = one.fee > 0 && !one.isPaid && [2, 4, 9].includes(one.status) ? ['Thu tiền'] : [];
  const own: Partial<Record<StatusCode, readonly string[]>> = {
    1: ['Tiếp nhận', 'Từ chối'],
    2: ['Chuyển hồ sơ', 'In phiếu lưu chuyển'],
    4: one.isOnline ? ['Đối chiếu'] : [],
    5: ['Xem yêu cầu bổ sung'],
    9: ['Trả kết quả', 'Tải kết quả số'],
  };
  return [...(own[one.status] ?? []), ...paying, ...(one.status === 1 ? [] : ['In biên nhận']), ...always];
}

/** The detail of one dossier, and what it shows. */
export function detailHtml(
  one: DanangDossier,
  list: ListName,
  isMine: boolean,
  look: Look,
  isRenamed: boolean,
): Row {
  const pairs: readonly (readonly [string, string])[] = [
    [labelOf('code', look, isRenamed), one.code],
    [labelOf('service', look, isRenamed), one.service],
    ['Người nộp', one.applicant.name],
    ['Chủ hồ sơ', one.owner.name],
    ['Số CMND', one.applicant.idNumber],
    ['Điện thoại', one.applicant.phone],
    ['Địa chỉ', one.applicant.address],
    ['Ngày nộp HS', printed(one.filed)],
    [labelOf('due', look, isRenamed), printed(one.due)],
  ];
  const rows = pairs.map(
    ([label, value]) => `<tr><td class="egov-label">${label}:</td><td>${escapeHtml(value)}</td></tr>`,
  );
  const buttons = buttonsOf(one, list, isMine).map(
    (label) => `<input type="button" class="egov-button" value="${label}">`,
  );
  return {
    html: `<h3 class="egov-title">THÔNG TIN HỒ SƠ</h3><table class="egov-detail" data-hoso="${one.id}" data-fee="${one.fee}">
${rows.join('\n')}</table><p><label for="noiDungYKien">Nội dung:</label> <textarea id="noiDungYKien" rows="2" cols="60"></textarea></p>
<div class="egov-buttons">${buttons.join('\n')}</div>`,
    shown: { code: one.code, due: one.due },
  };
}
