/** A kiosk on a desk for the cases: the flow over a real journal, the sync timer over the real uploader, and a clock turned by hand. */
import type { EntryDraft } from '../../../lib/domain/entry.ts';
import type { Journal } from '../../../lib/journal/index.ts';
import { createKiosk, type Kiosk } from '../../../lib/kiosk/kiosk.ts';
import { startSyncTimer } from '../../../lib/kiosk/sync-timer.ts';
import type { SyncDeps, SyncResult } from '../../../lib/sync/index.ts';
import type { World } from '../sync/world.ts';
import { RULES } from './rules.ts';

/** A completed rating as the kiosk writes it. */
export function rating(id: string, quality = 5): EntryDraft {
  return {
    kind: 'feedback',
    ref: `visit:${id}`,
    body: {
      questionnaire: 'quick@2',
      quarter: '2026-09-21T08:00',
      language: 'vi',
      counter: '3',
      durations: { quality: 4_000, attitude: 3_000 },
      flags: [],
      outcome: 'completed',
      answers: { quality, attitude: 5 },
      reasons: [],
    },
  };
}

/** Timers that run when the hand moves on; `moment` is what time it is, in a place where others may read it. */
export interface Hand {
  readonly later: (run: () => void, ms: number) => () => void;
  /** Moves on, timer by timer; after each one waits for `settled`. */
  pass(ms: number): Promise<void>;
}

export function handOf(moment: { now: number }, settled: () => Promise<unknown>): Hand {
  const timers: { run: () => void; at: number }[] = [];
  return {
    later(run, ms) {
      const timer = { run, at: moment.now + ms };
      timers.push(timer);
      return () => {
        const place = timers.indexOf(timer);
        if (place >= 0) timers.splice(place, 1);
      };
    },
    async pass(ms) {
      const end = moment.now + ms;
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers.splice(timers.indexOf(due), 1);
        moment.now = Math.max(moment.now, due.at);
        due.run();
        await settled();
      }
      moment.now = end;
    },
  };
}

/** One run of the timer: when, what it said, and how many requests it made. */
export interface Run {
  readonly at: number;
  readonly result: SyncResult;
  readonly requests: number;
}

/** The device's own sync timer over `world.sync`; the network's "here I am" by `online`. */
export function timerOf(world: World, over: Partial<SyncDeps> = {}) {
  const runs: Run[] = [];
  let running: Promise<unknown> = Promise.resolve();
  let online = () => {};
  const hand = handOf(world, async () => {
    await running;
    // The timer sets itself anew in the turn after the sync.
    await new Promise((resolve) => setImmediate(resolve));
  });
  startSyncTimer({
    sync() {
      const at = world.now;
      const before = world.requests;
      const run = world.sync(over).then((result) => {
        runs.push({ at, result, requests: world.requests - before });
        return result;
      });
      running = run.catch(() => undefined);
      return run;
    },
    wall: () => world.now,
    later: hand.later,
    onOnline: (listener) => {
      online = listener;
    },
  });
  return { runs, pass: hand.pass, online: () => online(), settled: () => running };
}

export interface Desk {
  readonly kiosk: Kiosk;
  readonly state: { now: number; mirror: string | null };
  /** Waits until the flow shows a screen. Rejects never: a screen that does not come fails by the test's own limit. */
  screen(name: string): Promise<void>;
  pass(ms: number): Promise<void>;
}

/** The citizen's flow over a journal. */
export function deskOf(journal: () => Pick<Journal, 'append' | 'state'>): Desk {
  const state = { now: 0, mirror: null as string | null };
  const hand = handOf(state, () => new Promise((resolve) => setImmediate(resolve)));
  let ids = 0;
  const kiosk = createKiosk({
    clock: () => state.now,
    wall: () => Date.parse('2026-09-21T08:10:00+07:00') + state.now,
    later: hand.later,
    async append(drafts) {
      if (drafts.length > 0) await journal().append(drafts);
      else if ((await journal().state()).storage === 'broken') throw new Error('the storage is broken');
    },
    mirror: (text) => {
      state.mirror = text;
    },
    beep: () => {},
    rules: () => RULES,
    counter: () => '3',
    newId: () => `n${++ids}`,
  });
  return {
    kiosk,
    state,
    pass: hand.pass,
    screen: (name) =>
      new Promise((resolve) => {
        const look = () => {
          if (kiosk.flow().screen.name !== name) return;
          stop();
          resolve();
        };
        const stop = kiosk.subscribe(look);
        look();
      }),
  };
}
