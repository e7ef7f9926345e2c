/**
 * Reads a batch from an untrusted sender, in the order that costs a stranger the most and us the least:
 *
 *   header (bounded) → schema → signature over the gzip bytes → inflate (bounded) → lines (bounded) → chain prev→head
 */
import { base64url, flattenedVerify } from 'jose';
import { type LineReading, readLine } from '../domain/entry.ts';
import { chainStep, fromHex, toHex } from './chain.ts';
import { batchError } from './error.ts';
import { gunzipBounded } from './gzip.ts';
import { importPublic, type VerifyingKey } from './jws.ts';
import { type BatchHeader, batchHeaderSchema, LIMITS } from './protocol.ts';

const NEWLINE = 0x0a;
const FORM = /^([A-Za-z0-9_-]+)\.\.([A-Za-z0-9_-]{86})$/;

/** The parts of a batch, well-formed but NOT yet verified. */
export interface BatchParts {
  readonly header: BatchHeader;
  readonly protectedHeader: string;
  readonly signature: string;
  /** The gzip bytes, a view on the input. */
  readonly payload: Uint8Array;
}

/** A batch whose signature, bounds and chain hold. */
export interface VerifiedBatch {
  readonly header: BatchHeader;
  /** Exact lines; `lines[i]` has sequence number `header.first + i`. */
  readonly lines: readonly string[];
  /** `chain[i]` is the chain value after `lines[i]`: same seq, other value = a fork. */
  readonly chain: readonly Uint8Array[];
}

/**
 * Takes a batch apart and checks the form of its header; nothing is verified yet (use it to look up the device's key).
 * @throws BatchError `malformed`, `bound` or `schema`
 */
export function readBatchHeader(bytes: Uint8Array): BatchParts {
  const end = bytes.subarray(0, LIMITS.headerBytes + 1).indexOf(NEWLINE);
  if (end < 0) {
    if (bytes.length <= LIMITS.headerBytes) throw batchError('malformed', 'header', 'no header line');
    throw batchError('bound', 'headerBytes', `header line over ${LIMITS.headerBytes} bytes`);
  }
  const payload = bytes.subarray(end + 1);
  if (payload.length > LIMITS.packedBytes) {
    throw batchError('bound', 'packedBytes', `packed over ${LIMITS.packedBytes} bytes`);
  }
  const found = FORM.exec(String.fromCharCode(...bytes.subarray(0, end)));
  if (!found) throw batchError('malformed', 'header', 'not a line of detached JWS');
  const protectedHeader = found[1]!;
  const signature = found[2]!;
  let raw: unknown;
  try {
    // Only one spelling of a signature is accepted, so that equal batches are equal bytes.
    if (base64url.encode(base64url.decode(signature)) !== signature) throw new Error('spelling');
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(base64url.decode(protectedHeader)));
  } catch {
    throw batchError('malformed', 'header', 'not a line of detached JWS');
  }
  const parsed = batchHeaderSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.map(String).join('.') || 'header';
    throw batchError('schema', field, `field ${field}: ${issue?.code ?? 'invalid'}`);
  }
  const header = parsed.data;
  if (header.last !== header.first + header.count - 1) {
    throw batchError('schema', 'last', 'first, last and count do not agree');
  }
  if (header.beacon.head < header.last) throw batchError('schema', 'beacon.head', 'declared head below last');
  if (header.count === 0 && header.prev !== header.head) {
    throw batchError('schema', 'head', 'a beacon moves the chain');
  }
  return { header, protectedHeader, signature, payload };
}

/**
 * The verified content of a batch signed by `key` (the registered key of the device; for a unit that meets a device
 * for the first time, the `jwk` of its header).
 * @throws BatchError; nothing of the batch may be used then
 */
export async function verifyBatch(bytes: Uint8Array, key: VerifyingKey): Promise<VerifiedBatch> {
  const { header, protectedHeader, signature, payload } = readBatchHeader(bytes);
  const platformKey = await importPublic(key);
  try {
    await flattenedVerify({ protected: protectedHeader, signature, payload }, platformKey, {
      algorithms: ['ES256'],
    });
  } catch {
    throw batchError('signature', 'signature', 'not signed by the expected key');
  }
  const lines = linesOf(await gunzipBounded(payload, LIMITS.inflatedBytes), header.count);
  const chain: Uint8Array[] = [];
  let value: Uint8Array = fromHex(header.prev);
  lines.forEach((line, index) => {
    value = chainStep(value, header.first + index, line);
    chain.push(value);
  });
  if (toHex(value) !== header.head)
    throw batchError('chain', 'head', 'the lines do not lead from prev to head');
  return { header, lines, chain };
}

function linesOf(inflated: Uint8Array, count: number): string[] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lines: string[] = [];
  let at = 0;
  while (at < inflated.length) {
    const end = inflated.indexOf(NEWLINE, at);
    if (end < 0) throw batchError('inflate', 'payload', 'the last line is cut');
    if (lines.length === count) throw batchError('count', 'count', 'more lines than the header says');
    if (end - at > LIMITS.lineBytes) {
      throw batchError('bound', 'lineBytes', `a line over ${LIMITS.lineBytes} bytes`);
    }
    try {
      lines.push(decoder.decode(inflated.subarray(at, end)));
    } catch {
      throw batchError('inflate', 'payload', 'a line is not UTF-8');
    }
    at = end + 1;
  }
  if (lines.length !== count) throw batchError('count', 'count', 'fewer lines than the header says');
  return lines;
}

/**
 * Reads line `index` of a verified batch as an entry and checks that it says the stream and seq it was sent under
 * (code `identity` otherwise). Never throws: what is not ok goes to quarantine and counts as received.
 */
export function readBatchLine(batch: VerifiedBatch, index: number): LineReading {
  const seq = batch.header.first + index;
  const reading = readLine(batch.lines[index] ?? '');
  if (!reading.ok) return { ...reading, seq };
  if (reading.entry.seq !== seq || reading.entry.stream !== batch.header.stream) {
    return { ok: false, code: 'identity', message: 'the line says another stream or seq', seq };
  }
  return reading;
}
