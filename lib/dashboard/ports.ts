/** What the page around the dashboard gives. */
import type { DashboardLanguage } from '../i18n/dashboard/index.ts';
import type { Figures } from '../indicators/figures.ts';

export interface Ports {
  readonly clock: () => number;
  readonly readHash: () => string;
  readonly writeHash: (hash: string, replace: boolean) => void;
  readonly saveFile: (name: string, content: Blob) => void;
  readonly rememberLanguage: (language: DashboardLanguage) => void;
  readonly figuresToXlsx: (figures: Figures, language: DashboardLanguage) => Promise<Blob>;
}
