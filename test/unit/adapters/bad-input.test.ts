/** Pages that lie, half-load or are huge: never a crash, never a guess, never more than one step at a time. */
import { describe, expect, it } from 'vitest';
import { findRows, readRow, saysEmpty, seekRows } from '../../../lib/adapters/engine/extract.ts';
import { judge } from '../../../lib/adapters/engine/health.ts';
import { officeIn } from '../../../lib/adapters/engine/office.ts';
import { recognise } from '../../../lib/adapters/engine/recognise.ts';
import { atOnce } from '../../../lib/adapters/engine/steps.ts';
import { cellUnder, countHeaders, newTables } from '../../../lib/adapters/engine/table.ts';
import { clean } from '../../../lib/adapters/engine/text.ts';
import { judgeTotals, readTotals } from '../../../lib/adapters/engine/totals.ts';
import { codeIn, countOf } from '../../../lib/adapters/engine/value.ts';
import type { PageType, TotalsRule } from '../../../lib/adapters/pack.ts';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import { windowOf } from './dom.ts';

/** happy-dom is slow with many thousands of nodes. */
const HUGE = 60_000;
const igate2 = BUNDLED_PACKS.find(({ id }) => id === 'igate2')!;
const list = igate2.pages.find(({ id }) => id === 'list')!;
const HEADS = '<tr><th>Mã hồ sơ</th><th>Ngày hẹn trả</th><th>Trạng thái</th></tr>';
const shown = (rows: string, heads = HEADS) =>
  windowOf(
    `<app-list-search><table class="searchtbl"><thead>${heads}</thead><tbody>${rows}</tbody></table></app-list-search>`,
  ).document;
const row = (code: string, due: string, status = 'Đang xử lý') =>
  `<tr><td>${code}</td><td>${due}</td><td>${status}</td></tr>`;
const look = (document: Document) => {
  const { rows, others } = findRows(list, document);
  const tables = newTables();
  const readings = rows.map((one) => readRow(one, list, igate2.vocabulary, tables));
  return { readings, ...judge(list, readings, others, saysEmpty(list, document)) };
};
const facts = (document: Document) =>
  look(document).readings.map((one) => (one.kind === 'dossier' ? [one.code, one.facts.due] : one.kind));

describe('lists', () => {
  it(
    '10 000 rows are found and read one step per row, each on its own',
    () => {
      const count = 10_000;
      const code = (n: number) => `H99.51-260921-${String(n).padStart(5, '0')}`;
      const document = shown(Array.from({ length: count }, (_, n) => row(code(n), '25/09/2026')).join(''));
      document.defaultView!.Element.prototype.checkVisibility = () => true;
      const work = seekRows(list, document);
      let steps = 0;
      let step = work.next();
      for (; !step.done; step = work.next()) steps += 1;
      expect(steps).toBe(count);
      const tables = newTables();
      const { rows } = step.value;
      const readings = rows.map((one) => readRow(one, list, igate2.vocabulary, tables));
      expect(readings.filter(({ kind }) => kind === 'dossier')).toHaveLength(count);
      expect(readings[9_999]).toMatchObject({
        code: code(9_999),
        facts: { due: '2026-09-25', status: 'processing' },
      });
    },
    HUGE,
  );

  it(
    '10 000 rows under one another by row spans cost one layout each, in any order',
    () => {
      const many = Array.from({ length: 10_000 }, (_, n) =>
        n % 2 === 0 ? `<tr><td rowspan="2">${n}</td><td>a${n}</td></tr>` : `<tr><td>a${n}</td></tr>`,
      ).join('');
      const { document } = windowOf(
        `<table><thead><tr><th>STT</th><th>A</th></tr></thead><tbody>${many}</tbody></table>`,
      );
      document.defaultView!.Element.prototype.checkVisibility = () => true;
      const rows = [...document.querySelectorAll('tbody tr')];
      const tables = newTables();
      expect(cellUnder(rows[9_999]!, ['A'], tables)?.textContent).toBe('a9999');
      expect(cellUnder(rows[9_999]!, ['STT'], tables)?.textContent).toBe('9998');
      expect(tables.cells.size).toBe(10_000);
      expect(rows.every((one, n) => cellUnder(one, ['A'], tables)?.textContent === `a${n}`)).toBe(true);
    },
    HUGE,
  );

  it('a row span that runs out of the body, or nonsense for a number, is no crash', () => {
    const { document } = windowOf(
      '<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td rowspan="99999999">1</td><td colspan="x">2</td></tr><tr><td rowspan="-3">3</td></tr></tbody></table>',
    );
    const [first, second] = [...document.querySelectorAll('tbody tr')];
    const tables = newTables();
    expect(cellUnder(first!, ['B'], tables)?.textContent).toBe('2');
    expect([
      cellUnder(second!, ['A'], tables)?.textContent,
      cellUnder(second!, ['B'], tables)?.textContent,
    ]).toEqual(['1', '3']);
  });

  it('no rows without the words for it are broken; with them, and with a placeholder row, fine', () => {
    expect(look(shown('')).health).toBe('broken');
    expect(look(shown('<tr><td colspan="3">Không có dữ liệu</td></tr>')).health).toBe('ok');
    expect(look(shown('<tr><td colspan="3">Đang tải…</td></tr>')).health).toBe('broken');
  });

  it('31/02, a date in another form and an unknown code are left out, never guessed', () => {
    expect(
      facts(
        shown(
          row('H99.51-260921-0001', '31/02/2026') +
            row('H99.51-260921-0002', '25-09-2026') +
            row('HS-77', '25/09/2026'),
        ),
      ),
    ).toEqual([['H99.51-260921-0001', undefined], ['H99.51-260921-0002', undefined], 'unread']);
    expect(codeIn('H99.51-260231-0001')).toBeNull();
    expect(codeIn('H99.51-260921-0001 / H99.51-260921-0002')).toBeNull();
  });

  it('decomposed letters, full-width digits and direction marks read as what they show', () => {
    const text = row('\u200fH99.51-２６0921-0001\u200e', '\u200e２5/09/2026', 'Đang xử lý').normalize('NFD');
    const heads = HEADS.normalize('NFD');
    expect(facts(shown(text, heads))).toEqual([['H99.51-260921-0001', '2026-09-25']]);
    expect(look(shown(text, heads)).readings[0]).toMatchObject({ facts: { status: 'processing' } });
    expect(clean('Tiếp nhận\u00a0:'.normalize('NFD'))).toBe('Tiếp nhận :');
  });

  it('a raised note is no digit of a code or number, and a cut line no code', () => {
    expect(codeIn('H99.51-260921-0001²')).toBe('H99.51-260921-0001');
    expect(facts(shown(row('H99.51-260921-0001<sup>2</sup>', '25/09/2026')))).toEqual([
      ['H99.51-260921-0001', '2026-09-25'],
    ]);
    expect(codeIn(`${'x '.repeat(192)}H99.51-260921-0001234`.slice(0, 400))).toBeNull();
  });

  it('a page that is taken away while it is read is no error, and known no more', () => {
    const document = shown(row('H99.51-260921-0001', '25/09/2026') + row('H99.51-260921-0002', '25/09/2026'));
    const { rows } = findRows(list, document);
    document.body.innerHTML = '';
    const tables = newTables();
    const readings = rows.map((one) => readRow(one, list, igate2.vocabulary, tables));
    expect(readings.map((one) => one.kind === 'dossier' && one.code)).toEqual([
      'H99.51-260921-0001',
      'H99.51-260921-0002',
    ]);
    expect(recognise(igate2, '/vi/dossier/search', document)).toEqual([]);
  });

  it('polluted prototypes of words change nothing', () => {
    expect(facts(shown(row('H99.51-260921-0001', '', '__proto__')))).toEqual([['H99.51-260921-0001', null]]);
  });
});

describe('numbers and names', () => {
  it.each([
    ['1.234', 1234],
    ['1,234', 1234],
    ['12 345 678', 12345678],
    ['１２', 12],
    ['0', 0],
    ['\u200e7', 7],
    ['1.23', null],
    ['0.500', null],
    ['1.234,5', null],
    ['1.234,567', null],
    ['12%', null],
    ['-3', null],
    ['', null],
    ['3 (1)', null],
    ['1234567890', null],
  ])('%s is %s', (text, count) => {
    expect(countOf(text)).toBe(count);
  });

  it('offices and places are units, people are not', () => {
    const names = ['UBND xã Mẫu', 'Phường Mẫu', '1. Sở Mẫu', 'Trung tâm Phục vụ hành chính công', 'Xã Mẫu'];
    expect(names.map(officeIn)).toEqual(names.map((name) => name.replace('1. ', '')));
    for (const person of [
      'Trần Thị Mẫu',
      'Xa Thị Mẫu',
      'Phương Văn Mẫu',
      'Tỉnh 0900000001',
      '',
      'Trương Thị Mẫu',
      'Tô Văn Mẫu',
      'Bàn Thị Mẫu',
      'TRUONG THI MAU',
    ])
      expect(officeIn(person)).toBeNull();
  });
});

describe('figures', () => {
  const rule: TotalsRule = {
    id: 'r',
    rows: { css: ['tbody tr'], unit: [{ header: ['Đơn vị'] }] },
    period: { css: '.period', regex: 'từ ngày (\\S+) đến ngày (\\S+?)\\)?$' },
    figures: {
      toHandle: [{ header: ['Tiếp nhận > Tổng số'] }],
      received: [{ header: ['Tiếp nhận > Trong kỳ'] }],
      carriedOver: [{ header: ['Tiếp nhận > Kỳ trước'] }],
      finishedLate: [{ header: ['Đã giải quyết > Quá hạn'] }],
      pendingOverdue: [{ header: ['Đang giải quyết > Quá hạn'] }],
    },
    checks: [['toHandle', 'received', 'carriedOver']],
  };
  const page = { coverage: 0.5 } as PageType;
  const head = (cell: 'th' | 'td') => {
    const one = (text: string, more = '') => `<${cell}${more}>${text}</${cell}>`;
    return `<tr>${one('STT', ' rowspan="2"')}${one('Đơn vị', ' rowspan="2"')}${one('Tiếp nhận', ' colspan="3"')}${one('Đã giải quyết', ' colspan="2"')}${one('Đang giải quyết', ' colspan="2"')}</tr>
      <tr>${['Tổng số', 'Trong kỳ', 'Kỳ trước', 'Đúng hạn¹', 'Quá hạn', 'Trong hạn', 'Quá hạn'].map((text) => one(text)).join('')}</tr>`;
  };
  const cells = (...values: readonly unknown[]) =>
    `<tr>${values.map((one) => `<td>${one}</td>`).join('')}</tr>`;
  const good = cells(1, 'UBND xã Mẫu', '1.200', 1000, 200, 3, 4, 5, 6);
  const read = (
    rows: string,
    period = '(từ ngày 15/08/2026 đến ngày 14/09/2026)',
    cell: 'th' | 'td' = 'th',
  ) => {
    const { document } = windowOf(
      `<p class="period">${period}</p><table><${cell === 'th' ? 'thead' : 'tbody'}>${head(cell)}</${cell === 'th' ? 'thead' : 'tbody'}><tbody>${rows}</tbody></table>`,
    );
    const reading = atOnce(readTotals(rule, document, '2026-09-21', newTables()));
    return { ...reading, ...judgeTotals(page, [reading], false) };
  };

  it('are found by their path through the header, where the last word alone stands twice', () => {
    const found = read(good);
    expect(found.period).toEqual({ from: '2026-08-15', to: '2026-09-14' });
    expect(found.sets).toMatchObject([
      {
        unit: 'UBND xã Mẫu',
        figures: { toHandle: 1200, received: 1000, carriedOver: 200, finishedLate: 4, pendingOverdue: 6 },
      },
    ]);
    expect(found.health).toBe('ok');
  });

  it('a header of plain cells is found by its "STT"', () => {
    const found = read(good, undefined, 'td');
    expect(found.sets).toHaveLength(1);
    expect(
      countHeaders(windowOf(`<table>${head('td')}${good}</table>`).document, ['Đơn vị', 'Trong kỳ']),
    ).toBe(2);
  });

  it('numbers under the header, sums, headings and "of which" are skipped without a word', () => {
    const rows =
      cells('(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)', '(9)') +
      cells(1, 2, 3, 4, 5, 6, 7, 8, 9) +
      '<tr><td colspan="9">Xã, phường</td></tr>' +
      cells('I', 'Các sở, ban, ngành', '', '', '', '', '', '', '') +
      good +
      cells('', 'Trong đó: trực tuyến', 5, 5, 0, 0, 0, 0, 0) +
      cells('', 'Tổng cộng', '1.200', 1000, 200, 3, 4, 5, 6);
    expect(read(rows)).toMatchObject({ health: 'ok', unread: 0, sets: [{ unit: 'UBND xã Mẫu' }] });
  });

  it('a cell that is no count leaves its figure out and says so; an empty one or a dash only leaves it out', () => {
    expect(read(cells(1, 'UBND xã Mẫu', '1.200', 1000, 200, 3, '4 hồ sơ', 5, 6))).toMatchObject({
      health: 'degraded',
      sets: [{ figures: { toHandle: 1200, received: 1000, carriedOver: 200, pendingOverdue: 6 } }],
    });
    const dashed = read(cells(1, 'UBND xã Mẫu', '1.200', 1000, 200, 3, '-', 5, ''));
    expect(dashed).toMatchObject({ health: 'ok', unread: 0 });
    expect(dashed.sets[0]?.figures).toEqual({ toHandle: 1200, received: 1000, carriedOver: 200 });
  });

  it('a whole that its parts do not make is not told', () => {
    expect(read(good + cells(2, 'UBND xã Lệch', 10, 5, 4, 0, 0, 0, 0))).toMatchObject({
      health: 'degraded',
      unread: 1,
      sets: [{ unit: 'UBND xã Mẫu' }],
    });
  });

  it.each([
    ['no dates', 'Tháng 9/2026'],
    ['a day the calendar lacks', '(từ ngày 31/02/2026 đến ngày 14/09/2026)'],
    ['the wrong way round', '(từ ngày 14/09/2026 đến ngày 15/08/2026)'],
    ['one of two', '(từ ngày 14/09/2026 đến ngày nay)'],
  ])('%s: nothing is told, and the page is broken', (_, period) => {
    expect(read(good, period)).toMatchObject({ period: null, health: 'broken' });
  });

  it('headers that are gone or do not line up are broken, not read as nought', () => {
    expect(read(cells(1, 'UBND xã Mẫu', 1200, 1000, 200, 3, 4, 5, 6, 7, 8, 9)).health).toBe('broken');
    expect(read('').health).toBe('broken');
  });
});
