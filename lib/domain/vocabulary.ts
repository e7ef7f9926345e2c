/**
 * The closed word lists of the field, and the folding that compares words as pages print them.
 * Source: the national-style status list and the synonyms seen on screens (host-pages §6.1).
 */

/** Status of a dossier (trạng thái hồ sơ), national codes 1 to 10 in this order. */
export const STATUSES = [
  'registered', // 1 Mới đăng ký: filed, not yet received
  'received', // 2 Được tiếp nhận
  'refused', // 3 Không được tiếp nhận
  'processing', // 4 Đang xử lý
  'supplementing', // 5 Yêu cầu bổ sung giấy tờ
  'awaitingPayment', // 6 Yêu cầu thực hiện nghĩa vụ tài chính
  'withdrawn', // 7 Công dân yêu cầu rút hồ sơ
  'stopped', // 8 Dừng xử lý
  'finished', // 9 Đã xử lý xong
  'returned', // 10 Đã trả kết quả
] as const;
export type Status = (typeof STATUSES)[number];

/** How a dossier came in (kênh thực hiện): 1 trực tiếp, 2 trực tuyến, 3 bưu chính công ích. */
export const CHANNELS = ['counter', 'online', 'post'] as const;
export type Channel = (typeof CHANNELS)[number];

/** How a fee was paid. A bank transfer (chuyển khoản) is not an online payment (host-pages §6.3). */
export const PAYMENTS = ['online', 'transfer', 'cash', 'unpaid', 'unknownMeans'] as const;
export type Payment = (typeof PAYMENTS)[number];

/** What the person on duty did, each confirmed by the page (DESIGN §3). */
export const ACTIONS = [
  'receive',
  'forward',
  'requestSupplement',
  'finish',
  'return',
  'collectFee',
  'digitise',
  'assistFiling',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Role of a person on an incoming document: XLC xử lý chính (leads), PH phối hợp (supports). */
export const DOCUMENT_ROLES = ['XLC', 'PH'] as const;
export type DocumentRole = (typeof DOCUMENT_ROLES)[number];

/**
 * Figures that a portal's own statistics print for a unit and period (`officialTotal`), the columns of form 06a and its
 * kin (host-pages-2 §6.1, §1.7). `documents…` are counts in iOffice menus as of their day.
 */
export const TOTAL_FIGURES = [
  'received', // tổng số tiếp nhận in the period, without what was carried over
  'receivedOnline',
  'receivedCounter',
  'receivedPost',
  'receivedOffline', // at the counter and by post in one column
  'carriedOver', // kỳ trước chuyển qua
  'toHandle', // tổng số phải giải quyết: received and carried over
  'finished', // đã giải quyết
  'finishedEarly',
  'finishedOnTime',
  'finishedInTime', // early and on time in one column
  'finishedLate',
  'pending', // đang giải quyết
  'pendingInTime',
  'pendingOverdue',
  'withdrawn',
  'refused',
  'digitised',
  'digitalResults',
  'withFee',
  'paidOnline',
  'documentsWaiting',
  'outgoingWaiting',
] as const;
export type TotalFigure = (typeof TOTAL_FIGURES)[number];

/** Unfinished and in somebody's hands: may become overdue. */
export function isUnfinished(status: Status): boolean {
  return (
    status === 'received' ||
    status === 'processing' ||
    status === 'supplementing' ||
    status === 'awaitingPayment'
  );
}

/** Processed by the everyday rule: status 9 or 10 (ThongKeWhereBuilder, host-pages §6.3). */
export function isFinished(status: Status): boolean {
  return status === 'finished' || status === 'returned';
}

/** Filed but never received, or refused: outside every received count (status 1 and 3). */
export function isOutside(status: Status): boolean {
  return status === 'registered' || status === 'refused';
}

/**
 * Folds a label for comparison: no diacritics, no case, single spaces, no trailing "(12)", ":" or "*".
 * Old and new tone placement ("hóa", "hoá") fold to the same string.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?:\s*\(\d+\)|\s*[:*])+$/, '')
    .trim();
}
