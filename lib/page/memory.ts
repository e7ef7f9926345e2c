/**
 * What this document has shown and sent. A row's arrival is when it entered the page (load or insertion), never the
 * scan: what is known of a dossier's finishing hangs on it (DESIGN §3).
 */
import type { RowReading } from '../adapters/engine/extract.ts';
import { dayOf, dayPart } from '../domain/dates.ts';
import { isUnfinished } from '../domain/vocabulary.ts';

/** A row as last read: its content by hash, when that content arrived, and what it yielded. */
export interface Held {
  /** The page type it was read as, and the address it was read at. */
  readonly page: string;
  readonly place: string;
  readonly hash: number;
  readonly arrived: number;
  readonly reading: RowReading;
}

/** How long a row that still says "unfinished" may stand before its new arrival is told again. */
const RETELL = 30_000;

/** A short hash of a row's content; the text itself is not kept. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0) * 0x4000 + (text.length & 0x3fff);
}

/** What was told to the worker, by code (or row id) and page type. */
export interface Told {
  /** True when this reading is news: first seen, changed, newly past its due date, or arrived again unfinished. */
  readonly isNews: (page: string, reading: RowReading, arrived: number) => boolean;
  readonly clear: () => void;
}

export function newTold(): Told {
  const told = new Map<string, { readonly facts: string; readonly arrived: number }>();
  return {
    isNews: (page, reading, arrived) => {
      if (reading.kind === 'unread') return false;
      const name = `${page} ${reading.kind === 'dossier' ? reading.code : reading.id}`;
      const facts = factsOf(reading, arrived);
      const before = told.get(name);
      const isAgain = isOpen(reading) && before !== undefined && arrived - before.arrived >= RETELL;
      if (before?.facts === facts && !isAgain) return false;
      told.set(name, { facts, arrived });
      return true;
    },
    clear: () => told.clear(),
  };
}

function isOpen(reading: RowReading): boolean {
  return (
    reading.kind === 'dossier' && reading.facts.status !== undefined && isUnfinished(reading.facts.status)
  );
}

function factsOf(reading: Exclude<RowReading, { kind: 'unread' }>, arrived: number): string {
  if (reading.kind === 'document') return JSON.stringify([reading.role, reading.due, reading.state]);
  const { due } = reading.facts;
  const isLate = isOpen(reading) && due != null && dayOf(arrived) > dayPart(due);
  return JSON.stringify([reading.facts, reading.otherCodes, isLate]);
}
