/** The small database `nmc-device`: who this device is, its last good configuration, when to try again. */
import Dexie, { type Table } from 'dexie';
import type { PublicJwk } from '../batch/index.ts';
import type { Device, ProvinceKey } from './types.ts';

/** A device as stored: keys are non-extractable CryptoKeys, cloned by the database. */
export interface DeviceRow extends Omit<Device, 'sign'> {
  readonly slot: 'current';
  readonly jwk: PublicJwk;
  readonly provinceKeys: readonly ProvinceKey[];
}

/** The state of the uploader between two wake-ups. */
export interface RetryRow {
  readonly failures: number;
  /** Own back-off: do not try before (device clock, ms); a person's "send now" may. */
  readonly nextAt: number;
  /** Asked for by the hub (Retry-After): nobody tries before. */
  readonly notBefore: number;
}

interface ConfigRow {
  readonly text: string;
  readonly etag: string | null;
}

/** What the sync room remembers besides the device; a port, so that tests and pages may bring their own. */
export interface SyncMemory {
  loadRetry(): Promise<RetryRow | null>;
  saveRetry(row: RetryRow): Promise<void>;
  loadConfig(): Promise<ConfigRow | null>;
  saveConfig(row: ConfigRow): Promise<void>;
}

interface Tables {
  device: Table<DeviceRow, string>;
  state: Table<{ key: string; value: unknown }, string>;
}

async function withStore<T>(work: (tables: Tables) => Promise<T>): Promise<T> {
  const db = new Dexie('nmc-device', { chromeTransactionDurability: 'strict' });
  db.version(1).stores({ device: 'slot', state: 'key' });
  try {
    return await work({ device: db.table('device'), state: db.table('state') });
  } finally {
    db.close();
  }
}

/** The stored device, or undefined before activation. */
export function loadRow(): Promise<DeviceRow | undefined> {
  return withStore(async ({ device }) => device.get('current'));
}

/** Stores the device; what was remembered for the one before is forgotten. */
export function saveRow(row: DeviceRow): Promise<void> {
  return withStore(async ({ device, state }) => {
    await device.db.transaction('rw', device, state, async () => {
      await device.put(row);
      await state.clear();
    });
  });
}

/** Removes the device and everything remembered for it. */
export function clearRow(): Promise<void> {
  return withStore(async ({ device, state }) => {
    await device.db.transaction('rw', device, state, async () => {
      await device.clear();
      await state.clear();
    });
  });
}

const load = <T>(key: string) =>
  withStore(async ({ state }) => ((await state.get(key))?.value as T | undefined) ?? null);
const save = (key: string, value: unknown) =>
  withStore(async ({ state }) => {
    await state.put({ key, value });
  });

/** The memory kept in the database. */
export const deviceMemory: SyncMemory = {
  loadRetry: () => load<RetryRow>('retry'),
  saveRetry: (row) => save('retry', row),
  loadConfig: () => load<ConfigRow>('config'),
  saveConfig: (row) => save('config', row),
};
