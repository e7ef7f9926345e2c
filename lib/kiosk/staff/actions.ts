/** What staff can do, with the sentence that says how it went. Effects of the staff screens live here. */
import type { StaffKey, StaffTranslate } from '../../i18n/kiosk/staff/index.ts';
import {
  acceptReceiptFile,
  activate,
  activateFromUnitFile,
  isSyncError,
  makeHandover,
} from '../../sync/index.ts';
import type { Loaded } from '../lazy-backend.ts';
import type { Room } from '../room.ts';

/** A sentence for the person, and whether it is good news. */
export interface Outcome {
  readonly kind: 'good' | 'warn' | 'bad';
  readonly text: string;
}

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
  readonly isPersisted: boolean;
  readonly usedMb: number | null;
  readonly quotaMb: number | null;
  readonly version: string;
  readonly build: string | null;
}

const ERRORS: Record<string, StaffKey> = {
  network: 'errorNetwork',
  notHub: 'errorNotHub',
  refused: 'errorRefused',
  badAnswer: 'errorBadAnswer',
  passphrase: 'errorPassphrase',
  file: 'errorFile',
};

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
  return {
    unit: device.unit.name,
    deviceId: device.id,
    deviceName: device.name,
    hub: device.hub,
    isJournalOk: state?.storage === 'ok',
    recorded: state?.streams.reduce((sum, { head }) => sum + head, 0) ?? 0,
    unsent: state?.storage === 'ok' ? state.unsent : null,
    lastReceipt: state?.lastReceipt ?? null,
    isPersisted,
    usedMb: megabytes(space.usage),
    quotaMb: megabytes(space.quota),
    version: String(import.meta.env.NMC_VERSION ?? ''),
    build,
  };
}

export async function activateByCode(
  asked: { hub: string; code: string; name: string },
  t: StaffTranslate,
): Promise<Outcome> {
  return told(t, async () => {
    const device = await activate({ ...asked, kind: 'kiosk' });
    return { kind: 'good', text: t('activated', { unit: device.unit.name }) };
  });
}

export async function activateByFile(
  asked: { file: File; passphrase: string; name: string },
  t: StaffTranslate,
): Promise<Outcome> {
  return told(t, async () => {
    const bytes = new Uint8Array(await asked.file.arrayBuffer());
    const device = await activateFromUnitFile(bytes, asked.passphrase, 'kiosk', asked.name);
    return { kind: 'good', text: t('activated', { unit: device.unit.name }) };
  });
}

export async function syncByHand(loaded: Loaded, t: StaffTranslate): Promise<Outcome> {
  return told(t, async () => {
    const result = await loaded.sync({ force: true });
    if (!result) return { kind: 'bad', text: t('errorOther') };
    const text = result.problem?.message ?? t(`sync_${result.state}`);
    return { kind: result.state === 'done' ? 'good' : 'warn', text };
  });
}

/** Saves everything unsent as files; the journal keeps it until the receipt comes back. */
export async function exportHandover(loaded: Loaded, t: StaffTranslate): Promise<Outcome> {
  return told(t, async () => {
    const device = loaded.device();
    const files = device ? await makeHandover(await loaded.journal(), device) : [];
    for (const { name, bytes } of files) download(name, bytes);
    if (files.length === 0) return { kind: 'warn', text: t('handoverNone') };
    return { kind: 'good', text: t('handoverDone', { n: files.length }) };
  });
}

export async function importReceipt(loaded: Loaded, file: File, t: StaffTranslate): Promise<Outcome> {
  return told(t, async () => {
    const device = loaded.device();
    if (!device) return { kind: 'bad', text: t('errorFile') };
    const bytes = new Uint8Array(await file.arrayBuffer());
    const n = await acceptReceiptFile(await loaded.journal(), device, bytes);
    return { kind: 'good', text: t('receiptDone', { n }) };
  });
}

/** Asks the browser to keep this origin's data. */
export async function askPersistence(t: StaffTranslate): Promise<Outcome> {
  const isGranted = await navigator.storage.persist();
  return isGranted ? { kind: 'good', text: t('persistedYes') } : { kind: 'warn', text: t('persistRefused') };
}

async function told(t: StaffTranslate, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!isSyncError(error)) {
      console.error('nmc kiosk: staff action failed', error instanceof Error ? error.name : typeof error);
      return { kind: 'bad', text: t('errorOther') };
    }
    const values = { message: error.problem?.message ?? error.code };
    return { kind: 'bad', text: t(ERRORS[error.code] ?? 'errorOther', values) };
  }
}

function download(name: string, bytes: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function megabytes(bytes: number | undefined): number | null {
  return bytes === undefined ? null : Math.ceil(bytes / 1_000_000);
}
