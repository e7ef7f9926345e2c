/** A finished comment with the salt and hash under which the entry names it. Synchronous: it is made once, before the mirror. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { WrittenComment } from '../visit.ts';
import { finished } from './clean.ts';

/** The comment of a text, or null when nothing is left of it. `random` gives the 16 bytes of the salt. */
export function seal(
  text: string,
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> = (bytes) =>
    crypto.getRandomValues(bytes),
): WrittenComment | null {
  const words = finished(text);
  if (words === '') return null;
  const salt = random(new Uint8Array(16));
  return {
    hash: bytesToHex(sha256(concatBytes(salt, utf8ToBytes(words)))),
    salt: base64url(salt),
    text: words,
  };
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
