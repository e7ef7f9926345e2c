import { en } from './en.ts';
import { vi } from './vi.ts';

export type DashboardKey = keyof typeof vi;
export type DashboardLanguage = 'vi' | 'en';
export const dictionaries: Readonly<Record<DashboardLanguage, Record<DashboardKey, string>>> = { vi, en };
