/** The made-up dossiers of the bench's page: what a row prints and what must arrive in the journal. Runs in Node and in the page. */
import type { Facts } from '../../lib/domain/entry.ts';

/** Rows that one frame of churn removes, and adds. */
export const FRAME_ROWS = 100;
/** Of the added ones, dossiers that were not on the page before; the others are drawn anew. */
export const FRAME_NEW = 2;

export const COLUMNS = [
  ['no', 'STT'],
  ['code', 'Mã hồ sơ'],
  ['procedure', 'Thủ tục'],
  ['applicant', 'Chủ hồ sơ'],
  ['acceptedDate', 'Ngày tiếp nhận'],
  ['appointmentDate', 'Ngày hẹn trả'],
  ['channel', 'Hình thức nộp'],
  ['status', 'Trạng thái'],
  ['fee', 'Lệ phí'],
  ['agency', 'Cơ quan thực hiện'],
] as const;

const STATUS = [
  ['Đang xử lý', 'processing'],
  ['Đã tiếp nhận', 'received'],
  ['Có kết quả', 'finished'],
  ['Đã trả kết quả', 'returned'],
  ['Yêu cầu bổ sung giấy tờ', 'supplementing'],
] as const;
const CHANNEL = [
  ['Trực tuyến', 'online'],
  ['Trực tiếp', 'counter'],
  ['Bưu chính công ích', 'post'],
] as const;
const PROCEDURES = ['1.001193', '2.000635', '2.000815', '1.001612', '1.000656'];

const two = (n: number) => String(n).padStart(2, '0');

function partsOf(n: number) {
  const received = 1 + (n % 9);
  return {
    code: `H99.50-2609${two(received)}-${String(n).padStart(6, '0')}`,
    procedure: PROCEDURES[n % PROCEDURES.length]!,
    received,
    due: received + 3 + (n % 15),
    channel: CHANNEL[n % CHANNEL.length]!,
    status: STATUS[n % STATUS.length]!,
    fee: n % 3 === 0,
  };
}

export const codeOf = (n: number) => partsOf(n).code;

/** The lines of each cell of the n-th dossier, in the order of {@link COLUMNS}. */
export function cellsOf(n: number): readonly (readonly string[])[] {
  const { code, procedure, received, due, channel, status, fee } = partsOf(n);
  return [
    [String(n)],
    [code, 'Người nộp: Nguyễn Mẫu'],
    [`${procedure} - Thủ tục mẫu số ${n % 7}`],
    ['Nguyễn Mẫu', `09900000${n % 10}`],
    [`${two(received)}/09/2026 08:15`],
    [`${two(due)}/09/2026 17:00`],
    [channel[0]],
    [status[0]],
    [fee ? '15.000 đ' : 'Không thu phí'],
    ['UBND xã Mẫu An'],
  ];
}

/** The facts the n-th dossier's row shows. */
export function factsOf(n: number): Facts {
  const { procedure, received, due, channel, status, fee } = partsOf(n);
  return {
    procedure,
    channel: channel[1],
    received: `2026-09-${two(received)}T08:15`,
    due: `2026-09-${two(due)}T17:00`,
    status: status[1],
    fee,
    agency: 'UBND xã Mẫu An',
  };
}
