/** An activated device with its journal, against the hub in memory. */

import { type Journal, openJournal } from '../../../lib/journal/index.ts';
import { type Device, type Fetch, type SyncDeps, type SyncResult, syncNow } from '../../../lib/sync/index.ts';
import type { SyncMemory } from '../../../lib/sync/store.ts';
import { signer } from '../batch/keys.ts';
import { freshName, type MemoryPlace, memoryPlace } from '../journal/helpers.ts';
import { HUB, type MemoryHub, memoryHub, throughWire, type Wire } from './hub.ts';

export const START = Date.parse('2026-09-21T01:00:00.000Z');

export function syncMemory(): SyncMemory {
  let retry: Awaited<ReturnType<SyncMemory['loadRetry']>> = null;
  let config: Awaited<ReturnType<SyncMemory['loadConfig']>> = null;
  return {
    loadRetry: async () => retry,
    saveRetry: async (row) => {
      retry = row;
    },
    loadConfig: async () => config,
    saveConfig: async (row) => {
      config = row;
    },
  };
}

export interface World {
  now: number;
  /** How the next requests fare; the last one stays. */
  moods: Wire[];
  requests: number;
  journal: Journal;
  readonly name: string;
  readonly second: MemoryPlace;
  readonly hub: MemoryHub;
  readonly device: Device;
  readonly memory: SyncMemory;
  readonly fetch: Fetch;
  sync(over?: Partial<SyncDeps>): Promise<SyncResult>;
  reopen(): Promise<void>;
}

export async function deviceFor(hub: MemoryHub, id = 'device-1'): Promise<Device> {
  const keys = await signer();
  hub.devices.set(id, keys.jwk);
  return {
    id,
    kind: 'extension',
    name: 'Máy thử',
    hub: HUB,
    hubId: 'hub-1',
    unit: { id: 'u1', name: 'Xã Thử Nghiệm' },
    province: 'nghe-an',
    jwk: keys.jwk,
    key: keys.key,
    hubJwk: hub.jwk,
    configJwk: hub.configJwk,
    provinceKeys: [],
    sign: async () => new Uint8Array(),
  };
}

export async function makeWorld(): Promise<World> {
  const clock = () => world.now;
  const hub = await memoryHub(clock);
  const second = memoryPlace();
  const name = freshName();
  const open = () => openJournal({ name, second, kind: 'extension', clock });
  const memory = syncMemory();
  const device = await deviceFor(hub);
  const world: World = {
    now: START,
    moods: ['ok'],
    requests: 0,
    journal: undefined as never,
    name,
    second,
    hub,
    device,
    memory,
    fetch: throughWire(hub, () => {
      world.requests += 1;
      return world.moods.length > 1 ? world.moods.shift()! : world.moods[0]!;
    }),
    sync: (over = {}) =>
      syncNow({
        journal: world.journal,
        device,
        fetch: world.fetch,
        clock,
        random: () => 0.5,
        memory,
        locks: null,
        ...over,
      }),
    async reopen() {
      await world.journal.close();
      world.journal = await open();
    },
  };
  world.journal = await open();
  return world;
}
