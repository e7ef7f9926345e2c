/** What is seen in a host page: the badge and the panel's place. Layout itself is left to the browser tests. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DaySummary } from '../../../lib/extension/messages.ts';
import { createBadge } from '../../../lib/page/badge.ts';
import { openPanelHost } from '../../../lib/page/panel-host.ts';
import { createPanelStore, type PanelState } from '../../../lib/page/panel-store.ts';
import { windowOf } from '../adapters/dom.ts';
import { fakeWorker } from './harness.ts';

const DAY: DaySummary = {
  day: '2026-09-21',
  person: { id: 'p1', name: 'Lê Thị Mẫu Một' },
  state: 'recording',
  counts: { receive: 2 },
  dossiersSeen: 5,
  last: [],
  packs: [],
  unsent: 1,
  receivedThrough: null,
};

describe('badge', () => {
  const shown = (language: 'vi' | 'en' = 'vi', isOpenRoot = true) => {
    const window = windowOf('<button>Trang</button>');
    const opened = vi.fn();
    const badge = createBadge(window, language, isOpenRoot, opened);
    const button = () =>
      window.document.querySelector('nmc-badge')?.shadowRoot?.querySelector('button') ?? null;
    return { window, badge, opened, button };
  };

  it('says what is done here in the words of the house, with today’s number', () => {
    const { badge, button } = shown();
    badge.show('recording', 12);
    expect(button()?.textContent).toContain('Đang ghi nhận lượt xử lý, không ghi tên người dân');
    expect(button()?.textContent).toContain('Hôm nay: 12 lượt');
    expect(button()?.getAttribute('aria-label')).toContain('Nhịp Một Cửa');
    badge.show('paused', null);
    expect(button()?.dataset.state).toBe('paused');
    expect(button()?.textContent).not.toContain('lượt xử lý, không ghi');
  });

  it('is closed to the page, but for the test flavour', () => {
    const { window, badge } = shown('vi', false);
    badge.show('recording', 0);
    expect(window.document.querySelector('nmc-badge')).not.toBeNull();
    expect(window.document.querySelector('nmc-badge')?.shadowRoot).toBeNull();
  });

  it('opens by a click and moves by arrow keys', () => {
    const { window, badge, opened, button } = shown();
    badge.show('recording', 0);
    button()!.click();
    expect(opened).toHaveBeenCalledOnce();
    const host = window.document.querySelector<HTMLElement>('nmc-badge')!;
    const before = host.style.getPropertyValue('--nmc-x');
    const key = new window.KeyboardEvent('keydown', { key: 'ArrowLeft', cancelable: true, bubbles: true });
    button()!.dispatchEvent(key);
    expect(key.defaultPrevented).toBe(true);
    expect(host.style.getPropertyValue('--nmc-x')).not.toBe(before);
  });

  it('comes back when the page drops it, but not for ever', () => {
    const { window, badge } = shown();
    badge.show('recording', 0);
    const host = () => window.document.querySelector('nmc-badge');
    for (let times = 0; times < 20; times += 1) {
      host()?.remove();
      badge.settle();
    }
    expect(host()).toBeNull();
  });
});

describe('panel', () => {
  afterEach(() => vi.restoreAllMocks());

  it('opens once, closes by Escape and by a second press, and keeps its keys from the page', () => {
    const window = windowOf('<p>Trang</p>');
    const closed = vi.fn();
    const heard = vi.fn();
    window.document.addEventListener('keydown', heard);
    const host = openPanelHost(window, ':root{--x:1}', true, closed)!;
    const shadow = window.document.querySelector('nmc-panel')!.shadowRoot!;
    host.root.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'a', bubbles: true, composed: true }));
    expect(heard).not.toHaveBeenCalled();
    expect(shadow.adoptedStyleSheets).toHaveLength(1);
    expect(openPanelHost(window, '', true, closed)).toBeNull();
    expect(closed).toHaveBeenCalledOnce();
    openPanelHost(window, '', true, closed);
    window.document.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(closed).toHaveBeenCalledTimes(2);
    expect(window.document.querySelector('nmc-panel')).toBeNull();
  });

  it('shows the day, sends wishes and asks again, and says when something failed', async () => {
    let isUndone = true;
    const worker = fakeWorker((message) =>
      message.type === 'panel-worker/summary'
        ? DAY
        : { ok: message.type !== 'panel-worker/undo' || isUndone },
    );
    const states: PanelState[] = [];
    const store = createPanelStore(worker, (state) => states.push(state));
    await store.refresh();
    expect(states.at(-1)).toEqual({ day: DAY, trouble: null, isBusy: false });
    await store.undo({ stream: 1, seq: 9 });
    expect(worker.of('panel-worker/undo')).toEqual([{ type: 'panel-worker/undo', stream: 1, seq: 9 }]);
    expect(worker.of('panel-worker/summary')).toHaveLength(2);
    expect(states.at(-1)?.trouble).toBeNull();
    isUndone = false;
    await store.undo({ stream: 1, seq: 9 });
    expect(states.at(-1)?.trouble).toBe('failed');
    store.stop();
    const before = states.length;
    worker.tell({ type: 'worker-page/state', state: 'paused', counted: 1 });
    expect(states).toHaveLength(before);
  });

  it('says when the worker cannot be reached', async () => {
    const worker = fakeWorker(() => {
      throw new Error('Could not establish connection.');
    });
    const states: PanelState[] = [];
    await createPanelStore(worker, (state) => states.push(state)).refresh();
    expect(states.at(-1)?.trouble).toBe('unreachable');
  });
});
