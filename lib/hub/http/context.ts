/** What the routes share: the hub's parts, and the shape of a request's own facts. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { HubWords } from '../../i18n/hub/index.ts';
import type { HubConfig } from '../config.ts';
import type { Db } from '../database/db.ts';
import type { SignedConfig } from '../device/config.ts';
import type { IngestDeps } from '../ingest/index.ts';
import type { HubKeys } from '../keys.ts';
import type { Log } from '../log.ts';
import type { Secrets } from '../secrets.ts';
import type { Limiter } from './limiter.ts';
import type { Metrics } from './metrics.ts';

export interface Parts {
  readonly config: HubConfig;
  readonly db: Db;
  readonly keys: HubKeys;
  readonly secrets: Secrets;
  readonly clock: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly ingest: IngestDeps;
  /** The configuration of a device by its id; `origin` as in `configReader`. */
  readonly readConfig: (device: string, origin: string | null) => Promise<SignedConfig>;
  /** Failed attempts by address and by name. */
  readonly attempts: { readonly login: Limiter; readonly activation: Limiter; readonly policy: Limiter };
  /** Calls by device. */
  readonly calls: Readonly<Record<'lookup' | 'proposal' | 'comments' | 'clips', Limiter>>;
  /** True from the moment the hub began to stop. */
  readonly isClosing: () => boolean;
}

export interface HubEnv {
  Bindings: HttpBindings;
  Variables: { words: HubWords; address: string; isSecure: boolean };
}
export type HubContext = Context<HubEnv>;
