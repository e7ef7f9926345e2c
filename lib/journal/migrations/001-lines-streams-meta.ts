import type { Migration } from './migration.ts';

/** The first layout: exact lines with derived indexes, one row per stream, one row about the journal. */
export const linesStreamsMeta: Migration = {
  version: 1,
  stores: {
    lines: '[stream+seq], &ref, at, kind',
    streams: 'stream',
    meta: 'key',
  },
};
