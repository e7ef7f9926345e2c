/** What may stand in a comment: composed letters on one line, no controls, a bounded length. It is shown as text only. */
import { cleanLine } from '../../domain/free-text.ts';

/** UTF-16 units of one comment as a citizen may write it. */
export const COMMENT_MOST = 500;
/** From here on the count is shown. */
export const COMMENT_NEAR = 400;

/** A line break, a tab: what separates words. Everything else unseen goes. */
const BREAKS = /[\r\n\t\u2028\u2029]+/gu;
const UNSEEN = /\p{Cc}|\p{Cs}|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

export interface Cleaned {
  readonly text: string;
  /** Something did not fit and was cut off. */
  readonly isCut: boolean;
}

/** A text while it is being typed or pasted: blanks at its end stay, they are about to be followed. */
export function cleaned(typed: string): Cleaned {
  const text = typed
    .slice(0, COMMENT_MOST * 8)
    .replace(BREAKS, ' ')
    .replace(UNSEEN, '')
    .normalize('NFC');
  if (text.length <= COMMENT_MOST && typed.length <= COMMENT_MOST * 8) return { text, isCut: false };
  return { text: text.slice(0, COMMENT_MOST).replace(/[\ud800-\udbff]$/, ''), isCut: true };
}

/** The text as it is kept; empty when nothing is left. */
export function finished(text: string): string {
  return cleanLine(text, COMMENT_MOST);
}

/** The text without its last character, as people count characters: an emoji of several parts goes at once. */
export function withoutLast(text: string): string {
  const parts = [...new Intl.Segmenter('vi', { granularity: 'grapheme' }).segment(text)];
  return text.slice(0, parts.at(-1)?.index ?? 0);
}
