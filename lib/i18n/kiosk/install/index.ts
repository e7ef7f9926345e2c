import { type Translate, translator } from '../../index.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type InstallKey = keyof typeof vi;
export type InstallTranslate = Translate<InstallKey>;

/** The installation page's texts, Vietnamese first. */
export const INSTALL_TEXTS: readonly { readonly language: string; readonly t: InstallTranslate }[] = [
  { language: 'vi', t: translator<InstallKey>(vi) },
  { language: 'en', t: translator<InstallKey>(en) },
];
