/**
 * The device's word about itself (`health`, topic `kiosk`): once when it is put into use, then once a day. State is
 * `commissioned` or `notCommissioned`; the detail holds versions, storage and display, nothing about anybody.
 */
import { dayOf } from '../../domain/dates.ts';
import type { EntryDraft } from '../../domain/entry.ts';
import type { CheckFacts, CheckLine } from './judge.ts';

/** What every word says. Megabytes; -1 where the browser does not say. */
export interface DeviceWord {
  readonly persisted: boolean;
  readonly usedMb: number;
  readonly quotaMb: number;
  readonly version: string;
  readonly build: string;
  /** `id@version` of the one being asked. */
  readonly questionnaire: string;
  readonly display: CheckFacts['display'];
}

const UNKNOWN = -1;

/** The part of the word that is measured. */
export function deviceWord(
  facts: Pick<CheckFacts, 'persisted' | 'usage' | 'quota' | 'display' | 'build'>,
  runs: Pick<DeviceWord, 'version' | 'questionnaire'>,
): DeviceWord {
  return {
    persisted: facts.persisted === true,
    usedMb: megabytes(facts.usage),
    quotaMb: megabytes(facts.quota),
    ...runs,
    build: facts.build ?? '',
    display: facts.display,
  };
}

/** The entry of the day, once per day of Vietnam (same `ref`). `now` in milliseconds. */
export function dailyDraft(word: DeviceWord, isCommissioned: boolean, now: number): EntryDraft {
  return {
    kind: 'health',
    ref: `kiosk:day:${dayOf(now)}`,
    body: {
      topic: 'kiosk',
      state: isCommissioned ? 'commissioned' : 'notCommissioned',
      detail: { why: 'day', commissioned: isCommissioned, ...word },
    },
  };
}

/** The entry of "Đưa vào sử dụng": what passed the check, and what the device could not tell. */
export function commissionedDraft(
  word: DeviceWord,
  lines: readonly CheckLine[],
  touched: string,
): EntryDraft {
  const untold = lines.filter(({ state }) => state === 'unknown').map(({ id }) => id);
  return {
    kind: 'health',
    body: {
      topic: 'kiosk',
      state: 'commissioned',
      detail: { why: 'check', commissioned: true, ...word, touched, untold: untold.join(' ') },
    },
  };
}

function megabytes(bytes: number | null): number {
  return bytes === null ? UNKNOWN : Math.ceil(bytes / 1_000_000);
}
