/**
 * A door of the test flavour only: a test writes a token on the root element and gets it back once everything that is on the
 * page has been read, told and stored, so that it waits for a condition and never for time.
 */
const LOOK = 25;

/** Answers as long as the document lives, also when the reader has stopped. */
export function answerQuiet(window: Window & typeof globalThis, isIdle: () => boolean): void {
  setInterval(() => {
    const { dataset } = window.document.documentElement;
    if (dataset.nmcAsk !== undefined && dataset.nmcQuiet !== dataset.nmcAsk && isIdle()) {
      dataset.nmcQuiet = dataset.nmcAsk;
    }
  }, LOOK);
}
