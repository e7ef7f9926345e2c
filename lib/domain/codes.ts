/**
 * Dossier, procedure and agency codes. Forms: Circular 01/2018/TT-VPCP art. 19 (`000.00.12.H62-201105-0004`),
 * the newer form in use since 2025 (`H15.50.05.13-261008-0975`), and codes of the national portal (`G22.99…`).
 * The parser is tolerant on purpose: the coming rule of the Ministry of Public Security is not known (domain §6).
 */
import { type Day, makeDay } from './dates.ts';

const DOSSIER =
  /^((?:\d{3}\.\d{2}\.\d{2,3}\.)?[A-Y]\d{2}(?:\.\d{1,4}){0,5})-(\d{2})(\d{2})(\d{2})-(\d{3,7})$/;
/** Finds candidate dossier codes inside a line of text. */
export const DOSSIER_IN_TEXT = /(?:\d{3}\.\d{2}\.\d{2,3}\.)?[A-Y]\d{2}(?:\.\d{1,4}){0,5}-\d{6}-\d{3,7}(?!\d)/;
/** A procedure code (mã thủ tục hành chính): `1.001612`, or provincial `1.012790.000.00.00.H41`. */
export const PROCEDURE = /^\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2})?$/;

/** A dossier code taken apart. */
export interface DossierCode {
  /** The normalised code: what the key is made from. */
  readonly text: string;
  /** The day in the code's middle part, a cross-check of the received date. */
  readonly day: Day;
  /** The agency that received it, groups left to right (`H41.17.3`), see {@link agencyCode}. */
  readonly receiver: string;
}

/** Printable ASCII without spaces and small letters, as nearly every code comes: its own normal form. */
const NORMAL = /^[\x21-\x60\x7b-\x7e]*$/;

/**
 * The normal form of a dossier code: NFKC (full-width digits), no direction marks, no spaces, upper case.
 * Part of the key epoch: changing it needs a new epoch (DESIGN §3, Keys).
 */
export function normaliseCode(text: string): string {
  if (NORMAL.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
    .toUpperCase();
}

/** Takes a dossier code apart, or null when it is none (unknown form, or a day the calendar lacks). */
export function parseDossierCode(raw: string): DossierCode | null {
  const found = dossierParts(raw);
  return found && { text: found.text, day: found.day, receiver: agencyCode(found.prefix) };
}

/** The normalised dossier code, or null when it is none: what a page's rows are known by. */
export function dossierCodeText(raw: string): string | null {
  return dossierParts(raw)?.text ?? null;
}

function dossierParts(raw: string): { text: string; day: Day; prefix: string } | null {
  const text = normaliseCode(raw);
  const found = DOSSIER.exec(text);
  if (!found) return null;
  const day = makeDay(2000 + Number(found[2]), Number(found[3]), Number(found[4]));
  return day === null ? null : { text, day, prefix: found[1]! };
}

/**
 * An agency code with its groups left to right as in Decision 20/2020/QĐ-TTg (`H41.17.3`). The prefix of an
 * old dossier code runs right to left (`000.17.3.H41` style) and zero groups carry nothing, so they are dropped.
 */
export function agencyCode(prefix: string): string {
  const groups = prefix.split('.');
  const last = groups.at(-1)!;
  if (/^[A-Y]/.test(last)) groups.reverse();
  const [head, ...rest] = groups;
  const kept = rest.map((group) => group.replace(/^0+(?=\d)/, ''));
  while (kept.length > 0 && kept.at(-1) === '0') kept.pop();
  return [head, ...kept].join('.');
}
