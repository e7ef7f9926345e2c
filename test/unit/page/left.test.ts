/**
 * A page whose only success is that it is replaced while it says that it is sending (eGov of Đà Nẵng: native alert and
 * confirm, a busy dialog, a full page load), and everything that looks like that and is none.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { beginWorld, type Room, room, world } from './arming-room.ts';

const DESK = '/group/guest/danh-sach-ho-so-mot-cua';
const CODES = ['H99.01-260921-0001', 'H99.01-260921-0002'];
const button = (label: string) => `<input type="button" class="egov-button" value="${label}">`;
const detailHtml = `<div class="egov-container"><p>Mã số biên nhận: ${CODES[0]}</p>
  ${['Tiếp nhận', 'Thu tiền', 'Rút hồ sơ', 'Quay lại'].map(button).join('')}</div>`;
const listHtml = `<div class="egov-container">${button('Chuyển hồ sơ')}<table class="egov-table result-grid hoso-grid">
  <thead><tr><th>STT</th><th>Mã số biên nhận</th><th>Ngày hẹn trả</th><th></th></tr></thead><tbody>${CODES.map(
    (code, at) =>
      `<tr><td>${at + 1}</td><td><a>${code}</a></td><td>30/09/2026</td><td><input type="checkbox" checked></td></tr>`,
  ).join('')}</tbody></table></div>`;

const detail = () => room('danang-egov', DESK, detailHtml);
const list = () => room('danang-egov', DESK, listHtml);
const pressed = (page: Room, label: string) => page.press(`[value="${label}"]`);
function busy(page: Room, text: string): () => void {
  const { document } = page.window;
  const dialog = document.createElement('div');
  dialog.className = 'ui-dialog';
  dialog.textContent = text;
  document.body.append(dialog);
  page.arming.added([dialog]);
  return () => dialog.remove();
}
/** The page goes; what it left is taken up by the next one. */
function follow(page: Room, next: Room): Room {
  page.arming.leave();
  for (const one of page.left) next.arming.resume({ ...one, isSent: true });
  return next;
}

beforeEach(beginWorld);

describe('left while it said that it was sending', () => {
  it('counts once, when the list follows', async () => {
    const page = detail();
    await pressed(page, 'Tiếp nhận');
    busy(page, 'Đang tiếp nhận hồ sơ ...');
    expect(page.confirmed, 'being under way proves nothing yet').toEqual([]);
    const next = follow(page, list());
    expect(next.confirmed).toMatchObject([{ armed: { action: 'receive', codes: [] }, count: null }]);
    next.arming.poll();
    expect(next.confirmed).toHaveLength(1);
  });

  it('names the ticked dossiers of a batch', async () => {
    const page = list();
    await pressed(page, 'Chuyển hồ sơ');
    busy(page, 'Đang chuyển hồ sơ ...');
    expect(follow(page, list()).confirmed).toMatchObject([{ armed: { action: 'forward', codes: CODES } }]);
  });

  it('a fee counts when the dossier is loaded anew and no longer offers it', async () => {
    const page = detail();
    await pressed(page, 'Thu tiền');
    busy(page, 'Đang thu tiền ...');
    world.loadedBy = 'reload';
    const paid = room('danang-egov', DESK, detailHtml.replace(button('Thu tiền'), ''));
    expect(follow(page, paid).confirmed).toMatchObject([{ armed: { action: 'collectFee' } }]);
    expect(follow(page, detail()).confirmed, 'still offered').toEqual([]);
  });
});

describe('counts nothing', () => {
  it('where the native question was answered with no: nothing was under way', async () => {
    const page = detail();
    await pressed(page, 'Tiếp nhận');
    expect(follow(page, list()).confirmed).toEqual([]);
    expect(page.left).toEqual([]);
  });

  it('where the busy dialog went away first: refused, and told so', async () => {
    const page = detail();
    await pressed(page, 'Tiếp nhận');
    const gone = busy(page, 'Đang tiếp nhận hồ sơ ...');
    gone();
    page.arming.poll();
    expect(page.disarmed).toEqual(['receive']);
    expect(follow(page, list()).confirmed).toEqual([]);
  });

  it('where it went away in the very moment of leaving', async () => {
    const page = detail();
    await pressed(page, 'Tiếp nhận');
    busy(page, 'Đang tiếp nhận hồ sơ ...')();
    expect(follow(page, list()).confirmed).toEqual([]);
  });

  it.each(['reload', 'back_forward', 'prerender', ''])(
    'where the next page came by %j: the person, not the page',
    async (loadedBy) => {
      const page = detail();
      await pressed(page, 'Tiếp nhận');
      busy(page, 'Đang tiếp nhận hồ sơ ...');
      world.loadedBy = loadedBy;
      expect(follow(page, list()).confirmed).toEqual([]);
    },
  );

  it('where something else follows, also when the list comes later', async () => {
    const page = detail();
    await pressed(page, 'Tiếp nhận');
    busy(page, 'Đang tiếp nhận hồ sơ ...');
    const other = follow(page, detail());
    other.window.document.body.innerHTML = listHtml;
    other.arming.poll();
    expect(other.confirmed).toEqual([]);
  });

  it('where the words are of another call, or stood there before', async () => {
    const page = detail();
    busy(page, 'Đang tiếp nhận hồ sơ ...');
    await pressed(page, 'Tiếp nhận');
    busy(page, 'Đang rút hồ sơ ...');
    expect(follow(page, list()).confirmed).toEqual([]);
  });

  it('where something else was pressed meanwhile: it may be the person who left', async () => {
    const page = detail();
    await pressed(page, 'Tiếp nhận');
    busy(page, 'Đang tiếp nhận hồ sơ ...');
    await pressed(page, 'Quay lại');
    expect(follow(page, list()).confirmed).toEqual([]);
  });

  it('where the gesture was made on the page before', async () => {
    const first = detail();
    await pressed(first, 'Tiếp nhận');
    const page = detail();
    page.arming.resume(first.armed[0]!);
    busy(page, 'Đang tiếp nhận hồ sơ ...');
    expect(follow(page, list()).confirmed).toEqual([]);
  });

  it('where the next page came after the window', async () => {
    const page = detail();
    await pressed(page, 'Tiếp nhận');
    busy(page, 'Đang tiếp nhận hồ sơ ...');
    page.arming.leave();
    world.time += 61_000;
    const next = list();
    next.arming.resume({ ...page.left[0]!, isSent: true });
    expect(next.confirmed).toEqual([]);
  });
});
