/**
 * The statistics tables that portals print, as data: form II.06a and its kin, and the older table by unit
 * (host-pages-2 §6.1–6.3). A form is known by its header cells, not by its number: two layouts share one number.
 * A pack's own rules for statistics pages are forms too.
 */
import { TOTAL_FIGURES, type TotalFigure } from '../../domain/vocabulary.ts';
import type { Pack, TotalsRule } from '../pack.ts';

/** `_all`: the whole of what came in, which may or may not hold what was carried over; only checked. */
export type FormColumn = TotalFigure | '_all';

export interface Form {
  readonly id: string;
  /** Headers of the column that names the unit of a row. */
  readonly unit: readonly string[];
  /** Headers of a column of sectors: then only the row of sums is told, for the reporting unit. */
  readonly sector: readonly string[];
  /** Header paths per column, best first. */
  readonly columns: Readonly<Partial<Record<FormColumn, readonly string[]>>>;
  /** A figure that the form prints in parts; told when all parts of one way are shown. */
  readonly sums: readonly { readonly figure: TotalFigure; readonly of: readonly FormColumn[] }[];
  /** `[whole, part, …]`: where all are shown and do not add up, the row is not told. */
  readonly checks: readonly (readonly FormColumn[])[];
  /** The same, but other things may be in the whole: said, and the whole is not used. */
  readonly doubts: readonly (readonly FormColumn[])[];
}

const under = (groups: readonly string[], ...leaves: readonly string[]) =>
  leaves.flatMap((leaf) => groups.map((group) => `${group} > ${leaf}`));

const IN = [
  'Tiếp nhận',
  'Số hồ sơ tiếp nhận',
  'Số lượng hồ sơ tiếp nhận',
  'Hồ sơ tiếp nhận',
  'Số hồ sơ nhận giải quyết',
  'Số lượng hồ sơ nhận giải quyết',
];
const DONE = [
  'Đã giải quyết',
  'Số hồ sơ đã giải quyết',
  'Số lượng hồ sơ đã giải quyết',
  'Hồ sơ đã giải quyết',
  'Đã xử lý',
];
const OPEN = [
  'Đang giải quyết',
  'Số hồ sơ đang giải quyết',
  'Số lượng hồ sơ đang giải quyết',
  'Hồ sơ đang giải quyết',
  'Đang xử lý',
];
const ALL = ['Tổng số', 'Tổng', 'Tổng cộng'];

const STANDARD: Form = {
  id: 'tthc',
  unit: [
    'Đơn vị',
    'Tên đơn vị',
    'Cơ quan, đơn vị',
    'Cơ quan/Đơn vị',
    'Đơn vị giải quyết',
    'Tên cơ quan, đơn vị',
  ],
  sector: [
    'Lĩnh vực, công việc giải quyết theo cấp',
    'Lĩnh vực giải quyết',
    'Lĩnh vực',
    'Lĩnh vực, công việc',
  ],
  columns: {
    _all: under(IN, ...ALL),
    receivedOnline: under(IN, 'Trực tuyến', 'Số mới tiếp nhận trực tuyến'),
    receivedOffline: under(
      IN,
      'Trực tiếp, dịch vụ bưu chính',
      'Trực tiếp, bưu chính',
      'Trực tiếp, bưu chính công ích',
      'Trực tiếp, BCCI',
      'Trực tiếp, qua dịch vụ bưu chính',
    ),
    receivedCounter: under(IN, 'Trực tiếp', 'Số mới tiếp nhận trực tiếp'),
    receivedPost: under(IN, 'BCCI', 'Bưu chính công ích', 'Dịch vụ bưu chính', 'Qua BCCI', 'Bưu chính'),
    carriedOver: under(
      IN,
      'Kỳ trước',
      'Từ kỳ trước',
      'Kỳ trước chuyển qua',
      'Số kỳ trước chuyển qua',
      'Kỳ trước chuyển sang',
    ),
    finished: [...under(DONE, ...ALL), ...DONE],
    finishedEarly: under(DONE, 'Trước hạn', 'Sớm hạn'),
    finishedOnTime: under(DONE, 'Đúng hạn'),
    finishedInTime: under(
      DONE,
      'Đúng và trước hạn',
      'Trước và đúng hạn',
      'Đúng hạn và trước hạn',
      'Trước hạn và đúng hạn',
      'Trước hạn, đúng hạn',
    ),
    finishedLate: under(DONE, 'Quá hạn', 'Trễ hạn'),
    pending: [...under(OPEN, ...ALL), ...OPEN],
    pendingInTime: under(OPEN, 'Trong hạn', 'Đúng hạn', 'Chưa đến hạn'),
    pendingOverdue: under(OPEN, 'Quá hạn', 'Trễ hạn'),
  },
  sums: [
    { figure: 'received', of: ['receivedOnline', 'receivedOffline'] },
    { figure: 'received', of: ['receivedOnline', 'receivedCounter', 'receivedPost'] },
    { figure: 'toHandle', of: ['receivedOnline', 'receivedOffline', 'carriedOver'] },
    { figure: 'toHandle', of: ['receivedOnline', 'receivedCounter', 'receivedPost', 'carriedOver'] },
  ],
  checks: [
    ['_all', 'receivedOnline', 'receivedOffline', 'carriedOver'],
    ['_all', 'receivedOnline', 'receivedCounter', 'receivedPost', 'carriedOver'],
    ['finished', 'finishedEarly', 'finishedOnTime', 'finishedLate'],
    ['finished', 'finishedInTime', 'finishedLate'],
    ['pending', 'pendingInTime', 'pendingOverdue'],
  ],
  doubts: [
    // May fail because "on time" also holds what waits for supplements or was withdrawn (form 06a, note 1).
    ['_all', 'finished', 'pending'],
  ],
};

/** The forms to try for a pack: the printed form, and its own statistics rules where they read more columns. */
export function formsOf(pack: Pack): Form[] {
  const inert = new Set(pack.inert?.map(({ id }) => id));
  const rules = pack.pages.filter(({ id }) => !inert.has(id)).flatMap((page) => page.totals ?? []);
  return [STANDARD, ...rules.flatMap(formOf)];
}

function formOf(rule: TotalsRule): Form[] {
  const headers = (locators: TotalsRule['figures'][TotalFigure]) =>
    (locators ?? []).flatMap((one) => ('header' in one ? one.header : []));
  const columns = Object.fromEntries(
    TOTAL_FIGURES.map((figure) => [figure, headers(rule.figures[figure])] as const).filter(
      ([, all]) => all.length > 0,
    ),
  ) as Form['columns'];
  const unit = headers(rule.rows?.unit);
  if (unit.length === 0 || Object.keys(columns).length === 0) return [];
  return [{ id: rule.id, unit, sector: [], columns, sums: [], checks: rule.checks ?? [], doubts: [] }];
}
