/** The TD practice page: antd tables, batches, modals and react-toastify toasts, in the texts and order of host-pages §4.1. */
import { ask, h, painted } from './dom.ts';
import { statisticsPage } from './td-statistics.ts';

interface ListInfo {
  readonly path: string;
  readonly title: string;
  readonly columns: readonly { readonly name: string; readonly header: string }[];
  readonly batch: readonly string[];
}
interface Row {
  readonly key: number;
  readonly code: string;
  readonly isPlain: boolean;
  readonly lines: readonly string[];
  readonly tag: 'green' | 'orange' | null;
  readonly amount: string;
  readonly owner: readonly string[];
  readonly rowClass: string;
  readonly icons: readonly string[];
  readonly cells: Readonly<Record<string, string>>;
}
interface Answer {
  readonly render: string;
  readonly rows: readonly Row[];
  readonly page: number;
  readonly pages: number;
}
interface ModalData {
  readonly render: string;
  readonly code: string;
  readonly title: string;
  readonly components: readonly { readonly name: string; readonly isDigitised: boolean }[];
  readonly isDead: boolean;
}
type Toasts = { readonly toasts?: readonly (readonly [string, string])[] };

const settings = JSON.parse(document.getElementById('settings')!.textContent!) as {
  mode: 'reload' | 'xhr';
  codeRole: string;
  /** Generated part of this build's names; '' in the plain build. */
  hash: string;
  period: { readonly from: string; readonly to: string };
  lists: readonly ListInfo[];
};
const main = h('main', { class: 'ant-layout-content' });
const toastBox = h('div', { class: 'Toastify__toast-container Toastify__toast-container--top-right' });
const chosen = new Set<number>();
/** antd's css-in-js class and the styled component's, new in every build. */
const hashed =
  settings.hash === '' ? '' : `css-dev-only-do-not-override-${settings.hash} sc-${settings.hash}`;
let page = 1;
let word = '';
let turn = 0;

function toast(kind: string, text: string): void {
  const element = h(
    'div',
    { class: `Toastify__toast Toastify__toast-theme--light Toastify__toast--${kind}` },
    h('div', { role: 'alert', class: 'Toastify__toast-body' }, h('div', {}, text)),
  );
  toastBox.append(element);
  setTimeout(() => element.remove(), 5000);
}

/** Sends one piece of work; shows its toasts; true when it succeeded. A failed call says nothing at all. */
async function send(work: string, keys: readonly number[]): Promise<boolean> {
  const { ok, data } = await ask<Toasts>('POST', `/api/hoso/${work}`, { keys });
  for (const [kind, text] of data.toasts ?? []) toast(kind, text);
  return ok;
}

function comeBack(): void {
  if (settings.mode === 'reload') location.reload();
  else void fill();
}

function modal(title: string, body: readonly Node[], ok: string | null, work: () => Promise<boolean>): void {
  const close = () => wrap.remove();
  const run = async () => {
    if (!(await work())) return;
    close();
    comeBack();
  };
  const wrap = h(
    'div',
    { class: 'ant-modal-wrap' },
    h(
      'div',
      { class: 'ant-modal', role: 'dialog', 'aria-modal': 'true' },
      h(
        'div',
        { class: 'ant-modal-content' },
        h('button', { class: 'ant-modal-close', 'aria-label': 'Close', onclick: close }, '×'),
        h('div', { class: 'ant-modal-header' }, h('div', { class: 'ant-modal-title' }, title)),
        h('div', { class: 'ant-modal-body' }, body),
        h(
          'div',
          { class: 'ant-modal-footer' },
          h(
            'button',
            { class: 'ant-btn ant-btn-default', type: 'button', onclick: close },
            h('span', {}, 'Đóng'),
          ),
          ok === null
            ? null
            : h(
                'button',
                { class: 'ant-btn ant-btn-primary', type: 'button', onclick: () => void run() },
                h('span', {}, ok),
              ),
        ),
      ),
    ),
  );
  document.body.append(h('div', {}, wrap));
}

async function openModal(row: Row, icon: string): Promise<void> {
  const { data } = await ask<ModalData>('GET', `/api/hoso/${row.key}?path=${location.pathname}`);
  const keys = [row.key];
  const parts = data.components.map((part) =>
    h(
      'div',
      { class: 'ant-row' },
      h('span', {}, part.name),
      part.isDigitised ? h('span', { class: 'ant-tag ant-tag-geekblue' }, 'Được số hóa') : null,
    ),
  );
  if (icon === 'Tiếp nhận') {
    // A check icon whose modal has a button that only closes it.
    const work = async () => (data.isDead ? true : send('tiep-nhan', keys));
    if (data.isDead) modal(`TIẾP NHẬN HỒ SƠ TRỰC TUYẾN: ${data.title}`, parts, null, work);
    else modal(`TIẾP NHẬN HỒ SƠ TRỰC TUYẾN: ${data.title}`, parts, 'Tiếp nhận', work);
  } else if (icon === 'Trả kết quả') {
    const rate = h('div', { class: 'ant-rate' }, 'Mức độ hài lòng của công dân');
    modal(`TRẢ KẾT QUẢ HỒ SƠ: ${data.title}`, [rate], 'Trả kết quả', async () => {
      // The rating is saved first and says so, also when the return itself then fails.
      await send('danh-gia', keys);
      return send('tra-ket-qua', keys);
    });
  } else if (icon === 'Từ chối tiếp nhận') {
    const reason = h('textarea', { class: 'ant-input' });
    modal(`TỪ CHỐI TIẾP NHẬN HỒ SƠ: ${data.title}`, [reason], 'Đồng ý', () => send('tu-choi', keys));
  } else if (icon === 'Chuyển bước xử lý') {
    modal(`CHUYỂN BƯỚC XỬ LÝ HỒ SƠ: ${data.title}`, [], 'Chuyển bước', () => send('chuyen-buoc', keys));
  } else if (icon === 'Chuyển xử lý') {
    modal(`CHUYỂN XỬ LÝ HỒ SƠ: ${data.title}`, [], 'Chuyển xử lý', () => send('chuyen-xu-ly', keys));
  } else if (icon === 'Số hóa') {
    modal('Thông tin số hóa', [h('input', { type: 'file' })], 'Số hóa', () => send('so-hoa', keys));
  } else modal(`CHI TIẾT HỒ SƠ: ${data.title}`, parts, null, async () => true);
  const opened = [...document.querySelectorAll('.ant-modal')].at(-1)!;
  painted(data.render, [opened]);
}

function openFee(keys: readonly number[]): void {
  modal('', [h('p', {}, `Thu phí, lệ phí của ${keys.length} hồ sơ`)], 'Xác nhận', () =>
    send('thu-phi', keys),
  );
}

function batch(label: string): void {
  const keys = [...chosen];
  if (keys.length === 0) {
    toast('warning', 'Vui lòng chọn hồ sơ trước');
    return;
  }
  if (label === 'Thu phí') openFee(keys);
  else {
    void send(label === 'Tiếp nhận' ? 'tiep-nhan' : 'chuyen-xu-ly', keys).then((ok) => {
      if (ok) comeBack();
    });
  }
}

function icon(row: Row, title: string): HTMLElement {
  const signs: Record<string, string> = { 'Tiếp nhận': '✓', 'Xem chi tiết': '👁', 'Từ chối tiếp nhận': '✗' };
  return h(
    'span',
    {
      role: 'img',
      class: 'anticon',
      title,
      onclick: () => {
        if (title === 'Thu phí') openFee([row.key]);
        else void openModal(row, title);
      },
    },
    signs[title] ?? '→',
  );
}

function cell(row: Row, column: string): (Node | string)[] {
  const tag =
    row.tag &&
    h(
      'span',
      { class: `ant-tag ant-tag-${row.tag}-inverse` },
      row.tag === 'green' ? 'Đã thanh toán' : 'Chờ thanh toán',
    );
  switch (column) {
    case 'Thông tin hồ sơ':
      return [
        h('div', { role: settings.codeRole, style: 'color:#2C62B9' }, row.code),
        ...row.lines.map((line) => {
          const [head, gate] = line.split(/(?= - Nộp qua )/);
          return h('div', {}, head!, gate === undefined ? null : h('span', {}, gate));
        }),
      ];
    case 'Chủ hồ sơ':
      return row.isPlain ? [row.cells[column]!] : row.owner.map((line) => h('div', {}, line));
    case 'Lệ phí':
    case 'Phí, lệ phí':
      return [...(row.amount === '' ? [] : [h('div', {}, row.amount)]), ...(tag ? [tag] : [])];
    case 'Kết quả':
      return [];
    case 'Mã hồ sơ':
      return [h('div', { style: 'font-weight:bold' }, row.code)];
    case 'Thu phí/lệ phí (VNĐ)':
      return [h('div', {}, row.cells[column]!), ...(tag ? [tag] : [])];
    case 'Thao tác':
    case 'Chi tiết':
      return row.icons.map((title) => icon(row, title));
    default:
      return [row.cells[column] ?? ''];
  }
}

function bar(answer: Answer): HTMLElement {
  const items = Array.from({ length: answer.pages }, (_, index) =>
    h(
      'li',
      {
        class: `ant-pagination-item ant-pagination-item-${index + 1}`,
        title: String(index + 1),
        onclick: () => {
          page = index + 1;
          void fill();
        },
      },
      h('a', { rel: 'nofollow' }, String(index + 1)),
    ),
  );
  return h('ul', { class: 'ant-pagination', style: 'display:flex;list-style:none;gap:1em' }, items);
}

function tableOf(info: ListInfo, answer: Answer): { element: HTMLElement; rows: HTMLElement[] } {
  const hasBoxes = info.batch.length > 0;
  const rows = answer.rows.map((row) => {
    const box = h('input', {
      type: 'checkbox',
      class: 'ant-checkbox-input',
      checked: chosen.has(row.key) ? 'checked' : null,
      onchange: (event) => {
        if ((event.target as HTMLInputElement).checked) chosen.add(row.key);
        else chosen.delete(row.key);
      },
    });
    return h(
      'tr',
      {
        class: `ant-table-row ant-table-row-level-0 ${row.rowClass} ${hashed}`.trim(),
        'data-row-key': settings.hash === '' ? String(row.key) : `${row.key}${settings.hash}`,
      },
      hasBoxes
        ? h(
            'td',
            { class: 'ant-table-cell ant-table-selection-column' },
            h('span', { class: 'ant-checkbox' }, box),
          )
        : null,
      info.columns.map(({ name }) => h('td', { class: `ant-table-cell ${hashed}`.trim() }, cell(row, name))),
    );
  });
  const element = h(
    'div',
    { class: 'ant-table ant-table-bordered' },
    h(
      'table',
      {},
      h(
        'thead',
        { class: 'ant-table-thead' },
        h(
          'tr',
          {},
          hasBoxes ? h('th', { class: 'ant-table-cell ant-table-selection-column' }) : null,
          info.columns.map(({ header }) => h('th', { class: `ant-table-cell ${hashed}`.trim() }, header)),
        ),
      ),
      h(
        'tbody',
        { class: 'ant-table-tbody' },
        h('tr', { 'aria-hidden': 'true', class: 'ant-table-measure-row' }),
        rows,
      ),
    ),
  );
  return { element, rows };
}

async function fill(): Promise<void> {
  const mine = ++turn;
  if (location.pathname.startsWith('/dvc/thong-ke/')) {
    main.replaceChildren(statisticsPage(settings.period));
    return;
  }
  const info = settings.lists.find((list) => list.path === location.pathname) ?? settings.lists[0]!;
  const query = new URLSearchParams({ path: info.path, page: String(page), tuKhoa: word });
  const { data } = await ask<Answer>('GET', `/api/hoso?${query}`);
  if (mine !== turn) return;
  chosen.clear();
  const box = h('input', { class: 'ant-input', placeholder: 'Từ khóa', value: word }) as HTMLInputElement;
  const search = () => {
    word = box.value;
    page = 1;
    void fill();
  };
  const { element, rows } = tableOf(info, data);
  main.replaceChildren(
    h('h1', { class: 'page-title' }, info.title),
    h(
      'div',
      { class: 'ant-space' },
      box,
      h('button', { class: 'ant-btn', onclick: search }, h('span', {}, 'Tìm kiếm')),
      ...info.batch.map((label) =>
        h(
          'button',
          { class: 'ant-btn ant-btn-primary batch', type: 'button', onclick: () => batch(label) },
          h('span', {}, label),
        ),
      ),
    ),
    bar(data),
    rows.length > 0 ? element : h('div', { class: 'ant-empty' }, 'Không có dữ liệu'),
    bar(data),
  );
  painted(data.render, rows);
  if (settings.hash === '' || rows.length === 0) return;
  // Another build puts its rows up anew a moment later, ticks kept.
  setTimeout(() => {
    if (mine !== turn || !element.isConnected) return;
    const anew = tableOf(info, data);
    element.replaceWith(anew.element);
    painted(data.render, anew.rows);
  }, 120);
}

function open(path: string): void {
  history.pushState(null, '', path);
  // The page component before goes at once; the next one starts empty.
  main.replaceChildren(h('div', { class: 'ant-spin' }, 'Đang tải'));
  page = 1;
  word = '';
  void fill();
}

document.getElementById('root')!.append(
  h(
    'div',
    { class: 'ant-layout' },
    h(
      'ul',
      { class: 'ant-menu ant-menu-root', role: 'menu' },
      ...settings.lists.map(({ path, title }) =>
        h(
          'li',
          { class: 'ant-menu-item', role: 'menuitem' },
          h(
            'a',
            {
              href: path,
              onclick: (event) => {
                event.preventDefault();
                open(path);
              },
            },
            title,
          ),
        ),
      ),
    ),
    main,
  ),
  h('div', { class: 'Toastify' }, toastBox),
);
addEventListener('popstate', () => {
  page = 1;
  void fill();
});
void fill();
