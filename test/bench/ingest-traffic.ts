/** The same lines of one made-up device three ways: signed batches, COPY rows, JSON records. */
import { chainStep, GENESIS, packBatch, toHex } from '../../lib/batch/index.ts';
import type { PublicJwk } from '../../lib/batch/protocol.ts';
import { linesFrom, sightings } from './data.ts';

export interface Traffic {
  readonly device: string;
  readonly jwk: PublicJwk;
  readonly batches: readonly Uint8Array[];
  /** Per batch, its rows in COPY's text format. */
  readonly rows: readonly string[];
  /** Per batch, its rows as a JSON array. */
  readonly records: readonly string[];
}

/** `count` batches of `lines` entries each, in the stream of one device. */
export async function makeTraffic(
  province: string,
  device: string,
  lines: number,
  count: number,
): Promise<Traffic> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x: x!, y: y! };
  const all = linesFrom(sightings(lines * count, device, device));
  const batches: Uint8Array[] = [];
  const rows: string[] = [];
  const records: string[] = [];
  let prev: Uint8Array = GENESIS;
  for (let first = 1; first <= all.length; first += lines) {
    const part = all.slice(first - 1, first - 1 + lines);
    const content = {
      device,
      kind: 'extension',
      stream: 1,
      first,
      lines: part,
      prev,
      sent: Date.now(),
      beacon: { head: all.length, unsent: 0 },
    } as const;
    batches.push(await packBatch(content, { jwk, key: pair.privateKey }));
    const entries = part.map((line, at) => {
      prev = chainStep(prev, first + at, line);
      return {
        province,
        device,
        stream: 1,
        seq: first + at,
        kind: 'dossier',
        line,
        chain: `\\x${toHex(prev)}`,
        at: '2026-09-21T02:00:00.000Z',
        unit: 'root',
        pack: 'igate2@1.0.0',
        is_void: false,
      };
    });
    records.push(JSON.stringify(entries));
    const text = entries.map((entry) => `${Object.values(entry).map(escaped).join('\t')}\n`);
    rows.push(text.join(''));
  }
  return { device, jwk, batches, rows, records };
}

function escaped(value: string | number | boolean): string {
  return String(value).replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n');
}
