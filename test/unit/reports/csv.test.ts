import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../lib/domain/unit.ts';
import { readProceduresCsv } from '../../../lib/reports/procedure-csv.ts';
import { readUnitsCsv } from '../../../lib/reports/unit-csv.ts';

const UNITS = 'id,parent,name,kind,agency_codes,aliases,valid_from,valid_to';
const PROCEDURES = 'code,name,sector,online,has_fee,returns_result,limit_days,valid_from,valid_to';
const units = (...lines: string[]) => readUnitsCsv([UNITS, ...lines].join('\n'));
const procedures = (...lines: string[]) => readProceduresCsv([PROCEDURES, ...lines].join('\n'));
const places = (read: { errors: readonly { line: number; field: string }[] }) =>
  read.errors.map(({ line, field }) => `${line}:${field}`);

describe('the unit list', () => {
  it('reads a tree, lists, dates of both forms and old agency codes', () => {
    const read = units(
      'p,,Tỉnh Ví Dụ,province,H41,,,',
      'x,p,"Xã Ví Dụ, phía Bắc",commune,H41.17.3;000.18.3.H41,UBND xã Ví Dụ;Xã VD,2025-07-01,31/12/2026',
    );
    expect(read.errors).toEqual([]);
    expect(read.units[1]).toEqual({
      id: 'x',
      parent: 'p',
      name: 'Xã Ví Dụ, phía Bắc',
      kind: 'commune',
      agencyCodes: ['H41.17.3', 'H41.3.18'],
      aliases: ['UBND xã Ví Dụ', 'Xã VD'],
      validFrom: '2025-07-01',
      validTo: '2026-12-31',
    });
  });

  it('reads what Excel writes in Vietnamese: BOM, semicolons, CRLF, other column order, blank lines', () => {
    const text = `\ufeffname;id;parent;kind;agency_codes;aliases;valid_from;valid_to\r\nXã A;a;;commune;"H41.1;H41.2";;;\r\n;;;;;;;\r\n`;
    const read = readUnitsCsv(text);
    expect(read.errors).toEqual([]);
    expect(read.units.map((one) => [one.id, one.name, one.agencyCodes])).toEqual([
      ['a', 'Xã A', ['H41.1', 'H41.2']],
    ]);
  });

  it('does without the columns that may be absent', () => {
    const read = readUnitsCsv('id,parent,name,kind\na,,A,commune');
    expect(read.errors).toEqual([]);
    expect(read.units[0]).toMatchObject({ agencyCodes: [], aliases: [], validFrom: null });
  });

  it('keeps a cell that looks like a formula as text', () => {
    expect(units('a,,=HYPERLINK(1),commune,,,,').units[0]!.name).toBe('=HYPERLINK(1)');
  });

  it('names line and field of each error, and counts lines inside quoted cells', () => {
    const read = units(
      'a,,"Xã\nhai dòng",commune,,,,',
      'a,,Trùng,commune,,,,',
      'b,zz,Không có cấp trên,commune,,,,',
      'c,,Loại lạ,city,,,,',
      'd d,,,commune,XYZ,,2026-02-30,',
      'e,,Ngày ngược,commune,,,2026-02-01,2026-01-01',
      'f,,Thiếu ô',
      'unassigned,,Giữ riêng,other,,,,',
    );
    expect(places(read)).toEqual([
      '4:id',
      '5:parent',
      '6:kind',
      '7:id',
      '7:agency_codes',
      '7:name',
      '7:valid_from',
      '8:valid_to',
      '9:',
      '10:id',
    ]);
    expect(read.units.map((one) => one.id)).toEqual(['a']);
    expect(read.errors[0]!.message).toBe('Trùng với dòng 2.');
  });

  it('refuses circles, also through units already known', () => {
    expect(places(units('a,b,A,commune,,,,', 'b,a,B,commune,,,,', 'c,c,C,commune,,,,'))).toEqual([
      '2:parent',
      '3:parent',
      '4:parent',
    ]);
    const known: Unit = {
      id: 'k',
      parent: 'a',
      name: 'K',
      kind: 'other',
      agencyCodes: ['H41.9'],
      aliases: [],
      validFrom: null,
      validTo: null,
    };
    const text = `${UNITS}\na,k,A,commune,,,,\nn,k,N,commune,H41.9,,,`;
    expect(places(readUnitsCsv(text, [known]))).toEqual(['2:parent', '3:agency_codes']);
    expect(readUnitsCsv(`${UNITS}\nn,k,N,commune,,,,`, [known]).errors).toEqual([]);
  });

  it('writes a circle out, a long one shortened, in no time', () => {
    const ring = (length: number) =>
      units(...Array.from({ length }, (_, at) => `u${at},u${(at + 1) % length},U,commune,,,,`)).errors;
    expect(ring(3).map((one) => one.message)).toEqual(
      Array(3).fill('Đơn vị cấp trên tạo thành vòng lặp: u0 → u1 → u2 → u0.'),
    );
    const long = ring(50_000);
    expect(long).toHaveLength(50_000);
    expect(long[0]!.message).toMatch(/u7 → … → u0\.$/);
  });

  it('takes one root where a tree is wanted, the known one before any other', () => {
    const lines = [UNITS, 'z,,Gốc khác,province,,,,', 'p,,Tỉnh,province,,,,', 'x,p,Xã,commune,,,,'].join(
      '\n',
    );
    const known = units('p,,Tỉnh,province,,,,').units;
    expect(places(readUnitsCsv(lines, known, undefined, 'one'))).toEqual(['2:parent']);
    expect(places(readUnitsCsv(lines, [], undefined, 'one'))).toEqual(['3:parent']);
    expect(readUnitsCsv(lines, known).errors).toEqual([]);
  });

  it('takes spaces around quotes, and keeps text in NFC', () => {
    const text = `a, "", "${'Xã É'.normalize('NFD')}" ,commune,,,,`;
    expect(units(text)).toMatchObject({
      units: [{ parent: null, name: 'Xã É'.normalize('NFC') }],
      errors: [],
    });
  });

  it('lets an agency code pass from an ended unit to its successor, not to two at once', () => {
    const ended = 'old,,Huyện cũ,other,H41.5,,,2025-06-30';
    expect(units(ended, 'new,,Xã mới,commune,H41.5,,2025-07-01,').errors).toEqual([]);
    expect(places(units(ended, 'new,,Xã mới,commune,H41.5,,2025-06-30,'))).toEqual(['3:agency_codes']);
  });

  it('refuses a wrong header, another encoding, a broken quote and an empty file', () => {
    expect(places(readUnitsCsv('gso_code,parent_code,name\n01,,A'))).toContain('1:id');
    expect(readUnitsCsv('gso_code,parent_code,name\n01,,A').units).toEqual([]);
    expect(readUnitsCsv(`${UNITS}\na,,X\ufffd,commune,,,,`).errors[0]).toMatchObject({ line: 2 });
    expect(readUnitsCsv(`${UNITS}\na,,"X,commune,,,,\n`).errors).toHaveLength(1);
    expect(readUnitsCsv('').errors[0]!.message).toMatch(/không có dòng/);
    expect(readUnitsCsv(UNITS).errors).toHaveLength(1);
  });

  it('takes a country: 34 provinces with 100 communes each', () => {
    const lines = Array.from({ length: 34 }, (_, p) => [
      `p${p},,Tỉnh ${p},province,,,,`,
      ...Array.from({ length: 100 }, (_, c) => `c${p}.${c},p${p},Xã ${c},commune,H${10 + p}.${c + 1},,,`),
    ]).flat();
    const read = units(...lines);
    expect(read.errors).toEqual([]);
    expect(read.units.length).toBe(lines.length);
  });
});

describe('the procedure catalogue', () => {
  it('reads procedures with validity', () => {
    const read = procedures(
      '1.001612,Cấp giấy phép,Kinh doanh,full,1,0,3,,2026-06-30',
      '1.001612,Cấp giấy phép,Kinh doanh,partial,0,1,"2,5",2026-07-01,',
      '1.012790.000.00.00.H41,Thủ tục của tỉnh,Đất đai,none,0,1,,,',
    );
    expect(read.errors).toEqual([]);
    expect(read.procedures.map((one) => [one.online, one.hasFee, one.returnsResult, one.limitDays])).toEqual([
      ['full', true, false, 3],
      ['partial', false, true, 2.5],
      ['none', false, true, null],
    ]);
  });

  it('names line and field of each error', () => {
    const read = procedures(
      '1.001612,A,S,full,1,0,3,,',
      '1.001612,A,S,full,1,0,3,2026-01-01,',
      '1.00161,Excel đã cắt số 0,S,full,1,0,3,,',
      '1.000002,B,S,sometimes,yes,,soon,,',
      '1.000003,,,full,1,1,1,01/13/2026,',
    );
    expect(places(read)).toEqual([
      '3:code',
      '4:code',
      '5:limit_days',
      '5:online',
      '5:has_fee',
      '5:returns_result',
      '6:name',
      '6:sector',
      '6:valid_from',
    ]);
    expect(read.procedures).toHaveLength(1);
  });

  it('lets a stored procedure end and go on changed, and refuses a silent overlap', () => {
    const stored = procedures('1.001612,A,S,full,1,0,3,,').procedures;
    const next = '1.001612,A,S,partial,1,0,3,2026-07-01,';
    const alone = readProceduresCsv(`${PROCEDURES}\n${next}`, stored);
    expect(places(alone)).toEqual(['2:code']);
    expect(alone.procedures).toEqual([]);
    const both = readProceduresCsv(`${PROCEDURES}\n${next}\n1.001612,A,S,full,1,0,3,,2026-06-30`, stored);
    expect(both.errors).toEqual([]);
    expect(both.procedures).toHaveLength(2);
  });
});
