/** `hub doctor`: what an administrator checks first, each line with what to do. */
import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dataFiles } from '../config.ts';
import { isMigrated } from '../database/migrate.ts';
import { loadQueries } from '../database/queries.ts';
import { withHub } from './reach.ts';

const sql = loadQueries(join(import.meta.dirname, 'doctor.sql'), ['counts', 'alarms']);

export interface Finding {
  readonly name: string;
  readonly isOk: boolean;
  readonly advice: string;
}

/** The findings, the good ones too. */
export async function examine(): Promise<Finding[]> {
  return withHub(async ({ config, db }) => {
    const { province } = db;
    const counts = await db.tx({ role: 'admin' }, async (query) => {
      const rows = await query<{
        units: number;
        admins: number;
        procedures: number;
        now: number;
        version: string;
        fsync: string;
      }>(sql.counts, [province]);
      return rows[0]!;
    });
    const alarms = await db.tx({ role: 'ingest' }, (query) =>
      query<{ alarms: number }>(sql.alarms, [province]),
    );
    const disk = statfsSync(config.data);
    const free = disk.bavail / disk.blocks;
    const secret = dataFiles(config.data).secret;
    const skew = Math.abs(Date.now() - counts.now);
    const isPrivate = !existsSync(secret) || (statSync(secret).mode & 0o077) === 0;
    const finding = (name: string, isOk: boolean, advice: string): Finding => ({ name, isOk, advice });
    return [
      finding(
        `Node ${process.versions.node}`,
        Number(process.versions.node.split('.')[0]) >= 24,
        'install Node 24',
      ),
      finding(`PostgreSQL ${counts.version}`, await isMigrated(db), 'run: npm run hub -- migrate'),
      finding(
        'fsync',
        counts.fsync === 'on',
        'set fsync = on in postgresql.conf: without it a power cut loses data',
      ),
      finding(`disk ${Math.round(free * 100)} % free`, free > 0.1, 'free space on the disk of NMC_DATA'),
      finding('secret.key', isPrivate, `chmod 600 ${secret}`),
      finding(`clock ${skew} ms`, skew < 2_000, 'set the clocks of hub and database by NTP'),
      finding(`units ${counts.units}`, counts.units > 0, 'run: npm run hub -- import units FILE'),
      finding(
        `procedures ${counts.procedures}`,
        counts.procedures > 0,
        'run: npm run hub -- import catalogue FILE',
      ),
      finding(`administrators ${counts.admins}`, counts.admins > 0, 'run: npm run hub -- create-admin NAME'),
      finding('web pages', existsSync(join(config.web, 'dashboard/index.html')), 'run: npm run build'),
      finding(
        `alarms ${alarms[0]!.alarms}`,
        alarms[0]!.alarms === 0,
        'look at the devices page of the dashboard',
      ),
    ];
  });
}
