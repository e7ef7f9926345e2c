/** From a gesture to a counted action, and each reason not to count (host-pages, appendix B). */
import { beforeEach, describe, expect, it } from 'vitest';
import { beginWorld, type Room, room, world } from './arming-room.ts';

const CODES = ['H99.01-260921-0001', 'H99.01-260921-0002', 'H99.01-260921-0003'];
const RETURNING = '/dvc/tra-ket-qua/cho-tra-truc-tiep';
const RECEIVED = '/dvc/tiep-nhan-ho-so/moi-tiep-nhan';

const rowHtml = (code: string, at: number) =>
  `<tr class="ant-table-row" data-row-key="${at}"><td class="ant-table-selection-column"><input type="checkbox" id="c${at}"></td>
   <td><div role="button">${code}</div><div>- Trạng thái hồ sơ : Đã xử lý xong</div></td><td>x</td><td><span id="i${at}" title="Trả kết quả">→</span></td></tr>`;
const listHtml = `<main><div><button id="batch" class="ant-btn"><span>Chuyển xử lý</span></button></div>
  <div class="ant-table"><table><thead><tr><th></th><th>Thông tin hồ sơ</th><th>Chủ hồ sơ</th><th></th></tr></thead>
  <tbody>${CODES.map(rowHtml).join('')}</tbody></table></div></main><div class="toasts"></div>`;

const td = (place: string) => room('td-antd', place, listHtml);
const codesOf = (one: Room) => one.confirmed.map(({ armed }) => armed.codes);
const returnModal = (one: Room, at: number) =>
  one.modal(`TRẢ KẾT QUẢ HỒ SƠ: ${CODES[at]} (Trần Thị Mẫu)`, 'Trả kết quả');

beforeEach(beginWorld);

describe('counting', () => {
  it('a click in the dialog and its toast count once, with the code of the title', async () => {
    const page = td(RETURNING);
    returnModal(page, 1);
    await page.press('.go span');
    expect(page.armed).toMatchObject([
      { rule: 'return', action: 'return', codes: [CODES[1]], selected: null },
    ]);
    expect(page.confirmed).toEqual([]);
    page.toast('Đánh giá thành công!');
    expect(page.confirmed).toEqual([]);
    page.toast('Trả kết quả thành công');
    page.toast('Trả kết quả thành công');
    expect(page.confirmed).toMatchObject([{ confirm: 'toast', count: null, armed: { codes: [CODES[1]] } }]);
  });

  it('the keyboard counts as well', async () => {
    const page = td(RETURNING);
    returnModal(page, 0);
    await page.press('.go', 'key');
    page.toast('Trả kết quả thành công');
    expect(codesOf(page)).toEqual([[CODES[0]]]);
  });

  it('one toast stands for N ticked dossiers', async () => {
    const page = td(RECEIVED);
    for (const at of [0, 2]) page.window.document.querySelector<HTMLInputElement>(`#c${at}`)!.checked = true;
    await page.press('#batch span');
    page.toast('Chuyển xử lý thành công 2 hồ sơ');
    expect(page.confirmed).toMatchObject([{ count: 2, armed: { codes: [CODES[0], CODES[2]], selected: 2 } }]);
  });

  it('a partial success leaves out the code that the warning names, or all codes when that does not explain N', async () => {
    const ticked = async () => {
      const page = td(RECEIVED);
      for (const at of [0, 1, 2])
        page.window.document.querySelector<HTMLInputElement>(`#c${at}`)!.checked = true;
      await page.press('#batch');
      return page;
    };
    const named = await ticked();
    named.toast(`Hồ sơ ${CODES[1]}: chưa đủ điều kiện`, 'warning');
    named.toast('Chuyển xử lý thành công 2 hồ sơ');
    expect(named.confirmed).toMatchObject([{ count: 2, armed: { codes: [CODES[0], CODES[2]] } }]);
    const silent = await ticked();
    silent.toast('Chuyển xử lý thành công 2 hồ sơ');
    expect(silent.confirmed).toMatchObject([{ count: 2, armed: { codes: [] } }]);
  });

  it('words that appear without a new node are found by looking', async () => {
    const page = td(RETURNING);
    const toast = page.window.document.createElement('div');
    toast.className = 'Toastify__toast--success';
    page.window.document.body.append(toast);
    returnModal(page, 0);
    await page.press('.go');
    toast.textContent = 'Trả kết quả thành công';
    page.arming.poll();
    page.arming.poll();
    expect(page.confirmed).toHaveLength(1);
  });

  it('a full reload confirms on the next page, once', async () => {
    const first = td(RETURNING);
    returnModal(first, 0);
    await first.press('.go');
    const next = td(RETURNING);
    next.arming.resume(first.armed[0]!);
    next.toast('Trả kết quả thành công');
    next.toast('Trả kết quả thành công');
    expect(codesOf(next)).toEqual([[CODES[0]]]);
  });

  it('two dialogs in a row: each toast goes to its own dossier', async () => {
    const page = td(RETURNING);
    for (const at of [0, 1]) {
      const wrap = returnModal(page, at);
      await page.press('.go');
      wrap.remove();
      world.time += 1_000;
    }
    page.toast('Trả kết quả thành công');
    page.toast('Trả kết quả thành công');
    expect(codesOf(page)).toEqual([[CODES[0]], [CODES[1]]]);
  });
});

describe('not counting', () => {
  it('a press without a click is taken back', async () => {
    const page = td(RETURNING);
    returnModal(page, 0);
    await page.press('.go', 'slip');
    expect(page.disarmed).toEqual(['return']);
    page.toast('Trả kết quả thành công');
    expect(page.confirmed).toEqual([]);
  });

  it('a toast without a gesture, and one that stood there before it', async () => {
    const page = td(RETURNING);
    page.toast('Trả kết quả thành công');
    returnModal(page, 0);
    await page.press('.go');
    page.arming.poll();
    expect(page.confirmed).toEqual([]);
  });

  it('a double click is one', async () => {
    const page = td(RETURNING);
    returnModal(page, 0);
    await page.press('.go');
    page.toast('Trả kết quả thành công');
    world.time += 200;
    await page.press('.go');
    page.toast('Trả kết quả thành công');
    expect(page.confirmed).toHaveLength(1);
    world.time += 5_000;
    await page.press('.go');
    page.toast('Trả kết quả thành công');
    expect(page.confirmed).toHaveLength(2);
  });

  it('"Vui lòng chọn hồ sơ trước" and error toasts disarm', async () => {
    for (const [text, kind] of [
      ['Vui lòng chọn hồ sơ trước', 'info'],
      ['Có lỗi xảy ra', 'error'],
    ] as const) {
      const page = td(RECEIVED);
      await page.press('#batch');
      page.toast(text, kind);
      expect(page.disarmed).toEqual(['forward-batch']);
      page.toast('Chuyển xử lý thành công 1 hồ sơ');
      expect(page.confirmed).toEqual([]);
    }
  });

  it('a failed call leaves its dialog open: the next dialog’s toast is not its', async () => {
    const page = td(RETURNING);
    returnModal(page, 0);
    await page.press('.go');
    page.window.document.querySelector('.go')!.classList.add('old');
    returnModal(page, 1);
    world.time += 2_000;
    await page.press('.go:not(.old)');
    page.toast('Trả kết quả thành công');
    expect(codesOf(page)).toEqual([[CODES[1]]]);
    page.toast('Trả kết quả thành công');
    expect(page.confirmed).toHaveLength(1);
  });

  it('a dialog that is closed after a failed call, by its button or by Escape', async () => {
    for (const key of [false, true]) {
      const page = td(RETURNING);
      returnModal(page, 0);
      await page.press('.go');
      if (key) page.window.dispatchEvent(new page.window.KeyboardEvent('keydown', { key: 'Escape' }));
      else await page.press('.close');
      page.arming.handle(
        Object.assign(new page.window.KeyboardEvent('keydown', { key: 'Escape' }), {
          composedPath: () => [page.window.document.body],
        }) as Event,
      );
      expect(page.disarmed).toEqual(['return']);
      page.toast('Trả kết quả thành công');
      expect(page.confirmed).toEqual([]);
    }
  });

  it('after the window is over', async () => {
    const page = td(RETURNING);
    returnModal(page, 0);
    await page.press('.go');
    world.time += 20_001;
    page.toast('Trả kết quả thành công');
    expect(page.confirmed).toEqual([]);
  });

  it('says so when three gestures in a row found no answer, and not after a success', async () => {
    const page = td(RETURNING);
    returnModal(page, 0);
    const unheard = async () => {
      await page.press('.go');
      world.time += 20_001;
      page.arming.poll();
    };
    await unheard();
    await unheard();
    await page.press('.go');
    page.toast('Trả kết quả thành công');
    world.time += 20_001;
    await unheard();
    await unheard();
    expect(page.unanswered).toEqual([]);
    await unheard();
    expect(page.unanswered).toEqual(['return 3']);
  });

  it('while paused or broken, and a row that vanishes', async () => {
    world.mayCount = false;
    const page = td(RETURNING);
    returnModal(page, 0);
    await page.press('.go');
    expect(page.armed).toEqual([]);
    world.mayCount = true;
    await page.press('.go');
    page.window.document.querySelector('tbody tr')!.remove();
    page.arming.poll();
    expect(page.confirmed).toEqual([]);
  });
});

describe('rows that become done (iOffice)', () => {
  const row = (id: number, state: string) =>
    `<tr id="vb_${id}" role_type_code="XLC"><td><input type="checkbox" class="chk_vb" checked></td><td class="vanbanden_hienthi_han_xuly"></td><td><span class="hidetrangthaiXLCC">${state}</span></td><td><button class="btn">Kết thúc</button></td></tr>`;
  const list = (...rows: string[]) =>
    `<button class="btn-warning">Kết thúc hàng loạt</button><table id="dt_basic"><tbody>${rows.join('')}</tbody></table>`;
  const place = '/qlvbdh/main';

  it('counts those that the reloaded page shows as done, and only those', async () => {
    const page = room(
      'ioffice-dwr',
      place,
      list(row(1, 'Chờ xử lý'), row(2, 'Chờ xử lý'), row(3, 'Chờ xử lý')),
    );
    await page.press('.btn-warning');
    expect(page.armed).toMatchObject([{ codes: ['vb_1', 'vb_2', 'vb_3'], selected: 3 }]);
    const next = room(
      'ioffice-dwr',
      place,
      list(row(1, 'Đã xử lý'), row(2, 'Đã xử lý'), row(3, 'Chờ xử lý')),
    );
    next.arming.resume(page.armed[0]!);
    next.arming.poll();
    next.arming.poll();
    expect(next.confirmed).toMatchObject([
      { confirm: 'row-done', count: 2, armed: { codes: ['vb_1', 'vb_2'] } },
    ]);
  });

  it('a cancelled confirm() and a reload count nothing, nor does a row that is gone', async () => {
    const page = room('ioffice-dwr', place, list(row(1, 'Chờ xử lý')));
    await page.press('.btn');
    for (const html of [list(row(1, 'Chờ xử lý')), list(row(9, 'Đã xử lý'))]) {
      const next = room('ioffice-dwr', place, html);
      next.arming.resume(page.armed[0]!);
      next.arming.poll();
      expect(next.confirmed).toEqual([]);
    }
  });
});
