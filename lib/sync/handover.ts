/** Hand-over without network: the same batches as files, the same receipts as files (DESIGN §6). */
import {
  BATCH_ENDING,
  type BatchContent,
  countOf,
  isBatchError,
  LIMITS,
  packBatch,
  verifyReceipt,
} from '../batch/index.ts';
import type { Journal, PendingBatch } from '../journal/index.ts';
import { isTooLarge } from './size.ts';
import { type Device, syncError } from './types.ts';

/** A file to save. */
export interface HandoverFile {
  /** `<device>-<stream>-<first>-<last>.nmc` */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const RECEIPT_FILE_BYTES = 4 * 1024 * 1024;

/** Lines asked for at once; a batch packs to less than {@link LIMITS}.packedBytes, else it is halved. */
const BYTES = 1024 * 1024;

/** What a device sends of a pending run, ready for packing. */
export function contentOf(batch: PendingBatch, device: Device, sent: number): BatchContent {
  return {
    device: device.id,
    kind: device.kind,
    stream: batch.stream,
    first: batch.first,
    lines: batch.lines,
    prev: batch.prev,
    sent,
    beacon: { head: batch.head, unsent: batch.unsent },
  };
}

/** `unsent`: what no receipt has freed yet; `everything`: all lines held, to fill a hub or unit page anew. */
export type HandoverScope = 'unsent' | 'everything';

/**
 * The lines asked for as files; nothing in the journal changes before a receipt comes back. Made twice, received twice:
 * the second time has no effect.
 */
export async function makeHandover(
  journal: Journal,
  device: Device,
  clock: () => number = Date.now,
  scope: HandoverScope = 'unsent',
): Promise<HandoverFile[]> {
  const next = scope === 'unsent' ? journal.pending : await heldRuns(journal);
  const files: HandoverFile[] = [];
  let after: { stream: number; seq: number } | undefined;
  let entries: number = LIMITS.entries;
  for (;;) {
    const batch = await next({ entries, bytes: BYTES }, after);
    if (batch === null) return files;
    try {
      const bytes = await packBatch(contentOf(batch, device, clock()), device);
      const last = batch.first + batch.lines.length - 1;
      files.push({ name: `${device.id}-${batch.stream}-${batch.first}-${last}${BATCH_ENDING}`, bytes });
      after = { stream: batch.stream, seq: last };
      entries = LIMITS.entries;
    } catch (error) {
      if (!isTooLarge(error) || batch.lines.length === 1) throw error;
      entries = Math.ceil(batch.lines.length / 2);
    }
  }
}

/** Runs of consecutive lines held, received or not, asked for like {@link Journal.pending}. */
async function heldRuns(journal: Journal): Promise<Journal['pending']> {
  const { streams } = await journal.state();
  return async (max, after) => {
    for (const { stream, head, received } of streams) {
      if (after && stream < after.stream) continue;
      const from = after?.stream === stream ? after.seq + 1 : 1;
      if (from > head) continue;
      const held = await journal.lines(stream, from, head);
      const lines: string[] = [];
      let first = 0;
      let size = 0;
      for (const line of held) {
        const { seq } = JSON.parse(line) as { seq: number };
        if (lines.length === 0) first = seq;
        size += line.length * 3;
        if (
          seq !== first + lines.length ||
          lines.length >= max.entries ||
          (size > max.bytes && lines.length > 0)
        )
          break;
        lines.push(line);
      }
      if (lines.length === 0) continue;
      const prev = await journal.chainBefore(stream, first);
      return { stream, first, lines, prev, head, unsent: head - countOf(received) };
    }
    return null;
  };
}

/**
 * Takes over a receipt file (one compact JWS per line). Its time of travel says nothing about clocks, so the known
 * clock offset stays.
 * @returns how many receipts were for this device
 * @throws SyncError `file` when none is: not a receipt file, another hub's, or another device's
 */
export async function acceptReceiptFile(
  journal: Journal,
  device: Pick<Device, 'id' | 'hubId' | 'hubJwk'>,
  bytes: Uint8Array,
): Promise<number> {
  if (bytes.length > RECEIPT_FILE_BYTES) throw syncError('file', 'the receipt file is too large');
  let accepted = 0;
  for (const text of textsOf(bytes)) {
    const receipt = await verifyReceipt(text, device.hubJwk).catch(() => null);
    if (receipt === null || receipt.device !== device.id || receipt.hub !== device.hubId) continue;
    await journal.accept(receipt, { offset: null });
    accepted += 1;
  }
  if (accepted === 0) throw syncError('file', 'no receipt for this device in the file');
  return accepted;
}

/** What is wrong with a receipt file that {@link acceptReceiptFile} refused: the field, and whose it is where that is known. */
export type ReceiptFault =
  | { readonly field: 'size' | 'format' | 'signature' }
  | { readonly field: 'device' | 'hub'; readonly other: string }
  /** Rightly signed, but `name` is not of the known form. */
  | { readonly field: 'content'; readonly name: string };

const NEARNESS: readonly ReceiptFault['field'][] = [
  'device',
  'hub',
  'content',
  'signature',
  'format',
  'size',
];

/** The fault of the receipt that came nearest to being accepted; null when one is for this device after all. */
export async function faultOfReceiptFile(
  device: Pick<Device, 'id' | 'hubId' | 'hubJwk'>,
  bytes: Uint8Array,
): Promise<ReceiptFault | null> {
  if (bytes.length > RECEIPT_FILE_BYTES) return { field: 'size' };
  let nearest: ReceiptFault = { field: 'format' };
  for (const text of textsOf(bytes)) {
    const fault = await faultOf(text, device);
    if (fault === null) return null;
    if (NEARNESS.indexOf(fault.field) < NEARNESS.indexOf(nearest.field)) nearest = fault;
  }
  return nearest;
}

async function faultOf(
  text: string,
  device: Pick<Device, 'id' | 'hubId' | 'hubJwk'>,
): Promise<ReceiptFault | null> {
  try {
    const receipt = await verifyReceipt(text, device.hubJwk);
    if (receipt.hub !== device.hubId) return { field: 'hub', other: receipt.hub };
    return receipt.device === device.id ? null : { field: 'device', other: receipt.device };
  } catch (error) {
    if (!isBatchError(error)) throw error;
    if (error.code === 'signature') return { field: 'signature' };
    return error.code === 'schema' ? { field: 'content', name: error.field } : { field: 'format' };
  }
}

/** The texts of a receipt file: one compact JWS per line, at most a thousand. */
function textsOf(bytes: Uint8Array): string[] {
  return new TextDecoder().decode(bytes).split(/\s+/).filter(Boolean).slice(0, 1_000);
}
