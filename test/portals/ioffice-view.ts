/** What the iOffice practice pages print: rows of incoming and outgoing documents, and beside each what it shows. */
import { printed } from './calendar.ts';
import { escapeHtml } from './http.ts';
import type { Look } from './look.ts';
import type { IncomingDocument, OutgoingDocument, ShownDocument } from './types.ts';

/** Header and cell of one column of the incoming list. */
interface Column {
  readonly head: string;
  readonly cell: (one: IncomingDocument, isOpen: boolean) => string;
}

const isOwn = ({ role }: IncomingDocument) => role === 'XLC' || role === 'PH';

const COLUMNS: readonly Column[] = [
  {
    head: '',
    cell: (one, isOpen) =>
      `<td>${isOpen ? `<input type="checkbox" class="chk_vb" value="${one.id}">` : ''}</td>`,
  },
  { head: 'Số/ký hiệu', cell: (one) => `<td>${escapeHtml(one.number)}</td>` },
  { head: 'Ngày văn bản', cell: (one) => `<td class="td_ngay_van_ban">${printed(one.arrived)}</td>` },
  { head: 'Ngày đến', cell: (one) => `<td class="hide_ngayden_bte">${printed(one.arrived)}</td>` },
  { head: 'Cơ quan ban hành', cell: (one) => `<td>${escapeHtml(one.issuer)}</td>` },
  {
    head: 'Trích yếu',
    cell: (one) =>
      `<td class="vanbanden_hienthi_trichyeu"><a id="vbden_trichyeu_${one.id}" onclick="showDocDetail('${one.id}')">${escapeHtml(one.subject)}</a></td>`,
  },
  {
    head: 'Người nhận',
    cell: (one) =>
      `<td class="vanbanden_hienthi_nguoinhan">${isOwn(one) ? 'Cán bộ trực' : 'Người khác'}</td>`,
  },
  { head: 'Hạn xử lý', cell: (one) => `<td class="vanbanden_hienthi_han_xuly">${printed(one.due)}</td>` },
  {
    head: 'Trạng thái',
    cell: (one) =>
      `<td><span class="${stateClass(one.role)}">${one.isDone ? 'Đã xử lý' : 'Chờ xử lý'}</span></td>`,
  },
  {
    head: 'Chức năng',
    cell: (one, isOpen) =>
      `<td>${isOpen ? `<button type="button" class="btn btn-xs btn-primary" onclick="ketThuc(${one.id})">Kết thúc</button>` : ''}</td>`,
  },
];

/** A row's state stands in one of three classes, by role, as in the real builds. */
function stateClass(role: string): string {
  if (role === 'XLC') return 'hidetrangthaiXLCC';
  return role === 'PH' ? 'hidetrangthai_xl' : 'hidetrangthai';
}

function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}="${escapeHtml(value)}"`)
    .join(' ');
}

function incomingRow(one: IncomingDocument, columns: readonly Column[], look: Look): string {
  const roleName = look.broken.includes('ioffice:role-attribute') ? 'vai_tro' : 'role_type_code';
  const idName = look.broken.includes('ioffice:row-id') ? 'data_vb' : 'id';
  const attributes = attributesText({
    [idName]: `vb_${one.id}`,
    flyid: `${one.id * 31}${look.hash}`,
    so_ky_hieu: one.number,
    trich_yeu: one.subject,
    don_vi_ban_hanh: one.issuer,
    ngay_den: printed(one.arrived),
    ngay_van_ban: printed(one.arrived),
    hinh_thuc: 'Công văn',
    do_khan: one.urgency,
    ...(one.role === '' ? {} : { [roleName]: one.role }),
    ...(look.hash === '' ? {} : { class: `row-${look.hash}` }),
  });
  const isOpen = isOwn(one) && !one.isDone;
  return `<tr ${attributes}>${columns.map(({ cell }) => cell(one, isOpen)).join('')}</tr>`;
}

/** The table of incoming documents. */
export function incomingTable(documents: readonly IncomingDocument[], look: Look): string {
  const columns = look.order(COLUMNS);
  const heads = columns.map(({ head }) => `<th>${look.word(head)}</th>`).join('');
  const rows = documents.map((one) => incomingRow(one, columns, look)).join('\n');
  return `<table id="dt_basic" class="table table-striped"><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
}

export function shownIncoming(one: IncomingDocument): ShownDocument {
  return { id: `vb_${one.id}`, role: one.role, due: one.due, state: one.isDone ? 'done' : 'waiting' };
}

const OUTGOING_HEADS: Readonly<Record<number, string>> = {
  1: 'Số/ký hiệu',
  3: 'Trích yếu',
  8: 'Hạn xử lý',
  9: 'Trạng thái',
};

/** The outgoing list: 34 headers over 36 cells, so that no cell stands under its header. */
export function outgoingTable(documents: readonly OutgoingDocument[]): string {
  const heads = Array.from({ length: 34 }, (_, at) => `<th>${OUTGOING_HEADS[at] ?? ''}</th>`).join('');
  const rows = documents.map((one) => {
    const state = one.isPublished ? 'Đã phát hành' : 'Chờ xử lý';
    const known: Readonly<Record<number, string>> = {
      3: `<td>${escapeHtml(one.number)}</td>`,
      5: `<td>${escapeHtml(one.subject)}</td>`,
      10: `<td class="vanbandi_hienthi_han_xuly">${printed(one.due)}</td>`,
      11: `<td><span class="hidetrangthai">${state}</span></td>`,
    };
    const cells = Array.from({ length: 36 }, (_, at) => known[at] ?? '<td></td>').join('');
    const attributes = attributesText({
      id: `vbdi_${one.id}`,
      tridrecord: String(one.id),
      so_ky_hieu: one.number,
      hinh_thuc: 'Công văn',
      ngay_van_ban: printed(one.day),
      trich_yeu: one.subject,
    });
    return `<tr ${attributes}>${cells}</tr>`;
  });
  return `<table id="tabale_dsvb"><thead><tr>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

export function shownOutgoing(one: OutgoingDocument): ShownDocument {
  return {
    id: `vbdi_${one.id}`,
    role: '',
    due: one.due,
    state: one.isPublished ? 'done' : 'waiting',
    direction: 'out',
  };
}
