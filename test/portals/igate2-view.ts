/**
 * What the iGate 2 practice pages print: columns, cells, detail lines, and beside each the facts it shows (host-pages §1.4,
 * host-pages-2 §1). One place for both, so that the log cannot claim what the page did not print.
 */
import { printed } from './calendar.ts';
import type { Look } from './look.ts';
import type { Channel, Dossier, Payment, Shown, StatusCode } from './types.ts';

export interface Cell {
  /** The part after `mat-column-`. */
  readonly name: string;
  readonly lines: readonly string[];
}

export interface ListRow {
  readonly id: string;
  /** Number of the present step: a second call for the same step is refused. */
  readonly task: number;
  readonly href: string;
  readonly title: string;
  readonly cells: readonly Cell[];
  readonly menu: readonly string[];
}

export interface DetailView {
  readonly task: number;
  readonly heading: string;
  readonly pairs: readonly (readonly [string, string])[];
  readonly buttons: readonly string[];
  readonly title: string;
}

export type ListName = 'search' | 'processing';

export const STATUS_TEXT: Readonly<Record<StatusCode, string>> = {
  1: 'Mới đăng ký',
  2: 'Đã tiếp nhận',
  3: 'Từ chối tiếp nhận',
  4: 'Đang xử lý',
  5: 'Yêu cầu bổ sung giấy tờ',
  6: 'Yêu cầu thanh toán',
  7: 'Công dân yêu cầu rút hồ sơ',
  8: 'Dừng xử lý',
  9: 'Có kết quả',
  10: 'Đã trả kết quả',
};

const CHANNEL_TEXT: Readonly<Record<Channel, string>> = {
  counter: 'Trực tiếp',
  online: 'Trực tuyến',
  post: 'Bưu chính công ích',
};

const PAYMENT_TEXT: Readonly<Record<Payment, string>> = {
  online: 'Trực tuyến',
  transfer: 'Chuyển khoản',
  cash: 'Tiền mặt',
  unpaid: 'Chưa thanh toán',
  unknownMeans: 'Đã thanh toán',
};

/** Header texts of the columns; `dueDate` is the deadline of the present step, not the one promised to the citizen. */
const HEADERS: Readonly<Record<string, string>> = {
  no: 'STT',
  code: 'Mã hồ sơ',
  procedure: 'Thủ tục',
  applicant: 'Chủ hồ sơ',
  phone: 'Số điện thoại',
  acceptedDate: 'Ngày tiếp nhận',
  appointmentDate: 'Ngày hẹn trả',
  dueDate: 'Hạn xử lý bước',
  channel: 'Hình thức nộp',
  status: 'Trạng thái',
  fee: 'Lệ phí',
  payment: 'Hình thức thanh toán',
  agency: 'Cơ quan thực hiện',
  action: 'Thao tác',
};

/** The columns of each list; the personal list shows neither channel, fee nor agency, and no procedure code. */
const COLUMNS: Readonly<Record<ListName, readonly string[]>> = {
  search: [
    'no',
    'code',
    'procedure',
    'applicant',
    'phone',
    'acceptedDate',
    'appointmentDate',
    'channel',
    'status',
    'fee',
    'payment',
    'agency',
    'action',
  ],
  processing: [
    'no',
    'code',
    'procedure',
    'applicant',
    'acceptedDate',
    'appointmentDate',
    'dueDate',
    'status',
    'action',
  ],
};

/** The columns of a list in this tenant's order, as they stand in classes and headers, with what is broken on purpose. */
export function columnsOf(list: ListName, look: Look): { name: string; header: string }[] {
  return namesOf(list, look).map((name) => ({ name: classOf(name, look), header: headerOf(name, look) }));
}

function namesOf(list: ListName, look: Look): string[] {
  return look.order(
    COLUMNS[list].filter((name) => name !== 'code' || !look.broken.includes('igate2:code-gone')),
  );
}

function classOf(name: string, { broken }: Look): string {
  return name === 'code' && broken.includes('igate2:code-class') ? 'dossierRef' : name;
}

function headerOf(name: string, { broken, word }: Look): string {
  if (name === 'code' && broken.includes('igate2:code-header')) return 'Tham chiếu';
  if (name === 'appointmentDate' && broken.includes('igate2:due-header')) return 'Mốc kết thúc';
  return word(HEADERS[name]!);
}

/** The labels of the row menu and of the detail page's buttons, by status. */
export function menuOf(status: StatusCode): string[] {
  if (status === 1) return ['Tiếp nhận', 'Từ chối tiếp nhận', 'Xóa'];
  if (status === 2) return ['Chuyển xử lý'];
  if (status === 4) return ['Chuyển xử lý', 'Yêu cầu bổ sung', 'Kết thúc xử lý'];
  if (status === 9) return ['Trả kết quả'];
  return [];
}

/** The link to a dossier's detail: the 25 query keys of the real page, personal data included. */
function detailHref(one: Dossier, list: ListName): string {
  if (list === 'processing') {
    const query = new URLSearchParams({
      procedure: one.procedure.code,
      task: one.id.slice(0, 12),
      xpandStatus: 'false',
    });
    return `/vi/dossier/processing/${one.id}?${query}`;
  }
  const keys =
    'sector applyMethod province ward acceptFrom acceptTo status remindId sortId applicantOrganization appointmentFrom appointmentTo resultReturnedFrom resultReturnedTo receiptCode taxCode resPerson dossierProcessingStatus vnpostStatus';
  const query = new URLSearchParams({
    code: one.code,
    identity: one.person.idNumber,
    applicant: one.person.name,
    procedure: one.procedure.code,
    ownerFullname: one.person.name,
    phoneNumberApply: one.person.phone,
  });
  for (const key of keys.split(' ')) query.set(key, '');
  return `/vi/dossier/search/${one.id}?${query}`;
}

function feeText(one: Dossier): string {
  return one.fee === 0 ? 'Không thu phí' : `${one.fee.toLocaleString('de-DE')} đ`;
}

/** One row of a list, and what it shows. */
export function listRow(
  one: Dossier,
  position: number,
  list: ListName,
  look: Look,
): { row: ListRow; shown: Shown } {
  const procedure = list === 'search' ? `${one.procedure.code} - ${one.procedure.name}` : one.procedure.name;
  const text: Readonly<Record<string, readonly string[]>> = {
    no: [String(position)],
    code: [one.code, `Người nộp: ${one.person.name}`],
    procedure: [procedure],
    applicant: [one.person.name, one.person.idNumber],
    phone: [one.person.phone],
    acceptedDate: [printed(one.received)],
    appointmentDate: [printed(one.due)],
    dueDate: [one.received === null ? '' : printed(`${one.received.slice(0, 10)}T11:30`)],
    channel: [look.word(CHANNEL_TEXT[one.channel])],
    status: [look.word(STATUS_TEXT[one.status])],
    fee: [feeText(one)],
    payment: [one.payment === null ? '' : PAYMENT_TEXT[one.payment]],
    agency: [one.agency],
    action: [],
  };
  const everywhere: Shown = {
    code: one.code,
    status: one.status,
    due: one.due,
    ...(one.received === null ? {} : { received: one.received }),
  };
  const shown: Shown =
    list === 'processing'
      ? everywhere
      : {
          ...everywhere,
          procedure: one.procedure.code,
          channel: one.channel,
          fee: one.fee > 0,
          ...(one.payment === null ? {} : { payment: one.payment }),
          ...(one.agency === '' ? {} : { agency: one.agency }),
        };
  return {
    row: {
      id: one.id,
      task: one.task,
      href: detailHref(one, list),
      title: one.person.name,
      cells: namesOf(list, look).map((name) => ({ name: classOf(name, look), lines: text[name]! })),
      menu: menuOf(one.status),
    },
    shown,
  };
}

/** The detail page, and what it shows. Dates of finishing and returning are printed here only. */
export function detailView(one: Dossier, look: Look): { view: DetailView; shown: Shown } {
  const { word } = look;
  const yesNo = (value: boolean) => (value ? 'Được số hóa' : 'Chưa số hóa');
  const pairs: [string, string][] = [[headerOf('code', look), one.code]];
  if (one.nationCode !== null) pairs.push(['Mã hồ sơ quốc gia', one.nationCode]);
  pairs.push(
    [word('Mã thủ tục'), one.procedure.code],
    ['Tên thủ tục', one.procedure.name],
    ['Chủ hồ sơ', one.person.name],
    ['Số CCCD', one.person.idNumber],
    ['Số điện thoại', one.person.phone],
    ['Địa chỉ', one.person.address],
    [word('Trạng thái'), word(STATUS_TEXT[one.status])],
    [word('Hình thức nộp'), word(CHANNEL_TEXT[one.channel])],
    ['Ngày nộp', printed(one.filed)],
    [word('Ngày tiếp nhận'), printed(one.received)],
    [headerOf('appointmentDate', look), printed(one.due)],
    ['Hạn xử lý bước', one.received === null ? '' : printed(`${one.received.slice(0, 10)}T11:30`)],
    ['Cơ quan thực hiện', one.agency],
    ['Lệ phí', feeText(one)],
  );
  if (one.payment !== null) pairs.push(['Hình thức thanh toán', PAYMENT_TEXT[one.payment]]);
  pairs.push(['Số hóa thành phần hồ sơ', yesNo(one.digitised)]);
  if (one.finished !== null) {
    pairs.push(
      [word('Ngày kết thúc xử lý'), printed(one.finished)],
      ['Số hóa kết quả', yesNo(one.resultFile)],
    );
  }
  if (one.returned !== null) pairs.push(['Ngày trả', printed(one.returned)]);
  return {
    view: {
      task: one.task,
      heading: 'Thông tin chi tiết hồ sơ',
      pairs,
      buttons: menuOf(one.status).filter((label) => label !== 'Xóa'),
      title: one.person.name,
    },
    shown: {
      code: one.code,
      ...(one.nationCode === null ? {} : { nationCode: one.nationCode }),
      procedure: one.procedure.code,
      status: one.status,
      channel: one.channel,
      ...(one.received === null ? {} : { received: one.received }),
      due: one.due,
      ...(one.finished === null ? {} : { finished: one.finished, resultFile: one.resultFile }),
      ...(one.returned === null ? {} : { returned: one.returned }),
      fee: one.fee > 0,
      ...(one.payment === null ? {} : { payment: one.payment }),
      digitised: one.digitised,
      ...(one.agency === '' ? {} : { agency: one.agency }),
    },
  };
}
