// @vitest-environment happy-dom
/** Files become grids of cells, or are refused with a reason: never a crash, never a guess. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isRefusal, MAX_FILE, openSpreadsheet, readHtml } from '../../../lib/reports/spreadsheet.ts';
import { csv, rawWorkbook, workbook } from './export-files.ts';

const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');
async function read(bytes: Uint8Array, pace?: (done: number) => void) {
  const opened = await openSpreadsheet(bytes, pace);
  const grids = opened.kind === 'html' ? readHtml(opened.html, parse) : opened.grids;
  return { kind: opened.kind, grids, hasMacros: opened.kind === 'xlsx' && opened.hasMacros };
}
const refused = async (bytes: Uint8Array) => {
  const error = await read(bytes).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isRefusal(error)) throw error ?? new Error('was read');
  return error.row === null ? error.refusal : `${error.refusal}:${error.row}`;
};
const bytes = (text: string) => strToU8(text);
const cellXml = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;

/** The archive with another size in its directory for its largest part. */
function declaring(archive: Uint8Array, size: number): Uint8Array {
  const view = new DataView(archive.buffer);
  const places = [...archive.keys()].filter(
    (at) => at + 46 < archive.length && view.getUint32(at, true) === 0x02014b50,
  );
  const largest = places.reduce((a, b) =>
    view.getUint32(b + 24, true) > view.getUint32(a + 24, true) ? b : a,
  );
  view.setUint32(largest + 24, size, true);
  return archive;
}

describe('workbooks', () => {
  it('gives texts, numbers, dates as printed, merged cells, and keeps the place of every row', async () => {
    const { grids, kind, hasMacros } = await read(
      await workbook([
        [],
        [{ value: 'DANH SÁCH HỒ SƠ', span: 3 }, null, null],
        ['Mã hồ sơ', 'Ngày tiếp nhận', 'Số'],
        ['H41.1-260101-0001', new Date(Date.UTC(2026, 0, 5, 8, 30)), 1.5],
      ]),
    );
    expect([kind, hasMacros]).toEqual(['xlsx', false]);
    expect(grids[0]!.rows[3]).toEqual(['H41.1-260101-0001', '05/01/2026 08:30', 1.5]);
    expect(grids[0]!.merges).toEqual([{ top: 1, left: 0, bottom: 1, right: 2 }]);
  });

  it('takes the stored result of a formula and reads nothing of macros', async () => {
    const sheet = `<sheetData><row r="5">${cellXml('B5', 'Mã')}<c r="C5"><f>1+1</f><v>2</v></c></row></sheetData>`;
    const { grids, hasMacros } = await read(rawWorkbook(sheet, { 'xl/vbaProject.bin': 'Sub Auto_Open()' }));
    expect(hasMacros).toBe(true);
    expect(grids[0]!.rows[4]).toEqual([null, 'Mã', 2]);
  });

  it('refuses what lies about its size before or while inflating it', async () => {
    expect(await refused(declaring(rawWorkbook('<sheetData/>'), 300 * 1024 * 1024))).toBe('zipBomb');
    const lying = rawWorkbook(`<sheetData>${' '.repeat(1_000_000)}</sheetData>`);
    expect(await refused(declaring(lying, 1_000))).toBe('zipBomb');
  });

  it('refuses a far corner that would fill the memory', async () => {
    const sheet = `<sheetData><row r="1048576">${cellXml('XFD1048576', 'x')}</row></sheetData>`;
    expect(await refused(rawWorkbook(sheet))).toBe('tooWide');
    const merged = Array.from({ length: 40 }, () => '<mergeCell ref="A1:B1048576"/>').join('');
    const wide = `<sheetData><row r="1">${cellXml('A1', 'x')}</row></sheetData><mergeCells>${merged}</mergeCells>`;
    expect(await refused(rawWorkbook(wide))).toBe('tooWide');
  });

  it('refuses with the row where a cell is broken, and says nothing of the cell', async () => {
    const sheet = '<sheetData><row r="7"><c r="A7" t="n"><v>SECRET</v></c></row></sheetData>';
    expect(await refused(rawWorkbook(sheet))).toBe('brokenCell:7');
  });

  it('tells other archives, cut and encrypted ones apart', async () => {
    expect(await refused(zipSync({ 'word/document.xml': bytes('<x/>') }))).toBe('notTable');
    expect(await refused(zipSync({ 'xl/workbook.bin': bytes('x') }))).toBe('xlsb');
    expect(await refused(zipSync({ mimetype: bytes('x'), 'content.xml': bytes('<x/>') }))).toBe('ods');
    const whole = await workbook([['Mã hồ sơ', 'x']]);
    expect(await refused(whole.subarray(0, whole.length - 30))).toBe('broken');
    const hurt = whole.slice();
    hurt.fill(0x55, 60, 400);
    expect(await refused(hurt)).toMatch(/^broken/);
    const locked = rawWorkbook('<sheetData/>');
    const view = new DataView(locked.buffer);
    for (let at = 0; at + 46 < locked.length; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 8, 1, true);
    }
    expect(await refused(locked)).toBe('password');
  });
});

describe('old and foreign files', () => {
  const ole = (...names: string[]) => {
    const file = new Uint8Array(4_096);
    file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    names.forEach((name, at) => {
      [...name].forEach((letter, place) => {
        file[1_024 + at * 128 + place * 2] = letter.charCodeAt(0);
      });
    });
    return file;
  };

  it('refuses each with its own reason', async () => {
    expect(await refused(ole('Workbook'))).toBe('xls');
    expect(await refused(ole('EncryptionInfo', 'EncryptedPackage'))).toBe('password');
    expect(await refused(new Uint8Array([9, 4, 6, 0, 0, 0, 16, 0]))).toBe('xls');
    expect(await refused(new Uint8Array(0))).toBe('empty');
    expect(await refused(bytes('\ufeff \r\n '))).toBe('empty');
    expect(await refused(new Uint8Array(MAX_FILE + 1).fill(65))).toBe('tooLarge');
    expect(await refused(bytes('%PDF-1.7 x'))).toBe('notTable');
    expect(await refused(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]))).toBe('notTable');
    expect(await refused(bytes('MIME-Version: 1.0\r\n'))).toBe('webArchive');
    expect(
      await refused(bytes('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')),
    ).toBe('xmlSheet');
  });

  it('reads HTML that calls itself .xls: tables only, spans as merged cells, no script', async () => {
    const page = `<html><head><meta charset="utf-8"><script>globalThis.wasRun = true</script></head><body>
      <p>Từ ngày 15/12/2025 đến ngày 14/06/2026</p>
      <table><tr><th rowspan="2">Mã hồ sơ</th><th colspan="2">Ngày</th></tr>
      <tr><th>tiếp nhận</th><th>hẹn trả</th></tr>
      <tr><td>H41.1-260101-0001<br>Ghi chú</td><td>01/01/2026<script>x</script></td><td></td></tr></table>`;
    const { grids, kind } = await read(bytes(page));
    expect(kind).toBe('html');
    expect(grids).toHaveLength(1);
    expect(grids[0]!.rows).toEqual([
      ['Từ ngày 15/12/2025 đến ngày 14/06/2026'],
      ['Mã hồ sơ', 'Ngày'],
      [null, 'tiếp nhận', 'hẹn trả'],
      ['H41.1-260101-0001\nGhi chú', '01/01/2026', null],
    ]);
    expect(grids[0]!.merges).toEqual([
      { top: 1, left: 0, bottom: 2, right: 0 },
      { top: 1, left: 1, bottom: 1, right: 2 },
    ]);
    expect((globalThis as { wasRun?: boolean }).wasRun).toBeUndefined();
    expect(await refused(bytes('<html><body>Phiên đăng nhập đã hết hạn</body></html>'))).toBe('noTable');
  });
});

describe('CSV', () => {
  it.each([',', ';', '\t'])(
    'reads the separator %j, quotes, line ends in cells and the line of each row',
    async (mark) => {
      const { grids } = await read(
        csv(
          [['Danh sách'], ['Mã hồ sơ', 'Ghi chú'], ['H41.1-260101-0001', `a${mark}b\n"c"`], ['x', '']],
          mark,
        ),
      );
      expect(grids[0]!.rows).toEqual([
        ['Danh sách'],
        ['Mã hồ sơ', 'Ghi chú'],
        ['H41.1-260101-0001', `a${mark}b\n"c"`],
        ['x', ''],
      ]);
      expect(grids[0]!.numbers).toEqual([1, 2, 3, 5]);
      expect(grids[0]!.merges).toBeNull();
    },
  );

  it('reads UTF-16 as Excel writes it, and refuses bytes that are no text it knows', async () => {
    const text = 'Mã hồ sơ\tTrạng thái\r\nH41.1-260101-0001\tĐang xử lý\r\n';
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...[...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
    ]);
    expect((await read(utf16)).grids[0]!.rows[1]).toEqual(['H41.1-260101-0001', 'Đang xử lý']);
    expect(await refused(new Uint8Array([...bytes('M,'), 0xe3, 0x28, 0x41]))).toBe('encoding');
    expect(await refused(bytes('sep=;\nA;B\n"x;1\n'))).toMatch(/^brokenQuotes/);
  });

  it('gives the same rows and lines wherever the blocks are cut', async () => {
    const rows = Array.from({ length: 9_000 }, (_, at) => [
      `H41.1-260101-${String(at).padStart(4, '0')}`,
      at % 7 === 0 ? `đa\nthức "${at}"` : 'x',
      'é'.repeat(at % 90),
    ]);
    const paces: number[] = [];
    const { grids } = await read(csv(rows), (done) => void paces.push(done));
    expect(grids[0]!.rows).toEqual(rows);
    expect(paces.length).toBeGreaterThan(2);
    let line = 1;
    const lines = rows.map((row) => {
      const first = line;
      line += 1 + (row[1]!.includes('\n') ? 1 : 0);
      return first;
    });
    expect(grids[0]!.numbers).toEqual(lines);
  });
});
