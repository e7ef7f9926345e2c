/** The reader of a whole document: hello, rows, retries, pause, routes, orphans, and what must never leave the page. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { HelloAnswer } from '../../../lib/extension/page-messages.ts';
import { startEngine } from '../../../lib/page/engine.ts';
import { readerLink } from '../../../lib/page/link.ts';
import { kindOf, placeOf } from '../../../lib/page/place.ts';
import { startReader } from '../../../lib/page/reader.ts';
import { type TestWindow, windowOf } from '../adapters/dom.ts';
import { type FakeWorker, fakeWorker, type Sent, stored, until } from './harness.ts';
import { listHtml, rowHtml } from './lists.ts';

const URL_OF_LIST = 'http://127.0.0.1/vi/dossier/search?applicant=Tran%20Thi%20Mau&identity=001099000001';
const CODE = 'H99.51-260921-0001';
const igate2 = BUNDLED_PACKS.find(({ id }) => id === 'igate2')!;

let reader: { readonly stop: () => void } | null = null;
let window: TestWindow;
let hello: Partial<HelloAnswer>;
let failures = 0;

function start(
  html: string,
  url = URL_OF_LIST,
  answer: (message: Sent) => unknown = () => undefined,
): FakeWorker {
  window = windowOf(html, url);
  vi.stubGlobal('document', window.document);
  const worker = fakeWorker((message) => {
    const own = answer(message);
    if (own !== undefined) return own;
    if (message.type === 'page-worker/hello') {
      return {
        pack: igate2,
        system: 's',
        state: 'recording',
        armed: null,
        language: 'vi',
        slot: 'slot',
        ...hello,
      };
    }
    if (message.type === 'page-worker/load-engine') {
      readerLink(window)?.attach(startEngine);
      return { ok: true };
    }
    if (message.type === 'panel-worker/summary') return { counts: { receive: 3 } };
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

const addRow = () => {
  window.document.querySelector('tbody')!.innerHTML += rowHtml('H99.51-260921-0002', 'Đang xử lý');
};
const rowsOf = (worker: FakeWorker) => worker.of('page-worker/rows').flatMap(({ dossiers }) => dossiers);
const badgeOf = () =>
  window.document.querySelector('nmc-badge')?.shadowRoot?.querySelector<HTMLElement>('.button') ?? null;

beforeEach(() => {
  hello = {};
  failures = 0;
});
afterEach(() => {
  reader?.stop();
  reader = null;
  vi.unstubAllGlobals();
});

describe('reading', () => {
  it('sends a row once with its facts, and again only when it changed', async () => {
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')));
    await until(() => rowsOf(worker).length === 1);
    expect(worker.of('page-worker/rows')[0]).toMatchObject({
      context: { pack: `igate2@${igate2.version}`, page: 'list', rank: 2 },
      dossiers: [{ code: CODE, facts: { due: '2026-09-25T17:00', status: 'processing' }, locator: 0 }],
    });
    const body = window.document.querySelector('tbody')!;
    body.innerHTML = rowHtml(CODE, 'Đang xử lý');
    body.innerHTML = rowHtml(CODE, 'Có kết quả');
    await until(() => rowsOf(worker).length === 2);
    expect(rowsOf(worker)[1]).toMatchObject({ code: CODE, facts: { status: 'finished' } });
  });

  it('a row arrives when it enters the page, not when it is read', async () => {
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')));
    await until(() => rowsOf(worker).length === 1);
    const before = Date.now();
    addRow();
    const after = Date.now() + 50;
    await until(() => rowsOf(worker).length === 2);
    const row = rowsOf(worker)[1]!;
    expect(row.arrived).toBeGreaterThanOrEqual(before);
    expect(row.arrived).toBeLessThanOrEqual(after);
    expect(row.seen).toBeGreaterThanOrEqual(row.arrived);
  });

  it('sends neither the query, nor a name, nor any other text of the page', async () => {
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')));
    await until(() => rowsOf(worker).length === 1);
    const all = JSON.stringify(worker.sent);
    for (const secret of ['Mau', 'Mẫu', '001099000001', 'applicant', '?']) expect(all).not.toContain(secret);
  });

  it('repeats a message with the same identity until it is acknowledged', async () => {
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')), URL_OF_LIST, (message) => {
      if (message.type !== 'page-worker/rows') return undefined;
      failures += 1;
      if (failures === 1) throw new Error('Could not establish connection.');
      return failures === 2
        ? { stored: false, counted: 0, reason: 'storageBroken', isFinal: false }
        : stored();
    });
    await until(() => worker.of('page-worker/rows').length === 3);
    const refs = worker.of('page-worker/rows').map(({ ref }) => ref);
    expect(new Set(refs.map((ref) => JSON.stringify(ref))).size).toBe(1);
  });

  it('a list that cannot be read is broken and tells no rows', async () => {
    const worker = start(
      listHtml(rowHtml('mã lạ', 'Đang xử lý'), rowHtml('mã khác', 'Đang xử lý'), rowHtml(CODE, 'Đang xử lý')),
    );
    await until(() => worker.of('page-worker/health').length === 1);
    expect(worker.of('page-worker/health')[0]).toMatchObject({ health: 'broken', unread: 2 });
    expect(rowsOf(worker)).toEqual([]);
    await until(() => badgeOf()?.dataset.state === 'broken');
  });
});

describe('a page type that an earlier document found broken', () => {
  it('is told to be in order again by the first document that reads it', async () => {
    hello = { unwell: ['list'] };
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')));
    await until(() => worker.of('page-worker/health').length === 1);
    expect(worker.of('page-worker/health')[0]).toMatchObject({ health: 'ok', context: { page: 'list' } });
  });

  it('and nothing is told of one that always was', async () => {
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')));
    await until(() => rowsOf(worker).length === 1);
    expect(worker.of('page-worker/health')).toEqual([]);
  });
});

describe('staying away', () => {
  it('records on a page nobody has confirmed yet, and says so', async () => {
    hello = { isUnverified: true };
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')));
    await until(() => rowsOf(worker).length === 1);
    await until(() => badgeOf()?.dataset.state === 'unconfirmed');
    worker.tell({ type: 'worker-page/state', state: 'paused', counted: 0 });
    await until(() => badgeOf()?.dataset.state === 'paused');
  });

  it('leaves no trace where the host has no pack', async () => {
    hello = { pack: null };
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')));
    await until(() => worker.of('page-worker/hello').length === 1);
    await until(() => badgeOf() === null);
    expect(worker.sent.map(({ type }) => type)).toEqual(['page-worker/hello']);
  });

  it('does not load the engine on unknown addresses, and shows nothing on denied ones', async () => {
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')), 'http://127.0.0.1/vi/home');
    await until(() => badgeOf()?.textContent?.includes('3') === true);
    expect(worker.of('page-worker/load-engine')).toEqual([]);
    reader?.stop();
    const denied = start(listHtml(rowHtml(CODE, 'Đang xử lý')), 'http://127.0.0.1/auth/realms/x');
    await until(() => denied.of('panel-worker/summary').length === 1);
    expect(badgeOf()).toBeNull();
    expect(denied.of('page-worker/load-engine')).toEqual([]);
  });

  it('goes out of sight where a soft navigation reaches a denied address, and comes back', async () => {
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')));
    await until(() => rowsOf(worker).length === 1 && badgeOf() !== null);
    const go = (path: string) => {
      window.history.pushState(null, '', path);
      window.dispatchEvent(new window.Event('popstate'));
    };
    go('/auth/realms/x');
    await until(() => badgeOf() === null);
    go('/vi/dossier/search');
    await until(() => badgeOf() !== null);
  });

  it('loads the engine when a soft navigation reaches a known page', async () => {
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')), 'http://127.0.0.1/vi/home');
    await until(() => badgeOf() !== null);
    window.history.pushState(null, '', '/vi/dossier/search');
    window.dispatchEvent(new window.Event('popstate'));
    await until(() => rowsOf(worker).length === 1);
  });

  it('asks for the engine again when no worker could be reached', async () => {
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')), URL_OF_LIST, (message) => {
      if (message.type !== 'page-worker/load-engine') return undefined;
      failures += 1;
      if (failures <= 2) throw new Error('Could not establish connection.');
      return undefined;
    });
    await until(() => rowsOf(worker).length === 1);
    expect(worker.of('page-worker/load-engine')).toHaveLength(3);
  });

  it('paused means silent; resumed means everything is told', async () => {
    hello = { state: 'paused' };
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')));
    await until(() => badgeOf()?.dataset.state === 'paused');
    await until(() => worker.of('page-worker/load-engine').length === 1);
    worker.tell({ type: 'worker-page/state', state: 'recording', counted: 7 });
    await until(() => rowsOf(worker).length === 1);
    expect(badgeOf()?.dataset.state).toBe('recording');
    expect(badgeOf()?.textContent).toContain('7');
  });

  it('an orphan stops calmly', async () => {
    const worker = start(listHtml(rowHtml(CODE, 'Đang xử lý')));
    await until(() => rowsOf(worker).length === 1);
    const before = worker.sent.length;
    worker.isGone = true;
    addRow();
    await until(() => badgeOf() === null);
    expect(worker.sent).toHaveLength(before);
  });

  it('a second injection replaces the first', async () => {
    const first = start(listHtml(rowHtml(CODE, 'Đang xử lý')));
    await until(() => rowsOf(first).length === 1);
    const second = fakeWorker(() => ({
      pack: igate2,
      system: 's',
      state: 'recording',
      armed: null,
      language: 'en',
    }));
    reader = startReader({
      ...second,
      isAlive: second.isAlive,
      window,
      now: Date.now,
      isTrusted: () => true,
      isTest: true,
    });
    await until(() => badgeOf()?.textContent?.includes('Recording') === true);
    expect(window.document.querySelectorAll('nmc-badge')).toHaveLength(1);
  });
});

describe('places', () => {
  it('are paths, with the path inside the hash, and never a query', () => {
    expect(placeOf({ pathname: '/a', hash: '' })).toBe('/a');
    expect(placeOf({ pathname: '/', hash: '#/ke-khai/1?ma=H99' })).toBe('/#/ke-khai/1'.slice(0, 500));
    expect(placeOf({ pathname: '/a', hash: '#muc-1' })).toBe('/a');
  });

  it('are denied before they are known', () => {
    expect(kindOf(igate2, '/vi/dossier/search')).toBe('known');
    expect(kindOf(igate2, '/vi/home')).toBe('other');
    expect(kindOf(igate2, '/auth/vi/dossier/search')).toBe('denied');
  });
});
