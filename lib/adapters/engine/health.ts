/**
 * Health of a page type (host-pages §8.2-10): broken stops counting and says so; an empty list that says so is ok;
 * degraded is the early warning (rows unread, an expected field gone, columns refused, always a later locator).
 */
import type { PageType } from '../pack.ts';
import type { RowReading } from './extract.ts';

export type Health = 'ok' | 'degraded' | 'broken' | 'unverified';

const DEFAULT_COVERAGE = 0.8;

/** The health of one reading of a page, and how many rows were unread. `others`: rows that belong to other people. */
export function judge(
  page: PageType,
  readings: readonly RowReading[],
  others: number,
  isEmptyShown: boolean,
): { readonly health: Health; readonly unread: number } {
  if (page.kind !== 'list' && page.kind !== 'detail') return { health: 'ok', unread: 0 };
  if (readings.length === 0) return { health: others > 0 || isEmptyShown ? 'ok' : 'broken', unread: 0 };
  const expected = Object.keys(page.fields).filter((name) => page.fields[name]!.expected);
  const had = expected.map(() => 0);
  let read = 0;
  let isSliding = true;
  let isShifted = false;
  // Once through: a list may have thousands of rows, and this is one step.
  for (const one of readings) {
    if (one.kind === 'unread') continue;
    read += 1;
    isSliding &&= one.slide > 0;
    isShifted ||= one.isRefused;
    for (let at = 0; at < expected.length; at += 1) if (has(one, expected[at]!)) had[at]! += 1;
  }
  const unread = readings.length - read;
  if (read === 0 || read / readings.length < (page.coverage ?? DEFAULT_COVERAGE)) {
    return { health: 'broken', unread };
  }
  const isMissing = had.some((count) => count * 2 < read);
  return { health: unread > 0 || isSliding || isShifted || isMissing ? 'degraded' : 'ok', unread };
}

function has(reading: RowReading, name: string): boolean {
  if (reading.kind === 'dossier') return name in reading.facts;
  return reading.kind === 'document' && name === 'due' ? reading.due !== null : true;
}
