/**
 * Opens an archive without trusting it: its directory is read before anything is inflated, and nothing is inflated
 * beyond the size the directory declares.
 */
import { Inflate } from 'fflate';
import { refusal } from './refusal.ts';

export interface ZipEntry {
  readonly name: string;
  readonly packed: number;
  readonly size: number;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Where its local header begins. */
  readonly offset: number;
}

const MAX_ENTRIES = 4_000;
/** Most bytes of all parts together that are inflated. */
const MAX_INFLATED = 256 * 1024 * 1024;
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/** The archive's own list of its parts. @throws FileRefusal `broken` for what is no archive, `zipBomb` for too many parts */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = -1;
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at -= 1) {
    if (view.getUint32(at, true) === END) {
      end = at;
      break;
    }
  }
  if (end < 0) throw refusal('broken');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  // 0xffff and 0xffffffff point to a 64-bit directory: no list of dossiers needs one.
  if (count > MAX_ENTRIES || at === 0xffffffff) throw refusal('zipBomb');
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) throw refusal('broken');
    const length = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length));
    if (names.has(name)) throw refusal('broken');
    names.add(name);
    entries.push({
      name,
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      method: view.getUint16(at + 10, true),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Refuses what would inflate beyond {@link MAX_INFLATED}, judged by the directory alone. @throws FileRefusal */
export function checkSizes(entries: readonly ZipEntry[]): void {
  let sum = 0;
  for (const { size, isEncrypted } of entries) {
    if (isEncrypted) throw refusal('password');
    sum += size;
    if (sum > MAX_INFLATED) throw refusal('zipBomb');
  }
}

/** One part, inflated to exactly its declared size. @throws FileRefusal when it is more or less than that */
export function inflateEntry(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { offset, packed, size, method } = entry;
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL) throw refusal('broken');
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw refusal('broken');
  const data = bytes.subarray(start, start + packed);
  if (method === 0) {
    if (packed !== size) throw refusal('broken');
    return data;
  }
  if (method !== 8) throw refusal('broken');
  const whole = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    if (filled + chunk.length > size) throw refusal('zipBomb');
    whole.set(chunk, filled);
    filled += chunk.length;
  });
  const STEP = 64 * 1024;
  try {
    for (let at = 0; at < data.length; at += STEP)
      inflate.push(data.subarray(at, at + STEP), at + STEP >= data.length);
  } catch (error) {
    throw error instanceof Error && 'refusal' in error ? error : refusal('broken');
  }
  if (filled !== size) throw refusal('broken');
  return whole;
}
