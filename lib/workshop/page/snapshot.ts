/**
 * "Chụp mẫu trang": a page rebuilt from what is known to be structure. Nothing is copied and then cleaned; what is not on a
 * list here does not get in. Texts go through the masker; attributes through their own lists; styles become "shown or not".
 */
import { recognise } from '../../adapters/engine/recognise.ts';
import type { Pack } from '../../adapters/pack.ts';
import { parseLocalTime } from '../../domain/dates.ts';
import { fold } from '../../domain/vocabulary.ts';
import type { PageSnapshot } from '../protocol.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { type Masker, newMasker, shapeOf } from './mask.ts';
import { isPlainHeader, isPlainLabel } from './names.ts';
import { maskPlace } from './place.ts';

/** Elements that carry nothing to read, or could run or load something. */
const DROPPED =
  /^(?:script|style|link|meta|base|iframe|frame|object|embed|applet|portal|img|picture|source|svg|math|canvas|video|audio|track|map|area|template|noscript|title|head|slot|textarea|nmc-.*)$/;
const VOID = /^(?:br|hr|input|col|wbr)$/;
const HEADER = 'th, mat-header-cell, [role="columnheader"]';
const LABEL =
  'label, button, legend, summary, dt, input[type="button"], input[type="submit"], [role="button"], [role="tab"], [role="menuitem"]';
/** Attributes that say how an element is, never what it holds; their values come from a closed list. */
const STATES: Readonly<Record<string, RegExp>> = {
  role: /^[a-z]{1,20}$/,
  type: /^(?:button|submit|checkbox|radio|text|search|date|number|hidden|file|reset|password|email|tel)$/,
  scope: /^(?:row|col|rowgroup|colgroup)$/,
  colspan: /^\d{1,2}$/,
  rowspan: /^\d{1,3}$/,
  hidden: /^/,
  checked: /^/,
  disabled: /^/,
  open: /^/,
  'aria-selected': /^(?:true|false)$/,
  'aria-checked': /^(?:true|false|mixed)$/,
  'aria-disabled': /^(?:true|false)$/,
  'aria-expanded': /^(?:true|false)$/,
  'aria-hidden': /^(?:true|false)$/,
  'aria-modal': /^(?:true|false)$/,
};
const BARE = new Set(['hidden', 'checked', 'disabled', 'open']);
/** Class and id names made by a build or by the order of creation. */
const GENERATED =
  /^(?:css|sc|jss|emotion|styled|svelte|makeStyles)-|^_|ng-tns|_ng(?:content|host)|-c\d+\b|\d{3,}|(?:mat|cdk|mdc|ng|ant|rc|react|headlessui|radix|el|v)-[a-z-]*-?\d+|^[a-zA-Z]*\d[a-zA-Z\d]{5,}$/;
/** Attributes that would load or do something. */
const CALLS = /^(?:href|src|action|formaction|on.*)$/;
const MOST_DEPTH = 120;
const MOST_NODES = 40_000;
/** Rows kept of a long list. */
const MOST_ROWS = 8;
const MOST_CHARS = 380_000;

interface Work {
  readonly lexicon: Lexicon;
  readonly masker: Masker;
  /** What was masked, folded and without separators: no name of a class or id may hold it. */
  readonly secrets: Set<string>;
  readonly ids: Map<string, string>;
  dropped: number;
  cut: number;
  nodes: number;
}

/** The sanitised page: one line of HTML that the engine reads as it read the page. */
export function takeSnapshot(document: Document, place: string, pack: Pack): PageSnapshot {
  const lexicon = lexiconOf(pack);
  const work: Work = {
    lexicon,
    masker: newMasker(
      lexicon,
      recognise(pack, place, document).some(({ kind }) => kind === 'statistics'),
    ),
    secrets: secretsOf(document, lexicon),
    ids: new Map(),
    dropped: 0,
    cut: 0,
    nodes: 0,
  };
  const body = document.body ? inner(document.body, work, 0) : '';
  const html = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang mẫu</title></head><body>${body}</body></html>`;
  if (html.length > MOST_CHARS) throw new Error('tooLarge');
  return {
    place: maskPlace(place, pack),
    html,
    masked: work.masker.count() + work.dropped,
    cut: work.cut,
  };
}

const compact = (text: string) => fold(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** Texts of the page that are masked, to keep them out of class and id names as well. */
function secretsOf(document: Document, { texts }: Lexicon): Set<string> {
  const found = new Set<string>();
  const walker = document.createTreeWalker(document.body ?? document.documentElement, 4);
  for (let node = walker.nextNode(), n = 0; node && n < MOST_NODES; node = walker.nextNode(), n += 1) {
    const text = node.nodeValue ?? '';
    if (texts.has(fold(text)) || node.parentElement?.closest(`${HEADER}, ${LABEL}`)) continue;
    for (const piece of [text, ...text.split(/\s+/)]) {
      const secret = compact(piece);
      if (secret.length >= 6 && secret.length <= 60) found.add(secret);
    }
  }
  return found;
}

function inner(element: Element, work: Work, depth: number): string {
  if (depth > MOST_DEPTH) return '';
  const parts: string[] = [];
  const rows = new Map<string, number>();
  for (let child = element.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === 3) parts.push(escapeText(textOf(child.nodeValue ?? '', element, work)));
    if (child.nodeType !== 1) continue;
    const one = child as Element;
    if (isRow(one)) {
      const n = (rows.get(one.tagName) ?? 0) + 1;
      rows.set(one.tagName, n);
      if (n > MOST_ROWS) {
        work.cut += 1;
        continue;
      }
    }
    parts.push(outer(one, work, depth + 1));
  }
  return parts.join('');
}

const isRow = (element: Element) =>
  element.matches('tr, mat-row, li, option, [role="row"]') && element.closest('thead') === null;

function outer(element: Element, work: Work, depth: number): string {
  work.nodes += 1;
  const name = element.localName.toLowerCase();
  if (work.nodes > MOST_NODES || DROPPED.test(name) || !/^[a-z][a-z0-9-]{0,60}$/.test(name)) {
    work.dropped += 1;
    return '';
  }
  const open = `<${name}${attributes(element, name, work)}>`;
  return VOID.test(name) ? open : `${open}${inner(element, work, depth)}</${name}>`;
}

function textOf(text: string, parent: Element, work: Work): string {
  if (text.trim() === '') return text === '' ? '' : ' ';
  const { lexicon, masker } = work;
  const clean = text.replace(/\s+/g, ' ');
  if (lexicon.texts.has(fold(clean))) return clean.replace(/\d/g, '9');
  const isPlain =
    (isHeaderCell(parent) && isPlainHeader(clean)) ||
    (parent.closest(LABEL) !== null && parent.closest('select') === null && isPlainLabel(clean));
  return isPlain ? clean.replace(/\d/g, '9') : masker.text(clean);
}

function attributes(element: Element, name: string, work: Work): string {
  const out: [string, string][] = [];
  const add = (key: string, value: string) => out.push([key, value]);
  const classes = [...element.classList].filter((one) => mayName(one, work));
  if (classes.length > 0) add('class', classes.join(' '));
  for (const { name: raw, value } of element.attributes) {
    const key = raw.toLowerCase();
    const isNamed = work.lexicon.literals.has(key);
    if (key === 'class' || key === 'style' || (key.startsWith('on') && !isNamed)) continue;
    const state = STATES[key];
    if (state) {
      if (state.test(value)) add(key, BARE.has(key) ? '' : value);
    } else if (key === 'id' && (!isNamed || mayName(value, work))) {
      if (mayName(value, work)) add(key, value);
      else work.dropped += 1;
    } else if (key === 'value' && name === 'input') {
      if (work.lexicon.texts.has(fold(value)) && element.matches(LABEL)) add(key, value.replace(/\d/g, '9'));
      else work.dropped += 1;
    } else if (!isNamed && (key === 'title' || key === 'aria-label')) {
      // Names of controls, as the pack knows them; anything else there may be a person's.
      if (work.lexicon.texts.has(fold(value)) && element.matches(LABEL)) add(key, value.replace(/\d/g, '9'));
      else work.dropped += 1;
    } else if (isNamed) {
      const kept = keepLiteral(key, value, work);
      if (kept !== '' || value === '') add(key, kept);
      else if (key === 'href') add(key, '#');
    } else if (key === 'href' && name === 'a') {
      add(key, '#');
    } else work.dropped += 1;
  }
  const shown = name === 'input' ? (element as HTMLInputElement).value : '';
  // The period of a statistics page stands in its date fields.
  if (parseLocalTime(shown) !== null) add('value', work.masker.text(shown));
  const style = [...namedStyles(element, work), styleOf(element)].filter(Boolean).join(';');
  if (style) add('style', style);
  return out
    .map(([key, value]) =>
      value === '' ? ` ${key}` : ` ${key}="${escapeText(value).replace(/"/g, '&quot;')}"`,
    )
    .join('');
}

/** True for a class or id that a person wrote into the program: no build's, no counter's, nobody's data. */
function mayName(name: string, { lexicon, secrets }: Work): boolean {
  if (lexicon.names.has(name)) return true;
  if (!/^[A-Za-z][\w-]{0,60}$/.test(name) || GENERATED.test(name)) return false;
  const own = compact(name);
  for (const secret of secrets) if (own.includes(secret)) return false;
  return true;
}

/** An attribute that the pack reads or selects by: the pack's own literals stay, the rest is a fake of the same shape. */
function keepLiteral(key: string, value: string, { lexicon, masker, ids }: Work): string {
  if (value === '' || lexicon.texts.has(fold(value))) return value;
  const literals = (lexicon.literals.get(key) ?? []).filter((one) => value.includes(one));
  // Addresses and handlers hold queries and calls: of those only what the pack looks for.
  if (CALLS.test(key)) return literals.join(' ');
  const known = ids.get(`${key} ${value}`);
  if (known !== undefined) return known;
  const made =
    literals.length === 0 && /[\s:/]/.test(value)
      ? masker.text(value)
      : fakeAround(value, literals, ids.size + 1);
  ids.set(`${key} ${value}`, made);
  return made;
}

/** Letters become x outside the literals; row ids must stay apart from each other, so their digits become a counter. */
function fakeAround(value: string, literals: readonly string[], n: number): string {
  const isKept = new Set<number>();
  for (const literal of literals) {
    for (let at = value.indexOf(literal); at >= 0; at = value.indexOf(literal, at + literal.length)) {
      for (let next = 0; next < literal.length; next += 1) isKept.add(at + next);
    }
  }
  const digits = [...value].filter((char, at) => /\d/.test(char) && !isKept.has(at)).length;
  const counter = String(n)
    .padStart(digits, '0')
    .slice(-digits || undefined);
  let used = 0;
  return [...value]
    .map((char, at) => (isKept.has(at) ? char : /\d/.test(char) ? counter[used++]! : shapeOf(char)))
    .join('');
}

/** Stylesheets stay behind: what they hide is said on the element itself, or the copy would show it. */
function styleOf(element: Element): string {
  const view = element.ownerDocument.defaultView;
  const own = view?.getComputedStyle(element);
  if (!view || !own) return '';
  if (own.display === 'none') return 'display:none';
  const around = element.parentElement ? view.getComputedStyle(element.parentElement).visibility : 'visible';
  return own.visibility === around || (own.visibility || 'visible') === (around || 'visible')
    ? ''
    : `visibility:${own.visibility === 'visible' ? 'visible' : 'hidden'}`;
}

/** What the pack looks for in a style attribute (a colour that means a channel), and nothing else of it. */
function namedStyles(element: Element, { lexicon }: Work): string[] {
  const value = element.getAttribute('style') ?? '';
  return (lexicon.literals.get('style') ?? []).filter((one) => value.includes(one));
}

/** A cell of a header row; a row that begins with a `th` is data. */
function isHeaderCell(element: Element): boolean {
  const cell = element.closest(HEADER);
  if (cell !== null) return [...(cell.parentElement?.children ?? [])].every((one) => one.matches(HEADER));
  return element.closest('thead') !== null && element.closest('td') !== null;
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
