/**
 * Actions on a page: which gesture this is, which dossiers it is about, and what the page says afterwards.
 * Pure reading of the document; the state (armed, confirmed) lives in lib/page/arming.ts.
 */
import { fold, isFinished } from '../../domain/vocabulary.ts';
import type { ActionRule, Confirm, Pack, PageType, Vocabulary } from '../pack.ts';
import { codeOf, findRows, readRow } from './extract.ts';
import { matchesPlace } from './recognise.ts';
import { newTables } from './table.ts';
import { capture, linesOf, regexOf, textOf } from './text.ts';
import { codeIn } from './value.ts';
import { firstVisible, isUsable, isVisible } from './visible.ts';

const CHECKED =
  'input[type="checkbox"]:checked, [role="checkbox"][aria-checked="true"], .mat-checkbox-checked, .mat-mdc-checkbox-checked';
const MAX_CODES = 500;

export interface Gesture {
  readonly rule: ActionRule;
  readonly control: Element;
  readonly dialog: Element | null;
}

/** Folded names of a control: its text, title, aria-label, and value of an `<input type=submit>`. */
function namesOf(control: Element): string[] {
  const value = control.tagName === 'INPUT' ? ((control as HTMLInputElement).value ?? '') : '';
  return [textOf(control, 80), control.getAttribute('title'), control.getAttribute('aria-label'), value]
    .map((name) => fold(name ?? ''))
    .filter((name) => name !== '');
}

/** The rule a pointer or key gesture on `target` belongs to, or null. The control must be shown and enabled. */
export function gestureOf(pack: Pack, place: string, target: Element): Gesture | null {
  for (const rule of pack.actions) {
    if (!matchesPlace(rule.url, place)) continue;
    const { css, label, within, title } = rule.gesture;
    const control = target.closest(css);
    if (!control || !isUsable(control)) continue;
    if (label && !namesOf(control).some((name) => label.some((one) => fold(one) === name))) continue;
    const dialog = within === undefined ? null : control.closest(within);
    if (within !== undefined && (!dialog || !isVisible(dialog))) continue;
    if (title !== undefined && !(regexOf(title)?.test(fold(titleOf(rule, dialog))) ?? false)) continue;
    return { rule, control, dialog };
  }
  return null;
}

function titleOf(rule: ActionRule, dialog: Element | null): string {
  const element = dialog && rule.dialogTitle ? dialog.querySelector(rule.dialogTitle.css) : null;
  return element ? textOf(element, 300) : '';
}

/** Where to read codes from: the recognised page with its words, and the code of the row last touched. */
export interface CodeSource {
  readonly page: PageType | null;
  readonly words: Vocabulary;
  readonly root: Document;
  readonly lastRow: string | null;
}

/** The row of the recognised list that holds this element, or null. */
export function rowOf(element: Element, page: PageType | null): Element | null {
  for (const css of page?.rows?.css ?? []) {
    const row = element.closest(css);
    if (row) return row;
  }
  return null;
}

/** The code of the row that holds this element, or null. */
export function codeAt(element: Element, source: CodeSource): string | null {
  const row = rowOf(element, source.page);
  return row && source.page ? codeOf(row, source.page, source.words, newTables()) : null;
}

/** The codes a gesture is about, from the first place that names any; `selected` is the number of ticked rows. */
export function codesOf(
  gesture: Gesture,
  source: CodeSource,
): { readonly codes: readonly string[]; readonly selected: number | null } {
  const { page, words, root } = source;
  for (const from of gesture.rule.codes) {
    if (from === 'row') {
      const code = codeAt(gesture.control, source);
      if (code) return { codes: [code], selected: null };
    } else if (from === 'lastRow') {
      if (source.lastRow) return { codes: [source.lastRow], selected: null };
    } else if (from === 'dialogTitle') {
      const regex = gesture.rule.dialogTitle?.regex;
      const found = regex === undefined ? null : capture(regex, titleOf(gesture.rule, gesture.dialog));
      const code = found === null ? null : codeIn(found);
      if (code) return { codes: [code], selected: null };
    } else if (page) {
      const { rows } = findRows(page, root);
      const chosen = from === 'page' ? rows.slice(0, 1) : rows.filter((row) => row.querySelector(CHECKED));
      if (chosen.length === 0) continue;
      const tables = newTables();
      const codes = chosen.map((row) => codeOf(row, page, words, tables)).filter((code) => code !== null);
      return {
        codes: [...new Set(codes)].slice(0, MAX_CODES),
        selected: from === 'page' ? null : chosen.length,
      };
    }
  }
  return { codes: [], selected: null };
}

/** What a node said: the element whose text matched, and N when the text names it. */
export interface Said {
  readonly element: Element;
  readonly text: string;
  readonly count: number | null;
}

/** Elements of `css` that a freshly added node is, holds or lies in; for a document, all of them. */
export function candidates(node: Node, css: string): Element[] {
  if (node.nodeType === 9) return [...(node as Document).querySelectorAll(css)];
  const element = node.nodeType === 1 ? (node as Element) : node.parentElement;
  if (!element) return [];
  const around = element.closest(css);
  if (around) return [around];
  return node.nodeType === 1 ? [...element.querySelectorAll(css)] : [];
}

/** What matching, visible elements under `node` say: `text` is a folded expression, run over each line and the whole. */
export function said(node: Node, css: string, text: string): Said[] {
  const regex = regexOf(text);
  if (!regex) return [];
  const found: Said[] = [];
  for (const element of candidates(node, css)) {
    if (!isVisible(element)) continue;
    const whole = fold(textOf(element, 400));
    const texts = [whole, ...linesOf(element).map((line) => fold(line.slice(0, 400)))];
    const match = texts.map((one) => regex.exec(one)).find((one) => one !== null);
    if (!match) continue;
    const count = match[1] !== undefined && /^\d{1,4}$/.test(match[1]) ? Number(match[1]) : null;
    found.push({ element, text: whole, count: count !== null && count >= 1 ? count : null });
  }
  return found;
}

/** True when the route and the elements of a confirmation (those that are given) are of the page now shown. */
export function holdsOnPage(
  confirm: Pick<Confirm, 'route' | 'exists' | 'notExists'>,
  place: string,
  root: Document,
): boolean {
  if (confirm.route !== undefined && !matchesPlace(confirm.route, place)) return false;
  if (confirm.notExists !== undefined && firstVisible(root, confirm.notExists) !== null) return false;
  return confirm.exists === undefined || firstVisible(root, confirm.exists) !== null;
}

/** Those of these rows that the page shows as done: finished dossiers, or documents of state done. */
export function doneOf(
  codes: readonly string[],
  { page, words, root }: Omit<CodeSource, 'lastRow'>,
): readonly string[] {
  if (!page || codes.length === 0) return [];
  const tables = newTables();
  const done = findRows(page, root)
    .rows.filter((row) => codes.includes(codeOf(row, page, words, tables) ?? ''))
    .map((row) => readRow(row, page, words, tables))
    .map((one) => {
      if (one.kind === 'document') return one.state === 'done' ? one.id : null;
      const isOver = one.kind === 'dossier' && one.facts.status !== undefined && isFinished(one.facts.status);
      return isOver ? one.code : null;
    });
  return codes.filter((code) => done.includes(code));
}
