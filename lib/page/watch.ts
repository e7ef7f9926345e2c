/**
 * The one observer of a page (style: Dark Reader's shared observer). Nothing else in this house observes a host page.
 *
 *   mutation ──> onAdded (only while somebody listens: a toast may die with the page at once, so no delay)
 *       └─────> note the earliest change ──> one timer ──> one frame ──> the page has time ──> onScan   (at most 4 a second)
 *
 * childList only: work per record is what costs (field-notes §4.1). Text that changes in place is seen by the next
 * scan; gestures ask for one. Nothing runs while the page is hidden, except that added nodes are still heard while an
 * action waits for its confirmation. Scans that find nothing make the next ones rarer.
 */
import { whenIdle } from './idle.ts';

export interface WatchPorts {
  readonly window: Window & typeof globalThis;
  readonly now: () => number;
  /** Added nodes, without delay; called only while {@link Watch.listen} is on. */
  readonly onAdded: (nodes: readonly Node[]) => void;
  /** `since`: when the page first changed after the last scan, or null. Answers whether there was anything to do. */
  readonly onScan: (since: number | null) => boolean;
}

export interface Watch {
  readonly start: () => void;
  readonly stop: () => void;
  /** Asks for a scan soon, as after a gesture or a change of route. */
  readonly ask: () => void;
  /** Whether added nodes are wanted, also while hidden. */
  readonly listen: (isOn: boolean) => void;
  /** No change is waiting for its scan. */
  readonly isIdle: () => boolean;
}

const INTERVAL = 250;
const SLOWEST = 4_000;
const PATIENCE = 12;
/** The page is given this long to have time for a scan of its own accord. */
const PATIENT = 250;
/** More records than this are not looked through one by one: the whole document is. */
const HUGE = 1_000;

export function watchPage({ window, now, onAdded, onScan }: WatchPorts): Watch {
  const { document } = window;
  let isRunning = false;
  let isObserving = false;
  let isListening = false;
  let since: number | null = null;
  let lastScan = Number.NEGATIVE_INFINITY;
  let fruitless = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let frame = 0;
  let callOff: (() => void) | null = null;

  const observer = new window.MutationObserver((records) => {
    since ??= now();
    if (isListening) onAdded(addedNodes(records, document));
    schedule();
  });

  const scan = () => {
    callOff = null;
    if (!isRunning || document.hidden) return;
    const changed = since;
    since = null;
    lastScan = now();
    fruitless = onScan(changed) ? 0 : fruitless + 1;
  };

  const schedule = () => {
    if (timer !== null || frame !== 0 || callOff || !isRunning || document.hidden) return;
    const interval =
      fruitless < PATIENCE ? INTERVAL : Math.min(SLOWEST, INTERVAL * 2 ** (fruitless - PATIENCE + 1));
    const wait = Math.max(0, lastScan + interval - now());
    timer = setTimeout(() => {
      timer = null;
      frame = window.requestAnimationFrame(() => {
        frame = 0;
        callOff = whenIdle(window, scan, PATIENT);
      });
    }, wait);
  };

  const observe = () => {
    const isWanted = isRunning && (!document.hidden || isListening);
    if (isWanted === isObserving) return;
    isObserving = isWanted;
    if (isWanted) observer.observe(document, { childList: true, subtree: true });
    else observer.disconnect();
  };

  /** Nothing comes of its own accord any more. */
  const callAllOff = () => {
    if (timer !== null) clearTimeout(timer);
    if (frame !== 0) window.cancelAnimationFrame(frame);
    callOff?.();
    timer = null;
    frame = 0;
    callOff = null;
  };

  const onVisibility = () => {
    if (document.hidden) {
      since ??= now();
      callAllOff();
    }
    observe();
    if (!document.hidden) {
      fruitless = 0;
      schedule();
    }
  };

  return {
    start: () => {
      isRunning = true;
      document.addEventListener('visibilitychange', onVisibility);
      observe();
      schedule();
    },
    stop: () => {
      isRunning = false;
      document.removeEventListener('visibilitychange', onVisibility);
      observe();
      callAllOff();
    },
    ask: () => {
      if (fruitless > PATIENCE && timer !== null) {
        clearTimeout(timer);
        timer = null;
      }
      fruitless = 0;
      schedule();
    },
    listen: (isOn) => {
      isListening = isOn;
      observe();
    },
    isIdle: () => since === null && timer === null && frame === 0 && callOff === null,
  };
}

function addedNodes(records: readonly MutationRecord[], document: Document): Node[] {
  if (records.length > HUGE) return [document];
  const nodes = new Set<Node>();
  for (const record of records) for (const node of record.addedNodes) nodes.add(node);
  return nodes.size > HUGE ? [document] : [...nodes];
}
