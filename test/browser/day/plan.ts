/** Steps of a day in a drawn order: every view once and in its order, work and traps in between. */
import { random } from '../../portals/seed.ts';
import type { PortalOptions } from '../../portals/types.ts';
import type { DaySystem, StartedSystem, Step, Variant } from './system.ts';

/** The practice portals' own options for a variant of the day. */
export function optionsOf(variant: Variant): Partial<PortalOptions> {
  const { name: _, broken = [], reworded = [], ...options } = variant;
  return { ...options, breakLocator: broken, breakConfirmation: reworded };
}

/** All `views` in order, with `count` steps drawn from each kind spread evenly at random between them. */
function interleave(
  next: () => number,
  views: readonly Step[],
  kinds: readonly { readonly steps: readonly Step[]; readonly count: number }[],
): Step[] {
  const placed = views.map((step, at) => ({ step, at: (at + 1) / (views.length + 1) }));
  for (const { steps, count } of kinds) {
    for (let drawn = 0; drawn < count; drawn += 1) {
      // Each kind of step comes up at least once before chance decides.
      const step = steps[drawn < steps.length ? drawn : Math.floor(next() * steps.length)]!;
      placed.push({ step, at: next() });
    }
  }
  return placed.sort((a, b) => a.at - b.at).map(({ step }) => step);
}

/** A practice portal that was started. */
type Opened = Omit<StartedSystem, 'steps'>;

/** A day on a practice portal; `salt` keeps its draws apart from those of the others. */
export function dayOf<Portal extends Opened>(
  family: string,
  open: (options: Partial<PortalOptions>) => Promise<Portal>,
  salt: number,
  stepsOn: (
    portal: Portal,
    next: () => number,
  ) => Readonly<Record<'views' | 'actions' | 'nonEvents', readonly Step[]>>,
): DaySystem {
  return {
    family,
    start: async (variant) => {
      const portal = await open(optionsOf(variant));
      const next = random(variant.seed ^ salt);
      const of = stepsOn(portal, next);
      return {
        url: portal.url,
        log: portal.log,
        steps: ({ actions, nonEvents }) =>
          interleave(next, of.views, [
            { steps: of.actions, count: actions },
            { steps: of.nonEvents, count: nonEvents },
          ]),
        close: portal.close,
      };
    },
  };
}
