/** Marks beside rows: where, which words, and that nothing of the page is touched. */
import { expect, it, vi } from 'vitest';
import type { Mark } from '../../../lib/batch/index.ts';
import { createMarks, type MarkedRow } from '../../../lib/page/marks.ts';
import { windowOf } from '../adapters/dom.ts';
import { until } from './harness.ts';

const CODES = ['H99.51-260921-0001', 'H99.51-260921-0002'];

function room(answer: Record<string, Mark[]> | null) {
  const window = windowOf(
    `<table>${CODES.map((code) => `<tr><td>${code}</td><td></td></tr>`).join('')}</table>`,
  );
  const { document } = window;
  const rows: MarkedRow[] = [...document.querySelectorAll('tr')].map((element, at) => {
    element.getBoundingClientRect = () =>
      ({ left: 20, top: 100 + at * 30, bottom: 130 + at * 30, height: 30 }) as DOMRect;
    element.lastElementChild!.getBoundingClientRect = () =>
      ({ left: 120, top: 100 + at * 30, width: 80, height: 30 }) as DOMRect;
    return { element, code: CODES[at]! };
  });
  const ask = vi.fn(async (_: readonly string[]) => answer);
  const before = document.body.innerHTML;
  const marks = createMarks({ window, language: 'vi', isTest: true, ask });
  const shown = () =>
    [...(document.querySelector('nmc-marks')?.shadowRoot?.querySelectorAll('i') ?? [])].map(
      (one) => `${one.style.top} ${one.textContent}`,
    );
  return { document, rows, ask, before, marks, shown };
}

it('stands beside the marked rows only, in words, and follows them', async () => {
  const { document, rows, before, marks, shown } = room({ [CODES[1]!]: ['late', 'feeNotOnline'] });
  marks.rows(rows);
  await until(() => shown().length === 1);
  expect(shown()).toEqual(['130px Quá hạn · Phí chưa trực tuyến']);
  expect(document.body.innerHTML).toBe(before);
  rows[1]!.element.getBoundingClientRect = () => ({ left: 20, top: 40, bottom: 70, height: 30 }) as DOMRect;
  document.defaultView!.dispatchEvent(new document.defaultView!.Event('scroll'));
  await until(() => shown()[0] === '40px Quá hạn · Phí chưa trực tuyến');
  rows[1]!.element.remove();
  marks.rows(rows.slice(0, 1));
  await until(() => document.querySelector('nmc-marks') === null);
});

it('asks once for the same rows, and shows nothing when nothing can be learned', async () => {
  const { document, rows, ask, marks } = room(null);
  marks.rows(rows);
  marks.rows([...rows]);
  await until(() => ask.mock.calls.length === 1);
  expect(ask.mock.calls[0]![0]).toEqual(CODES);
  expect(document.querySelector('nmc-marks')).toBeNull();
  marks.stop();
});

it('says its words only where the row has an empty cell', async () => {
  const { rows, marks, shown } = room({ [CODES[0]!]: ['dueToday'] });
  rows[0]!.element.lastElementChild!.innerHTML = '<button></button>';
  marks.rows(rows);
  await until(() => shown().length === 1);
  expect(shown()).toEqual(['100px ']);
});
