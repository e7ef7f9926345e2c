/** Reading text out of elements: as lines a person sees, bounded in length. */
import { fold } from '../../domain/vocabulary.ts';

const BLOCK =
  /^(?:ADDRESS|ARTICLE|ASIDE|BR|DD|DIV|DL|DT|FIELDSET|FOOTER|FORM|H[1-6]|HEADER|HR|LABEL|LI|MAIN|MAT-CELL|MAT-HEADER-CELL|OL|OPTION|P|SECTION|TABLE|TBODY|TD|TH|THEAD|TR|UL)$/;
/** A raised mark is a note to the text, never part of a number or a code. */
const SKIP = /^(?:SCRIPT|STYLE|TEMPLATE|NOSCRIPT|TEXTAREA|SELECT|IFRAME|OBJECT|SUP)$/;
const MAX_LINES = 80;
const MAX_CHARS = 6_000;

/** Longest line a regular expression is run over: patterns stay far from any catastrophe. */
export const MAX_LINE = 400;

/** Composed letters and plain signs with single spaces between them: as most texts come. */
const PLAIN =
  /^[\x21-\x7e\u00a1-\u00ac\u00ae-\u02ff\u1ea0-\u1ef9]+(?: [\x21-\x7e\u00a1-\u00ac\u00ae-\u02ff\u1ea0-\u1ef9]+)*$/;

/** Single spaces, no invisible marks, trimmed; composed letters and plain digits, whatever the page is written in. */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The lines of an element, each as the text pieces of its inline parts. Block elements and `<br>` break lines;
 * parts marked hidden are left out. Reading stops at 80 lines or 6 000 characters.
 */
export function segmentsOf(root: Element): string[][] {
  const lines: string[][] = [[]];
  let chars = 0;
  const walk = (node: Node): boolean => {
    if (node.nodeType === 3) {
      const text = node.nodeValue ?? '';
      chars += text.length;
      if (text.trim() || lines.at(-1)!.length > 0) lines.at(-1)!.push(text);
      return chars < MAX_CHARS && lines.length < MAX_LINES;
    }
    if (node.nodeType !== 1) return true;
    const element = node as Element;
    const name = element.tagName.toUpperCase();
    if (SKIP.test(name) || element.hasAttribute('hidden')) return true;
    const isBlock = BLOCK.test(name);
    if (isBlock && lines.at(-1)!.length > 0) lines.push([]);
    for (let child = element.firstChild; child; child = child.nextSibling) if (!walk(child)) return false;
    if (isBlock && lines.at(-1)!.length > 0) lines.push([]);
    return true;
  };
  for (let child = root.firstChild; child; child = child.nextSibling) if (!walk(child)) break;
  return lines.filter((line) => line.some((piece) => piece.trim()));
}

/** The text lines of an element, clean, empty ones dropped. */
export function linesOf(root: Element): string[] {
  if (root.firstElementChild === null) {
    const line = clean((root.textContent ?? '').slice(0, MAX_CHARS));
    return line === '' ? [] : [line];
  }
  return segmentsOf(root)
    .map((line) => clean(line.join('')))
    .filter((line) => line !== '');
}

/** The whole text of an element in one line, at most `max` characters. */
export function textOf(root: Element, max = 1_000): string {
  return linesOf(root).join(' ').slice(0, max);
}

/** Words of the pack and of status columns come again in every row. */
const MAX_FOLDED = 400;
const folded = new Map<string, string>();

/** {@link fold} of a text that is likely to come again. */
export function foldOnce(text: string): string {
  let found = folded.get(text);
  if (found === undefined) {
    found = fold(text);
    if (folded.size < MAX_FOLDED) folded.set(text, found);
  }
  return found;
}

const compiled = new Map<string, RegExp | null>();

/** A pack's expression, compiled once; null when it does not compile. */
export function regexOf(source: string): RegExp | null {
  let found = compiled.get(source);
  if (found === undefined) {
    try {
      found = new RegExp(source, 'iu');
    } catch {
      found = null;
    }
    compiled.set(source, found);
  }
  return found;
}

/** Group 1 of a match (or the whole match when there is no group), null when nothing matches or the text is too long. */
export function capture(source: string, text: string): string | null {
  if (text.length > MAX_LINE) return null;
  const found = regexOf(source)?.exec(text);
  return found ? clean(found.length > 1 ? (found[1] ?? '') : found[0]) : null;
}
