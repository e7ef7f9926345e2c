import { defineConfig } from 'vitest/config';

const slow = {
  testTimeout: 120_000,
  hookTimeout: 180_000,
  fileParallelism: false,
  // What is polled is waited for as long as what a browser is asked for; vitest's own second is no limit of ours.
  expect: { poll: { timeout: 30_000 } },
};

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
          // Mostly waiting (one file at a time left three quarters of two cores idle).
          fileParallelism: true,
          maxWorkers: 3,
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
