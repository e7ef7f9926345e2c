/**
 * The traps of host pages (host-pages, appendix B) that show on a page, each with what it must not do. `test/build/guards.test.ts`
 * removes the guard named there and sees the trap's test fail.
 */
import { describe, expect, it } from 'vitest';
import type { ArmedAction } from '../../../lib/extension/page-messages.ts';
import { open, packOf, smallPack } from './page.ts';

const CODE = 'H99.51-260921-0001';
const OTHER = 'H99.51-260921-0002';
const WIZARD = '/vi/padsvc/apply-online/0123456789abcdef01234567';
const FILED = '<main>Nộp hồ sơ thành công</main>';
const igate = packOf('igate2');
const td = packOf('td-antd');
const ioffice = packOf('ioffice-dwr');

const step = (name: string, isSelected: boolean) =>
  `<mat-step-header aria-selected="${isSelected}"><div class="mat-step-label">${name}</div></mat-step-header>`;
const wizard = (button: string) =>
  `${step('Thành phần hồ sơ', true)}${step('Nộp hồ sơ', false)}<mat-step-content>${button}</mat-step-content>`;

const listPage = (rows: string, head = '<th>Mã hồ sơ</th><th>Ngày hẹn trả</th><th>Trạng thái</th>') =>
  `<app-list-search><table class="searchtbl"><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></app-list-search>`;
const row = (code: string, rest = '<td>25/09/2026</td><td>Đang xử lý</td>') =>
  `<tr><td>${code}</td>${rest}</tr>`;
const TD_HEAD = '<th></th><th>Thông tin hồ sơ</th><th>Chủ hồ sơ</th><th>Thao tác</th>';
const tdRow = (code: string, lines: readonly string[], action = '') =>
  `<tr class="ant-table-row" data-row-key="9"><td><input type="checkbox" checked></td><td><div role="button">${code}</div>${lines
    .map((line) => `<div>- ${line}</div>`)
    .join('')}</td><td>x</td><td>${action}</td></tr>`;
const tdPage = (rows: string, above = '') =>
  `${above}<div class="ant-table"><table><thead><tr>${TD_HEAD}</tr></thead><tbody>${rows}</tbody></table></div><div class="toasts"></div>`;
const toast = (text: string) =>
  `<div class="Toastify__toast Toastify__toast--success"><div role="alert" class="Toastify__toast-body">${text}</div></div>`;

/** A page whose only rule is that of the trap. */
const buttonPack = (gesture: object, confirm: object) =>
  smallPack({
    actions: [
      {
        id: 'file',
        action: 'assistFiling',
        url: '^/nop-ho-so$',
        gesture,
        codes: [],
        confirm: [{ id: 'said', ...confirm }],
        within: 20_000,
      },
    ],
  });

describe('wizards', () => {
  it('trap 1: a label that stands on every step arms nothing but the last', async () => {
    const page = await open(igate, WIZARD, wizard('<button type="submit">Tiếp tục</button>'));
    await page.press('button');
    await page.show(FILED);
    expect(page.counted()).toEqual([]);
    const last = await open(
      igate,
      WIZARD,
      wizard('<button type="submit" form="captchaForm">Tiếp tục</button>'),
    );
    await last.press('button');
    await last.show(FILED);
    expect(last.counted()).toMatchObject([{ action: 'assistFiling' }]);
  });

  it('trap 2: the step called "Nộp hồ sơ" is the result; shown without a gesture it counts nothing', async () => {
    const page = await open(igate, WIZARD, `${step('Nộp hồ sơ', true)}<mat-step-content></mat-step-content>`);
    await page.show('<p>Nộp hồ sơ thành công</p>', 'mat-step-content');
    await page.show(FILED);
    expect(page.counted()).toEqual([]);
  });

  it('trap 3: an id made of the label changes with it: unknown words arm nothing', async () => {
    const pack = buttonPack(
      { css: "button[id^='kt_']", label: ['Gửi hồ sơ'] },
      { css: 'main', text: '^da gui ho so' },
    );
    for (const label of ['Gửi hồ sơ nháp', 'Bước tiếp theo cho bản thân', 'Xem trước khi gửi hồ sơ']) {
      const page = await open(pack, '/nop-ho-so', `<button id="kt_x">${label}</button>`);
      await page.press('button');
      await page.show('<main>Đã gửi hồ sơ</main>');
      expect(page.counted(), label).toEqual([]);
    }
  });

  it('trap 4: what single-page apps keep hidden is neither pressed, read nor heard', async () => {
    const hidden = `<div style="display:none">${listPage(row(OTHER))}</div>`;
    const page = await open(igate, '/vi/dossier/search', `${listPage(row(CODE))}${hidden}`);
    expect(page.dossiers().map(({ code }) => code)).toEqual([CODE]);
    const last = await open(
      igate,
      WIZARD,
      wizard('<button type="submit" form="captchaForm">Tiếp tục</button>'),
    );
    await last.press('button');
    await last.show(`<div style="display:none">${FILED}</div>`);
    expect(last.counted()).toEqual([]);
  });

  it('trap 5: a success without "thành công" counts, a "không thành công" does not', async () => {
    const pack = buttonPack(
      { css: '#next', label: ['Hoàn thành'] },
      { css: 'main p', text: '^vui long ghi nho cac thong tin ben duoi' },
    );
    const html = '<main><button id="next">Hoàn thành</button></main>';
    const good = await open(pack, '/nop-ho-so', html);
    await good.press('#next');
    await good.show('<p>Vui lòng ghi nhớ các thông tin bên dưới</p>', 'main');
    expect(good.counted()).toHaveLength(1);
    const bad = await open(pack, '/nop-ho-so', html);
    await bad.press('#next');
    await bad.show('<p>Gửi hồ sơ không thành công. Vui lòng ghi nhớ mã lỗi.</p>', 'main');
    expect(bad.counted()).toEqual([]);
  });

  it('trap 6: a click whose confirm() was cancelled counts nothing', async () => {
    const pack = buttonPack({ css: 'input[type=submit]', label: ['Lưu'] }, { route: '^/xong$' });
    const page = await open(pack, '/nop-ho-so', '<form><input type="submit" value="Lưu"></form>');
    await page.press('input');
    await page.show('<p>Vẫn ở trang cũ</p>');
    expect(page.counted()).toEqual([]);
  });

  it('trap 7: an input of type submit has its label in its value', async () => {
    const pack = buttonPack(
      { css: 'input[type=submit]', label: ['Nộp hồ sơ'] },
      { css: 'main', text: '^da nhan$' },
    );
    const page = await open(
      pack,
      '/nop-ho-so',
      '<form onsubmit="return false"><input type="submit" value="Nộp hồ sơ"></form>',
    );
    await page.press('input');
    await page.show('<main>Đã nhận</main>');
    expect(page.counted()).toHaveLength(1);
  });

  it('trap 19: a success page shown again by reload or back counts nothing', async () => {
    const past: ArmedAction = {
      rule: 'apply-online',
      action: 'assistFiling',
      codes: [],
      selected: null,
      at: Date.now() - 31_000,
      within: 30_000,
    };
    const page = await open(igate, WIZARD, `${step('Nộp hồ sơ', true)}${FILED}`, past);
    await page.show(FILED);
    expect(page.counted()).toEqual([]);
    const fresh = await open(igate, WIZARD, `${step('Nộp hồ sơ', true)}${FILED}`, {
      ...past,
      at: Date.now() - 1_000,
    });
    await fresh.settled();
    expect(fresh.counted()).toHaveLength(1);
    await fresh.show(FILED);
    expect(fresh.counted()).toHaveLength(1);
  });
});

describe('lists and batches', () => {
  it('trap 8: one toast stands for N dossiers, not for all that were ticked', async () => {
    const rows = [CODE, OTHER, 'H99.51-260921-0003'].map((code) =>
      tdRow(code, ['Trạng thái hồ sơ : Mới đăng ký']),
    );
    const page = await open(
      td,
      '/dvc/tiep-nhan-ho-so/cho-tiep-nhan-truc-tuyen',
      tdPage(rows.join(''), '<button class="ant-btn">Tiếp nhận</button>'),
    );
    await page.press('button.ant-btn');
    await page.show(toast('tiếp nhận thành công 2 hồ sơ'), '.toasts');
    expect(page.counted()).toMatchObject([{ action: 'receive', count: 2 }]);
  });

  it("trap 9: the list mixes other people's documents: only rows with this person's role are read", async () => {
    const paper = (id: number, role: string) =>
      `<tr id="vb_${id}" flyid="${id}" so_ky_hieu="1/X" role_type_code="${role}"><td>x</td><td class="vanbanden_hienthi_han_xuly"></td></tr>`;
    const html = `<div id="div_data_list"><table id="dt_basic"><tbody>${paper(1, 'XLC')}${paper(2, '')}${paper(3, 'XDB')}</tbody></table></div>`;
    const page = await open(ioffice, '/qlvbdh/main', html);
    expect(page.documents().map(({ id, role }) => `${id} ${role}`)).toEqual([
      expect.stringMatching(/^\D*1 XLC$/),
    ]);
  });

  it('trap 10: where header and body do not line up nothing is taken by its place', async () => {
    const head = '<th>Mã hồ sơ</th><th>Ngày hẹn trả</th><th>Trạng thái</th>';
    const cells = '<td></td><td>25/09/2026</td><td>20/09/2026</td><td>x</td><td>Đang xử lý</td>';
    const page = await open(
      igate,
      '/vi/dossier/search',
      listPage(`<tr><td class="mat-column-code">${CODE}</td>${cells}</tr>`, head),
    );
    expect(page.dossiers().map(({ facts }) => facts)).toEqual(page.dossiers().map(() => ({})));
  });

  it('trap 11: several facts in one cell are read by their own lines', async () => {
    const lines = [
      'Trạng thái hồ sơ : Đang xử lý',
      'Tiếp nhận trực tuyến: 21/09/2026 08:10, hẹn trả: 25/09/2026 17:00',
    ];
    const page = await open(td, '/dvc/tiep-nhan-ho-so/moi-tiep-nhan', tdPage(tdRow(CODE, lines)));
    expect(page.dossiers()).toMatchObject([
      { code: CODE, facts: { received: '2026-09-21T08:10', due: '2026-09-25T17:00', channel: 'online' } },
    ]);
  });

  it('trap 12: a button that is only an icon is known by its title', async () => {
    const pack = buttonPack(
      { css: 'span[title], button', label: ['Tiếp nhận'] },
      { css: 'main', text: '^da nhan$' },
    );
    const page = await open(
      pack,
      '/nop-ho-so',
      '<span title="Tiếp nhận"><svg></svg></span><span id="v" title="Xem chi tiết"></span>',
    );
    await page.press('#v');
    await page.press('span[title="Tiếp nhận"]');
    await page.show('<main>Đã nhận</main>');
    expect(page.counted()).toHaveLength(1);
  });

  it('trap 13: "Trả hồ sơ" gives a defective file back and is no returned result', async () => {
    const dialog = (title: string) =>
      `<mat-dialog-container><h3 class="dialog-title" mat-dialog-title>${title} ${CODE}</h3><button class="btn-save" type="submit">Đồng ý</button></mat-dialog-container>`;
    const snack = (text: string) =>
      `<snack-bar-container class="success_notification">${text}</snack-bar-container>`;
    const page = await open(igate, '/vi/dossier/processing', dialog('Trả hồ sơ'));
    await page.press('.btn-save');
    await page.show(snack(`Trả hồ sơ ${CODE} thành công`));
    expect(page.counted()).toEqual([]);
    const good = await open(igate, '/vi/dossier/processing', dialog('Trả kết quả'));
    await good.press('.btn-save');
    await good.show(snack(`Trả kết quả ${CODE} thành công`));
    expect(good.counted()).toMatchObject([{ action: 'return', codes: [CODE] }]);
  });

  it("trap 18: the totals of a statistics page are neither rows nor anybody's work", async () => {
    const html = `<main><h3>Từ ngày 01/09/2026 đến ngày 30/09/2026</h3><table><thead><tr><th>Đơn vị</th><th>Tổng số</th></tr></thead>
      <tbody><tr><td>UBND phường Mẫu</td><td>118</td></tr></tbody></table><button class="ant-btn">Tiếp nhận</button></main><div class="toasts"></div>`;
    const page = await open(td, '/dvc/thong-ke/tong-hop', html);
    await page.press('button');
    await page.show(toast('tiếp nhận thành công 118 hồ sơ'), '.toasts');
    expect(page.dossiers()).toEqual([]);
    expect(page.counted()).toEqual([]);
  });

  it('trap 21: a public look-up looks like a list and is no work', async () => {
    const html = `<table class="ant-table"><thead><tr><th>STT</th><th>Mã hồ sơ</th><th>Tên thủ tục</th><th>Chủ hồ sơ</th><th>Tình trạng</th><th>Ngày tiếp nhận</th><th>Ngày hẹn trả</th><th>Chi tiết</th></tr></thead>
      <tbody><tr class="ant-table-row" data-row-key="1"><td>1</td><td>${CODE}</td><td>x</td><td>y</td><td>Đang xử lý</td><td>21/09/2026</td><td>25/09/2026</td><td><button class="ant-btn">Tiếp nhận</button></td></tr></tbody></table><div class="toasts"></div>`;
    const page = await open(td, '/portaldvc/tra-cuu-ho-so', html);
    await page.press('button');
    await page.show(toast('tiếp nhận thành công 1 hồ sơ'), '.toasts');
    expect(page.counted()).toEqual([]);
    for (const message of page.dossiers()) expect(message.code).toBe(CODE);
  });

  it('trap 22: drafts and test dossiers carry no dossier code and are not read', async () => {
    const drafts = ['NHAP-260921-0001', 'TEST-0001', 'H99.51-260231-0001', '12345'].map((code) => row(code));
    const page = await open(
      igate,
      '/vi/dossier/search',
      listPage([row(CODE), row(OTHER), ...drafts].join('')),
    );
    expect(
      page
        .dossiers()
        .map(({ code }) => code)
        .filter((code) => code !== CODE && code !== OTHER),
    ).toEqual([]);
    expect(page.health()).toContain('broken');
  });
});

describe('log-in and payment', () => {
  it('trap 23: on log-in, SSO and payment pages nothing is read, shown or armed', async () => {
    for (const place of [
      '/vi/dossier/login',
      '/vi/dossier/payment/search',
      '/auth/realms/digo/dossier/search',
    ]) {
      const page = await open(
        { ...igate, pages: igate.pages.map((one) => (one.id === 'list' ? { ...one, url: '^/.*$' } : one)) },
        place,
        listPage(row(CODE)),
      );
      expect(page.dossiers(), place).toEqual([]);
      expect(page.window.document.querySelector('nmc-badge')?.checkVisibility() ?? false, place).toBe(false);
    }
  });

  it('trap 24: a payment address carries the code in its query: no query ever leaves the page', async () => {
    const query = '?desc=Thanh+toan+000.00.12.H62-201105-0004&owner=Tran+Thi+Mau';
    const page = await open(igate, `/vi/dossier/search${query}`, listPage(row(CODE)));
    expect(page.dossiers()).toHaveLength(1);
    expect(page.told()).not.toMatch(/H62-201105|Tran|desc=/);
    const wide = {
      ...igate,
      actions: [],
      pages: [{ ...igate.pages[0]!, url: '^/vi/dossier/search.*H62.*$' }],
    };
    const other = await open(wide, `/vi/dossier/search${query}`, listPage(row(CODE)));
    expect(other.dossiers()).toEqual([]);
  });
});
