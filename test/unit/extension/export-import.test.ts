// @vitest-environment happy-dom
/**
 * The whole way of a dropped file: bytes, the reading worker, messages, the journal. What is in its other columns, in its
 * wrong cells and in its name never gets past the reading.
 */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { Entry, EntryOf } from '../../../lib/domain/entry.ts';
import { mergeDossier, timelinessOf } from '../../../lib/domain/merge.ts';
import type { ExportContextAnswer, ExportStored } from '../../../lib/extension/export-messages.ts';
import { type FromReader, makeReader, type ToReader } from '../../../lib/extension/export-reader.ts';
import { notUnderstoodCsv } from '../../../lib/reports/not-understood.ts';
import { readHtml } from '../../../lib/reports/spreadsheet/html.ts';
import { csv, workbook } from '../reports/export-files.ts';
import { makeWorld, NOW, ORIGIN, own, page, ready, type World } from './world.ts';

const MARK = 'Bí-Mật-Gieo';
const HEAD = [
  'STT',
  'Mã hồ sơ',
  'Chủ hồ sơ',
  'Địa chỉ',
  'Số điện thoại',
  'Ngày tiếp nhận',
  'Ngày hẹn trả',
  'Ngày kết thúc xử lý',
  'Trạng thái',
  'Cơ quan thực hiện',
  'Ghi chú',
];
const SYSTEM = 'motcua-example-gov-vn';
const PACK = `igate2@${BUNDLED_PACKS.find(({ id }) => id === 'igate2')!.version}`;

let world: World;
let told: FromReader[];

beforeEach(async () => {
  world = makeWorld();
  told = [];
  await ready(world);
});

const row = (n: number, status = 'Đang xử lý', more: Readonly<Record<string, string>> = {}) =>
  HEAD.map((title) => {
    const cells: Record<string, string> = {
      STT: String(n),
      'Mã hồ sơ': `H41.17.3-251205-${String(n).padStart(4, '0')}`,
      'Ngày tiếp nhận': '05/12/2025',
      'Ngày hẹn trả': '15/12/2025',
      'Trạng thái': status,
      'Cơ quan thực hiện': 'UBND xã Mẫu',
      ...more,
    };
    return cells[title] ?? (title === 'Ngày kết thúc xử lý' ? '' : `${MARK} ${title} ${n}`);
  });
const list = (...rows: readonly (readonly string[])[]) => workbook([[`DANH SÁCH ${MARK}`], HEAD, ...rows]);

async function context() {
  return (await world.say({ type: 'extension-worker/export-context' }, own)) as ExportContextAnswer;
}

/** One conversation with a reading worker. */
function reader() {
  const answers: FromReader[] = [];
  const put = makeReader((message) => void answers.push(message));
  return async (question: ToReader): Promise<FromReader> => {
    await put(question);
    const html = answers.find((one) => one.kind === 'html');
    if (html) {
      answers.splice(0);
      const parse = (text: string) => new DOMParser().parseFromString(text, 'text/html');
      await put({ kind: 'tables', grids: readHtml(html.html, parse) });
    }
    // Structured clone, as between a worker and its page.
    const told_ = answers.splice(0).map((one) => structuredClone(one));
    told.push(...told_);
    return told_.at(-1)!;
  };
}

async function open(bytes: Uint8Array, changed: number | null = NOW - 60_000) {
  const ask = reader();
  const { systems } = await context();
  const file = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  const read = await ask({ kind: 'open', file, changed, systems, now: world.state.now });
  return { ask, read };
}

const sent: unknown[] = [];
/** Reads and writes a file as the page does; answers how many entries were new. */
async function drop(bytes: Uint8Array, changed?: number, period = { from: '2025-12-15', to: '2026-01-14' }) {
  const { ask, read } = await open(bytes, changed);
  if (read.kind !== 'read') throw new Error(`not read: ${JSON.stringify(read)}`);
  const { summary, hash, system } = read;
  const { systems } = await context();
  const common = { system: systems[system]!.system, file: hash, pack: summary.pack };
  const part = await ask({ kind: 'rows', from: 0, to: 250 });
  if (part.kind !== 'rows') throw new Error('no rows');
  const { after, before } = summary.made;
  const messages = [
    { type: 'extension-worker/export-rows', ...common, after, before, rows: part.rows },
    ...summary.sheets.map((sheet) => ({
      type: 'extension-worker/export-totals',
      ...common,
      ...(sheet.head.period ?? period),
      totals: sheet.totals.map((total) => ({ ...total, unit: total.unit ?? sheet.head.unit })),
    })),
  ];
  let written = 0;
  for (const message of messages) {
    sent.push(message);
    const answer = (await world.say(message, own)) as ExportStored;
    if (!answer.ok) throw new Error(answer.code);
    written += answer.written;
  }
  return { written, summary };
}

const made = async <K extends Entry['kind']>(kind: K) =>
  (await world.entries()).filter((one): one is EntryOf<K> => one.kind === kind);

describe('a dropped list', () => {
  it('becomes sightings of rank 2, as keys, dated between what it proves and its file time', async () => {
    const { written, summary } = await drop(
      await list(row(1), row(2, 'Đã trả kết quả', { 'Ngày kết thúc xử lý': '10/12/2025' })),
    );
    expect(written).toBe(2);
    expect(summary.covered).toEqual({ from: '2025-12-05', to: '2025-12-05' });
    const [first, second] = await made('dossier');
    expect(first!.body).toEqual({
      keys: [expect.stringMatching(/^e1:/)],
      system: SYSTEM,
      pack: PACK,
      page: 'export',
      rank: 2,
      locator: expect.any(Number),
      arrived: '2025-12-09T17:00:00.000Z',
      seen: new Date(NOW - 60_000).toISOString(),
      codeDay: '2025-12-05',
      receiver: 'H41.17.3',
      facts: { received: '2025-12-05', due: '2025-12-15', status: 'processing', agency: 'UBND xã Mẫu' },
    });
    expect(first!.ref).toMatch(/^export:[0-9a-f]{64}#1\.3@[0-9a-f]{8}$/);
    expect(second!.body.facts).toMatchObject({ finished: '2025-12-10', status: 'returned' });
  });

  it('twice writes nothing new; a newer overlapping one only what changed', async () => {
    const file = await list(row(1), row(2));
    expect((await drop(file)).written).toBe(2);
    expect((await drop(file)).written).toBe(0);
    // Nobody had them on a screen today.
    expect(await world.cold().memory.seenOn('2026-01-10')).toBe(0);
    const newer = await list(
      row(1),
      row(2, 'Đã trả kết quả', { 'Ngày kết thúc xử lý': '12/12/2025' }),
      row(3),
    );
    expect((await drop(newer)).written).toBe(2);
    expect((await made('dossier')).map(({ body }) => body.facts.status)).toEqual([
      'processing',
      'processing',
      'returned',
      'processing',
    ]);
  });

  it('finds its entries by their refs even where the memory is lost', async () => {
    const file = await list(row(1), row(2));
    await drop(file);
    const deps = world.cold();
    await deps.memory.forget('2030-01-01');
    expect((await drop(file)).written).toBe(0);
    expect(await made('dossier')).toHaveLength(2);
  });

  it('an old file found late proves nothing it does not show', async () => {
    // The file was downloaded again a month later: its time is today, its rows end on 05/12, before the due date.
    await drop(await list(row(1)), NOW - 1);
    await drop(await list(row(1, 'Đã trả kết quả')), NOW);
    const sightings = (await made('dossier')).map((entry) => ({ ...entry, device: 'd', offset: 0 }));
    const merged = mergeDossier(sightings)!;
    // Unfinished on 05/12 or later, finished by today: whether in time is not known, and is not said.
    expect(timelinessOf(merged)).toBe('undecided');
  });

  it('is refused while paused, before activation, for an unbound system and for a pack not in force', async () => {
    const { ask, read } = await open(await list(row(1)));
    if (read.kind !== 'read') throw new Error('not read');
    const part = await ask({ kind: 'rows', from: 0, to: 250 });
    const { after, before } = read.summary.made;
    const message = {
      type: 'extension-worker/export-rows',
      system: SYSTEM,
      file: read.hash,
      pack: PACK,
      after,
      before,
      rows: part.kind === 'rows' ? part.rows : [],
    };
    const code = async (change: object) => {
      const answer = (await world.say({ ...message, ...change }, own)) as ExportStored;
      return answer.ok ? 'ok' : answer.code;
    };
    expect(await code({ system: 'other' })).toBe('systemChanged');
    expect(await code({ pack: 'igate2@9.9.9' })).toBe('systemChanged');
    expect(await code({ file: 'x' })).toBe('malformed');
    expect(await code({ rows: [{ ...message.rows[0], name: MARK }] })).toBe('malformed');
    await world.say({ type: 'panel-worker/pause', paused: true }, own);
    expect(await code({})).toBe('paused');
    expect((await context()).state).toBe('paused');
    await world.say({ type: 'panel-worker/pause', paused: false }, own);
    world.state.device = false;
    expect(await code({})).toBe('notActivated');
    world.state.device = true;
    expect(await world.say(message, page)).toMatchObject({ ok: false, code: 'notAllowed' });
    expect(await made('dossier')).toEqual([]);
    world.state.appendFails = true;
    expect(await code({})).toBe('storageBroken');
    world.state.appendFails = false;
    expect(await code({})).toBe('ok');
    expect(await made('dossier')).toHaveLength(1);
  });

  it('is read with the words of the system that fits, and with those of another when asked', async () => {
    await world.say(
      { type: 'extension-worker/bind', origin: 'https://dvc.example.gov.vn', family: 'td-antd', name: 'TD' },
      own,
    );
    const { ask, read } = await open(await list(row(1)));
    expect(read).toMatchObject({ kind: 'read', summary: { pack: PACK, dossiers: 1 } });
    const { systems } = await context();
    const other = systems.findIndex(({ pack }) => pack.id === 'td-antd');
    expect(await ask({ kind: 'as', system: other })).toMatchObject({
      kind: 'read',
      system: other,
      summary: { pack: expect.stringMatching(/^td-antd@/) },
    });
    const totals = csv([
      ['TT', 'Đơn vị', 'Đã giải quyết', '', '', ''],
      ['', '', 'Tổng số', 'Trước hạn', 'Đúng hạn', 'Quá hạn'],
      ['1', 'UBND xã Mẫu', '6', '1', '2', '3'],
    ]);
    // Any system's words read the printed form: which one it is of, a person must say.
    expect((await open(totals)).read).toMatchObject({ kind: 'read', isSure: false });
    expect(read).toMatchObject({ isSure: true });
    expect(systems.map(({ system }) => system).sort()).toEqual(['dvc-example-gov-vn', SYSTEM]);
    expect(ORIGIN).toContain('motcua.example');
  });
});

describe('dropped statistics', () => {
  const table = (finished: number, late: number, by = MARK) =>
    csv([
      ['TỔNG HỢP KẾT QUẢ GIẢI QUYẾT TTHC THEO ĐƠN VỊ'],
      ['(Từ ngày 15/06/2025 đến ngày 14/12/2025)'],
      ['STT', 'Đơn vị', 'Đã giải quyết', '', '', 'Đang giải quyết', '', '', 'Người lập'],
      ['', '', 'Tổng số', 'Đúng và trước hạn', 'Quá hạn', 'Tổng số', 'Trong hạn', 'Quá hạn', ''],
      ['1', 'UBND xã Mẫu', String(finished), String(finished - late), String(late), '2', '1', '1', by],
    ]);

  it('become official totals with their period, once; a changed figure is a new entry', async () => {
    expect((await drop(table(1_000, 10))).written).toBe(1);
    expect((await drop(table(1_000, 10))).written).toBe(0);
    expect((await drop(table(1_000, 10, 'người khác'))).written).toBe(0);
    expect((await drop(table(1_001, 10))).written).toBe(1);
    const [first, second] = await made('officialTotal');
    expect(first!.body).toEqual({
      system: SYSTEM,
      unit: 'UBND xã Mẫu',
      from: '2025-06-15',
      to: '2025-12-14',
      figures: {
        finished: 1_000,
        finishedInTime: 990,
        finishedLate: 10,
        pending: 2,
        pendingInTime: 1,
        pendingOverdue: 1,
      },
      source: `export:${PACK}`,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(second!.body.figures.finished).toBe(1_001);
  });

  it('of a period to come are refused', async () => {
    await expect(
      drop(
        csv([
          ['STT', 'Đơn vị', 'Đã giải quyết', '', '', ''],
          ['', '', 'Tổng số', 'Đúng hạn', 'Trước hạn', 'Quá hạn'],
          ['1', 'UBND xã Mẫu', '6', '1', '2', '3'],
        ]),
        NOW,
        { from: '2030-01-01', to: '2030-02-01' },
      ),
    ).rejects.toThrow('badPeriod');
  });
});

describe('secrets', () => {
  const secret = (n: number) =>
    row(n, `${MARK} đang làm`, { 'Ngày tiếp nhận': `${MARK} 05/12`, 'Cơ quan thực hiện': `${MARK} Văn A` });
  const rows = [row(1), secret(2), row(3, 'Đã trả', { 'Mã hồ sơ': `${MARK} 3` }), row(4), row(5), row(6)];
  const html = (all: readonly (readonly string[])[]) =>
    new TextEncoder().encode(
      `<html><meta charset=utf-8><title>${MARK}</title><table>${all.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></html>`,
    );

  it.each([
    ['a workbook', () => list(...rows)],
    ['CSV', async () => csv([[`DANH SÁCH ${MARK}`], HEAD, ...rows], ';')],
    ['HTML called .xls', async () => html([HEAD, ...rows])],
  ])(
    'in every other column and every wrong cell of %s reach no message, entry, report or log',
    async (_, file) => {
      const logged: string[] = [];
      const { error } = console;
      console.error = (...words: unknown[]) => void logged.push(words.join(' '));
      try {
        sent.length = 0;
        const bytes = await file();
        expect(new TextDecoder().decode(bytes).includes(MARK) || bytes[0] === 0x50).toBe(true);
        const { written } = await drop(bytes);
        expect(written).toBe(5);
        const { ask } = await open(bytes);
        const issues = await ask({ kind: 'issues' });
        if (issues.kind !== 'issues') throw new Error('no issues');
        expect(issues.issues.map(({ code }) => code).sort()).toEqual([
          'badCode',
          'badDate',
          'notOffice',
          'unknownWord',
        ]);
        const report = notUnderstoodCsv(issues.issues, ['Trang', 'Dòng', 'Cột', 'Lý do'], (code) => code);
        const everything = JSON.stringify([told, sent, await world.entries(), report, logged]);
        expect(everything).toContain('Ngày tiếp nhận');
        expect(everything).not.toContain(MARK);
        expect(everything).not.toContain('Văn A');
        // Codes are in messages inside the extension, never in an entry.
        expect(JSON.stringify(await world.entries())).not.toContain('H41.17.3-251205');
        await ask({ kind: 'open', file: new Blob([`PK${MARK}`]), changed: null, systems: [], now: NOW });
        expect(JSON.stringify(told)).not.toContain(MARK);
      } finally {
        console.error = error;
      }
    },
  );
});
