import { type Translate, translator } from '../index.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type FormKey = keyof typeof vi;
export type FormTranslate = Translate<FormKey>;

/** The languages of the phone's form with their own names. */
export const FORM_LANGUAGES = [
  { id: 'vi', name: 'Tiếng Việt' },
  { id: 'en', name: 'English' },
] as const;

const dictionaries: Readonly<Record<string, Readonly<Record<FormKey, string>>>> = { vi, en };

/** The form's texts in a language, else in Vietnamese. */
export function formTexts(language: string): FormTranslate {
  return translator<FormKey>(dictionaries[language] ?? vi);
}
