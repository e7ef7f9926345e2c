import { inChromium } from './in-chromium.ts';
import type { PageRequest } from './journal-page.ts';
import { type Bench, type Table, tableOf } from './measure.ts';

const SIZES: readonly PageRequest[] = [
  { appends: 60, entries: 1, repeats: 7 },
  { appends: 6, entries: 50, repeats: 7 },
];

/** The journal's append beside the least a durable append can be. */
export const journal: Bench = {
  name: 'journal',
  about: 'journal.append in Chromium, beside raw IndexedDB with strict durability',
  run: () =>
    inChromium('journal-page.ts', 'measureJournal', async (page) => {
      const tables: Table[] = [];
      for (const size of SIZES) {
        const rows = await page.evaluate((request) => window.measureJournal(request), size);
        const title = size.entries === 1 ? 'one entry per append' : `${size.entries} entries per append`;
        tables.push(tableOf(title, 'entries/s', rows));
      }
      return tables;
    }),
};
