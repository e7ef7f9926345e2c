/**
 * Languages of the loudspeaker. One that is only spoken needs no dictionary: its citizens see Vietnamese and hear their own
 * words. Codes are ISO 639-1 where there is one, else ISO 639-3 (as the hub's clips carry them).
 */
import { KIOSK_LANGUAGES } from '../../i18n/kiosk/index.ts';

/**
 * By code, as the official list of ethnic groups spells them (Decision 121-TCTK/PPCĐ of 1979): what their speakers in the
 * province read on every other sign. Anything else is shown by its code.
 */
const NAMES: Readonly<Record<string, string>> = {
  blt: 'Tiếng Thái',
  hmn: 'Tiếng Mông',
  kjg: 'Tiếng Khơ Mú',
  tou: 'Tiếng Thổ',
};

/** Languages that staff are offered to record besides those of the screens. */
export const MINORITY_LANGUAGES: readonly string[] = ['blt', 'hmn', 'kjg'];

export interface VoiceLanguage {
  readonly id: string;
  readonly name: string;
}

/** A language code as the hub accepts it. */
export function isLanguageCode(text: string): boolean {
  return /^[a-z]{2,3}$/.test(text);
}

/** The language and its name on the button; an unknown code is its name. */
export function namedLanguage(id: string): VoiceLanguage {
  const written = KIOSK_LANGUAGES.find((one) => one.id === id);
  return written ?? { id, name: NAMES[id] ?? id };
}

/** True where the screens have no texts in this language: only its clips speak it. */
export function isOnlySpoken(id: string): boolean {
  return !KIOSK_LANGUAGES.some((one) => one.id === id);
}

/** The languages of the screens, then those that have clips only. */
export function offeredLanguages(clipLanguages: readonly string[]): readonly VoiceLanguage[] {
  const spoken = [...new Set(clipLanguages)].filter(isOnlySpoken).sort().map(namedLanguage);
  return [...KIOSK_LANGUAGES, ...spoken];
}

/** The language the texts of a screen are written in: `lang` of the page. */
export function writtenLanguage(id: string): string {
  return isOnlySpoken(id) ? 'vi' : id;
}
