/** Dictionaries of the hub. */
import { type Translate, translator } from '../index.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type HubKey = keyof typeof vi;
export type HubWords = Translate<HubKey>;

const words: Readonly<Record<'vi' | 'en', HubWords>> = {
  vi: translator<HubKey>(vi),
  en: translator<HubKey>(en),
};

/** Words in the language a request asks for; Vietnamese unless it prefers English. */
export function hubWords(acceptLanguage: string | null | undefined): HubWords {
  return words[/^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'vi'];
}

/** The command line speaks both languages: Vietnamese, then English. */
export const bothWords: HubWords = (key, values) => `${words.vi(key, values)} / ${words.en(key, values)}`;
