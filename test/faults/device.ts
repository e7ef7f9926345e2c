/**
 * A device with a witness: it keeps every line it recorded and every range a valid receipt freed, so that after any kill
 * "nothing acknowledged is lost, nothing is counted twice" can be checked line by line.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import {
  type ActivationAnswer,
  chainStep,
  countOf,
  GENESIS,
  hasSeq,
  type PublicJwk,
  packBatch,
  type Ranges,
  type Receipt,
  signProof,
  toHex,
  uniteRanges,
  verifyReceipt,
} from '../../lib/batch/index.ts';

export interface FaultDevice {
  readonly id: string;
  readonly lines: readonly string[];
  /** What receipts have freed. */
  acknowledged(): Ranges;
  /** Records `count` new lines and offers everything not yet acknowledged; true when a valid receipt came back. */
  send(count: number): Promise<boolean>;
  /** Offers every line again from the first one; true when every batch was answered. */
  resendAll(): Promise<boolean>;
  isAcknowledged(seq: number): boolean;
  /** SHA-256 over all lines in order, as `npm run hub -- census` prints it. */
  hash(): string;
}

interface KeyPair {
  readonly key: CryptoKey;
  readonly jwk: PublicJwk;
}

async function makePair(algorithm: 'ECDSA' | 'ECDH', usages: KeyUsage[]): Promise<KeyPair> {
  const pair = (await crypto.subtle.generateKey(
    { name: algorithm, namedCurve: 'P-256' },
    true,
    usages,
  )) as CryptoKeyPair;
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { key: pair.privateKey, jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } };
}

/** A made-up sighting; `dossier` is shared between devices so that ingests meet on the same rows. */
function lineOf(seq: number, dossier: number, salt: string): string {
  const now = new Date().toISOString();
  const isFinished = seq % 3 === 0;
  return JSON.stringify({
    v: 1,
    stream: 1,
    seq,
    at: now,
    boot: salt,
    offset: 0,
    kind: 'dossier',
    body: {
      keys: [`1:${String(dossier).padStart(22, 'f')}`],
      system: 'faults',
      pack: 'td-antd@1.0.0',
      page: 'list',
      rank: 2,
      locator: 0,
      seen: now,
      arrived: now,
      codeDay: '2026-09-01',
      receiver: 'H99.1',
      facts: {
        channel: dossier % 2 === 0 ? 'online' : 'counter',
        received: '2026-09-01',
        due: '2026-09-30',
        status: isFinished ? 'finished' : 'processing',
      },
    },
  });
}

/** Activates a simulated device at a hub with a one-time code. `dossiers` is how many it picks from. */
export async function activateFaultDevice(
  url: () => string,
  code: string,
  name: string,
  dossiers: number,
  random: () => number,
): Promise<FaultDevice> {
  const signer = await makePair('ECDSA', ['sign', 'verify']);
  const wrap = await makePair('ECDH', ['deriveBits']);
  const answer = await fetch(`${url()}/v1/device/activate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      code,
      kind: 'extension',
      name,
      jwk: signer.jwk,
      wrapFor: wrap.jwk,
      proof: await signProof(code, wrap.jwk, signer.key),
    }),
  });
  if (!answer.ok) throw new Error(`activation of ${name}: ${answer.status} ${await answer.text()}`);
  const { device, hubJwk } = (await answer.json()) as ActivationAnswer;
  const lines: string[] = [];
  const chain: Uint8Array[] = [GENESIS];
  let acknowledged: Ranges = [];

  const record = () => {
    const seq = lines.length + 1;
    const line = lineOf(seq, Math.floor(random() * dossiers), name);
    lines.push(line);
    chain.push(chainStep(chain[seq - 1]!, seq, line));
  };
  const offer = async (first: number, last: number): Promise<boolean> => {
    const bytes = await packBatch(
      {
        device,
        kind: 'extension',
        stream: 1,
        first,
        lines: lines.slice(first - 1, last),
        prev: chain[first - 1]!,
        sent: Date.now(),
        beacon: { head: lines.length, unsent: lines.length - countOf(acknowledged) },
      },
      signer,
    );
    let receipt: Receipt;
    try {
      const reply = await fetch(`${url()}/v1/batches`, {
        method: 'POST',
        headers: { 'content-type': 'application/vnd.nmc.batch' },
        body: bytes as Uint8Array<ArrayBuffer>,
        signal: AbortSignal.timeout(15_000),
      });
      if (!reply.ok) return false;
      receipt = await verifyReceipt(await reply.text(), hubJwk);
    } catch {
      return false;
    }
    acknowledged = uniteRanges(acknowledged, receipt.received);
    return true;
  };
  return {
    id: device,
    lines,
    acknowledged: () => acknowledged,
    isAcknowledged: (seq) => hasSeq(acknowledged, seq),
    send: async (count) => {
      for (let made = 0; made < count; made += 1) record();
      let first = 1;
      while (hasSeq(acknowledged, first)) first += 1;
      return offer(first, Math.min(lines.length, first + 199));
    },
    resendAll: async () => {
      for (let first = 1; first <= lines.length; first += 200) {
        if (!(await offer(first, Math.min(lines.length, first + 199)))) return false;
      }
      return true;
    },
    hash: () => {
      const hash = sha256.create();
      for (const line of lines) hash.update(new TextEncoder().encode(`${line}\n`));
      return toHex(hash.digest());
    },
  };
}
