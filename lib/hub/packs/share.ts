/** Which packs a device gets: pure, so that the same device is in the same trial on every hub and after every restart. */
import { createHash } from 'node:crypto';
import { compareVersions, refOf } from './version.ts';

/** A signed pack that may be delivered. */
export interface Deliverable {
  readonly id: string;
  readonly version: string;
  readonly stage: 'trial' | 'everywhere';
  readonly units: readonly string[];
  /** Of the devices outside `units`, 0..100. */
  readonly percent: number;
  readonly body: unknown;
}

/** A device by what decides: its id, and its unit with all units above. */
export interface DevicePlace {
  readonly device: string;
  readonly kind: string;
  readonly units: readonly string[];
}

/**
 * Whether the device is among the `percent` of a trial. By a hash of device and pack, so that raising the share keeps
 * those already in, and another version tries itself on other devices.
 */
export function isInShare(device: string, pack: string, percent: number): boolean {
  const place = createHash('sha256').update(`${pack}\n${device}`).digest().readUInt32BE(0);
  return place < (percent / 100) * 2 ** 32;
}

/** The packs of one device, the newest of each family, in the order of their ids. Kiosks read no pages and get none. */
export function packsFor(packs: readonly Deliverable[], place: DevicePlace): Deliverable[] {
  if (place.kind !== 'extension') return [];
  const newest = new Map<string, Deliverable>();
  for (const pack of packs) {
    const isOn =
      pack.stage === 'everywhere' ||
      pack.units.some((unit) => place.units.includes(unit)) ||
      isInShare(place.device, refOf(pack), pack.percent);
    const before = newest.get(pack.id);
    if (isOn && (before === undefined || compareVersions(pack.version, before.version) > 0)) {
      newest.set(pack.id, pack);
    }
  }
  return [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
