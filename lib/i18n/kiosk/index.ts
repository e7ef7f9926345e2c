import { type Translate, translator } from '../index.ts';
import * as languages from './languages.ts';

export type KioskKey = keyof typeof languages.vi;
export type KioskTranslate = Translate<KioskKey>;

const dictionaries: Readonly<Record<string, Readonly<Record<KioskKey, string>>>> = languages;

/** The languages of the citizen's screens with their own names, in the order of the buttons: Vietnamese first. */
export const KIOSK_LANGUAGES: readonly { readonly id: string; readonly name: string }[] = Object.keys(
  dictionaries,
)
  .sort((one, other) => Number(other === 'vi') - Number(one === 'vi') || (one < other ? -1 : 1))
  .map((id) => ({ id, name: dictionaries[id]!.languageName }));

/** The citizen's texts in a language, else in Vietnamese. */
export function kioskTexts(language: string): KioskTranslate {
  return translator<KioskKey>(dictionaries[language] ?? languages.vi);
}
