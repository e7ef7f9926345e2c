import type { Migration } from './migration.ts';

/** Actions of a day without a look at its thousands of sightings: an index over kind and time instead of kind alone. */
export const kindAt: Migration = {
  version: 2,
  stores: {
    lines: '[stream+seq], &ref, at, [kind+at]',
  },
};
