import { flowsOf, sumFlows } from '../../lib/domain/flows.ts';
import { groupByKeys, mergeDossier } from '../../lib/domain/merge.ts';
import { sightings } from './data.ts';
import { type Bench, compare } from './measure.ts';

const COUNT = 10_000;

/** The one merge beside the least that any merge must do: look a key up, let the last value win. */
export const merge: Bench = {
  name: 'merge',
  about: `groupByKeys + mergeDossier (+ flows) over ${COUNT.toLocaleString('en-US')} sightings, beside a plain Map fold`,
  run: async () => {
    const all = sightings(COUNT);
    let sink = 0;
    const table = await compare('the one merge', 'sightings/s', COUNT, [
      {
        name: 'plain Map fold, last value wins (floor: no order, no bounds, no flags)',
        run: () => {
          const rows = new Map<string, object>();
          for (const { body } of all) {
            const row = rows.get(body.keys[0]!) ?? {};
            rows.set(body.keys[0]!, Object.assign(row, body.facts));
          }
          sink += rows.size;
        },
      },
      {
        name: 'groupByKeys + mergeDossier',
        run: () => {
          sink += groupByKeys(all).map(mergeDossier).length;
        },
      },
      {
        name: 'the same + flowsOf + sumFlows',
        run: () => {
          const rows = groupByKeys(all).flatMap((group) => mergeDossier(group) ?? []);
          sink += sumFlows(rows.flatMap((row) => flowsOf(row, row.receiver ?? 'unassigned'))).length;
        },
      },
    ]);
    if (sink === 0) throw new Error('the merge merged nothing');
    return [table];
  },
};
