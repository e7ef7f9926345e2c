// @vitest-environment happy-dom
/** The view of ratings: what is released and waits, low answers and reasons first, rates with their halves, flags in words. */
import { afterEach, describe, expect, it } from 'vitest';
import { done, failed, failureOf } from '../../../lib/dashboard/talk.ts';
import type { FeedbackFigures } from '../../../lib/indicators/feedback.ts';
import { closePage, memoryPort, onPage, openPage, type Page } from './feedback-page.tsx';
import { cell, RATINGS } from './feedback-sample.ts';

const HASH = '#/danh-gia';
let page: Page;
const { find, all, text, value, click, choose, until } = onPage(() => page);
afterEach(() => closePage(page));

const opened = async (how: Parameters<typeof openPage>[1] = {}) => {
  page = await openPage(HASH, how);
  await until(() => find('[data-feedback-of]'));
};
const withRatings = (change: Partial<FeedbackFigures>) =>
  memoryPort([], { read: async () => done({ ...RATINGS, ...change }) });

describe('what is shown', () => {
  it('says how many are released, wait and stand apart, and why any wait', async () => {
    await opened();
    expect(value('feedback.released')).toBe('18');
    expect(text('[data-figure="feedback.waitingAtLeast"]')).toBe('ít nhất 10');
    expect(value('feedback.flagged')).toBe('6');
    const why = text('.f-summary');
    for (const part of ['Ít nhất năm lượt', 'ngày làm việc sau', 'khép lại mãi', '10/09/2026']) {
      expect(why).toContain(part);
    }
  });

  it('warns below thirty ratings that nobody may be judged by them, and not from thirty on', async () => {
    await opened();
    expect(text('[data-banner=small]')).toContain('18 lượt, ít hơn 30');
    closePage(page);
    await opened({ port: withRatings({ released: 30 }) });
    expect(all('[data-banner=small]')).toEqual([]);
    expect(text('.d-main')).toContain('không phải của một công chức');
  });

  it('leads with low counts where they are few, then shares; the levels and their grounds beside', async () => {
    await opened();
    const card = '[data-question="quick@2.quality"]';
    expect(text(`${card} .f-share`)).toMatch(/Trả lời thấp\s*3 trên 18 lượt trả lời\s*16,7/);
    expect(value('feedback.quick@2.quality.low')).toBe('3');
    expect(value('feedback.quick@2.quality.5')).toBe('8');
    expect(find(`${card} .f-bar`).getAttribute('aria-label')).toContain('Rất không hài lòng: 2');
    expect(text(`${card} .d-grounds`)).toContain('từ mức 2 trở xuống');
    expect(text(`${card} .d-grounds`)).toContain('3 nhóm, từ 07/09/2026 đến 09/09/2026');
    expect(text('[data-reason=slow]')).toContain('Chờ lâu, trả chậm');
    expect(value('feedback.reason.slow')).toBe('3');
    closePage(page);
    const many = cell({ n: 60, levels: { quality: [6, 0, 0, 4, 50] } });
    await opened({ port: withRatings({ released: 60, cells: [many] }) });
    expect(text(`${card} .f-share`)).toMatch(/Trả lời thấp\s*10,0\s%\s*6 trên 60/);
  });

  it('by source and by counter, without what is set apart', async () => {
    await opened();
    await click('input[name=feedback-source][value=phone]');
    expect(value('feedback.quick@2.quality.low')).toBe('0');
    expect(value('feedback.source.phone')).toBe('6');
    await choose('select[name=feedback-counter]', 'a|q1');
    expect(find('[data-empty=feedback-filter]')).toBeTruthy();
    await click('input[name=feedback-source][value=all]');
    expect(value('feedback.quick@2.quality.low')).toBe('3');
    expect(value('feedback.quick@2.quality.5')).toBe('5');
  });

  it('gives a rate with both halves and its days; unknown returns are never 0', async () => {
    await opened();
    expect(text('[data-row="a|q1"]')).toMatch(/12\/40 · 30,0\s%/);
    expect(text('[data-row="a|q1"] .f-days')).toContain('08/09/2026 – 09/09/2026');
    expect(text('[data-row="a|q2"]')).toContain('Chưa có số liệu trả kết quả');
    expect(value('feedback.rate.a|q2')).toBe('');
    expect(text('.d-main')).toContain('Đặt máy của công chức, viên chức vào quầy');
  });

  it('explains every flag with the threshold it passed, by counter and day', async () => {
    await opened();
    const more = text('[data-flag=moreThanReturns]');
    expect(more).toContain('vượt 100 % số lượt trả kết quả đã xác nhận cộng 2');
    expect(more).toContain('Quầy 1, Xã Đô Lương, 07/09/2026 – 09/09/2026');
    expect(more).toContain('08/09/2026: 11 lượt đánh giá, 4 lượt trả kết quả');
    expect(text('[data-flag=afterHours]')).toContain('T2–T6 07:00–17:00; T7 07:30–11:30');
    closePage(page);
    const group = { ...RATINGS.groups[1]!, flags: { newFlag: { n: 5, limits: {} } } };
    await opened({ port: withRatings({ groups: [group] }) });
    expect(text('[data-flag=newFlag]')).toContain('Cờ “newFlag”');
  });

  it('says why it is empty, and what failed', async () => {
    await opened({
      port: withRatings({ released: 0, cells: [], groups: [], rates: [], spans: [], comments: [] }),
    });
    expect(text('[data-empty=feedback]')).toContain('Đây không phải là số 0');
    click('[data-empty=feedback] button');
    expect(location.hash).toContain('#/thiet-bi-danh-gia');
    closePage(page);
    page = await openPage(HASH, {
      port: memoryPort([], { read: async () => failed(failureOf('broken', 'http-500')) }),
    });
    await until(() => expect(text('[data-banner=failure-broken]')).toContain('http-500'));
  });

  it('is asked for the unit and the period of the toolbar', async () => {
    await opened();
    expect(page.told.at(-1)).toBe('read 40 report:2026-M09');
    await page.controller.followHash();
    page.controller.go({ unit: 'a', period: 'calendar:2026-M08' });
    await page.controller.followHash();
    expect(page.told.at(-1)).toBe('read a calendar:2026-M08');
  });
});

describe('comments', () => {
  it('are erased after a question, by an administrator only; the safe answer is first', async () => {
    await opened();
    expect(text('[data-comment=abababababab]')).toContain('Chờ lâu quá, phải hỏi ba lần');
    expect(text('[data-comment=abababababab]')).toContain('Chất lượng phục vụ: Rất không hài lòng');
    expect(text('[data-comment=cdcdcdcdcdcd]')).toContain('đã được xoá');
    expect(all('[data-action=erase-comment]')).toHaveLength(1);
    click('[data-action=erase-comment]');
    expect(find('dialog footer button').getAttribute('data-action')).toBe('no');
    click('dialog [data-action=no]');
    expect(page.told).not.toContainEqual(expect.stringContaining('erase'));
    click('[data-action=erase-comment]');
    click('dialog [data-action=yes]');
    await until(() => expect(page.told).toContain(`erase "${'ab'.repeat(32)}"`));
    await until(() => find('[data-banner=commentErased]'));
  });

  it.each(['supervisor', 'auditor'])('a %s only reads them', async (role) => {
    await opened({ role });
    expect(all('[data-comment]')).toHaveLength(2);
    expect(all('[data-action=erase-comment]')).toEqual([]);
  });
});

describe('who sees it', () => {
  const nav = () => all('[data-nav]').map((link) => link.dataset.nav);

  it('not an official', async () => {
    page = await openPage(HASH, { role: 'official' });
    expect(nav()).not.toContain('feedback');
    expect(nav()).not.toContain('kiosks');
  });

  it('a unit without a hub, which says what it cannot know', async () => {
    const { hub: _, ...port } = memoryPort([]);
    await opened({ kind: 'unit', port });
    expect(nav()).toEqual(expect.arrayContaining(['feedback', 'kiosks']));
    expect(text('.d-main')).toContain('không có máy chủ');
    expect(all('[data-action=erase-comment]')).toEqual([]);
  });
});
