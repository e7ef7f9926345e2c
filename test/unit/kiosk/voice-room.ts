/** Rooms for the loudspeaker's tests: a cache in memory, clips with true hashes. */
import { type ClipRef, toHex } from '../../../lib/batch/index.ts';
import type { ClipCache } from '../../../lib/kiosk/voice/clip-cache.ts';

export interface MemoryCache extends ClipCache {
  readonly records: Map<string, Response>;
  /** Every write is refused, as on a full disk. */
  isFull: boolean;
}

/** Cache Storage as far as it is used: whole records, read as often as one likes. */
export function memoryCache(): MemoryCache {
  const records = new Map<string, Response>();
  const cache: MemoryCache = {
    records,
    isFull: false,
    keys: async () => [...records.keys()].map((url) => ({ url })),
    match: async (url) => records.get(String(url))?.clone(),
    put: async (url, answer) => {
      if (cache.isFull) throw new DOMException('full', 'QuotaExceededError');
      records.set(new URL(String(url)).href, answer);
    },
    delete: async (url) => records.delete(String(url)),
  };
  return cache;
}

export const sound = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

export async function clipOf(
  language: string,
  phrase: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<ClipRef> {
  const sha256 = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  return { language, phrase, sha256, mime: 'audio/webm', bytes: bytes.byteLength };
}
