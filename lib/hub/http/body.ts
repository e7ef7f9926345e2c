/** Reading what was sent: bounded before and while reading, and checked by a schema before use. */
import type * as z from 'zod/mini';
import type { HubContext } from './context.ts';
import { refuse } from './problem.ts';

/** The bytes of the body, at most `most`. Refuses 413 by the declared length first, then by what really comes. */
export async function readBytes(c: HubContext, most: number): Promise<Uint8Array> {
  const tooLarge = () => refuse(413, 'tooLarge', { values: { limit: most } });
  const declared = c.req.header('content-length');
  if (declared !== undefined && !(Number(declared) <= most)) throw tooLarge();
  const stream = c.req.raw.body;
  if (!stream) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let total = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value.byteLength;
    if (total > most) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    chunks.push(value);
  }
  return new Uint8Array(Buffer.concat(chunks, total));
}

/** Refuses any other content type: it decides whether a browser must ask first (CORS). */
export function needType(c: HubContext, wanted: string): void {
  const given = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (given !== wanted) throw refuse(415, 'mediaType', { field: 'content-type', values: { wanted } });
}

/** A JSON body of the schema's form. */
export async function readJson<Schema extends z.ZodMiniType>(
  c: HubContext,
  schema: Schema,
  most = 64 * 1024,
): Promise<z.infer<Schema>> {
  needType(c, 'application/json');
  const bytes = await readBytes(c, most);
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refuse(400, 'notJson', { field: 'body' });
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data as z.infer<Schema>;
  const field = parsed.error.issues[0]?.path.map(String).join('.') || 'body';
  throw refuse(400, 'invalid', { field });
}
