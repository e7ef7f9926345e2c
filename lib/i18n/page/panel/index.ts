import { en } from './en.ts';
import { vi } from './vi.ts';

export type PanelKey = keyof typeof vi;

export const panelWords = { vi, en };
