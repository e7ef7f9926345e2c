/** Reading what answered: bounded, and never trusted to be the hub. */
import { problemSchema } from '../batch/index.ts';
import type { SyncError } from './types.ts';

/** The body as text, at most `most` bytes. @throws when it is longer or cut */
export async function readText(response: Response, most: number): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    total += value.byteLength;
    if (total > most) {
      await reader.cancel().catch(() => undefined);
      throw new Error(`answer over ${most} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** The problem a hub named in an error body, or null when that is no hub's answer. */
export function readProblem(text: string): SyncError['problem'] {
  try {
    const parsed = problemSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.error : null;
  } catch {
    return null;
  }
}

/** True for a web page where the hub would have answered JSON: a firewall's or a network's own page. */
export function isForeignPage(response: Response): boolean {
  return /^text\/html/i.test(response.headers.get('content-type') ?? '');
}
