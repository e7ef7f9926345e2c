/**
 * Device configuration: a signed text whose version rises with every change in the province. Browsers differ only by
 * their packs (trials by unit and share), kiosks by their unit and the code they show: one text, with its own ETag, for each.
 */
import { createHash } from 'node:crypto';
import { type DeviceConfig, signConfig } from '../../batch/index.ts';
import type { Db, Query } from '../database/db.ts';
import { type KioskBase, kioskPartOf, readKioskBase } from '../feedback/device-config.ts';
import type { HubKeys } from '../keys.ts';
import type { Log } from '../log.ts';
import { sql as packSql } from '../packs/queries.ts';
import { type Deliverable, packsFor } from '../packs/share.ts';
import { isSignedPack } from '../packs/signature.ts';
import { refOf } from '../packs/version.ts';
import { counterPath } from '../public/links.ts';
import type { Secrets } from '../secrets.ts';
import { sql } from './queries.ts';

export interface SignedConfig {
  readonly etag: string;
  readonly text: string;
}

/** What all devices share, as of one version, and the texts signed so far by what sets devices apart. */
interface Known {
  readonly base: Omit<DeviceConfig, 'packs'>;
  readonly packs: readonly Deliverable[];
  readonly kiosks: KioskBase;
  readonly texts: Map<string, Promise<SignedConfig>>;
}

/** More sets of packs than any province tries at once, and every unit's kiosks; beyond it the texts are signed anew. */
const MOST_TEXTS = 512;

interface PlaceRow {
  readonly version: number;
  readonly issued: string;
  readonly kind: string;
  readonly unit: string;
  readonly counter: string | null;
  readonly units: string[];
}

/**
 * Makes the reader of a device's current configuration; it signs again only when the version moved. `origin` is the hub's
 * address as phones reach it, null when it is not known.
 */
export function configReader(
  db: Db,
  { keys, secrets, log, clock }: { keys: HubKeys; secrets: Secrets; log: Log; clock: () => number },
): (device: string, origin: string | null) => Promise<SignedConfig> {
  let known: Known | null = null;
  return async (device, origin) => {
    const { row, phoneUrl, fresh } = await db.tx({ role: 'ingest', snapshot: true }, async (query) => {
      const { province } = db;
      const row = (await query<PlaceRow>(sql.config, [province, device]))[0]!;
      const path =
        row.kind === 'kiosk' && origin !== null
          ? await counterPath(query, province, secrets, row, clock())
          : null;
      const phoneUrl = path === null ? null : `${origin}${path}`;
      if (known?.base.version === row.version) return { row, phoneUrl, fresh: null };
      const base = await readBase(query, province, row);
      const kiosks = await readKioskBase(query, province);
      return { row, phoneUrl, fresh: { base, kiosks, rows: await readPacks(query, province) } };
    });
    let current: Known =
      fresh === null && known !== null
        ? known
        : {
            base: fresh!.base,
            kiosks: fresh!.kiosks,
            packs: await believed(fresh!.rows, keys, log),
            texts: new Map(),
          };
    // Devices that ask at the same moment after a change share what the first of them read and signed.
    if (known?.base.version === current.base.version) current = known;
    else if (known === null || current.base.version > known.base.version) known = current;
    const packs = packsFor(current.packs, { device, kind: row.kind, units: row.units });
    const isKiosk = row.kind === 'kiosk';
    const name = isKiosk ? JSON.stringify([row.unit, phoneUrl]) : packs.map(refOf).join(' ');
    const made = current.texts.get(name);
    if (made) return made;
    if (current.texts.size >= MOST_TEXTS) current.texts.clear();
    const config: DeviceConfig = {
      ...current.base,
      packs: packs.map((pack) => pack.body),
      ...(isKiosk ? kioskPartOf(current.kiosks, row.unit, phoneUrl) : {}),
    };
    const etag = etagOf(keys.hub, config.version, name);
    const signed = signConfig(config, keys.config.key).then((text) => ({ text, etag }));
    current.texts.set(name, signed);
    signed.catch(() => current.texts.delete(name));
    return signed;
  };
}

/** The text may differ between two devices at one version, and the version at one text. */
function etagOf(hub: string, version: number, name: string): string {
  const mark = name === '' ? '' : `-${createHash('sha256').update(name).digest('base64url').slice(0, 12)}`;
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
