/** Device configuration: one signed text for all devices of the province; its version rises with every change. */
import { type DeviceConfig, signConfig } from '../../batch/index.ts';
import type { Db } from '../database/db.ts';
import type { HubKeys } from '../keys.ts';
import { sql } from './queries.ts';

export interface SignedConfig {
  readonly etag: string;
  readonly text: string;
}

/** Makes the reader of the current configuration; it signs again only when the version moved. */
export function configReader(db: Db, keys: HubKeys): () => Promise<SignedConfig> {
  let last: (SignedConfig & { version: number }) | null = null;
  return async () => {
    const config = await db.tx({ role: 'ingest', snapshot: true }, async (query): Promise<DeviceConfig> => {
      const { province } = db;
      const { version, issued } = (
        await query<{ version: number; issued: string }>(sql.config, [province])
      )[0]!;
      const tenants = await query<DeviceConfig['tenants'][number]>(sql.tenants, [province]);
      const retired = await query<{ pack: string }>(sql.retiredPacks, [province]);
      return {
        typ: 'nmc-config',
        version,
        issued,
        tenants,
        retiredPacks: retired.map((row) => row.pack),
        packs: [],
        questionnaire: null,
        counters: [],
      };
    });
    if (last?.version !== config.version) {
      const text = await signConfig(config, keys.config.key);
      last = { version: config.version, text, etag: `"${keys.hub}-${config.version}"` };
    }
    return last;
  };
}
