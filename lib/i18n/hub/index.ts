/** Dictionaries of the hub, with those of the CSV readers it shares with a unit's own computer (lib/reports). */
import { type Translate, translator } from '../index.ts';
import { dictionaries, type ReportsKey } from '../reports/index.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type HubKey = keyof typeof vi;
export type HubWords = Translate<HubKey | ReportsKey>;

const words: Readonly<Record<'vi' | 'en', HubWords>> = {
  vi: translator({ ...dictionaries.vi, ...vi }),
  en: translator({ ...dictionaries.en, ...en }),
};

/** Words in the language a request asks for; Vietnamese unless it prefers English. */
export function hubWords(acceptLanguage: string | null | undefined): HubWords {
  return words[/^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'vi'];
}

/** The command line speaks both languages: Vietnamese, then English. */
export const bothWords: HubWords = (key, values) => `${words.vi(key, values)} / ${words.en(key, values)}`;
