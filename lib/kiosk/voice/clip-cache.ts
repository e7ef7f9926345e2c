/**
 * Where recorded phrases are kept: Cache Storage `nmc-clips`, chosen over OPFS because bytes, sound type and state of a clip
 * are one record that is written whole or not at all, and the browser reads it from disk only when it is played. It is
 * apart from the service worker's precache (other name), from the journal and its second place: clips can be fetched or
 * recorded again, ratings cannot. The addresses are names only; nothing is ever fetched from them.
 *
 *   shared/<sha256>            a phrase the province shares, named by the device configuration
 *   own/<language>/<phrase>    recorded on this device
 */
import { type ClipRef, toHex } from '../../batch/index.ts';
import { isLanguageCode } from './languages.ts';

/** The calls of `Cache` that are needed. */
export type ClipCache = Pick<Cache, 'match' | 'put' | 'delete'> & {
  keys(): Promise<readonly { readonly url: string }[]>;
};

const STATES = ['here', 'sent', 'refused'] as const;
/** `refused`: the hub would not have it; tried again when staff ask for it. */
export type RecordingState = (typeof STATES)[number];

/** A phrase recorded on this device. */
export interface Recording {
  readonly language: string;
  readonly phrase: string;
  readonly mime: ClipRef['mime'];
  /** Hex, of the bytes. */
  readonly sha256: string;
  readonly bytes: number;
  readonly state: RecordingState;
}

type Bytes = Uint8Array<ArrayBuffer>;

const NAME = 'nmc-clips';
const BASE = 'https://nmc.invalid/clips/';

export const openClipCache = (): Promise<ClipCache> => caches.open(NAME);
export const placeOf = (language: string, phrase: string) => `${language}/${phrase}`;
export const sharedAt = (sha256: string) => `${BASE}shared/${sha256}`;
export const ownAt = (place: string) => `${BASE}own/${place}`;

/** What is on the shelf: recordings by place, hashes of shared clips. Headers only, no sound is read. */
export async function readAll(cache: ClipCache): Promise<{ own: Map<string, Recording>; held: Set<string> }> {
  const own = new Map<string, Recording>();
  const held = new Set<string>();
  for (const { url } of await cache.keys()) {
    const [family, first = '', second = ''] = url.startsWith(BASE) ? url.slice(BASE.length).split('/') : [];
    if (family === 'shared') held.add(first);
    if (family !== 'own') continue;
    const recording = recordingOf(first, decodeURIComponent(second), (await cache.match(url))?.headers);
    if (recording) own.set(placeOf(first, recording.phrase), recording);
  }
  return { own, held };
}

function recordingOf(language: string, phrase: string, headers: Headers | undefined): Recording | null {
  const sha256 = headers?.get('x-sha256');
  const state = STATES.find((one) => one === headers?.get('x-state'));
  if (!headers || !sha256 || !state || !isLanguageCode(language)) return null;
  const mime = (headers.get('content-type') ?? '') as ClipRef['mime'];
  return { language, phrase, sha256, state, mime, bytes: Number(headers.get('x-bytes')) };
}

export function putRecording(cache: ClipCache, one: Recording, bytes: Bytes): Promise<void> {
  const headers = {
    'content-type': one.mime,
    'x-sha256': one.sha256,
    'x-state': one.state,
    'x-bytes': String(one.bytes),
  };
  return cache.put(ownAt(placeOf(one.language, one.phrase)), new Response(bytes, { headers }));
}

export function putShared(cache: ClipCache, ref: ClipRef, bytes: Bytes): Promise<void> {
  return cache.put(sharedAt(ref.sha256), new Response(bytes, { headers: { 'content-type': ref.mime } }));
}

/** The bytes of a record, or null where there is none or the browser cannot read it. */
export async function bytesAt(cache: ClipCache, at: string): Promise<Bytes | null> {
  try {
    const kept = await cache.match(at);
    return kept ? new Uint8Array(await kept.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** SHA-256 in hex. */
export async function hashOf(bytes: Bytes): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
