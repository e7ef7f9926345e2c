/** The TD report by unit: a table without th cells under its own title, filled when asked, sums in its last row. */
import { ask, h, painted } from './dom.ts';

interface Answer {
  readonly render: string;
  readonly rows: readonly (readonly string[])[];
  readonly sums: readonly string[];
}

/** [text, columns, rows] of each head cell. */
const HEAD: readonly (readonly (readonly [string, number, number])[])[] = [
  [['TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT TTHC', 13, 1]],
  [
    ['STT', 1, 2],
    ['Đơn vị', 1, 2],
    ['Tiếp nhận', 3, 1],
    ['Đã xử lý', 4, 1],
    ['Đang xử lý', 2, 1],
    ['Bổ sung', 1, 2],
    ['Trả lại/ Rút HS', 1, 2],
  ],
  [
    ['Tổng số', 1, 1],
    ['Kỳ trước', 1, 1],
    ['Trong kỳ', 1, 1],
    ['Trước hạn', 1, 1],
    ['Đúng hạn', 1, 1],
    ['Quá hạn', 1, 1],
    ['Tỷ lệ trước hạn, đúng hạn', 1, 1],
    ['Trong hạn', 1, 1],
    ['Quá hạn', 1, 1],
  ],
];

const printed = (day: string) => day.split('-').reverse().join('/');

function picker(id: string, value: string): HTMLElement {
  return h('div', { class: 'ant-picker' }, h('input', { id, placeholder: 'Chọn ngày', value }));
}

/** The whole page; the table comes when the person asks for it. */
export function statisticsPage(period: { readonly from: string; readonly to: string }): HTMLElement {
  const container = h('div', { id: 'ContainerSwapper' });
  const fill = async () => {
    const { data } = await ask<Answer>('GET', '/api/thong-ke');
    const head = HEAD.map((cells) =>
      h(
        'tr',
        {},
        cells.map(([text, colspan, rowspan]) =>
          h('td', { colspan: String(colspan), rowspan: String(rowspan) }, h('strong', {}, text)),
        ),
      ),
    );
    const rows = data.rows.map((row, index) =>
      h(
        'tr',
        {},
        [String(index + 1), ...row].map((text) => h('td', {}, text)),
      ),
    );
    const sums = h(
      'tr',
      {},
      h('td', { colspan: '2' }, 'TỔNG SỐ'),
      data.sums.map((text) => h('td', {}, text)),
    );
    container.replaceChildren(h('table', {}, h('thead', {}, head), h('tbody', { id: 'data' }, rows, sums)));
    painted(data.render, rows);
  };
  return h(
    'div',
    { class: 'thongKeSwapper' },
    h('div', { class: 'title' }, 'Báo cáo tổng hợp đơn vị'),
    picker('tuNgay', printed(period.from)),
    picker('denNgay', printed(period.to)),
    h('button', { class: 'btnThongKe', onclick: () => void fill() }, 'Thống kê'),
    container,
  );
}
