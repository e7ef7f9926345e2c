/** Makes a batch: the line of detached JWS, then the gzip lines (format: `protocol.ts`). */
import { FlattenedSign } from 'jose';
import { byteLength, chainStep, toHex } from './chain.ts';
import { batchError } from './error.ts';
import { gzip } from './gzip.ts';
import { type BatchHeader, LIMITS, type PublicJwk } from './protocol.ts';

/** What goes into one batch. No lines = a closing beacon. */
export interface BatchContent {
  readonly device: string;
  readonly kind: BatchHeader['kind'];
  readonly stream: number;
  /** Sequence number of the first line (of the next line, for a beacon). */
  readonly first: number;
  /** Exact journal lines, consecutive from `first`. */
  readonly lines: readonly string[];
  /** Chain value before `first`. */
  readonly prev: Uint8Array;
  /** Device clock, milliseconds. */
  readonly sent: number;
  /** What the device holds in this stream now. */
  readonly beacon: { readonly head: number; readonly unsent: number };
}

/** The key pair of the sending device. */
export interface BatchSigner {
  readonly jwk: PublicJwk;
  readonly key: CryptoKey;
}

/**
 * The bytes of a batch.
 * @throws BatchError `bound` (field = name in LIMITS) when it must be made smaller; `malformed` for a line with a line break
 */
export async function packBatch(content: BatchContent, signer: BatchSigner): Promise<Uint8Array> {
  const { lines, first } = content;
  if (lines.length > LIMITS.entries)
    throw batchError('bound', 'entries', `more than ${LIMITS.entries} lines`);
  let head = content.prev;
  let size = 0;
  lines.forEach((line, index) => {
    if (line.includes('\n') || line === '') {
      throw batchError('malformed', 'line', 'a line is empty or holds a line break');
    }
    const bytes = byteLength(line);
    if (bytes > LIMITS.lineBytes)
      throw batchError('bound', 'lineBytes', `a line over ${LIMITS.lineBytes} bytes`);
    size += bytes + 1;
    head = chainStep(head, first + index, line);
  });
  if (size > LIMITS.inflatedBytes) {
    throw batchError('bound', 'inflatedBytes', `lines over ${LIMITS.inflatedBytes} bytes`);
  }
  const payload = await gzip(new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));
  if (payload.length > LIMITS.packedBytes) {
    throw batchError('bound', 'packedBytes', `packed over ${LIMITS.packedBytes} bytes`);
  }
  const header: BatchHeader = {
    alg: 'ES256',
    b64: false,
    crit: ['b64'],
    typ: 'nmc-batch',
    fmt: 1,
    device: content.device,
    stream: content.stream,
    first,
    last: first + lines.length - 1,
    count: lines.length,
    prev: toHex(content.prev),
    head: toHex(head),
    sent: new Date(content.sent).toISOString(),
    beacon: { ...content.beacon },
    kind: content.kind,
    jwk: signer.jwk,
  };
  const signed = await new FlattenedSign(payload).setProtectedHeader(header).sign(signer.key);
  const line = new TextEncoder().encode(`${signed.protected}..${signed.signature}\n`);
  const bytes = new Uint8Array(line.length + payload.length);
  bytes.set(line, 0);
  bytes.set(payload, line.length);
  return bytes;
}
