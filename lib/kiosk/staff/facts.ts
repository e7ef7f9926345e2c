/** What the staff screens show of this device. */
import { localTimeOf, showDay } from '../../domain/dates.ts';
import type { Room } from '../room.ts';

/** What the home screen shows; null = not known. */
export interface Facts {
  readonly unit: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly hub: string | null;
  readonly isJournalOk: boolean;
  readonly recorded: number;
  readonly unsent: number | null;
  /** ISO instant. */
  readonly lastReceipt: string | null;
  /** ISO instant when this device passed the check before use. */
  readonly commissionedAt: string | null;
  readonly isPersisted: boolean;
  readonly usedMb: number | null;
  readonly quotaMb: number | null;
  readonly version: string;
  readonly build: string | null;
}

/** The facts of this device, or null before the activation. */
export async function readFacts(room: Room): Promise<Facts | null> {
  const loaded = await room.backend();
  const device = loaded.device();
  if (!device) return null;
  const [state, isPersisted, space, build] = await Promise.all([
    loaded.journal().then(
      (journal) => journal.state(),
      () => null,
    ),
    navigator.storage.persisted(),
    navigator.storage.estimate(),
    room.updates?.revision() ?? null,
  ]);
  const { commissioned } = room.settings.get();
  return {
    unit: device.unit.name,
    deviceId: device.id,
    deviceName: device.name,
    hub: device.hub,
    isJournalOk: state?.storage === 'ok',
    recorded: state?.streams.reduce((sum, { head }) => sum + head, 0) ?? 0,
    unsent: state?.storage === 'ok' ? state.unsent : null,
    lastReceipt: state?.lastReceipt ?? null,
    commissionedAt: commissioned?.device === device.id ? commissioned.at : null,
    isPersisted,
    usedMb: megabytes(space.usage),
    quotaMb: megabytes(space.quota),
    version: String(import.meta.env.NMC_VERSION ?? ''),
    build,
  };
}

/** `dd/MM/yyyy HH:mm` in Asia/Ho_Chi_Minh; null stays null. */
export function showTime(iso: string | null): string | null {
  if (iso === null) return null;
  const local = localTimeOf(Date.parse(iso));
  return `${showDay(local.slice(0, 10))} ${local.slice(11)}`;
}

function megabytes(bytes: number | undefined): number | null {
  return bytes === undefined ? null : Math.ceil(bytes / 1_000_000);
}
