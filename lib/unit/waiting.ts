/** Ratings and returns that wait: for company in a group, for their span. */
import { type Day, dayOf } from '../domain/dates.ts';
import type { Entry } from '../domain/entry.ts';

/** A visit or a confirmed return that is not yet shown (`feedback.ts`); the row goes when nothing is left to wait for. */
export interface WaitingRow {
  readonly device: string;
  readonly stream: number;
  readonly seq: number;
  readonly day: Day;
  /** In a closed group; in a closed span. */
  readonly isReleased: 0 | 1;
  readonly isCounted: 0 | 1;
}

/** What a new line has to wait for: a visit for company, a confirmed return for its span. */
export function waitingRows(device: string, entries: readonly Entry[]): WaitingRow[] {
  return entries.flatMap((entry): WaitingRow[] => {
    const { stream, seq } = entry;
    const row = { device, stream, seq, isReleased: 0, isCounted: 0 } as const;
    if (entry.kind === 'feedback') return [{ ...row, day: entry.body.quarter.slice(0, 10) }];
    if (entry.kind !== 'action' || entry.body.action !== 'return') return [];
    return [{ ...row, day: dayOf(Date.parse(entry.at) + (entry.offset ?? 0)) }];
  });
}
