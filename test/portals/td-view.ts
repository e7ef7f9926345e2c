/** What the TD practice pages print, line by line, and beside it the facts shown (host-pages §4.1, "Seen running"). */
import { printed } from './calendar.ts';
import type { BreakLocator, Channel, Dossier, Shown, StatusCode } from './types.ts';

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

export interface TdList {
  readonly path: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly batch: readonly string[];
  readonly icons: readonly string[];
  readonly has: (one: Dossier) => boolean;
}

const WORK_COLUMNS = ['STT', 'Thông tin hồ sơ', 'Chủ hồ sơ', 'Lệ phí', 'Kết quả', 'Thao tác'];
const isPaid = (one: Dossier) => one.payment !== null && one.payment !== 'unpaid';
const owesMoney = (one: Dossier) => [2, 4, 9, 10].includes(one.status) && one.fee > 0;

/** Every list by its path; the two fee pages have other columns in another order. */
export const LISTS: readonly TdList[] = [
  {
    path: '/dvc/tiep-nhan-ho-so/moi-tiep-nhan',
    title: 'Mới tiếp nhận',
    columns: WORK_COLUMNS,
    batch: ['Chuyển xử lý'],
    icons: ['Xem chi tiết', 'Chuyển xử lý'],
    has: (one) => one.status === 2,
  },
  {
    path: '/dvc/tiep-nhan-ho-so/cho-tiep-nhan-truc-tuyen',
    title: 'Chờ tiếp nhận trực tuyến',
    columns: WORK_COLUMNS,
    batch: ['Tiếp nhận'],
    icons: ['Xem chi tiết', 'Tiếp nhận', 'Từ chối tiếp nhận'],
    has: (one) => one.status === 1,
  },
  {
    path: '/dvc/tiep-nhan-ho-so/tu-choi-tiep-nhan',
    title: 'Từ chối tiếp nhận',
    columns: WORK_COLUMNS,
    batch: [],
    icons: ['Xem chi tiết'],
    has: (one) => one.status === 3,
  },
  {
    path: '/dvc/xu-ly-ho-so/dang-xu-ly',
    title: 'Đang xử lý',
    columns: WORK_COLUMNS.filter((name) => name !== 'Lệ phí'),
    batch: [],
    icons: ['Xem chi tiết', 'Chuyển bước xử lý'],
    has: (one) => one.status === 4,
  },
  {
    path: '/dvc/tra-ket-qua/cho-tra-truc-tiep',
    title: 'Chờ trả trực tiếp',
    columns: WORK_COLUMNS,
    batch: [],
    icons: ['Xem chi tiết', 'Trả kết quả'],
    has: (one) => one.status === 9 && one.channel !== 'online',
  },
  {
    path: '/dvc/tra-ket-qua/cho-tra-truc-tuyen',
    title: 'Chờ trả trực tuyến',
    columns: WORK_COLUMNS,
    batch: [],
    icons: ['Xem chi tiết', 'Trả kết quả'],
    has: (one) => one.status === 9 && one.channel === 'online',
  },
  {
    path: '/dvc/tra-ket-qua/da-tra',
    title: 'Đã trả',
    columns: WORK_COLUMNS,
    batch: [],
    icons: ['Xem chi tiết'],
    has: (one) => one.status === 10,
  },
  {
    path: '/dvc/thu-phi-le-phi/cho-thu-phi',
    title: 'Chờ thu phí',
    columns: [
      'STT',
      'Mã hồ sơ',
      'Chủ hồ sơ',
      'Người nộp (In BL)',
      'Tên thủ tục',
      'Người yêu cầu',
      'Ngày chuyển TTHCC',
      'Hình thức thu',
      'Thu phí/lệ phí (VNĐ)',
      'Thao tác',
    ],
    batch: ['Thu phí'],
    icons: ['Thu phí'],
    has: (one) => owesMoney(one) && !isPaid(one),
  },
  {
    path: '/dvc/thu-phi-le-phi/da-thu-phi',
    title: 'Đã thu phí',
    columns: [
      'STT',
      'Chủ hồ sơ',
      'Mã hồ sơ',
      'Tên thủ tục',
      'Người nộp (In BL)',
      'Hình thức thu',
      'Thu phí/lệ phí (VNĐ)',
      'Ngày chuyển TTHCC',
      'Thao tác',
    ],
    batch: [],
    icons: ['Xem chi tiết'],
    has: (one) => owesMoney(one) && isPaid(one),
  },
  {
    path: '/portaldvc/tra-cuu-ho-so',
    title: 'Tra cứu hồ sơ',
    columns: [
      'STT',
      'Mã hồ sơ',
      'Tên thủ tục',
      'Chủ hồ sơ',
      'Tình trạng',
      'Ngày tiếp nhận',
      'Ngày hẹn trả',
      'Chi tiết',
    ],
    batch: [],
    icons: ['Xem chi tiết'],
    has: () => true,
  },
];

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
  broken: readonly BreakLocator[],
): { row: TdRow; shown: Shown } {
  const isFee = list.path.includes('/thu-phi-le-phi/');
  const isLookup = list.path.startsWith('/portaldvc/');
  const isProcessing = list.title === 'Đang xử lý';
  const hasFeeColumn = list.columns.includes('Lệ phí');
  const tag = one.fee === 0 ? null : isPaid(one) ? 'green' : 'orange';
  const payment =
    one.fee === 0
      ? { fee: false }
      : { fee: true, payment: isPaid(one) ? ('unknownMeans' as const) : ('unpaid' as const) };
  const amount = one.fee.toLocaleString('en-US');
  const row: TdRow = {
    key: isFee ? one.key + 50_000 : one.key,
    code: isProcessing ? `${one.code} (Thẩm định hồ sơ)` : one.code,
    isPlain: isFee,
    lines: isFee || isLookup ? [] : linesOf(one, isProcessing, broken),
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
      'Ngày chuyển TTHCC': printed(one.received),
      'Hình thức thu': one.status === 2 ? 'Thu trước' : 'Thu sau',
      'Thu phí/lệ phí (VNĐ)': amount,
      'Tình trạng': STATUS_TEXT[one.status],
      'Ngày tiếp nhận': printed(one.received),
      'Ngày hẹn trả': printed(one.due),
    },
  };
  if (isFee) return { row, shown: { code: one.code, ...payment } };
  const received = one.status === 1 || one.received === null ? {} : { received: one.received, due: one.due };
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

function linesOf(one: Dossier, isProcessing: boolean, broken: readonly BreakLocator[]): string[] {
  const gate = GATES[one.key % GATES.length]!;
  const lines = [`- ${one.procedure.name} cho ${one.person.name}`];
  if (!isProcessing) {
    const origin = one.channel === 'online' && one.status === 1 ? ` - Nộp qua ${gate}` : '';
    lines.push(`- Trạng thái hồ sơ : ${STATUS_TEXT[one.status]}${origin}`);
  }
  if (one.status === 1 || one.received === null) lines.push(`- Ngày nộp hồ sơ: ${printed(one.filed)}`);
  else {
    const word = broken.includes('td:due-line') ? 'ngày trả dự kiến' : 'hẹn trả';
    lines.push(
      `- Tiếp nhận ${CHANNEL_TEXT[one.channel]}: ${printed(one.received)}, ${word}: ${printed(one.due)}`,
    );
  }
  return lines;
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
