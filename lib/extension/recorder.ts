/**
 * From what a page shows to journal entries (DESIGN §3). Pure: rows, keys and what is remembered in; drafts out.
 *
 *   row ── same facts as last time, still unfinished ──> nothing written; "last seen unfinished" moves forward
 *       ├─ new or changed facts ─────────────────────> one sighting, carrying the remembered lastUnfinishedAt
 *       └─ unfinished, past its due date, first time ─> one sighting: the proof of lateness
 *
 * Every draft has a ref made of the page's message and the row's place in it, so the same message sent again after
 * a killed worker finds its entries in the journal instead of doubling them.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { parseDossierCode } from '../domain/codes.ts';
import { type Day, dayOf, dayPart } from '../domain/dates.ts';
import type { EntryDraft, Facts } from '../domain/entry.ts';
import { isUnfinished } from '../domain/vocabulary.ts';
import type { ArmedAction, PageContext, PageDocument, PageDossier, PageRef } from './page-messages.ts';

/** What is remembered of one dossier or document in one system; a cache, the journal is the truth. */
export interface Remembered {
  /** `system|key`. */
  readonly id: string;
  /** Hash of the facts last written, per page type. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Latest arrival of a row that showed it unfinished (device clock). */
  readonly unfinishedAt: number | null;
  /** The due date for which "unfinished past due" was written. */
  readonly pastDue: string | null;
  /** The day it was last seen on this device. */
  readonly day: Day;
}

export type Memory = ReadonlyMap<string, Remembered>;

/** What surrounds the rows of one message. */
export interface RowContext {
  readonly system: string;
  readonly page: PageContext;
  readonly ref: PageRef;
  readonly person: string | null;
}

export interface Keyed<T> {
  readonly row: T;
  /** Every key of the row's codes, the row's own first. */
  readonly keys: readonly string[];
}

export interface Recording {
  readonly drafts: readonly EntryDraft[];
  /** To be remembered once the drafts are stored. */
  readonly memory: readonly Remembered[];
}

/** The id under which a row is remembered. */
export function memoryId(system: string, keys: readonly string[]): string {
  return `${system}|${keys[0]}`;
}

/** The sightings worth writing among the dossier rows of one message, and the memory after them. */
export function recordDossiers(
  rows: readonly Keyed<PageDossier>[],
  context: RowContext,
  memory: Memory,
): Recording {
  const known = new Map(memory);
  const touched = new Set<string>();
  const drafts: EntryDraft[] = [];
  rows.forEach(({ row, keys }, at) => {
    const id = memoryId(context.system, keys);
    const before = known.get(id) ?? fresh(id, dayOf(row.seen));
    const hash = hashOf([context.page.pack, keys, row.facts]);
    const pastDue = pastDueOf(row);
    const isNew = before.hashes[context.page.page] !== hash;
    const isNewlyLate = pastDue !== null && before.pastDue !== pastDue;
    if (isNew || isNewlyLate) {
      const code = parseDossierCode(row.code);
      drafts.push({
        kind: 'dossier',
        ref: `${refOf(context.ref)}.d${at}`,
        ...personOf(context.person),
        body: {
          keys: keys.slice(0, 4),
          system: context.system,
          pack: context.page.pack,
          page: context.page.page,
          rank: context.page.rank,
          locator: row.locator,
          seen: iso(row.seen),
          arrived: iso(Math.min(row.arrived, row.seen)),
          ...(before.unfinishedAt === null ? {} : { lastUnfinishedAt: iso(before.unfinishedAt) }),
          ...(code === null ? {} : { codeDay: code.day, receiver: code.receiver.slice(0, 40) }),
          facts: row.facts,
        },
      });
    }
    touched.add(id);
    known.set(id, {
      id,
      hashes: { ...before.hashes, [context.page.page]: hash },
      unfinishedAt: showsUnfinished(row.facts)
        ? Math.max(before.unfinishedAt ?? 0, Math.min(row.arrived, row.seen))
        : before.unfinishedAt,
      pastDue: pastDue ?? before.pastDue,
      day: dayOf(row.seen),
    });
  });
  return { drafts, memory: [...touched].map((id) => known.get(id)!) };
}

/** The sightings worth writing among the document rows of one message, and the memory after them. */
export function recordDocuments(
  rows: readonly Keyed<PageDocument>[],
  context: RowContext,
  memory: Memory,
): Recording {
  const known = new Map(memory);
  const touched = new Set<string>();
  const drafts: EntryDraft[] = [];
  rows.forEach(({ row, keys }, at) => {
    const id = memoryId(context.system, keys);
    const before = known.get(id) ?? fresh(id, dayOf(row.seen));
    const way = row.direction === undefined ? {} : { direction: row.direction };
    const hash = hashOf([context.page.pack, keys, row.role, row.due, row.state, ...Object.values(way)]);
    if (before.hashes[context.page.page] !== hash) {
      drafts.push({
        kind: 'document',
        ref: `${refOf(context.ref)}.c${at}`,
        ...personOf(context.person),
        body: {
          keys: keys.slice(0, 4),
          system: context.system,
          pack: context.page.pack,
          page: context.page.page,
          seen: iso(row.seen),
          role: row.role,
          ...way,
          ...(row.due === null ? {} : { due: row.due }),
          state: row.state,
        },
      });
    }
    touched.add(id);
    known.set(id, {
      ...before,
      hashes: { ...before.hashes, [context.page.page]: hash },
      day: dayOf(row.seen),
    });
  });
  return { drafts, memory: [...touched].map((id) => known.get(id)!) };
}

/** The entry of a confirmed action. `ref`: see `claims` in page-handlers. */
export function actionDraft(
  action: {
    readonly armed: ArmedAction;
    readonly confirm: string;
    readonly count: number | null;
    readonly page: PageContext;
    readonly system: string;
  },
  keys: readonly string[],
  person: string | null,
  ref: string,
): EntryDraft {
  return {
    kind: 'action',
    ref,
    ...personOf(person),
    body: {
      action: action.armed.action,
      n: countOf(action.armed, action.count),
      keys: keys.slice(0, 500),
      system: action.system,
      pack: action.page.pack,
      page: action.page.page,
      confirm: action.confirm,
      armed: iso(action.armed.at),
    },
  };
}

/** How many one confirmation stands for: what the page says, else what was selected, else the codes, else one. */
export function countOf(armed: ArmedAction, count: number | null): number {
  const said = count ?? armed.selected ?? armed.codes.length;
  return Math.min(10_000, Math.max(1, said));
}

/** The text of a page's message identity. */
export function refOf(ref: PageRef): string {
  return `${ref.document}#${ref.counter}`;
}

function personOf(person: string | null): { person?: string } {
  return person === null ? {} : { person };
}

function showsUnfinished(facts: Facts): boolean {
  return facts.status !== undefined && isUnfinished(facts.status);
}

/** The due date that an unfinished row has outlived when it arrived, or null. */
function pastDueOf(row: PageDossier): string | null {
  const { due } = row.facts;
  if (!showsUnfinished(row.facts) || due === undefined || due === null) return null;
  return dayOf(Math.min(row.arrived, row.seen)) > dayPart(due) ? dayPart(due) : null;
}

function fresh(id: string, day: Day): Remembered {
  return { id, hashes: {}, unfinishedAt: null, pastDue: null, day };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

/** Eight bytes are enough to notice a change; object keys in order, so that the page's order does not matter. */
export function hashOf(value: unknown): string {
  const text = JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
  return [...sha256(new TextEncoder().encode(text)).slice(0, 8)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
