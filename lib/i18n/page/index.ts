import { en } from './en.ts';
import { vi } from './vi.ts';

export const badgeWords = { vi, en };
