/** Reading text out of elements: as lines a person sees, bounded in length. */
import { fold } from '../../domain/vocabulary.ts';

const BLOCK =
  /^(?:ADDRESS|ARTICLE|ASIDE|BR|DD|DIV|DL|DT|FIELDSET|FOOTER|FORM|H[1-6]|HEADER|HR|LABEL|LI|MAIN|MAT-CELL|MAT-HEADER-CELL|OL|OPTION|P|SECTION|TABLE|TBODY|TD|TH|THEAD|TR|UL)$/;
/** A raised mark is a note to the text, never part of a number or a code. */
const SKIP = /^(?:SCRIPT|STYLE|TEMPLATE|NOSCRIPT|TEXTAREA|SELECT|IFRAME|OBJECT|SUP)$/;
const MAX_LINES = 80;
const MAX_CHARS = 6_000;

const parts = new Map<string, 'skip' | 'block' | 'inline'>();
const MAX_PARTS = 200;

/** What an element of this name does to the lines of a text. */
function partOf(tag: string): 'skip' | 'block' | 'inline' {
  let part = parts.get(tag);
  if (part === undefined) {
    const name = tag.toUpperCase();
    part = SKIP.test(name) ? 'skip' : BLOCK.test(name) ? 'block' : 'inline';
    if (parts.size < MAX_PARTS) parts.set(tag, part);
  }
  return part;
}

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
 * parts marked hidden are left out. Reading stops at 6 000 characters or after `most` lines.
 */
export function segmentsOf(root: Element, most = MAX_LINES): string[][] {
  let line: string[] = [];
  const lines = [line];
  let chars = 0;
  const breakLine = () => {
    if (line.length === 0) return;
    line = [];
    lines.push(line);
  };
  const walk = (node: Node): boolean => {
    const type = node.nodeType;
    if (type === 3) {
      const text = node.nodeValue ?? '';
      chars += text.length;
      if (line.length > 0 || text.trim()) line.push(text);
      return chars < MAX_CHARS && lines.length <= most;
    }
    if (type !== 1) return true;
    const element = node as Element;
    const part = partOf(element.tagName);
    if (part === 'skip' || element.hasAttribute('hidden')) return true;
    if (part === 'block') breakLine();
    for (let child = element.firstChild; child; child = child.nextSibling) if (!walk(child)) return false;
    if (part === 'block') breakLine();
    return true;
  };
  for (let child = root.firstChild; child; child = child.nextSibling) if (!walk(child)) break;
  return lines.filter((line) => line.some((piece) => piece.trim())).slice(0, most);
}

/** The text, as written, of an element with nothing but text in it; null for any other. At most 6 000 characters. */
function onlyText(root: Element): string | null {
  return root.firstElementChild === null ? (root.textContent ?? '').slice(0, MAX_CHARS) : null;
}

/** The text lines of an element, clean, empty ones dropped; of the first `most` as written, where not all are wanted. */
export function linesOf(root: Element, most?: number): string[] {
  const only = onlyText(root);
  const lines = only === null ? segmentsOf(root, most).map((line) => line.join('')) : [only];
  return lines.map(clean).filter((line) => line !== '');
}

/** One line of an element, counted from 1; undefined when it has fewer. */
export function lineOf(root: Element, at: number): string | undefined {
  const only = onlyText(root);
  if (only !== null) return (at === 1 && clean(only)) || undefined;
  // Lines of invisible marks alone count as written and are dropped: then all of them are read.
  return linesOf(root, at)[at - 1] ?? linesOf(root)[at - 1];
}

/** The whole text of an element in one line, at most `max` characters. */
export function textOf(root: Element, max = 1_000): string {
  const only = onlyText(root);
  return (only === null ? linesOf(root).join(' ') : clean(only)).slice(0, max);
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
