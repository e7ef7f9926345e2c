/**
 * Calendar dates as Vietnamese offices use them. The country has one zone without daylight saving,
 * Asia/Ho_Chi_Minh = UTC+07:00, so a local day is plain arithmetic on the instant.
 */

/** A calendar day in Asia/Ho_Chi_Minh, `YYYY-MM-DD`. */
export type Day = string;
/** A moment as a page prints it in Asia/Ho_Chi_Minh: `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`. */
export type LocalTime = string;
/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

const OFFSET = 7 * 3_600_000;
const DAY_MS = 86_400_000;
/** Days of the months, February without its leap day. */
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The calendar day of an instant in Asia/Ho_Chi_Minh. */
export function dayOf(instant: Instant): Day {
  return new Date(instant + OFFSET).toISOString().slice(0, 10);
}

/** The wall-clock minute of an instant in Asia/Ho_Chi_Minh, `YYYY-MM-DDTHH:mm`. */
export function localTimeOf(instant: Instant): LocalTime {
  return new Date(instant + OFFSET).toISOString().slice(0, 16);
}

/** The instant at which a local day or minute begins. */
export function instantOf(local: LocalTime): Instant {
  return Date.parse(`${local.slice(0, 10)}T${local.slice(11, 16) || '00:00'}:00Z`) - OFFSET;
}

/** The day a local time falls on. */
export function dayPart(local: LocalTime): Day {
  return local.slice(0, 10);
}

/** `day` moved by whole days. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Builds a day from numbers, or null when the calendar has no such day (31/02, a fraction, no number). */
export function makeDay(year: number, month: number, date: number): Day | null {
  if (!Number.isInteger(year) || year < 1900 || year > 2199) return null;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (MONTHS[month - 1] ?? 0);
  if (!Number.isInteger(date) || date < 1 || date > days) return null;
  return `${year}-${month < 10 ? '0' : ''}${month}-${date < 10 ? '0' : ''}${date}`;
}

/** True for a real `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`. */
export function isLocalTime(text: string): boolean {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:T([01]\d|2[0-3]):[0-5]\d)?$/.exec(text);
  return found !== null && makeDay(Number(found[1]), Number(found[2]), Number(found[3])) !== null;
}

/**
 * Reads a date as pages print it: `DD/MM/YYYY`, with `HH:mm(:ss)` before or after, or an ISO instant
 * with offset. Anything else, or a day the calendar lacks, is null: refused rather than guessed.
 */
export function parseLocalTime(text: string): LocalTime | null {
  const clean = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g, '')
    .trim();
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/.exec(clean);
  if (iso) {
    const instant = Date.parse(clean.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
    return Number.isNaN(instant) ? null : localTimeOf(instant);
  }
  const found =
    /^(?:(\d{1,2}):(\d\d)(?::\d\d)?,?\s+)?(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,?\s+(\d{1,2}):(\d\d)(?::\d\d)?)?$/.exec(
      clean,
    );
  if (!found) return null;
  const day = makeDay(Number(found[5]), Number(found[4]), Number(found[3]));
  if (!day) return null;
  const hour = found[1] ?? found[6];
  const minute = found[2] ?? found[7];
  if (hour === undefined || minute === undefined) return day;
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  return `${day}T${hour.padStart(2, '0')}:${minute}`;
}

/** `dd/MM/yyyy` for people. */
export function showDay(day: Day): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}
