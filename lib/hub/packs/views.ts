/** Packs as people see them: those the extension brings and those that were proposed here. */
import type { Vocabulary } from '../../adapters/pack.ts';
import { BUNDLED_PACKS } from '../../adapters/packs/index.ts';
import { completeVocabulary } from '../../adapters/vocabulary.ts';
import type { PackProposal, PackStage } from '../../batch/protocol.ts';
import type { Db, Scope } from '../database/db.ts';
import { type Change, diffPacks } from './diff.ts';
import { devicesByPack, NONE, type StateCounts } from './health.ts';
import { packHash, problemsOf } from './propose.ts';
import { sql } from './queries.ts';
import { bundledPack, compareVersions, readRef, refOf } from './version.ts';

/** One pack version in the list. Instants are ISO. */
export interface PackView {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  /** `verified`: seen running on the real host; `unverified`: rebuilt from public sources. */
  readonly status: string;
  /** `bundled` comes with the extension and needs no signature of ours. */
  readonly source: 'bundled' | 'hub';
  readonly stage: PackStage;
  readonly note: string;
  readonly sha256: string;
  readonly trial: { readonly units: readonly string[]; readonly percent: number } | null;
  /** Null for a bundled pack, and for whoever does not see the whole province. */
  readonly proposedBy: { readonly device: string; readonly unit: string } | null;
  readonly proposedAt: string | null;
  /** Name of the person, or `cli`. */
  readonly signedBy: string | null;
  readonly signedAt: string | null;
  readonly results: { readonly passed: number; readonly failed: number } | null;
  /** Devices of the reader's scope that read with it. */
  readonly health: StateCounts;
}

interface ListRow {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly stage: PackStage;
  readonly note: string;
  readonly sha256: string;
  readonly units: readonly string[];
  readonly percent: number;
  readonly status: string;
  readonly proposedAt: string;
  readonly deviceName: string;
  readonly unitName: string;
  readonly signedBy: string | null;
  readonly signedName: string | null;
  readonly signedAt: string | null;
  readonly results: PackProposal['results'];
}

/** Who reads: the scope, and the unit whose devices the health counts are of. */
export interface Reader {
  readonly scope: Scope;
  readonly unit: string;
}

/** Every pack version, families in order, the newest version first. */
export async function listPacks(db: Db, reader: Reader, now: number): Promise<PackView[]> {
  const [rows, retired] = await db.tx({ role: 'admin' }, async (query) => [
    await query<ListRow>(sql.list, [db.province]),
    (await query<{ pack: string }>(sql.retired, [db.province])).map((row) => row.pack),
  ]);
  const health = await devicesByPack(db, reader.scope, reader.unit, now);
  const stored = rows.map(
    (row): PackView => ({
      id: row.id,
      version: row.version,
      name: row.name,
      status: row.status,
      source: 'hub',
      stage: row.stage,
      note: row.note,
      sha256: row.sha256,
      trial: row.stage === 'trial' ? { units: row.units, percent: row.percent } : null,
      proposedBy: reader.scope === '*' ? { device: row.deviceName, unit: row.unitName } : null,
      proposedAt: row.proposedAt,
      signedBy: row.signedName ?? row.signedBy,
      signedAt: row.signedAt,
      results: {
        passed: row.results.filter((one) => one.ok).length,
        failed: row.results.filter((one) => !one.ok).length,
      },
      health: health.get(refOf(row)) ?? NONE,
    }),
  );
  const bundled = BUNDLED_PACKS.map(
    ({ id, version, name, status, ...rest }): PackView => ({
      id,
      version,
      name,
      status,
      source: 'bundled',
      stage: retired.includes(refOf({ id, version })) ? 'retired' : 'everywhere',
      note: '',
      sha256: packHash({ id, version, name, status, ...rest }),
      trial: null,
      proposedBy: null,
      proposedAt: null,
      signedBy: null,
      signedAt: null,
      results: null,
      health: health.get(refOf({ id, version })) ?? NONE,
    }),
  );
  return [...bundled, ...stored].sort(
    (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) || compareVersions(b.version, a.version),
  );
}

/** One pack with what a person needs before signing. */
export interface PackDetail extends PackView {
  readonly body: unknown;
  /** What the devices have now: the newest older version that is in force; null when this is the first of its family. */
  readonly before: string | null;
  readonly changes: readonly Change[];
  readonly lint: readonly { readonly field: string; readonly problem: string }[];
  readonly fixtures: readonly { readonly name: string; readonly expected: unknown }[];
  readonly fixtureResults: PackProposal['results'];
  /** Who did what; `actor` is '' for whoever does not see the whole province. */
  readonly history: readonly {
    readonly at: string;
    readonly actor: string;
    readonly action: string;
    readonly detail: unknown;
  }[];
  /** What retiring it would void, by kind of entry; null for whoever may not retire. */
  readonly entries: Readonly<Record<string, number>> | null;
}

interface StoredRow {
  readonly version: string;
  readonly body: unknown;
  readonly fixtures: PackProposal['fixtures'];
  readonly results: PackProposal['results'];
}

/** The pack, or null when there is no such version. */
export async function readPack(
  db: Db,
  reader: Reader & { readonly mayRetire: boolean },
  { id, version }: { readonly id: string; readonly version: string },
  now: number,
): Promise<PackDetail | null> {
  const view = (await listPacks(db, reader, now)).find((one) => one.id === id && one.version === version);
  if (view === undefined) return null;
  const ref = refOf(view);
  const { stored, before, history } = await db.tx({ role: 'admin' }, async (query) => {
    const read = async (wanted: string) =>
      (await query<StoredRow>(sql.read, [db.province, id, wanted]))[0] ?? null;
    const known = await query<{ version: string; stage: PackStage }>(sql.versions, [db.province, id]);
    const retired = (await query<{ pack: string }>(sql.retired, [db.province])).map(({ pack }) =>
      readRef(pack),
    );
    const older = [
      ...known.filter((one) => one.stage === 'everywhere' || one.stage === 'trial'),
      ...BUNDLED_PACKS.filter((one) => one.id === id),
    ]
      .map((one) => one.version)
      .filter((one) => compareVersions(one, version) < 0)
      .filter((one) => !retired.some((gone) => gone?.id === id && gone.version === one))
      .sort(compareVersions)
      .at(-1);
    return {
      stored: await read(version),
      before:
        older === undefined
          ? null
          : { version: older, body: (await read(older))?.body ?? bundledPack(id, older) },
      history: await query<{
        at: string;
        actor: string;
        name: string | null;
        action: string;
        detail: unknown;
      }>(sql.history, [db.province, ref]),
    };
  });
  const body = stored?.body ?? bundledPack(id, version);
  return {
    ...view,
    body,
    before: before?.version ?? null,
    changes: before === null ? [] : diffPacks(comparable(before.body), comparable(body)),
    lint: problemsOf(body),
    fixtures: (stored?.fixtures ?? []).map(({ name, expected }) => ({ name, expected })),
    fixtureResults: stored?.results ?? [],
    history: history.map(({ at, actor, name, action, detail }) => ({
      at,
      actor: reader.scope === '*' ? (name ?? actor) : '',
      action,
      detail,
    })),
    entries: reader.mayRetire ? await entriesOf(db, ref) : null,
  };
}

/** A bundled pack carries the shared words too, a proposal perhaps not: only the family's own words shall differ. */
function comparable(body: unknown): unknown {
  const pack = body as { readonly vocabulary?: Vocabulary } | null;
  return { ...pack, vocabulary: completeVocabulary(pack?.vocabulary ?? {}) };
}

async function entriesOf(db: Db, pack: string): Promise<Record<string, number>> {
  const rows = await db.tx({ role: 'ingest' }, (query) =>
    query<{ kind: string; n: number }>(sql.entriesOf, [db.province, pack]),
  );
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
}
