/** The queries of counters, questionnaires, settings, clips and comments. */
import { join } from 'node:path';
import { loadQueries } from '../database/queries.ts';

export const sql = loadQueries(join(import.meta.dirname, 'feedback.sql'), [
  'units',
  'visibleUnit',
  'raiseConfigVersion',
  'listCounters',
  'visibleCounter',
  'addCounter',
  'changeCounter',
  'visibleDevice',
  'placeDevice',
  'questionnaires',
  'questionnaire',
  'addQuestionnaire',
  'settings',
  'saveSetting',
  'counters',
  'sharedClips',
  'listClips',
  'readClip',
  'lockClip',
  'replaceShared',
  'stageClip',
  'waitingClips',
  'addClip',
  'addComments',
  'visibleComment',
  'eraseComment',
  'listKiosks',
]);
