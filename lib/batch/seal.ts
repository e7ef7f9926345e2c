/**
 * Codes in what a document leaves in `storage.local` for the next one (`lib/page/kept.ts`), under a one-time pad that lives
 * in memory only (`storage.session`, and the document itself): what reaches the disk says nothing but how long it is.
 * Web Crypto does not exist on http pages, where many portals still are; a pad used once needs none.
 */

/** Room for about two hundred codes between two loads of a page. */
const PAD_BYTES = 4_096;
/** Taken up by every text, so that its length tells only roughly how many codes it holds. */
const BLOCK = 64;

export interface Sealed {
  /** Where in the pad it begins, bytes. */
  readonly from: number;
  /** Base64. */
  readonly text: string;
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
const base64Of = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const cover = (bytes: Uint8Array, pad: Uint8Array, from: number) =>
  bytes.map((byte, at) => byte ^ pad[from + at]!);

/** A new pad, base64. */
export function newPad(): string {
  return base64Of(crypto.getRandomValues(new Uint8Array(PAD_BYTES)));
}

/** Seals one list after another with one pad, no byte of it twice; null when it is used up. */
export function sealer(pad: string): (codes: readonly string[]) => Sealed | null {
  const key = bytesOf(pad);
  let next = 0;
  return (codes) => {
    const plain = new TextEncoder().encode(JSON.stringify(codes));
    const bytes = new Uint8Array(Math.ceil(plain.length / BLOCK) * BLOCK).fill(0x20);
    bytes.set(plain);
    const from = next;
    if (from + bytes.length > key.length) return null;
    next += bytes.length;
    return { from, text: base64Of(cover(bytes, key, from)) };
  };
}

/** The codes, or none where the pad is gone or another one. */
export function unseal(pad: string | undefined, sealed: Sealed | null): readonly string[] {
  if (pad === undefined || sealed === null) return [];
  try {
    const bytes = bytesOf(sealed.text);
    const key = bytesOf(pad);
    if (sealed.from + bytes.length > key.length) return [];
    const text = new TextDecoder('utf-8', { fatal: true }).decode(cover(bytes, key, sealed.from));
    const codes: unknown = JSON.parse(text);
    return Array.isArray(codes) && codes.every((code) => typeof code === 'string') ? codes : [];
  } catch {
    return [];
  }
}
