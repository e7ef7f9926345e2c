import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDb } from '../../lib/hub/database/db.ts';
import { startEmbedded } from '../../lib/hub/database/embedded.ts';
import { migrate } from '../../lib/hub/database/migrate.ts';
import { makeFaults } from '../../lib/hub/ingest/faults.ts';
import { type IngestDeps, ingest as take } from '../../lib/hub/ingest/index.ts';
import { makeUnitCache } from '../../lib/hub/ingest/units.ts';
import { copyRows } from './copy.ts';
import { makeTraffic, type Traffic } from './ingest-traffic.ts';
import { type Bench, type Contender, compare, type Table } from './measure.ts';

const PROVINCE = 'bench';
const REPEATS = 5;
const SHAPES = [
  { lines: 200, batches: 8 },
  { lines: 20, batches: 20 },
] as const;
const DEVICES = 4;
const COLUMNS = 'province, device, stream, seq, kind, line, chain, at, unit, pack, is_void';
const RECORD =
  'province text, device text, stream int, seq bigint, kind text, line text, chain bytea, at timestamptz, unit text, pack text, is_void boolean';

/**
 * The hub's whole ingest (verify, inflate, schema, archive, dedupe, merge, roll-ups, commit) beside the least any server
 * must do with the same lines: put them into the same table of the same PostgreSQL, one commit per batch.
 */
export const ingest: Bench = {
  name: 'ingest',
  about: 'hub ingest in entries/s beside raw COPY and jsonb_to_recordset into the same embedded PostgreSQL',
  run: async () => {
    const data = await mkdtemp(join(tmpdir(), 'nmc-bench-'));
    const server = await startEmbedded(data);
    const db = openDb(server.connection(), PROVINCE, 8);
    const raw = new pg.Client(server.superuser('nmc'));
    try {
      await migrate(db);
      await raw.connect();
      await makeProvince(raw);
      const deps: IngestDeps = {
        db,
        clock: Date.now,
        faults: makeFaults(null),
        units: makeUnitCache(),
        next: { after: 0, window: 0 },
      };
      const tables: Table[] = [];
      for (const shape of SHAPES) tables.push(await measure(raw, deps, shape));
      return tables;
    } finally {
      await raw.end();
      await db.close();
      await server.stop();
      await rm(data, { recursive: true, force: true });
    }
  },
};

async function measure(
  raw: pg.Client,
  deps: IngestDeps,
  { lines, batches }: (typeof SHAPES)[number],
): Promise<Table> {
  /** New devices and dossiers for every run, made and registered before the clock starts. */
  const prepare = async (name: string): Promise<Traffic[][]> => {
    const runs: Traffic[][] = [];
    for (let run = 0; run <= REPEATS; run += 1) {
      const devices = Array.from({ length: DEVICES }, (_, at) => `${name}${lines}r${run}d${at}`);
      const traffic = await Promise.all(
        devices.map((id) => makeTraffic(PROVINCE, id, lines, batches / DEVICES)),
      );
      for (const one of traffic) await register(raw, one);
      runs.push(traffic);
    }
    return runs;
  };
  const contender = async (name: string, label: string, work: (traffic: Traffic[]) => Promise<void>) => {
    const runs = await prepare(name);
    return { name: label, run: () => work(runs.shift()!) } satisfies Contender;
  };
  const inTurn = async (traffic: Traffic[], work: (one: Traffic) => Promise<void>) => {
    for (const one of traffic) await work(one);
  };
  const contenders = [
    await contender('copy', 'COPY into entry (floor: no check, no merge)', (traffic) =>
      inTurn(traffic, async ({ rows }) => {
        for (const batch of rows) await copyRows(raw, `COPY nmc.entry (${COLUMNS}) FROM STDIN`, batch);
      }),
    ),
    await contender('json', 'INSERT … SELECT jsonb_to_recordset into entry', (traffic) =>
      inTurn(traffic, async ({ records }) => {
        for (const batch of records) {
          const text = `INSERT INTO nmc.entry (${COLUMNS}) SELECT * FROM jsonb_to_recordset($1) AS r(${RECORD})`;
          await raw.query(text, [batch]);
        }
      }),
    ),
    await contender('one', 'hub ingest, one device after the other', (traffic) =>
      inTurn(traffic, async ({ batches: files }) => {
        for (const bytes of files) await accepted(deps, bytes, lines);
      }),
    ),
    await contender('all', `hub ingest, ${DEVICES} devices at once`, async (traffic) => {
      const send = async ({ batches: files }: Traffic) => {
        for (const bytes of files) await accepted(deps, bytes, lines);
      };
      await Promise.all(traffic.map(send));
    }),
  ];
  return compare(`batches of ${lines} entries`, 'entries/s', lines * batches, contenders, REPEATS);
}

async function accepted(deps: IngestDeps, bytes: Uint8Array, lines: number): Promise<void> {
  const done = await take(deps, bytes, 'http');
  if (done.accepted !== lines) throw new Error(`accepted ${done.accepted} of ${lines} entries`);
}

async function makeProvince(raw: pg.Client): Promise<void> {
  await raw.query(`INSERT INTO nmc.province (id, hub) VALUES ($1, 'bench')`, [PROVINCE]);
  const unit = `INSERT INTO nmc.unit (province, id, parent, name, kind, agency_codes) VALUES ($1, $2, $3, $4, $5, $6)`;
  await raw.query(unit, [PROVINCE, 'root', null, 'Tỉnh', 'province', ['H41']]);
  for (let at = 0; at < 40; at += 1) {
    await raw.query(unit, [PROVINCE, `x${at}`, 'root', `Xã ${at}`, 'commune', [`H41.17.${at + 1}`]]);
  }
  await raw.query(
    `INSERT INTO nmc.unit_closure SELECT province, id, id FROM nmc.unit
     UNION SELECT province, 'root', id FROM nmc.unit`,
  );
}

async function register(raw: pg.Client, { device, jwk }: Traffic): Promise<void> {
  await raw.query(
    `INSERT INTO nmc.device (province, id, kind, name, unit, jwk, created_at) VALUES ($1, $2, 'extension', $2, 'root', $3, now())`,
    [PROVINCE, device, JSON.stringify(jwk)],
  );
}
