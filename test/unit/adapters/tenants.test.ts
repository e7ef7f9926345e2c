/** The suggested tenants: exact hosts, each once, of packs that exist; searched and exported as the hub takes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import {
  findSuggestions,
  SUGGESTED_TENANTS,
  suggestedTenant,
  tenantsCsv,
} from '../../../lib/adapters/tenants/index.ts';
import { bindingProblem, hostOf } from '../../../lib/extension/hosts.ts';
import { readTenantsCsv } from '../../../lib/hub/imports/tenant-csv.ts';
import { hubWords } from '../../../lib/i18n/hub/index.ts';

const file = join(import.meta.dirname, '../../../lib/adapters/tenants/suggested.csv');
const origins = SUGGESTED_TENANTS.flatMap((one) => one.origins);

describe('suggested tenants', () => {
  it('name exact https hosts that may be read, each once, and packs that exist', () => {
    const packs = BUNDLED_PACKS.map((one) => one.id);
    const ids = SUGGESTED_TENANTS.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(origins).size).toBe(origins.length);
    for (const origin of origins) {
      expect(origin).toMatch(/^https:\/\/[a-z0-9.-]+\.vn$/);
      expect(bindingProblem(origin), origin).toBeNull();
    }
    for (const { family, families = [], status } of SUGGESTED_TENANTS) {
      expect(packs).toEqual(expect.arrayContaining([family, ...families]));
      expect(status).toBe('unverified');
    }
  });

  it('Nghệ An: one known host, the older generation tried first, nothing guessed', () => {
    expect(SUGGESTED_TENANTS.filter((one) => one.origins.some((each) => each.includes('nghean')))).toEqual([
      {
        id: 'nghe-an',
        name: 'Cổng dịch vụ công tỉnh Nghệ An',
        family: 'igate1',
        families: ['igate2'],
        origins: ['https://dichvucong.nghean.gov.vn'],
        agency: 'H41',
        status: 'unverified',
      },
    ]);
  });

  it('are found by name without marks, by host, and by a pasted address', () => {
    const first = (text: string) => findSuggestions(text)[0]?.origin;
    expect(first('nghe an')).toBe('https://dichvucong.nghean.gov.vn');
    expect(first('motcua.daklak')).toBe('https://motcua.daklak.gov.vn');
    expect(first('https://egov.danang.gov.vn/')).toBe('https://egov.danang.gov.vn');
    expect(findSuggestions('bo y te').map(({ origin }) => origin)).toEqual([
      'https://motcua.moh.gov.vn',
      'https://dichvucongbyt.moh.gov.vn',
    ]);
    expect(findSuggestions('khong co o dau')).toEqual([]);
    expect(findSuggestions('gov').length).toBe(12);
  });

  it('a host bound as suggested takes the tenant and its families; with another pack it is bound by hand', () => {
    const origin = 'https://dichvucong.nghean.gov.vn';
    expect(hostOf(origin, 'igate1', 'Một cửa')).toEqual({
      origin,
      tenant: 'nghe-an',
      family: 'igate1',
      families: ['igate2'],
      name: 'Một cửa',
    });
    expect(hostOf(origin, 'td-antd', 'x')).toEqual({
      origin,
      tenant: 'dichvucong-nghean-gov-vn',
      family: 'td-antd',
      name: 'x',
    });
    expect(suggestedTenant('https://motcua.example.gov.vn', 'igate2')).toBeNull();
  });

  it('the CSV beside them is theirs, and the hub takes it whole', () => {
    const text = readFileSync(file, 'utf8');
    expect(text).toBe(tenantsCsv(SUGGESTED_TENANTS));
    const { tenants, errors } = readTenantsCsv(text, [], () => true, hubWords('vi'));
    expect(errors).toEqual([]);
    expect(tenants).toEqual(
      SUGGESTED_TENANTS.map(({ families = [], agency = '', ...one }) => ({ ...one, families, agency })),
    );
  });
});

describe('tenants of a file', () => {
  const read = (rows: string, columns = ',families,agency,status') =>
    readTenantsCsv(
      `id,name,family,origins${columns}\n${rows}\n`,
      [{ id: 'old', origins: ['https://taken.gov.vn'] }],
      (origin) => origin.startsWith('https://'),
      hubWords('vi'),
    );

  it('without the further columns mean what they always meant; the status stays as stored', () => {
    expect(read('a,A,igate2,https://a.gov.vn', '').tenants).toEqual([
      {
        id: 'a',
        name: 'A',
        family: 'igate2',
        origins: ['https://a.gov.vn'],
        families: [],
        agency: '',
        status: null,
      },
    ]);
  });

  it.each([
    ['a,A,igate1,https://a.gov.vn,igate2;IGATE 3,,', 'families'],
    ['a,A,igate1,https://a.gov.vn,,41,', 'agency'],
    ['a,A,igate1,https://a.gov.vn,,,confirmed', 'status'],
    ['a,A,igate1,http://a.gov.vn,,,', 'origins'],
    ['a,A,igate1,https://taken.gov.vn,,,', 'origins'],
  ])('%s is refused at %s', (row, field) => {
    expect(read(row).errors.map((one) => one.field)).toEqual([field]);
  });
});
