/**
 * Who is on duty at this PC (DESIGN §3, Whose). Names and PIN hashes stay here; entries carry a random id.
 * A PIN of four digits keeps a colleague from booking under my name by mistake, not a thief with the disk.
 */
import type { Person, Setting } from './settings.ts';

const ROUNDS = 200_000;
const MAX_WRONG = 5;
const WAIT_MS = 60_000;

export interface DutyDeps {
  readonly people: Setting<Person[]>;
  readonly duty: Setting<string | null>;
  readonly attempts: Setting<{ wrong: number; until: number }>;
  readonly clock: () => number;
}

type DutyProblem = 'unknownPerson' | 'wrongPin' | 'wait' | 'nameTaken';
export type DutyOutcome = { readonly ok: true } | { readonly ok: false; readonly code: DutyProblem };

const done = { ok: true } as const;
const refused = (code: DutyProblem) => ({ ok: false, code }) as const;

/** Adds a person with a PIN and puts them on duty: whoever types a PIN at the PC is at the PC. */
export async function addPerson(deps: DutyDeps, name: string, pin: string): Promise<DutyOutcome> {
  const clean = name.normalize('NFC').replace(/\s+/g, ' ').trim();
  const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
  const hash = await pinHash(pin, salt, ROUNDS);
  const id = `p_${hex(crypto.getRandomValues(new Uint8Array(8)))}`;
  let isTaken = false;
  await deps.people.update((people) => {
    isTaken = people.some((one) => !one.isRemoved && one.name === clean);
    return isTaken ? people : [...people, { id, name: clean, salt, hash, rounds: ROUNDS, isRemoved: false }];
  });
  if (isTaken) return refused('nameTaken');
  await deps.duty.set(id);
  return done;
}

/** Takes a person off the list; what they did stays theirs. Their name is kept for the ledger on this PC. */
export async function removePerson(deps: DutyDeps, id: string): Promise<DutyOutcome> {
  await deps.people.update((people) =>
    people.map((one) => (one.id === id ? { ...one, isRemoved: true } : one)),
  );
  await deps.duty.update((current) => (current === id ? null : current));
  return done;
}

/** Puts a person on duty by PIN, or nobody (`id` null). After five wrong PINs: a minute's wait. */
export async function takeDuty(deps: DutyDeps, id: string | null, pin: string): Promise<DutyOutcome> {
  if (id === null) {
    await deps.duty.set(null);
    return done;
  }
  const now = deps.clock();
  if ((await deps.attempts.get()).until > now) return refused('wait');
  const person = (await deps.people.get()).find((one) => one.id === id && !one.isRemoved);
  if (!person) return refused('unknownPerson');
  if (!sameText(await pinHash(pin, person.salt, person.rounds), person.hash)) {
    await deps.attempts.update(({ wrong }) =>
      wrong + 1 >= MAX_WRONG ? { wrong: 0, until: now + WAIT_MS } : { wrong: wrong + 1, until: 0 },
    );
    return refused('wrongPin');
  }
  await deps.attempts.set({ wrong: 0, until: 0 });
  await deps.duty.set(id);
  return done;
}

/** The person on duty, or null: "chưa xác định". */
export async function onDuty(deps: Pick<DutyDeps, 'people' | 'duty'>): Promise<Person | null> {
  const id = await deps.duty.get();
  if (id === null) return null;
  return (await deps.people.get()).find((one) => one.id === id && !one.isRemoved) ?? null;
}

/** PBKDF2-SHA-256, hex. */
async function pinHash(pin: string, salt: string, rounds: number): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: new TextEncoder().encode(salt), iterations: rounds },
    key,
    256,
  );
  return hex(new Uint8Array(bits));
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < Math.min(a.length, b.length); at += 1)
    difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
