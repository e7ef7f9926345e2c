/** The queries of complaints. */
import { join } from 'node:path';
import { loadQueries } from '../database/queries.ts';

export const sql = loadQueries(join(import.meta.dirname, 'complaints.sql'), [
  'parentOf',
  'addComplaint',
  'dueOf',
  'listComplaints',
  'visibleComplaint',
  'personalOf',
  'moveComplaint',
  'eraseComplaint',
  'handedSlips',
]);
