/**
 * The machine of `flow.ts` with time and storage attached. Principles:
 *  - a visit that has ended is *owed* until the journal has it; what is owed, and what the visit under way would leave,
 *    is mirrored outside the journal and stored at the next start (same `ref`, so never twice);
 *  - a finished comment is owed with its visit and kept before the entry that names it; one half typed is never mirrored;
 *  - one append at a time, oldest first; thanks only after the append that held the visit resolved;
 *  - one timer, set to the flow's next deadline.
 */
import type { EntryDraft } from '../domain/entry.ts';
import { advance, freshFlow, nextDeadline, rescueOf } from './flow.ts';
import type { Flow, FlowEffect, FlowEvent, Rules } from './flow-types.ts';
import { type EndedVisit, feedbackDraft, type WrittenComment } from './visit.ts';

type WithoutNow<E> = E extends unknown ? Omit<E, 'now'> : never;
/** A flow event as the screens send it. */
export type Act = WithoutNow<FlowEvent>;

export interface KioskPorts {
  /** Milliseconds that never run backwards ({@link ../clock.ts wakefulClock}). */
  readonly clock: () => number;
  /** Milliseconds since 1970. */
  readonly wall: () => number;
  /** Runs once after `ms`; the answer cancels it. */
  readonly later: (run: () => void, ms: number) => () => void;
  /** Resolves when comments and entries are durable; with none, when the storage works. Rejects otherwise. */
  readonly append: (drafts: readonly EntryDraft[], comments: readonly WrittenComment[]) => Promise<void>;
  /** Keeps a text where a crash of the journal does not reach it; null clears it. */
  readonly mirror: (text: string | null) => void;
  readonly beep: () => void;
  readonly rules: () => Rules;
  /** The counter this device stands at, or null. */
  readonly counter: () => string | null;
  readonly newId: () => string;
}

export interface Kiosk {
  flow(): Flow;
  send(act: Act): void;
  /** True while something is not in the journal yet. */
  isOwing(): boolean;
  /** The screen of the next citizen, with nothing kept of a visit: for a window that turned out not to write. */
  forget(): void;
  /** Adds what an earlier run owed and stores it. */
  owe(drafts: readonly EntryDraft[], comments?: readonly WrittenComment[]): void;
  subscribe(listener: () => void): () => void;
}

/** An append that takes longer is a failure (a full disk was seen to hang one write for ever). Milliseconds. */
const APPEND_LIMIT = 10_000;

/** Starts the flow; nothing touches the storage before a visit ends or {@link Kiosk.owe} is called. */
export function createKiosk(ports: KioskPorts): Kiosk {
  let flow = freshFlow(ports.rules(), ports.clock());
  let owed: EntryDraft[] = [];
  /** The comments that drafts in `owed` name. */
  let words: WrittenComment[] = [];
  let isStoring = false;
  let mirrored: string | null = null;
  let cancelTimer = () => {};
  const listeners = new Set<() => void>();

  function send(act: Act): void {
    const now = ports.clock();
    const step = advance(flow, { ...act, now } as FlowEvent, ports.rules());
    if (step.flow === flow && step.effects.length === 0) {
      if (act.type === 'tick') schedule(now);
      return;
    }
    // A touch moves deadlines only: the screens are drawn anew by what it leads to, unless it takes the warning away.
    const isSeen = act.type !== 'touch' || step.flow.warnedUntil !== flow.warnedUntil;
    flow = step.flow;
    for (const effect of step.effects) run(effect);
    if (act.type !== 'touch' && act.type !== 'write') writeMirror(now);
    schedule(now);
    if (isSeen) for (const listener of listeners) listener();
  }

  function run(effect: FlowEffect): void {
    switch (effect.type) {
      case 'beep':
        ports.beep();
        return;
      case 'guided':
        owed.push({
          kind: 'guidance',
          body: { topic: effect.topic, n: 1 },
          ref: `guide:${ports.newId()}`,
        });
        break;
      case 'store':
      case 'keep':
        owed.push(draftOf(effect.ended));
        words.push(...wordsOf(effect.ended));
    }
    if (effect.type !== 'keep') void storeOwed();
  }

  async function storeOwed(): Promise<void> {
    if (isStoring) return;
    isStoring = true;
    try {
      do {
        const batch = [...owed];
        const written = [...words];
        await withLimit(ports.append(batch, written));
        owed = owed.filter((draft) => !batch.includes(draft));
        words = words.filter((comment) => !written.includes(comment));
        writeMirror(ports.clock());
        send({ type: 'stored', ids: batch.map(visitId) });
      } while (owed.length > 0);
    } catch (error) {
      console.error('nmc kiosk: storing failed', error instanceof Error ? error.name : typeof error);
      send({ type: 'failed' });
    } finally {
      isStoring = false;
    }
  }

  function withLimit(work: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = ports.later(() => reject(new Error('append took too long')), APPEND_LIMIT);
      work.then(resolve, reject).finally(cancel);
    });
  }

  function draftOf(ended: EndedVisit): EntryDraft {
    return feedbackDraft(ended, ports.wall(), ports.counter());
  }

  function writeMirror(now: number): void {
    const rescue = rescueOf(flow, ports.rules(), now);
    const all = rescue ? [...owed, draftOf(rescue)] : owed;
    const text = all.length === 0 ? null : mirrorOf(all, words);
    if (text === mirrored) return;
    mirrored = text;
    ports.mirror(text);
  }

  function schedule(now: number): void {
    cancelTimer();
    const deadline = nextDeadline(flow, ports.rules());
    cancelTimer =
      deadline === null ? () => {} : ports.later(() => send({ type: 'tick' }), Math.max(0, deadline - now));
  }

  return {
    flow: () => flow,
    send,
    isOwing: () => owed.length > 0 || isStoring,
    forget() {
      const now = ports.clock();
      flow = freshFlow(ports.rules(), now, flow.recent);
      schedule(now);
      for (const listener of listeners) listener();
    },
    owe(drafts, comments = []) {
      owed = [...drafts, ...owed];
      words = [...comments, ...words];
      mirrored = '';
      writeMirror(ports.clock());
      void storeOwed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function wordsOf({ result }: EndedVisit): WrittenComment[] {
  return result.outcome === 'completed' && result.comment ? [result.comment] : [];
}

/** The drafts, then the comments they name, each with a `ref` of its own: lists of several runs are merged by it. */
function mirrorOf(drafts: readonly EntryDraft[], comments: readonly WrittenComment[]): string {
  return JSON.stringify([
    ...drafts,
    ...comments.map((comment) => ({ ref: `comment:${comment.hash}`, comment })),
  ]);
}

/** The visit's id in a draft's `ref` (`visit:<id>`); other refs answer themselves. */
function visitId(draft: EntryDraft): string {
  return (draft.ref ?? '').replace(/^visit:/, '');
}
