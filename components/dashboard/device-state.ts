/** What a supervisor needs to know of a device's streams, added up. */
import type { Device } from './model.ts';

export interface DeviceSummary {
  /** Of the newest stream. */
  readonly through: number;
  readonly head: number;
  /** Entries known to be missing over all streams: gaps, and what lies between the last received and the declared head. */
  readonly missing: number;
  readonly quarantined: number;
  readonly streams: number;
}

/** Sums of one device. */
export function summaryOf(device: Device): DeviceSummary {
  const newest = device.streams.reduce<Device['streams'][number] | null>(
    (best, one) => (best === null || one.stream > best.stream ? one : best),
    null,
  );
  return {
    through: newest?.through ?? 0,
    head: newest ? Math.max(newest.declaredHead, newest.through) : 0,
    missing: device.streams.reduce((sum, one) => sum + missingOf(one), 0),
    quarantined: device.streams.reduce((sum, one) => sum + one.quarantined, 0),
    streams: device.streams.length,
  };
}

/** Gaps are counted once: a list that ends below the declared head leaves the rest to add. */
function missingOf(stream: Device['streams'][number]): number {
  const gaps = stream.gaps.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const isOpenEnded = stream.gaps.length === 0 && stream.declaredHead > stream.through;
  return isOpenEnded ? stream.declaredHead - stream.through : gaps;
}

/** Whether somebody should look: alarms, missing entries, something set aside, or waiting to be accepted. */
export function needsLook(device: Device): boolean {
  const { missing, quarantined } = summaryOf(device);
  if (device.status === 'revoked') return false;
  return device.status === 'new' || device.alarms.length > 0 || missing > 0 || quarantined > 0;
}

/** Devices that need a look first, then by unit and name; revoked last. */
export function sortDevices(devices: readonly Device[]): Device[] {
  const place = (device: Device) => (device.status === 'revoked' ? 2 : needsLook(device) ? 0 : 1);
  return [...devices].sort(
    (a, b) =>
      place(a) - place(b) ||
      a.unit.name.localeCompare(b.unit.name, 'vi') ||
      a.name.localeCompare(b.name, 'vi'),
  );
}
