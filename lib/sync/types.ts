/** What the sync room hands out. Types only. */
import type { PublicJwk } from '../batch/index.ts';

/** A province key on this device: usable, not readable. */
export interface ProvinceKey {
  readonly epoch: string;
  readonly key: CryptoKey;
}

/** This device after activation. */
export interface Device {
  readonly id: string;
  readonly kind: 'extension' | 'kiosk';
  readonly name: string;
  /** Base address of the hub without trailing slash; null for a unit without a hub. */
  readonly hub: string | null;
  /** Id that receipts must carry. */
  readonly hubId: string;
  readonly unit: { readonly id: string; readonly name: string };
  readonly province: string;
  readonly jwk: PublicJwk;
  /** Signs batches and tokens; not extractable. */
  readonly key: CryptoKey;
  /** Pinned: signs receipts. */
  readonly hubJwk: PublicJwk;
  /** Pinned: signs the device configuration. */
  readonly configJwk: PublicJwk;
  /** Newest first; empty on a kiosk. */
  readonly provinceKeys: readonly ProvinceKey[];
  /** Raw ES256 signature of the bytes by {@link key}. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How a call to the hub went wrong, with the text to show (hub's Vietnamese message where there is one). */
export type SyncErrorCode = 'network' | 'notHub' | 'refused' | 'badAnswer' | 'passphrase' | 'file';

export interface SyncError extends Error {
  readonly name: 'SyncError';
  readonly code: SyncErrorCode;
  /** The problem the hub named, if any. */
  readonly problem: {
    readonly code: string;
    readonly field?: string | undefined;
    readonly message: string;
  } | null;
}

export function syncError(
  code: SyncErrorCode,
  message: string,
  problem: SyncError['problem'] = null,
): SyncError {
  return Object.assign(new Error(message), { name: 'SyncError' as const, code, problem });
}

export function isSyncError(error: unknown): error is SyncError {
  return error instanceof Error && error.name === 'SyncError' && 'code' in error;
}

/** How a sync ended; also the key of its text in the dictionaries of extension and kiosk. */
export type SyncState =
  /** Everything held is received. */
  | 'done'
  /** Something went through, more is waiting (bounded run). */
  | 'more'
  /** Another tab or worker is sending right now. */
  | 'running'
  /** Not yet time to try again; nothing was sent. */
  | 'waiting'
  /** No connection, or the hub did not answer. */
  | 'offline'
  /** Something answered that is not the hub (log-in page of a network). */
  | 'captivePortal'
  /** The hub asked to come later. */
  | 'busy'
  /** The hub refused the batch; everything is kept. */
  | 'refused'
  /** The hub does not know this device any more; everything is kept. */
  | 'needsActivation'
  /** This unit has no hub: hand over by file. */
  | 'noHub'
  /** The journal cannot be read. */
  | 'storage';

export interface SyncResult {
  readonly state: SyncState;
  /** Lines sent and lines newly confirmed in this run. */
  readonly sent: number;
  readonly received: number;
  /** When to call again, device clock in milliseconds. */
  readonly nextAt: number;
  /** Key of the text for people, in the dictionaries of extension and kiosk. */
  readonly message: SyncState;
  /** The problem the hub named, if any. */
  readonly problem: SyncError['problem'];
}
