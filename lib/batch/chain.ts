/**
 * The hash chain of a stream: h(seq) = SHA-256( h(seq−1) ‖ uint64be(seq) ‖ SHA-256(utf8 line) ), h(0) = 32 zero bytes.
 * Synchronous on purpose: awaiting WebCrypto inside an IndexedDB transaction ends it in Firefox (DESIGN §5, measured).
 * The line is hashed first, so one line can be erased for a privacy request while the chain still verifies.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** Chain value before the first line. */
export const GENESIS: Uint8Array = new Uint8Array(32);

const encoder = new TextEncoder();

/** SHA-256 of the exact UTF-8 line. */
export function lineHash(line: string): Uint8Array {
  return sha256(encoder.encode(line));
}

/** Chain value after `line` at `seq`, given the value before it. */
export function chainStep(prev: Uint8Array, seq: number, line: string): Uint8Array {
  const joined = new Uint8Array(72);
  joined.set(prev, 0);
  new DataView(joined.buffer).setBigUint64(32, BigInt(seq));
  joined.set(lineHash(line), 40);
  return sha256(joined);
}

/** Length of the line in UTF-8 bytes. */
export function byteLength(line: string): number {
  return encoder.encode(line).length;
}

export { bytesToHex as toHex, hexToBytes as fromHex };
