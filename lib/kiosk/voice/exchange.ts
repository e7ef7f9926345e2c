/**
 * Clips between this device and its hub, after a sync: what was recorded here goes up, what the configuration names comes
 * down, one after the other. Whatever is cut short goes on at the next sync: a clip that is held, or sent, is not asked for
 * again. Nothing here stops a rating or its upload.
 */
import {
  type ClipRef,
  type ClipRequest,
  DEVICE_SCHEME,
  KIOSK_LIMITS,
  signDeviceToken,
} from '../../batch/index.ts';
import { isForeignPage, readProblem } from '../../sync/http.ts';
import type { Device, Fetch } from '../../sync/index.ts';
import type { Shelf } from './shelf.ts';

export interface ExchangeDeps {
  readonly shelf: Shelf;
  readonly device: Device;
  readonly fetch?: Fetch;
  readonly clock?: () => number;
  /** Clock offset of the journal's state, so that a wrong device clock does not spoil the token. */
  readonly offset?: number | null;
  /** Staff asked: what the hub refused before is tried again. */
  readonly force?: boolean;
}

/** `done`: everything was tried; `cut`: the network or the hub ended the round; the rest follows at the next sync. */
export type Exchanged = 'done' | 'cut' | 'noHub';

const TIMEOUT = 60_000;
const MOST_ANSWER = 64 * 1024;

/** Rounds one at a time; asked during a round, it answers that round's end. */
export function createExchange(shelf: Shelf): (deps: Omit<ExchangeDeps, 'shelf'>) => Promise<Exchanged> {
  let round: Promise<Exchanged> | null = null;
  return (deps) => {
    round ??= exchangeClips({ ...deps, shelf }).finally(() => {
      round = null;
    });
    return round;
  };
}

/** One round. Never rejects. */
export async function exchangeClips(deps: ExchangeDeps): Promise<Exchanged> {
  if (deps.device.hub === null) return 'noHub';
  try {
    for (const recording of deps.shelf.recordings()) {
      if (recording.state === 'sent' || (recording.state === 'refused' && !deps.force)) continue;
      const bytes = await deps.shelf.bytesOf(recording);
      if (bytes === null) continue;
      const { language, phrase, mime } = recording;
      const answer = await offer(deps, { language, phrase, mime, content: base64(bytes) });
      if (answer === 'cut') return 'cut';
      await deps.shelf.settle(recording, answer);
    }
    for (const ref of deps.shelf.wanted()) {
      const answer = await fetchClip(deps, ref);
      if (answer === 'cut') return 'cut';
      if (answer !== 'missing') await deps.shelf.keep(ref, answer);
    }
    return 'done';
  } catch (error) {
    console.warn('nmc kiosk: clips were not exchanged', error instanceof Error ? error.name : typeof error);
    return 'cut';
  }
}

async function offer(deps: ExchangeDeps, body: ClipRequest): Promise<'sent' | 'refused' | 'cut'> {
  const { response, bytes } = await call(deps, '/v1/device/clips', MOST_ANSWER, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) return isForeignPage(response) ? 'cut' : 'sent';
  const isRefusal = response.status >= 400 && response.status < 500 && !isPassing(response.status);
  return isRefusal && readProblem(new TextDecoder().decode(bytes)) ? 'refused' : 'cut';
}

async function fetchClip(
  deps: ExchangeDeps,
  ref: ClipRef,
): Promise<Uint8Array<ArrayBuffer> | 'missing' | 'cut'> {
  const { response, bytes } = await call(deps, `/v1/device/clips/${ref.sha256}`, KIOSK_LIMITS.clipBytes, {});
  if (response.status === 404) return 'missing';
  return response.ok && !isForeignPage(response) ? bytes : 'cut';
}

interface Answer {
  readonly response: Response;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** @throws for everything the network does */
async function call(
  { device, offset, fetch: send = fetch, clock = Date.now }: ExchangeDeps,
  path: string,
  most: number,
  init: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string },
): Promise<Answer> {
  const token = await signDeviceToken(device.id, clock() + (offset ?? 0), device.key);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    const response = await send(`${device.hub}${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `${DEVICE_SCHEME} ${token}` },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      signal: stop.signal,
    });
    return { response, bytes: await readBytes(response, most) };
  } finally {
    clearTimeout(timer);
  }
}

/** The body, at most one byte more than `most`: enough to see that it is too long. */
async function readBytes(response: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  const reader = response.body?.getReader();
  while (reader && total <= most) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    total += value.byteLength;
  }
  await reader?.cancel();
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** Come later (409: too many of this device wait already), or prove who you are: nothing about this clip. */
function isPassing(status: number): boolean {
  return [401, 403, 404, 408, 409, 425, 429].includes(status);
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
