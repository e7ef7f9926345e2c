import { type Translate, translator } from '../../index.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type StaffKey = keyof typeof vi;
export type StaffTranslate = Translate<StaffKey>;

const dictionaries: Readonly<Record<string, Readonly<Record<StaffKey, string>>>> = { vi, en };

/** The staff screens' texts in a language, else in Vietnamese. */
export function staffTexts(language: string): StaffTranslate {
  return translator<StaffKey>(dictionaries[language] ?? vi);
}
