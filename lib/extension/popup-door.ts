/** What the popup's buttons do. */
import { browser } from 'wxt/browser';
import type { Action } from '../domain/vocabulary.ts';
import { ask, wish } from './client.ts';
import type { WorkerView } from './messages.ts';

const PAGES = {
  options: 'options.html',
  people: 'options.html#people',
  ledger: 'options.html#ledger',
  dashboard: 'dashboard.html',
} as const;

/** The view, or null when the worker refused or could not be reached. */
export async function askView(): Promise<WorkerView | null> {
  const view = await ask({ type: 'extension-worker/view' });
  return view !== null && 'summary' in view ? view : null;
}

export const popupDoor = {
  view: askView,
  duty: (person: string | null, pin: string) => wish({ type: 'extension-worker/duty', person, pin }),
  sync: () => wish({ type: 'panel-worker/sync' }),
  undo: (stream: number, seq: number) => wish({ type: 'panel-worker/undo', stream, seq }),
  pause: (paused: boolean) => wish({ type: 'panel-worker/pause', paused }),
  manual: (entry: { action: Action; n: number; day: string; reason: string }, attempt: string) =>
    wish({ type: 'extension-worker/manual', ref: { document: attempt, counter: 1 }, ...entry }),
  open(page: keyof typeof PAGES) {
    browser.tabs.create({ url: new URL(PAGES[page], location.origin).href });
    window.close();
  },
};
