/**
 * What the second place holds, as texts that prove themselves:
 *
 *   line-<stream>-<seq>   nmc1 <prev hex> <chain hex> <line>     until the line is received
 *   mark-<stream>         nmc1 <head> <epoch> <time>             for ever: this stream reached at least `head`,
 *                                                                and this was its newest receipt (0 0 = none)
 *
 * A record is good when chainStep(prev, seq, line) = chain; a torn or altered one is not.
 */
import { chainStep, fromHex, toHex } from '../batch/index.ts';
import type { LineRow } from './store.ts';

/** A good record of the second place. */
export interface KeptLine {
  readonly stream: number;
  readonly seq: number;
  readonly prev: string;
  readonly chain: string;
  readonly line: string;
}

export interface KeptPlace {
  readonly lines: readonly KeptLine[];
  /** Names that stand for a line but do not prove themselves. */
  readonly damaged: readonly { readonly name: string; readonly stream: number; readonly seq: number }[];
  readonly marks: ReadonlyMap<number, Mark>;
}

/** What outlives the database of a stream: enough never to reuse a number or believe an outdated receipt. */
export interface Mark {
  readonly head: number;
  readonly epoch: number;
  readonly receiptTime: number;
}

export function lineName(stream: number, seq: number): string {
  return `line-${stream}-${seq}`;
}

export function markName(stream: number): string {
  return `mark-${stream}`;
}

export function lineRecord(row: Pick<LineRow, 'prev' | 'chain' | 'line'>): string {
  return `nmc1 ${row.prev} ${row.chain} ${row.line}`;
}

export function markRecord({ head, epoch, receiptTime }: Mark): string {
  return `nmc1 ${head} ${epoch} ${receiptTime}`;
}

/** Reads everything the second place holds; names of others are left alone. */
export function readPlace(all: ReadonlyMap<string, string>): KeptPlace {
  const lines: KeptLine[] = [];
  const damaged: { name: string; stream: number; seq: number }[] = [];
  const marks = new Map<number, Mark>();
  for (const [name, text] of all) {
    const mark = /^mark-([1-9]\d{0,8})$/.exec(name);
    if (mark) {
      const said = /^nmc1 (\d{1,15}) (\d{1,9}) (\d{1,15})$/.exec(text);
      const [head, epoch, receiptTime] = [1, 2, 3].map((at) => Number(said?.[at] ?? 0)) as [
        number,
        number,
        number,
      ];
      marks.set(Number(mark[1]), { head, epoch, receiptTime });
    }
    const place = /^line-([1-9]\d{0,8})-([1-9]\d{0,14})$/.exec(name);
    if (!place) continue;
    const [stream, seq] = [Number(place[1]), Number(place[2])];
    const found = /^nmc1 ([0-9a-f]{64}) ([0-9a-f]{64}) (.+)$/s.exec(text);
    const isGood = found !== null && toHex(chainStep(fromHex(found[1]!), seq, found[3]!)) === found[2];
    if (isGood) lines.push({ stream, seq, prev: found[1]!, chain: found[2]!, line: found[3]! });
    else damaged.push({ name, stream, seq });
  }
  lines.sort((a, b) => a.stream - b.stream || a.seq - b.seq);
  return { lines, damaged, marks };
}
