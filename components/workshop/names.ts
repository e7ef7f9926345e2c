/** Words for names of fields, values and health; a name without a word stands for itself. */
import type { WorkshopKey } from '../../lib/i18n/workshop/index.ts';
import { vi } from '../../lib/i18n/workshop/vi.ts';
import type { DifferenceView, LocatorView, Words } from './model.ts';

export function named(t: Words, kind: 'field' | 'value' | 'health', name: string): string {
  const key = `${kind}.${name}`;
  return key in vi ? t(key as WorkshopKey) : name;
}

/** How a locator finds its place. */
export function wayText(t: Words, way: LocatorView): string {
  const detail = way.kind === 'lineOf' && way.detail === '' ? t('locator.row') : way.detail;
  return t(`locator.${way.kind}`, { detail });
}

/** One line: what was wanted, what came. */
export function differenceText(t: Words, difference: DifferenceView): string {
  const { what, row, name } = difference;
  const word = (text: string) => {
    if (text === '') return t('diff.nothing');
    return what === 'health' ? named(t, 'health', text) : what === 'field' ? named(t, 'value', text) : text;
  };
  return t(`diff.${what}`, {
    row: row ?? 0,
    name: name === undefined ? '' : what === 'field' ? named(t, 'field', name) : name,
    expected: word(difference.expected),
    found: word(difference.found),
  });
}
