/** Decides what each line of a verified batch is, given what is already there. Pure. */
import { createHash } from 'node:crypto';
import {
  chainStep,
  fromHex,
  GENESIS,
  hasSeq,
  type Ranges,
  readBatchLine,
  toHex,
  type VerifiedBatch,
} from '../../batch/index.ts';
import type { Entry } from '../../domain/entry.ts';

/** A line kept earlier. */
export interface KnownLine {
  readonly seq: number;
  readonly line: string;
  readonly chain: Uint8Array;
}

interface FreshEntry {
  readonly entry: Entry;
  readonly line: string;
  readonly chain: Uint8Array;
}

interface SetAside {
  readonly seq: number;
  readonly code: string;
  readonly raw: string;
}

export interface Sorted {
  readonly fresh: readonly FreshEntry[];
  /** Unreadable lines (they count as received) and forks. */
  readonly quarantine: readonly SetAside[];
  readonly duplicates: number;
  readonly isForked: boolean;
  /** The batch does not join the lines around it: two histories, even where no seq overlaps. */
  readonly isChainBroken: boolean;
}

/**
 * Sorts the lines: new, repeated, forked, unreadable. `quarantined` holds `<seq> <sha256 hex>` of what was set aside
 * before, so a repeat of it is a repeat.
 */
export function sortLines(
  batch: VerifiedBatch,
  received: Ranges,
  known: readonly KnownLine[],
  quarantined: ReadonlySet<string>,
): Sorted {
  const { first } = batch.header;
  const bySeq = new Map(known.map((one) => [one.seq, one]));
  const fresh: FreshEntry[] = [];
  const quarantine: SetAside[] = [];
  let duplicates = 0;
  let isForked = false;
  let isChainBroken = isDisjoint(batch, bySeq);
  batch.lines.forEach((line, index) => {
    const seq = first + index;
    const chain = batch.chain[index]!;
    const before = bySeq.get(seq);
    if (hasSeq(received, seq)) {
      if (before?.line === line) {
        duplicates += 1;
        if (toHex(before.chain) !== toHex(chain)) isChainBroken = true;
      } else if (quarantined.has(`${seq} ${sha256Of(line)}`)) {
        duplicates += 1;
      } else {
        isForked = true;
        quarantine.push({ seq, code: 'fork', raw: line });
      }
      return;
    }
    const reading = readBatchLine(batch, index);
    if (reading.ok && !holdsNul(line)) fresh.push({ entry: reading.entry, line, chain });
    else quarantine.push({ seq, code: reading.ok ? 'notJson' : reading.code, raw: line });
  });
  return { fresh, quarantine, duplicates, isForked, isChainBroken };
}

function isDisjoint({ header }: VerifiedBatch, bySeq: ReadonlyMap<number, KnownLine>): boolean {
  if (header.first === 1 && header.prev !== toHex(GENESIS)) return true;
  const before = bySeq.get(header.first - 1);
  if (before && toHex(before.chain) !== header.prev) return true;
  const after = bySeq.get(header.last + 1);
  if (!after) return false;
  return toHex(chainStep(fromHex(header.head), header.last + 1, after.line)) !== toHex(after.chain);
}

/** PostgreSQL text cannot hold U+0000; JSON has no use for it unescaped, so such a line is none of ours. */
function holdsNul(line: string): boolean {
  return line.includes('\u0000');
}

function sha256Of(line: string): string {
  return createHash('sha256').update(line).digest('hex');
}
