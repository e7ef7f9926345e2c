/** Documents for tests: happy-dom, typed as the browser's. */
import { Window } from 'happy-dom';

export type TestWindow = globalThis.Window & typeof globalThis;

/** A window showing this HTML at this address. */
export function windowOf(html: string, url = 'http://127.0.0.1/'): TestWindow {
  const window = new Window({ url, width: 1280, height: 800 });
  window.document.write(html);
  return window as unknown as TestWindow;
}
