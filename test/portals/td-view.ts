/** What the TD practice pages print, line by line, and beside it the facts shown (host-pages §4.1, "Seen running"). */
import { printed } from './calendar.ts';
import type { Look } from './look.ts';
import { isPaid, type TdList } from './td-lists.ts';
import type { Channel, Dossier, Shown, StatusCode } from './types.ts';

export interface TdRow {
  readonly key: number;
  readonly code: string;
  /** The code is a bold line and no button on the fee pages. */
  readonly isPlain: boolean;
  readonly lines: readonly string[];
  readonly tag: 'green' | 'orange' | null;
  readonly amount: string;
  readonly owner: readonly string[];
  readonly rowClass: string;
  readonly icons: readonly string[];
  /** Cells of the fee pages and of the public look-up by column title. */
  readonly cells: Readonly<Record<string, string>>;
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
const CHANNEL_TEXT: Readonly<Record<Channel, string>> = {
  counter: 'trực tiếp',
  online: 'trực tuyến',
  post: 'qua bưu chính công ích',
};
const GATES = ['Cổng DVC', 'Cổng DVC Quốc gia', 'Cổng DVC Liên thông', 'Vneid'];

/** One row of a list, and what it shows. `today` decides the deadline classes. */
export function tdRow(
  one: Dossier,
  list: TdList,
  position: number,
  today: string,
  look: Look,
): { row: TdRow; shown: Shown } {
  const isFee = list.path.includes('/thu-phi-le-phi/');
  const isLookup = list.path.startsWith('/portaldvc/');
  const isProcessing = list.title === 'Đang xử lý';
  const isOnline = list.path.endsWith('/ho-so-da-thu-phi-truc-tuyen');
  const hasFeeColumn = list.columns.some((name) => name === 'Lệ phí' || name === 'Phí, lệ phí');
  const tag = one.fee === 0 ? null : isPaid(one) ? 'green' : 'orange';
  const payment = one.fee === 0 ? { fee: false } : { fee: true, payment: paymentOf(one, isOnline) };
  const amount = one.fee.toLocaleString('en-US');
  const row: TdRow = {
    key: isFee ? one.key + 50_000 : one.key,
    code: isProcessing ? `${one.code} (Thẩm định hồ sơ)` : one.code,
    isPlain: isFee,
    lines: isFee || isLookup ? [] : linesOf(one, list, look),
    tag: hasFeeColumn || isFee ? tag : null,
    amount: hasFeeColumn && one.fee > 0 ? `- Lệ phí: ${amount}` : '',
    owner: [one.person.name, one.person.idNumber, one.person.phone],
    rowClass: isFee || isLookup ? '' : deadlineClass(one, list, today),
    icons: list.icons,
    cells: {
      STT: String(position),
      'Mã hồ sơ': one.code,
      'Chủ hồ sơ': one.person.name,
      'Người nộp (In BL)': one.person.name,
      'Tên thủ tục': one.procedure.name,
      'Người yêu cầu': 'Bộ phận một cửa',
      'Người xử lý': 'Công chức Mẫu',
      'Lý do bổ sung': 'Thiếu giấy tờ',
      'Đính kèm từ chối': '',
      'Ngày chuyển TTHCC': printed(one.received),
      'Hình thức thu': one.status === 2 ? 'Thu trước' : 'Thu sau',
      'Thu phí/lệ phí (VNĐ)': amount,
      'Tình trạng': look.word(STATUS_TEXT[one.status]),
      'Ngày tiếp nhận': printed(one.received),
      'Ngày hẹn trả': printed(one.due),
    },
  };
  if (isFee) return { row, shown: { code: one.code, ...payment } };
  if (list.lines === 'filed') return { row, shown: filedShown(one, list) };
  const isUnreceived = one.status === 1 || one.received === null;
  // The look-up has a place for the due date of every dossier.
  const received = {
    ...(isUnreceived ? {} : { received: one.received! }),
    ...(isUnreceived && !isLookup ? {} : { due: one.due }),
  };
  // The list "Đang xử lý" says the status by its own name only: its rows have no status line.
  const shown: Shown = {
    code: one.code,
    status: one.status,
    ...received,
    ...(isLookup || (one.status === 3 && one.received === null) ? {} : { channel: one.channel }),
    ...(hasFeeColumn ? payment : {}),
  };
  return { row, shown };
}

/** The page of online payments says the means by its name. */
function paymentOf(one: Dossier, isOnline: boolean): 'online' | 'unknownMeans' | 'unpaid' {
  if (isOnline) return 'online';
  return isPaid(one) ? 'unknownMeans' : 'unpaid';
}

/** What the pages show that print the day of filing where others print the day of receiving. */
function filedShown(one: Dossier, list: TdList): Shown {
  const isStation = list.path.startsWith('/dvc/cham-so-hoa/');
  return {
    code: one.code,
    channel: one.channel,
    ...(isStation ? {} : { status: one.status }),
    ...(one.due === null && list.path.endsWith('/cho-bo-sung') ? {} : { due: one.due }),
  };
}

function linesOf(one: Dossier, list: TdList, look: Look): string[] {
  const gate = GATES[one.key % GATES.length]!;
  const lines = [`- ${one.procedure.name} cho ${one.person.name}`];
  if (list.lines === 'filed') return [...lines, filedLine(one, list, look)];
  if (list.title !== 'Đang xử lý') {
    const origin = one.channel === 'online' && one.status === 1 ? ` - Nộp qua ${gate}` : '';
    lines.push(`- Trạng thái hồ sơ : ${look.word(STATUS_TEXT[one.status])}${origin}`);
  }
  if (one.status === 1 || one.received === null) lines.push(`- Ngày nộp hồ sơ: ${printed(one.filed)}`);
  else lines.push(promiseLine(one, printed(one.received), `: ${printed(one.due)}`, look));
  return lines;
}

/** One of these lists writes the due date without its colon, and nothing where there is none. */
function filedLine(one: Dossier, list: TdList, look: Look): string {
  if (!list.path.endsWith('/cho-bo-sung'))
    return promiseLine(one, printed(one.filed), `: ${printed(one.due)}`, look);
  return promiseLine(one, printed(one.filed), one.due === null ? null : ` ${printed(one.due)}`, look);
}

function promiseLine(one: Dossier, day: string, due: string | null, { broken }: Look): string {
  const promise = broken.includes('td:due-line') ? 'ngày trả dự kiến' : 'hẹn trả';
  return `- Tiếp nhận ${CHANNEL_TEXT[one.channel]}: ${day}${due === null ? '' : `, ${promise}${due}`}`;
}

/** On the two receiving lists the class follows a personal deadline the row does not show. */
function deadlineClass(one: Dossier, list: TdList, today: string): string {
  if (list.path.startsWith('/dvc/tiep-nhan-ho-so/')) {
    return one.key % 3 === 0 ? 'custom-row-style-qua-han' : '';
  }
  if (one.due === null || one.status === 10) return '';
  const due = one.due.slice(0, 10);
  return due < today ? 'custom-row-style-qua-han' : due === today ? 'custom-row-style-toi-han' : '';
}
