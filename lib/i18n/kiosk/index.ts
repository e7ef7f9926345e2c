import { type Translate, translator } from '../index.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type KioskKey = keyof typeof vi;
export type KioskTranslate = Translate<KioskKey>;

/** The languages of the citizen's screens with their own names, in the order of the buttons. */
export const KIOSK_LANGUAGES = [
  { id: 'vi', name: 'Tiếng Việt' },
  { id: 'en', name: 'English' },
] as const;

const dictionaries: Readonly<Record<string, Readonly<Record<KioskKey, string>>>> = { vi, en };

/** The citizen's texts in a language, else in Vietnamese. */
export function kioskTexts(language: string): KioskTranslate {
  return translator<KioskKey>(dictionaries[language] ?? vi);
}
