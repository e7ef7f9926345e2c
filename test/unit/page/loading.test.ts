/** Lists that take their time: still loading, then broken, and in order the moment their rows are there. */
import { afterEach, expect, it, vi } from 'vitest';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { PageHealth, PageToWorker } from '../../../lib/extension/messages.ts';
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
    look: async () => {
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
  time += 14_000;
  expect(await look()).toBe('ok');
  expect(scanner.mayCount()).toBe(true);
  time += 2_000;
  expect(await look()).toBe('broken');
  expect(scanner.mayCount()).toBe(false);
  body.innerHTML = rowHtml('H99.51-260921-0001', 'Đang xử lý');
  expect(scanner.mayCount(), 'the rows are there').toBe(true);
  expect(await look()).toBe('ok');
  expect(health()).toEqual(['broken', 'ok']);
});

it('a list that was bare a moment ago is not broken while rows of the page before still stand in it', async () => {
  const { body, health, look } = open();
  body.innerHTML = rowHtml('H99.51-260921-0001', 'Đang xử lý');
  expect(await look()).toBe('ok');
  const [row] = body.children;
  row!.remove();
  expect(await look()).toBe('ok');
  place = '/en/dossier/search';
  body.append(row!);
  expect(await look()).toBe('ok');
  expect(health()).toEqual([]);
});
