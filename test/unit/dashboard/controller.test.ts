import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownOf } from '../../../components/dashboard/model.ts';
import { type Controller, firstPeriod, makeController } from '../../../lib/dashboard/controller.ts';
import { hubSource } from '../../../lib/dashboard/hub-source.ts';
import { makeStore, type Store, startState } from '../../../lib/dashboard/store.ts';
import { type Asked, problem, type Reply, startHub, type TestHub, UNITS, USER } from './hub.ts';
import { sampleFigures } from './sample.ts';

const NOW = Date.parse('2026-09-11T08:12:00Z');
const saved: { name: string; content: Blob }[] = [];
let hub: TestHub;
let store: Store;
let controller: Controller;
let hash: string;
let isSignedIn: boolean;
let now: number;

/** The hub's answers of an ordinary day. */
function ordinary({ method, path }: Asked): Reply {
  const url = new URL(path, 'http://hub');
  if (url.pathname === '/v1/session' && method === 'POST') isSignedIn = true;
  if (!isSignedIn) return problem(401, 'signedOut');
  switch (url.pathname) {
    case '/v1/session':
      return { json: { user: USER } };
    case '/v1/units':
      return { json: { units: UNITS } };
    case '/v1/devices':
      return { json: { devices: [] } };
    case '/v1/indicators': {
      const id = url.searchParams.get('unit') ?? '';
      const period = { ...sampleFigures().period, id: url.searchParams.get('period') ?? '' };
      return { json: sampleFigures({ unit: { id, name: `Đơn vị ${id}` }, period }) };
    }
    default:
      return problem(404, 'notFound');
  }
}

beforeEach(async () => {
  hub = await startHub(ordinary);
  isSignedIn = true;
  hash = '';
  now = NOW;
  saved.length = 0;
  store = makeStore(startState('vi', firstPeriod(NOW)));
  const source = hubSource({ fetch, origin: hub.origin, timeout: 5_000, language: () => 'vi' });
  controller = makeController(source, store, {
    clock: () => now,
    readHash: () => hash,
    writeHash(next) {
      hash = next;
    },
    saveFile: (name, content) => saved.push({ name, content }),
    rememberLanguage: () => {},
    figuresToXlsx: async (figures) => new Blob([figures.unit.id]),
  });
});
afterEach(() => hub.close());

const unitShown = () => shownOf(store.get().figures)?.unit.id;

describe('start', () => {
  it('opens the reporting month that holds today for the user’s own unit', async () => {
    await controller.start();
    expect(store.get()).toMatchObject({ view: 'figures', unit: '40', period: 'report:2026-M09' });
    expect(unitShown()).toBe('40');
    expect(hash).toBe('#/so-lieu?don-vi=40&ky=report:2026-M09');
  });

  it('opens what the address names', async () => {
    hash = '#/so-lieu?don-vi=u1&ky=calendar:2026-Q2';
    await controller.start();
    expect(shownOf(store.get().figures)).toMatchObject({
      unit: { id: 'u1' },
      period: { id: 'calendar:2026-Q2' },
    });
  });

  it('keeps its own unit when the address names one outside', async () => {
    hash = '#/so-lieu?don-vi=khac&ky=sai';
    await controller.start();
    expect(store.get()).toMatchObject({ unit: '40', period: 'report:2026-M09' });
  });

  it('says so when the hub cannot be reached, and starts when it is back', async () => {
    hub.answer = () => ({ cut: true });
    await controller.start();
    expect(store.get()).toMatchObject({ session: { at: 'unreachable' }, isOnline: false });
    hub.answer = ordinary;
    await controller.wake();
    expect(store.get()).toMatchObject({ session: { at: 'in' }, isOnline: true });
  });
});

describe('session', () => {
  it('asks to log in, says what was wrong, and goes on to the address', async () => {
    isSignedIn = false;
    hash = '#/thiet-bi?don-vi=u1';
    await controller.start();
    expect(store.get().session).toMatchObject({ at: 'out', expired: false });
    hub.answer = () => problem(401, 'wrongPassword');
    await controller.login('a', 'b');
    expect(store.get().session).toMatchObject({ at: 'out', busy: false, failure: { code: 'wrongPassword' } });
    hub.answer = ordinary;
    await controller.login('a', 'c');
    expect(store.get()).toMatchObject({ session: { at: 'in' }, view: 'devices', unit: 'u1' });
  });

  it('returns to the log-in form when a call meets 401, and keeps the place', async () => {
    hash = '#/so-lieu?don-vi=u1&ky=report:2026-M08';
    await controller.start();
    isSignedIn = false;
    await controller.reload();
    expect(store.get().session).toMatchObject({ at: 'out', expired: true });
    await controller.login('a', 'c');
    expect(store.get()).toMatchObject({ session: { at: 'in' }, unit: 'u1', period: 'report:2026-M08' });
  });

  it('forgets everything at log-out', async () => {
    await controller.start();
    await controller.logout();
    expect(store.get()).toMatchObject({ session: { at: 'out', expired: false }, figures: { at: 'idle' } });
  });
});

describe('figures', () => {
  it('drop an answer that was overtaken by a newer question', async () => {
    await controller.start();
    const slow = Promise.withResolvers<void>();
    hub.answer = async (asked) => {
      if (asked.path.includes('unit=u1')) await slow.promise;
      return ordinary(asked);
    };
    controller.go({ unit: 'u1' });
    const first = controller.followHash();
    controller.go({ unit: '40', period: 'calendar:2026-Q1' });
    await controller.followHash();
    slow.resolve();
    await first;
    expect(store.get()).toMatchObject({ unit: '40', figures: { at: 'ready' } });
    expect(unitShown()).toBe('40');
  });

  it('never show one unit’s figures under another’s name while loading', async () => {
    await controller.start();
    const slow = Promise.withResolvers<void>();
    hub.answer = (asked) => slow.promise.then(() => ordinary(asked));
    controller.go({ unit: 'u1' });
    const pending = controller.followHash();
    expect(store.get().figures).toEqual({ at: 'loading', last: null });
    slow.resolve();
    await pending;
    expect(unitShown()).toBe('u1');
  });

  it('keep what was shown when a renewal fails, and note that the line is gone', async () => {
    await controller.start();
    hub.answer = () => ({ cut: true });
    await controller.reload();
    expect(store.get()).toMatchObject({
      isOnline: false,
      figures: { at: 'failed', failure: { kind: 'offline' } },
    });
    expect(unitShown()).toBe('40');
    hub.answer = ordinary;
    await controller.wake();
    expect(store.get()).toMatchObject({ isOnline: true, figures: { at: 'ready' } });
  });

  it('are asked for again when they are old and looked at, not before', async () => {
    await controller.start();
    const count = hub.asked.length;
    await controller.wake();
    expect(hub.asked).toHaveLength(count);
    now += 6 * 60_000;
    await controller.wake();
    expect(hub.asked).toHaveLength(count + 1);
  });

  it('are exported under a name that says unit and period', async () => {
    await controller.start();
    await controller.exportFigures();
    expect(saved.map(({ name }) => name)).toEqual(['so-lieu_40_report-2026-M09.xlsx']);
    expect(store.get().notice).toBe('exported');
  });
});

describe('imports', () => {
  const csv = (text: string) => ({ name: 'don-vi.csv', bytes: new TextEncoder().encode(text) });

  it('save nothing before the dry run was seen', async () => {
    await controller.start();
    hub.answer = () => ({ json: { rows: 1, created: 1, updated: 0, errors: [] } });
    await controller.checkCsv('units', csv('id;name\n1;"Xã; Một"\n'));
    expect(hub.asked.at(-1)?.path).toBe('/v1/units/import?dryRun=1');
    expect(store.get().unitsImport).toMatchObject({
      at: 'checked',
      preview: { head: ['id', 'name'], rows: [['1', 'Xã; Một']], more: 0 },
    });
    hub.answer = (asked) =>
      asked.path.endsWith('/import')
        ? { json: { rows: 1, created: 1, updated: 0, errors: [] } }
        : ordinary(asked);
    await controller.saveCsv('units');
    expect(store.get().unitsImport).toMatchObject({ at: 'saved', report: { created: 1 } });
  });

  it('go through every hand-over file, also past a refused one', async () => {
    await controller.start();
    hub.answer = (asked) =>
      asked.path === '/v1/handover' ? problem(422, 'batchSignature', 'Hỏng.') : ordinary(asked);
    const file = (name: string) => ({ name, bytes: new Uint8Array([1]) });
    await controller.importHandover([file('a.nmc'), file('b.nmc')]);
    expect(store.get().handover).toMatchObject({ busy: false, done: 2, all: 2 });
    expect(store.get().handover.results.map(({ name, at }) => `${name} ${at}`)).toEqual([
      'a.nmc refused',
      'b.nmc refused',
    ]);
  });
});
