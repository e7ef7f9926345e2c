/**
 * A day's account against the ledger: what the system showed and what truly succeeded, and what was recorded. Pure; knows
 * nothing of browsers. Wrong is anything recorded that was not so; missed is anything so that was not recorded.
 */
import type { Entry, EntryOf } from '../../../lib/domain/entry.ts';
import type { LogEntry } from '../../portals/types.ts';
import { compareRows, type Quiet, type RowFindings } from './stints.ts';

type Logged<K extends LogEntry['kind']> = Extract<LogEntry, { kind: K }>;

export interface DayAccount {
  /** The system's own log. */
  readonly log: readonly LogEntry[];
  /** The ledger's entries of that system, in order. */
  readonly entries: readonly Entry[];
  /** Code or row id of each key. */
  readonly nameOf: ReadonlyMap<string, string>;
  readonly quiets: readonly Quiet[];
}

export interface Tally {
  /** In the system's log, and of these in the ledger. */
  readonly done: number;
  readonly recalled: number;
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
}

export interface DayFindings {
  readonly rows: RowFindings;
  readonly actions: Tally;
  readonly totals: Tally;
  /** Things that look like work and are none, as the system knows of them. */
  readonly notWork: number;
  /** Page types whose last word was not `ok`, and every state they passed through. */
  readonly health: Readonly<Record<string, readonly string[]>>;
}

/** Wrong values, false actions and false totals together: must be empty. */
export function wrongsOf({ rows, actions, totals }: DayFindings): string[] {
  return [
    ...rows.wrong.map((one) => `row ${one}`),
    ...actions.wrong.map((one) => `action ${one}`),
    ...totals.wrong.map((one) => `total ${one}`),
  ];
}

/** An action is recorded after the page said so, and a killed worker may take its time. */
const ACTION_EARLY = 100;
const ACTION_LATE = 90_000;
const TOTAL_LATE = 3_000;
const STANDING = 1_000;

const sorted = (list: readonly string[]) => [...list].sort().join(' ');

/** Compares the day. */
export function compareDay({ log, entries, nameOf, quiets }: DayAccount): DayFindings {
  return {
    rows: compareRows(log, entries, nameOf, quiets),
    actions: compareActions(of(log, 'action'), ofKind(entries, 'action'), nameOf),
    totals: compareTotals(of(log, 'totals'), ofKind(entries, 'officialTotal'), quiets),
    notWork: of(log, 'notWork').length,
    health: healthOf(ofKind(entries, 'health')),
  };
}

function of<K extends LogEntry['kind']>(log: readonly LogEntry[], kind: K): Logged<K>[] {
  return log.filter((one): one is Logged<K> => one.kind === kind);
}

function ofKind<K extends Entry['kind']>(entries: readonly Entry[], kind: K): EntryOf<K>[] {
  return entries.filter((one): one is EntryOf<K> => one.kind === kind);
}

/**
 * As multisets of (action, codes), each pair close in time. A confirmation that outlived its page comes without codes and
 * is then held against its number alone.
 */
function compareActions(
  done: readonly Logged<'action'>[],
  recorded: readonly EntryOf<'action'>[],
  nameOf: ReadonlyMap<string, string>,
): Tally {
  const open = new Set(done);
  const namesOf = ({ body }: EntryOf<'action'>) => body.keys.map((key) => nameOf.get(key) ?? 'unknown');
  const take = (entry: EntryOf<'action'>, fits: (one: Logged<'action'>) => boolean) => {
    const at = Date.parse(entry.at);
    const found = [...open].find(
      (one) =>
        one.action === entry.body.action &&
        one.n === entry.body.n &&
        one.at <= at + ACTION_EARLY &&
        one.at >= at - ACTION_LATE &&
        fits(one),
    );
    if (found) open.delete(found);
    return found !== undefined;
  };
  const rest = recorded.filter(
    (entry) =>
      entry.body.keys.length === 0 || !take(entry, ({ codes }) => sorted(codes) === sorted(namesOf(entry))),
  );
  const wrong = rest.filter((entry) => entry.body.keys.length > 0 || !take(entry, () => true));
  return {
    done: done.length,
    recalled: done.length - open.size,
    wrong: wrong.map(
      (entry) => `${entry.body.action} ×${entry.body.n} of ${namesOf(entry).join(' ')} at ${entry.at}`,
    ),
    missed: [...open].map(
      ({ action, codes, at }) => `${action} of ${codes.join(' ')} at ${new Date(at).toISOString()}`,
    ),
  };
}

/** One figure table of one unit and period on the screen. */
interface Table {
  readonly name: string;
  readonly at: number;
  readonly until: number;
  readonly figures: string;
}

const figuresText = (figures: Readonly<Record<string, number>>) =>
  JSON.stringify(Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The latest figures recorded for a unit and period must be those on the screen. */
function compareTotals(
  logged: readonly Logged<'totals'>[],
  recorded: readonly EntryOf<'officialTotal'>[],
  quiets: readonly Quiet[],
): Tally {
  const shown = logged.flatMap(({ at, until = Number.POSITIVE_INFINITY, totals }) =>
    totals.map(({ unit, from, to, figures }): Table => {
      return { name: `${unit ?? ''} ${from} ${to}`, at, until, figures: figuresText(figures) };
    }),
  );
  const told = recorded.map(({ at, body }) => ({
    name: `${body.unit ?? ''} ${body.from} ${body.to}`,
    at: Date.parse(at),
    figures: figuresText(body.figures),
  }));
  const due = shown.filter(
    ({ at, until }) =>
      until - at >= STANDING || quiets.some(({ asked, answered }) => at <= asked && until >= answered),
  );
  const missing = due.filter((table) => {
    const own = told.filter(({ name }) => name === table.name);
    const last = own.findLast(({ at }) => at <= table.until);
    const isLate = own.some(
      (one) => one.at > table.until && one.at <= table.until + TOTAL_LATE && one.figures === table.figures,
    );
    return last?.figures !== table.figures && !isLate;
  });
  const wrong = told.filter(
    (one) =>
      !shown.some(
        ({ name, at, until, figures }) =>
          name === one.name && at <= one.at + 60 && until >= one.at - TOTAL_LATE && figures === one.figures,
      ),
  );
  return {
    done: due.length,
    recalled: due.length - missing.length,
    wrong: wrong.map(({ name, figures }) => `${name}: ${figures}`),
    missed: missing.map(({ name, figures }) => `${name}: ${figures}`),
  };
}

function healthOf(entries: readonly EntryOf<'health'>[]): Record<string, string[]> {
  const states: Record<string, string[]> = {};
  for (const { body } of entries) {
    if (body.topic !== 'pack') continue;
    const page = String(body.detail?.page ?? '');
    states[page] ??= [];
    states[page].push(body.state);
  }
  return states;
}
