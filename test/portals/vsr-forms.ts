/**
 * Forms of the practice reporting system after the data model of VNPT VSR (host-pages-2 §3.2): columns as a tree (the
 * multi-level head), indicators as a tree with headings and formula rows. The screen itself is nobody's known fact.
 */
import { random } from './seed.ts';

export interface VsrColumn {
  readonly code: string;
  readonly name: string;
  readonly children?: readonly VsrColumn[];
}

/** IND_TYPE 1, 2 and 3 to 6: typed in, a heading, made of its children. */
export type RowKind = 'entry' | 'heading' | 'sum' | 'average' | 'most' | 'least';

export interface VsrRow {
  readonly code: string;
  readonly index: string;
  readonly name: string;
  readonly unit: string;
  readonly kind: RowKind;
  /** Code of the row above it in the tree; '' at the top. */
  readonly parent: string;
}

export interface VsrForm {
  readonly columns: readonly VsrColumn[];
  readonly rows: readonly VsrRow[];
  /** OR_OBJECT's switch for the code column. */
  readonly hasCodes: boolean;
}

const leaf = (code: string, name: string): VsrColumn => ({ code, name });
const row = (
  code: string,
  index: string,
  name: string,
  unit: string,
  kind: RowKind,
  parent = '',
): VsrRow => ({
  code,
  index,
  name,
  unit,
  kind,
  parent,
});

const SETTLING: readonly VsrColumn[] = [
  {
    code: 'A',
    name: 'Số lượng hồ sơ tiếp nhận',
    children: [
      leaf('FN01', 'Tổng số'),
      {
        code: 'A2',
        name: 'Trong kỳ',
        children: [leaf('FN02', 'Trực tuyến'), leaf('FN03', 'Trực tiếp, dịch vụ bưu chính')],
      },
      leaf('FN04', 'Từ kỳ trước'),
    ],
  },
  {
    code: 'B',
    name: 'Số lượng hồ sơ đã giải quyết',
    children: [
      leaf('FN05', 'Tổng số'),
      leaf('FN06', 'Trước hạn'),
      leaf('FN07', 'Đúng hạn'),
      leaf('FN08', 'Quá hạn'),
    ],
  },
  {
    code: 'C',
    name: 'Số lượng hồ sơ đang giải quyết',
    children: [leaf('FN09', 'Tổng số'), leaf('FN10', 'Trong hạn'), leaf('FN11', 'Quá hạn')],
  },
];
const PLAIN: readonly VsrColumn[] = [leaf('FN01', 'Trong kỳ'), leaf('FN02', 'Lũy kế từ đầu năm')];
const SHARE: readonly VsrColumn[] = [
  { code: 'A', name: 'Kết quả', children: [leaf('FN01', 'Số lượng'), leaf('FN02', 'Tỷ lệ (%)')] },
  leaf('FN03', 'Ghi chú số'),
];

export const FORMS: readonly VsrForm[] = [
  {
    columns: SETTLING,
    hasCodes: true,
    rows: [
      row('I', 'I', 'Thủ tục thuộc thẩm quyền cấp xã', '', 'heading'),
      row('I.1', '1', 'Hộ tịch', 'Hồ sơ', 'entry', 'I'),
      row('I.2', '2', 'Chứng thực', 'Hồ sơ', 'entry', 'I'),
      row('I.3', '3', 'Đất đai', 'Hồ sơ', 'entry', 'I'),
      row('TC', '', 'Tổng cộng', 'Hồ sơ', 'sum', 'I'),
    ],
  },
  {
    columns: PLAIN,
    hasCodes: true,
    rows: [
      row('01', '1', 'Tổng số hồ sơ trực tuyến', 'Hồ sơ', 'sum'),
      row('0101', '1.1', 'Toàn trình', 'Hồ sơ', 'entry', '01'),
      row('0102', '1.2', 'Một phần', 'Hồ sơ', 'entry', '01'),
      row('02', '2', 'Số tài khoản định danh kích hoạt', 'Tài khoản', 'entry'),
      row('03', 'II', 'Thanh toán trực tuyến', '', 'heading'),
      row('0301', '1', 'Số giao dịch', 'Giao dịch', 'entry', '03'),
      row('0302', '2', 'Số tiền', 'Triệu đồng', 'entry', '03'),
    ],
  },
  {
    columns: SHARE,
    hasCodes: false,
    rows: [
      row('A', 'A', 'Số hóa hồ sơ', '', 'heading'),
      row('A1', '1', 'Thành phần hồ sơ được số hóa', 'Hồ sơ', 'entry', 'A'),
      row('A2', '2', 'Kết quả được số hóa', 'Hồ sơ', 'entry', 'A'),
      row('A3', '3', 'Bình quân', 'Hồ sơ', 'average', 'A'),
    ],
  },
];

export interface Leaf {
  readonly code: string;
  /** Names from the top of the head down to the column. */
  readonly path: readonly string[];
}

/** The value columns in the order they stand. */
export function leavesOf(columns: readonly VsrColumn[], above: readonly string[] = []): Leaf[] {
  return columns.flatMap(({ code, name, children }) =>
    children ? leavesOf(children, [...above, name]) : [{ code, path: [...above, name] }],
  );
}

const depthOf = (columns: readonly VsrColumn[]): number =>
  1 + Math.max(0, ...columns.map(({ children }) => (children ? depthOf(children) : 0)));
const widthOf = ({ children }: VsrColumn): number =>
  children ? children.reduce((sum, one) => sum + widthOf(one), 0) : 1;

/** The head with its levels, and the line of numbers below it. */
export function headHtml(form: VsrForm): string {
  const depth = depthOf(form.columns);
  const fixed = ['STT', ...(form.hasCodes ? ['Mã chỉ tiêu'] : []), 'Tên chỉ tiêu', 'Đơn vị tính'];
  const levels: string[][] = Array.from({ length: depth }, () => []);
  for (const name of fixed) levels[0]!.push(`<th rowspan="${depth}">${name}</th>`);
  const put = (columns: readonly VsrColumn[], level: number) => {
    for (const one of columns) {
      const span = one.children ? `colspan="${widthOf(one)}"` : `rowspan="${depth - level}"`;
      levels[level]!.push(`<th ${span}>${one.name}</th>`);
      if (one.children) put(one.children, level + 1);
    }
  };
  put(form.columns, 0);
  const count = fixed.length + leavesOf(form.columns).length;
  const numbers = Array.from({ length: count }, (_, at) => `<td>(${at + 1})</td>`);
  return `<thead>${levels.map((cells) => `<tr>${cells.join('')}</tr>`).join('')}<tr class="number-row">${numbers.join('')}</tr></thead>`;
}

/** The body: inputs where something may be typed, read-only sums, and headings without any cell to fill. */
export function bodyHtml(form: VsrForm, values: ReadonlyMap<string, string>): string {
  const leaves = leavesOf(form.columns);
  const rows = form.rows.map((one) => {
    const cells = leaves.map(({ code }) => {
      const name = `${one.code}|${code}`;
      if (one.kind === 'heading') return '<td class="no-input"></td>';
      const readonly = one.kind === 'entry' ? '' : ' readonly tabindex="-1"';
      return `<td><input type="text" class="cell-value" name="${name}" value="${values.get(name) ?? ''}" size="6"${readonly}></td>`;
    });
    const code = form.hasCodes ? `<td>${one.code}</td>` : '';
    return `<tr class="ind-type-${one.kind}" data-ind="${one.code}" data-parent="${one.parent}"><td>${one.index}</td>${code}<td class="ind-name">${one.name}</td><td>${one.unit}</td>${cells.join('')}</tr>`;
  });
  return `<tbody>${rows.join('\n')}</tbody>`;
}

/** What was typed so far, made up by the seed; formula cells hold what their children give. */
export function draftOf(form: VsrForm, seed: number): Map<string, string> {
  const next = random(seed);
  const values = new Map<string, string>();
  for (const { code } of leavesOf(form.columns)) {
    for (const one of form.rows) {
      if (one.kind === 'entry') values.set(`${one.code}|${code}`, String(Math.floor(next() * 300)));
    }
  }
  return computed(form, values);
}

/** Formula cells made anew from the typed ones. */
export function computed(form: VsrForm, typed: ReadonlyMap<string, string>): Map<string, string> {
  const values = new Map(typed);
  for (const one of form.rows) {
    if (one.kind === 'entry' || one.kind === 'heading') continue;
    const isBelow = (other: VsrRow) =>
      other.kind === 'entry' &&
      (one.code === 'TC' || one.kind === 'average' ? other.parent === one.parent : other.parent === one.code);
    for (const { code } of leavesOf(form.columns)) {
      const numbers = form.rows
        .filter(isBelow)
        .map((other) => Number(values.get(`${other.code}|${code}`) ?? '0'));
      const sum = numbers.reduce((total, number) => total + number, 0);
      const result = one.kind === 'average' && numbers.length > 0 ? Math.round(sum / numbers.length) : sum;
      values.set(`${one.code}|${code}`, String(result));
    }
  }
  return values;
}
