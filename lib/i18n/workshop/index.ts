import { type Translate, translator } from '../index.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type WorkshopKey = keyof typeof vi;
export type WorkshopTranslate = Translate<WorkshopKey>;

const dictionaries: Readonly<Record<'vi' | 'en', Readonly<Record<WorkshopKey, string>>>> = { vi, en };

/** The texts of the workshop in a language. */
export function workshopTexts(language: 'vi' | 'en'): WorkshopTranslate {
  return translator<WorkshopKey>(dictionaries[language]);
}
