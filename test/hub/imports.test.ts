/** Imports name line and field and never half-import; settings name the variable (DESIGN §7). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../lib/hub/config.ts';
import { issueCode } from '../../lib/hub/device/activation.ts';
import { makeCode, readCode } from '../../lib/hub/device/code.ts';
import { listDevices } from '../../lib/hub/device/views.ts';
import { readFigures, readUnits } from '../../lib/hub/figures/figures.ts';
import { type ImportKind, importFile } from '../../lib/hub/imports/import.ts';
import { addPerson, login } from '../../lib/hub/people/people.ts';
import { startHub } from '../../lib/hub/server.ts';
import { type HubWords, hubWords } from '../../lib/i18n/hub/index.ts';
import {
  activationBody,
  CATALOGUE,
  callerOf,
  keyPair,
  load,
  NOON,
  PASSWORD,
  type TestHub,
  type TestServer,
  testConfig,
  testHub,
  testServer,
  UNITS,
} from './support.ts';

let server: TestServer;
let at: TestHub;
beforeAll(async () => {
  server = await testServer();
  at = await testHub(server);
});
afterAll(async () => {
  await at.close();
  await server.close();
});

const HEADER = 'id,parent,name,kind,agency_codes,aliases,valid_from,valid_to\n';
/** Words that answer with their key. */
const KEYS: HubWords = (key) => key;
const run = async (kind: ImportKind, text: string | Uint8Array, isDryRun = false, words = KEYS) => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return importFile(at.hub.db, { kind, bytes, isDryRun, actor: 'test', words, now: NOON });
};
const errorsOf = async (kind: ImportKind, text: string | Uint8Array) =>
  (await run(kind, text)).errors.map(({ line, field, message }) => `${line} ${field} ${message}`);

describe('unit lists', () => {
  it('updates and adds, with a byte-order mark, quoted line breaks and lists', async () => {
    const text = `\ufeff${HEADER}xa-d,tinh,"Xã ""D""
mới",commune,H99.4;H99.5,UBND xã D;Xã D cũ,2025-07-01,\nxa-b,tinh,Xã B,commune,H99.2,,,\n`;
    expect(await run('units', text, true)).toMatchObject({ rows: 2, created: 1, updated: 1, errors: [] });
    expect((await readUnits(at.hub.db, '*')).map((unit) => unit.id)).not.toContain('xa-d');
    expect(await run('units', text)).toMatchObject({ rows: 2, created: 1, updated: 1, errors: [] });
    const added = (await readUnits(at.hub.db, '*')).find((unit) => unit.id === 'xa-d');
    expect(added).toMatchObject({ agencyCodes: ['H99.4', 'H99.5'], validFrom: '2025-07-01', validTo: null });
    const period = {
      id: 'day:2026-09-21',
      system: 'day',
      part: '',
      year: 2026,
      from: '2026-09-21',
      to: '2026-09-21',
    } as const;
    expect(await readFigures(at.hub.db, 'tinh', { unit: 'xa-d', period, now: NOON })).not.toBeNull();
  });

  it('names line and field of every error, and imports nothing then', async () => {
    const before = await readUnits(at.hub.db, '*');
    const text = `${HEADER}tốt,tinh,A,commune,,,,
x1,,Gốc khác,province,,,,
x2,khong-co,B,commune,,,,
x3,tinh,,xa,,,,
x4,tinh,C,commune,99.1,,2025-13-01,
x5,tinh,D,commune,H99.2,,2026-01-01,2025-01-01
x6,x7,E,commune,,,,
x7,x6,F,commune,,,,
x8,tinh,G,commune,,,,
x8,tinh,H,commune,,,,
x9,tinh,I,commune,,,,,,thừa
`;
    expect((await errorsOf('units', text)).sort()).toEqual(
      [
        '2 id csv.id',
        '3 parent csv.roots',
        '4 parent csv.unknownParent',
        '5 name csv.required',
        '5 kind csv.oneOf',
        '6 agency_codes csv.agencyCode',
        '6 valid_from csv.day',
        '7 valid_to csv.dayOrder',
        '7 agency_codes csv.agencyCodeTaken',
        '8 parent csv.cycle',
        '9 parent csv.cycle',
        '11 id csv.duplicate',
        '12 file csv.cellCount',
      ].sort(),
    );
    expect(await readUnits(at.hub.db, '*')).toEqual(before);
  });

  it('says what is wrong with the file as a whole', async () => {
    expect(await errorsOf('units', 'id,ten,name,kind\n1,2,3,4\n')).toEqual([
      '1 parent csv.missingColumn',
      '1 ten csv.unknownColumn',
    ]);
    expect(await errorsOf('units', HEADER)).toEqual(['1 file csv.empty']);
    expect(await errorsOf('units', `${HEADER}a,tinh,"b\n`)).toEqual([
      expect.stringMatching(/^\d file csv.broken$/),
    ]);
    const cut = new TextEncoder().encode(`${HEADER}a,tinh,Xã,commune,,,,\n`);
    const at = cut.lastIndexOf(0xa3);
    expect(
      await errorsOf(
        'units',
        cut.filter((_, index) => index !== at),
      ),
    ).toEqual(['2 file csv.notUtf8']);
    const many = Array.from({ length: 300 }, () => 'a\n').join('');
    expect(await errorsOf('units', HEADER + many)).toHaveLength(200);
  });

  it('speaks the language of whoever imports', async () => {
    const text = `${HEADER}x1,khong-co,B,commune,,,,\nx2,,C,province,,,,\n`;
    const messages = async (language: string) =>
      (await run('units', text, true, hubWords(language))).errors.map((error) => error.message);
    expect(await messages('vi')).toEqual([
      'Không có đơn vị cấp trên "khong-co" trong tệp và trong danh sách hiện có.',
      'Chỉ được một đơn vị không có cấp trên (gốc của cây đơn vị); gốc đang có là "tinh".',
    ]);
    expect(await messages('en')).toEqual([
      'There is no parent unit "khong-co" in the file or in the present list.',
      'Only one unit may have no parent (the root of the tree); the present root is "tinh".',
    ]);
  });

  it('keeps agency codes left to right and names in NFC, whatever was typed', async () => {
    const text = `\ufeff${HEADER.replaceAll(',', ';')}xa-e;tinh;${'Xã É'.normalize('NFD')};Commune;000.18.03.h99;;01/07/2025;\r\n`;
    expect(await run('units', text)).toMatchObject({ rows: 1, created: 1, errors: [] });
    const added = (await readUnits(at.hub.db, '*')).find((unit) => unit.id === 'xa-e');
    const [name, agencyCodes] = ['Xã É'.normalize('NFC'), ['H99.3.18']];
    expect(added).toMatchObject({ name, kind: 'commune', agencyCodes, validFrom: '2025-07-01' });
    expect(await errorsOf('units', `${HEADER}xa-f,tinh,F,commune,H99.3.18,,,\n`)).toEqual([
      '2 agency_codes csv.agencyCodeTaken',
    ]);
  });

  it('the placeholder of a fresh hub becomes the root of the first list, with its people and devices', async () => {
    const data = mkdtempSync(join(tmpdir(), 'nmc-fresh-'));
    const hub = await startHub(testConfig(data, { databaseUrl: await server.freshUrl() }), {
      clock: () => NOON,
    });
    expect(await readUnits(hub.db, '*')).toMatchObject([{ id: 'tinh', parent: null }]);
    await addPerson(
      hub.db,
      { name: 'Quản trị', password: PASSWORD, role: 'provinceAdmin', unit: null },
      'test',
    );
    const { code } = await issueCode(
      hub.db,
      hub.secrets,
      { unit: 'tinh', kind: 'kiosk', name: '' },
      'test',
      NOON,
    );
    const { body } = await activationBody(code, 'kiosk', await keyPair());
    await callerOf(hub.url)('POST', '/v1/device/activate', body);
    const units = `${HEADER}nghe-an,,Tỉnh Nghệ An,province,H41,,,\nvinh,nghe-an,Phường Vinh,commune,H41.1,,,\n`;
    expect(await load(hub, 'units', units)).toMatchObject({ rows: 2, created: 2, errors: [] });
    expect((await readUnits(hub.db, '*')).map((unit) => unit.id)).toEqual(['nghe-an', 'vinh']);
    const [device] = await listDevices(hub.db, '*', 'nghe-an', String);
    expect(device).toMatchObject({ kind: 'kiosk', unit: { id: 'nghe-an', name: 'Tỉnh Nghệ An' } });
    const opened = await login(hub.db, 'quản trị', PASSWORD, NOON);
    expect(opened?.user).toMatchObject({ unit: { id: 'nghe-an' }, scope: '*' });
    await hub.close();
    rmSync(data, { recursive: true, force: true });
  });
});

describe('the catalogue', () => {
  it('replaces the validity spans of the procedures it names', async () => {
    const rows = `${CATALOGUE.split('\n')[0]}
1.001612,Đăng ký hộ kinh doanh,Kinh doanh,partial,1,1,3,,2026-06-30
1.001612,Đăng ký hộ kinh doanh,Kinh doanh,full,1,1,"0,5",2026-07-01,
`;
    expect(await run('catalogue', rows)).toMatchObject({ rows: 2, errors: [] });
    const stored = await at.hub.db.tx({ role: 'read', scope: '*' }, (query) =>
      query(
        "SELECT online, valid_from, limit_days FROM procedure_catalogue WHERE code = '1.001612' ORDER BY valid_from NULLS FIRST",
      ),
    );
    expect(stored).toEqual([
      { online: 'partial', valid_from: null, limit_days: 3 },
      { online: 'full', valid_from: '2026-07-01', limit_days: 0.5 },
    ]);
  });

  it('names line and field of every error', async () => {
    const text = `${CATALOGUE.split('\n')[0]}
abc,Tên,Lĩnh vực,full,1,1,3,,
1.000001,Tên,,toàn trình,có,1,-1,,
1.000002,Tên,Lĩnh vực,full,1,1,,2026-01-01,
1.000002,Tên,Lĩnh vực,full,1,1,,2026-05-01,
`;
    expect((await errorsOf('catalogue', text)).sort()).toEqual(
      [
        '2 code csv.procedureCode',
        '3 sector csv.required',
        '3 online csv.oneOf',
        '3 has_fee csv.boolean',
        '3 limit_days csv.limitDays',
        '5 code csv.overlap',
      ].sort(),
    );
  });
});

describe('tenants', () => {
  it('takes exact origins, each once', async () => {
    const header = 'id,name,family,origins\n';
    await load(at.hub, 'tenants', `${header}a,A,igate2,https://a.example.gov.vn\n`);
    const errors = await errorsOf(
      'tenants',
      `${header}b,B,igate2,https://a.example.gov.vn\nc,C,igate2,http://c.example\n`,
    );
    expect(errors).toEqual(['2 origins import.originTaken', '3 origins import.origin']);
  });
});

describe('activation codes', () => {
  it('notices any single wrong character and any two swapped neighbours', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    for (let n = 0; n < 50; n++) {
      const code = makeCode();
      expect(readCode(code)).toBe(code);
      for (let at = 0; at < code.length; at++) {
        for (const char of alphabet) {
          if (char !== code[at]) expect(readCode(code.slice(0, at) + char + code.slice(at + 1))).toBeNull();
        }
      }
    }
    expect(readCode('0O1IL')).toBeNull();
  });
});

describe('settings', () => {
  const failing = (env: Record<string, string>) => {
    try {
      readConfig(env);
    } catch (error) {
      return error as Error & { variables: string[] };
    }
    throw new Error('taken');
  };

  it('has defaults, and reads files for secrets', () => {
    expect(readConfig({})).toMatchObject({
      port: 8766,
      host: '127.0.0.1',
      databaseUrl: null,
      province: 'tinh',
    });
    const folder = mkdtempSync(join(tmpdir(), 'nmc-conf-'));
    const secret = Buffer.alloc(32, 1).toString('base64');
    writeFileSync(join(folder, 's'), `${secret}\n`);
    expect(readConfig({ NMC_SECRET_FILE: join(folder, 's') }).secret).toBe(secret);
    rmSync(folder, { recursive: true });
  });

  it('names every wrong variable and what to write, never its value', () => {
    const error = failing({ PORT: '99999', DATABASE_URL: 'mysql://mat-khau-bi-mat@x', NMC_SECRET: 'ngan' });
    expect(error.variables).toEqual(['PORT', 'DATABASE_URL', 'NMC_SECRET']);
    expect(error.message).toContain('PORT: write a port number');
    expect(error.message).not.toContain('mat-khau-bi-mat');
    expect(error.message).not.toContain('ngan');
    expect(failing({ NMC_SECRET_FILE: '/khong/co' }).message).toContain('NMC_SECRET_FILE: write the path');
    expect(failing({ PORT: '1', PORT_FILE: '/x' }).message).toContain('not both');
  });

  it('units of the tests are a valid list', async () => {
    expect((await run('units', UNITS, true)).errors).toEqual([]);
  });
});
