/**
 * Rows of a day: what the system says it showed, as stints on the screen, against the sightings in the ledger. Pure.
 *
 *   stint    one row of one rendering: which facts, from when until when
 *   sighting one `dossier` or `document` entry: which facts, read when
 */
import type { Entry } from '../../../lib/domain/entry.ts';
import { STATUSES } from '../../../lib/domain/vocabulary.ts';
import type { LogEntry, Shown, ShownDocument } from '../../portals/types.ts';

type Facts = Readonly<Record<string, unknown>>;

export interface Stint {
  /** Dossier code or row id. */
  readonly name: string;
  readonly others: readonly string[];
  readonly view: string;
  readonly at: number;
  readonly until: number;
  readonly facts: Facts;
}

interface Sighting {
  readonly name: string | null;
  readonly keys: readonly string[];
  readonly page: string;
  readonly seen: number;
  readonly arrived: number | null;
  readonly lastUnfinishedAt: number | null;
  readonly facts: Facts;
}

/** The reader was asked whether all is read, and said so. */
export interface Quiet {
  readonly asked: number;
  readonly answered: number;
}

export interface RowFindings {
  /** Rows the system showed. */
  readonly rendered: number;
  /** Rows that stood for a second, or that stood while the reader said that all is read: these must be in the ledger. */
  readonly due: number;
  /** Distinct dossiers or documents among these. */
  readonly names: number;
  readonly recalled: number;
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
}

/** A row that stood this long must have been read. */
const STANDING = 1_000;
/** The clock of a rendering is read before its rows are put up; an entry's after a scan in idle slices. */
const EARLY = 60;
const LATE = 1_500;
/** What the vote of an entry weighs that fits two views at once, such as a list and the dialog over it. */
const DOUBTFUL = 0.05;
const UNFINISHED = ['received', 'processing', 'supplementing', 'awaitingPayment'];

function factsOf(shown: Shown): Facts {
  const { code, nationCode, status, payment, ...same } = shown;
  return {
    ...same,
    ...(status === undefined ? {} : { status: STATUSES[status - 1]! }),
    ...(payment === undefined ? {} : { paidBy: payment }),
  };
}

/** The role counts for incoming documents; outgoing rows print none. */
function documentFacts(
  one: Pick<ShownDocument, 'role' | 'state' | 'direction'> & { due?: string | null },
): Facts {
  const isOut = one.direction === 'out';
  return {
    state: one.state,
    ...(one.due == null ? {} : { due: one.due }),
    ...(isOut ? { direction: 'out' } : { role: one.role }),
  };
}

/** Every row the system says it showed; other people's documents are left out. */
export function stintsOf(log: readonly LogEntry[]): Stint[] {
  return log.flatMap((entry) => {
    if (entry.kind !== 'rendered') return [];
    const { view, at, until = Number.POSITIVE_INFINITY } = entry;
    const dossiers = entry.dossiers.map((shown) => ({
      name: shown.code,
      others: shown.nationCode === undefined ? [] : [shown.nationCode],
      facts: factsOf(shown),
    }));
    const documents = entry.documents
      .filter((one) => one.role === 'XLC' || one.role === 'PH' || one.direction === 'out')
      .map((one) => ({ name: one.id, others: [], facts: documentFacts(one) }));
    // A dialog that shows no fact but a code gives nothing to record.
    return [...dossiers, ...documents]
      .filter(({ facts, others }) => Object.keys(facts).length > 0 || others.length > 0)
      .map((one) => ({ ...one, view, at, until }));
  });
}

function sightingsOf(entries: readonly Entry[], nameOf: ReadonlyMap<string, string>): Sighting[] {
  return entries.flatMap((entry): Sighting[] => {
    if (entry.kind === 'dossier') {
      const { keys, page, seen, arrived, lastUnfinishedAt, facts } = entry.body;
      return [
        {
          name: nameOf.get(keys[0]!) ?? null,
          keys,
          page,
          seen: Date.parse(seen),
          arrived: Date.parse(arrived),
          lastUnfinishedAt: lastUnfinishedAt === undefined ? null : Date.parse(lastUnfinishedAt),
          facts,
        },
      ];
    }
    if (entry.kind !== 'document') return [];
    const { keys, page, seen, role, due, state, direction } = entry.body;
    const facts = documentFacts({
      role,
      state,
      due: due ?? null,
      ...(direction === 'out' ? { direction } : {}),
    });
    const name = nameOf.get(keys[0]!) ?? null;
    return [{ name, keys, page, seen: Date.parse(seen), arrived: null, lastUnfinishedAt: null, facts }];
  });
}

const print = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));

/** Fields of a sighting that the stint did not show, or showed otherwise. */
function contradictions(sighting: Facts, stint: Facts): string[] {
  return Object.keys(sighting)
    .filter((field) => sighting[field] !== stint[field])
    .map((field) => `${field}: shown ${print(stint[field])}, recorded ${print(sighting[field])}`);
}

function absences(sighting: Facts, stint: Facts): string[] {
  return Object.keys(stint).filter((field) => !(field in sighting));
}

const isEqual = (sighting: Facts, stint: Facts) =>
  contradictions(sighting, stint).length === 0 && absences(sighting, stint).length === 0;

function groupBy<T>(list: readonly T[], nameOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const name = nameOf(one);
    const group = groups.get(name);
    if (group) group.push(one);
    else groups.set(name, [one]);
  }
  return groups;
}

/** Which page types of the pack a view of the system was read as: those whose entries match it often. */
function pagesOf(
  sightings: readonly Sighting[],
  stints: ReadonlyMap<string, Stint[]>,
): Map<string, Set<string>> {
  const votes = new Map<string, Map<string, number>>();
  for (const one of sightings) {
    const views = new Set(
      around(one, stints)
        .filter((stint) => isEqual(one.facts, stint.facts))
        .map(({ view }) => view),
    );
    for (const view of views) {
      const pages = votes.get(view) ?? new Map<string, number>();
      votes.set(view, pages.set(one.page, (pages.get(one.page) ?? 0) + (views.size === 1 ? 1 : DOUBTFUL)));
    }
  }
  return new Map(
    [...votes].map(([view, pages]) => {
      const most = Math.max(...pages.values());
      return [view, new Set([...pages].flatMap(([page, n]) => (n * 5 >= most ? [page] : [])))];
    }),
  );
}

/** The stints that may have been on the screen when a sighting was read. */
function around(one: Sighting, stints: ReadonlyMap<string, Stint[]>): Stint[] {
  const own = one.name === null ? [] : (stints.get(one.name) ?? []);
  return own.filter(({ at, until }) => at <= one.seen + EARLY && until >= one.seen - LATE);
}

function wrongIn(
  one: Sighting,
  stints: ReadonlyMap<string, Stint[]>,
  nameOf: ReadonlyMap<string, string>,
): string[] {
  if (one.name === null) return [`${one.page}: a key of nothing the system holds`];
  const shown = around(one, stints);
  if (shown.length === 0) return [`${one.page} ${one.name}: recorded and not shown then`];
  const fitting = shown.filter((stint) => contradictions(one.facts, stint.facts).length === 0);
  const best = fitting.find((stint) => absences(one.facts, stint.facts).length === 0) ?? fitting.at(-1);
  if (!best)
    return contradictions(one.facts, shown.at(-1)!.facts).map((what) => `${one.page} ${one.name} ${what}`);
  const names = new Set([one.name, ...fitting.flatMap(({ others }) => others)]);
  const strange = one.keys.filter((key) => !names.has(nameOf.get(key) ?? ''));
  const wrong = strange.map(() => `${one.page} ${one.name}: a key of another dossier`);
  const isUnfinished = UNFINISHED.includes(String(one.facts.status));
  if (isUnfinished && one.arrived !== null && fitting.every(({ at }) => one.arrived! > at + LATE)) {
    wrong.push(`${one.page} ${one.name}: arrived later than its row`);
  }
  if (one.lastUnfinishedAt !== null) {
    const open = stints
      .get(one.name)!
      .some(
        ({ at, facts }) => UNFINISHED.includes(String(facts.status)) && at >= one.lastUnfinishedAt! - LATE,
      );
    if (!open) wrong.push(`${one.page} ${one.name}: never shown unfinished at that time or later`);
  }
  return wrong;
}

function isRecalled(stint: Stint, own: readonly Sighting[], pages: ReadonlySet<string>): boolean {
  const read = own.filter(({ page }) => pages.has(page));
  const before = read.filter(({ seen }) => seen <= stint.until).at(-1);
  if (before && isEqual(before.facts, stint.facts)) return true;
  return read.some(
    ({ seen, facts }) => seen > stint.until && seen <= stint.until + LATE / 3 && isEqual(facts, stint.facts),
  );
}

/** Compares; `nameOf` knows the key of every code and row id the system holds. */
export function compareRows(
  log: readonly LogEntry[],
  entries: readonly Entry[],
  nameOf: ReadonlyMap<string, string>,
  quiets: readonly Quiet[],
): RowFindings {
  const all = stintsOf(log);
  const stints = groupBy(all, ({ name }) => name);
  const sightings = sightingsOf(entries, nameOf).sort((a, b) => a.seen - b.seen);
  const read = groupBy(sightings, ({ name }) => name ?? '');
  const pages = pagesOf(sightings, stints);
  const due = all.filter(
    ({ at, until }) =>
      until - at >= STANDING || quiets.some(({ asked, answered }) => at <= asked && until >= answered),
  );
  const missing = due.filter(
    (stint) => !isRecalled(stint, read.get(stint.name) ?? [], pages.get(stint.view) ?? new Set()),
  );
  return {
    rendered: all.length,
    due: due.length,
    names: new Set(due.map(({ name }) => name)).size,
    recalled: due.length - missing.length,
    wrong: sightings.flatMap((one) => wrongIn(one, stints, nameOf)),
    missed: missing.map((stint) => whyMissed(stint, read.get(stint.name) ?? [])),
  };
}

function whyMissed(stint: Stint, own: readonly Sighting[]): string {
  const stood = Math.round(Math.min(stint.until - stint.at, 1e7));
  const last = own.findLast(({ seen }) => seen <= stint.until + LATE);
  const what = !last
    ? 'never recorded'
    : `last as ${last.page} with ${[
        ...absences(last.facts, stint.facts).map((field) => `no ${field}`),
        ...contradictions(last.facts, stint.facts),
      ].join(', ')}`;
  return `${stint.view} ${stint.name} (stood ${stood} ms): ${what}`;
}
