/** A page with a worker beside it: what was sent is kept, answers are made by the test. */
import { expect, vi } from 'vitest';
import type { PanelToWorker } from '../../../lib/extension/messages.ts';
import type { PageToWorker, WorkerToPage } from '../../../lib/extension/page-messages.ts';
import type { WorkerDoor } from '../../../lib/page/ports.ts';

export type Sent = PageToWorker | PanelToWorker;

export interface FakeWorker extends WorkerDoor {
  readonly sent: Sent[];
  readonly of: <T extends Sent['type']>(type: T) => Extract<Sent, { type: T }>[];
  readonly tell: (message: WorkerToPage) => void;
  isGone: boolean;
  /** What the document left behind, by slot. */
  readonly kept: Map<string, unknown>;
}

export const stored = (counted = 0) => ({ stored: true, counted, isFinal: true });

/** A worker that answers with `answer`; what it throws is what the page's `send` rejects with. */
export function fakeWorker(answer: (message: Sent) => unknown): FakeWorker {
  const sent: Sent[] = [];
  const listeners = new Set<(message: WorkerToPage) => void>();
  const worker: FakeWorker = {
    sent,
    kept: new Map(),
    keep: (slot, word) => {
      if (word === null) worker.kept.delete(slot);
      else worker.kept.set(slot, structuredClone(word));
    },
    isGone: false,
    of: <T extends Sent['type']>(type: T) =>
      sent.filter((message): message is Extract<Sent, { type: T }> => message.type === type),
    tell: (message) => {
      for (const listener of listeners) listener(message);
    },
    send: async (message) => {
      if (worker.isGone) throw new Error('Extension context invalidated.');
      sent.push(structuredClone(message));
      return answer(message);
    },
    onMessage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isAlive: () => !worker.isGone,
  };
  return worker;
}

/** Waits for a condition of the page, never for a time. */
export const until = (holds: () => boolean) =>
  vi.waitFor(() => expect(holds()).toBe(true), { timeout: 5_000, interval: 10 });
