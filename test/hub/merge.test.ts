/** What entries amount to on the real database: voids, key rotation, concurrency, kiosk sums, stock (DESIGN §3, §7). */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../lib/domain/dates.ts';
import type { EntryDraft, Facts } from '../../lib/domain/entry.ts';
import { stockOf } from '../../lib/domain/flows.ts';
import type { DossierRow } from '../../lib/domain/merge.ts';
import { parsePeriod } from '../../lib/domain/period.ts';
import { releaseRatings } from '../../lib/hub/feedback/release.ts';
import { readFigures } from '../../lib/hub/figures/figures.ts';
import { recomputeCheck, recomputeRepair } from '../../lib/hub/jobs/recompute.ts';
import { retirePack } from '../../lib/hub/packs/retire.ts';
import {
  keyOf,
  load,
  NOON,
  sighting,
  type TestDevice,
  type TestHub,
  type TestServer,
  testHub,
  testServer,
  visit,
} from './support.ts';

let server: TestServer;
let at: TestHub;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  at = await testHub(server);
});
afterEach(() => at.close());

async function rows<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return at.hub.db.tx({ role: 'ingest' }, (query) => query<Row>(text, values));
}
const rollups = async () =>
  (
    await rows<{ unit: string; day: string; measure: string; n: number }>(
      'SELECT unit, day, measure, n FROM rollup WHERE n <> 0 ORDER BY unit, day, measure',
    )
  ).map(({ unit, day, measure, n }) => `${unit} ${day} ${measure} ${n}`);
const dossiers = () => rows<{ id: string; unit: string }>('SELECT id, unit FROM dossier ORDER BY id');
const voidOf = (device: TestDevice, seq: number, stream = 1) =>
  ({ kind: 'void', body: { target: { device: device.id, stream, seq }, reason: 'nhầm' } }) as const;
async function expectSound() {
  expect([...(await recomputeCheck(at.hub.db, NOON)).differences]).toEqual([]);
}
const online = (...names: string[]) =>
  sighting(
    names.map((name) => keyOf(name)),
    { channel: 'online', status: 'processing' },
  );

describe('voids', () => {
  it('takes a dossier out of every sum, and a void that comes first works just the same', async () => {
    const device = await at.device('xa-a');
    device.append(online('a'), voidOf(device, 3), online('b'), voidOf(device, 1));
    await device.receipt(2, 2);
    await device.receipt(3, 3);
    expect(await dossiers()).toEqual([]);
    await device.receipt(1, 1);
    expect(await dossiers()).toHaveLength(1);
    await device.receipt(4, 4);
    expect(await dossiers()).toEqual([]);
    expect(await rollups()).toEqual([]);
    await expectSound();
  });

  it('a void in another stream of the same device counts; one of another device does not and is alarmed', async () => {
    const device = await at.device('xa-a');
    const other = await at.device('xa-a');
    device.append(online('a'), online('b'));
    await device.receipt();
    other.append(voidOf(device, 1));
    await other.receipt();
    expect(await dossiers()).toHaveLength(2);
    expect(await rows("SELECT 1 FROM alarm WHERE kind = 'foreignVoid'")).toHaveLength(1);
    device.nextStream();
    device.append(voidOf(device, 2, 1));
    await device.receipt();
    expect((await dossiers()).map((one) => one.id)).toEqual([keyOf('a')]);
    await expectSound();
  });

  it('a retired pack version voids its sightings everywhere, later ones too, and raises the configuration', async () => {
    const device = await at.device('xa-a');
    device.append(
      online('a'),
      sighting([keyOf('b')], { channel: 'post', status: 'processing' }, { pack: 'igate2@1.0.1' }),
      online('c'),
    );
    await device.receipt(1, 2);
    const version = async () => (await rows<{ v: number }>('SELECT config_version AS v FROM province'))[0]!.v;
    const before = await version();
    expect(await retirePack(at.hub.db, 'igate2@1.0.0', 'test', NOON)).toBe(1);
    await device.receipt(3, 3);
    expect((await dossiers()).map((one) => one.id)).toEqual([keyOf('b')]);
    expect(await version()).toBe(before + 1);
    expect(await retirePack(at.hub.db, 'igate2@1.0.0', 'test', NOON)).toBe(0);
    await expectSound();
  });
});

describe('keys', () => {
  it('a rotation joins the rows of old and new key, whichever came first', async () => {
    const device = await at.device('xa-a');
    const newKey = keyOf('a', '2');
    device.append(
      online('a'),
      sighting([newKey], { status: 'finished' }, { seen: '2026-09-21T08:00:00.000Z' }),
      sighting([keyOf('a'), newKey], { channel: 'online' }),
    );
    await device.receipt(1, 2);
    expect(await dossiers()).toHaveLength(2);
    await device.receipt(3, 3);
    expect(await dossiers()).toEqual([{ id: [keyOf('a'), newKey].sort()[0], unit: 'xa-a' }]);
    expect(await rollups()).toEqual([
      'xa-a 2026-09-15 digitised:unknown 1',
      'xa-a 2026-09-15 payment:unknown 1',
      'xa-a 2026-09-15 received:online 1',
      'xa-a 2026-09-21 finished:undecided 1',
      'xa-a 2026-09-21 result:unknown 1',
    ]);
    await expectSound();
  });

  it('voiding the entry that linked two keys takes them apart again', async () => {
    const device = await at.device('xa-a');
    device.append(online('a'), online('b'), online('a', 'b'), voidOf(device, 3));
    await device.receipt(1, 3);
    expect(await dossiers()).toHaveLength(1);
    await device.receipt(4, 4);
    expect(await dossiers()).toHaveLength(2);
    await expectSound();
  });
});

describe('many devices at once', () => {
  const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
  const fact = fc.record(
    {
      channel: fc.constantFrom('online', 'counter', 'post'),
      status: fc.constantFrom('received', 'processing', 'finished', 'returned', 'withdrawn'),
      due: fc.constantFrom(null, '2026-09-20', '2026-09-25'),
      digitised: fc.boolean(),
      agency: fc.constantFrom('Xã A', 'Xã B', 'Nơi khác'),
      procedure: fc.constantFrom('1.001612', '2.000815'),
    },
    { requiredKeys: ['status'] },
  );
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('see' as const),
        names: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 2 }),
        facts: fact,
        minute: fc.nat(600),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('void' as const), seq: fc.integer({ min: 1, max: 12 }) }),
    },
  );

  it('roll-ups equal recomputation and no deadlock surfaces, in any interleaving', async () => {
    const devices = await Promise.all(
      ['xa-a', 'xa-b', 'tt-a', 'xa-a', 'xa-b'].map((unit) => at.device(unit)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 4, maxLength: 12 }), { minLength: 5, maxLength: 5 }),
        async (plans) => {
          await Promise.all(
            plans.map(async (plan, index) => {
              const device = devices[index]!;
              if (device.lines.length > 0) device.nextStream();
              for (const one of plan) {
                if (one.kind === 'void') device.append(voidOf(device, one.seq, device.stream));
                else {
                  const seen = new Date(NOON + one.minute * 60_000).toISOString();
                  device.append(
                    sighting(
                      one.names.map((name) => keyOf(name)),
                      one.facts as Facts,
                      { seen },
                    ),
                  );
                }
              }
              const half = Math.ceil(plan.length / 2);
              // Out of order, overlapping and twice: all of it must come to the same.
              await device.receipt(half, plan.length);
              await Promise.all([device.receipt(1, half), device.receipt(1, plan.length)]);
            }),
          );
          await expectSound();
        },
      ),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it('thirty devices that see the same dossiers in opposite order neither fail nor miscount', async () => {
    const devices = await Promise.all(Array.from({ length: 30 }, () => at.device('xa-a')));
    const names = Array.from({ length: 40 }, (_, index) => `chung-${index}`);
    devices.forEach((device, index) => {
      const order = index % 2 === 0 ? names : [...names].reverse();
      device.append(...order.map((name) => online(name)));
    });
    const receipts = await Promise.all(devices.map((device) => device.receipt()));
    expect(receipts.every((one) => one.received[0]![1] === 40)).toBe(true);
    expect(await rollups()).toContain('xa-a 2026-09-15 received:online 40');
    await expectSound();
  });

  it('devices that share no dossier but every sum never lock each other crosswise', async () => {
    const devices = await Promise.all(Array.from({ length: 16 }, () => at.device('xa-a')));
    const agencies = ['Xã A', 'Xã B', 'Trung tâm A', 'Tỉnh Thử'];
    for (let round = 0; round < 4; round++) {
      devices.forEach((device, index) => {
        const order = index % 2 === 0 ? agencies : [...agencies].reverse();
        for (const [step, agency] of order.entries()) {
          const facts: Facts = { channel: 'online', status: 'finished', due: null, agency };
          device.append(sighting([keyOf(`${index} ${round} ${step}`)], facts));
        }
      });
      await Promise.all(devices.map((device) => device.receipt(round * 4 + 1, round * 4 + 4)));
    }
    expect(at.hub.db.retries()).toBe(0);
    expect(await rollups()).toContain('xa-b 2026-09-15 received:online 64');
    await expectSound();
  });
});

describe('figures', () => {
  const period = (id: string) => parsePeriod(id)!;
  const figures = async (unit: string, id = 'report:2026-Q4', scope = '*') =>
    (await readFigures(at.hub.db, scope, { unit, period: period(id), now: at.clock.now }))!;

  it('counts the subtree, shows what belongs to no unit at the root, and proves its transport', async () => {
    const a = await at.device('tt-a');
    const b = await at.device('xa-b');
    a.append(
      online('a'),
      sighting([keyOf('b')], { channel: 'counter', status: 'processing', agency: 'UBND xã A' }),
    );
    b.append(
      sighting([keyOf('c')], { channel: 'post', status: 'processing' }, { receiver: 'H77.1' }),
      sighting([keyOf('d')], { channel: 'online', status: 'processing', agency: 'XÃ B' }),
    );
    await a.receipt();
    await b.receipt(1, 1);
    await b.receipt(2, 2);
    b.append(online('e'));
    const lost = await b.batch(4, 3, { head: 7 });
    await fetch(`${at.hub.url}/v1/batches`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.nmc.batch' },
      body: lost as BodyInit,
    });
    expect((await figures('xa-a')).received).toEqual({ online: 1, counter: 1, post: 0, unknown: 0 });
    const whole = await figures('tinh');
    expect(whole.received).toEqual({ online: 2, counter: 1, post: 1, unknown: 0 });
    expect((await figures('unassigned')).received).toEqual({ online: 0, counter: 0, post: 1, unknown: 0 });
    expect(whole.transport).toMatchObject({ devices: 2, complete: 1, missing: 5, silent: 0 });
    expect((await figures('xa-a')).transport).toMatchObject({ devices: 1, complete: 1, missing: 0 });
    expect(whole.indicators.find((one) => one.id === 'onlineFiling')).toMatchObject({
      numerator: 2,
      denominator: 4,
      value: 0.5,
    });
  });

  it('answers stock as of a day exactly as the domain does', async () => {
    const device = await at.device('xa-a');
    const statuses = ['registered', 'received', 'processing', 'withdrawn', 'finished', 'returned'] as const;
    const dues = [undefined, null, '2026-09-10', '2026-09-18', '2026-09-30'] as const;
    for (const status of statuses) {
      for (const due of dues) {
        for (const finished of [undefined, '2026-09-14', '2026-09-19']) {
          const facts: Facts = {
            status,
            received: '2026-09-12',
            ...(due === undefined ? {} : { due }),
            ...(finished === undefined ? {} : { finished }),
          };
          device.append(sighting([keyOf(`${status} ${due} ${finished}`)], facts, { codeDay: '2026-09-09' }));
        }
      }
    }
    await device.receipt();
    const merged = await rows<{ merged: DossierRow }>('SELECT merged FROM dossier');
    expect(merged.length).toBeGreaterThan(60);
    for (let day = '2026-09-11'; day <= '2026-09-21'; day = addDays(day, 1)) {
      const stock = { inTime: 0, overdue: 0, noDue: 0, unknownDue: 0 };
      for (const one of merged) {
        const found = stockOf(one.merged, day);
        if (found !== null) stock[found] += 1;
      }
      expect({ day, ...(await figures('xa-a', `day:${day}`)).stock }).toEqual({ day, ...stock });
    }
  });

  it('keeps kiosk answers back until there are five, never shows today, and leaves flagged ones apart', async () => {
    const kiosk = await at.device('xa-a', 'kiosk');
    for (let n = 0; n < 4; n++) kiosk.append(visit('2026-09-18', 5));
    kiosk.append(visit('2026-09-18', 1, ['burst']), visit('2026-09-21', 2));
    await kiosk.receipt();
    await releaseRatings(at.hub.db, NOON);
    expect((await figures('xa-a')).ratings).toEqual([]);
    expect((await figures('xa-a')).visits).toEqual({ completed: 0, abandoned: 0 });
    kiosk.append(visit('2026-09-17', 3));
    await kiosk.receipt();
    expect((await figures('xa-a')).ratings).toEqual([]);
    await releaseRatings(at.hub.db, NOON);
    const open = await figures('xa-a');
    expect(open.visits).toEqual({ completed: 5, abandoned: 0 });
    expect(open.ratings.find((one) => one.question === 'service')).toEqual({
      question: 'service',
      levels: [0, 0, 1, 0, 4],
      answers: 5,
    });
    // What is shown stays: one answer that goes would be one citizen's.
    kiosk.append(voidOf(kiosk, 1));
    await kiosk.receipt();
    await releaseRatings(at.hub.db, NOON);
    expect((await figures('xa-a')).ratings).toEqual(open.ratings);
    await expectSound();
  });

  it("takes the portal's own total of exactly the unit and span as coverage", async () => {
    const device = await at.device('xa-a');
    const total = (received: number, to = '2026-09-14') =>
      ({
        kind: 'officialTotal',
        body: {
          system: 'mot-cua',
          unit: 'UBND xã A',
          from: '2026-06-15',
          to,
          figures: { received },
          source: 'statistics',
        },
      }) as const;
    device.append(
      sighting([keyOf('a')], { channel: 'online', status: 'processing' }, { codeDay: '2026-07-01' }),
      total(10),
      total(99, '2026-09-13'),
    );
    await device.receipt();
    expect((await figures('xa-a', 'report:2026-Q3')).coverage).toEqual({ seen: 1, official: 10 });
    expect((await figures('xa-b', 'report:2026-Q3')).coverage).toEqual({ seen: 0, official: null });
    at.clock.now += 60_000;
    device.append(total(12));
    await device.receipt();
    expect((await figures('xa-a', 'report:2026-Q3')).coverage.official).toBe(12);
    device.append(voidOf(device, 4));
    await device.receipt();
    expect((await figures('xa-a', 'report:2026-Q3')).coverage.official).toBe(10);
  });

  it('counts waiting documents by role, the latest sighting winning', async () => {
    const device = await at.device('xa-a');
    const paper = (
      name: string,
      state: 'waiting' | 'done',
      due: string | undefined,
      minute: number,
    ): EntryDraft => ({
      kind: 'document',
      body: {
        keys: [keyOf(name)],
        system: 'ioffice',
        pack: 'ioffice-dwr@1.0.0',
        page: 'incoming',
        seen: new Date(NOON + minute * 60_000).toISOString(),
        role: 'XLC',
        state,
        ...(due === undefined ? {} : { due }),
      },
    });
    device.append(
      paper('v1', 'waiting', '2026-09-20', 0),
      paper('v2', 'waiting', undefined, 0),
      paper('v3', 'done', undefined, 5),
      paper('v3', 'waiting', undefined, 1),
    );
    await device.receipt();
    expect((await figures('xa-a')).documents.find((one) => one.role === 'XLC')).toEqual({
      role: 'XLC',
      waiting: 2,
      overdue: 1,
    });
    await expectSound();
  });

  it('a new unit list moves dossiers and their flows', async () => {
    const device = await at.device('xa-b');
    device.append(sighting([keyOf('c')], { channel: 'post', status: 'processing' }, { receiver: 'H99.7' }));
    await device.receipt();
    expect((await dossiers())[0]!.unit).toBe('tinh');
    await load(at.hub, 'units', 'id,parent,name,kind,agency_codes\nxa-c,tinh,Xã C,commune,H99.7\n');
    expect((await dossiers())[0]!.unit).toBe('xa-c');
    expect((await figures('xa-c')).received.post).toBe(1);
    await expectSound();
  });
});

describe('the nightly check', () => {
  it('finds a wrong sum, a wrong row and a wrong void, raises alarms, and the repair heals them', async () => {
    const device = await at.device('xa-a');
    device.append(online('a'), online('b'), visit('2026-09-18', 5));
    await device.receipt();
    await expectSound();
    await rows("UPDATE rollup SET n = n + 1 WHERE measure = 'received:online'");
    await rows('UPDATE dossier SET unit = $1 WHERE id = $2', ['xa-b', keyOf('b')]);
    await rows('UPDATE visit SET quarter = 7');
    const { differences } = await recomputeCheck(at.hub.db, NOON);
    expect([...differences.keys()].sort()).toEqual([
      'dossier',
      'rollup xa-a 2026-09-15',
      'visit xa-a 2026-09-18',
    ]);
    expect(await rows("SELECT 1 FROM alarm WHERE kind = 'recompute' AND resolved_at IS NULL")).toHaveLength(
      3,
    );
    await recomputeRepair(at.hub.db, NOON);
    await expectSound();
    expect(await rows("SELECT 1 FROM alarm WHERE kind = 'recompute' AND resolved_at IS NULL")).toEqual([]);
    await rows('UPDATE entry SET is_void = true WHERE seq = 1');
    expect([...(await recomputeCheck(at.hub.db, NOON)).differences.keys()]).toContain('void');
    await recomputeRepair(at.hub.db, NOON);
    await expectSound();
  });
});
