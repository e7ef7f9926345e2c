/** The lists of the TD practice pages: paths, columns, buttons, and which dossiers stand in each (host-pages §4.1). */
import { localDay } from './calendar.ts';
import type { Dossier } from './types.ts';

export interface TdList {
  readonly path: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly batch: readonly string[];
  readonly icons: readonly string[];
  readonly has: (one: Dossier) => boolean;
  /** `filed`: no line for the status, and the day of filing stands after "Tiếp nhận". */
  readonly lines?: 'filed';
}

const WORK_COLUMNS = ['STT', 'Thông tin hồ sơ', 'Chủ hồ sơ', 'Lệ phí', 'Kết quả', 'Thao tác'];
/** Paid, by whatever means. */
export const isPaid = (one: Dossier) => one.payment !== null && one.payment !== 'unpaid';
const owesMoney = (one: Dossier) => [2, 4, 9, 10].includes(one.status) && one.fee > 0;

/** The lists of the morning by path; the two fee pages have other columns in another order. */
const LISTS: readonly TdList[] = [
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
    columns: ['STT', 'Thông tin hồ sơ', 'Chủ hồ sơ', 'Đính kèm từ chối', 'Thao tác'],
    lines: 'filed',
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

const isOpen = ({ status }: Dossier) => status === 2 || status === 4 || status === 5 || status === 6;
const dueDay = (one: Dossier) => one.due?.slice(0, 10) ?? '9999-12-31';
const FEES = LISTS.find((list) => list.path.endsWith('/da-thu-phi'))!;
const plain = (path: string, title: string, has: TdList['has'], icons: readonly string[] = []): TdList => ({
  path,
  title,
  columns: WORK_COLUMNS,
  batch: [],
  icons: ['Xem chi tiết', ...icons],
  has,
});

/** What a whole installation has besides, and lists of the morning that are narrower there. */
const MORE: readonly TdList[] = [
  plain('/dvc/tiep-nhan-ho-so/da-chuyen-xu-ly', 'Đã chuyển xử lý', (one) => one.status === 4),
  plain('/dvc/xu-ly-ho-so/dung-xu-ly', 'Dừng xử lý', (one) => one.status === 8),
  plain(
    '/dvc/tra-ket-qua/cho-tra-truc-tiep',
    'Chờ trả trực tiếp',
    (one) => one.status === 9 && one.channel === 'counter',
    ['Trả kết quả'],
  ),
  plain(
    '/dvc/tra-ket-qua/cho-tra-bcci',
    'Chờ trả BCCI',
    (one) => one.status === 9 && one.channel === 'post',
    ['Trả kết quả'],
  ),
  plain('/dvc/tra-ket-qua/xin-rut', 'Xin rút', (one) => one.status === 7),
  {
    ...plain('/dvc/bo-sung-ho-so/cho-bo-sung', 'Chờ bổ sung', (one) => one.status === 5),
    columns: ['STT', 'Thông tin hồ sơ', 'Chủ hồ sơ', 'Lý do bổ sung', 'Thao tác'],
    lines: 'filed',
  },
  ...(
    [
      ['ho-so-toi-han', 'Hồ sơ tới hạn', (day: string, today: string) => day === today],
      ['ho-so-qua-han', 'Hồ sơ quá hạn', (day: string, today: string) => day < today],
    ] as const
  ).map(([name, title, fits]) => ({
    ...plain(
      `/dvc/theo-doi-ho-so/${name}`,
      title,
      (one) => isOpen(one) && fits(dueDay(one), localDay(Date.now())),
    ),
    columns: ['STT', 'Thông tin hồ sơ', 'Chủ hồ sơ', 'Phí, lệ phí', 'Người xử lý', 'Thao tác'],
  })),
  ...(
    [
      ['cho-so-hoa', 'Chờ số hóa', false, ['Số hóa']],
      ['da-so-hoa', 'Đã số hóa', true, []],
    ] as const
  ).map(([name, title, isDone, icons]) => ({
    ...plain(
      `/dvc/cham-so-hoa/${name}`,
      title,
      (one) => (one.status === 2 || one.status === 4) && one.digitised === isDone,
      icons,
    ),
    columns: ['STT', 'Thông tin hồ sơ', 'Chủ hồ sơ', 'Thao tác'],
    lines: 'filed' as const,
  })),
  { ...FEES, has: (one) => FEES.has(one) && one.payment !== 'online' },
  {
    ...FEES,
    path: '/dvc/thu-phi-le-phi/ho-so-da-thu-phi-truc-tuyen',
    title: 'Hồ sơ đã thu phí trực tuyến',
    has: (one) => FEES.has(one) && one.payment === 'online',
  },
];

/** The report by unit. */
export const STATISTICS = '/dvc/thong-ke/bao-cao-tong-hop-don-vi';

/** The lists of this installation: those of the morning, or all there are. */
export function listsOf(isWhole: boolean): readonly TdList[] {
  if (!isWhole) return LISTS;
  return [...LISTS.filter((one) => MORE.every(({ path }) => path !== one.path)), ...MORE];
}
