/**
 * The one merge (DESIGN §3), used by the hub and by the unit page.
 *
 * A dossier's state is its set of sightings minus its voids; its row is a pure function of that set, so the
 * order of arrival, repetition and overlap cannot change a figure.
 *
 *   sightings ── drop repeats ── sort by (rank, corrected time, device, stream, seq) ── fold: later known value wins
 *                                                                      └─ finishing time: exact, or bounded (T1, T2]
 *
 * Finishing is bounded per source system: T1 is the latest arrival of a row that showed the dossier unfinished,
 * T2 the earliest reading that showed it finished. A row that shows it unfinished after T2 is stale and moves nothing.
 */
import { type Day, dayOf, dayPart, type Instant, type LocalTime } from './dates.ts';
import type { DocumentBody, DossierBody, EntryId, Facts } from './entry.ts';
import { isFinished, isUnfinished } from './vocabulary.ts';

/** One dossier entry as the merge sees it. */
export interface Sighting extends EntryId {
  /** Milliseconds to add to the device's clock (the entry's own `offset`; 0 while unknown). */
  readonly offset: number;
  readonly body: DossierBody;
}

/** When a dossier was finished: a printed day, or an interval (from, to] of instants, or not at all. */
export type Finish =
  | { readonly kind: 'none' }
  | { readonly kind: 'printed'; readonly day: Day }
  | { readonly kind: 'between'; readonly from: Instant | null; readonly to: Instant };

/** What is set aside instead of adopted, named for the supervisor. */
export type MergeFlag = `impossible:${keyof Facts & string}` | 'dueMoved' | 'conflict:procedure';

/** The merged state of one dossier. */
export interface DossierRow {
  /** Every key this dossier is known by, sorted; the first names it. */
  readonly keys: readonly string[];
  readonly facts: Facts;
  readonly codeDay: Day | null;
  readonly receiver: string | null;
  readonly finish: Finish;
  /** Latest proof that it was still unfinished (corrected instant), null when never seen so. */
  readonly unfinishedAt: Instant | null;
  readonly flags: readonly MergeFlag[];
  readonly systems: readonly string[];
  readonly sightings: number;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
}

const DATE_FACTS = ['received', 'due', 'finished', 'returned'] as const;
const EARLIEST = '2010-01-01';

const corrected = (sighting: Sighting, iso: string): Instant => Date.parse(iso) + sighting.offset;

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Order of the fold: source rank, corrected time, device, stream, seq. The time is first when the row arrived: a tab left
 * open and read later still shows what was true when it was loaded.
 */
function compare(a: Sighting, b: Sighting): number {
  return (
    a.body.rank - b.body.rank ||
    corrected(a, a.body.arrived) - corrected(b, b.body.arrived) ||
    corrected(a, a.body.seen) - corrected(b, b.body.seen) ||
    compareText(a.device, b.device) ||
    a.stream - b.stream ||
    a.seq - b.seq
  );
}

/** The text that names an entry in sets and maps. */
export function entryName(id: EntryId): string {
  return `${id.device}/${id.stream}/${id.seq}`;
}

/**
 * The row of one dossier from its sightings (voids already taken away), or null when none is left.
 * Pure, order-free and idempotent; the sightings must belong together (they share keys, see {@link groupByKeys}).
 */
export function mergeDossier(sightings: readonly Sighting[]): DossierRow | null {
  const unique = [...new Map(sightings.map((one) => [entryName(one), one])).values()].sort(compare);
  if (unique.length === 0) return null;
  const codeDay = unique.map((one) => one.body.codeDay).find((day) => day !== undefined) ?? null;
  const flags = new Set<MergeFlag>();
  const facts: Record<string, unknown> = {};
  const dueSeen = new Set<LocalTime>();
  for (const { body } of unique) {
    for (const [name, value] of Object.entries(body.facts)) {
      if (value === undefined) continue;
      if (isDateFact(name) && value !== null) {
        if (isImpossible(value as LocalTime, codeDay)) {
          flags.add(`impossible:${name}`);
          continue;
        }
        if (name === 'due') dueSeen.add(dayPart(value as LocalTime));
      }
      if (value === 'unknownMeans' && isKnownMeans(facts.paidBy)) continue;
      if (name === 'procedure' && facts.procedure !== undefined && facts.procedure !== value) {
        flags.add('conflict:procedure');
      }
      facts[name] = value;
    }
  }
  if (dueSeen.size > 1) flags.add('dueMoved');
  const supplements = Math.max(-1, ...unique.map((one) => one.body.facts.supplements ?? -1));
  if (supplements >= 0) facts.supplements = supplements;
  const merged = facts as Facts;
  const bounds = finishOf(unique);
  if (bounds.finish.kind === 'between' && merged.status !== undefined && isStaleAfterFinish(merged.status)) {
    merged.status = finishedStatus(unique);
  }
  const isPrinted = merged.finished !== undefined && (bounds.finish.kind !== 'none' || statusIsOver(merged));
  const finish: Finish = isClosedApart(merged)
    ? { kind: 'none' }
    : isPrinted
      ? { kind: 'printed', day: dayPart(merged.finished!) }
      : bounds.finish;
  const seen = unique.map((one) => corrected(one, one.body.seen));
  return {
    keys: [...new Set(unique.flatMap((one) => one.body.keys))].sort(),
    facts: merged,
    codeDay,
    receiver: unique.map((one) => one.body.receiver).findLast((code) => code !== undefined) ?? null,
    finish,
    unfinishedAt: bounds.unfinishedAt,
    flags: [...flags].sort(),
    systems: [...new Set(unique.map((one) => one.body.system))].sort(),
    sightings: unique.length,
    firstSeen: Math.min(...seen),
    lastSeen: Math.max(...seen),
  };
}

function isDateFact(name: string): name is (typeof DATE_FACTS)[number] {
  return (DATE_FACTS as readonly string[]).includes(name);
}

/** A date before the code's own day, before 2010 or more than ten years after the code cannot be true. */
function isImpossible(value: LocalTime, codeDay: Day | null): boolean {
  const day = dayPart(value);
  if (day < EARLIEST || day >= '2100') return true;
  return codeDay !== null && (day < codeDay || Number(day.slice(0, 4)) > Number(codeDay.slice(0, 4)) + 10);
}

/** A status that a page may still show of a finished dossier without meaning it. */
function isStaleAfterFinish(status: NonNullable<Facts['status']>): boolean {
  return isUnfinished(status) || status === 'registered';
}

/** "Paid", without how, does not unsay a means that a page has shown. */
function isKnownMeans(paidBy: unknown): boolean {
  return paidBy === 'online' || paidBy === 'transfer' || paidBy === 'cash';
}

/** Withdrawn and refused dossiers are counted apart, never among the finished (host-pages §6.3). */
function isClosedApart(facts: Facts): boolean {
  return facts.status === 'withdrawn' || facts.status === 'refused';
}

function statusIsOver(facts: Facts): boolean {
  return facts.status === undefined || isFinished(facts.status);
}

/** The finished status last adopted by the fold order: a stale "unfinished" never takes its place. */
function finishedStatus(unique: readonly Sighting[]): NonNullable<Facts['status']> {
  const found = unique.findLast(({ body }) => body.facts.status && isFinished(body.facts.status));
  return found?.body.facts.status ?? 'finished';
}

interface SourceBounds {
  rank: number;
  unfinished: Instant[];
  finished: Instant[];
}

function finishOf(unique: readonly Sighting[]): { finish: Finish; unfinishedAt: Instant | null } {
  const sources = new Map<string, SourceBounds>();
  for (const sighting of unique) {
    const { body } = sighting;
    const source = sources.get(body.system) ?? { rank: 0, unfinished: [], finished: [] };
    sources.set(body.system, source);
    source.rank = Math.max(source.rank, body.rank);
    if (body.lastUnfinishedAt !== undefined)
      source.unfinished.push(corrected(sighting, body.lastUnfinishedAt));
    const status = body.facts.status;
    if (status && isUnfinished(status)) source.unfinished.push(corrected(sighting, body.arrived));
    if (status && isFinished(status)) source.finished.push(corrected(sighting, body.seen));
  }
  let best: { rank: number; from: Instant | null; to: Instant } | null = null;
  let unfinishedAt: Instant | null = null;
  for (const source of sources.values()) {
    const to = source.finished.length > 0 ? Math.min(...source.finished) : null;
    const before = source.unfinished.filter((time) => to === null || time < to);
    const from = before.length > 0 ? Math.max(...before) : null;
    if (from !== null && (unfinishedAt === null || from > unfinishedAt)) unfinishedAt = from;
    if (to === null) continue;
    const better =
      best === null ||
      source.rank > best.rank ||
      (source.rank === best.rank && (to < best.to || (to === best.to && (from ?? -1) > (best.from ?? -1))));
    if (better) best = { rank: source.rank, from, to };
  }
  if (best === null) return { finish: { kind: 'none' }, unfinishedAt };
  return { finish: { kind: 'between', from: best.from, to: best.to }, unfinishedAt };
}

/** How the finishing compares with the due date, by calendar day (host-pages §6.3). */
export type Timeliness = 'early' | 'onTime' | 'inTime' | 'late' | 'undecided';

/**
 * Timeliness of a finished dossier, or null when it is not finished. A page that shows there is no due date means
 * on time (the rule of the back end); a due date not seen is undecided. An interval decides only when it lies on
 * one side of the due date; `inTime` = early or on time, which of the two is not known.
 */
export function timelinessOf(row: DossierRow): Timeliness | null {
  const { finish, facts } = row;
  if (finish.kind === 'none') return null;
  if (facts.due === undefined) return 'undecided';
  if (facts.due === null) return 'onTime';
  const due = dayPart(facts.due);
  if (finish.kind === 'printed') {
    return finish.day < due ? 'early' : finish.day === due ? 'onTime' : 'late';
  }
  const last = dayOf(finish.to);
  const first = finish.from === null ? null : dayOf(finish.from);
  if (first !== null && first > due) return 'late';
  if (last < due) return 'early';
  if (last === due) return first === due ? 'onTime' : 'inTime';
  return 'undecided';
}

/** The day a finished dossier counts for: the printed day, else the day it was first read as finished. */
export function finishDayOf(row: DossierRow): Day | null {
  if (row.finish.kind === 'none') return null;
  return row.finish.kind === 'printed' ? row.finish.day : dayOf(row.finish.to);
}

/** The day a dossier was received: printed, else the day in its code; null when neither is known. */
export function receivedDayOf(row: DossierRow): Day | null {
  return row.facts.received !== undefined ? dayPart(row.facts.received) : row.codeDay;
}

/** Groups sightings into dossiers: two sightings belong together when a chain of shared keys links them. */
export function groupByKeys<T extends { readonly body: { readonly keys: readonly string[] } }>(
  sightings: readonly T[],
): T[][] {
  const root = new Map<string, string>();
  const find = (key: string): string => {
    let at = key;
    while (root.get(at) !== at) {
      const up = root.get(at);
      if (up === undefined) {
        root.set(at, at);
        break;
      }
      at = up;
    }
    root.set(key, at);
    return at;
  };
  for (const { body } of sightings) {
    const first = find(body.keys[0]!);
    for (const key of body.keys.slice(1)) {
      const other = find(key);
      const top = find(first);
      if (other < top) root.set(top, other);
      else if (other > top) root.set(other, top);
    }
  }
  const groups = new Map<string, T[]>();
  for (const sighting of sightings) {
    const name = find(sighting.body.keys[0]!);
    const group = groups.get(name);
    if (group) group.push(sighting);
    else groups.set(name, [sighting]);
  }
  return [...groups.values()];
}

/** One iOffice entry as the merge sees it. */
export interface DocumentSighting extends EntryId {
  readonly offset: number;
  readonly body: DocumentBody;
}

/** The merged state of one document: the latest sighting by corrected time wins whole. */
export interface DocumentRow {
  readonly key: string;
  readonly role: DocumentBody['role'];
  /** Absent: incoming. Outgoing ones are kept and never counted with them. */
  readonly direction?: 'out';
  readonly state: DocumentBody['state'];
  readonly due: Day | null;
  readonly lastSeen: Instant;
}

/** The row of one document from its sightings, or null when none is left. */
export function mergeDocument(sightings: readonly DocumentSighting[]): DocumentRow | null {
  const seen = (one: DocumentSighting) => Date.parse(one.body.seen) + one.offset;
  const last = [...sightings]
    .sort(
      (a, b) => seen(a) - seen(b) || compareText(a.device, b.device) || a.stream - b.stream || a.seq - b.seq,
    )
    .at(-1);
  if (!last) return null;
  const { keys, role, state, due, direction } = last.body;
  return {
    key: keys[0]!,
    role,
    ...(direction === 'out' ? { direction } : {}),
    state,
    due: due === undefined ? null : dayPart(due),
    lastSeen: seen(last),
  };
}
