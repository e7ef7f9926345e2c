/**
 * The recorded phrases of this device: what the province shares (named by the configuration, fetched by hash) and what was
 * recorded here. On this device its own recording goes before the province's: whoever records a phrase here hears it here.
 * A clip that is missing or damaged is silence and a notice for the staff screen.
 */
import type { ClipRef } from '../../batch/index.ts';
import {
  bytesAt,
  type ClipCache,
  hashOf,
  openClipCache,
  ownAt,
  placeOf,
  putRecording,
  putShared,
  type Recording,
  type RecordingState,
  readAll,
  sharedAt,
} from './clip-cache.ts';
import type { ClipBox } from './loudspeaker.ts';

/** Why a phrase is silent here. `missing`: not fetched yet, or the hub does not have it. */
export interface ClipNotice {
  readonly language: string;
  readonly phrase: string;
  readonly why: 'missing' | 'damaged' | 'unplayable' | 'noSpace';
}

/** `none`: no clip at all; the others as {@link RecordingState}. */
export type PhraseState = 'none' | RecordingState | 'shared';

type Bytes = Uint8Array<ArrayBuffer>;

export interface Shelf extends ClipBox {
  /** Takes over what the configuration names and drops what it does not; undefined (an older hub) changes nothing. */
  adopt(refs: readonly ClipRef[] | undefined): Promise<void>;
  /** Named, not held, and within the space; in the order of the configuration. */
  wanted(): readonly ClipRef[];
  /** Keeps a fetched clip if its length and hash are those named. False: damaged, nothing kept. Rejects when the storage refuses. */
  keep(ref: ClipRef, bytes: Bytes): Promise<boolean>;
  recordings(): readonly Recording[];
  /** Where a phrase stands; `shared`: the province shares a clip of it, and this device has no other recording. */
  stateOf(language: string, phrase: string): PhraseState;
  /** Keeps what was recorded here in place of an earlier one. Rejects when the storage refuses. */
  record(language: string, phrase: string, mime: ClipRef['mime'], bytes: Bytes): Promise<void>;
  /** The recording's bytes, to send; null when it is gone, damaged, or no longer this one. */
  bytesOf(recording: Recording): Promise<Bytes | null>;
  /** Sets a recording's state, if it is still that recording. */
  settle(recording: Recording, state: RecordingState): Promise<void>;
  /** Deletes a recording of this device. */
  forget(language: string, phrase: string): Promise<void>;
  notices(): readonly ClipNotice[];
}

/** Bytes of all clips together, at most. */
const SPACE = 60_000_000;

/** Opens the shelf and reads what is on it. Never rejects: without storage it is empty and refuses recordings. */
export async function openShelf(
  open: () => Promise<ClipCache> = openClipCache,
  space = SPACE,
): Promise<Shelf> {
  const cache = await open().catch(complain);
  const { own, held } = (cache ? await readAll(cache).catch(complain) : undefined) ?? {
    own: new Map<string, Recording>(),
    held: new Set<string>(),
  };
  let named: ReadonlyMap<string, ClipRef> = new Map();
  /** By hash: what was found out about clips while this window runs. */
  const silent = new Map<string, 'damaged' | 'unplayable'>();
  const listeners = new Set<() => void>();

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  /** The record to play for a phrase: an address and the hash its bytes must have. */
  function found(place: string): { readonly at: string; readonly sha256: string } | null {
    const mine = own.get(place);
    if (mine && !silent.has(mine.sha256)) return { at: ownAt(place), sha256: mine.sha256 };
    const ref = named.get(place);
    const isPlayable = ref !== undefined && held.has(ref.sha256) && !silent.has(ref.sha256);
    return isPlayable ? { at: sharedAt(ref.sha256), sha256: ref.sha256 } : null;
  }

  const isMine = ({ sha256 }: ClipRef) => [...own.values()].some((mine) => mine.sha256 === sha256);

  /** In the order of the configuration, as far as the space reaches; this device's own recordings come first. */
  function withinSpace(): readonly ClipRef[] {
    let free = space - [...own.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    return [...named.values()].filter((ref) => {
      if (isMine(ref)) return false;
      free -= ref.bytes;
      return free >= 0;
    });
  }

  async function drop(sha256: string): Promise<void> {
    held.delete(sha256);
    await cache?.delete(sharedAt(sha256)).catch(complain);
  }

  async function whole(at: string, sha256: string): Promise<Bytes | null> {
    const bytes = cache ? await bytesAt(cache, at) : null;
    return bytes !== null && (await hashOf(bytes)) === sha256 ? bytes : null;
  }

  const whyShared = ({ sha256 }: ClipRef, fits: ReadonlySet<string>): ClipNotice['why'] | null =>
    silent.get(sha256) ?? (held.has(sha256) ? null : fits.has(sha256) ? 'missing' : 'noSpace');

  return {
    has: (language, phrase) => found(placeOf(language, phrase)) !== null,
    async read(language, phrase) {
      const one = found(placeOf(language, phrase));
      if (!one) return null;
      const bytes = await whole(one.at, one.sha256);
      if (bytes !== null) return bytes;
      // A shared one is fetched again; a recording of our own stays to be recorded again.
      if (held.has(one.sha256)) await drop(one.sha256);
      else silent.set(one.sha256, 'damaged');
      tell();
      return null;
    },
    unplayable(language, phrase) {
      const one = found(placeOf(language, phrase));
      if (one) silent.set(one.sha256, 'unplayable');
      tell();
    },
    languages: () => languagesOf([...own.keys(), ...named.keys()].filter((place) => found(place) !== null)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async adopt(refs) {
      if (refs === undefined) return;
      named = new Map(refs.map((ref) => [placeOf(ref.language, ref.phrase), ref]));
      const hashes = new Set(refs.map(({ sha256 }) => sha256));
      for (const sha256 of [...held]) if (!hashes.has(sha256)) await drop(sha256);
      tell();
    },
    wanted: () => withinSpace().filter(({ sha256 }) => !held.has(sha256)),
    async keep(ref, bytes) {
      if (!cache) throw new Error('no storage for clips');
      if (bytes.byteLength !== ref.bytes || (await hashOf(bytes)) !== ref.sha256) {
        silent.set(ref.sha256, 'damaged');
        return false;
      }
      await putShared(cache, ref, bytes);
      held.add(ref.sha256);
      silent.delete(ref.sha256);
      tell();
      return true;
    },
    recordings: () => [...own.values()],
    stateOf(language, phrase) {
      const ref = named.get(placeOf(language, phrase));
      const mine = own.get(placeOf(language, phrase));
      if (ref && (!mine || mine.sha256 === ref.sha256)) return 'shared';
      return mine?.state ?? 'none';
    },
    async record(language, phrase, mime, bytes) {
      if (!cache) throw new Error('no storage for clips');
      const sha256 = await hashOf(bytes);
      const one: Recording = { language, phrase, mime, sha256, bytes: bytes.byteLength, state: 'here' };
      await putRecording(cache, one, bytes);
      own.set(placeOf(language, phrase), one);
      silent.delete(sha256);
      tell();
    },
    async bytesOf({ language, phrase, sha256 }) {
      return whole(ownAt(placeOf(language, phrase)), sha256);
    },
    async settle(recording, state) {
      const place = placeOf(recording.language, recording.phrase);
      const bytes = await whole(ownAt(place), recording.sha256);
      if (!cache || bytes === null || own.get(place)?.sha256 !== recording.sha256) return;
      const next = { ...recording, state };
      own.set(place, next);
      await putRecording(cache, next, bytes);
      tell();
    },
    async forget(language, phrase) {
      const place = placeOf(language, phrase);
      await cache?.delete(ownAt(place));
      own.delete(place);
      tell();
    },
    notices() {
      const fits = new Set(withinSpace().map(({ sha256 }) => sha256));
      const shared = [...named.values()].filter((ref) => !isMine(ref));
      return [
        ...shared.map((ref) => ({ ...ref, why: whyShared(ref, fits) })),
        ...[...own.values()].map((mine) => ({ ...mine, why: silent.get(mine.sha256) ?? null })),
      ].flatMap(({ language, phrase, why }) => (why === null ? [] : [{ language, phrase, why }]));
    },
  };
}

function languagesOf(places: readonly string[]): readonly string[] {
  return [...new Set(places.map((place) => place.slice(0, place.indexOf('/'))))];
}

function complain(error: unknown): undefined {
  console.warn('nmc kiosk: clips cannot be kept', error instanceof Error ? error.name : typeof error);
  return undefined;
}
