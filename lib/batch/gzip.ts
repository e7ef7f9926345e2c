/**
 * Gzip by the platform's streams, with a hard bound on what comes out. The input is fed in small slices and the
 * output is read as it comes: a slice of 1 KiB cannot make more than about 1 MiB, so a bomb costs that much at most.
 */
import { batchError } from './error.ts';

const SLICE = 1024;

/** `bytes` as one gzip member. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * The bytes inside a gzip stream.
 * @throws BatchError `bound` when they are more than `most`, `inflate` when it is no complete gzip stream
 */
export async function gunzipBounded(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const fed = feed(writable.getWriter(), bytes);
  const reader = readable.getReader();
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      total += value.byteLength;
      if (total > most) {
        await reader.cancel().catch(() => undefined);
        throw batchError('bound', 'inflatedBytes', `inflates to more than ${most} bytes`);
      }
      parts.push(value);
    }
  } catch (error) {
    if (total > most) throw error;
    throw batchError('inflate', 'payload', 'not a complete gzip stream');
  }
  if (!(await fed)) throw batchError('inflate', 'payload', 'not a complete gzip stream');
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** True when everything was taken; false when the other end gave up. Never rejects. */
async function feed(writer: WritableStreamDefaultWriter<BufferSource>, bytes: Uint8Array): Promise<boolean> {
  writer.closed.catch(() => undefined);
  try {
    for (let at = 0; at < bytes.length; at += SLICE) {
      await writer.ready;
      await writer.write(bytes.slice(at, at + SLICE));
    }
    await writer.close();
    return true;
  } catch {
    return false;
  }
}
