/** Which header, label or button text may leave the page: structure, never a person. When unsure, no. */
import { fold } from '../../domain/vocabulary.ts';

const MAX_LABEL = 60;
/** Family names of Vietnam, folded: the Kinh ones and those of the peoples of the north and centre. */
const FAMILY =
  /^(?:nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dao|doan|vuong|trinh|truong|dinh|lam|phung|mai|to|cao|luu|luong|thai|ta|tong|ha|quach|chu|tang|ton|kieu|lo|vi|lau|cut|moong|xong|gia|va|tho|hung|lu|quang|ca|deo|cam|kha|luc|nong|hau|ma|giang|sung|thao|trang|vang|cu|hau|y|rah|ksor|ro|siu|h|k)$/;

/** Beginnings of headers that happen to begin like a family name ("MÃ HỒ SƠ", "LÝ DO", "HỒ SƠ", "LỆ PHÍ"). */
const BUSINESS =
  /^(?:ma (?:ho so|so|thu tuc|don|bien|tra)|ho so|ly do|le phi|do (?:mat|khan)|thai do)(?: |$)/;

const isCapital = (word: string) => /^\p{Lu}/u.test(word);
const isAllCaps = (word: string) => word === word.toUpperCase() && word !== word.toLowerCase();

/** Two to six words, each with a capital, like a person's name; in capitals throughout when it begins with a family name. */
export function looksLikeName(text: string): boolean {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word));
  if (words.length < 2) return false;
  if (words.every(isAllCaps)) return FAMILY.test(fold(words[0]!)) && !BUSINESS.test(fold(text));
  // "Ngày Hẹn Trả" is a header in title case, and might be a name: it stays behind unless the pack knows it.
  if (words.length <= 6 && words.every(isCapital)) return true;
  // "Người nộp: Trần Thị B": a family name followed by capitalised words, anywhere.
  return words.some(
    (word, at) => at > 0 && isCapital(word) && FAMILY.test(fold(word)) && isCapital(words[at + 1] ?? ''),
  );
}

/** True for a text that is surely no value: no digit, no address sign, short, no user name, no person's name. */
export function isPlainLabel(text: string): boolean {
  const clean = text.replace(/\s*\(\d{1,6}\)\s*$/, '').trim();
  if (clean === '' || clean.length > MAX_LABEL || /[\d@_]|\w\.\w/.test(clean)) return false;
  // One unaccented word may be an account name.
  if (/^[a-z]{5,}$/i.test(clean)) return false;
  return !looksLikeName(clean);
}

/** The same for a column header: title case is usual there, so only a leading family name counts as a name. */
export function isPlainHeader(text: string): boolean {
  const clean = text.replace(/\s*\(\d{1,6}\)\s*$/, '').trim();
  if (clean === '' || clean.length > MAX_LABEL || /\d{2}|[@_]|\w\.\w/.test(clean)) return false;
  const words = clean.split(/\s+/);
  const isTitled = words.length >= 2 && words.every((word) => isCapital(word) || isAllCaps(word));
  return !isTitled || BUSINESS.test(fold(clean)) || !FAMILY.test(fold(words[0]!));
}
