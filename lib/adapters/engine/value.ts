/** From found text to a value, each with its check; what fails the check is no value. */
import { DOSSIER_IN_TEXT, dossierCodeText, normaliseCode, PROCEDURE } from '../../domain/codes.ts';
import { parseLocalTime } from '../../domain/dates.ts';
import type { Field, Vocabulary } from '../pack.ts';
import { clean, foldOnce, MAX_LINE } from './text.ts';

export type Value = string | number | boolean | null;

/** Raised digits mark notes; normalising would make them part of the code they follow. */
const RAISED = /[\u00b2\u00b3\u00b9\u2070-\u209f]/g;

const MAX_WORD = 80;
/** An agency is an office: its name begins with one of these words, so a person's name never passes. */
const OFFICE =
  /^(?:ubnd|uy ban|so|phong|trung tam|bo|cuc|chi cuc|ban|van phong|cong an|bo phan|thanh tra|kho bac|bao hiem|thue|toa an|vien|chi nhanh|dang uy|hdnd)(?:\s|$)/;

/** The only dossier code in a text, normalised; null when there is none, or two different ones. */
export function codeIn(line: string): string | null {
  // A line that was cut may end in half a code.
  const uncut = line.length < MAX_LINE ? line : line.slice(0, MAX_LINE).replace(/\S*$/, '');
  const text = uncut.replace(RAISED, '');
  const whole = text.length <= 60 ? dossierCodeText(text) : null;
  if (whole !== null) return whole;
  const codes = new Set<string>();
  let rest = text.normalize('NFKC');
  for (let found = DOSSIER_IN_TEXT.exec(rest); found; found = DOSSIER_IN_TEXT.exec(rest)) {
    const code = dossierCodeText(found[0]);
    if (code !== null) codes.add(code);
    rest = rest.slice(found.index + found[0].length);
  }
  return codes.size === 1 ? [...codes][0]! : null;
}

/** A count as pages print it: `1234`, `1.234` and `1,234` (host-pages-2 §6.3). Null for anything else: shares, signs, empty. */
export function countOf(text: string): number | null {
  const found = /^(?:\d{1,9}|[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3}){0,2})$/.exec(clean(text));
  return found ? Number(found[0].replace(/\D/g, '')) : null;
}

function wordIn<Known>(words: Readonly<Record<string, Known>> | undefined, text: string): Known | undefined {
  const word = foldOnce(text.slice(0, MAX_WORD + 1));
  return words && text.length <= MAX_WORD && Object.hasOwn(words, word) ? words[word] : undefined;
}

/** A yes or no word of the field; an amount of money is yes unless it is zero. `''` among the words means an empty place. */
function yesOrNo(field: Field, text: string): boolean | undefined {
  const word = foldOnce(text.slice(0, MAX_WORD));
  if (/^[\d.,]+\s*(?:d|vnd|dong)?$/.test(word)) return /[1-9]/.test(word);
  if (field.yes?.some((one) => foldOnce(one) === word)) return true;
  if (field.no?.some((one) => foldOnce(one) === word)) return false;
  return undefined;
}

/** What texts of a field came to, for those that come again in row after row. */
const MAX_KNOWN = 300;
const known = new WeakMap<Vocabulary, WeakMap<Field, Map<string, Value | undefined>>>();

function knownOf(field: Field, words: Vocabulary): Map<string, Value | undefined> {
  const fields = known.get(words) ?? new WeakMap<Field, Map<string, Value | undefined>>();
  known.set(words, fields);
  const values = fields.get(field) ?? new Map<string, Value | undefined>();
  fields.set(field, values);
  return values;
}

/** {@link readValue}, once per text. */
export function toValue(field: Field, text: string, words: Vocabulary): Value | undefined {
  if (field.as === 'dossierCode' || field.as === 'rowId' || text.length > MAX_WORD)
    return readValue(field, text, words);
  const values = knownOf(field, words);
  if (values.has(text)) return values.get(text);
  const value = readValue(field, text, words);
  if (values.size < MAX_KNOWN) values.set(text, value);
  return value;
}

/** The value of a found text for this field; undefined when it fails the check, null for "the page shows there is none". */
function readValue(field: Field, text: string, words: Vocabulary): Value | undefined {
  if (text === '' && field.as !== 'boolean') return field.emptyIsNone ? null : undefined;
  switch (field.as) {
    case 'dossierCode':
      return codeIn(text) ?? undefined;
    case 'localTime':
      return parseLocalTime(text) ?? undefined;
    case 'status':
      return wordIn(words.status, text);
    case 'channel':
      return wordIn(words.channel, text);
    case 'payment':
      return wordIn(words.payment, text);
    case 'role':
      return wordIn(words.role, text);
    case 'procedure': {
      const code = normaliseCode(text.slice(0, MAX_WORD));
      return PROCEDURE.test(code) ? code : undefined;
    }
    case 'number':
      return countOf(text) ?? undefined;
    case 'boolean':
      return yesOrNo(field, text);
    case 'documentState': {
      const isDone = yesOrNo(field, text);
      return isDone === undefined ? undefined : isDone ? 'done' : 'waiting';
    }
    case 'direction':
      return yesOrNo(field, text) ? 'out' : undefined;
    case 'agency':
      return text.length <= 200 && OFFICE.test(foldOnce(text)) && !/\d{6}|@/.test(text) ? text : undefined;
    case 'rowId':
      return /^[\w.-]{1,80}$/.test(text) ? text : undefined;
  }
}
