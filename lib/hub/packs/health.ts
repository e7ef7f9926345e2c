/** How pages are read: the latest word of every device becomes a row at ingest, and the sums of a unit are shown. */
import type { EntryOf } from '../../domain/entry.ts';
import type { Db, Query, Scope } from '../database/db.ts';
import type { EffectiveEntry } from '../ingest/effects.ts';
import { sql } from './queries.ts';
import { readRef, refOf } from './version.ts';

export const PACK_STATES = ['ok', 'degraded', 'broken', 'unverified'] as const;
export type PackState = (typeof PACK_STATES)[number];

/** A word older than this says nothing about today: the page is not used there any more. */
const FORGET = 30 * 86_400_000;

/** What a device said of one page type. Times are corrected instants, milliseconds. */
interface HealthWord {
  readonly system: string;
  readonly pack: string;
  readonly page: string;
  readonly version: string;
  readonly state: PackState;
  readonly since: number;
  readonly at: number;
  readonly seq: number;
  readonly unread: number;
}

/** The last word on each page type among the entries, in a stable order; what is not of the known form is left out. */
export function healthWords(entries: readonly EntryOf<'health'>[]): HealthWord[] {
  const words = entries.flatMap((entry) => wordOf(entry)).sort((a, b) => a.at - b.at || a.seq - b.seq);
  const last = new Map<string, HealthWord>();
  for (const word of words) {
    const name = [word.system, word.pack, word.page].join('\u0000');
    const before = last.get(name);
    const isSame = before?.state === word.state && before.version === word.version;
    last.set(name, isSame ? { ...word, since: before.since } : word);
  }
  return [...last.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, word]) => word);
}

function wordOf({ at, offset, seq, body }: EntryOf<'health'>): HealthWord[] {
  if (body.topic !== 'pack' || !(PACK_STATES as readonly string[]).includes(body.state)) return [];
  const { pack, page, system, unread } = body.detail ?? {};
  const ref = readRef(String(pack));
  if (ref === null || typeof page !== 'string' || typeof system !== 'string') return [];
  const time = Date.parse(at) + (offset ?? 0);
  return [
    {
      system,
      page,
      pack: ref.id,
      version: ref.version,
      state: body.state as PackState,
      since: time,
      at: time,
      seq,
      unread: typeof unread === 'number' && Number.isSafeInteger(unread) && unread >= 0 ? unread : 0,
    },
  ];
}

/** Keeps what the entries of one batch say; an older word never replaces a newer one. */
export async function keepHealth(
  query: Query,
  place: { readonly province: string; readonly device: string; readonly stream: number },
  came: readonly EffectiveEntry[],
): Promise<void> {
  const words = healthWords(came.flatMap(({ entry }) => (entry.kind === 'health' ? [entry] : [])));
  if (words.length === 0) return;
  const iso = (time: number) => new Date(time).toISOString();
  await query(sql.keepHealth, [
    place.province,
    place.device,
    place.stream,
    words.map((one) => one.system),
    words.map((one) => one.pack),
    words.map((one) => one.page),
    words.map((one) => one.version),
    words.map((one) => one.state),
    words.map((one) => iso(one.since)),
    words.map((one) => iso(one.at)),
    words.map((one) => one.seq),
    words.map((one) => one.unread),
  ]);
}

/** Devices by what they say. */
export type StateCounts = Readonly<Record<PackState, number>>;
export const NONE: StateCounts = { ok: 0, degraded: 0, broken: 0, unverified: 0 };

/** One page type of one system, over the devices of a unit and below. Instants are ISO. */
export interface PageHealth {
  readonly system: string;
  readonly systemName: string | null;
  readonly pack: string;
  readonly page: string;
  readonly devices: StateCounts;
  /** Rows not read when the devices said so last. */
  readonly unread: number;
  /** Since when the earliest of the devices in the worst state is in it. */
  readonly since: string;
  readonly lastAt: string;
  readonly versions: readonly { readonly version: string; readonly devices: StateCounts }[];
  /** Devices that read it badly, the longest first, at most 300 over all page types. */
  readonly troubles: readonly {
    readonly device: string;
    readonly name: string;
    readonly unit: string;
    readonly state: PackState;
    readonly version: string;
    readonly since: string;
    readonly unread: number;
  }[];
}

interface CountRow {
  readonly system: string;
  readonly systemName: string | null;
  readonly pack: string;
  readonly page: string;
  readonly version: string;
  readonly state: PackState;
  readonly devices: number;
  readonly since: string;
  readonly lastAt: string;
  readonly unread: number;
}
type TroubleRow = PageHealth['troubles'][number] & Pick<CountRow, 'system' | 'pack' | 'page'>;

/** The order of badness: a page that is `broken` or `unverified` records nothing, a `degraded` one still does. */
const WORST: readonly PackState[] = ['broken', 'unverified', 'degraded', 'ok'];

/** How the pages of a unit and below are read, the worst first. Devices not heard of for 30 days are left out. */
export async function readHealth(db: Db, scope: Scope, unit: string, now: number): Promise<PageHealth[]> {
  const [counts, troubles] = await db.tx({ role: 'read', scope, snapshot: true }, async (query) => {
    const values = [db.province, unit, new Date(now - FORGET).toISOString()];
    return [
      await query<CountRow>(sql.healthCounts, values),
      await query<TroubleRow>(sql.healthTroubles, values),
    ] as const;
  });
  return sumHealth(counts, troubles);
}

/** Devices by pack version (`id@version`), each once, by the worst state it reports for that version. */
export async function devicesByPack(
  db: Db,
  scope: Scope,
  unit: string,
  now: number,
): Promise<Map<string, StateCounts>> {
  const rows = await db.tx({ role: 'read', scope }, (query) =>
    query<{ pack: string; version: string; worst: number; devices: number }>(sql.healthByPack, [
      db.province,
      unit,
      new Date(now - FORGET).toISOString(),
      WORST,
    ]),
  );
  const sums = new Map<string, StateCounts>();
  for (const { pack, version, worst, devices } of rows) {
    const ref = refOf({ id: pack, version });
    sums.set(ref, { ...NONE, ...sums.get(ref), [WORST[worst - 1]!]: devices });
  }
  return sums;
}

/** Rows by version and state become one line per page type. Pure. */
export function sumHealth(counts: readonly CountRow[], troubles: readonly TroubleRow[]): PageHealth[] {
  const nameOf = (one: Pick<CountRow, 'system' | 'pack' | 'page'>) =>
    [one.system, one.pack, one.page].join('\u0000');
  const pages = Map.groupBy(counts, nameOf);
  const lines = [...pages].map(([name, rows]): PageHealth => {
    const { system, systemName, pack, page } = rows[0]!;
    const devices = countsOf(rows);
    const worst = worstOf(devices);
    const of = rows.filter((one) => one.state === worst);
    return {
      system,
      systemName,
      pack,
      page,
      devices,
      unread: rows.reduce((sum, one) => sum + one.unread, 0),
      since: of.map((one) => one.since).sort()[0]!,
      lastAt: rows
        .map((one) => one.lastAt)
        .sort()
        .at(-1)!,
      versions: [...Map.groupBy(rows, (one) => one.version)].map(([version, some]) => ({
        version,
        devices: countsOf(some),
      })),
      troubles: troubles
        .filter((one) => nameOf(one) === name)
        .map(({ device, name, unit, state, version, since, unread }) => ({
          device,
          name,
          unit,
          state,
          version,
          since,
          unread,
        })),
    };
  });
  const rankOf = (line: PageHealth) => WORST.indexOf(worstOf(line.devices));
  return lines.sort((a, b) => rankOf(a) - rankOf(b) || (nameOf(a) < nameOf(b) ? -1 : 1));
}

function countsOf(rows: readonly CountRow[]): StateCounts {
  const sums: Record<PackState, number> = { ...NONE };
  for (const row of rows) sums[row.state] += row.devices;
  return sums;
}

function worstOf(devices: StateCounts): PackState {
  return WORST.find((state) => devices[state] > 0) ?? 'ok';
}
