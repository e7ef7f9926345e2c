/**
 * Same-shape fakes (host-pages §8.2-12): digits become 9, letters x; codes, dates and procedure codes become made-up ones
 * that still read as such. What a pack names stays. Runs inside the host page, before anything is sent.
 */
import type { Value } from '../../adapters/engine/value.ts';
import type { Reading } from '../../adapters/pack.ts';
import { DOSSIER_IN_TEXT } from '../../domain/codes.ts';
import { fold } from '../../domain/vocabulary.ts';
import { type Lexicon, wordsOf } from './lexicon.ts';

/** Letters and digits without their content. */
export function shapeOf(text: string): string {
  return text.normalize('NFC').replace(/\p{L}/gu, 'x').replace(/\p{M}/gu, '').replace(/\p{N}/gu, '9');
}

export interface Masker {
  /** A text of the page with every value replaced. */
  readonly text: (text: string) => string;
  /** How many pieces were replaced. */
  readonly count: () => number;
}

const DATE = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/;
const ISO = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/;
const TIME = /\b\d{1,2}:\d\d(?::\d\d)?\b/;
const PROCEDURE_IN_TEXT = /(?<![\d.])\d\.\d{6}(?:\.\d{3}\.\d\d\.\d\d\.[A-Y]\d\d)?(?![\d.])/;
const MONEY = /^[\d.,]+\s*(?:đ|₫|vnđ|vnd|đồng|dong)?$/i;
/** First words of an office's name (lib/adapters/engine/office.ts): they say that it is an office, not which. */
const OFFICE =
  /^(?:UBND|Ủy ban|Uỷ ban|Sở|Phòng|Trung tâm|Bộ|Cục|Chi cục|Ban|Văn phòng|Công an|Bộ phận|Thanh tra|Kho bạc|Bảo hiểm|Thuế|Tòa án|Toà án|Viện|Chi nhánh|Đảng ủy|Đảng uỷ|HĐND|Trường|Bệnh viện|Trạm|Công ty|Phường|Xã|Thị trấn|Thị xã|Thành phố|Tỉnh|Đặc khu)(?=\s)/iu;

/** Words that stand where a date is still missing (lib/adapters/engine/extract.ts). */
const NONE_YET = /^\s*(?:không|chưa|đang|chờ)(?:\s|$)/i;
/** What sums are called on statistics pages. */
const SUMS = /^(?:tong(?: cong| so)?|cong|trong do|luy ke|toan (?:tinh|thanh pho))$/;

/** What stands around the two dates of a period. */
const PERIOD = /^\s*(?:kỳ )?(?:từ|đến|tới)?(?: ?hết)?(?: ?ngày)?\s*$/i;

const two = (n: number) => String(n).padStart(2, '0');
const SPECIAL = new RegExp(
  [DOSSIER_IN_TEXT, ISO, DATE, TIME, PROCEDURE_IN_TEXT].map(({ source }) => `(?:${source})`).join('|'),
);

/**
 * A masker with its own memory: the same value becomes the same fake within one snapshot. On statistics pages counts become 0, so that
 * parts still add up to their sums.
 */
export function newMasker(lexicon: Lexicon, isStatistics = false): Masker {
  const fakes = new Map<string, string>();
  let codes = 0;
  let days = 0;
  let count = 0;

  const once = (original: string, make: () => string) => {
    const known = fakes.get(original);
    if (known !== undefined) return known;
    const made = make();
    fakes.set(original, made);
    return made;
  };
  const fakeCode = (original: string) =>
    once(original, () => {
      codes += 1;
      const at = /^(.*)-\d{6}-(\d+)$/.exec(original)!;
      return `${at[1]!.replace(/\d/g, '9')}-260101-${String(codes).padStart(at[2]!.length, '0').slice(-at[2]!.length)}`;
    });
  const nextDay = () => {
    days += 1;
    return { day: 1 + (days % 9), month: 1 + (Math.floor(days / 9) % 9) };
  };
  const fakeDate = (original: string) =>
    once(original, () => {
      const [, day = '', month = '', year = ''] = DATE.exec(original)!;
      const isReal =
        Number(day) >= 1 && Number(month) >= 1 && Number(month) <= 12 && isInMonth(day, month, year);
      if (!isReal) return `99/99/9999`;
      const fake = nextDay();
      const print = (n: number, like: string) => (like.length === 2 ? two(n) : String(n));
      return `${print(fake.day, day)}/${print(fake.month, month)}/2026`;
    });
  const fakeSpecial = (found: string): string => {
    if (DOSSIER_IN_TEXT.test(found)) return fakeCode(found);
    if (DATE.test(found)) return fakeDate(found);
    if (ISO.test(found)) {
      return once(found, () => {
        const fake = nextDay();
        return found.replace(
          /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?/,
          `2026-${two(fake.month)}-${two(fake.day)}T08:00:00`,
        );
      });
    }
    if (TIME.test(found))
      return found.replace(/\d+/g, (part, at: number) => (at === 0 ? '8'.padStart(part.length, '0') : '00'));
    return found.replace(/\d/g, '9');
  };

  /** Counts and amounts, whole; null for anything else. */
  const amount = (line: string): string | null => {
    if (isStatistics && /^\d{1,3}(?:[.,]?\d{3})?%?$/.test(line.trim())) {
      count += 1;
      return line.replace(/\d[\d.,]*/, '0');
    }
    if (!MONEY.test(line.trim())) return null;
    if (!/[1-9]/.test(line)) return line;
    count += 1;
    return line.replace(/\d/g, '9');
  };

  /** A piece without separators: whole it may be a word of the pack, else its phrases stay and the rest is shape. */
  const plain = (piece: string): string => {
    if (!/[\p{L}\p{N}]/u.test(piece)) return piece;
    const office = OFFICE.exec(piece.trim())?.[0];
    if (lexicon.texts.has(fold(piece))) return piece.replace(/\p{N}/gu, '9');
    if (isStatistics && (SUMS.test(fold(piece)) || PERIOD.test(piece.normalize('NFC')))) return piece;
    const words = wordsOf(piece);
    // "Chưa có", "Đang chờ" in a date's place say that there is none; the engine looks for the first word.
    const kept = new Set<number>(NONE_YET.test(piece.normalize('NFC')) ? [0] : []);
    for (const phrase of lexicon.phrases) {
      for (let at = 0; at + phrase.length <= words.length; at += 1) {
        if (phrase.every((word, next) => words[at + next]!.word === word)) {
          for (let next = 0; next < phrase.length; next += 1) kept.add(at + next);
        }
      }
    }
    count += 1;
    let out = '';
    let from = 0;
    words.forEach(({ to }, at) => {
      if (!kept.has(at)) return;
      out += shapeOf(piece.slice(from, words[at]!.from)) + piece.slice(words[at]!.from, to);
      from = to;
    });
    const masked = out + shapeOf(piece.slice(from));
    if (!office || kept.size > 0) return masked;
    const start = piece.indexOf(office);
    return masked.slice(0, start) + office + masked.slice(start + office.length);
  };

  const text = (original: string): string => {
    if (!/[\p{L}\p{N}]/u.test(original)) return original;
    const clean = original.normalize('NFKC');
    if (lexicon.texts.has(fold(clean))) return clean.replace(/\p{N}/gu, '9');
    let out = '';
    let rest = clean;
    for (let found = SPECIAL.exec(rest); found; found = SPECIAL.exec(rest)) {
      count += 1;
      out += pieces(rest.slice(0, found.index)) + fakeSpecial(found[0]);
      rest = rest.slice(found.index + found[0].length);
    }
    return out + pieces(rest);
  };
  /** Separators that part a label from its value, or two facts on one line. */
  const pieces = (line: string) =>
    amount(line) ??
    line
      .split(/([:;,|()\n]|\s-\s|^-\s|\s-$)/)
      .map((piece) => (piece === undefined ? '' : plain(piece)))
      .join('');

  return { text, count: () => count };
}

function isInMonth(day: string, month: string, year: string): boolean {
  const made = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return made.getUTCDate() === Number(day);
}

/** A value as the preview shows it: words of our closed lists as they are, all else only its shape. */
export function maskValue(as: Reading, value: Value): string {
  if (value === null) return '';
  switch (as) {
    case 'status':
    case 'channel':
    case 'payment':
    case 'role':
    case 'boolean':
    case 'documentState':
    case 'direction':
      return String(value);
    case 'localTime':
      return String(value).length > 10 ? '99/99/9999 99:99' : '99/99/9999';
    case 'dossierCode':
    case 'procedure':
      return String(value).replace(/\d/g, '9');
    case 'agency': {
      const office = OFFICE.exec(String(value))?.[0] ?? '';
      return office + shapeOf(String(value).slice(office.length));
    }
    default:
      return shapeOf(String(value));
  }
}
