/** Lists that take their time: still loading, then broken, and in order the moment their rows are there. */
import { afterEach, expect, it, vi } from 'vitest';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { PageHealth, PageToWorker } from '../../../lib/extension/page-messages.ts';
import { createScanner, type Scanner } from '../../../lib/page/scan.ts';
import { windowOf } from '../adapters/dom.ts';
import { until } from './harness.ts';
import { listHtml, rowHtml } from './lists.ts';

const PLACE = '/vi/dossier/search';
let scanner: Scanner;
let time = 0;
let place = PLACE;
afterEach(() => {
  scanner.stop();
  vi.unstubAllGlobals();
});

/** The list, empty so far, and how to look at it. */
function open() {
  time = 1_000_000;
  place = PLACE;
  const window = windowOf(listHtml(), `http://127.0.0.1${PLACE}`);
  vi.stubGlobal('document', window.document);
  const told: PageToWorker[] = [];
  const states: (PageHealth | null)[] = [];
  scanner = createScanner({
    window,
    now: () => time,
    opened: time,
    pack: BUNDLED_PACKS.find(({ id }) => id === 'igate2')!,
    place: () => place,
    unwell: [],
    mayTell: () => true,
    nextRef: () => ({ document: 'loading', counter: told.length + 1 }),
    tell: (message) => told.push(message),
    onLook: (health) => states.push(health),
    onRows: () => {},
  });
  return {
    body: window.document.querySelector('tbody')!,
    health: () => told.flatMap((one) => (one.type === 'page-worker/health' ? [one.health] : [])),
    /** After so many milliseconds; none comes sooner after another that took its time. */
    look: async (after = 3_001) => {
      time += after;
      const before = states.length;
      scanner.look(null);
      await until(() => states.length > before && scanner.isIdle());
      return states.at(-1);
    },
  };
}

it('a bare list is broken after fifteen seconds, and its rows may be worked on before the next look', async () => {
  const { body, health, look } = open();
  expect(await look()).toBe('ok');
  expect(await look(14_000)).toBe('ok');
  expect(scanner.mayCount()).toBe(true);
  expect(await look(4_000)).toBe('broken');
  expect(scanner.mayCount()).toBe(false);
  body.innerHTML = rowHtml('H99.51-260921-0001', 'Đang xử lý');
  expect(scanner.mayCount(), 'the rows are there').toBe(true);
  expect(await look()).toBe('ok');
  expect(health()).toEqual(['broken', 'ok']);
});

it('no look is waited for in a hidden page, and the list is looked at when it is seen again', async () => {
  const { look } = open();
  const { document } = globalThis;
  let isHidden = false;
  Object.defineProperty(document, 'hidden', { get: () => isHidden });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  expect(await look()).toBe('ok');
  expect(vi.getTimerCount(), 'it may still be loading').toBe(1);
  isHidden = true;
  document.dispatchEvent(new document.defaultView!.Event('visibilitychange'));
  expect(vi.getTimerCount()).toBe(0);
  expect(await look(), 'a look that was under way').toBe('ok');
  expect(vi.getTimerCount()).toBe(0);
  isHidden = false;
  expect(await look(15_000)).toBe('broken');
  vi.useRealTimers();
});

it('a list that was bare a moment ago is not broken while rows of the page before stand in it', async () => {
  const { body, health, look } = open();
  body.innerHTML = rowHtml('H99.51-260921-0001', 'Đang xử lý');
  expect(await look()).toBe('ok');
  const search = document.querySelector('app-list-search')!;
  const processing = document.createElement('app-list-processing');
  search.after(processing);
  processing.append(search.firstElementChild!);
  const row = body.firstElementChild!;
  row.remove();
  place = '/vi/dossier/processing';
  expect(await look(), 'loading').toBe('ok');
  body.append(row);
  expect(await look(), 'still the page before').toBe('ok');
  expect(health()).toEqual([]);
});
