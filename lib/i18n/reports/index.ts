import type { Translate } from '../index.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type ReportsKey = keyof typeof vi;
export type ReportsWords = Translate<ReportsKey>;
export const dictionaries: Readonly<Record<'vi' | 'en', Record<ReportsKey, string>>> = { vi, en };
