/**
 * Device configuration: a signed text whose version rises with every change in the province. Devices differ only by their
 * packs (trials by unit and share), so there is one text, with its own ETag, per set of packs.
 */
import { createHash } from 'node:crypto';
import { type DeviceConfig, signConfig } from '../../batch/index.ts';
import type { Db, Query } from '../database/db.ts';
import type { HubKeys } from '../keys.ts';
import type { Log } from '../log.ts';
import { sql as packSql } from '../packs/queries.ts';
import { type Deliverable, packsFor } from '../packs/share.ts';
import { isSignedPack } from '../packs/signature.ts';
import { refOf } from '../packs/version.ts';
import { sql } from './queries.ts';

export interface SignedConfig {
  readonly etag: string;
  readonly text: string;
}

/** What all devices share, as of one version, and the texts signed so far by their set of packs. */
interface Known {
  readonly base: Omit<DeviceConfig, 'packs'>;
  readonly packs: readonly Deliverable[];
  readonly texts: Map<string, SignedConfig>;
}

/** More sets of packs than any province tries at once; beyond it the texts are signed anew. */
const MOST_TEXTS = 256;

/** Makes the reader of a device's current configuration; it signs again only when the version moved. */
export function configReader(db: Db, keys: HubKeys, log: Log): (device: string) => Promise<SignedConfig> {
  let known: Known | null = null;
  return async (device) => {
    const { place, fresh } = await db.tx({ role: 'ingest', snapshot: true }, async (query) => {
      const { province } = db;
      const row = (
        await query<{ version: number; issued: string; kind: string; units: string[] }>(sql.config, [
          province,
          device,
        ])
      )[0]!;
      const isKnown = known?.base.version === row.version;
      return {
        place: { device, kind: row.kind, units: row.units },
        fresh: isKnown
          ? null
          : { base: await readBase(query, province, row), rows: await readPacks(query, province) },
      };
    });
    const current: Known =
      fresh === null && known !== null
        ? known
        : { base: fresh!.base, packs: await believed(fresh!.rows, keys, log), texts: new Map() };
    if (known === null || current.base.version > known.base.version) known = current;
    const packs = packsFor(current.packs, place);
    const name = packs.map(refOf).join(' ');
    const made = current.texts.get(name);
    if (made) return made;
    if (current.texts.size >= MOST_TEXTS) current.texts.clear();
    const config: DeviceConfig = { ...current.base, packs: packs.map((pack) => pack.body) };
    const text = await signConfig(config, keys.config.key);
    const signed = { text, etag: etagOf(keys.hub, config.version, name) };
    current.texts.set(name, signed);
    return signed;
  };
}

/** The packs may differ between two devices at one version, and the version at one set of packs. */
function etagOf(hub: string, version: number, packs: string): string {
  const mark = packs === '' ? '' : `-${createHash('sha256').update(packs).digest('base64url').slice(0, 12)}`;
  return `"${hub}-${version}${mark}"`;
}

async function readBase(
  query: Query,
  province: string,
  { version, issued }: { version: number; issued: string },
): Promise<Known['base']> {
  const tenants = await query<DeviceConfig['tenants'][number]>(sql.tenants, [province]);
  const retired = await query<{ pack: string }>(sql.retiredPacks, [province]);
  return {
    typ: 'nmc-config',
    version,
    issued,
    tenants,
    retiredPacks: retired.map((row) => row.pack),
    questionnaire: null,
    counters: [],
  };
}

type PackRow = Deliverable & { readonly signature: string };

function readPacks(query: Query, province: string): Promise<PackRow[]> {
  return query<PackRow>(packSql.delivered, [province]);
}

/** Only what the province signed, as it was signed: the row by itself proves nothing. */
async function believed(rows: readonly PackRow[], keys: HubKeys, log: Log): Promise<Deliverable[]> {
  const checked = await Promise.all(
    rows.map(async (row) => ({ row, isSigned: await isSignedPack(keys, row) })),
  );
  for (const { row, isSigned } of checked) {
    if (!isSigned) log('error', 'packSignature', { pack: refOf(row) });
  }
  return checked.filter((one) => one.isSigned).map((one) => one.row);
}
