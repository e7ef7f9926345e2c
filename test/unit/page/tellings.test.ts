/** What a page tells besides dossiers: the portal's figures under their own period, reports to send, a table nobody knows. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import { startEngine } from '../../../lib/page/engine.ts';
import { readerLink } from '../../../lib/page/link.ts';
import { startReader } from '../../../lib/page/reader.ts';
import { type TestWindow, windowOf } from '../adapters/dom.ts';
import { type FakeWorker, fakeWorker, stored, until } from './harness.ts';

const packOf = (id: string) => BUNDLED_PACKS.find((one) => one.id === id)!;
const UNITS = 'http://127.0.0.1/dvc/thong-ke/bao-cao-tong-hop-don-vi';

let reader: { readonly stop: () => void } | null = null;
let window: TestWindow;

function start(pack: unknown, html: string, url: string): FakeWorker {
  window = windowOf(html, url);
  vi.stubGlobal('document', window.document);
  const worker = fakeWorker((message) => {
    if (message.type === 'page-worker/hello')
      return { pack, system: 's', state: 'recording', armed: null, language: 'vi', slot: 'slot' };
    if (message.type === 'page-worker/load-engine') {
      readerLink(window)?.attach(startEngine);
      return { ok: true };
    }
    if (message.type === 'panel-worker/summary') return { counts: {} };
    return stored();
  });
  reader = startReader({
    ...worker,
    isAlive: worker.isAlive,
    window,
    now: Date.now,
    isTrusted: () => true,
    isTest: true,
  });
  return worker;
}

afterEach(() => {
  reader?.stop();
  reader = null;
  vi.unstubAllGlobals();
});

const td = (...texts: readonly unknown[]) => texts.map((text) => `<td>${text}</td>`).join('');
const HEAD = `<tr><td rowspan="2">STT</td><td rowspan="2">Đơn vị</td><td colspan="3">Tiếp nhận</td><td colspan="3">Đã xử lý</td><td colspan="2">Đang xử lý</td></tr>
  <tr>${td('Tổng số', 'Kỳ trước', 'Trong kỳ', 'Trước hạn', 'Đúng hạn', 'Quá hạn', 'Trong hạn', 'Quá hạn')}</tr>`;
const unit = (received: number) =>
  `<tr>${td(1, 'UBND xã Mẫu', received + 5, 5, received, 1, 1, 1, 1, 1)}</tr>`;
const statistics = (
  rows: string,
) => `<main><input id="tuNgay" value="01/09/2026"><input id="denNgay" value="15/09/2026">
  <div class="filter"></div><button class="go">Thống kê</button><div id="ContainerSwapper"><table><thead>${HEAD}</thead><tbody>${rows}</tbody></table></div></main>`;
/** The page answers to something: a node comes and goes, so that it is looked at again. */
const nudge = () => {
  const node = window.document.createElement('i');
  window.document.body.append(node);
  node.remove();
};
let asked = 0;
/** Everything on the page so far was looked at and told. */
const quiet = async () => {
  const { dataset } = window.document.documentElement;
  asked += 1;
  dataset.nmcAsk = String(asked);
  await until(() => dataset.nmcQuiet === dataset.nmcAsk);
};
const totalsOf = (worker: FakeWorker) => worker.of('page-worker/totals').flatMap(({ totals }) => totals);
/** Waits until the page was looked at once more: a mark row is told, which proves that a later look was made. */
const lookedAgain = async (worker: FakeWorker, received: number) => {
  const before = totalsOf(worker).length;
  window.document.querySelector('tbody')!.innerHTML = unit(received);
  await until(() => totalsOf(worker).length > before);
};

describe('statistics', () => {
  it('tells figures once with their period and unit, and again when they changed', async () => {
    const worker = start(packOf('td-antd'), statistics(unit(100)), UNITS);
    await until(() => totalsOf(worker).length === 1);
    expect(worker.of('page-worker/totals')[0]).toMatchObject({
      context: { page: 'totals-by-unit' },
      totals: [
        {
          rule: 'by-unit',
          unit: 'UBND xã Mẫu',
          from: '2026-09-01',
          to: '2026-09-15',
          figures: { received: 100 },
        },
      ],
    });
    nudge();
    await lookedAgain(worker, 101);
    expect(totalsOf(worker).map(({ figures }) => figures.received)).toEqual([100, 101]);
    expect(worker.of('page-worker/rows')).toEqual([]);
  });

  it('never puts figures under dates chosen after they came', async () => {
    const worker = start(packOf('td-antd'), statistics(unit(100)), UNITS);
    await until(() => totalsOf(worker).length === 1);
    window.document.querySelector<HTMLInputElement>('#denNgay')!.value = '30/09/2026';
    window.document.querySelector<HTMLElement>('.go')!.click();
    nudge();
    await lookedAgain(worker, 250);
    expect(totalsOf(worker).map(({ to, figures }) => [to, figures.received])).toEqual([
      ['2026-09-15', 100],
      ['2026-09-30', 250],
    ]);
  });

  it('a filter that is cleared does not make the figures whole before they come anew', async () => {
    const filter = '<span class="ant-select-selection-item" title="Trực tuyến">Trực tuyến</span>';
    const worker = start(
      packOf('td-antd'),
      statistics(unit(40)).replace('<div class="filter">', `<div class="filter">${filter}`),
      UNITS,
    );
    await until(() => worker.of('panel-worker/summary').length === 1);
    await until(() => worker.of('page-worker/load-engine').length === 1);
    await quiet();
    window.document.querySelector('.filter')!.innerHTML = '';
    await quiet();
    expect(totalsOf(worker)).toEqual([]);
    await lookedAgain(worker, 100);
    expect(totalsOf(worker).map(({ figures }) => figures.received)).toEqual([100]);
  });

  it('another order or page of the same table is no new table', async () => {
    const other = (name: string, received: number) => unit(received).replace('UBND xã Mẫu', name);
    const worker = start(packOf('td-antd'), statistics(unit(100) + other('Sở Mẫu', 7)), UNITS);
    await until(() => totalsOf(worker).length === 2);
    window.document.querySelector<HTMLInputElement>('#denNgay')!.value = '30/09/2026';
    nudge();
    await quiet();
    const body = window.document.querySelector('tbody')!;
    body.innerHTML = other('Sở Mẫu', 7) + unit(100);
    await quiet();
    body.innerHTML = other('Phường Mẫu', 9);
    await quiet();
    expect(totalsOf(worker)).toHaveLength(2);
    await lookedAgain(worker, 250);
    expect(totalsOf(worker).slice(2)).toMatchObject([{ to: '2026-09-30', figures: { received: 250 } }]);
  });

  it('dates that come into sight do not become the period of figures that stood there before', async () => {
    const worker = start(
      packOf('td-antd'),
      statistics(unit(40)).replace(/<input/g, '<input style="display:none"'),
      UNITS,
    );
    await until(() => worker.of('page-worker/load-engine').length === 1);
    await quiet();
    for (const input of window.document.querySelectorAll('input')) input.removeAttribute('style');
    nudge();
    await quiet();
    expect(totalsOf(worker)).toEqual([]);
    await lookedAgain(worker, 100);
    expect(totalsOf(worker).map(({ figures }) => figures.received)).toEqual([100]);
  });

  it('a period that cannot be read is broken and tells nothing', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const worker = start(packOf('td-antd'), statistics(unit(100)).replace('01/09/2026', 'tháng 9'), UNITS);
    await until(() => worker.of('page-worker/load-engine').length === 1);
    await quiet();
    expect(worker.of('page-worker/health')).toEqual([]);
    vi.setSystemTime(Date.now() + 16_000);
    nudge();
    await until(() => worker.of('page-worker/health').length === 1);
    vi.useRealTimers();
    expect(worker.of('page-worker/health')[0]).toMatchObject({ health: 'broken' });
    expect(totalsOf(worker)).toEqual([]);
  });
});

describe('a list with a menu beside it', () => {
  const CODE = 'H99.51-260921-0001';
  const menus = {
    id: 'menus',
    url: '^/(?:[a-z]{2}/)?dossier/search/?$',
    kind: 'statistics',
    yields: 'dossier',
    rank: 2,
    signals: [{ exists: '#menu' }],
    fields: {},
    totals: [
      {
        id: 'badges',
        within: '#menu',
        period: 'today',
        figures: { documentsWaiting: [{ css: '.den', regex: '\\((\\d[\\d.,]*)\\)$' }] },
      },
    ],
  };
  const pack = () => ({ ...packOf('igate2'), pages: [menus, ...packOf('igate2').pages] });
  const page = (menu: string) =>
    `<app-root><div id="menu">${menu}</div><app-list-search><table class="searchtbl"><thead><tr><th class="mat-column-code">Mã hồ sơ</th><th>Ngày hẹn trả</th><th>Trạng thái</th><th></th></tr></thead>
     <tbody><tr><td class="mat-column-code">${CODE}</td><td>25/09/2026</td><td>Đang xử lý</td><td><button class="menuAction">Tiếp nhận</button></td></tr></tbody></table></app-list-search></app-root>`;
  const url = 'http://127.0.0.1/vi/dossier/search';

  it('both are told, each with its own page', async () => {
    const worker = start(pack(), page('<a class="den">VB đến chờ xử lý (1.012)</a>'), url);
    await until(() => totalsOf(worker).length === 1 && worker.of('page-worker/rows').length === 1);
    expect(totalsOf(worker)[0]).toMatchObject({
      rule: 'badges',
      unit: null,
      figures: { documentsWaiting: 1012 },
    });
    expect(worker.of('page-worker/rows')[0]).toMatchObject({
      context: { page: 'list' },
      dossiers: [{ code: CODE }],
    });
  });

  it('a menu that cannot be read does not stop what is done in the list', async () => {
    const worker = start(pack(), page('<a class="khac">VB đến (12)</a>'), url);
    await until(() => worker.of('page-worker/health').length === 1);
    expect(worker.of('page-worker/health')[0]).toMatchObject({
      context: { page: 'menus' },
      health: 'broken',
    });
    const button = window.document.querySelector<HTMLElement>('.menuAction')!;
    button.dispatchEvent(new window.Event('pointerdown', { bubbles: true, composed: true }));
    button.click();
    await until(() => worker.of('page-worker/arm').length === 1);
    expect(worker.of('page-worker/arm')[0]).toMatchObject({
      armed: { codes: [CODE] },
      context: { page: 'list' },
    });
  });

  it('no badge is no zero, and no fault', async () => {
    const worker = start(pack(), page('<a class="den">VB đến chờ xử lý</a>'), url);
    await until(() => worker.of('page-worker/rows').length === 1);
    expect([totalsOf(worker), worker.of('page-worker/health')]).toEqual([[], []]);
  });
});

describe('other tellings', () => {
  it('a list of reports is told whole, and again when a state changed', async () => {
    const line = (state: string) =>
      `<tr>${td(1, '1702.SL001', 'Báo cáo mẫu', '16/09/2026 17:00', state)}</tr>`;
    const html = `<main><table class="report-list"><thead><tr><th>STT</th><th>Mã báo cáo</th><th>Tên báo cáo</th><th>Hạn gửi</th><th>Trạng thái</th></tr></thead><tbody>${line('Chưa báo cáo')}</tbody></table></main>`;
    const worker = start(packOf('reporting-system'), html, 'http://127.0.0.1/bao-cao/danh-sach');
    await until(() => worker.of('page-worker/reports').length === 1);
    window.document.querySelector('tbody')!.innerHTML = line('Đã gửi');
    await until(() => worker.of('page-worker/reports').length === 2);
    expect(worker.of('page-worker/reports').map(({ reports }) => reports[0]?.state)).toEqual([
      'notStarted',
      'sent',
    ]);
  });

  it('a table that looks like a list of dossiers is named by its headers; no row, no code, no name leaves', async () => {
    const row = (n: number) => `<tr>${td(n, `H99.51-260921-000${n}`, 'Trần Thị Mẫu', '25/09/2026')}</tr>`;
    const html = `<main><table><thead><tr><th>STT</th><th>Mã hồ sơ</th><th>Thủ tục</th><th>Ngày hẹn trả</th></tr></thead><tbody>${row(1)}${row(2)}</tbody></table></main>`;
    const worker = start(packOf('generic-table'), html, 'http://127.0.0.1/app/ds');
    await until(() => worker.of('page-worker/suggest').length === 1);
    expect(worker.of('page-worker/suggest')[0]).toMatchObject({
      headers: ['STT', 'Mã hồ sơ', 'Thủ tục', 'Ngày hẹn trả'],
      hits: ['code', 'procedure', 'due'],
    });
    expect(JSON.stringify(worker.sent)).not.toMatch(/Mẫu|H99/);
    expect(worker.of('page-worker/rows')).toEqual([]);
    const badge = window.document
      .querySelector('nmc-badge')
      ?.shadowRoot?.querySelector<HTMLElement>('.button');
    expect(badge?.dataset.state).toBe('unverified');
  });
});
