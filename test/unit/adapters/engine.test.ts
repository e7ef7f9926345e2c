/** The engine's parts: columns, labels, values, recognition. Each finding has its refusal beside it. */
import { describe, expect, it } from 'vitest';
import { readRow, warmUp } from '../../../lib/adapters/engine/extract.ts';
import { readField } from '../../../lib/adapters/engine/locate.ts';
import { isDenied, recognise } from '../../../lib/adapters/engine/recognise.ts';
import { cellUnder, newTables } from '../../../lib/adapters/engine/table.ts';
import { capture, lineOf, linesOf } from '../../../lib/adapters/engine/text.ts';
import { codeIn, toValue } from '../../../lib/adapters/engine/value.ts';
import type { Field, Pack, PageType } from '../../../lib/adapters/pack.ts';
import { completeVocabulary } from '../../../lib/adapters/vocabulary.ts';
import { windowOf } from './dom.ts';

const words = completeVocabulary({});
const rowOf = (html: string, css = 'tbody tr') => windowOf(html).document.querySelector(css)!;
const read = (row: Element, field: Omit<Field, 'as'>, as: Field['as'] = 'localTime') =>
  readField(row, { ...field, as }, words, newTables());
const text = (element: Element | null) => element?.textContent ?? null;

describe('columns', () => {
  const table = (head: string, body: string) => `<table><thead>${head}</thead><tbody>${body}</tbody></table>`;

  it('finds the cell under a header, whatever its case, tone marks, counts and colons', () => {
    const row = rowOf(
      table('<tr><th>STT</th><th>NGÀY HẸN TRẢ (2):</th></tr>', '<tr><td>1</td><td>x</td></tr>'),
    );
    expect(text(cellUnder(row, ['Ngày hẹn trả'], newTables()))).toBe('x');
    expect(cellUnder(row, ['Ngày trả'], newTables())).toBeNull();
  });

  it('expands column and row spans of header and body', () => {
    const head =
      '<tr><th rowspan="2">STT</th><th colspan="2">Ngày</th></tr><tr><th>Tiếp nhận</th><th>Hẹn trả</th></tr>';
    const window = windowOf(
      table(head, '<tr><td rowspan="2">1</td><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>'),
    );
    const [first, second] = [...window.document.querySelectorAll('tbody tr')];
    expect(text(cellUnder(first!, ['Hẹn trả'], newTables()))).toBe('b');
    expect(text(cellUnder(second!, ['Hẹn trả'], newTables()))).toBe('d');
    expect(cellUnder(first!, ['Ngày'], newTables())).toBeNull();
  });

  it('refuses when header and body differ in width, when a name stands twice, or when only one side is hidden', () => {
    const wide = rowOf(table('<tr><th>A</th><th>B</th></tr>', '<tr><td>1</td><td>2</td><td>3</td></tr>'));
    expect(cellUnder(wide, ['A'], newTables())).toBeNull();
    const twice = rowOf(table('<tr><th>A</th><th>A</th></tr>', '<tr><td>1</td><td>2</td></tr>'));
    expect(cellUnder(twice, ['A'], newTables())).toBeNull();
    const hidden = rowOf(
      table('<tr><th>A</th><th style="display:none">B</th></tr>', '<tr><td>1</td><td>2</td></tr>'),
    );
    expect(cellUnder(hidden, ['A'], newTables())).toBeNull();
  });

  it('takes the header rows of this table and not of one inside it, also when they stand last', () => {
    const inner = '<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>x</td></tr></tbody></table>';
    const html = `<table id="outer"><tbody><tr><td>1</td><td>${inner}</td></tr></tbody><thead><tr><th>A</th><th>B</th></tr></thead></table>`;
    const row = rowOf(html, '#outer > tbody > tr');
    expect(text(cellUnder(row, ['A'], newTables()))).toBe('1');
    expect(text(cellUnder(row, ['B'], newTables()))).toBe('Ax');
  });

  it('forgives one blank header over the scroll bar, and no named one', () => {
    const headed = (last: string) =>
      rowOf(table(`<tr><th>A</th><th>B</th><th>${last}</th></tr>`, '<tr><td>1</td><td>2</td></tr>'));
    expect(text(cellUnder(headed(''), ['B'], newTables()))).toBe('2');
    expect(cellUnder(headed('C'), ['B'], newTables())).toBeNull();
  });

  it('takes a header that stands in a table of its own, but not one of two', () => {
    const fixed = (extra: string) =>
      `<div><div><table><thead><tr><th>A</th><th>B</th></tr></thead></table>${extra}</div><div><table id="body"><tbody><tr><td>1</td><td>2</td></tr></tbody></table></div></div>`;
    expect(text(cellUnder(rowOf(fixed(''), '#body tr'), ['B'], newTables()))).toBe('2');
    const two = fixed('<table><thead><tr><th>B</th><th>A</th></tr></thead></table>');
    expect(cellUnder(rowOf(two, '#body tr'), ['B'], newTables())).toBeNull();
  });
});

describe('locators', () => {
  it('take the first that passes the check, and say which', () => {
    const row = rowOf(
      '<section><i class="a">nay mai</i><i class="b">21/09/2026 08:10</i></section>',
      'section',
    );
    const field = { from: [{ css: '.a' }, { css: '.b' }] };
    expect(read(row, field)).toEqual({ value: '2026-09-21T08:10', rank: 1 });
    expect(read(row, { from: [{ css: '.a' }] })).toBeNull();
  });

  it('skip what cannot be seen', () => {
    const row = rowOf(
      '<section><b style="display:none">01/01/2020</b><b>21/09/2026</b></section>',
      'section',
    );
    expect(read(row, { from: [{ css: 'b' }] })?.value).toBe('2026-09-21');
  });

  it('read a label’s neighbour: same line, next piece, next line, and never the next label', () => {
    const html = `<section><p>Hẹn trả: 25/09/2026</p><dl><dt>Ngày trả</dt><dd>26/09/2026</dd></dl>
      <div><span>Ngày nhận</span><span>20/09/2026</span></div><div>Ngày kết thúc:</div><div>Ngày khác: 27/09/2026</div></section>`;
    const row = rowOf(html, 'section');
    const at = (label: string) => read(row, { from: [{ label: [label] }] })?.value ?? null;
    expect(at('Hẹn trả')).toBe('2026-09-25');
    expect(at('Ngày trả')).toBe('2026-09-26');
    expect(at('Ngày nhận')).toBe('2026-09-20');
    expect(at('Ngày kết thúc')).toBeNull();
    expect(at('Ngày nào')).toBeNull();
  });

  it('read a line inside a cell; a place without a date is "none" only where the field says so', () => {
    const row = rowOf('<section><div>- Tiếp nhận: 01/09/2026, hẹn trả: </div></section>', 'section');
    const from = [{ lineOf: null, regex: 'hẹn trả\\s*:\\s*(\\d[\\d/ :]*\\d)?$' }];
    expect(read(row, { from, emptyIsNone: true })?.value).toBeNull();
    expect(read(row, { from })).toBeNull();
  });

  it('never run an expression over an endless line', () => {
    expect(capture('(a+)$', 'a'.repeat(400))).not.toBeNull();
    expect(capture('(a+)$', 'a'.repeat(401))).toBeNull();
    const row = rowOf(`<section>${'<p>x</p>'.repeat(5_000)}</section>`, 'section');
    expect(linesOf(row).length).toBeLessThanOrEqual(80);
  });

  it('count the lines that a person sees, also when only one is wanted', () => {
    const row = rowOf('<section>a<br>\u200b<br><!-- x -->b<p>c</p></section>', 'section');
    expect([1, 2, 3, 4].map((at) => lineOf(row, at))).toEqual(['a', 'b', 'c', undefined]);
    const plain = rowOf('<section><!-- x --> one  text </section>', 'section');
    expect([lineOf(plain, 1), lineOf(plain, 2)]).toEqual(['one text', undefined]);
  });
});

describe('rows', () => {
  const coded = (cell: string): [Element, PageType] => [
    rowOf(
      `<table><thead><tr><th>Mã hồ sơ</th><th>Trạng thái</th></tr></thead><tbody><tr data-code="H99.51-260921-0001">${cell}<td>Đang xử lý</td></tr></tbody></table>`,
    ),
    {
      id: 'list',
      yields: 'dossier',
      fields: {
        agency: { as: 'agency', from: [{ css: 'b' }] },
        code: { as: 'dossierCode', required: true, from: [{ attr: 'data-code' }, { header: ['Mã hồ sơ'] }] },
        status: { as: 'status', from: [{ header: ['Trạng thái'] }] },
      },
    } as unknown as PageType,
  ];

  it('believe no header whose column holds something else, though a field was read in that very cell', () => {
    const [row, page] = coded('<td><b>UBND xã Mẫu An</b></td>');
    expect(readRow(row, page, words, newTables())).toMatchObject({ isRefused: true });
    const [good, same] = coded('<td><b>UBND xã Mẫu An</b><i>H99.51-260921-0001</i></td>');
    expect(readRow(good, same, words, newTables())).toMatchObject({
      isRefused: false,
      facts: { status: 'processing', agency: 'UBND xã Mẫu An' },
    });
  });

  it('are warmed up in steps of one field, and that leaves no trace in what is read', () => {
    const [row, page] = coded('<td><i>H99.51-260921-0001</i></td>');
    const tables = newTables();
    expect([...warmUp(row, page, words, tables)].length).toBeGreaterThan(3);
    expect(readRow(row, page, words, tables)).toEqual(readRow(row, page, words, newTables()));
  });
});

describe('values', () => {
  const value = (as: Field['as'], raw: string, more: Partial<Field> = {}) =>
    toValue({ as, from: [], ...more }, raw, words);

  it('codes: one code in a text, full-width digits too; two different ones are refused', () => {
    expect(codeIn('Hồ sơ H99.51-260921-0001 (Trần Thị Mẫu)')).toBe('H99.51-260921-0001');
    expect(codeIn('Ｈ99.51-260921-0001')).toBe('H99.51-260921-0001');
    expect(codeIn('H99.51-260921-0001 thay H99.51-260921-0002')).toBeNull();
    expect(codeIn('H99.51-269921-0001')).toBeNull();
  });

  it('words are looked up folded, and an unknown or ambiguous one is nothing', () => {
    expect(value('status', 'ĐANG XỬ LÝ')).toBe('processing');
    expect(value('status', 'Hoàn thành')).toBeUndefined();
    expect(value('status', 'Trả hồ sơ')).toBeUndefined();
    expect(value('channel', 'Qua mạng')).toBe('online');
    expect(value('payment', 'Chuyển khoản')).toBe('transfer');
    expect(value('status', 'constructor')).toBeUndefined();
  });

  it('an agency is an office, never a person', () => {
    expect(value('agency', 'Ủy ban nhân dân phường Mẫu')).toBe('Ủy ban nhân dân phường Mẫu');
    expect(value('agency', 'Nguyễn Văn Mẫu')).toBeUndefined();
    expect(value('agency', 'Sở Mẫu 0900000001')).toBeUndefined();
  });

  it('money owed is yes, no money is no, other words are nothing', () => {
    const no = ['Không thu phí', ''];
    expect(value('boolean', '15.000 đ', { no })).toBe(true);
    expect(value('boolean', '0 đ', { no })).toBe(false);
    expect(value('boolean', 'Không thu phí', { no })).toBe(false);
    expect(value('boolean', '', { no })).toBe(false);
    expect(value('boolean', '')).toBeUndefined();
    expect(value('boolean', 'có thể', { no })).toBeUndefined();
  });

  it('dates that the calendar lacks are refused', () => {
    expect(value('localTime', '14:30, 30/09/2026')).toBe('2026-09-30T14:30');
    expect(value('localTime', '31/02/2026')).toBeUndefined();
    expect(value('localTime', 'thứ hai')).toBeUndefined();
  });
});

describe('recognition', () => {
  const page = (more: Partial<PageType>): PageType => ({
    id: 'p',
    url: '^/list/?$',
    signals: [{ exists: 'table' }],
    kind: 'list',
    yields: 'dossier',
    rank: 2,
    fields: {},
    ...more,
  });
  const pack = (...pages: PageType[]): Pack => ({
    schema: 'nmc-pack/1',
    id: 'x',
    version: '1.0.0',
    name: 'x',
    status: 'unverified',
    deny: ['^/auth/'],
    pages,
    actions: [],
    vocabulary: {},
  });
  const shown = windowOf(
    '<main><h1>Danh sách</h1><table><tr><th>A</th><th>B</th></tr></table></main>',
  ).document;
  const ids = (one: Pack, place = '/list', root = shown) => recognise(one, place, root).map(({ id }) => id);

  it('needs the address and a sign; neither alone is enough', () => {
    expect(ids(pack(page({})))).toEqual(['p']);
    expect(ids(pack(page({})), '/other')).toEqual([]);
    expect(ids(pack(page({ signals: [{ exists: 'form' }] })))).toEqual([]);
  });

  it('a guard forbids, but is no sign', () => {
    expect(ids(pack(page({ signals: [{ exists: 'table' }, { notExists: 'h1' }] })))).toEqual([]);
    expect(ids(pack(page({ signals: [{ notExists: 'form' }] })))).toEqual([]);
  });

  it('counts headers and finds words', () => {
    expect(ids(pack(page({ signals: [{ headers: ['A', 'B|C', 'D'], min: 2 }] })))).toEqual(['p']);
    expect(ids(pack(page({ signals: [{ headers: ['A', 'C', 'D'], min: 2 }] })))).toEqual([]);
    expect(ids(pack(page({ signals: [{ text: ['danh sach'], within: 'main' }] })))).toEqual(['p']);
    expect(ids(pack(page({ signals: [{ text: ['chi tiet'], within: 'main' }] })))).toEqual([]);
  });

  it('a hidden sign is none, and denied addresses are never known', () => {
    const hidden = windowOf('<div style="display:none"><table></table></div>').document;
    expect(ids(pack(page({})), '/list', hidden)).toEqual([]);
    expect(ids(pack(page({ url: '^/.*$' })), '/auth/list')).toEqual([]);
    expect(isDenied(pack(), '/auth/list')).toBe(true);
  });
});
