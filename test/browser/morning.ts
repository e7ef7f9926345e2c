/**
 * An official's morning on the three practice portals: the same script for Chromium, Firefox and the demo. It reads lists
 * and details, does confirmed work one by one and in batches, and everything that only looks like work. After every step
 * the portals' own logs say whether it happened; the caller's `settled` says when whatever watches has stored it.
 */
import type { LogEntry, Portal, Portals } from '../portals/types.ts';
import type { Driver } from './driver.ts';
import { igateMorning } from './morning-igate.ts';
import { iofficeMorning } from './morning-ioffice.ts';
import { tdMorning } from './morning-td.ts';

export interface MorningHooks {
  /** Somebody else sits down; called once, in the middle, with the second of `PEOPLE`. */
  changeDuty?(person: string): Promise<void>;
  /** Called twice: right after a gesture that is not yet confirmed, and right after rows arrived. */
  killWorker?(moment: 'afterGesture' | 'afterRows'): Promise<void>;
  /** Awaited after every step, with the step's name. */
  settled?(step: string): Promise<void>;
}

/** Who is on duty: the first from the start, the second from `changeDuty` on. */
export const PEOPLE = ['Lê Thị Mẫu Một', 'Trần Văn Mẫu Hai'] as const;

export interface MorningReport {
  readonly steps: readonly string[];
  /** Steps that confirmed an action, and steps that must not count. */
  readonly confirmed: readonly string[];
  readonly mustNotCount: readonly string[];
}

export interface Step {
  /** Anything else: looking, paging. */
  look(name: string, work: () => Promise<void>): Promise<void>;
  /** Must end with exactly one more successful action in the portal's log. */
  act(name: string, work: () => Promise<void>): Promise<void>;
  /** Must leave the portal's count of actions as it was. */
  trap(name: string, work: () => Promise<void>): Promise<void>;
  /** Waits until the portal logged a rendering of `view` since the step began. */
  rendered(view: string): Promise<void>;
  /** Waits until the portal logged a failure or refusal since the step began. */
  refused(): Promise<void>;
}

/** Waits for a condition of the portals, looking again every 10 ms; fails after 20 s. */
async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

const actionsIn = (log: readonly LogEntry[]) => log.filter((entry) => entry.kind === 'action').length;

/** Plays the whole morning. Errors name the step that did not happen as it should. */
export async function playMorning(
  driver: Driver,
  portals: Portals,
  hooks: MorningHooks = {},
): Promise<MorningReport> {
  const report = { steps: [] as string[], confirmed: [] as string[], mustNotCount: [] as string[] };

  const stepsOf = (portal: Portal): Step => {
    let begin = 0;
    const since = () => portal.log().slice(begin);
    const run = async (name: string, work: () => Promise<void>) => {
      const full = `${portal.kind}: ${name}`;
      begin = portal.log().length;
      report.steps.push(full);
      try {
        await work();
        await hooks.settled?.(full);
      } catch (error) {
        throw new Error(`${full} at ${new URL(driver.currentUrl()).pathname}: ${(error as Error).message}`, {
          cause: error,
        });
      }
      return full;
    };
    return {
      look: async (name, work) => void (await run(name, work)),
      act: async (name, work) => {
        const before = actionsIn(portal.log());
        report.confirmed.push(
          await run(name, async () => {
            await work();
            await until('the action succeeds', () => actionsIn(portal.log()) > before);
          }),
        );
        const more = actionsIn(portal.log()) - before;
        if (more !== 1) throw new Error(`${portal.kind}: ${name}: ${more} actions instead of one`);
      },
      trap: async (name, work) => {
        const before = actionsIn(portal.log());
        report.mustNotCount.push(await run(name, work));
        if (actionsIn(portal.log()) !== before) {
          throw new Error(`${portal.kind}: ${name}: counted as an action`);
        }
      },
      rendered: (view) =>
        until(`${view} is rendered`, () =>
          since().some((entry) => entry.kind === 'rendered' && entry.view === view),
        ),
      refused: () => until('a refusal', () => since().some((entry) => entry.kind === 'notWork')),
    };
  };

  portals.setDuty(PEOPLE[0]);
  const killWorker = async (moment: 'afterGesture' | 'afterRows') => hooks.killWorker?.(moment);
  await igateMorning(driver, portals.igate2, stepsOf(portals.igate2), killWorker);
  const changeDuty = async () => {
    await hooks.changeDuty?.(PEOPLE[1]);
    portals.setDuty(PEOPLE[1]);
  };
  await tdMorning(driver, portals.td, stepsOf(portals.td), { killWorker, changeDuty });
  await iofficeMorning(driver, portals.ioffice, stepsOf(portals.ioffice));
  return report;
}
