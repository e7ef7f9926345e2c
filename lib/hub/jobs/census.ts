/** The census: per device and stream what was received, with a hash over all lines in order (CHT's method, sync §1.1). */
import { createHash } from 'node:crypto';
import type { Db } from '../database/db.ts';
import { parseRanges } from '../ingest/index.ts';
import { sql } from './recompute.ts';

interface CensusStream {
  readonly stream: number;
  readonly received: readonly (readonly [number, number])[];
  readonly declaredHead: number;
  readonly entries: number;
  readonly quarantined: number;
  /** SHA-256 over every received line followed by a line feed, by seq; unreadable lines as they came. */
  readonly sha256: string;
}

export interface CensusDevice {
  readonly device: string;
  readonly kind: string;
  readonly unit: string;
  readonly status: string;
  readonly streams: readonly CensusStream[];
}

interface Row {
  readonly device: string;
  readonly kind: string;
  readonly unit: string;
  readonly status: string;
  readonly stream: number | null;
  readonly received: string;
  readonly declaredHead: number;
  readonly entries: number;
  readonly quarantined: number;
}

/** Every device with its streams, in one snapshot. */
export async function census(db: Db): Promise<CensusDevice[]> {
  const { province } = db;
  return db.tx({ role: 'ingest', snapshot: true }, async (query) => {
    const devices = new Map<string, CensusDevice & { streams: CensusStream[] }>();
    for (const row of await query<Row>(sql.census, [province])) {
      const { device, kind, unit, status, stream } = row;
      const known = devices.get(device) ?? { device, kind, unit, status, streams: [] };
      devices.set(device, known);
      if (stream === null) continue;
      const aside = await query<{ seq: number; raw: Buffer }>(sql.censusAside, [province, device, stream]);
      const hash = createHash('sha256');
      let waiting = 0;
      const add = (line: string | Buffer) => hash.update(line).update('\n');
      const addAsideBefore = (seq: number) => {
        for (; waiting < aside.length && aside[waiting]!.seq < seq; waiting++) add(aside[waiting]!.raw);
      };
      for (let after = 0; ; ) {
        const page = await query<{ seq: number; line: string }>(sql.censusLines, [
          province,
          device,
          stream,
          after,
        ]);
        for (const { seq, line } of page) {
          addAsideBefore(seq);
          add(line);
        }
        if (page.length === 0) break;
        after = page.at(-1)!.seq;
      }
      addAsideBefore(Number.POSITIVE_INFINITY);
      known.streams.push({
        stream,
        received: parseRanges(row.received),
        declaredHead: row.declaredHead,
        entries: row.entries,
        quarantined: row.quarantined,
        sha256: hash.digest('hex'),
      });
    }
    return [...devices.values()];
  });
}
