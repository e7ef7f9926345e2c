import { type Translate, translator } from '../index.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type ExportKey = keyof typeof vi;
export type ExportWords = Translate<ExportKey>;

const dictionaries: Readonly<Record<'vi' | 'en', Readonly<Record<ExportKey, string>>>> = { vi, en };

/** The texts of the import of a portal's file. */
export function exportTexts(language: 'vi' | 'en'): ExportWords {
  return translator<ExportKey>(dictionaries[language]);
}

/** The text of a code that may be newer than the words; `other` is shown then. */
export function exportWord(t: ExportWords, group: string, code: string, other: ExportKey): string {
  const key = `${group}.${code}`;
  return t(key in vi ? (key as ExportKey) : other);
}
