/** A page that nobody sees, one that comes back, a frame that is not the top one: what the reader leaves undone there. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { ArmedAction } from '../../../lib/extension/page-messages.ts';
import type { EngineHost } from '../../../lib/page/link.ts';
import { readerLink } from '../../../lib/page/link.ts';
import { startReader } from '../../../lib/page/reader.ts';
import { type TestWindow, windowOf } from '../adapters/dom.ts';
import { type FakeWorker, fakeWorker, stored } from './harness.ts';

const igate2 = BUNDLED_PACKS.find(({ id }) => id === 'igate2')!;
let window: TestWindow;
let isHidden = false;
let host: EngineHost | null = null;
let armed: ArmedAction | null = null;
let reader: { readonly stop: () => void };

function start(): FakeWorker {
  window = windowOf('<main></main>', 'http://127.0.0.1/vi/dossier/search');
  Object.defineProperty(window.document, 'hidden', { get: () => isHidden });
  const worker = fakeWorker((message) => {
    if (message.type === 'page-worker/hello')
      return {
        pack: igate2,
        system: 's',
        state: 'recording',
        armed,
        language: 'vi',
        slot: 'slot',
        isMarking: false,
        isUnverified: false,
      };
    if (message.type === 'page-worker/load-engine') {
      readerLink(window)?.attach((lent) => {
        host = lent;
        return { stop: () => undefined, ask: () => undefined, resume: () => undefined, isIdle: () => true };
      });
      return { ok: true };
    }
    return message.type === 'panel-worker/summary' ? { counts: {} } : stored();
  });
  return worker;
}

const read = (worker: FakeWorker) => {
  reader = startReader({
    ...worker,
    isAlive: worker.isAlive,
    window,
    now: Date.now,
    isTrusted: () => true,
    isTest: false,
  });
};
const see = (isSeen: boolean) => {
  isHidden = !isSeen;
  window.document.dispatchEvent(new window.Event('visibilitychange'));
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  isHidden = false;
  host = null;
  armed = null;
});
afterEach(() => {
  reader.stop();
  vi.useRealTimers();
});

it('keeps no clock running in a hidden page, and catches up when it is seen again', async () => {
  const worker = start();
  read(worker);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(vi.getTimerCount()).toBeGreaterThan(0);
  see(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(vi.getTimerCount()).toBe(0);
  worker.isGone = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(window.document.querySelector('nmc-badge')).not.toBeNull();
  see(true);
  expect(window.document.querySelector('nmc-badge')).toBeNull();
});

it('a page that comes back from the cache is not the one that followed a call', async () => {
  armed = {
    rule: 'receive',
    action: 'receive',
    codes: [],
    selected: null,
    at: Date.now(),
    within: 20_000,
    isSent: true,
  };
  read(start());
  await vi.advanceTimersByTimeAsync(100);
  expect(host?.armed).toEqual(armed);
  window.dispatchEvent(Object.assign(new window.Event('pageshow'), { persisted: true }));
  await vi.advanceTimersByTimeAsync(100);
  expect(host?.armed).toBeNull();
});

it('hears actions in the top frame of a system only', async () => {
  const worker = start();
  read(worker);
  await vi.advanceTimersByTimeAsync(100);
  expect(host?.hearsActions).toBe(true);
  reader.stop();
  const inner = start();
  Object.defineProperty(window, 'top', { value: { location: { origin: 'http://127.0.0.1' } } });
  read(inner);
  await vi.advanceTimersByTimeAsync(100);
  expect(host?.hearsActions).toBe(false);
});
