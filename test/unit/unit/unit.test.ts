import 'fake-indexeddb/auto';
import { gzipSync } from 'fflate';
import { FlattenedSign } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GENESIS, readBatchHeader, toHex, verifyReceipt } from '../../../lib/batch/index.ts';
import { readUnitFile } from '../../../lib/sync/unit-file.ts';
import { openUnit, type UnitBook } from '../../../lib/unit/index.ts';
import { openStore } from '../../../lib/unit/store.ts';
import {
  batchOf,
  type Draft,
  keyOf,
  linesOf,
  makeDevice,
  sighting,
  type TestDevice,
  visit,
} from './sample.ts';

const NOW = Date.parse('2026-09-21T04:00:00.000Z');
const PERIOD = 'calendar:2026-M09';
let count = 0;
let name = '';
let book: UnitBook;
let device: TestDevice;
let unit: string;

const DOSSIERS = linesOf([
  sighting(1, { channel: 'online', received: '2026-09-02', due: '2026-09-10', status: 'processing' }),
  sighting(2, { channel: 'counter', received: '2026-09-03', due: '2026-09-30', status: 'processing' }),
  sighting(3, {
    channel: 'online',
    received: '2026-09-04',
    due: '2026-09-20',
    status: 'returned',
    finished: '2026-09-19',
  }),
  sighting(4, { channel: 'post', received: '2026-09-05', due: null, status: 'received' }),
]);

async function accepted(lines: readonly string[], kind: TestDevice['kind'] = 'extension') {
  const one = await makeDevice(kind);
  await book.importFiles([{ name: 'first.nmc', bytes: await batchOf(one, lines, 1, lines.length) }]);
  const results = await book.acceptDevice(one.id);
  return { one, results };
}

async function dump() {
  const db = await openStore(name);
  const tables = await Promise.all(
    db.tables
      .filter((table) => table.name !== 'settings')
      .map(async (table) => [table.name, await table.toArray()] as const),
  );
  db.close();
  return Object.fromEntries(tables);
}

beforeEach(async () => {
  count += 1;
  name = `unit-${count}`;
  book = await openUnit({ name, clock: () => NOW });
  unit = (await book.createUnit({ name: 'Xã Ví Dụ', agencyCodes: ['H41.17.3'] })).id;
  device = await makeDevice('extension');
});
afterEach(() => book.close());

describe('the unit', () => {
  it('keeps name, keys and id over a restart and refuses a second one', async () => {
    await expect(book.createUnit({ name: 'Khác' })).rejects.toMatchObject({ code: 'exists' });
    await book.close();
    book = await openUnit({ name, clock: () => NOW });
    expect(await book.unit()).toMatchObject({ id: unit, name: 'Xã Ví Dụ' });
  });

  it('writes a unit file that opens with its passphrase; the one for kiosks holds no province key', async () => {
    const file = await book.unitFile('bốn từ ngẫu nhiên');
    const opened = await readUnitFile(file.bytes, 'bốn từ ngẫu nhiên');
    expect(opened.unit).toEqual({ id: unit, name: 'Xã Ví Dụ' });
    expect(opened.provinceKey.key).toHaveLength(32);
    const again = await readUnitFile((await book.unitFile('mật khẩu khác')).bytes, 'mật khẩu khác');
    expect(again.provinceKey).toEqual(opened.provinceKey);
    const kiosk = await readUnitFile(
      (await book.unitFile('bốn từ ngẫu nhiên', 'kiosk')).bytes,
      'bốn từ ngẫu nhiên',
    );
    expect(kiosk.provinceKey.key).toHaveLength(0);
    expect(kiosk.page).toEqual(opened.page);
    await expect(book.unitFile('ngắn')).rejects.toMatchObject({ code: 'passphrase' });
  });

  it('assigns dossiers anew when agency codes or the unit list change', async () => {
    await accepted(DOSSIERS);
    expect((await book.figures(unit, PERIOD)).received.online).toBe(2);
    await book.changeUnit({ name: 'Xã Ví Dụ', agencyCodes: [] });
    expect((await book.figures(unit, PERIOD)).received.online).toBe(2);
    expect((await book.figures('unassigned', PERIOD)).received.online).toBe(2);
    expect((await book.units()).map((one) => one.id)).toEqual([unit, 'unassigned']);
    const csv = `id,parent,name,kind,agency_codes,aliases,valid_from,valid_to\nsub,${unit},Bộ phận 1,centre,H41.17,,,`;
    expect(await book.importUnits(csv, true)).toMatchObject({ rows: 1, created: 1, errors: [] });
    expect((await book.units()).length).toBe(2);
    await book.importUnits(csv, false);
    expect((await book.figures('sub', PERIOD)).received.online).toBe(2);
    expect((await book.figures('unassigned', PERIOD)).received.online).toBe(0);
    expect((await book.figures(unit, PERIOD)).received.online).toBe(2);
    expect((await book.units()).map((one) => one.id)).toEqual([unit, 'sub']);
  });

  it('imports nothing of a CSV with an error', async () => {
    const head = 'code,name,sector,online,has_fee,returns_result,limit_days,valid_from,valid_to';
    const wrong = await book.importCatalogue(
      `${head}\n1.000001,A,S,full,1,1,,,\n1.000002,B,S,full,2,1,,,`,
      false,
    );
    expect(wrong.errors).toMatchObject([{ line: 3, field: 'has_fee' }]);
    expect((await dump()).procedures).toEqual([]);
    const right = `${head}\n1.000001,A,S,full,1,1,,,`;
    expect(await book.importCatalogue(right, false)).toMatchObject({ created: 1, updated: 0 });
    expect(await book.importCatalogue(right, false)).toMatchObject({ created: 0, updated: 1 });
    expect((await book.catalogue()).map((one) => [one.code, one.validFrom])).toEqual([['1.000001', null]]);
    expect(Object.keys((await book.catalogue())[0]!)).not.toContain('from');
  });
});

describe('a device met for the first time', () => {
  it('is kept and shown, counts only when accepted, and repeats are no-ops', async () => {
    const files = [{ name: 'a.nmc', bytes: await batchOf(device, DOSSIERS, 1, 4) }];
    expect(await book.importFiles(files)).toMatchObject([
      { state: 'newDevice', device: device.id, first: 1, last: 4 },
    ]);
    expect((await book.figures(unit, PERIOD)).received.online).toBe(0);
    const [shown] = await book.devices();
    expect(shown).toMatchObject({ status: 'new', held: 1, streams: [] });
    expect(shown!.fingerprint).toMatch(/^([0-9A-F]{4}-){3}[0-9A-F]{4}$/);
    expect(await book.acceptDevice(device.id, 'Quầy 1')).toMatchObject([{ state: 'imported', accepted: 4 }]);
    expect((await book.figures(unit, PERIOD)).received).toEqual({
      online: 2,
      counter: 1,
      post: 1,
      unknown: 0,
    });
    const before = await dump();
    expect(await book.importFiles(files)).toMatchObject([{ state: 'repeated', accepted: 0, duplicates: 4 }]);
    expect(await dump()).toEqual(before);
    expect((await book.devices())[0]).toMatchObject({ name: 'Quầy 1', status: 'active', held: 0 });
  });

  it('takes its kept files after a cut between accepting and taking them', async () => {
    await book.importFiles([{ name: 'a.nmc', bytes: await batchOf(device, DOSSIERS, 1, 4) }]);
    const db = await openStore(name);
    await db.devices.update(device.id, { state: 'active' });
    db.close();
    await book.close();
    book = await openUnit({ name, clock: () => NOW });
    expect((await book.figures(unit, PERIOD)).received.online).toBe(2);
  });

  it('is refused under an id that another key holds, with an alarm', async () => {
    const first = await makeDevice('extension', 'hubdevice1');
    const other = await makeDevice('extension', 'hubdevice1');
    await book.importFiles([{ name: 'a.nmc', bytes: await batchOf(first, DOSSIERS, 1, 4) }]);
    await book.acceptDevice('hubdevice1');
    const before = await dump();
    const forged = await batchOf(other, linesOf([sighting(9, {})]), 1, 1, { stream: 2 });
    const [result] = await book.importFiles([{ name: 'b.nmc', bytes: forged }]);
    expect(result).toMatchObject({ state: 'refused', problem: { code: 'wrongKey', field: 'jwk' } });
    const after = await dump();
    expect((await book.devices())[0]!.alarms).toHaveLength(1);
    expect({ ...after, devices: [] }).toEqual({ ...before, devices: [] });
  });

  it('is refused under an id made from another key', async () => {
    const liar = await makeDevice('extension', device.id);
    const [result] = await book.importFiles([{ name: 'b.nmc', bytes: await batchOf(liar, DOSSIERS, 1, 4) }]);
    expect(result).toMatchObject({ state: 'refused', problem: { code: 'wrongKey' } });
    expect(await book.devices()).toEqual([]);
  });

  it('is refused after it was revoked', async () => {
    const { one } = await accepted(DOSSIERS);
    await book.revokeDevice(one.id);
    const [result] = await book.importFiles([{ name: 'b.nmc', bytes: await batchOf(one, DOSSIERS, 1, 2) }]);
    expect(result).toMatchObject({ state: 'refused', problem: { code: 'revoked' } });
    expect((await book.figures(unit, PERIOD)).received.online).toBe(2);
    expect(await book.receiptFor(one.id)).toEqual([]);
  });
});

describe('a file that must not be believed', () => {
  async function refused(bytes: Uint8Array) {
    const before = await dump();
    const [result] = await book.importFiles([{ name: 'x.nmc', bytes }]);
    expect(result!.state).toBe('refused');
    expect(await dump()).toEqual(before);
    expect(result!.problem!.message).toMatch(/[ạ-ỹ]/);
    return { code: result!.problem!.code, field: result!.problem!.field };
  }
  const signed = async (payload: Uint8Array, changes: object = {}) => {
    const { header } = readBatchHeader(await batchOf(device, DOSSIERS, 1, 4));
    const sign = new FlattenedSign(payload).setProtectedHeader({ ...header, ...changes });
    const jws = await sign.sign(device.key);
    const line = new TextEncoder().encode(`${jws.protected}..${jws.signature}\n`);
    return new Uint8Array([...line, ...payload]);
  };

  it('empty, another format, cut', async () => {
    expect(await refused(new Uint8Array(0))).toEqual({ code: 'empty', field: 'file' });
    const zip = new Uint8Array([0x50, 0x4b, 3, 4, 0x0a, 1, 2]);
    expect(await refused(zip)).toEqual({ code: 'malformed', field: 'header' });
    expect(await refused(new TextEncoder().encode('{"a":1}\n'))).toEqual({
      code: 'malformed',
      field: 'header',
    });
    const whole = await batchOf(device, DOSSIERS, 1, 4);
    expect(await refused(whole.slice(0, -9))).toEqual({ code: 'signature', field: 'signature' });
  });

  it('one changed byte anywhere', async () => {
    const whole = await batchOf(device, DOSSIERS, 1, 4);
    const end = whole.indexOf(0x0a);
    for (const at of [0, 40, end - 5, end, end + 1, whole.length - 1]) {
      const bytes = whole.slice();
      bytes[at] = bytes[at]! ^ 1;
      const { code } = await refused(bytes);
      expect(['malformed', 'signature', 'schema']).toContain(code);
    }
  });

  it('a header that lies about count, chain or a field', async () => {
    const payload = gzipSync(new TextEncoder().encode(DOSSIERS.map((line) => `${line}\n`).join('')));
    expect(await refused(await signed(payload, { head: toHex(GENESIS) }))).toEqual({
      code: 'chain',
      field: 'head',
    });
    expect(await refused(await signed(payload, { last: 3, count: 3 }))).toEqual({
      code: 'count',
      field: 'count',
    });
    expect(await refused(await signed(payload, { fmt: 9 }))).toEqual({ code: 'schema', field: 'fmt' });
  });

  it('a zip bomb, signed', async () => {
    const bomb = gzipSync(new Uint8Array(32 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(64 * 1024);
    expect(await refused(await signed(bomb))).toEqual({ code: 'bound', field: 'inflatedBytes' });
  });

  it('does not stop the files after it, and tells the progress', async () => {
    const good = await batchOf(device, DOSSIERS, 1, 4);
    const seen: number[] = [];
    const results = await book.importFiles(
      [
        { name: 'bad.nmc', bytes: new Uint8Array(3) },
        { name: 'good.nmc', bytes: good },
      ],
      (done) => seen.push(done),
    );
    expect(results.map((one) => one.state)).toEqual(['refused', 'newDevice']);
    expect(seen).toEqual([1, 2]);
  });

  it('before there is a unit', async () => {
    const empty = await openUnit({ name: `${name}-empty` });
    const [result] = await empty.importFiles([
      { name: 'a.nmc', bytes: await batchOf(device, DOSSIERS, 1, 4) },
    ]);
    expect(result).toMatchObject({ state: 'refused', problem: { code: 'noUnit' } });
    await empty.close();
  });
});

describe('transport', () => {
  it('accepts a gap, shows it, and is complete when it is filled', async () => {
    await book.importFiles([{ name: 'c.nmc', bytes: await batchOf(device, DOSSIERS, 4, 4) }]);
    await book.acceptDevice(device.id);
    expect((await book.devices())[0]!.streams).toEqual([
      { stream: 1, through: 0, declaredHead: 4, gaps: [[1, 3]], quarantined: 0 },
    ]);
    const { transport } = await book.figures(unit, PERIOD);
    expect(transport).toEqual({
      devices: 1,
      complete: 0,
      missing: 3,
      silent: 0,
      heardThrough: '2026-09-21T03:00:00.000Z',
    });
    await book.importFiles([{ name: 'd.nmc', bytes: await batchOf(device, DOSSIERS, 1, 3) }]);
    expect((await book.figures(unit, PERIOD)).transport).toMatchObject({ complete: 1, missing: 0 });
  });

  it('believes a closing beacon about a tail that never came, and a silent day', async () => {
    const { one } = await accepted(DOSSIERS);
    const sent = Date.parse('2026-09-20T10:00:00.000Z');
    const [result] = await book.importFiles([
      { name: 'beacon.nmc', bytes: await batchOf(one, DOSSIERS, 5, 4, { head: 9, sent }) },
    ]);
    expect(result).toMatchObject({ state: 'imported', accepted: 0 });
    expect((await book.figures(unit, PERIOD)).transport).toMatchObject({ missing: 5, silent: 0 });
    await book.close();
    book = await openUnit({ name, clock: () => NOW + 24 * 3_600_000 });
    expect((await book.figures(unit, PERIOD)).transport).toMatchObject({ silent: 1 });
  });

  it('puts a fork into quarantine once, keeps the first line and raises an alarm', async () => {
    const { one } = await accepted(DOSSIERS);
    const other = [...DOSSIERS];
    other[1] = linesOf([sighting(1, {}), sighting(77, { channel: 'online', received: '2026-09-02' })])[1]!;
    const fork = await batchOf(one, other, 1, 4);
    const [result] = await book.importFiles([{ name: 'fork.nmc', bytes: fork }]);
    expect(result).toMatchObject({ state: 'imported', accepted: 0, duplicates: 3, quarantined: 1 });
    expect((await book.figures(unit, PERIOD)).received.online).toBe(2);
    const later = await batchOf(one, other, 1, 2, { sent: NOW });
    expect(await book.importFiles([{ name: 'again.nmc', bytes: later }])).toMatchObject([{ quarantined: 0 }]);
    const [shown] = await book.devices();
    expect(shown!.streams[0]!.quarantined).toBe(1);
    expect(shown!.alarms.join()).toMatch(/cùng một số thứ tự/);
  });

  it('sees a copied device by its chain where no sequence number overlaps', async () => {
    const { one } = await accepted(DOSSIERS.slice(0, 2));
    expect((await book.devices())[0]!.alarms).toEqual([]);
    const copy = linesOf([sighting(1, {}), sighting(2, {}), sighting(3, {})]);
    await book.importFiles([{ name: 'copy.nmc', bytes: await batchOf(one, copy, 3, 3) }]);
    expect((await book.devices())[0]!.alarms.join()).toMatch(/Chuỗi kiểm chứng/);
  });

  it('sees it also when the later numbers came first', async () => {
    const { one } = await accepted(DOSSIERS.slice(0, 1));
    await book.importFiles([{ name: 'late.nmc', bytes: await batchOf(one, DOSSIERS, 3, 3) }]);
    expect((await book.devices())[0]!.alarms).toEqual([]);
    const copy = [DOSSIERS[0]!, linesOf([sighting(1, {}), sighting(2, {})])[1]!];
    await book.importFiles([{ name: 'copy.nmc', bytes: await batchOf(one, copy, 2, 2) }]);
    expect((await book.devices())[0]!.alarms.join()).toMatch(/Chuỗi kiểm chứng/);
  });

  it('keeps an unreadable line raw, counts it as received and goes on', async () => {
    const lines = linesOf([
      sighting(1, { channel: 'online', received: '2026-09-02' }),
      '{"seq":2,"v":99}',
      'rubbish',
    ]);
    lines.push(linesOf([sighting(8, {})])[0]!); // says seq 1, sent as 4
    const { one, results } = await accepted(lines);
    expect(results).toMatchObject([{ accepted: 1, quarantined: 3 }]);
    expect((await dump()).quarantine!.map((row) => (row as { code: string }).code)).toEqual([
      'schema',
      'notJson',
      'identity',
    ]);
    const { transport, received } = await book.figures(unit, PERIOD);
    expect([transport.complete, received.online]).toEqual([1, 1]);
    const [receipt] = await book.receiptFor(one.id);
    const page = (await readUnitFile((await book.unitFile('bốn từ ngẫu nhiên')).bytes, 'bốn từ ngẫu nhiên'))
      .page;
    const read = await verifyReceipt(new TextDecoder().decode(receipt!.bytes), page.jwk);
    expect(read).toMatchObject({ hub: page.id, device: one.id, received: [[1, 4]], gaps: [], skew: 0 });
    expect(read.quarantined).toEqual([
      { seq: 2, code: 'schema' },
      { seq: 3, code: 'notJson' },
      { seq: 4, code: 'identity' },
    ]);
  });
});

describe('figures', () => {
  it('lets a void arrive before its target, and a pack be retracted by its device only', async () => {
    const lines = linesOf([
      sighting(1, { channel: 'online', received: '2026-09-02' }),
      sighting(2, { channel: 'online', received: '2026-09-02' }, { pack: 'old@1.0.0' }),
      { kind: 'void', body: { target: { device: device.id, stream: 1, seq: 1 }, reason: 'nhầm' } },
      { kind: 'void', body: { target: { pack: 'old@1.0.0' }, reason: 'gói hỏng' } },
    ]);
    const other = await accepted(
      linesOf([sighting(3, { channel: 'online', received: '2026-09-02' }, { pack: 'old@1.0.0' })]),
    );
    await book.importFiles([{ name: 'v.nmc', bytes: await batchOf(device, lines, 3, 4) }]);
    await book.acceptDevice(device.id);
    await book.importFiles([{ name: 't.nmc', bytes: await batchOf(device, lines, 1, 2) }]);
    expect((await book.figures(unit, PERIOD)).received.online).toBe(1);
    const foreign = linesOf([
      {
        kind: 'void',
        body: { target: { device: other.one.id, stream: 1, seq: 1 }, reason: 'không phải của mình' },
      },
    ]);
    await accepted(foreign);
    expect((await book.figures(unit, PERIOD)).received.online).toBe(1);
  });

  it('joins two keys of one dossier and parts them when the link is retracted', async () => {
    const { one } = await accepted(
      linesOf([
        sighting('a', { channel: 'online', received: '2026-09-02' }),
        sighting('b', { received: '2026-09-02' }),
        sighting('b', {}, { keys: [keyOf('b'), keyOf('a')] }),
      ]),
    );
    expect((await book.figures(unit, PERIOD)).received).toMatchObject({ online: 1, unknown: 0 });
    const lines = linesOf([
      sighting('a', { channel: 'online', received: '2026-09-02' }),
      sighting('b', { received: '2026-09-02' }),
      sighting('b', {}, { keys: [keyOf('b'), keyOf('a')] }),
      { kind: 'void', body: { target: { device: one.id, stream: 1, seq: 3 }, reason: 'nhầm' } },
    ]);
    await book.importFiles([{ name: 'v.nmc', bytes: await batchOf(one, lines, 4, 4) }]);
    expect((await book.figures(unit, PERIOD)).received).toMatchObject({ online: 1, unknown: 1 });
  });

  it('counts stock, documents, coverage and rates with their bounds', async () => {
    await accepted([
      ...DOSSIERS,
      ...linesOf([
        ...Array.from({ length: 4 }, () => sighting(0, {})),
        {
          kind: 'document',
          body: {
            keys: [keyOf('doc')],
            system: 'ioffice',
            pack: 'ioffice@1.0.0',
            page: 'list',
            seen: '2026-09-21T01:00:00.000Z',
            role: 'XLC',
            due: '2026-09-18',
            state: 'waiting',
          },
        },
        {
          kind: 'officialTotal',
          body: {
            system: 'practice',
            from: '2026-09-01',
            to: '2026-09-30',
            figures: { received: 8 },
            source: 'page',
          },
        },
      ]).slice(4),
    ]);
    const figures = await book.figures(unit, PERIOD);
    expect(figures.stock).toEqual({ inTime: 1, overdue: 1, noDue: 1, unknownDue: 0 });
    const earlier = await book.figures(unit, 'day:2026-09-18');
    expect(earlier.stock).toEqual({ inTime: 2, overdue: 1, noDue: 1, unknownDue: 0 });
    expect(figures.documents).toEqual([
      { role: 'XLC', waiting: 1, overdue: 1 },
      { role: 'PH', waiting: 0, overdue: 0 },
    ]);
    expect(figures.coverage).toEqual({ seen: 4, official: 8 });
    expect(figures.indicators.find((one) => one.id === 'onlineFiling')).toMatchObject({
      value: 0.5,
      denominator: 4,
    });
    expect((await book.figures(unit, 'calendar:2026-M08')).coverage.official).toBeNull();
    const blob = await book.exportXlsx(figures);
    expect(blob.size).toBeGreaterThan(4_000);
    await expect(book.figures('nobody', PERIOD)).rejects.toMatchObject({ code: 'unknownUnit' });
    await expect(book.figures(unit, 'calendar:2026-M13')).rejects.toMatchObject({ code: 'unknownPeriod' });
  });

  it('takes the official total that was recorded last, of the unit it names or its own', async () => {
    const span = { system: 'practice', from: '2026-09-01', to: '2026-09-30', source: 'page' };
    const total = (unit: string | undefined, figures: Record<string, number>): Draft => ({
      kind: 'officialTotal',
      body: { ...span, ...(unit === undefined ? {} : { unit }), figures },
    });
    const drafts = [
      total('Xã Ví Dụ', { total: 90, received: 9 }),
      total(undefined, { received: 5 }),
      total('sub', { receivedTotal: 3 }),
      total(undefined, { received: 1, total: 2 }),
    ];
    const hours = ['05', '03', '06', '04'];
    const lines = hours.map((hour, index) => linesOf(drafts, 1, `2026-09-21T${hour}:00:00.000Z`)[index]!);
    await book.importUnits(`id,parent,name,kind\nsub,${unit},Bộ phận 1,centre`, false);
    await accepted(lines);
    expect((await book.figures(unit, PERIOD)).coverage.official).toBe(9);
    expect((await book.figures('sub', PERIOD)).coverage.official).toBe(3);
  });

  it('drops a document whose only sighting is retracted later', async () => {
    const paper: Draft = {
      kind: 'document',
      body: {
        keys: [keyOf('doc')],
        system: 'ioffice',
        pack: 'ioffice@1.0.0',
        page: 'list',
        seen: '2026-09-21T01:00:00.000Z',
        role: 'PH',
        state: 'waiting',
      },
    };
    const target = { device: device.id, stream: 1, seq: 1 };
    const lines = linesOf([paper, { kind: 'void', body: { target, reason: 'nhầm' } }]);
    await book.importFiles([{ name: 'p.nmc', bytes: await batchOf(device, lines, 1, 1) }]);
    await book.acceptDevice(device.id);
    expect((await book.figures(unit, PERIOD)).documents[1]).toEqual({ role: 'PH', waiting: 1, overdue: 0 });
    await book.importFiles([{ name: 'v.nmc', bytes: await batchOf(device, lines, 2, 2) }]);
    expect((await book.figures(unit, PERIOD)).documents[1]).toEqual({ role: 'PH', waiting: 0, overdue: 0 });
  });

  it('shows ratings from the next working day on, without flagged visits', async () => {
    const friday = '2026-09-18T10:15';
    await accepted(
      linesOf([
        ...Array.from({ length: 5 }, () => visit(friday, 4)),
        visit(friday, 1, ['afterHours']),
        visit('2026-09-21T08:00', 1),
      ]),
      'kiosk',
    );
    const at = async (now: string) => {
      await book.close();
      book = await openUnit({ name, clock: () => Date.parse(now) });
      return book.figures(unit, PERIOD);
    };
    expect((await at('2026-09-20T04:00:00.000Z')).visits.completed).toBe(0);
    const monday = await at('2026-09-21T04:00:00.000Z');
    expect(monday.visits).toEqual({ completed: 5, abandoned: 0 });
    expect(monday.ratings).toContainEqual({ question: 'quality', levels: [0, 0, 0, 5, 0], answers: 5 });
    // The one of Monday waits for company.
    expect((await at('2026-09-22T04:00:00.000Z')).visits.completed).toBe(5);
  });
});
