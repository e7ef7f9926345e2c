import { type Translate, translator } from '../index.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type ExtensionKey = keyof typeof vi;
export type ExtensionTranslate = Translate<ExtensionKey>;

const dictionaries: Readonly<Record<'vi' | 'en', Readonly<Record<ExtensionKey, string>>>> = { vi, en };

/** The texts of the extension's own pages in a language. */
export function extensionTexts(language: 'vi' | 'en'): ExtensionTranslate {
  return translator<ExtensionKey>(dictionaries[language]);
}
