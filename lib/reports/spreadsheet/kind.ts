/** What a file is, by its first bytes: names and types lie (portals call an HTML page `.xls`). */
import { refusal } from './refusal.ts';

export type FileKind = 'xlsx' | 'csv' | 'html';

/** Largest file that is read. */
export const MAX_FILE = 50 * 1024 * 1024;

const startsWith = (bytes: Uint8Array, ...marks: readonly number[]) =>
  marks.every((mark, at) => bytes[at] === mark);

/** The kind of a file. @throws FileRefusal for what is not read */
export function kindOf(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) throw refusal('empty');
  if (bytes.length > MAX_FILE) throw refusal('tooLarge');
  if (startsWith(bytes, 0x50, 0x4b)) return 'xlsx';
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw refusal(holdsEncryptedPackage(bytes) ? 'password' : 'xls');
  // BIFF 2 to 4 without a container.
  if (startsWith(bytes, 0x09) && (bytes[1] === 0 || bytes[1] === 2 || bytes[1] === 4) && bytes[2]! <= 8)
    throw refusal('xls');
  const start = textStart(bytes);
  if (/^\s*(?:MIME-Version|From|Content-Type)\s*:/i.test(start)) throw refusal('webArchive');
  if (/^\s*<\?xml[^>]*>\s*(?:<\?mso-application[^>]*>\s*)?<(?:ss:)?Workbook\b/i.test(start))
    throw refusal('xmlSheet');
  if (
    /^\s*(?:<!--[\s\S]{0,2000}?-->\s*)*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|head|body|meta|style|table|div|center|font|title)\b/i.test(
      start,
    )
  )
    return 'html';
  if (isBinary(bytes)) throw refusal('notTable');
  if (/^\s*(?:%PDF-|\{\\rtf|<\?xml|[{[]\s*["{[\]}])/.test(start)) throw refusal('notTable');
  if (start.trim() === '') throw refusal('empty');
  return 'csv';
}

/** An encrypted workbook is an old container with a stream of this name (MS-OFFCRYPTO 2.3). */
function holdsEncryptedPackage(bytes: Uint8Array): boolean {
  const name = [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0]);
  for (let at = 0; at + name.length <= bytes.length; at += 2) {
    if (bytes[at] === name[0] && name.every((byte, place) => bytes[at + place] === byte)) return true;
  }
  return false;
}

function textStart(bytes: Uint8Array): string {
  const encoding = startsWith(bytes, 0xff, 0xfe)
    ? 'utf-16le'
    : startsWith(bytes, 0xfe, 0xff)
      ? 'utf-16be'
      : 'utf-8';
  return new TextDecoder(encoding).decode(bytes.subarray(0, 4096));
}

/** Zero bytes and control characters are in no text but UTF-16. */
function isBinary(bytes: Uint8Array): boolean {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return false;
  return bytes.subarray(0, 4096).some((byte) => byte < 9 || (byte > 13 && byte < 27));
}

/**
 * Text of a whole file: UTF-8, UTF-16 with a mark, or what an HTML page declares.
 * @throws FileRefusal when the bytes do not fit, so that no name is read wrongly
 */
export function decoderOf(bytes: Uint8Array, declared: string | null = null): TextDecoder {
  const encoding = startsWith(bytes, 0xff, 0xfe)
    ? 'utf-16le'
    : startsWith(bytes, 0xfe, 0xff)
      ? 'utf-16be'
      : startsWith(bytes, 0xef, 0xbb, 0xbf)
        ? 'utf-8'
        : (declared ?? 'utf-8');
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw refusal('encoding');
  }
}
