/** The worker's door to lib/sync: identity, batches, configuration. */
import type { Journal } from '../journal/index.ts';
import {
  acceptReceiptFile,
  activate,
  activateFromUnitFile,
  type Device,
  loadConfig,
  loadDevice,
  lookUp,
  makeHandover,
  provinceKeys,
  pullConfig,
  sendPack,
  syncNow,
} from '../sync/index.ts';
import type { DeviceDoor, SyncDoor } from './deps.ts';

/** The cached device of this worker; `reset` after an activation. */
export interface DeviceCache {
  readonly get: () => Promise<Device | null>;
  readonly reset: () => void;
}

export function deviceCache(): DeviceCache {
  let cached: Promise<Device | null> | null = null;
  return {
    get() {
      cached ??= loadDevice().catch((error: unknown) => {
        cached = null;
        throw error;
      });
      return cached;
    },
    reset() {
      cached = null;
    },
  };
}

/** The device as handlers see it. */
export function deviceDoor(device: Device): DeviceDoor {
  const { keyOf } = provinceKeys(device);
  return { id: device.id, name: device.name, hub: device.hub, unit: device.unit, keysOf: keyOf };
}

export function syncDoor(cache: DeviceCache, journal: () => Promise<Journal>, clock: () => number): SyncDoor {
  const device = async () => {
    const found = await cache.get();
    if (found === null) throw new Error('not activated');
    return found;
  };
  return {
    async activate(hub, code, name) {
      await activate({ hub, code, name, kind: 'extension' });
    },
    async activateFromFile(file, passphrase, name) {
      await activateFromUnitFile(file, passphrase, 'extension', name);
    },
    async sync({ isAsked, closing }) {
      return syncNow({ journal: await journal(), device: await device(), clock, force: isAsked, closing });
    },
    async pullConfig() {
      const { offset } = await (await journal()).state();
      return (await pullConfig({ device: await device(), clock, offset })).state === 'updated';
    },
    async config() {
      const found = await cache.get();
      return found && loadConfig(found);
    },
    async handover(scope) {
      return makeHandover(await journal(), await device(), clock, scope);
    },
    async lookUp(keys) {
      const { offset } = await (await journal()).state();
      return lookUp(await device(), keys, { clock, offset });
    },
    async sendPack(proposal) {
      const { offset } = await (await journal()).state();
      return sendPack({ device: await device(), proposal, clock, offset });
    },
    async acceptReceipt(file) {
      await acceptReceiptFile(await journal(), await device(), file);
    },
  };
}
