/**
 * Codes in what a document leaves in `storage.local` for the next one (`lib/page/kept.ts`): what reaches the disk says
 * nothing but roughly how many they are.
 *
 * Web Crypto does not exist on http pages, where many portals still are. So the worker hands each document a stretch of an
 * AES-CTR key stream under a number of its own, and the document covers its codes with it, no byte twice. The key lives in
 * memory only (`storage.session`); the number stands beside the covered text, so nothing else is kept per document.
 */

/** Room for about a hundred codes between two loads of a page. */
const PAD_BYTES = 2_048;
/** Taken up by every text, so that its length tells only roughly how many codes it holds. */
const BLOCK = 64;
/** AES-CTR: eight bytes of the document's number, then eight that count blocks. */
const COUNTER_BITS = 64;

/** A document's stretch of the key stream. All base64. */
export interface Pad {
  readonly number: string;
  readonly bytes: string;
}

export interface Sealed {
  /** Number of the pad. */
  readonly pad: string;
  /** Where in it the text begins, bytes. */
  readonly from: number;
  /** Base64. */
  readonly text: string;
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
const base64Of = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const randomOf = (length: number) => base64Of(crypto.getRandomValues(new Uint8Array(length)));
const cover = (bytes: Uint8Array, pad: Uint8Array, from: number) =>
  bytes.map((byte, at) => byte ^ pad[from + at]!);

/** A new key, base64. */
export const newSealKey = (): string => randomOf(32);

async function streamOf(key: string, number: string): Promise<Uint8Array> {
  const counter = new Uint8Array(16);
  counter.set(bytesOf(number).subarray(0, 8));
  const aes = await crypto.subtle.importKey('raw', bytesOf(key), 'AES-CTR', false, ['encrypt']);
  const how = { name: 'AES-CTR', counter, length: COUNTER_BITS };
  return new Uint8Array(await crypto.subtle.encrypt(how, aes, new Uint8Array(PAD_BYTES)));
}

/** The pad of a new document. */
export async function newPad(key: string): Promise<Pad> {
  const number = randomOf(8);
  return { number, bytes: base64Of(await streamOf(key, number)) };
}

/** Seals one list after another with one pad, no byte of it twice; null when it is used up. */
export function sealer({ number, bytes }: Pad): (codes: readonly string[]) => Sealed | null {
  const pad = bytesOf(bytes);
  let next = 0;
  return (codes) => {
    const plain = new TextEncoder().encode(JSON.stringify(codes));
    const padded = new Uint8Array(Math.ceil(plain.length / BLOCK) * BLOCK).fill(0x20);
    padded.set(plain);
    const from = next;
    if (from + padded.length > pad.length) return null;
    next += padded.length;
    return { pad: number, from, text: base64Of(cover(padded, pad, from)) };
  };
}

/** The codes, or none where what comes out are no codes: another key (the browser was closed), another pad, a broken text. */
export async function unseal(key: string, sealed: Sealed | null): Promise<readonly string[]> {
  if (sealed === null) return [];
  try {
    const bytes = bytesOf(sealed.text);
    const pad = await streamOf(key, sealed.pad);
    if (sealed.from + bytes.length > pad.length) return [];
    const text = new TextDecoder('utf-8', { fatal: true }).decode(cover(bytes, pad, sealed.from));
    const codes: unknown = JSON.parse(text);
    return Array.isArray(codes) && codes.every((code) => typeof code === 'string') ? codes : [];
  } catch {
    return [];
  }
}
