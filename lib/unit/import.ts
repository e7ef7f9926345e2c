/**
 * One hand-over file: verified before anything of it is believed, then taken in one strict transaction. A device met for
 * the first time is trusted with the key in its header only after a person accepted it; until then its files are kept.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { type BatchError, isBatchError, readBatchHeader, toHex, verifyBatch } from '../batch/index.ts';
import type { BatchHeader, PublicJwk } from '../batch/protocol.ts';
import type { Unit } from '../domain/unit.ts';
import type { ReportsKey, ReportsWords } from '../i18n/reports/index.ts';
import { selfCertifiedId } from '../sync/device.ts';
import { finderOf } from './project.ts';
import { receive } from './receive.ts';
import { type Alarm, type BatchRow, type DeviceRow, setting, type UnitStore } from './store.ts';
import type { FileProblem, FileResult } from './types.ts';

export interface ImportPorts {
  readonly clock: () => number;
  readonly words: ReportsWords;
}

type Refusal = { readonly key: ReportsKey; readonly code: string; readonly field: string };

const NONE = { device: null, stream: null, first: null, last: null };
const NO_COUNTS = { accepted: 0, duplicates: 0, quarantined: 0 };

/** Takes one file. Never throws for what is in the file: a refusal names code, field and what to do next. */
export async function importFile(
  db: UnitStore,
  file: { readonly name: string; readonly bytes: Uint8Array },
  ports: ImportPorts,
): Promise<FileResult> {
  const refuse = ({ key, code, field }: Refusal, header?: BatchHeader): FileResult => {
    const problem: FileProblem = { code, field, message: ports.words(key, { field }) };
    return { name: file.name, state: 'refused', ...(header ? placeOf(header) : NONE), ...NO_COUNTS, problem };
  };
  if (file.bytes.length === 0) return refuse({ key: 'file.empty', code: 'empty', field: 'file' });
  if ((await setting<Unit>(db, 'unit')) === null) {
    return refuse({ key: 'file.noUnit', code: 'noUnit', field: 'unit' });
  }
  let header: BatchHeader | undefined;
  try {
    header = readBatchHeader(file.bytes).header;
    const bytes = new Uint8Array(file.bytes);
    const known = await db.devices.get(header.device);
    const batch = await verifyBatch(bytes, header.jwk);
    if ((known && !isSameKey(known.jwk, header.jwk)) || !(await ownsItsId(header))) {
      if (known) await db.devices.update(known.id, { alarms: withAlarm(known, 'key') });
      return refuse({ key: 'file.wrongKey', code: 'wrongKey', field: 'jwk' }, header);
    }
    const hash = toHex(sha256(bytes));
    const row: BatchRow = {
      hash,
      name: file.name,
      device: header.device,
      bytes,
      importedAt: ports.clock(),
      held: 0,
    };
    return await db.transaction('rw', db.tables, async (): Promise<FileResult> => {
      const { header } = batch;
      const device = await db.devices.get(header.device);
      if (device && !isSameKey(device.jwk, header.jwk)) {
        return refuse({ key: 'file.wrongKey', code: 'wrongKey', field: 'jwk' }, header);
      }
      if (device?.state === 'revoked') {
        return refuse({ key: 'file.revoked', code: 'revoked', field: 'device' }, header);
      }
      const place = { name: file.name, ...placeOf(header) };
      if (device === undefined || device.state === 'new') {
        await db.devices.put(meet(device, header, ports.clock()));
        await db.batches.put({ ...row, held: 1 });
        return { ...place, state: 'newDevice', ...NO_COUNTS };
      }
      return take(db, row, batch, device, place);
    });
  } catch (error) {
    if (!isBatchError(error)) throw error;
    return refuse(refusalOf(error), header);
  }
}

type Place = Pick<FileResult, 'name' | 'device' | 'stream' | 'first' | 'last'>;

async function take(
  db: UnitStore,
  row: BatchRow,
  batch: Awaited<ReturnType<typeof verifyBatch>>,
  device: DeviceRow,
  place: Place,
): Promise<FileResult> {
  const known = await db.batches.get(row.hash);
  if (known?.held === 0) {
    return { ...place, state: 'repeated', ...NO_COUNTS, duplicates: batch.lines.length };
  }
  const find = await finderOf(db, await setting<Unit>(db, 'unit'));
  const { isRepeat, ...counts } = await receive(db, batch, device, find, row.importedAt);
  if (isRepeat) await db.batches.delete(row.hash);
  else await db.batches.put({ ...row, held: 0 });
  return { ...place, state: isRepeat ? 'repeated' : 'imported', ...counts };
}

/** Takes the kept files of an accepted device, oldest first; safe to call again after a cut. */
export async function takeHeld(db: UnitStore, id: string): Promise<FileResult[]> {
  const held = await db.batches.where('[device+held]').equals([id, 1]).toArray();
  const results: FileResult[] = [];
  for (const row of held.sort((a, b) => a.importedAt - b.importedAt)) {
    const batch = await verifyBatch(row.bytes, (await db.devices.get(id))!.jwk);
    const result = await db.transaction('rw', db.tables, async () => {
      const device = (await db.devices.get(id))!;
      return take(db, row, batch, device, { name: row.name, ...placeOf(batch.header) });
    });
    results.push(result);
  }
  return results;
}

function placeOf({ device, stream, first, last }: BatchHeader) {
  return { device, stream, first, last };
}

function meet(device: DeviceRow | undefined, header: BatchHeader, now: number): DeviceRow {
  const heardAt = Math.min(Date.parse(header.sent), now);
  if (device) return { ...device, heardAt: Math.max(device.heardAt, heardAt) };
  const { jwk, kind } = header;
  const fingerprint = fingerprintOf(jwk);
  return { id: header.device, kind, name: '', state: 'new', jwk, fingerprint, heardAt, alarms: [] };
}

/** The first 64 bits of the key's RFC 7638 thumbprint for people to compare, `A1B2-C3D4-…`. */
function fingerprintOf({ crv, kty, x, y }: PublicJwk): string {
  const hash = sha256(new TextEncoder().encode(JSON.stringify({ crv, kty, x, y })));
  return toHex(hash.subarray(0, 8)).toUpperCase().match(/.{4}/g)!.join('-');
}

/** A device that no hub named is named by its key (lib/sync/device.ts): nobody else can sign under that id. */
async function ownsItsId({ device, jwk }: BatchHeader): Promise<boolean> {
  return !device.startsWith('k-') || device === (await selfCertifiedId(jwk));
}

function withAlarm(device: DeviceRow, alarm: Alarm): Alarm[] {
  return [...new Set([...device.alarms, alarm])].sort();
}

function isSameKey(a: PublicJwk, b: PublicJwk): boolean {
  return a.x === b.x && a.y === b.y;
}

function refusalOf({ code, field }: BatchError): Refusal {
  const keys: Record<BatchError['code'], ReportsKey> = {
    malformed: 'file.notBatch',
    schema: 'file.header',
    bound: 'file.tooLarge',
    signature: 'file.signature',
    inflate: 'file.broken',
    count: 'file.broken',
    chain: 'file.chain',
  };
  return { key: keys[code], code, field };
}
