/** Made-up devices and lines for the tests of the unit page. */
import { calculateJwkThumbprint } from 'jose';
import { chainStep, GENESIS, type PublicJwk, packBatch } from '../../../lib/batch/index.ts';
import type { DossierBody, Entry, EntryKind, EntryOf } from '../../../lib/domain/entry.ts';

export interface TestDevice {
  readonly id: string;
  readonly kind: 'extension' | 'kiosk' | 'hub';
  readonly jwk: PublicJwk;
  readonly key: CryptoKey;
}

/** A device; without an id it is named by its key as lib/sync/device.ts does. */
export async function makeDevice(kind: TestDevice['kind'], id?: string): Promise<TestDevice> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x: x!, y: y! };
  const thumbprint = await calculateJwkThumbprint({ ...jwk }, 'sha256');
  return { id: id ?? `k-${thumbprint.slice(0, 22)}`, kind, jwk, key: pair.privateKey };
}

export type Draft = { [K in EntryKind]: Pick<EntryOf<K>, 'kind' | 'body'> }[EntryKind];

/** The exact lines of a stream, from seq 1; a string stands for a line that is no entry. */
export function linesOf(
  drafts: readonly (Draft | string)[],
  stream = 1,
  at = '2026-09-21T02:00:00.000Z',
): string[] {
  return drafts.map((draft, index) => {
    if (typeof draft === 'string') return draft;
    const entry: Entry = { v: 1, stream, seq: index + 1, at, boot: 'b1', offset: null, ...draft } as Entry;
    return JSON.stringify(entry);
  });
}

/** The batch of `first..last` (sequence numbers) of a stream. */
export function batchOf(
  device: TestDevice,
  lines: readonly string[],
  first: number,
  last: number,
  options: { stream?: number; sent?: number; head?: number } = {},
): Promise<Uint8Array> {
  const { stream = 1, sent = Date.parse('2026-09-21T03:00:00.000Z'), head = lines.length } = options;
  let prev = GENESIS;
  for (let seq = 1; seq < first; seq += 1) prev = chainStep(prev, seq, lines[seq - 1]!);
  const content = {
    device: device.id,
    kind: device.kind,
    stream,
    first,
    lines: lines.slice(first - 1, last),
    prev,
    sent,
    beacon: { head, unsent: 0 },
  };
  return packBatch(content, device);
}

/** A key as the province key makes them. */
export function keyOf(name: string | number): string {
  return `e1:${String(name).padEnd(22, '_').slice(0, 22)}`;
}

/** A sighting of dossier `name` with the facts given. */
export function sighting(
  name: string | number,
  facts: DossierBody['facts'],
  more: Partial<DossierBody> = {},
): Draft {
  return {
    kind: 'dossier',
    body: {
      keys: [keyOf(name)],
      system: 'practice',
      pack: 'igate2@1.0.0',
      page: 'list',
      rank: 2,
      locator: 0,
      seen: '2026-09-21T01:30:00.000Z',
      arrived: '2026-09-21T01:29:00.000Z',
      receiver: 'H41.17.3',
      facts,
      ...more,
    },
  };
}

/** A finished kiosk visit. */
export function visit(quarter: string, level: number, flags: string[] = []): Draft {
  return {
    kind: 'feedback',
    body: {
      questionnaire: 'base@1',
      outcome: 'completed',
      answers: { quality: level, attitude: 5 },
      quarter,
      language: 'vi',
      flags,
    },
  };
}
