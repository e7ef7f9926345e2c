/** What the worker's rooms stand on: ports to the browser and doors to the other rooms. Wired once in `worker.ts`. */
import type { Pack } from '../adapters/pack.ts';
import type { DeviceConfig, PackProposal } from '../batch/index.ts';
import type { Journal } from '../journal/index.ts';
import type { HandoverScope, LookUpResult, SendPackResult, SyncResult } from '../sync/index.ts';
import type { MemoryStore } from './memory.ts';
import type { FamilyView } from './messages.ts';
import type { RecordingState, WorkerToPage } from './page-messages.ts';
import type { ScriptingPort } from './registrations.ts';
import type { LocalSettings, SessionSettings } from './settings.ts';

/** The device as the worker uses it; a structural part of lib/sync's Device. */
export interface DeviceDoor {
  readonly id: string;
  readonly name: string;
  readonly hub: string | null;
  readonly unit: { readonly id: string; readonly name: string };
  /** Keys of a dossier code, the current epoch's first. */
  readonly keysOf: (code: string) => Promise<string[]>;
}

/** How the device gets to know its province and talks to it. */
export interface SyncDoor {
  readonly activate: (hub: string, code: string, name: string) => Promise<void>;
  readonly activateFromFile: (file: Uint8Array, passphrase: string, name: string) => Promise<void>;
  /** One attempt to bring everything to the hub; `closing` declares the day's head. */
  readonly sync: (wish: { readonly isAsked: boolean; readonly closing: boolean }) => Promise<SyncResult>;
  /** Fetches the configuration; answers whether it changed. */
  readonly pullConfig: () => Promise<boolean>;
  /** The last good configuration, or null. */
  readonly config: () => Promise<DeviceConfig | null>;
  readonly handover: (
    scope: HandoverScope,
  ) => Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>;
  readonly acceptReceipt: (file: Uint8Array) => Promise<void>;
  /** What the hub holds of these keys, or why it could not be asked; one attempt. */
  readonly lookUp: (keys: readonly string[]) => Promise<LookUpResult>;
  /** Offers a pack to the province; one attempt. */
  readonly sendPack: (proposal: PackProposal) => Promise<SendPackResult>;
}

export interface Policy {
  /** This PC belongs to IT staff: the workshop is open to it. */
  readonly itProfile?: boolean;
  readonly hub: string | null;
  readonly token: string | null;
  readonly tenants: readonly {
    readonly id: string;
    readonly name: string;
    readonly family: string;
    readonly families?: readonly string[] | undefined;
    readonly origins: readonly string[];
    readonly status?: 'verified' | 'unverified' | undefined;
  }[];
}

/** What people see of the worker outside its pages. */
export interface FaceDoor {
  readonly badge: (state: RecordingState, counted: number, isPersonMissing: boolean) => Promise<void>;
  /** Tells every reader on these patterns. */
  readonly tellPages: (patterns: readonly string[], message: WorkerToPage) => Promise<void>;
  readonly injectPanel: (tab: number) => Promise<void>;
  /** The reader's second half, into the one frame that asked. */
  readonly injectEngine: (tab: number, frame: number) => Promise<void>;
}

export interface PackDoor {
  /** The pack of a family as in force: bundled or sent by the province; null when unknown or retired. */
  readonly packOf: (family: string) => Promise<Pack | null>;
  readonly families: () => Promise<readonly FamilyView[]>;
  readonly isRetired: (pack: string) => Promise<boolean>;
}

export interface Deps {
  readonly clock: () => number;
  /** What documents left in `storage.local` for the worker that was not awake (`last-words.ts`). */
  readonly lastWords: {
    readonly get: (slot: string) => Promise<unknown>;
    readonly remove: (slot: string) => Promise<void>;
  };
  readonly local: LocalSettings;
  readonly session: SessionSettings;
  readonly memory: MemoryStore;
  /** Opens the journal once per worker; a failed opening is tried again at the next call. */
  readonly journal: () => Promise<Journal>;
  readonly device: () => Promise<DeviceDoor | null>;
  /** Forgets the cached device: it was activated anew. */
  readonly deviceChanged: () => void;
  readonly sync: SyncDoor;
  readonly packs: PackDoor;
  readonly policy: () => Promise<Policy>;
  readonly scripting: ScriptingPort;
  readonly face: FaceDoor;
}

/** Who sent a message, as the browser says: never what the message itself claims. */
export interface Sender {
  readonly origin: string | null;
  /** Path and path of the hash, never the query; only to choose among a host's families, never stored. */
  readonly place?: string | null;
  readonly tab: number | null;
  readonly frame: number;
  /** True for the extension's own pages. */
  readonly isOwnPage: boolean;
}
