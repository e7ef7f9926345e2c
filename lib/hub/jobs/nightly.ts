/**
 * Once a night, at 01:30 in Asia/Ho_Chi_Minh, on one hub of those sharing a database: closes the ratings that may be seen
 * from today, then runs the recompute check. A hub that was off at night closes them when it starts.
 */
import { addDays, dayOf, instantOf } from '../../domain/dates.ts';
import type { Db } from '../database/db.ts';
import { releaseRatings } from '../feedback/release.ts';
import { errorFields, type Log } from '../log.ts';
import { recomputeCheck, sql } from './recompute.ts';

/** Starts the schedule; the returned function stops it. */
export function startNightly(db: Db, log: Log, clock: () => number): () => void {
  let timer: NodeJS.Timeout;
  const plan = () => {
    const now = clock();
    const today = instantOf(`${dayOf(now)}T01:30`);
    const next = today > now ? today : instantOf(`${addDays(dayOf(now), 1)}T01:30`);
    timer = setTimeout(() => void run().finally(plan), next - now);
    timer.unref();
  };
  const run = async () => {
    try {
      // Holds the lock in its own transaction while the check runs in others.
      await db.tx({ role: 'ingest' }, async (query) => {
        const rows = await query<{ isMine: boolean }>(sql.tryJob, [db.province]);
        if (!rows[0]?.isMine) return;
        await runRelease(db, log, clock);
        const { dossiers, documents, differences } = await recomputeCheck(db, clock());
        const level = differences.size > 0 ? 'error' : 'info';
        log(level, 'recompute', { dossiers, documents, differences: differences.size });
      });
    } catch (error) {
      log('error', 'recompute', errorFields(error));
    }
  };
  plan();
  return () => clearTimeout(timer);
}

/** Closes the ratings due; a failure is logged and tried again the next night. */
export async function runRelease(db: Db, log: Log, clock: () => number): Promise<void> {
  try {
    const { through, groups, ratings, spans } = await releaseRatings(db, clock());
    log('info', 'release', { through, groups, ratings, spans });
  } catch (error) {
    log('error', 'release', errorFields(error));
  }
}
