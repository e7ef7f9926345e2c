/**
 * The words that may leave a page as they stand: those the pack itself names. Everything else is somebody's data until
 * an element says that it is a header, a label or a button.
 */
import type { Pack } from '../../adapters/pack.ts';
import { fold } from '../../domain/vocabulary.ts';

export interface Lexicon {
  /** Folded texts of the pack (headers, labels, words, empty texts): kept when they are a whole piece of text. */
  readonly texts: ReadonlySet<string>;
  /** Word sequences of the pack's expressions, lower case with their accents, two words or more: kept inside a line. */
  readonly phrases: readonly (readonly string[])[];
  /** Literals of the pack's selectors per attribute (`id` → `vb_`): kept inside that attribute. */
  readonly literals: ReadonlyMap<string, readonly string[]>;
  /** Classes and ids the pack's selectors name. */
  readonly names: ReadonlySet<string>;
}

/** Keys under which the pack holds texts of the page. */
const TEXT_KEYS = new Set(['header', 'headers', 'noHeaders', 'label', 'text', 'emptyText', 'yes', 'no']);
/** Keys of expressions over the page's own spelling (the folded ones of confirmations hold no accents and are left out). */
const REGEX_KEYS = new Set(['regex']);

/** Everything a pack names. Built once per snapshot or report. */
export function lexiconOf(pack: Pack): Lexicon {
  const texts = new Set<string>();
  const phrases: string[][] = [];
  const literals = new Map<string, string[]>();
  const names = new Set<string>();
  const addText = (text: string) => {
    for (const one of text.split(/[|>]/)) {
      const word = fold(one);
      if (word) texts.add(word);
    }
  };
  const addPhrases = (source: string) => {
    const plain = source.replace(/\\s[*+?]?/g, ' ').replace(/\\./g, '|');
    for (const piece of plain.split(/[^\p{L}\p{M} ]+/u)) {
      const words = wordsOf(piece).map(({ word }) => word);
      if (words.length >= 2) phrases.push(words);
    }
  };
  const addAttribute = (name: string, literal: string) => {
    const known = literals.get(name) ?? [];
    literals.set(name, literal === '' ? known : [...known, literal]);
  };
  const addSelector = (css: string) => {
    for (const [, name, value] of css.matchAll(
      /\[\s*([\w-]+)\s*(?:[*^$~|]?=\s*["']?([^"'\]]*)["']?)?\s*\]/g,
    )) {
      addAttribute(name!.toLowerCase(), value ?? '');
    }
    for (const [, name] of css.replace(/\[[^\]]*\]/g, '').matchAll(/[.#]([\w-]+)/g)) names.add(name!);
  };
  walk(pack, '', (key, value) => {
    if (TEXT_KEYS.has(key)) addText(value);
    else if (REGEX_KEYS.has(key)) addPhrases(value);
    else if (key === 'attr') addAttribute(value.toLowerCase(), '');
    if (/^(?:css|exists|notExists|within|only|sign|partial|emptyWithin)$/.test(key)) addSelector(value);
  });
  for (const words of Object.values(pack.vocabulary)) for (const word of Object.keys(words)) addText(word);
  return { texts, phrases: phrases.sort((a, b) => b.length - a.length), literals, names };
}

/** Visits every text inside with the nearest key that is a name. Folded expressions of actions are not visited. */
function walk(value: unknown, key: string, visit: (key: string, value: string) => void): void {
  if (typeof value === 'string') visit(key, value);
  else if (Array.isArray(value)) for (const one of value) walk(one, key, visit);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) {
      if (name === 'confirm' || name === 'refuse') visitSelectors(one, visit);
      // The words of a reporting system's states are the keys.
      else if (name === 'words') for (const word of Object.keys(one as object)) visit('text', word);
      else walk(one, name, visit);
    }
  }
}

function visitSelectors(rules: unknown, visit: (key: string, value: string) => void): void {
  for (const rule of Array.isArray(rules) ? rules : []) {
    for (const key of ['css', 'exists']) {
      const value = (rule as Record<string, unknown>)[key];
      if (typeof value === 'string') visit(key, value);
    }
  }
}

/** The words of a text with their places; lower case, accents composed. */
export function wordsOf(
  text: string,
): { readonly word: string; readonly from: number; readonly to: number }[] {
  return [...text.matchAll(/[\p{L}\p{M}]+/gu)].map((found) => ({
    word: found[0].normalize('NFC').toLowerCase(),
    from: found.index,
    to: found.index + found[0].length,
  }));
}
