/** The browser behind the reader's ports: only `runtime` is touched, no library (bytes: every granted page loads this). */
import type { PanelToWorker } from '../extension/messages.ts';
import type { KeptWord, PageToWorker, WorkerToPage } from '../extension/page-messages.ts';

interface Area {
  readonly set: (items: Record<string, unknown>) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
}

interface Runtime {
  readonly id?: string;
  readonly sendMessage: (message: unknown) => Promise<unknown>;
  readonly onMessage: {
    readonly addListener: (listener: (message: unknown) => void) => void;
    readonly removeListener: (listener: (message: unknown) => void) => void;
  };
}

const scope = globalThis as unknown as {
  readonly browser?: { readonly runtime?: Runtime; readonly storage?: { readonly local?: Area } };
  readonly chrome?: { readonly runtime?: Runtime; readonly storage?: { readonly local?: Area } };
};
const runtimeOf = (): Runtime | undefined => scope.browser?.runtime ?? scope.chrome?.runtime;

export interface WorkerDoor {
  readonly send: (message: PageToWorker | PanelToWorker) => Promise<unknown>;
  readonly onMessage: (listener: (message: WorkerToPage) => void) => () => void;
  /** False once the extension was updated or removed under this page. */
  readonly isAlive: () => boolean;
  /** Leaves words in the extension's own storage in place of those before, or takes them away (null). */
  readonly keep: (slot: string, words: readonly KeptWord[] | null) => void;
}

/** The door to the worker of this extension. */
export function workerDoor(): WorkerDoor {
  return {
    send: async (message) => {
      const runtime = runtimeOf();
      if (!runtime?.id) throw new Error('the extension is gone');
      return runtime.sendMessage(message);
    },
    onMessage: (listener) => {
      const hear = (message: unknown) => listener(message as WorkerToPage);
      const runtime = runtimeOf();
      runtime?.onMessage.addListener(hear);
      return () => {
        if (runtimeOf()?.id) runtime?.onMessage.removeListener(hear);
      };
    },
    keep: (slot, words) => {
      const local = (scope.browser ?? scope.chrome)?.storage?.local;
      void (words === null ? local?.remove(slot) : local?.set({ [slot]: words }))?.catch(() => undefined);
    },
    isAlive: () => {
      try {
        return Boolean(runtimeOf()?.id);
      } catch {
        return false;
      }
    },
  };
}
