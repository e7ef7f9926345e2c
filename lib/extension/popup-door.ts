/** What the popup's buttons do. */
import { browser } from 'wxt/browser';
import type { Action } from '../domain/vocabulary.ts';
import { ask, wish } from './client.ts';
import { handOver } from './handed-file.ts';
import type { WorkerView } from './messages.ts';
import { askItProfile, type ClickPlace, openWorkshop, placeOfClick } from './workshop-door.ts';

const PAGES = {
  options: 'options.html',
  people: 'options.html#people',
  ledger: 'options.html#ledger',
  import: 'options.html#import',
  dashboard: 'dashboard.html',
} as const;

/** The view, or null when the worker refused or could not be reached. */
export async function askView(): Promise<WorkerView | null> {
  const view = await ask({ type: 'extension-worker/view' });
  return view !== null && 'summary' in view ? view : null;
}

let place: ClickPlace = { window: null, tab: null };

export const popupDoor = {
  async isIt() {
    place = await placeOfClick();
    return (await askItProfile(null))?.isOn === true;
  },
  openWorkshop: () => void openWorkshop(place).then(() => window.close()),
  view: askView,
  duty: (person: string | null, pin: string) => wish({ type: 'extension-worker/duty', person, pin }),
  sync: () => wish({ type: 'panel-worker/sync' }),
  undo: (stream: number, seq: number) => wish({ type: 'panel-worker/undo', stream, seq }),
  pause: (paused: boolean) => wish({ type: 'panel-worker/pause', paused }),
  manual: (entry: { action: Action; n: number; day: string; reason: string }, attempt: string) =>
    wish({ type: 'extension-worker/manual', ref: { document: attempt, counter: 1 }, ...entry }),
  async lookUp(code: string) {
    const answer = await ask({ type: 'extension-worker/lookup', code });
    return answer !== null && 'state' in answer ? answer : null;
  },
  markRows: (isOn: boolean) => wish({ type: 'extension-worker/mark-rows', isOn }),
  guide: (topic: 'filing' | 'payment', attempt: string) =>
    wish({ type: 'extension-worker/guidance', ref: { document: attempt, counter: 1 }, topic, n: 1 }),
  async month(month: string) {
    const answer = await ask({ type: 'extension-worker/month', month });
    return answer !== null && 'rows' in answer ? answer : null;
  },
  async copy({ text, html }: { readonly text: string; readonly html: string }) {
    const item = new ClipboardItem({
      'text/plain': new Blob([text], { type: 'text/plain' }),
      'text/html': new Blob([html], { type: 'text/html' }),
    });
    return navigator.clipboard.write([item]).then(
      () => true,
      () => false,
    );
  },
  importFile: (file: File) => handOver(file).finally(() => window.close()),
  open(page: keyof typeof PAGES) {
    browser.tabs.create({ url: new URL(PAGES[page], location.origin).href });
    window.close();
  },
};
