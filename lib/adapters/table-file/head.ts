/** What a sheet says about itself above and below its table: period, reporting unit, time of printing. */
import { type Day, makeDay, parseLocalTime } from '../../domain/dates.ts';
import { fold } from '../../domain/vocabulary.ts';
import { type Grid, HEAD_ROWS, textOf } from './grid.ts';
import type { SheetHead } from './plan.ts';

const FOOT_ROWS = 15;
/** Longer texts are no label with a value. */
const LONGEST = 400;

const DATE = String.raw`(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2} thang \d{1,2} nam \d{4})`;
const TIME = String.raw`(?:(\d{1,2}:\d{2})(?::\d{2})?,?\s*(?:ngay\s*)?)?`;
const PERIOD = new RegExp(
  String.raw`tu (?:ngay )?:?\s*${DATE},? (?:den|toi)(?: het)?(?: ngay)? ?:?\s*${DATE}`,
  'g',
);
const PRINTED = new RegExp(
  String.raw`(?:ngay gio in|ngay in|ngay (?:ket )?xuat(?: (?:bao cao|tep|du lieu|file|excel))?|thoi (?:diem|gian) (?:ket xuat|xuat|in|lap|lay so lieu|trich xuat)(?: (?:bao cao|du lieu))?|(?:in|xuat) luc|ngay lap(?: bieu| bao cao)?)\s*:?\s*${TIME}${DATE}(?:,?\s+(\d{1,2}:\d{2}))?`,
  'g',
);
/** The line of place and date at the foot: `Nghệ An, ngày 15 tháng 6 năm 2026`. */
const PLACE_DATE = /^[a-z .]{2,60}, ngay (\d{1,2} thang \d{1,2} nam \d{4})$/g;

/** Reads the lines above `top` and the last lines of the sheet. Two different answers to one question are none. */
export function readHead(grid: Grid, top: number): SheetHead {
  const rows = grid.rows.slice(0, Math.min(top, HEAD_ROWS));
  const foot = grid.rows.slice(Math.max(top, grid.rows.length - FOOT_ROWS)).filter((cells) => {
    const filled = new Set(cells.map(textOf).filter((text) => text !== ''));
    return filled.size > 0 && filled.size <= 4;
  });
  const lines = [...rows, ...foot].flatMap(linesIn);
  const periods = new Map<string, { from: Day; to: Day }>();
  const printed = new Set<string>();
  const units = new Map<string, string>();
  for (const line of lines) {
    const text = fold(line);
    for (const found of text.matchAll(PERIOD)) {
      const from = dayIn(found[1]!);
      const to = dayIn(found[2]!);
      if (from !== null && to !== null && from <= to) periods.set(`${from}|${to}`, { from, to });
    }
    for (const found of text.matchAll(PRINTED)) addTime(printed, found[2]!, found[1] ?? found[3]);
    for (const found of text.matchAll(PLACE_DATE)) addTime(printed, found[1]!, undefined);
    const unit = unitIn(line);
    if (unit !== null) units.set(fold(unit), unit);
  }
  return { period: only(periods), unit: only(units), printed: latestOfDay(printed) };
}

/** Every cell by itself, and each label with the cell that follows it. */
function linesIn(cells: readonly (string | number | null)[]): string[] {
  const texts = cells.map(textOf).filter((text, at, all) => text !== '' && text !== all[at - 1]);
  const alone = cells
    .flatMap((cell) => (typeof cell === 'string' ? cell.split(/\r\n|\r|\n/) : []))
    .map(textOf);
  const pairs = texts.slice(1).map((text, at) => `${texts[at]} ${text}`);
  return [...new Set([...alone, ...texts, ...pairs])].filter((line) => line !== '' && line.length <= LONGEST);
}

function dayIn(text: string): Day | null {
  const found = /(\d{1,2})\D+(\d{1,2})\D+(\d{4})/.exec(text);
  return found && makeDay(Number(found[3]), Number(found[2]), Number(found[1]));
}

function addTime(all: Set<string>, date: string, time: string | undefined): void {
  const day = dayIn(date);
  if (day === null) return;
  const [year, month, date_] = day.split('-');
  const read = time === undefined ? day : parseLocalTime(`${date_}/${month}/${year} ${time}`);
  if (read !== null) all.add(read);
}

/** One time, or a day together with a minute of it: the minute. */
function latestOfDay(all: ReadonlySet<string>): string | null {
  const days = new Set([...all].map((one) => one.slice(0, 10)));
  return days.size === 1 ? [...all].sort((a, b) => b.length - a.length || (a < b ? 1 : -1))[0]! : null;
}

function unitIn(line: string): string | null {
  const found = /(?:^|[-–\s])Đơn vị báo cáo\s*:\s*(.+)$/iu.exec(line.normalize('NFC'));
  const text = found?.[1]?.replace(/[-–]?\s*Đơn vị nhận báo cáo.*$/iu, '').trim() ?? '';
  return /\p{L}{2}/u.test(text) && !/:/.test(text) ? text.replace(/[.;…\s]+$/u, '') : null;
}

function only<T>(found: ReadonlyMap<string, T>): T | null {
  return found.size === 1 ? [...found.values()][0]! : null;
}
