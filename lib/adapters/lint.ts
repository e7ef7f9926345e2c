/**
 * Lint of packs (host-pages §8.2-9): what is sure to break with the next build of the host, or to match too much.
 * Runs in tests, in the workshop and at the hub before a pack is signed; never in a host page.
 */
import { fold } from '../domain/vocabulary.ts';
import { checkPack, type PackProblem } from './check-pack.ts';
import type { Locator, PageType } from './pack.ts';

const FRAGILE: readonly (readonly [RegExp, string])[] = [
  [/_ngcontent|_nghost/, 'changes with every Angular build'],
  [/-c\d{1,4}\b/, 'changes with every Angular build'],
  [/mat-input-\d/, 'depends on the order of creation'],
  [/cdk-[a-z-]*\d/, 'depends on the order of creation'],
  [/^\s*\/\/|^\s*\/html|\/\/\*\[@/, 'absolute XPath'],
  [/:has\(/, 'too slow as a standing rule'],
  [/:nth-child\([^)]*\).*:nth-child\(|[>\s][^,]*[>\s][^,]*:nth-child\(/, ':nth-child beyond depth 1'],
  [/\b(?:css|sc|emotion|jss)-[a-z0-9]{5,8}\b/, 'generated class name'],
];
/** Labels that stand on every step of a wizard. */
const SHARED_LABELS = new Set(['tiep tuc', 'dong y va tiep tuc', 'buoc tiep theo']);
const SHARED_IDS = /#(?:btn-next|next)\b|data-e2e=['"]?btn-next/;
const SELECTOR_KEYS = new Set([
  'css',
  'exists',
  'notExists',
  'within',
  'only',
  'sign',
  'partial',
  'emptyWithin',
]);

/** Everything wrong with a pack, structure first. Empty: may be shipped. */
export function lintPack(raw: unknown): readonly PackProblem[] {
  const checked = checkPack(raw);
  const problems: PackProblem[] = [...checked.problems];
  const add = (field: string, problem: string) => problems.push({ field, problem });
  walk(raw, '', (field, key, value) => {
    if (SELECTOR_KEYS.has(key)) lintSelector(field, value, add);
  });
  for (const [index, rule] of (checked.pack?.actions ?? []).entries()) {
    const at = `actions.${index}`;
    const labels = rule.gesture.label?.map(fold) ?? [];
    const isAlone = labels.length > 0 && labels.every((label) => SHARED_LABELS.has(label));
    const isNarrow = /\[(?:form|name|id|type)\s*[*^$]?=|#/.test(rule.gesture.css);
    if (isAlone && !isNarrow) add(`${at}.gesture.label`, 'stands on every step of a wizard');
    if (labels.length === 0 && !isNarrow && !rule.gesture.title)
      add(`${at}.gesture`, 'any control would match');
    if (SHARED_IDS.test(rule.gesture.css) && labels.length === 0) {
      add(`${at}.gesture.css`, 'the id is shared by every step of a wizard');
    }
    for (const [where, confirm] of rule.confirm.entries()) {
      if (confirm.text !== undefined && !/^\^/.test(confirm.text)) {
        add(`${at}.confirm.${where}.text`, 'must be anchored at its start');
      }
    }
    if (rule.within < 1_000 || rule.within > 120_000) add(`${at}.within`, 'not between 1 s and 2 min');
  }
  for (const [index, page] of (checked.pack?.pages ?? []).entries()) {
    const isAny = /^\^\(?\.\*|^\^\.\+|^\^\/\.\*\$$/.test(page.url);
    if (isAny && page.kind !== 'suggest') add(`pages.${index}.url`, 'matches every page');
    if (page.kind === 'suggest' && Object.values(page.fields).some((field) => !field.from.every(isHeader)))
      add(`pages.${index}.fields`, 'a suggestion knows headers only');
    if (page.kind === 'list' && isKnownByCode(page))
      add(
        `pages.${index}.signals`,
        'a list whose code is renamed would not even be known, and so not be broken',
      );
    for (const [at, rule] of (page.totals ?? []).entries()) {
      for (const [name, locators] of Object.entries(rule.figures)) {
        const isLoose = locators.some((one) => 'regex' in one && !/^\^|\$$/.test(one.regex ?? '^'));
        if (isLoose) add(`pages.${index}.totals.${at}.figures.${name}`, 'must be anchored at one end');
        if (locators.some((one) => 'constant' in one || 'exists' in one))
          add(`pages.${index}.totals.${at}.figures.${name}`, 'a figure is read, never made');
      }
    }
  }
  return problems;
}

/** True when a list is recognised only with the header that its code is read by. */
function isKnownByCode({ fields, signals }: PageType): boolean {
  const own = new Set(
    Object.values(fields)
      .filter(({ required }) => required)
      .flatMap(({ from }) => from.flatMap((one) => ('header' in one ? one.header.map(fold) : []))),
  );
  return signals.some(
    (signal) =>
      'headers' in signal &&
      signal.headers.filter((words) => !words.split('|').some((word) => own.has(fold(word)))).length <
        signal.min,
  );
}

const isHeader = (locator: Locator) => 'header' in locator;

function lintSelector(field: string, selector: string, add: (field: string, problem: string) => void): void {
  for (const [pattern, problem] of FRAGILE) if (pattern.test(selector)) add(field, problem);
}

/** Visits every text inside the pack with its path and the nearest key that is a name. */
function walk(raw: unknown, path: string, visit: (field: string, key: string, value: string) => void): void {
  const key = path
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .at(-1);
  if (typeof raw === 'string') visit(path, key ?? '', raw);
  else if (typeof raw === 'object' && raw !== null) {
    for (const [name, value] of Object.entries(raw)) walk(value, path ? `${path}.${name}` : name, visit);
  }
}
