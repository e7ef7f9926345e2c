/**
 * Takes a verified batch of an accepted device (the same rules as the hub, DESIGN §6):
 *
 *   seq unknown            → kept; an unreadable line goes to quarantine raw and counts as received
 *   seq known, same bytes  → a repeat, no effect
 *   seq known, other bytes → a fork: quarantine, alarm; the line kept first stays
 *   a gap                  → accepted and shown
 *
 * Runs inside one transaction of the caller and awaits nothing but Dexie.
 */
import { chainStep, fromHex, GENESIS, readBatchLine, toHex, type VerifiedBatch } from '../batch/index.ts';
import { addRange } from '../batch/ranges.ts';
import type { Entry } from '../domain/entry.ts';
import { entryName } from '../domain/merge.ts';
import type { UnitFinder } from '../domain/unit.ts';
import { packTarget, refresh } from './project.ts';
import type { Alarm, DeviceRow, LineRow, QuarantineRow, UnitStore, VoidRow } from './store.ts';
import { waitingRows } from './waiting.ts';

export interface Received {
  readonly accepted: number;
  readonly duplicates: number;
  readonly quarantined: number;
  /** Nothing of the batch was new, its closing beacon included. */
  readonly isRepeat: boolean;
}

interface Sorted {
  readonly lines: LineRow[];
  readonly entries: Entry[];
  readonly quarantine: QuarantineRow[];
  readonly alarms: Set<Alarm>;
  duplicates: number;
}

/** Stores what is new in the batch and brings the derived rows up to date. `now` in milliseconds. */
export async function receive(
  db: UnitStore,
  batch: VerifiedBatch,
  device: DeviceRow,
  find: UnitFinder,
  now: number,
): Promise<Received> {
  const { header } = batch;
  const sorted = await sort(db, batch);
  if (await isChainBroken(db, batch)) sorted.alarms.add('chain');
  await db.lines.bulkAdd(sorted.lines);
  await db.quarantine.bulkAdd(sorted.quarantine);
  await db.waiting.bulkAdd(waitingRows(header.device, sorted.entries));

  const place: [string, number] = [header.device, header.stream];
  const stream = await db.streams.get(place);
  const declaredHead = Math.max(stream?.declaredHead ?? 0, header.beacon.head);
  const received = addRange(stream?.received ?? [], header.first, header.last);
  await db.streams.put({ device: place[0], stream: place[1], received, declaredHead });
  const heardAt = Math.max(device.heardAt, Math.min(Date.parse(header.sent), now));
  const alarms = [...new Set([...device.alarms, ...sorted.alarms])].sort();
  await db.devices.put({ ...device, heardAt, alarms });

  const touched = new Set(sorted.lines.flatMap((line) => line.keys));
  for (const key of await retract(db, device, sorted.entries)) touched.add(key);
  if (touched.size > 0) await refresh(db, touched, find);
  const accepted = sorted.entries.length;
  const quarantined = sorted.quarantine.length;
  const isNews =
    accepted + quarantined > 0 || declaredHead !== stream?.declaredHead || heardAt !== device.heardAt;
  return { accepted, duplicates: sorted.duplicates, quarantined, isRepeat: !isNews };
}

async function sort(db: UnitStore, batch: VerifiedBatch): Promise<Sorted> {
  const { device, stream, first, last } = batch.header;
  const from = [device, stream, first];
  const to = [device, stream, last];
  const [stored, kept] = await Promise.all([
    db.lines.where('[device+stream+seq]').between(from, to, true, true).toArray(),
    db.quarantine.where('[device+stream+seq]').between(from, to, true, true).toArray(),
  ]);
  const bySeq = new Map(stored.map((line) => [line.seq, line]));
  const quarantined = new Set(kept.map((one) => `${one.seq} ${one.raw}`));
  const sorted: Sorted = { lines: [], entries: [], quarantine: [], alarms: new Set(), duplicates: 0 };
  batch.lines.forEach((line, index) => {
    const seq = first + index;
    const known = bySeq.get(seq);
    const chain = toHex(batch.chain[index]!);
    if (known && known.line === line) {
      sorted.duplicates += 1;
      if (known.chain !== chain) sorted.alarms.add('chain');
    } else if (known && quarantined.has(`${seq} ${line}`)) {
      sorted.duplicates += 1;
    } else if (known) {
      sorted.quarantine.push({ device, stream, seq, code: 'fork', raw: line });
      sorted.alarms.add('fork');
    } else {
      const reading = readBatchLine(batch, index);
      const row = { device, stream, seq, line, chain };
      if (reading.ok) {
        sorted.entries.push(reading.entry);
        sorted.lines.push({ ...row, ...indexesOf(reading.entry) });
      } else {
        sorted.lines.push({ ...row, kind: 'unreadable', day: '', keys: [], pack: '' });
        sorted.quarantine.push({ device, stream, seq, code: reading.code, raw: line });
      }
    }
  });
  return sorted;
}

function indexesOf(entry: Entry): Pick<LineRow, 'kind' | 'day' | 'keys' | 'pack'> {
  switch (entry.kind) {
    case 'dossier':
    case 'document':
      return { kind: entry.kind, day: '', keys: entry.body.keys, pack: entry.body.pack };
    case 'action':
      return { kind: entry.kind, day: '', keys: [], pack: entry.body.pack };
    case 'feedback':
      return { kind: entry.kind, day: entry.body.quarter.slice(0, 10), keys: [], pack: '' };
    case 'officialTotal':
      return { kind: entry.kind, day: entry.body.from, keys: [], pack: '' };
    default:
      return { kind: entry.kind, day: '', keys: [], pack: '' };
  }
}

/** Whether the batch does not join the lines already here: proof of two histories even where no seq overlaps. */
async function isChainBroken(db: UnitStore, { header }: VerifiedBatch): Promise<boolean> {
  const { device, stream, first, last } = header;
  if (first === 1 && header.prev !== toHex(GENESIS)) return true;
  const before = await db.lines.get([device, stream, first - 1]);
  if (before && before.chain !== header.prev) return true;
  const after = await db.lines.get([device, stream, last + 1]);
  return after !== undefined && toHex(chainStep(fromHex(header.head), last + 1, after.line)) !== after.chain;
}

/**
 * Stores the retractions among the entries; returns the keys of what they touch. A device takes back only what is its
 * own: an entry, or everything it read with one pack version; a hub may name any entry.
 */
async function retract(db: UnitStore, device: DeviceRow, entries: readonly Entry[]): Promise<string[]> {
  const voids: VoidRow[] = [];
  const touched: string[] = [];
  for (const entry of entries) {
    if (entry.kind !== 'void') continue;
    const { target } = entry.body;
    const by = entryName({ device: device.id, stream: entry.stream, seq: entry.seq });
    if ('pack' in target) {
      voids.push({ target: packTarget(device.id, target.pack), by });
      const lines = await db.lines.where('[device+pack]').equals([device.id, target.pack]).toArray();
      touched.push(...lines.flatMap((line) => line.keys));
    } else if (target.device === device.id || device.kind === 'hub') {
      voids.push({ target: entryName(target), by });
      const line = await db.lines.get([target.device, target.stream, target.seq]);
      touched.push(...(line?.keys ?? []));
    }
  }
  await db.voids.bulkPut(voids);
  return touched;
}
