/** The closed set of locators: where a value may stand in a row. */
import { fold } from '../../domain/vocabulary.ts';
import type { Field, Locator, Vocabulary } from '../pack.ts';
import { cellUnder, type Tables } from './table.ts';
import { capture, clean, lineOf, linesOf, MAX_LINE, segmentsOf, textOf } from './text.ts';
import { toValue, type Value } from './value.ts';
import { firstVisible } from './visible.ts';

/** What a locator found: candidate texts in order, or a value that needs no reading. */
type Found = { readonly texts: readonly string[] } | { readonly value: string | number | boolean } | null;

const inside = (row: Element, css: string) => firstVisible(row, css);

function pick(element: Element, regex: string | undefined, line: number | undefined, tables: Tables): Found {
  tables.read = element;
  if (line !== undefined) {
    const text = lineOf(element, line);
    if (text === undefined) return { texts: [''] };
    return regex === undefined ? { texts: [text] } : captured(regex, [text]);
  }
  if (regex !== undefined) return captured(regex, linesOf(element));
  return { texts: [textOf(element, MAX_LINE)] };
}

function captured(regex: string, lines: readonly string[]): Found {
  const texts = lines.map((line) => capture(regex, line)).filter((text) => text !== null);
  return texts.length > 0 ? { texts } : null;
}

/** Beside: "label: value" in one line, or in the next piece of it. Below: the following line. */
function besideLabel(row: Element, labels: readonly string[]): string[] {
  const wanted = new Set(labels.map(fold));
  const lines = segmentsOf(row);
  const texts: string[] = [];
  const below = (index: number) => {
    const next = clean(lines[index + 1]?.join('') ?? '');
    return /^[^\d:]{2,60}:/.test(next) ? '' : next;
  };
  lines.forEach((pieces, index) => {
    const line = clean(pieces.join(''));
    if (line.length > MAX_LINE) return;
    const colon = line.indexOf(':');
    if (colon > 0 && wanted.has(fold(line.slice(0, colon)))) {
      const rest = clean(line.slice(colon + 1));
      texts.push(rest || below(index));
    } else if (wanted.has(fold(line))) {
      texts.push(below(index));
    } else if (wanted.has(fold(pieces[0] ?? ''))) {
      texts.push(clean(pieces.slice(1).join('')));
    }
  });
  return texts;
}

/** What one locator finds in a row, unchecked; null when it finds nothing. */
export function locate(row: Element, locator: Locator, tables: Tables): Found {
  if ('constant' in locator) return { value: locator.constant };
  if ('exists' in locator) return inside(row, locator.exists) ? { value: true } : null;
  if ('attr' in locator) {
    const element = locator.css ? inside(row, locator.css) : row;
    const text = element?.getAttribute(locator.attr);
    if (text == null) return null;
    return locator.regex
      ? captured(locator.regex, [clean(text)])
      : { texts: [clean(text).slice(0, MAX_LINE)] };
  }
  if ('header' in locator) {
    const cell = cellUnder(row, locator.header, tables);
    return cell ? pick(cell, locator.regex, locator.line, tables) : null;
  }
  if ('label' in locator) {
    const texts = besideLabel(row, locator.label);
    if (texts.length === 0) return null;
    return locator.regex ? captured(locator.regex, texts) : { texts };
  }
  if ('lineOf' in locator) {
    const { header, css } = locator.lineOf ?? {};
    const cell = header ? cellUnder(row, header, tables) : css ? inside(row, css) : row;
    return cell ? captured(locator.regex, linesOf(cell)) : null;
  }
  const element = inside(row, locator.css);
  return element ? pick(element, locator.regex, locator.line, tables) : null;
}

/** Reads one field: the first locator whose value passes the check, with its index. Null when none does. */
export function readField(
  row: Element,
  field: Field,
  words: Vocabulary,
  tables: Tables,
): { readonly value: Value; readonly rank: number } | null {
  for (let rank = 0; rank < field.from.length; rank += 1) {
    tables.read = null;
    const found = locate(row, field.from[rank]!, tables);
    if (!found) continue;
    if ('value' in found) return { value: found.value, rank };
    for (const text of found.texts) {
      const value = toValue(field, text, words);
      if (value !== undefined) return { value, rank };
    }
  }
  return null;
}
