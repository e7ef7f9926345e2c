/**
 * The PIN of the staff screens. It keeps citizens and the curious out; who holds the device and its developer tools
 * holds the device. Stored as PBKDF2-SHA-256; wrong entries make the next try wait.
 */
import type { PinHash, TextStore } from '../settings.ts';

const ITERATIONS = 210_000;
const TRIES = 'nmc-kiosk.pin-tries';
const FREE_TRIES = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** 4 to 8 digits. */
export function isPin(text: string): boolean {
  return /^\d{4,8}$/.test(text);
}

/** The hash to store for a PIN, with a fresh salt. */
export async function hashPin(pin: string): Promise<PinHash> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt: text64(salt), hash: await derive(pin, salt, ITERATIONS), iterations: ITERATIONS };
}

/** True when the PIN is the one behind the hash. */
export async function isRightPin(pin: string, stored: PinHash): Promise<boolean> {
  return (await derive(pin, bytes64(stored.salt), stored.iterations)) === stored.hash;
}

/** Milliseconds until the next try is allowed, 0 = now. `now` is wall time; a clock set back does not lengthen a wait. */
export function waitBeforeTry(store: TextStore, now: number): number {
  const { count, at } = readTries(store);
  if (count < FREE_TRIES) return 0;
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (count - FREE_TRIES));
  return Math.min(wait, Math.max(0, at + wait - now));
}

/** Counts a wrong try, or forgets them all after a right one. */
export function noteTry(store: TextStore, isRight: boolean, now: number): void {
  if (isRight) store.removeItem(TRIES);
  else store.setItem(TRIES, JSON.stringify({ count: readTries(store).count + 1, at: now }));
}

function readTries(store: TextStore): { count: number; at: number } {
  try {
    const raw = JSON.parse(store.getItem(TRIES) ?? '{}') as { count?: unknown; at?: unknown };
    return {
      count: typeof raw.count === 'number' ? raw.count : 0,
      at: typeof raw.at === 'number' ? raw.at : 0,
    };
  } catch {
    return { count: 0, at: 0 };
  }
}

async function derive(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    key,
    256,
  );
  return text64(new Uint8Array(bits));
}

function text64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function bytes64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
