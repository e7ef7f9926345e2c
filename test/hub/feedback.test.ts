/** Ratings on the real database: visits, closed groups, spans, flags, and what the reading role can tell (DESIGN §9). */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../lib/domain/dates.ts';
import type { EntryDraft } from '../../lib/domain/entry.ts';
import { parsePeriod } from '../../lib/domain/period.ts';
import { openDb } from '../../lib/hub/database/db.ts';
import { migrate } from '../../lib/hub/database/migrate.ts';
import { placeDevice, readFeedback, saveCounter, saveKioskSetting } from '../../lib/hub/feedback/index.ts';
import { releaseRatings } from '../../lib/hub/feedback/release.ts';
import { recomputeCheck, recomputeRepair } from '../../lib/hub/jobs/recompute.ts';
import { retirePack } from '../../lib/hub/packs/retire.ts';
import { startHub } from '../../lib/hub/server.ts';
import { NOON, type TestDevice, type TestHub, type TestServer, testHub, testServer } from './support.ts';

let server: TestServer;
let at: TestHub;
const actor = { id: 'test', scope: '*' } as const;
const DAY = 86_400_000;
const FRIDAY = '2026-09-18';

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  at = await testHub(server);
});
afterEach(() => at.close());

type Feedback = Extract<EntryDraft, { kind: 'feedback' }>['body'];

/** A completed visit at nine o'clock. */
function rating(day: string, over: Partial<Feedback> = {}): EntryDraft {
  return {
    kind: 'feedback',
    body: {
      questionnaire: 'quick@2',
      outcome: 'completed',
      answers: { quality: 4, attitude: 5 },
      quarter: `${day}T09:00`,
      language: 'vi',
      flags: [],
      ...over,
    },
  };
}
function abandoned(day: string): EntryDraft {
  const body = { questionnaire: 'quick@2', outcome: 'abandoned', step: 'quality', language: 'vi' } as const;
  return { kind: 'feedback', body: { ...body, quarter: `${day}T09:00`, flags: [] } };
}
const returned = (n: number): EntryDraft => ({
  kind: 'action',
  body: {
    ...{
      action: 'return',
      n,
      keys: [],
      system: 'mot-cua',
      pack: 'igate2@1.0.0',
      page: 'list',
      confirm: 'toast',
    },
    armed: new Date(at.clock.now).toISOString(),
  },
});
const times = <Item>(n: number, make: (at: number) => Item) =>
  Array.from({ length: n }, (_, one) => make(one));

async function rows<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return at.hub.db.tx({ role: 'ingest' }, (query) => query<Row>(text, values));
}
/** Appends as if the clock of the device stood at ten on that day. */
function on(day: string, device: TestDevice, ...drafts: EntryDraft[]): void {
  const now = at.clock.now;
  at.clock.now = Date.parse(`${day}T03:00:00.000Z`);
  device.append(...drafts);
  at.clock.now = now;
}
async function counter(unit: string, name: string): Promise<string> {
  const saved = await saveCounter(at.hub.db, actor, { id: null, unit, name }, NOON);
  if (!saved.ok) throw new Error(saved.code);
  return saved.value.id;
}
async function placed(unit: string, kind: 'extension' | 'kiosk', counter: string): Promise<TestDevice> {
  const device = await at.device(unit, kind);
  const saved = await placeDevice(at.hub.db, actor, { device: device.id, counter }, NOON);
  if (!saved.ok) throw new Error(saved.code);
  return device;
}
const release = (now = at.clock.now) => releaseRatings(at.hub.db, now);
async function feedback(unit: string, scope = '*', period = 'calendar:2026-M09') {
  const request = { unit, period: parsePeriod(period)!, now: at.clock.now };
  return (await readFeedback(at.hub.db, scope, request))!;
}
async function expectSound() {
  expect([...(await recomputeCheck(at.hub.db, NOON)).differences]).toEqual([]);
}

/** Everything the reading role can select, table by table, as text; functions it may call too. */
async function readable(scope = '*'): Promise<Record<string, string[]>> {
  return at.hub.db.tx({ role: 'read', scope, snapshot: true }, async (query) => {
    const columns = await query<{ name: string; columns: string }>(
      `SELECT c.relname AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relnamespace = 'nmc'::regnamespace AND c.relkind IN ('r', 'v')
         AND has_column_privilege(c.oid, a.attnum, 'SELECT') GROUP BY 1 ORDER BY 1`,
    );
    const seen: Record<string, string[]> = {};
    for (const { name, columns: list } of columns) {
      const found = await query<{ line: string }>(
        `SELECT row(${list})::text AS line FROM ${name} ORDER BY 1`,
      );
      seen[name] = found.map((one) => one.line);
    }
    seen.waiting = [
      JSON.stringify(await query("SELECT ratings_waiting(ARRAY['xa-a', 'xa-b', 'tt-a', 'tinh']) AS n")),
    ];
    return seen;
  });
}
function changed(before: Record<string, string[]>, after: Record<string, string[]>): string[] {
  return Object.keys(after).filter((name) => before[name]?.join('\n') !== after[name]!.join('\n'));
}

describe('what the reading role can tell', () => {
  it('a visit that comes in changes nothing it can read but the transport of its device', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    on(FRIDAY, kiosk, ...times(9, () => rating(FRIDAY)));
    await kiosk.receipt();
    await release();
    const before = await readable();
    expect(before.released_answer).toHaveLength(9);
    for (const secret of ['visit', 'entry', 'counter_day', 'entry_visit', 'entry_return', 'batch'])
      expect(Object.keys(before)).not.toContain(secret);
    at.clock.now += 60_000;
    kiosk.append(rating('2026-09-21'), abandoned('2026-09-21'));
    on(FRIDAY, kiosk, rating(FRIDAY, { comment: 'a'.repeat(64) }));
    await kiosk.receipt();
    expect(changed(before, await readable()).sort()).toEqual(['device', 'device_stream']);
    await release();
    expect(changed(before, await readable()).sort()).toEqual(['device', 'device_stream']);
  });

  it('between two readings there are none or at least five more answers, in every scope, day after day', async () => {
    const [one, two] = [await counter('xa-a', 'Quầy 1'), await counter('xa-a', 'Quầy 2')];
    const kiosks = [
      await placed('xa-a', 'kiosk', one),
      await placed('xa-a', 'kiosk', two),
      await at.device('tt-a', 'kiosk'),
    ];
    let before = await readable();
    let last = await feedback('tinh');
    const perDay = [
      [3, 1, 0],
      [1, 0, 4],
      [6, 2, 1],
      [0, 1, 0],
      [2, 2, 2],
      [9, 5, 1],
    ];
    let sent = 0;
    for (const [n, counts] of perDay.entries()) {
      const day = addDays('2026-09-07', n);
      for (const [k, count] of counts.entries()) {
        on(day, kiosks[k]!, ...times(count, () => rating(day, { answers: { quality: (sent++ % 5) + 1 } })));
        if (kiosks[k]!.lines.length > 0) await kiosks[k]!.receipt();
      }
      await release(Date.parse(`${addDays(day, 1)}T01:00:00.000Z`));
      const after = await readable();
      const fresh = after.released_answer!.filter((line) => !before.released_answer!.includes(line));
      expect(before.released_answer!.every((line) => after.released_answer!.includes(line))).toBe(true);
      expect(fresh.length === 0 || fresh.length >= 5, `day ${day}: ${fresh.length}`).toBe(true);
      before = after;
      for (const unit of ['tinh', 'xa-a', 'tt-a']) {
        const now = await feedback(unit, unit === 'tinh' ? '*' : unit);
        expect(now.groups.every((group) => group.n >= 5)).toBe(true);
        expect(now.spans.every((span) => span.ratings + span.flagged >= 5)).toBe(true);
        expect(now.waitingAtLeast % 5).toBe(0);
        if (unit !== 'tinh') continue;
        expect(now.released - last.released === 0 || now.released - last.released >= 5).toBe(true);
        last = now;
      }
    }
    await release();
    expect((await feedback('tinh')).released).toBeGreaterThan(30);
    const [{ n }] = (await rows<{ n: number }>('SELECT count(*) AS n FROM visit')) as [{ n: number }];
    expect(n).toBe(sent);
    await expectSound();
  });

  it('the order of a group is drawn by lot', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    on(
      FRIDAY,
      kiosk,
      ...times(40, (n) =>
        rating(FRIDAY, {
          answers: { quality: 5, q: n % 10 },
          quarter: `${FRIDAY}T${String(8 + Math.floor(n / 5)).padStart(2, '0')}:00`,
        }),
      ),
    );
    await kiosk.receipt();
    await release();
    const order = await rows<{ q: number }>(
      "SELECT (answers->>'q')::int AS q FROM released_answer ORDER BY release, place",
    );
    expect(order).toHaveLength(40);
    expect(order.map((one) => one.q)).not.toEqual(times(40, (n) => n % 10));
  });
});

describe('the release', () => {
  it('waits for the next working day and for five, by counter first, then pooled over the unit', async () => {
    const [one, two] = [await counter('xa-a', 'Quầy 1'), await counter('xa-a', 'Quầy 2')];
    const [busy, quiet, placeless] = [
      await placed('xa-a', 'kiosk', one),
      await placed('xa-a', 'kiosk', two),
      await at.device('xa-a', 'kiosk'),
    ];
    on(FRIDAY, busy, ...times(6, () => rating(FRIDAY)));
    on(FRIDAY, quiet, ...times(3, () => rating(FRIDAY)));
    on(FRIDAY, placeless, ...times(2, () => rating(FRIDAY)));
    for (const kiosk of [busy, quiet, placeless]) await kiosk.receipt();
    expect(await release(Date.parse('2026-09-20T03:00:00.000Z')), 'a Sunday').toMatchObject({ groups: 0 });
    expect(await release()).toEqual({ through: '2026-09-20', groups: 2, ratings: 11, spans: 1 });
    expect(await release()).toMatchObject({ groups: 0, spans: 0 });
    const shown = await feedback('xa-a');
    expect(shown.groups.map((group) => [group.counterName, group.n, group.firstDay]).sort()).toEqual([
      [null, 5, FRIDAY],
      ['Quầy 1', 6, FRIDAY],
    ]);
    expect(shown).toMatchObject({ released: 11, flagged: 0, waitingAtLeast: 0, closedThrough: '2026-09-20' });
    expect(shown.cells.find((cell) => cell.counter === one)).toMatchObject({
      ...{
        unitName: 'Xã A',
        counterName: 'Quầy 1',
        questionnaire: 'quick@2',
        source: 'kiosk',
        n: 6,
        groups: 1,
      },
      levels: { quality: [0, 0, 0, 6], attitude: [0, 0, 0, 0, 6] },
    });
    expect(shown.questionnaires.map((one) => one.id)).toEqual(['quick']);
    expect(
      await readFeedback(at.hub.db, 'xa-b', {
        unit: 'xa-a',
        period: parsePeriod('day:2026-09-18')!,
        now: NOON,
      }),
    ).toBe(null);
    await expectSound();
  });

  it('a hub that was off closes the same when it starts', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    on('2026-09-21', kiosk, ...times(7, () => rating('2026-09-21')));
    await kiosk.receipt();
    expect((await feedback('xa-a')).released).toBe(0);
    await at.hub.close();
    const hub = await startHub(at.hub.config, { clock: () => NOON + DAY, log: () => undefined });
    try {
      const request = { unit: 'xa-a', period: parsePeriod('day:2026-09-21')!, now: NOON + DAY };
      expect(await readFeedback(hub.db, '*', request)).toMatchObject({ released: 7 });
    } finally {
      await hub.close();
    }
  });

  it('what comes late joins what comes next; a retraction before counts, one after leaves the group as it is', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    on('2026-09-15', kiosk, ...times(6, () => rating('2026-09-15')));
    kiosk.append({ kind: 'void', body: { target: { device: kiosk.id, stream: 1, seq: 2 }, reason: 'nhầm' } });
    await kiosk.receipt();
    await release();
    expect((await feedback('xa-a')).released).toBe(5);
    kiosk.append({ kind: 'void', body: { target: { device: kiosk.id, stream: 1, seq: 1 }, reason: 'nhầm' } });
    on('2026-09-15', kiosk, ...times(4, () => rating('2026-09-15', { answers: { quality: 1 } })));
    await kiosk.receipt();
    await release();
    expect(await feedback('xa-a')).toMatchObject({ released: 5, waitingAtLeast: 0 });
    on('2026-09-16', kiosk, rating('2026-09-16', { answers: { quality: 1 } }));
    await kiosk.receipt();
    await release();
    const after = await feedback('xa-a');
    expect(after.released).toBe(10);
    expect(after.groups[0]).toMatchObject({ n: 5, firstDay: '2026-09-15', lastDay: '2026-09-16' });
    await expectSound();
  });

  it('answers from phones stand in groups of their own, count for the counter, and are no strangers to the check', async () => {
    const one = await counter('xa-a', 'Quầy 1');
    const kiosk = await placed('xa-a', 'kiosk', one);
    on(FRIDAY, kiosk, ...times(4, () => rating(FRIDAY)));
    await kiosk.receipt();
    await rows(
      `INSERT INTO visit (province, device, stream, seq, unit, counter, source, day, quarter, questionnaire, language, outcome)
       SELECT 'tinh', '@phone', 1, n, 'xa-a', $1, 'phone', $2, 36, 'quick@2', 'vi', 'completed' FROM generate_series(1, 30) AS n`,
      [one, FRIDAY],
    );
    await release();
    const shown = await feedback('xa-a');
    expect(shown.groups).toMatchObject([{ source: 'phone', n: 30, isFlagged: false }]);
    expect(shown.rates).toMatchObject([{ ratings: 34, phone: 30, denominator: null }]);
    await expectSound();
    await recomputeRepair(at.hub.db, NOON);
    expect(await rows('SELECT count(*) AS n FROM visit')).toEqual([{ n: 34 }]);
  });

  it('a group belongs to the period of its last day only', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    for (const day of ['2026-09-10', '2026-09-11']) on(day, kiosk, ...times(3, () => rating(day)));
    await kiosk.receipt();
    await release();
    expect((await feedback('xa-a', '*', 'day:2026-09-10')).released).toBe(0);
    expect((await feedback('xa-a', '*', 'day:2026-09-11')).released).toBe(6);
  });
});

describe('the release among kiosks that send', () => {
  it('loses no visit, releases none twice, and locks nobody crosswise', async () => {
    const kiosks = await Promise.all(times(8, () => at.device('xa-a', 'kiosk')));
    for (const kiosk of kiosks) {
      on(FRIDAY, kiosk, ...times(12, (n) => rating(FRIDAY, { answers: { quality: (n % 5) + 1 } })));
    }
    for (let n = 1; n <= 12; n++) {
      const sent = kiosks.map((kiosk) => kiosk.receipt(n, n));
      await Promise.all([...sent, ...(n % 3 === 0 ? [release(), release()] : [])]);
    }
    await release();
    // Up to four may be left over: the last group was closed while some were still on their way.
    const [visits] = await rows<{ all: number; waiting: number }>(
      'SELECT count(*) AS all, count(*) FILTER (WHERE release IS NULL) AS waiting FROM visit',
    );
    expect(visits!.all).toBe(96);
    expect(visits!.waiting).toBeLessThan(5);
    expect((await feedback('xa-a')).released).toBe(96 - visits!.waiting);
    const [answers] = await rows<{ n: number }>('SELECT count(*) AS n FROM released_answer');
    expect(answers!.n).toBe(96 - visits!.waiting);
    expect(at.hub.db.retries()).toBe(0);
    await expectSound();
  });
});

describe('the response rate', () => {
  it('is ratings ÷ confirmed returns of the counter over closed days; unknown where no return is known', async () => {
    const [one, two] = [await counter('xa-a', 'Quầy 1'), await counter('xa-a', 'Quầy 2')];
    const [kiosk, pc, other] = [
      await placed('xa-a', 'kiosk', one),
      await placed('xa-a', 'extension', one),
      await placed('xa-a', 'kiosk', two),
    ];
    on('2026-09-17', pc, returned(12), returned(8));
    on('2026-09-17', kiosk, ...times(2, () => rating('2026-09-17')), abandoned('2026-09-17'));
    on(FRIDAY, pc, returned(5));
    on(FRIDAY, kiosk, ...times(3, () => rating(FRIDAY)), rating(FRIDAY, { flags: ['fast'] }));
    on(FRIDAY, other, ...times(5, () => rating(FRIDAY)));
    pc.append(returned(3));
    for (const device of [kiosk, pc, other]) await device.receipt();
    await release();
    const { rates, spans } = await feedback('xa-a');
    expect(
      rates.map(({ counterName, numerator, denominator, ratings, flagged, abandoned: left }) => [
        counterName,
        numerator,
        denominator,
        ratings,
        flagged,
        left,
      ]),
    ).toEqual([
      ['Quầy 1', 5, 25, 5, 1, 1],
      ['Quầy 2', 0, null, 5, 0, 0],
    ]);
    expect(spans.find((span) => span.counter === one)).toMatchObject({
      ...{
        firstDay: '2026-09-17',
        lastDay: FRIDAY,
        returns: 25,
        ratings: 5,
        flagged: 1,
        abandoned: 1,
        phone: 0,
      },
    });
    expect(spans.find((span) => span.counter === two)).toMatchObject({ returns: null, ratings: 5 });
    await expectSound();
  });

  it('returns retracted, or read with a pack that is retired, are taken away; a later placing changes nothing', async () => {
    const one = await counter('xa-a', 'Quầy 1');
    const pc = await placed('xa-a', 'extension', one);
    on(FRIDAY, pc, returned(12), returned(8));
    await pc.receipt();
    const days = () => rows('SELECT counter, day, returns FROM counter_day ORDER BY counter, day');
    expect(await days()).toEqual([{ counter: one, day: FRIDAY, returns: 20 }]);
    await placeDevice(at.hub.db, actor, { device: pc.id, counter: null }, NOON);
    pc.append({ kind: 'void', body: { target: { device: pc.id, stream: 1, seq: 2 }, reason: 'nhầm' } });
    on(FRIDAY, pc, returned(1));
    await pc.receipt(3, 4);
    await pc.receipt();
    const wanted = [
      { counter: '', day: FRIDAY, returns: 1 },
      { counter: one, day: FRIDAY, returns: 12 },
    ];
    expect(await days()).toEqual(wanted);
    await expectSound();
    await rows('UPDATE counter_day SET returns = 99');
    await rows('DELETE FROM visit');
    expect([...(await recomputeCheck(at.hub.db, NOON)).differences.keys()]).toEqual([
      `returns xa-a ${FRIDAY}`,
    ]);
    await recomputeRepair(at.hub.db, NOON);
    expect(await days()).toEqual(wanted);
    await retirePack(at.hub.db, 'igate2@1.0.0', 'test', NOON);
    expect((await rows<{ n: number }>('SELECT sum(returns) AS n FROM counter_day'))[0]!.n).toBe(0);
    await expectSound();
  });

  it('many devices of one counter at once lose nothing and never lock each other', async () => {
    const one = await counter('xa-a', 'Quầy 1');
    const devices = await Promise.all(times(12, (n) => placed('xa-a', n % 2 ? 'kiosk' : 'extension', one)));
    for (const [n, device] of devices.entries()) {
      for (const day of n % 2 ? ['2026-09-16', '2026-09-17'] : ['2026-09-17', '2026-09-16'])
        on(day, device, returned(1), rating(day), returned(2));
    }
    await Promise.all(
      devices.flatMap((device) => [device.receipt(), device.receipt(1, 3), device.receipt(4, 6)]),
    );
    expect(await rows('SELECT day, returns FROM counter_day ORDER BY day')).toEqual([
      { day: '2026-09-16', returns: 36 },
      { day: '2026-09-17', returns: 36 },
    ]);
    await release();
    expect((await feedback('xa-a')).rates).toMatchObject([{ numerator: 24, denominator: 72 }]);
    expect(at.hub.db.retries()).toBe(0);
    await expectSound();
  });
});

describe('flags of the hub', () => {
  it('set ratings apart with the threshold that was passed, and never into a sum', async () => {
    const one = await counter('xa-a', 'Quầy 1');
    const [kiosk, pc] = [await placed('xa-a', 'kiosk', one), await placed('xa-a', 'extension', one)];
    on(FRIDAY, pc, returned(3));
    on(
      FRIDAY,
      kiosk,
      ...times(9, (n) =>
        rating(FRIDAY, {
          answers: { quality: (n % 5) + 1 },
          quarter: `${FRIDAY}T${String(8 + n).padStart(2, '0')}:00`,
        }),
      ),
    );
    await kiosk.receipt();
    await pc.receipt();
    await release();
    const shown = await feedback('xa-a');
    expect(shown).toMatchObject({ released: 0, flagged: 9 });
    expect(shown.groups).toMatchObject([
      {
        ...{ isFlagged: true, n: 9, counter: one },
        flags: {
          moreThanReturns: {
            ...{ n: 9, limits: { percent: 100, slack: 2 } },
            days: [{ day: FRIDAY, ratings: 9, returns: 3 }],
          },
        },
      },
    ]);
    expect(shown.rates).toMatchObject([{ ratings: 0, flagged: 9, denominator: 3 }]);
    await expectSound();
  });

  it('who walks away from the optional reasons counts: leaving them out would leave out low ratings', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    const low = { answers: { quality: 1 }, flags: ['walkedAway'] };
    on(
      FRIDAY,
      kiosk,
      ...times(3, () => rating(FRIDAY, low)),
      rating(FRIDAY, { flags: ['recovered', 'cutShort'] }),
    );
    on(FRIDAY, kiosk, rating(FRIDAY), rating(FRIDAY, { flags: ['walkedAway', 'fast'] }));
    await kiosk.receipt();
    await release();
    expect(await feedback('xa-a')).toMatchObject({
      ...{ released: 5, flagged: 0 },
      cells: [{ levels: { quality: [3, 0, 0, 2] } }],
    });
  });

  it('crowds, series and hours, by the thresholds of the nearest unit', async () => {
    const set = (unit: string, rules: unknown) => saveKioskSetting(at.hub.db, actor, unit, { rules }, NOON);
    expect(
      await set('tinh', { openingHours: [{ days: [1, 2, 3, 4, 5], from: '07:30', to: '17:00' }] }),
    ).toMatchObject({ ok: true });
    expect(
      await set('xa-b', { series: { count: 5, quarters: 1 }, interval: { perQuarter: 6 } }),
    ).toMatchObject({ ok: true });
    const [a, b] = [await at.device('xa-a', 'kiosk'), await at.device('xa-b', 'kiosk')];
    on(FRIDAY, a, ...times(7, () => rating(FRIDAY)));
    on(FRIDAY, b, ...times(7, () => rating(FRIDAY)));
    on(FRIDAY, a, ...times(5, () => rating(FRIDAY, { quarter: `${FRIDAY}T19:00`, flags: ['burst'] })));
    await a.receipt();
    await b.receipt();
    await release();
    const [inA, inB] = [await feedback('xa-a'), await feedback('xa-b')];
    expect([inA.released, inA.flagged, inB.released, inB.flagged]).toEqual([7, 5, 0, 7]);
    expect(inA.groups.find((group) => group.isFlagged)!.flags).toEqual({
      afterHours: { n: 5, limits: { hours: '1,2,3,4,5:07:30-17:00' } },
      burst: { n: 5, limits: {} },
    });
    expect(inB.groups[0]!.flags).toEqual({
      interval: { n: 7, limits: { perQuarter: 6 } },
      series: { n: 7, limits: { count: 5, minutes: 15 } },
    });
  });
});

describe('the migration', () => {
  it('moves the visits and returns that were there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nmc-old-'));
    const source = join(import.meta.dirname, '../../lib/hub/migrations');
    for (const name of readdirSync(source).filter((one) => one < '0008'))
      copyFileSync(join(source, name), join(folder, name));
    const db = openDb(await server.freshUrl(), 'tinh', 2);
    try {
      await migrate(db, folder);
      const line = (kind: string, body: unknown, offset: number | null = null) =>
        JSON.stringify({ kind, offset, body });
      const lines = [
        [
          1,
          'feedback',
          line('feedback', rating(FRIDAY, { counter: '2', flags: ['fast'], reasons: ['slow'] }).body),
          false,
        ],
        [2, 'feedback', line('feedback', abandoned(FRIDAY).body), false],
        [3, 'feedback', line('feedback', rating(FRIDAY, { quarter: `${FRIDAY}T23:45` }).body), true],
        [4, 'action', line('action', returned(4).body, 7_200_000), false],
        [5, 'action', line('action', { action: 'receive', n: 9 }), false],
      ] as const;
      await db.raw(async (client) => {
        await client.query(
          "BEGIN; SET LOCAL ROLE nmc_owner; SET LOCAL nmc.province = 'tinh'; SET LOCAL search_path = nmc, pg_catalog",
        );
        await client.query("INSERT INTO province (id, hub) VALUES ('tinh', 'hub')");
        for (const [seq, kind, text, isVoid] of lines)
          await client.query(
            `INSERT INTO entry (province, device, stream, seq, kind, line, chain, at, unit, is_void)
             VALUES ('tinh', 'd', 1, $1, $2, $3, '', '2026-09-18T16:00:00Z', 'xa-a', $4)`,
            [seq, kind, text, isVoid],
          );
        await client.query('COMMIT');
      });
      await migrate(db);
      const of = (text: string) => db.tx({ role: 'ingest' }, (query) => query(text));
      expect(
        await of(
          'SELECT seq, counter, source, day, quarter, outcome, answers, reasons, flags, is_void FROM visit ORDER BY seq',
        ),
      ).toEqual([
        {
          seq: 1,
          counter: '2',
          source: 'kiosk',
          day: FRIDAY,
          quarter: 36,
          outcome: 'completed',
          answers: { quality: 4, attitude: 5 },
          reasons: ['slow'],
          flags: ['fast'],
          is_void: false,
        },
        {
          seq: 2,
          counter: null,
          source: 'kiosk',
          day: FRIDAY,
          quarter: 36,
          outcome: 'abandoned',
          answers: {},
          reasons: [],
          flags: [],
          is_void: false,
        },
        {
          seq: 3,
          counter: null,
          source: 'kiosk',
          day: FRIDAY,
          quarter: 95,
          outcome: 'completed',
          answers: { quality: 4, attitude: 5 },
          reasons: [],
          flags: [],
          is_void: true,
        },
      ]);
      // Two hours after 23:00 in Vietnam it is the next day.
      expect(await of('SELECT unit, counter, day, returns FROM counter_day')).toEqual([
        { unit: 'xa-a', counter: '', day: '2026-09-19', returns: 4 },
      ]);
      const elsewhere = openDb(server.embedded ? await currentUrl(db) : '', 'khac', 1);
      expect(await elsewhere.tx({ role: 'owner' }, (query) => query('SELECT 1 FROM visit'))).toEqual([]);
      await elsewhere.close();
    } finally {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  async function currentUrl(db: ReturnType<typeof openDb>) {
    const [{ name }] = (await db.tx({ role: 'owner' }, (query) =>
      query('SELECT current_database() AS name'),
    )) as [{ name: string }];
    return server.embedded.connection(name);
  }
});
