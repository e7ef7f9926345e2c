/** The report page of the practice Đà Nẵng eGov: a two-level head, one row per unit, and the totals it prints. */
import { printed, shiftDay } from './calendar.ts';
import { OFFICES, random } from './seed.ts';
import type { ShownTotals } from './types.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
}

export const KINDS = ['thang', 'quy', 'nam', '6thangdau', '6thangcuoi'] as const;
export type Kind = (typeof KINDS)[number];
export const KIND_TEXT: Readonly<Record<Kind, string>> = {
  thang: 'Tháng',
  quy: 'Quý',
  nam: 'Năm',
  '6thangdau': '6 tháng đầu',
  '6thangcuoi': '6 tháng cuối',
};

/** The calendar days of one choice; `number` is the month or quarter. */
export function periodOf(kind: Kind, number: number, year: number): Period {
  const months: readonly [number, number] = {
    thang: [number, number],
    quy: [number * 3 - 2, number * 3],
    nam: [1, 12],
    '6thangdau': [1, 6],
    '6thangcuoi': [7, 12],
  }[kind] as [number, number];
  const first = (month: number) =>
    month > 12 ? `${year + 1}-01-01` : `${year}-${String(month).padStart(2, '0')}-01`;
  return { from: first(months[0]), to: shiftDay(first(months[1] + 1), -1) };
}

const UNITS = [...new Set(OFFICES.map(({ name }) => name))].filter(
  (name) => name !== '' && !name.includes('sáp nhập'),
);

/** The figures of every unit; none before the system was set up. */
export function totalsOf(seed: number, kind: Kind, period: Period): ShownTotals[] {
  if (period.from < '2025-07-01') return [];
  const salt = [...`${kind}${period.from}`].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), seed);
  const next = random(salt);
  const roll = (most: number) => Math.floor(next() * (most + 1));
  return UNITS.map((unit) => {
    const figures = {
      received: 40 + roll(1500),
      carriedOver: roll(60),
      finishedEarly: roll(20),
      finishedOnTime: roll(12),
      finishedLate: roll(3),
      withdrawn: roll(3),
      refused: roll(4),
      pendingOverdue: roll(2),
    };
    const finished = figures.finishedEarly + figures.finishedOnTime + figures.finishedLate;
    const pending = figures.received + figures.carriedOver - finished - figures.withdrawn - figures.refused;
    return {
      unit,
      ...period,
      figures: { ...figures, finished, pending, pendingInTime: pending - figures.pendingOverdue },
    };
  });
}

const GROUPS = ['Hồ sơ đã giải quyết', 'Hồ sơ đang giải quyết'] as const;
const EMPTY = 'KHÔNG TÌM THẤY DỮ LIỆU TRONG HỆ THỐNG';

/** The table of a period. */
export function reportHtml(period: Period, totals: readonly ShownTotals[]): string {
  const head = `<thead><tr><th rowspan="2">STT</th><th rowspan="2">Cơ quan</th><th rowspan="2">Tổng</th><th rowspan="2">Tiếp nhận</th>
<th rowspan="2">Kỳ trước chuyển qua</th><th colspan="4">${GROUPS[0]}</th><th colspan="3">${GROUPS[1]}</th>
<th rowspan="2">CD rút hồ sơ</th><th rowspan="2">Hồ sơ trả lại</th><th rowspan="2">Tồn cuối</th></tr>
<tr><th>Số hồ sơ</th><th>Sớm</th><th>Đúng</th><th>Trễ</th><th>Số hồ sơ</th><th>Chưa đến hạn</th><th>Đã quá hạn</th></tr></thead>`;
  const line = (figures: Readonly<Record<string, number>>) => {
    const value = (name: string) => figures[name] ?? 0;
    return [
      value('received') + value('carriedOver'),
      value('received'),
      value('carriedOver'),
      value('finished'),
      value('finishedEarly'),
      value('finishedOnTime'),
      value('finishedLate'),
      value('pending'),
      value('pendingInTime'),
      value('pendingOverdue'),
      value('withdrawn'),
      value('refused'),
      value('pending'),
    ]
      .map((number) => `<td class="number">${number.toLocaleString('de-DE')}</td>`)
      .join('');
  };
  const sum: Record<string, number> = {};
  for (const { figures } of totals) {
    for (const [name, value] of Object.entries(figures)) sum[name] = (sum[name] ?? 0) + value;
  }
  const rows = totals.map(
    ({ unit, figures }, index) => `<tr><td>${index + 1}</td><td>${unit}</td>${line(figures)}</tr>`,
  );
  const body =
    totals.length === 0
      ? `<tr><td colspan="15">${EMPTY}</td></tr>`
      : `${rows.join('\n')}<tr class="total"><td></td><td>Tổng cộng</td>${line(sum)}</tr>`;
  return `<h3 class="egov-title">BÁO CÁO TỔNG HỢP TÌNH HÌNH GIẢI QUYẾT HỒ SƠ</h3>
<p class="egov-period">Từ ngày ${printed(period.from)} đến ngày ${printed(period.to)}</p>
<table class="egov-table report-table">${head}<tbody>${body}</tbody></table>`;
}
