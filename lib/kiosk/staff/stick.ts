/** Hand-over by stick: journal lines and comments out, receipts in. Nothing leaves the device before a receipt frees it. */
import type { StaffTranslate } from '../../i18n/kiosk/staff/index.ts';
import {
  acceptCommentsReceipts,
  acceptReceiptFile,
  type Device,
  faultOfReceiptFile,
  type HandoverScope,
  isSyncError,
  makeCommentsFile,
  makeHandover,
} from '../../sync/index.ts';
import type { Loaded } from '../lazy-backend.ts';
import { type Outcome, told } from './outcome.ts';

export interface SavedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The hand-over files, saved one after the other, and how it went. */
export async function exportHandover(
  loaded: Loaded,
  scope: HandoverScope,
  t: StaffTranslate,
): Promise<{ readonly files: readonly SavedFile[]; readonly outcome: Outcome }> {
  let files: readonly SavedFile[] = [];
  const outcome = await told(t, async () => {
    const device = loaded.device();
    if (device) files = await makeHandover(await loaded.journal(), device, Date.now, scope);
    for (const file of files) download(file);
    if (files.length === 0) return { kind: 'warn', text: t('handoverNone') };
    return { kind: 'good', text: t('handoverDone', { n: files.length }) };
  });
  return { files, outcome };
}

/** The comments not received yet as one signed file, for the same stick. */
export async function exportComments(loaded: Loaded, t: StaffTranslate): Promise<Outcome> {
  return told(t, async () => {
    const device = loaded.device();
    const file = device ? await makeCommentsFile(device, loaded.comments) : null;
    if (file === null) return { kind: 'warn', text: t('commentsFileNone') };
    download(file);
    return { kind: 'good', text: t('commentsFileDone') };
  });
}

/** Takes a receipt file; where it is refused, the sentence names the field that is wrong. */
export async function importReceipt(loaded: Loaded, file: File, t: StaffTranslate): Promise<Outcome> {
  return told(t, async () => {
    const device = loaded.device();
    if (!device) return { kind: 'bad', text: t('errorFile') };
    const bytes = new Uint8Array(await file.arrayBuffer());
    const journal = await loaded.journal();
    try {
      const words = await acceptCommentsReceipts(device, loaded.comments, new TextDecoder().decode(bytes));
      const n = await acceptReceiptFile(journal, device, bytes).catch((error: unknown) => {
        if (words === 0) throw error;
        return 0;
      });
      const { unsent } = await journal.state();
      return { kind: unsent === 0 ? 'good' : 'warn', text: t('receiptDone', { n, unsent }) };
    } catch (error) {
      if (!isSyncError(error) || error.code !== 'file') throw error;
      return { kind: 'bad', text: await whyRefused(device, bytes, t) };
    }
  });
}

async function whyRefused(device: Device, bytes: Uint8Array, t: StaffTranslate): Promise<string> {
  const fault = await faultOfReceiptFile(device, bytes);
  if (fault === null) return t('errorFile');
  switch (fault.field) {
    case 'device':
      return t('receiptWrong_device', { other: fault.other, device: device.id });
    case 'hub':
      return t('receiptWrong_hub', { other: fault.other });
    case 'content':
      return t('receiptWrong_content', { field: fault.name });
    default:
      return t(`receiptWrong_${fault.field}`);
  }
}

/** Saves a file to the downloads folder. */
export function download({ name, bytes }: SavedFile): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
