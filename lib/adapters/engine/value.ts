/** From found text to a value, each with its check; what fails the check is no value. */
import { DOSSIER_IN_TEXT, normaliseCode, PROCEDURE, parseDossierCode } from '../../domain/codes.ts';
import { parseLocalTime } from '../../domain/dates.ts';
import { fold } from '../../domain/vocabulary.ts';
import type { Field, Vocabulary } from '../pack.ts';

export type Value = string | number | boolean | null;

const MAX_WORD = 80;
/** An agency is an office: its name begins with one of these words, so a person's name never passes. */
const OFFICE =
  /^(?:ubnd|uy ban|so|phong|trung tam|bo|cuc|chi cuc|ban|van phong|cong an|bo phan|thanh tra|kho bac|bao hiem|thue|toa an|vien|chi nhanh|dang uy|hdnd)(?:\s|$)/;

/** The only dossier code in a text, normalised; null when there is none, or two different ones. */
export function codeIn(text: string): string | null {
  const whole = text.length <= 60 ? parseDossierCode(text) : null;
  if (whole) return whole.text;
  const codes = new Set<string>();
  let rest = text.normalize('NFKC').slice(0, 500);
  for (let found = DOSSIER_IN_TEXT.exec(rest); found; found = DOSSIER_IN_TEXT.exec(rest)) {
    const code = parseDossierCode(found[0]);
    if (code) codes.add(code.text);
    rest = rest.slice(found.index + found[0].length);
  }
  return codes.size === 1 ? [...codes][0]! : null;
}

function wordIn<Known>(words: Readonly<Record<string, Known>> | undefined, text: string): Known | undefined {
  const word = fold(text.slice(0, MAX_WORD + 1));
  return words && text.length <= MAX_WORD && Object.hasOwn(words, word) ? words[word] : undefined;
}

/** A yes or no word of the field; an amount of money is yes unless it is zero. `''` among the words means an empty place. */
function yesOrNo(field: Field, text: string): boolean | undefined {
  const word = fold(text.slice(0, MAX_WORD));
  if (/^[\d.,]+\s*(?:d|vnd|dong)?$/.test(word)) return /[1-9]/.test(word);
  if (field.yes?.some((one) => fold(one) === word)) return true;
  if (field.no?.some((one) => fold(one) === word)) return false;
  return undefined;
}

/** The value of a found text for this field; undefined when it fails the check, null for "the page shows there is none". */
export function toValue(field: Field, text: string, words: Vocabulary): Value | undefined {
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
      return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return yesOrNo(field, text);
    case 'documentState': {
      const isDone = yesOrNo(field, text);
      return isDone === undefined ? undefined : isDone ? 'done' : 'waiting';
    }
    case 'agency':
      return text.length <= 200 && OFFICE.test(fold(text)) && !/\d{6}|@/.test(text) ? text : undefined;
    case 'rowId':
      return /^[\w.-]{1,80}$/.test(text) ? text : undefined;
  }
}
