/** The nightly comparison of visits, returns and closed groups with the entries, and its repair. */
import type { Query } from '../database/db.ts';
import { sql } from './visits.ts';

interface Place {
  readonly unit: string;
  readonly day: string;
}

/** What differs, named without data: `visit <unit> <day>`, `returns <unit> <day>`, `release <id>`. */
export async function compareVisits(query: Query, province: string): Promise<string[]> {
  const visits = await query<Place>(sql.visitDifference, [province]);
  const returns = await query<Place>(sql.returnDifference, [province]);
  const releases = await query<{ id: number }>(sql.releaseDifference, [province]);
  return [
    ...visits.map((one) => `visit ${one.unit} ${one.day}`),
    ...returns.map((one) => `returns ${one.unit} ${one.day}`),
    ...releases.map((one) => `release ${one.id}`),
  ];
}

/** Rewrites what entries say. Closed groups and spans are never rewritten: an alarm about one is for people. */
export async function repairVisits(query: Query, province: string): Promise<void> {
  await query(sql.dropStrangeVisits, [province]);
  await query(sql.repairVisits, [province]);
  await query(sql.repairReturns, [province]);
}
