/** The queries of links for phones and of the answers that come by them. */
import { join } from 'node:path';
import { loadQueries } from '../database/queries.ts';

export const sql = loadQueries(join(import.meta.dirname, 'public.sql'), [
  'addLinks',
  'counterOf',
  'listLinks',
  'linksById',
  'revokeLinks',
  'unitsBelow',
  'readLink',
  'lockLink',
  'useLink',
  'counterLink',
  'hasVisit',
  'addVisit',
  'addComment',
  'inForce',
  'questionnaireByRef',
  'rulesUp',
]);
