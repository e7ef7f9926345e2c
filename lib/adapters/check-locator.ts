/** Structure check of locators: where a value may stand. */
import { type Bag, each, oneOf, type Report, shape } from './shape.ts';

const LOCATORS: readonly Readonly<Record<string, string>>[] = [
  { attr: 'text', css: 'text?', regex: 'regex?' },
  { header: 'texts', regex: 'regex?', line: 'line?' },
  { label: 'texts', regex: 'regex?' },
  { lineOf: 'any', regex: 'regex' },
  { exists: 'text' },
  { constant: 'scalar' },
  { css: 'text', regex: 'regex?', line: 'line?' },
];

function checkLocator(raw: unknown, path: string, report: Report): boolean {
  if (!oneOf(raw, path, LOCATORS, report)) return false;
  const lineOf = (raw as Bag).lineOf;
  return lineOf == null || shape(lineOf, `${path}.lineOf`, { header: 'texts?', css: 'text?' }, report);
}

/** A list of locators, at least one. */
export function checkLocators(raw: unknown, path: string, report: Report): boolean {
  if (Array.isArray(raw) && raw.length === 0) {
    report(path, 'empty');
    return false;
  }
  return each(raw, path, report, (one, at) => checkLocator(one, at, report));
}
