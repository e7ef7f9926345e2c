import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../lib/domain/dates.ts';
import { parsePeriod } from '../../../lib/domain/period.ts';
import { translator } from '../../../lib/i18n/index.ts';
import { dictionaries } from '../../../lib/i18n/reports/index.ts';
import { figuresOf } from '../../../lib/indicators/assemble.ts';
import { figuresToXlsx, neutralise } from '../../../lib/reports/figures-xlsx.ts';

const transport = {
  devices: 3,
  complete: 2,
  missing: 7,
  silent: 1,
  heardThrough: '2026-09-21T09:05:00.000Z',
};
const days = Array.from({ length: 366 }, (_, at) => addDays('2025-12-15', at));
const figures = figuresOf({
  unit: { id: 'x', name: '=cmd|" /c calc"!A1' },
  period: parsePeriod('report:2026-Y')!,
  asOf: Date.parse('2026-09-21T09:30:00.000Z'),
  flows: [
    ...days.map((day) => ({ unit: 'x', day, procedure: '', measure: 'received:online', n: 3 }) as const),
    { unit: 'x', day: '2026-09-01', procedure: '', measure: 'received:counter', n: 100 },
    { unit: 'x', day: '2026-09-01', procedure: '', measure: 'finished:onTime', n: 4 },
    { unit: 'x', day: '2026-09-01', procedure: '', measure: 'finished:undecided', n: 1 },
  ],
  stock: { inTime: 5, overdue: 6, noDue: 7, unknownDue: 8 },
  documents: [{ role: 'XLC', waiting: 12, overdue: 4 }],
  feedback: [
    { question: '@SUM(A1)', level: 5, n: 9 },
    { question: 'attitude', level: 1, n: 4 },
  ],
  visits: { completed: 13, abandoned: 2 },
  catalogue: [],
  transport,
  coverage: { seen: 40, official: 50 },
});

async function read(blob: Blob) {
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  const shared = [
    ...strFromU8(files['xl/sharedStrings.xml']!).matchAll(/<si>.*?<t[^>]*>(.*?)<\/t><\/si>/gs),
  ].map((found) => found[1]!.replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&#39;', "'"));
  const sheet = (index: number) =>
    [...strFromU8(files[`xl/worksheets/sheet${index}.xml`]!).matchAll(/<row.*?<\/row>/gs)].map(([row]) =>
      [...row.matchAll(/<c ([^>]*)>(.*?)<\/c>/gs)].map(([, attributes, inner]) => {
        const value = /<v>(.*?)<\/v>/.exec(inner!)?.[1];
        return /t="s"/.test(attributes!) ? shared[Number(value)] : Number(value);
      }),
    );
  return { files, shared, sheet };
}

describe('the workbook of figures', () => {
  it('holds every indicator with definition, grounds and completeness', async () => {
    const { sheet } = await read(await figuresToXlsx(figures));
    const rows = sheet(1);
    const online = rows.find((row) => row[0] === 'Tỷ lệ hồ sơ nộp trực tuyến')!;
    const received = figures.received.online;
    expect(online.slice(1, 4)).toEqual([received, received + 100, 0]);
    expect(online[4]).toBeCloseTo(received / (received + 100), 10);
    expect(online.slice(7)).toEqual([
      'Hồ sơ nộp trực tuyến ÷ hồ sơ tiếp nhận trong kỳ',
      'everyday-1',
      'report:2026-Y',
      '16:30 21/09/2026',
      'đủ 2/3 máy; thiếu 7 bản ghi; 1 máy chưa gửi hôm nay; mọi máy đã gửi đến 16:05 21/09/2026',
      '40/50 hồ sơ theo số liệu của cổng (80,0%)',
    ]);
  });

  it('writes bounds where dossiers are undecided and never 0 for unknown', async () => {
    const { sheet } = await read(await figuresToXlsx(figures));
    const onTime = sheet(1).find((row) => row[0] === 'Tỷ lệ giải quyết đúng hạn')!;
    expect(onTime.slice(1, 7)).toEqual([4, 5, 1, 'Chưa đủ căn cứ xác định', 0.8, 1]);
    const payment = sheet(1).find((row) => row[0] === 'Tỷ lệ thanh toán trực tuyến')!;
    expect(payment[4]).toBe('Chưa có số liệu');
  });

  it('stamps every sheet and neutralises what looks like a formula', async () => {
    const { files, shared, sheet } = await read(await figuresToXlsx(figures));
    for (let index = 1; index <= 6; index += 1) {
      expect(sheet(index)[1]![1]).toBe(`'=cmd|" /c calc"!A1 (x)`);
      expect(sheet(index)[4]![1]).toBe('16:30 21/09/2026');
      expect(strFromU8(files[`xl/worksheets/sheet${index}.xml`]!)).not.toMatch(/<f[ >]/);
    }
    expect(shared.filter((value) => /^[=+\-@]/.test(value))).toEqual([]);
    expect(shared).toContain("'@SUM(A1)");
    expect(['=1', '+1', '-1', '@a', '\tx'].map(neutralise)).toEqual(["'=1", "'+1", "'-1", "'@a", "'\tx"]);
  });

  it('shows stock, documents, ratings and days, and hides ratings of fewer than five', async () => {
    const { sheet } = await read(await figuresToXlsx(figures));
    expect(
      sheet(3)
        .slice(-5)
        .map((row) => row[1]),
    ).toEqual([5, 6, 7, 8, 26]);
    expect(sheet(4).slice(-2)).toEqual([
      ['Xử lý chính', 12, 4],
      ['Phối hợp', 0, 0],
    ]);
    expect(sheet(5).slice(-2)).toEqual([
      ["'@SUM(A1)", 9, 0, 0, 0, 0, 9],
      ['attitude', 4, 'Dưới 5 lượt: không hiển thị'],
    ]);
    expect(sheet(6).at(-1)).toEqual(['14/12/2026', 3, 3, 0, 0]);
  });

  it('stays below the size at which the zipper would start a worker, which extension pages forbid', async () => {
    const { files } = await read(await figuresToXlsx(figures));
    expect(Math.max(...Object.values(files).map((file) => file.length))).toBeLessThan(160_000);
  });

  it('speaks English when asked, with the same keys', async () => {
    const { shared } = await read(await figuresToXlsx(figures, translator(dictionaries.en)));
    expect(shared).toContain('Filed online');
    expect(Object.keys(dictionaries.en)).toEqual(Object.keys(dictionaries.vi));
  });
});
