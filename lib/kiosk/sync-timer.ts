/** When the device talks to its hub by itself: soon after the start, at the time the last sync named, when a network appears. */
import type { SyncResult } from '../sync/types.ts';

export interface SyncTimerPorts {
  readonly sync: () => Promise<Pick<SyncResult, 'nextAt'> | null>;
  readonly wall: () => number;
  readonly later: (run: () => void, ms: number) => () => void;
  /** Called with a listener for "a network appeared". */
  readonly onOnline: (listener: () => void) => void;
  /** Called whenever a sync has ended. */
  readonly onIdle?: () => void;
}

const FIRST_MS = 15_000;
/** Never sooner than this, never later than that. */
const BOUNDS = { least: 30_000, most: 15 * 60_000 } as const;

export interface SyncTimer {
  /** True while something is being sent or asked for. */
  isRunning(): boolean;
}

/** Starts the timer; one sync at a time. */
export function startSyncTimer(ports: SyncTimerPorts): SyncTimer {
  let cancel = ports.later(run, FIRST_MS);
  let isRunning = false;

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    cancel();
    let wait: number = BOUNDS.most;
    try {
      const result = await ports.sync();
      if (result) wait = result.nextAt - ports.wall();
    } catch (error) {
      console.warn('nmc kiosk: sync failed', error instanceof Error ? error.name : typeof error);
    } finally {
      isRunning = false;
      ports.onIdle?.();
      cancel = ports.later(run, Math.min(BOUNDS.most, Math.max(BOUNDS.least, wait)));
    }
  }

  ports.onOnline(() => void run());
  return { isRunning: () => isRunning };
}
