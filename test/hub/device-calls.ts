/** Calls of a test device that carry its token, and the device as lib/sync sees it. */
import { signDeviceToken } from '../../lib/batch/index.ts';
import type { Device } from '../../lib/sync/index.ts';
import type { SyncMemory } from '../../lib/sync/store.ts';
import { type Caller, callerOf, type TestDevice, type TestHub } from './support.ts';

/** Calls the hub as the device; `time` is when its token was made. */
export function asDevice(at: TestHub, device: TestDevice, time?: number): Caller {
  return async (method, path, body, headers = {}) => {
    const token = await signDeviceToken(device.id, time ?? at.clock.now, device.keys.key);
    return callerOf(at.hub.url)(method, path, body, { authorization: `NMC-Device ${token}`, ...headers });
  };
}

/** The device with what it pinned at activation. */
export function syncDevice(at: TestHub, device: TestDevice): Device {
  return {
    id: device.id,
    kind: 'extension',
    name: 'Máy thử',
    hub: at.hub.url,
    hubId: at.hub.keys.hub,
    unit: { id: 'xa-a', name: 'Xã A' },
    province: 'tinh',
    jwk: device.keys.jwk,
    key: device.keys.key,
    hubJwk: at.hub.keys.receipts.jwk,
    configJwk: at.hub.keys.config.jwk,
    provinceKeys: [],
    sign: async () => new Uint8Array(),
  };
}

/** What a device remembers of its configuration, in memory. */
export function configMemory(): SyncMemory {
  let config: Awaited<ReturnType<SyncMemory['loadConfig']>> = null;
  return {
    loadRetry: async () => null,
    saveRetry: async () => undefined,
    loadConfig: async () => config,
    saveConfig: async (row) => {
      config = row;
    },
  };
}
