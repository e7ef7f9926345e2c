/**
 * What the two halves of the reader know of each other. The first half stands on every granted page (`reader.ts`);
 * the second is injected only where the address may be a known page (`engine.ts`). Both run in the extension's isolated
 * world, where the page cannot see them.
 */
import type { Pack } from '../adapters/pack.ts';
import type { Pad } from '../batch/seal.ts';
import type { ArmedAction, KeptWord, PageHealth } from '../extension/page-messages.ts';
import type { Mail } from './mail.ts';

/** What the reader lends to the engine. */
export interface EngineHost {
  readonly window: Window & typeof globalThis;
  readonly now: () => number;
  /** When what stands in this document at the first look arrived at the earliest. */
  readonly opened: number;
  readonly isTrusted: (event: Event) => boolean;
  readonly pack: Pack;
  readonly mail: Mail;
  /** Leaves the last words of this document, or takes them away. */
  readonly keep: (words: readonly KeptWord[] | null) => void;
  /** Seals the codes in them. */
  readonly pad: Pad | undefined;
  /** True while rows and actions may be recorded. */
  readonly mayTell: () => boolean;
  /** Page types that an earlier document found not in order. */
  readonly unwell: readonly string[];
  /** Rows that need attention are marked. */
  readonly isMarking: boolean;
  readonly language: 'vi' | 'en';
  readonly isTest: boolean;
  /** Actions are heard in one frame of a page only, the top one of this system (host-pages §8.5); rows in any. */
  readonly hearsActions: boolean;
  /** An action armed on the page before this one. */
  readonly armed: ArmedAction | null;
  readonly onHealth: (health: PageHealth | null) => void;
  readonly onCounted: (n: number) => void;
  /** After each look at the page. */
  readonly onLook: () => void;
}

export interface Engine {
  readonly stop: () => void;
  /** The route may have changed. */
  readonly ask: () => void;
  /** Recording was resumed (`true`) or stopped (`false`). */
  readonly resume: (isRecording: boolean) => void;
  /** Everything that happened on the page so far has been looked at. */
  readonly isIdle: () => boolean;
}

export interface ReaderLink {
  readonly stop: () => void;
  /** Called by the engine's script when it arrives. */
  readonly attach: (start: (host: EngineHost) => Engine) => void;
}

const KEY = Symbol.for('nmc.reader');
type Scope = { [KEY]?: ReaderLink };

/** The reader of this document in this isolated world, if any. */
export function readerLink(scope: object): ReaderLink | undefined {
  return (scope as Scope)[KEY];
}

/** Puts the reader where its engine finds it. */
export function setReaderLink(scope: object, link: ReaderLink): void {
  (scope as Scope)[KEY] = link;
}
