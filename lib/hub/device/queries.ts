/** The queries of activation, devices and their configuration. */
import { join } from 'node:path';
import { loadQueries } from '../database/queries.ts';

export const sql = loadQueries(join(import.meta.dirname, 'device.sql'), [
  'addCode',
  'listCodes',
  'lockCode',
  'lockCodeFor',
  'countTry',
  'useCode',
  'addDevice',
  'revokeDevice',
  'visibleDevice',
  'visibleUnit',
  'listDevices',
  'config',
  'tenants',
  'retiredPacks',
  'subjectsOf',
  'dossiersById',
  'addPolicyToken',
  'lockPolicyToken',
  'sameDevice',
  'usePolicyToken',
  'addPolicyDevice',
  'listPolicyTokens',
  'revokePolicyToken',
]);
