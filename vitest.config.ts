import { defineConfig } from 'vitest/config';

const slow = { testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false };

/** Whole days: a quarter of an hour, run when named. */
const ON_REQUEST = ['test/browser/day*.test.ts'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] } },
      { extends: true, test: { name: 'hub', include: ['test/hub/**/*.test.ts'], ...slow } },
      { extends: true, test: { name: 'build', include: ['test/build/**/*.test.ts'], ...slow } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: ON_REQUEST,
          ...slow,
          maxConcurrency: 3,
          testTimeout: 600_000,
        },
      },
      {
        extends: true,
        // Two browsers at a time: a day is mostly waiting, for nobody presses anything in a page just opened.
        test: {
          name: 'days',
          include: ON_REQUEST,
          ...slow,
          fileParallelism: true,
          maxWorkers: 2,
          maxConcurrency: 1,
          testTimeout: 1_800_000,
        },
      },
    ],
  },
});
