/** Devices as the unit sees them: what has arrived from each, what is missing, and the receipt to carry back. */
import { sha256 } from '@noble/hashes/sha2.js';
import { completeThrough, gapsOf, signReceipt, toHex } from '../batch/index.ts';
import { RECEIPT_ENDING, type Receipt } from '../batch/protocol.ts';
import { dayOf } from '../domain/dates.ts';
import type { Unit } from '../domain/unit.ts';
import type { ReportsWords } from '../i18n/reports/index.ts';
import type { Transport } from '../indicators/result.ts';
import type { Signing } from './keys.ts';
import type { UnitStore } from './store.ts';
import type { HandOver, StreamCensus, UnitDevice } from './types.ts';

/** Every device known, new ones included, by name. */
export async function devicesOf(db: UnitStore, own: Unit | null, words: ReportsWords): Promise<UnitDevice[]> {
  const devices = await db.devices.toArray();
  const views: UnitDevice[] = [];
  for (const device of devices) {
    const { id, kind, fingerprint } = device;
    const streams = await db.streams.where('device').equals(id).sortBy('stream');
    const quarantine = await db.quarantine.where('[device+stream+seq]').between([id], [id, []]).toArray();
    views.push({
      id,
      kind,
      name: device.name || words(`unit.device.${kind}`, { id: id.slice(0, 8) }),
      unit: { id: own?.id ?? '', name: own?.name ?? '' },
      status: device.state,
      streams: streams.map(({ stream, received, declaredHead }) => ({
        stream,
        through: completeThrough(received),
        declaredHead,
        gaps: gapsOf(received, declaredHead),
        quarantined: new Set(quarantine.flatMap((one) => (one.stream === stream ? [one.seq] : []))).size,
      })),
      heardAt: new Date(device.heardAt).toISOString(),
      alarms: device.alarms.map((alarm) => words(`unit.alarm.${alarm}`)),
      fingerprint,
      held: await db.batches.where('[device+held]').equals([id, 1]).count(),
    });
  }
  return views.sort((a, b) => a.name.localeCompare(b.name, 'vi') || (a.id < b.id ? -1 : 1));
}

/** Transport completeness over the accepted devices; `now` in milliseconds. */
export function transportOf(devices: readonly UnitDevice[], now: number): Transport {
  const active = devices.filter((device) => device.status === 'active');
  const missingOf = (device: UnitDevice) =>
    device.streams.flatMap((stream) => stream.gaps).reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const heard = active.map((device) => device.heardAt).filter((time) => time !== null);
  const today = dayOf(now);
  return {
    devices: active.length,
    complete: active.filter((device) => device.streams.length > 0 && missingOf(device) === 0).length,
    missing: active.reduce((sum, device) => sum + missingOf(device), 0),
    silent: active.filter((device) => device.heardAt === null || dayOf(Date.parse(device.heardAt)) < today)
      .length,
    heardThrough: heard.sort()[0] ?? null,
  };
}

/**
 * Signed receipts of a device, one per stream. `skew` is 0: a file's travelling time says nothing about clocks;
 * `durable` is 0: a unit page has no verified backup. A device that is not accepted gets none.
 */
export async function receiptsOf(
  db: UnitStore,
  device: string,
  own: Unit,
  signing: Signing,
  now: number,
): Promise<HandOver[]> {
  if ((await db.devices.get(device))?.state !== 'active') return [];
  const streams = await db.streams.where('device').equals(device).sortBy('stream');
  const files: HandOver[] = [];
  for (const { stream, received, declaredHead } of streams) {
    const quarantine = await db.quarantine
      .where('[device+stream+seq]')
      .between([device, stream], [device, stream, []])
      .toArray();
    const codes = new Map(quarantine.map(({ seq, code }) => [seq, code]));
    const receipt: Receipt = {
      typ: 'nmc-receipt',
      hub: own.id,
      epoch: 1,
      device,
      stream,
      received,
      gaps: gapsOf(received, declaredHead),
      quarantined: [...codes].map(([seq, code]) => ({ seq, code })),
      time: new Date(now).toISOString(),
      skew: 0,
      durable: 0,
      next: { after: 0, window: 0 },
    };
    const text = await signReceipt(receipt, signing.privateKey);
    const name = `${device}-${stream}-${completeThrough(received)}${RECEIPT_ENDING}`;
    files.push({ name, bytes: new TextEncoder().encode(text) });
  }
  return files;
}

/** What has been received, to be compared with the devices' own journals. */
export async function censusOf(db: UnitStore): Promise<StreamCensus[]> {
  const streams = await db.streams.orderBy('[device+stream]').toArray();
  const rows: StreamCensus[] = [];
  for (const { device, stream, received } of streams) {
    const from = [device, stream];
    const to = [device, stream, []];
    const hash = sha256.create();
    let lines = 0;
    await db.lines
      .where('[device+stream+seq]')
      .between(from, to)
      .each((row) => {
        hash.update(new TextEncoder().encode(`${row.line}\n`));
        lines += 1;
      });
    const quarantined = await db.quarantine.where('[device+stream+seq]').between(from, to).count();
    rows.push({ device, stream, received, lines, quarantined, hash: toHex(hash.digest()) });
  }
  return rows;
}
