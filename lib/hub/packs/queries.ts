/** The queries of packs and of how they fare. */
import { join } from 'node:path';
import { loadQueries } from '../database/queries.ts';

export const sql = loadQueries(join(import.meta.dirname, 'packs.sql'), [
  'lockFamily',
  'versions',
  'addPack',
  'openProposals',
  'list',
  'read',
  'lockPack',
  'signPack',
  'stagePack',
  'unknownUnits',
  'delivered',
  'retired',
  'history',
  'entriesOf',
  'holdDerived',
  'retirePack',
  'voidRetired',
  'dropTotals',
  'units',
  'raiseConfigVersion',
  'keepHealth',
  'healthCounts',
  'healthByPack',
  'healthTroubles',
]);
