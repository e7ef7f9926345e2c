/** The one observer: coalesced, at most four looks a second, silent while hidden, toasts without delay. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Watch, watchPage } from '../../../lib/page/watch.ts';
import { type TestWindow, windowOf } from '../adapters/dom.ts';

let window: TestWindow;
let watch: Watch;
let scans: (number | null)[];
let added: Node[][];
let isHidden = false;
let isKnown = true;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  window = windowOf('<main></main>');
  isHidden = false;
  isKnown = true;
  scans = [];
  added = [];
  Object.defineProperty(window.document, 'hidden', { get: () => isHidden });
  window.requestAnimationFrame = ((run: () => void) => setTimeout(run, 16)) as never;
  window.cancelAnimationFrame = ((id: never) => clearTimeout(id)) as never;
  watch = watchPage({
    window,
    now: () => Date.now(),
    onAdded: (nodes) => added.push([...nodes]),
    onScan: (since) => {
      scans.push(since);
      return isKnown;
    },
  });
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

const change = (times = 1) => {
  for (let i = 0; i < times; i += 1) {
    window.document.querySelector('main')!.append(window.document.createElement('p'));
  }
};
/** Lets the observer hear, then time pass. */
const pass = async (ms: number) => {
  await Promise.resolve();
  await vi.advanceTimersByTimeAsync(ms);
};
const hide = (value: boolean) => {
  isHidden = value;
  window.document.dispatchEvent(new window.Event('visibilitychange'));
};

describe('watch', () => {
  it.each([
    ['a wait', 0],
    ['a frame', 225],
  ])('calls %s off when the page is hidden, and looks when it is seen again', async (_, after) => {
    watch.start();
    await pass(50);
    change();
    await pass(after);
    expect(scans).toEqual([null]);
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    hide(true);
    expect(vi.getTimerCount()).toBe(0);
    hide(false);
    await pass(500);
    expect(scans).toHaveLength(2);
  });

  it('looks once at the start, then at most four times a second however much changes', async () => {
    watch.start();
    await pass(50);
    expect(scans).toEqual([null]);
    for (let at = 0; at < 100; at += 1) {
      change(3);
      await pass(10);
    }
    expect(scans.length).toBeGreaterThanOrEqual(4);
    expect(scans.length).toBeLessThanOrEqual(5);
  });

  it('tells when the page first changed since the last look', async () => {
    watch.start();
    await pass(300);
    change();
    await pass(0);
    const first = Date.now();
    change();
    await pass(400);
    expect(scans.at(-1)).toBe(first);
  });

  it('rests while nothing changes, and while hidden', async () => {
    watch.start();
    await pass(2_000);
    expect(scans).toHaveLength(1);
    hide(true);
    change();
    await pass(2_000);
    expect(scans).toHaveLength(1);
    const hidden = Date.now() - 2_000;
    hide(false);
    await pass(400);
    expect(scans).toHaveLength(2);
    expect(scans[1]).toBe(hidden);
  });

  it('hears added nodes without delay only while somebody listens, also while hidden', async () => {
    watch.start();
    await pass(50);
    change();
    await pass(0);
    expect(added).toEqual([]);
    watch.listen(true);
    hide(true);
    change();
    await pass(0);
    expect(added).toHaveLength(1);
    expect(scans).toHaveLength(1);
    watch.listen(false);
    change();
    await pass(0);
    expect(added).toHaveLength(1);
  });

  it('looks more rarely where there is nothing to read, until asked', async () => {
    isKnown = false;
    watch.start();
    const busy = async (ms: number) => {
      const before = scans.length;
      for (let at = 0; at < ms; at += 50) {
        change();
        await pass(50);
      }
      return scans.length - before;
    };
    await busy(5_000);
    expect(await busy(4_000)).toBeLessThanOrEqual(2);
    watch.ask();
    expect(await busy(2_000)).toBeGreaterThanOrEqual(4);
  });

  it('a stopped watch does nothing more', async () => {
    watch.start();
    await pass(50);
    watch.stop();
    change();
    watch.ask();
    await pass(1_000);
    expect(scans).toHaveLength(1);
  });
});
