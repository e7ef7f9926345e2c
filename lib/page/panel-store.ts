/** The panel's state and wishes: asks the worker, keeps what it said, asks again after every wish. */
import type { DaySummary } from '../extension/messages.ts';
import type { WorkerDoor } from './ports.ts';

export interface PanelState {
  readonly day: DaySummary | null;
  readonly trouble: 'unreachable' | 'failed' | null;
  readonly isBusy: boolean;
}

export interface PanelStore {
  readonly refresh: () => Promise<void>;
  readonly undo: (entry: { readonly stream: number; readonly seq: number }) => Promise<void>;
  readonly pause: (paused: boolean) => Promise<void>;
  readonly sync: () => Promise<void>;
  readonly stop: () => void;
}

/** Calls `onState` with every state and the wishes that may be made, beginning with the empty state. */
export function createPanelStore(
  door: WorkerDoor,
  onState: (state: PanelState, wishes: Pick<PanelStore, 'undo' | 'pause' | 'sync'>) => void,
): PanelStore {
  let state: PanelState = { day: null, trouble: null, isBusy: false };
  let isStopped = false;
  const set = (change: Partial<PanelState>) => {
    state = { ...state, ...change };
    if (!isStopped) onState(state, wishes);
  };
  const refresh = async () => {
    try {
      const day = (await door.send({ type: 'panel-worker/summary' })) as DaySummary | undefined;
      set(day?.counts ? { day } : { trouble: 'unreachable' });
    } catch {
      set({ trouble: 'unreachable' });
    }
  };
  const wish = async (message: Parameters<WorkerDoor['send']>[0]) => {
    set({ isBusy: true, trouble: null });
    try {
      const answer = (await door.send(message)) as { readonly ok?: boolean } | undefined;
      if (answer?.ok === false) set({ trouble: 'failed' });
    } catch {
      set({ trouble: 'failed' });
    }
    await refresh();
    set({ isBusy: false });
  };
  const wishes = {
    undo: ({ stream, seq }: { readonly stream: number; readonly seq: number }) =>
      wish({ type: 'panel-worker/undo', stream, seq }),
    pause: (paused: boolean) => wish({ type: 'panel-worker/pause', paused }),
    sync: () => wish({ type: 'panel-worker/sync' }),
  };
  const silence = door.onMessage((message) => {
    if (message?.type === 'worker-page/state') void refresh();
  });
  set({});
  return {
    refresh,
    ...wishes,
    stop: () => {
      isStopped = true;
      silence();
    },
  };
}
