/** A file's grid with a pack's words: facts and totals, and what was not understood, by row and column. */
import { describe, expect, it } from 'vitest';
import type { Pack } from '../../../lib/adapters/pack.ts';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import {
  type Cell,
  type FilePlan,
  type Grid,
  type Merge,
  planFile,
} from '../../../lib/adapters/table-file/index.ts';

const NOW = Date.parse('2026-06-20T03:00:00Z');
const packOf = (id: string): Pack => BUNDLED_PACKS.find((one) => one.id === id)!;
const igate2 = packOf('igate2');
const HEAD = [
  'STT',
  'Mã hồ sơ',
  'Chủ hồ sơ',
  'Ngày tiếp nhận',
  'Ngày hẹn trả',
  'Ngày kết thúc xử lý',
  'Trạng thái',
  'Cơ quan thực hiện',
];

const grid = (rows: readonly (readonly Cell[])[], merges: readonly Merge[] | null = []): Grid => ({
  name: 'S',
  rows,
  merges,
});
const plan = (
  rows: readonly (readonly Cell[])[],
  more: { merges?: readonly Merge[] | null; agency?: string; changed?: number; pack?: Pack } = {},
) =>
  planFile([grid(rows, more.merges === undefined ? [] : more.merges)], more.pack ?? igate2, {
    now: NOW,
    changed: more.changed ?? NOW - 1_000,
    agency: more.agency ?? null,
  });
const issues = (found: FilePlan) =>
  found.sheets.flatMap((sheet) => sheet.issues.map(({ row, column, code }) => `${row} ${column}: ${code}`));
const warnings = (found: FilePlan) =>
  found.sheets.flatMap((sheet) =>
    sheet.warnings.map(({ code, column }) => (column ? `${code} ${column}` : code)),
  );
const dossiers = (found: FilePlan) => found.sheets.flatMap((sheet) => sheet.dossiers);
const totals = (found: FilePlan) => found.sheets.flatMap((sheet) => sheet.totals);
const row = (seq: number, ...more: readonly Cell[]): Cell[] => [
  seq,
  `H41.17.3-260105-${String(seq).padStart(4, '0')}`,
  'Người Bịa Ra',
  ...more,
];

describe('a list of dossiers', () => {
  it('reads columns by their names, in any order, below titles, and nothing but them', () => {
    const found = plan([
      ['UBND XÃ MẪU'],
      ['DANH SÁCH HỒ SƠ'],
      [],
      HEAD,
      ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)'],
      row(1, '05/01/2026 08:30', '15/01/2026', null, 'Đang xử lý', 'UBND xã Mẫu'),
      row(2, '05/01/2026', '', '12/01/2026 10:00:00', 'Đã trả kết quả', 'UBND xã Mẫu'),
      [],
      ['Tổng cộng', null, 2],
      [null, null, 'Người lập biểu'],
    ]);
    expect(dossiers(found)).toEqual([
      {
        row: '1.6',
        code: 'H41.17.3-260105-0001',
        otherCodes: [],
        locator: expect.any(Number),
        facts: {
          received: '2026-01-05T08:30',
          due: '2026-01-15',
          status: 'processing',
          agency: 'UBND xã Mẫu',
        },
      },
      {
        row: '1.7',
        code: 'H41.17.3-260105-0002',
        otherCodes: [],
        locator: expect.any(Number),
        facts: {
          received: '2026-01-05',
          due: null,
          finished: '2026-01-12T10:00',
          status: 'returned',
          agency: 'UBND xã Mẫu',
        },
      },
    ]);
    expect(issues(found)).toEqual([]);
    expect(found.sheets[0]).toMatchObject({ kind: 'list', rows: 4, passed: 2 });
    expect(found.sheets[0]!.columns.map(({ field }) => field)).toEqual([
      null,
      'code',
      null,
      'received',
      'due',
      'finished',
      'status',
      'agency',
    ]);
    expect(found.covered).toEqual({ from: '2026-01-05', to: '2026-01-05' });
    expect(found.province).toBe('H41');
    expect(JSON.stringify(found)).not.toContain('Bịa');
  });

  it('names row and column of what it does not understand, and takes the rest of the row', () => {
    const found = plan([
      HEAD,
      row(1, '31/02/2026', '15/01/2026', null, 'Trạng thái lạ', 'Nguyễn Văn Bịa'),
      [2, 'không rõ', 'x', '05/01/2026', '15/01/2026', null, 'Đang xử lý', 'UBND xã Mẫu'],
      [3, null, 'x', '05/01/2026', '15/01/2026', null, 'Đang xử lý', 'UBND xã Mẫu'],
      row(4, '05/01/2026', '15/01/2026', '01/07/2026', 'Đang xử lý', 'UBND xã Mẫu'),
      row(5, 46027, '15/01/2026', 'Chưa có', 'Đang xử lý', 'UBND xã Mẫu'),
    ]);
    expect(issues(found)).toEqual([
      '2 Ngày tiếp nhận: badDate',
      '2 Trạng thái: unknownWord',
      '2 Cơ quan thực hiện: notOffice',
      '3 Mã hồ sơ: badCode',
      '4 Mã hồ sơ: noCode',
      '5 Ngày kết thúc xử lý: futureDate',
      '6 Ngày tiếp nhận: badDate',
    ]);
    expect(dossiers(found).map(({ row: at, facts }) => [at, facts])).toEqual([
      ['1.2', { due: '2026-01-15' }],
      ['1.5', { received: '2026-01-05', due: '2026-01-15', status: 'processing', agency: 'UBND xã Mẫu' }],
      ['1.6', { due: '2026-01-15', status: 'processing', agency: 'UBND xã Mẫu' }],
    ]);
  });

  it('reads full-width digits, NFD and direction marks as what they show', () => {
    const found = plan([
      HEAD.map((text) => text.normalize('NFD')),
      [
        1,
        '\u200eＨ４１.17.3-260105-０００１',
        'x',
        '０５/０１/２０２６',
        '15/01/2026\u200f',
        null,
        'Đang xử lý'.normalize('NFD'),
        'UBND xã Mẫu'.normalize('NFD'),
      ],
    ]);
    expect(issues(found)).toEqual([]);
    expect(dossiers(found)).toMatchObject([
      {
        code: 'H41.17.3-260105-0001',
        facts: { received: '2026-01-05', due: '2026-01-15', status: 'processing', agency: 'UBND xã Mẫu' },
      },
    ]);
  });

  it('a raised digit is a note, never part of a code', () => {
    const [, ...rest] = row(1, '05/01/2026', '15/01/2026', null, 'Đang xử lý', null);
    const found = plan([HEAD, [1, `${rest[0]}²`, ...rest.slice(1)]]);
    expect(dossiers(found).map(({ code }) => code)).toEqual(['H41.17.3-260105-0001']);
  });

  it('an empty due date means none only where merged cells are known', () => {
    const rows = [HEAD, row(1, '05/01/2026', '', '', 'Đang xử lý', '')];
    expect(dossiers(plan(rows))[0]!.facts).toHaveProperty('due', null);
    const csv = plan(rows, { merges: null });
    expect(dossiers(csv)[0]!.facts).not.toHaveProperty('due');
    expect(warnings(csv)).toContain('mergedUnknown');
  });

  it('a value merged over rows belongs to each; a code merged over rows is one dossier', () => {
    const found = plan(
      [
        HEAD,
        row(1, '05/01/2026', '15/01/2026', null, 'Đang xử lý', null),
        row(2, '05/01/2026', null, null, 'Đang xử lý', null),
        [null, null, 'người nộp thứ hai', '06/01/2026', null, null, 'Đã trả', null],
      ],
      {
        merges: [
          { top: 1, left: 4, bottom: 2, right: 4 },
          { top: 2, left: 1, bottom: 3, right: 1 },
        ],
      },
    );
    expect(dossiers(found).map(({ code, facts }) => [code.slice(-1), facts.due, facts.status])).toEqual([
      ['1', '2026-01-15', 'processing'],
      ['2', '2026-01-15', 'processing'],
    ]);
    expect(issues(found)).toEqual([]);
  });

  it('two rows of one dossier that differ are both told and neither taken; equal ones are one', () => {
    const same = row(1, '05/01/2026', '15/01/2026', null, 'Đang xử lý', null);
    const found = plan([
      HEAD,
      same,
      same,
      row(2, '05/01/2026', '15/01/2026', null, 'Đang xử lý', null),
      row(2, '05/01/2026', '16/01/2026', null, 'Đang xử lý', null),
    ]);
    expect(dossiers(found).map(({ row: at }) => at)).toEqual(['1.2']);
    expect(issues(found)).toEqual(['4 Mã hồ sơ: codeTwice', '5 Mã hồ sơ: codeTwice']);
  });

  it('never reads a column whose name stands twice, whose cells contradict it, or that prints the month first', () => {
    const twice = plan([
      [...HEAD, 'Ngày tiếp nhận'],
      row(1, '05/01/2026', '15/01/2026', null, 'Đang xử lý', null, '07/01/2026'),
    ]);
    expect(dossiers(twice)[0]!.facts).not.toHaveProperty('received');
    expect(warnings(twice)).toContain('columnTwice Ngày tiếp nhận');
    const shifted = plan([
      HEAD,
      ...[1, 2, 3, 4].map((seq) => row(seq, 'Nguyễn Bịa', '15/01/2026', null, 'Đang xử lý', null)),
    ]);
    expect(warnings(shifted)).toContain('columnRefused Ngày tiếp nhận');
    expect(issues(shifted)).toEqual([]);
    const american = plan([
      HEAD,
      row(1, '1/5/2026', '2/3/2026', null, 'Đang xử lý', null),
      row(2, '1/5/2026', '3/25/2026', null, 'Đang xử lý', null),
    ]);
    expect(warnings(american)).toContain('monthFirst Ngày hẹn trả');
    expect(dossiers(american).map(({ facts }) => facts.due)).toEqual([undefined, undefined]);
  });

  it("tells another province's codes and takes none of them", () => {
    const other = [9, 'H40.1-260105-0009', 'x', '05/01/2026', '15/01/2026', null, 'Đang xử lý', null];
    const ministry = [
      8,
      'G22.99.08-260105-896048',
      'x',
      '05/01/2026',
      '15/01/2026',
      null,
      'Đang xử lý',
      null,
    ];
    const rows = [HEAD, row(1, '05/01/2026', '15/01/2026', null, 'Đang xử lý', null), other, ministry];
    expect(issues(plan(rows, { agency: 'H41' }))).toEqual(['3 Mã hồ sơ: otherProvince']);
    const second = row(2, '05/01/2026', '15/01/2026', null, 'Đang xử lý', null);
    expect(dossiers(plan([...rows, second])).map(({ code }) => code.slice(0, 3))).toEqual([
      'H41',
      'G22',
      'H41',
    ]);
    // One each: which of the two is meant the file does not say.
    expect(dossiers(plan(rows)).map(({ code }) => code.slice(0, 3))).toEqual(['G22']);
    expect(dossiers(plan(rows, { agency: 'H40' })).map(({ code }) => code.slice(0, 3))).toEqual([
      'H40',
      'G22',
    ]);
  });

  it('reads a header of two rows, merged or only looking merged', () => {
    const rows: Cell[][] = [
      ['STT', 'Mã hồ sơ', 'Thời gian', null, 'Trạng thái'],
      [null, null, 'Ngày tiếp nhận', 'Ngày hẹn trả', null],
      [1, 'H41.17.3-260105-0001', '05/01/2026', '15/01/2026', 'Đang xử lý'],
    ];
    const merges = [
      { top: 0, left: 0, bottom: 1, right: 0 },
      { top: 0, left: 1, bottom: 1, right: 1 },
      { top: 0, left: 2, bottom: 0, right: 3 },
      { top: 0, left: 4, bottom: 1, right: 4 },
    ];
    for (const found of [plan(rows, { merges }), plan(rows), plan(rows, { merges: null })]) {
      expect(dossiers(found)).toMatchObject([
        { facts: { received: '2026-01-05', due: '2026-01-15', status: 'processing' } },
      ]);
      expect(issues(found)).toEqual([]);
    }
  });

  it('reads the lines of a cell where the pack says so', () => {
    const found = plan(
      [
        ['STT', 'Thông tin hồ sơ', 'Tình trạng'],
        [
          1,
          'H41.17.3-260105-0001 - Đăng ký\n- Trạng thái hồ sơ: Đang xử lý\n- Tiếp nhận trực tuyến : 05/01/2026 08:00 - hẹn trả: 15/01/2026',
          'x',
        ],
      ],
      { pack: packOf('td-antd') },
    );
    expect(dossiers(found)).toMatchObject([
      { code: 'H41.17.3-260105-0001', facts: { status: 'processing', due: '2026-01-15' } },
    ]);
  });

  it('a list needs the code; a table of something else is said to be unknown', () => {
    expect(
      plan([
        ['STT', 'Họ tên', 'Ngày hẹn trả'],
        [1, 'x', '01/01/2026'],
      ]).sheets[0],
    ).toMatchObject({ kind: 'unknown', dossiers: [] });
    expect(plan([]).sheets[0]!.kind).toBe('unknown');
  });
});

describe('when the file was made', () => {
  const rows = [HEAD, row(1, '05/01/2026', '15/01/2026', '12/02/2026', 'Đã trả', null)];
  const at = (iso: string) => Date.parse(iso);

  it('is between what its rows prove and the time of the file', () => {
    expect(plan(rows, { changed: at('2026-03-01T02:00:00Z') }).made).toEqual({
      after: at('2026-02-11T17:00:00Z'),
      before: at('2026-03-01T02:00:00Z'),
      source: 'file',
    });
    expect(plan(rows, { changed: NOW + 9e9 }).made.before).toBe(NOW);
    // A clock that was wrong: the file tells of a day after it.
    expect(plan(rows, { changed: at('2026-01-20T02:00:00Z') }).made).toEqual({
      after: at('2026-02-11T17:00:00Z'),
      before: at('2026-02-12T16:59:59.999Z'),
      source: 'file',
    });
  });

  it('is what it prints, to the minute or the day, unless that cannot be', () => {
    const printed = (text: string) => plan([[text], ...rows]);
    expect(printed('Ngày in: 14/02/2026 09:15').made).toEqual({
      after: at('2026-02-14T02:15:00Z'),
      before: at('2026-02-14T02:15:00Z'),
      source: 'printed',
    });
    expect(printed('Nghệ An, ngày 14 tháng 02 năm 2026').made).toEqual({
      after: at('2026-02-13T17:00:00Z'),
      before: at('2026-02-14T16:59:59.999Z'),
      source: 'printed',
    });
    for (const wrong of ['Ngày in: 01/02/2026', 'Ngày in: 01/01/2027', 'Ngày in: 31/02/2026'])
      expect(printed(wrong).made.source, wrong).toBe('file');
    expect(warnings(printed('Ngày in: 01/02/2026'))).toContain('printedDoubtful');
  });
});

const M = (top: number, left: number, bottom: number, right: number): Merge => ({ top, left, bottom, right });
const FORM_HEAD: Cell[][] = [
  ['TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI TỈNH MẪU'],
  ['- Đơn vị báo cáo: UBND tỉnh Mẫu', null, '- Đơn vị nhận báo cáo: Văn phòng'],
  ['Kỳ báo cáo: 6 tháng (Từ ngày 15/12/2025 đến ngày 14/06/2026)'],
];
const HEADER_06: Cell[][] = [
  [
    'TT',
    'Đơn vị',
    'Số hồ sơ nhận giải quyết',
    null,
    null,
    null,
    'Số hồ sơ đã giải quyết',
    null,
    null,
    null,
    'Số lượng hồ sơ đang giải quyết',
    null,
    null,
  ],
  [
    null,
    null,
    'Tổng số',
    'Trong kỳ',
    null,
    'Kỳ trước',
    'Tổng số',
    'Trước hạn',
    'Đúng hạn¹ (Bao gồm cả hồ sơ chờ Bổ sung)',
    'Quá hạn',
    'Tổng số',
    'Trong hạn',
    'Quá hạn',
  ],
  [
    null,
    null,
    null,
    'Trực tuyến',
    'Trực tiếp, dịch vụ bưu chính',
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
  ],
  ['(1)', '(2)', '(3)=(4)+(5)+(6)', '(4)', '(5)', '(6)', '(7)', '(8)', '(9)', '(10)', '(11)', '(12)', '(13)'],
];
const MERGES_06 = [
  M(3, 0, 5, 0),
  M(3, 1, 5, 1),
  M(3, 2, 3, 5),
  M(3, 6, 3, 9),
  M(3, 10, 3, 12),
  M(4, 2, 5, 2),
  M(4, 3, 4, 4),
  ...[5, 6, 7, 8, 9, 10, 11, 12].map((x) => M(4, x, 5, x)),
];
const FIGURES = {
  receivedOnline: 1_200,
  receivedOffline: 300,
  received: 1_500,
  toHandle: 1_534,
  carriedOver: 34,
  finished: 1_500,
  finishedEarly: 900,
  finishedOnTime: 550,
  finishedLate: 50,
  pending: 34,
  pendingInTime: 30,
  pendingOverdue: 4,
};

describe('statistics', () => {
  const unitRow: Cell[] = [1, 'UBND xã Mẫu', '1.534', '1,200', 300, 34, '1.500', 900, 550, 50, 34, 30, 4];

  it.each([
    ['merged', MERGES_06],
    ['only looking merged', []],
    ['as CSV', null],
  ] as const)(
    'form 06a by unit, headers %s: both thousands marks, number row and sums left out',
    (_, merges) => {
      const found = plan(
        [
          ...FORM_HEAD,
          ...HEADER_06,
          unitRow,
          ['Tổng cộng', null, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9],
          [null, 'Trong đó', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        ],
        { merges },
      );
      expect(found.sheets[0]).toMatchObject({
        kind: 'totals',
        head: { period: { from: '2025-12-15', to: '2026-06-14' }, unit: 'UBND tỉnh Mẫu' },
        rows: 3,
        passed: 2,
      });
      expect(totals(found)).toEqual([{ row: '1.8', unit: 'UBND xã Mẫu', figures: FIGURES }]);
      expect(issues(found)).toEqual([]);
    },
  );

  it('the layout by sector is told once, for the reporting unit, from its row of sums', () => {
    const header = HEADER_06.map((cells) =>
      cells.map((cell) => (cell === 'Đơn vị' ? 'Lĩnh vực, công việc giải quyết theo cấp' : cell)),
    );
    const found = plan(
      [
        ...FORM_HEAD,
        ...header,
        ['I', 'Đất đai', ...unitRow.slice(2)],
        [null, 'Tổng số', ...unitRow.slice(2)],
      ],
      { merges: MERGES_06 },
    );
    expect(totals(found)).toEqual([{ row: '1.9', unit: null, figures: FIGURES }]);
  });

  it('the older table by unit: on time and early in one column; a whole that holds more is not used', () => {
    const found = plan(
      [
        ['TỔNG HỢP KẾT QUẢ GIẢI QUYẾT TTHC THEO ĐƠN VỊ'],
        [
          'STT',
          'Đơn vị',
          'Tiếp nhận',
          null,
          null,
          null,
          'Đã giải quyết',
          null,
          null,
          'Đang giải quyết',
          null,
          null,
        ],
        [
          null,
          null,
          'Tổng số',
          'Trực tiếp',
          'Trực tuyến',
          'BCCI',
          'Tổng số',
          'Đúng và trước hạn',
          'Quá hạn',
          'Tổng số',
          'Trong hạn',
          'Quá hạn',
        ],
        [1, 'Phường Mẫu', 110, 20, 75, 5, 90, 88, 2, 20, 19, 1],
      ],
      { merges: null },
    );
    expect(totals(found)).toEqual([
      {
        row: '1.4',
        unit: 'Phường Mẫu',
        figures: {
          received: 100,
          receivedCounter: 20,
          receivedOnline: 75,
          receivedPost: 5,
          finished: 90,
          finishedInTime: 88,
          finishedLate: 2,
          pending: 20,
          pendingInTime: 19,
          pendingOverdue: 1,
        },
      },
    ]);
    expect(warnings(found)).toContain('wholeIncludesMore');
    expect(found.sheets[0]!.head.period).toBeNull();
  });

  it('a row that does not add up, holds no whole number, names no office or stands twice is told, not taken', () => {
    const bad = (unit: Cell, at: number, value: Cell) => [
      2,
      unit,
      ...unitRow.slice(2).map((cell, place) => (place === at ? value : cell)),
    ];
    const found = plan(
      [
        ...FORM_HEAD,
        ...HEADER_06,
        bad('UBND xã A', 4, 1_499),
        bad('UBND xã B', 5, 899.5),
        bad('UBND xã C', 5, '9,0'),
        bad('Xã, phường', 5, 900),
        bad('UBND xã D', 5, 900),
        bad('ubnd xã d', 5, 900),
        bad('Nguyễn Văn Bịa', 5, 900),
      ],
      { merges: MERGES_06 },
    );
    expect(totals(found)).toEqual([]);
    expect(issues(found)).toEqual([
      '8 Tổng số: notEqual',
      '9 Trước hạn: badNumber',
      '10 Trước hạn: badNumber',
      '12 Đơn vị: unitTwice',
      '13 Đơn vị: unitTwice',
      '14 Đơn vị: notOffice',
    ]);
  });

  it('a whole that nothing proves is not told, whatever the pack calls it', () => {
    const rule = {
      id: 'r',
      rows: { css: ['tr'], unit: [{ header: ['Tên cơ quan'] }] },
      period: 'today' as const,
      figures: {
        toHandle: [{ header: ['Tổng'] }],
        carriedOver: [{ header: ['Tồn'] }],
        receivedOnline: [{ header: ['Mạng'] }],
        withFee: [{ header: ['Có phí'] }],
      },
      checks: [['toHandle', 'receivedOnline', 'carriedOver'] as const],
    };
    const pack = { ...igate2, pages: [{ ...igate2.pages[0]!, kind: 'statistics' as const, totals: [rule] }] };
    const told = (rows: readonly Cell[][]) => totals(plan(rows, { pack }))[0]!.figures;
    const head = ['Tên cơ quan', 'Tổng', 'Mạng', 'Có phí'];
    expect(told([head, ['Sở Mẫu', 9, 7, 1]])).toEqual({ receivedOnline: 7, withFee: 1 });
    expect(
      told([
        [...head, 'Tồn'],
        ['Sở Mẫu', 9, 7, 1, 2],
      ]),
    ).toEqual({ toHandle: 9, receivedOnline: 7, withFee: 1, carriedOver: 2 });
  });

  it("a pack's own rule is read by its header paths", () => {
    const page = {
      ...igate2.pages[0]!,
      id: 'stats',
      kind: 'statistics' as const,
      totals: [
        {
          id: 'online',
          rows: { css: ['tr'], unit: [{ header: ['Tên cơ quan'] }] },
          period: 'today' as const,
          figures: {
            paidOnline: [{ header: ['Thanh toán > Trực tuyến'] }],
            withFee: [{ header: ['Thanh toán > Có phí'] }],
            refused: [{ header: ['Từ chối'] }],
          },
          checks: [],
        },
      ],
    };
    const found = plan(
      [
        ['Tên cơ quan', 'Thanh toán', null, 'Từ chối'],
        [null, 'Có phí', 'Trực tuyến', null],
        ['Sở Mẫu', 12, 7, 0],
      ],
      { merges: null, pack: { ...igate2, pages: [page] } },
    );
    expect(totals(found)).toEqual([
      { row: '1.3', unit: 'Sở Mẫu', figures: { paidOnline: 7, withFee: 12, refused: 0 } },
    ]);
  });
});
