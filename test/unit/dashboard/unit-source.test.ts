/** The unit page behind the dashboard's port: a real book in (fake) IndexedDB, really signed files. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readReceipt } from '../../../lib/dashboard/receipt.ts';
import type { FiguresSource } from '../../../lib/dashboard/source.ts';
import type { Answer } from '../../../lib/dashboard/talk.ts';
import { unitSource } from '../../../lib/dashboard/unit-source.ts';
import { openUnit, type UnitBook } from '../../../lib/unit/index.ts';
import { batchOf, linesOf, makeDevice, sighting, type TestDevice } from '../unit/sample.ts';

const NOW = Date.parse('2026-09-28T04:00:00.000Z');
let book: UnitBook;
let source: FiguresSource;
let device: TestDevice;
let round = 0;

beforeEach(async () => {
  round += 1;
  book = await openUnit({ name: `nmc-dashboard-${round}`, clock: () => NOW });
  source = unitSource(book);
  device = await makeDevice('extension');
});
afterEach(() => book.close());

function must<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`failed: ${answer.failure.code}`);
  return answer.value;
}
const create = async () =>
  must(await source.createUnit({ name: 'Phường Thử Nghiệm', agencyCodes: ['H41.17.3'] }));

describe('unit page as a source', () => {
  it('has nobody before the unit is set up, then the unit itself', async () => {
    expect(must(await source.session())).toBeNull();
    const user = await create();
    expect(user).toMatchObject({ name: 'Phường Thử Nghiệm', unit: user.id });
    expect(must(await source.session())).toEqual(user);
    expect(await source.createUnit({ name: 'Khác', agencyCodes: [] })).toMatchObject({
      ok: false,
      failure: { kind: 'refused', code: 'exists' },
    });
  });

  it('keeps the file of a new device, counts it once accepted, and gives a receipt to carry back', async () => {
    const user = await create();
    const facts = {
      received: '2026-09-21',
      channel: 'online',
      status: 'processing',
      due: '2026-09-30',
    } as const;
    const lines = linesOf([sighting(1, facts), sighting(2, { ...facts, channel: 'counter' })]);
    const file = { name: 'quay-1.nmc', bytes: await batchOf(device, lines, 1, 2) };

    expect(await source.importHandover(file)).toEqual({
      at: 'waiting',
      name: 'quay-1.nmc',
      device: device.id,
    });
    const [fresh] = must(await source.devices(user.unit));
    expect(fresh).toMatchObject({ status: 'new', held: 1 });
    expect(fresh?.fingerprint).toMatch(/^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/);

    must(await source.acceptDevice(device.id, 'Quầy 1'));
    const figures = must(await source.figures(user.unit, 'report:2026-M10'));
    expect(figures.received).toMatchObject({ online: 1, counter: 1 });
    expect(figures.stock.inTime).toBe(2);

    const again = await source.importHandover(file);
    expect(again).toMatchObject({
      at: 'received',
      deviceName: 'Quầy 1',
      stream: 1,
      through: 2,
      missing: 0,
    });
    if (again.at !== 'received' || !again.receipt) throw new Error('no receipt');
    const receipt = readReceipt(new TextDecoder().decode(again.receipt.bytes));
    expect(receipt).toMatchObject({ device: device.id, received: [[1, 2]] });
    expect(must(await source.figures(user.unit, 'report:2026-M10')).received.online).toBe(1);
  });

  it('says what is still missing of a device', async () => {
    await create();
    const facts = { received: '2026-09-21', channel: 'online' } as const;
    const lines = linesOf([1, 2, 3, 4].map((name) => sighting(name, facts)));
    await source.importHandover({ name: 'a', bytes: await batchOf(device, lines, 1, 1) });
    must(await source.acceptDevice(device.id, ''));
    const late = await source.importHandover({ name: 'b', bytes: await batchOf(device, lines, 4, 4) });
    expect(late).toMatchObject({ at: 'received', through: 1, missing: 2 });
  });

  it('refuses a broken file with words, and goes on', async () => {
    await create();
    const result = await source.importHandover({ name: 'hong.nmc', bytes: new Uint8Array([1, 2, 3]) });
    expect(result).toMatchObject({ at: 'refused', name: 'hong.nmc', failure: { kind: 'refused' } });
    if (result.at === 'refused') expect(result.failure.message.length).toBeGreaterThan(10);
  });

  it('checks a CSV without saving, then saves it', async () => {
    const user = await create();
    const csv = new TextEncoder().encode(
      `\ufeffid,parent,name,kind,agency_codes,aliases,valid_from,valid_to\nx1,${user.unit},Tổ Một,other,,,,\n`,
    );
    expect(must(await source.importUnits(csv, true))).toMatchObject({ rows: 1, created: 1, errors: [] });
    expect(must(await source.units())).toHaveLength(1);
    must(await source.importUnits(csv, false));
    expect(must(await source.units()).map(({ name }) => name)).toEqual(['Phường Thử Nghiệm', 'Tổ Một']);
  });

  it('answers an unknown unit or period as a refusal, and a closed book as broken storage', async () => {
    const user = await create();
    expect(await source.figures('khac', 'report:2026-M10')).toMatchObject({
      failure: { code: 'unknownUnit' },
    });
    expect(await source.figures(user.unit, 'x')).toMatchObject({ failure: { code: 'unknownPeriod' } });
    await book.close();
    expect(await source.units()).toMatchObject({ failure: { kind: 'broken', code: 'storage' } });
  });

  it('writes the unit file for a device', async () => {
    await create();
    const file = must(await source.unitFile('một cụm mật khẩu dài', 'kiosk'));
    expect(file.name).toMatch(/\.nmc-unit$/);
    expect(file.bytes.length).toBeGreaterThan(100);
  });
});
