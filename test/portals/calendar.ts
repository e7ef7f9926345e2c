/** Local time of Vietnam (UTC+7, no daylight saving) as the practice pages print and reckon it. */

const SHIFT = 7 * 60 * 60 * 1000;

/** `YYYY-MM-DDTHH:mm` of an instant. */
export function localMinute(instant: number): string {
  return new Date(instant + SHIFT).toISOString().slice(0, 16);
}

/** `YYYY-MM-DD` of an instant. */
export function localDay(instant: number): string {
  return localMinute(instant).slice(0, 10);
}

/** `day` plus whole days. */
export function shiftDay(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** `DD/MM/YYYY`, followed by `HH:mm` where the text has a time; '' for nothing. */
export function printed(local: string | null): string {
  if (local === null) return '';
  const day = `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`;
  return local.length > 10 ? `${day} ${local.slice(11, 16)}` : day;
}
