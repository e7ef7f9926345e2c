/**
 * Look-up for people at work: keyed hashes in, what the hub holds of these dossiers out, for the device's own unit and
 * below only (DESIGN §3, Keys). A key that is not held, or belongs elsewhere, is left out: the two look the same.
 */
import type { LookupAnswer, Mark } from '../../batch/protocol.ts';
import { type Day, dayOf, dayPart } from '../../domain/dates.ts';
import { type DossierRow, finishDayOf, receivedDayOf, timelinessOf } from '../../domain/merge.ts';
import { isUnfinished } from '../../domain/vocabulary.ts';
import type { Db } from '../database/db.ts';
import { sql } from './queries.ts';

/** Answers for the keys of one device; `unit` is the device's. `now` in milliseconds. */
export async function lookUp(
  db: Db,
  unit: string,
  keys: readonly string[],
  now: number,
): Promise<LookupAnswer> {
  const { province } = db;
  const asOf = new Date(now).toISOString();
  const owners = await db.tx({ role: 'ingest' }, (query) =>
    query<{ key: string; subject: string }>(sql.subjectsOf, [province, [...new Set(keys)]]),
  );
  if (owners.length === 0) return { asOf, dossiers: [] };
  // The scope of the role does the rest: a dossier of another unit is no row here.
  const rows = await db.tx({ role: 'read', scope: unit }, (query) =>
    query<{ id: string; unitName: string; merged: DossierRow }>(sql.dossiersById, [
      province,
      [...new Set(owners.map((one) => one.subject))],
    ]),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const today = dayOf(now);
  return {
    asOf,
    dossiers: owners.flatMap(({ key, subject }) => {
      const row = byId.get(subject);
      return row === undefined ? [] : [answerOf(key, row.unitName, row.merged, today)];
    }),
  };
}

function answerOf(key: string, unit: string, row: DossierRow, today: Day): LookupAnswer['dossiers'][number] {
  const { facts } = row;
  return {
    key,
    unit,
    status: facts.status ?? null,
    received: receivedDayOf(row),
    due: facts.due ?? null,
    finished: finishDayOf(row),
    paidBy: facts.paidBy ?? null,
    marks: marksOf(row, today),
  };
}

/**
 * The marks of a dossier as of a day (Asia/Ho_Chi_Minh). Unknown is never a mark: a fee without a known means of payment
 * may have been paid online.
 */
export function marksOf(row: DossierRow, today: Day): Mark[] {
  const { status, due, fee, paidBy } = row.facts;
  const dueDay = due === undefined || due === null ? null : dayPart(due);
  const isOpen = status !== undefined && isUnfinished(status) && row.finish.kind === 'none';
  const isPaidElsewhere = paidBy === 'unpaid' || paidBy === 'cash' || paidBy === 'transfer';
  const marks: Mark[] = [];
  if (isOpen && dueDay !== null && dueDay < today) marks.push('late');
  if (isOpen && dueDay === today) marks.push('dueToday');
  if (dueDay !== null && timelinessOf(row) === 'undecided') marks.push('undecided');
  if (fee !== false && isPaidElsewhere) marks.push('feeNotOnline');
  return marks;
}
