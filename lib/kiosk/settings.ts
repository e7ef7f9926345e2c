/**
 * What this device remembers about itself outside the journal: counter, idle time, the PIN's hash, and the unit's name.
 * localStorage has it at once, so that the first screen waits for no database; the vault has it durably and wins.
 */

/** A PIN as PBKDF2-SHA-256 (base64), never as typed. */
export interface PinHash {
  readonly salt: string;
  readonly hash: string;
  readonly iterations: number;
}

export interface Settings {
  readonly unit: string | null;
  /** Id of the counter, as entries name it, and its name for people. */
  readonly counter: string | null;
  readonly counterName: string | null;
  readonly pin: PinHash | null;
  /** Seconds untouched before the warning. */
  readonly idleSeconds: number;
  readonly language: string;
  /** The device that passed the check before use, and when (ISO instant); null until then. */
  readonly commissioned: Commissioned | null;
}

export interface Commissioned {
  readonly device: string;
  readonly at: string;
}

/** The two calls of `Storage` that are needed. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const IDLE_SECONDS = { least: 10, usual: 30, most: 300 } as const;
const SETTINGS = 'nmc-kiosk.settings';
const MIRROR = 'nmc-kiosk.owed';
const EARLIER = 'nmc-kiosk.earlier';

const DEFAULTS: Settings = {
  unit: null,
  counter: null,
  counterName: null,
  pin: null,
  idleSeconds: IDLE_SECONDS.usual,
  language: 'vi',
  commissioned: null,
};

/** The settings in a text; anything missing or out of bounds is the default. */
export function settingsIn(text: string | null): Settings {
  const raw = parsed(text);
  const idle = typeof raw.idleSeconds === 'number' ? raw.idleSeconds : DEFAULTS.idleSeconds;
  return {
    unit: textOr(raw.unit, null),
    counter: textOr(raw.counter, null),
    counterName: textOr(raw.counterName, null),
    pin: pinOf(raw.pin),
    idleSeconds: Math.min(IDLE_SECONDS.most, Math.max(IDLE_SECONDS.least, Math.round(idle))),
    language: textOr(raw.language, DEFAULTS.language),
    commissioned: commissionedIn(raw.commissioned),
  };
}

/** What the first screen starts from, before the vault has been read. */
export function readSettings(store: TextStore): Settings {
  return settingsIn(store.getItem(SETTINGS));
}

/** Keeps the settings for the next first screen. */
export function writeSettings(store: TextStore, settings: Settings): void {
  guarded(() => store.setItem(SETTINGS, JSON.stringify(settings)));
}

/**
 * What earlier runs still owed the journal (JSON of drafts, one per `ref`), or null. `kept` is the vault's mirror. It is
 * set aside, where this run's own mirror does not overwrite it, until {@link clearEarlier}.
 */
export function takeEarlier(store: TextStore, kept: string | null): string | null {
  const texts = [store.getItem(EARLIER), store.getItem(MIRROR), kept];
  const drafts = new Map<unknown, unknown>();
  for (const draft of texts.flatMap(listOf)) drafts.set(refOf(draft), draft);
  if (drafts.size === 0) return null;
  const text = JSON.stringify([...drafts.values()]);
  guarded(() => store.setItem(EARLIER, text));
  store.removeItem(MIRROR);
  return text;
}

/** Call when what {@link takeEarlier} gave is in this run's mirror. */
export function clearEarlier(store: TextStore): void {
  store.removeItem(EARLIER);
}

/** Replaces the mirror; null clears it. */
export function writeMirror(store: TextStore, text: string | null): void {
  guarded(() => (text === null ? store.removeItem(MIRROR) : store.setItem(MIRROR, text)));
}

/** A store that refuses is no reason to stop: the journal and the vault are the record. */
function guarded(write: () => void): void {
  try {
    write();
  } catch (error) {
    console.warn('nmc kiosk: localStorage refused', error instanceof Error ? error.name : '');
  }
}

function refOf(draft: unknown): unknown {
  return typeof draft === 'object' && draft !== null && 'ref' in draft ? draft.ref : draft;
}

function parsed(text: string | null): Record<string, unknown> {
  const raw = json(text);
  return typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
}

function listOf(text: string | null): unknown[] {
  const raw = json(text);
  return Array.isArray(raw) ? raw : [];
}

function json(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function textOr<T>(raw: unknown, other: T): string | T {
  return typeof raw === 'string' && raw !== '' ? raw : other;
}

function commissionedIn(raw: unknown): Commissioned | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { device, at } = raw as Record<string, unknown>;
  return typeof device === 'string' && typeof at === 'string' ? { device, at } : null;
}

function pinOf(raw: unknown): PinHash | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { salt, hash, iterations } = raw as Record<string, unknown>;
  if (typeof salt !== 'string' || typeof hash !== 'string' || typeof iterations !== 'number') return null;
  return { salt, hash, iterations };
}
