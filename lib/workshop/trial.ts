/** Saved pages: the draft runs over all of them after each change; new ones are taken from the page, looked at, then kept. */
import type { DifferenceView, FixtureView } from '../../components/workshop/model.ts';
import type { Pack } from '../adapters/pack.ts';
import { asSource } from './draft.ts';
import type { Fixture, Render } from './fixture.ts';
import type { PageReading, PageSnapshot } from './protocol.ts';
import { expectationOf, type FixtureResult, runFixture } from './runner.ts';
import type { OwnFixture, Shelf } from './shelf.ts';
import type { Store } from './store.ts';

export interface TrialDeps {
  readonly store: Store;
  readonly shelf: Shelf;
  readonly render: Render;
  readonly bundled: (pack: string) => Promise<readonly Fixture[]>;
  readonly clock: () => number;
}

type Listed = Fixture & { readonly source: FixtureView['source'] };

const NAME = /^[a-z0-9-]{1,80}$/;
/** A proposal carries at most this many saved pages. */
const MOST_SENT = 20;

/** The room of saved pages; `pack` is the runnable draft at the time of the call. */
export function makeTrial({ store, shelf, render, bundled, clock }: TrialDeps) {
  let fixtures: readonly Listed[] = [];
  let results = new Map<string, FixtureResult>();
  let turn = 0;
  let taken: {
    readonly pack: string;
    readonly snapshot: PageSnapshot;
    readonly expected: Fixture['expected'];
  } | null = null;

  const show = (running: number | null) =>
    store.set({
      running,
      fixtures: fixtures.map(({ name, source }): FixtureView => {
        const result = results.get(name);
        return {
          name,
          source,
          result: result ? (result.ok ? 'pass' : 'fail') : 'waiting',
          difference: result?.difference ?? null,
        };
      }),
    });

  /** An own page takes the place of a bundled one of the same name. */
  async function load(pack: string): Promise<void> {
    const [own, all] = await Promise.all([shelf.fixtures(pack), bundled(pack)]);
    const names = new Set(own.map(({ name }) => name));
    fixtures = [
      ...own.map(({ name, html, expected }): Listed => ({ name, html, expected, source: 'own' })),
      ...all.filter(({ name }) => !names.has(name)).map((one): Listed => ({ ...one, source: 'bundled' })),
    ];
  }

  async function run(pack: Pack): Promise<void> {
    turn += 1;
    const mine = turn;
    results = new Map();
    show(0);
    for (const [at, fixture] of fixtures.entries()) {
      const result = await runFixture(pack, fixture, render);
      if (mine !== turn) return;
      results.set(fixture.name, result);
      show(at + 1);
    }
    show(null);
  }

  async function keep(pack: Pack, fixture: Fixture): Promise<void> {
    const row: OwnFixture = { pack: pack.id, ...fixture, at: clock() };
    await shelf.saveFixture(row);
    await load(pack.id);
    await run(pack);
  }

  return {
    load,
    run,
    /** Pages of one's own, as the file and the proposal carry them. */
    own: (): Fixture[] =>
      fixtures
        .filter(({ source }) => source === 'own')
        .slice(-MOST_SENT)
        .map(({ name, html, expected }) => ({ name, html, expected })),
    results: (): readonly FixtureResult[] => [...results.values()],
    failing: (): number => [...results.values()].filter(({ ok }) => !ok).length,

    /** The new result is the right one: it becomes what the page must yield from now on. */
    async accept(pack: Pack, name: string): Promise<void> {
      const fixture = fixtures.find((one) => one.name === name);
      if (!fixture) return;
      const fresh = await expectationOf(pack, fixture.expected.place, fixture.html, render);
      const { gestures, says } = fixture.expected;
      const expected = { ...fresh, ...(gestures ? { gestures } : {}), ...(says ? { says } : {}) };
      await keep(pack, { name, html: fixture.html, expected });
    },
    async remove(pack: Pack, name: string): Promise<void> {
      await shelf.removeFixture(pack.id, name);
      await load(pack.id);
      await run(pack);
    },
    /** Reads what was taken as the draft reads it, and shows both before anything is kept. */
    async look(pack: Pack, snapshot: PageSnapshot, live: PageReading | null): Promise<void> {
      const expected = await expectationOf(pack, snapshot.place, snapshot.html, render);
      taken = { pack: pack.id, snapshot, expected };
      store.set({
        snapshot: {
          name: nextName(expected.pages?.[0] ?? 'trang', clock(), fixtures),
          html: snapshot.html,
          masked: snapshot.masked,
          cut: snapshot.cut,
          differs: live && differs(live, snapshot, expected),
        },
        snapshotProblem: null,
      });
    },
    async save(pack: Pack, name: string): Promise<void> {
      if (!taken || taken.pack !== pack.id) return;
      if (!NAME.test(name)) return store.set({ snapshotProblem: 'name' });
      const { snapshot, expected } = taken;
      taken = null;
      await keep(pack, { name, html: snapshot.html, expected });
      store.set({ snapshot: null, snapshotProblem: null, notice: { kind: 'snapshotSaved', name } });
    },
    drop(): void {
      taken = null;
      store.set({ snapshot: null, snapshotProblem: null });
    },
    /** Saved pages of a file come in beside the own ones. */
    async adopt(pack: Pack, incoming: readonly Fixture[]): Promise<void> {
      for (const fixture of incoming)
        await shelf.saveFixture({ pack: asSource(pack).id, ...fixture, at: clock() });
    },
    html: (): string | null => taken?.snapshot.html ?? null,
  };
}

export type Trial = ReturnType<typeof makeTrial>;

function nextName(page: string, now: number, fixtures: readonly Fixture[]): string {
  const day = new Date(now + 7 * 3_600_000).toISOString().slice(2, 10).replaceAll('-', '');
  const stem = `mau-${page.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${day}`.slice(0, 70);
  const taken = new Set(fixtures.map(({ name }) => name));
  for (let n = 1; ; n += 1) if (!taken.has(`${stem}-${n}`)) return `${stem}-${n}`;
}

/** Whether the sample yields what the page yielded: the same type and health, and its fields on as large a share of rows. */
function differs(
  live: PageReading,
  snapshot: PageSnapshot,
  expected: Fixture['expected'],
): DifferenceView | null {
  const page = live.isRecognised ? live.page : '';
  const found = expected.pages?.[0] ?? '';
  if (page !== found) return { what: 'pages', expected: page, found };
  const health = expected.health ?? '';
  if (health !== live.health) return { what: 'health', expected: live.health, found: health };
  const rows = expected.rows ?? [];
  const read = live.rows - live.unread;
  if (snapshot.cut === 0 && rows.length !== read) {
    return { what: 'rows', expected: String(read), found: String(rows.length) };
  }
  const shown = new Set(
    rows.flatMap((row) => Object.keys({ ...(row as object), ...(row as { facts?: object }).facts })),
  );
  const lost = live.fields.find(
    ({ name, read: n }) => n === live.rows && n > 0 && !shown.has(fieldKey(name)),
  );
  return lost ? { what: 'field', row: 1, name: lost.name, expected: '…', found: '' } : null;
}

const fieldKey = (name: string) => (name === 'otherCode' ? 'otherCodes' : name);
