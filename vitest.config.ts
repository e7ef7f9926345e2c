import { defineConfig } from 'vitest/config';

const slow = { testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false };

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
          exclude: ['test/browser/day*.test.ts'],
          ...slow,
          testTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: { name: 'days', include: ['test/browser/day*.test.ts'], ...slow, testTimeout: 1_200_000 },
      },
    ],
  },
});
