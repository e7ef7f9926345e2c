import { inChromium } from './in-chromium.ts';
import { type Bench, tableOf } from './measure.ts';

const REQUEST = { lines: 200, files: 5, repeats: 5 } as const;

/** A unit without a hub: taking hand-over files, beside only storing their lines. */
export const unit: Bench = {
  name: 'unit',
  about: 'the unit page importing hand-over files in Chromium, beside raw IndexedDB',
  run: () =>
    inChromium('unit-page.ts', 'measureUnit', async (page) => {
      const rows = await page.evaluate((request) => window.measureUnit(request), REQUEST);
      return [tableOf(`files of ${REQUEST.lines} entries`, 'entries/s', rows)];
    }),
};
