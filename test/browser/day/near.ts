/** What the days of the three practice portals share: the system's log as the witness of what a gesture led to. */
import type { LogEntry } from '../../portals/types.ts';
import { until } from './hand.ts';

export interface Witness {
  /** Does something and waits until a rendering of `view` stands on the screen. */
  shows(view: string, act: () => Promise<unknown>): Promise<void>;
  /** Does something and waits until the log says so. */
  logs(what: string, is: (one: LogEntry) => boolean, act: () => Promise<unknown>): Promise<void>;
  /** Does something and waits until the log says that an action succeeded and that `view` came back after it. */
  acts(view: string, act: () => Promise<unknown>): Promise<void>;
  pick<T>(all: readonly T[]): T;
  chance(share: number): boolean;
}

/** `isTwice`: views that this build puts up a second time a moment after they came; nobody presses anything before. */
export function witness(
  log: () => readonly LogEntry[],
  next: () => number,
  isTwice: (view: string) => boolean = () => false,
): Witness {
  /** Whether `view` stands there, for good. */
  const stands = (view: string, since: readonly LogEntry[]) => {
    const all = since.flatMap((one) => (one.kind === 'rendered' && one.view === view ? [one] : []));
    const last = all.at(-1);
    if (!last) return false;
    const isEmpty = last.dossiers.length + last.documents.length === 0;
    return all.length >= (isTwice(view) && !isEmpty ? 2 : 1);
  };
  const logs: Witness['logs'] = async (what, is, act) => {
    const before = log().length;
    await act();
    await until(what, () => log().slice(before).some(is));
  };
  return {
    logs,
    shows: async (view, act) => {
      const before = log().length;
      await act();
      await until(view, () => stands(view, log().slice(before)));
    },
    acts: async (view, act) => {
      const before = log().length;
      await act();
      await until(`an action and ${view} after it`, () => {
        const since = log().slice(before);
        const at = since.findIndex((one) => one.kind === 'action');
        return at >= 0 && stands(view, since.slice(at));
      });
    },
    pick: (all) => {
      if (all.length === 0) throw new Error('Nothing to choose from');
      return all[Math.floor(next() * all.length)]!;
    },
    chance: (share) => next() < share,
  };
}

export const isNotWork = (one: LogEntry) => one.kind === 'notWork';
