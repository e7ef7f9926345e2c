/** What the dashboard is given by the page that starts it. */
import type { ExportDoor } from '../../components/dashboard/export-model.ts';
import type { Controller } from './controller.ts';
import type { FiguresSource } from './source.ts';
import type { Store } from './store.ts';

export interface AppProps {
  /** Where the page can read files that portals export. */
  readonly exports?: ExportDoor | null;
  readonly source: FiguresSource;
  readonly store: Store;
  readonly controller: Controller;
  readonly clock: () => number;
  readonly isSecure: boolean;
  readonly print: () => void;
  readonly copy: (text: string) => Promise<boolean>;
}
