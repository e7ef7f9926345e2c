/**
 * What this document has shown and sent. A row's arrival is when it entered the page (load or insertion), never the
 * scan: what is known of a dossier's finishing hangs on it (DESIGN §3).
 */
import type { RowReading } from '../adapters/engine/extract.ts';
import { type Day, dayOf, dayPart } from '../domain/dates.ts';
import { isUnfinished } from '../domain/vocabulary.ts';

/** A row as last read: what it held, when that arrived, and what it yielded. Gone with the row. */
export interface Held {
  /** The page type it was read as, and the address it was read at. */
  readonly page: string;
  readonly place: string;
  /** The row's own text; comparing it costs less than any hash of it would. */
  readonly content: string;
  readonly arrived: number;
  readonly reading: RowReading;
}

/** How long a row that still says "unfinished" may stand before its new arrival is told again. */
const RETELL = 30_000;

/** What was told to the worker, by code (or row id) and page type. */
export interface Told {
  /** True when this reading is news: first seen, changed, newly past its due date, or arrived again unfinished. */
  readonly isNews: (page: string, reading: RowReading, arrived: number) => boolean;
  readonly clear: () => void;
}

export function newTold(): Told {
  const told = new Map<
    string,
    { readonly reading: Read; readonly isLate: boolean; readonly arrived: number }
  >();
  /** The day rows arrived on last: many come at once. */
  let last = { instant: Number.NaN, day: '' };
  const onDay = (instant: number) => {
    if (last.instant !== instant) last = { instant, day: dayOf(instant) };
    return last.day;
  };
  return {
    isNews: (page, reading, arrived) => {
      if (reading.kind === 'unread') return false;
      const name = `${page} ${reading.kind === 'dossier' ? reading.code : reading.id}`;
      const isLate = isLateOn(reading, onDay(arrived));
      const before = told.get(name);
      if (before !== undefined && before.isLate === isLate && saysTheSame(before.reading, reading)) {
        const isAgain = isOpen(reading) && arrived - before.arrived >= RETELL;
        if (!isAgain) return false;
      }
      told.set(name, { reading, isLate, arrived });
      return true;
    },
    clear: () => told.clear(),
  };
}

type Read = Exclude<RowReading, { kind: 'unread' }>;

function isOpen(reading: RowReading): boolean {
  return (
    reading.kind === 'dossier' && reading.facts.status !== undefined && isUnfinished(reading.facts.status)
  );
}

/** Unfinished past its due date on this day. */
function isLateOn(reading: Read, day: Day): boolean {
  if (reading.kind === 'document' || !isOpen(reading)) return false;
  const { due } = reading.facts;
  return due != null && day > dayPart(due);
}

function saysTheSame(one: Read, other: Read): boolean {
  if (one === other) return true;
  if (one.kind === 'document')
    return (
      other.kind === 'document' &&
      one.role === other.role &&
      one.due === other.due &&
      one.state === other.state
    );
  return (
    other.kind === 'dossier' &&
    JSON.stringify([one.facts, one.otherCodes]) === JSON.stringify([other.facts, other.otherCodes])
  );
}
