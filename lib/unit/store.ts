/**
 * The tables of a unit without a hub. `lines` and `batches` are the truth and never rewritten; `dossiers`, `documents`
 * and `rollup` are derived from them (lib/unit/project.ts) and may be thrown away at any time; `groups` and `spans` of ratings
 * are closed for ever (lib/unit/feedback.ts).
 */
import { Dexie, type Table } from 'dexie';
import type { PublicJwk } from '../batch/protocol.ts';
import type { Day } from '../domain/dates.ts';
import type { Entry, EntryKind } from '../domain/entry.ts';
import type { FlowCount } from '../domain/flows.ts';
import type { DocumentRow, DossierRow } from '../domain/merge.ts';
import type { Procedure } from '../domain/procedure.ts';
import type { Unit } from '../domain/unit.ts';
import type { FeedbackGroup, RateSpan } from '../indicators/feedback.ts';
import { type WaitingRow, waitingRows } from './waiting.ts';

/** A received line; `unreadable` lines are kept raw and carry no facts. */
export interface LineRow {
  readonly device: string;
  readonly stream: number;
  readonly seq: number;
  readonly line: string;
  /** Chain value at this line, hex. */
  readonly chain: string;
  readonly kind: EntryKind | 'unreadable';
  /** The day a kind is looked up by (feedback: the visit's; totals: the first of the span), else ''. */
  readonly day: Day | '';
  /** Keys of a dossier or document, else none. */
  readonly keys: readonly string[];
  /** `pack@version` of a sighting, else ''. */
  readonly pack: string;
}

/** A retraction; it may be here before what it retracts. `target`: an entry's name, or a device with a pack. */
export interface VoidRow {
  readonly target: string;
  readonly by: string;
}

export interface QuarantineRow {
  readonly id?: number;
  readonly device: string;
  readonly stream: number;
  readonly seq: number;
  readonly code: string;
  readonly raw: string;
}

export type Alarm = 'fork' | 'chain' | 'key';

export interface DeviceRow {
  readonly id: string;
  readonly kind: 'extension' | 'kiosk' | 'hub';
  readonly name: string;
  readonly state: 'new' | 'active' | 'revoked';
  /** The key first seen; pinned when a person accepts the device. */
  readonly jwk: PublicJwk;
  readonly fingerprint: string;
  /** Latest `sent` of its batches (never later than the import), milliseconds. */
  readonly heardAt: number;
  readonly alarms: readonly Alarm[];
}

interface StreamRow {
  readonly device: string;
  readonly stream: number;
  readonly received: [number, number][];
  readonly declaredHead: number;
}

/** The signed bytes as they came: the archive everything can be rebuilt from. */
export interface BatchRow {
  readonly hash: string;
  readonly name: string;
  readonly device: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly importedAt: number;
  /** Waiting for the device to be accepted. */
  readonly held: 0 | 1;
}

export interface DossierRecord {
  readonly id: string;
  readonly keys: readonly string[];
  readonly unit: string;
  /** The day it counts as finished, {@link OPEN} when it is not. */
  readonly finishDay: Day;
  readonly row: DossierRow;
}

export interface DocumentRecord {
  readonly id: string;
  readonly keys: readonly string[];
  readonly row: DocumentRow;
}

/** A closed group with its answers, in an order drawn by lot. */
export interface GroupRecord extends Omit<FeedbackGroup, 'id' | 'unitName' | 'counterName'> {
  readonly id?: number;
  readonly answers: readonly {
    readonly answers: Readonly<Record<string, number>>;
    readonly reasons: readonly string[];
    readonly comment: string | null;
  }[];
}

/** A closed span of the unit. */
export interface SpanRecord extends Omit<RateSpan, 'unitName' | 'counterName'> {
  readonly id?: number;
}

/** Later than every day: an open dossier sorts after all finished ones. */
export const OPEN: Day = '9999-12-31';

export interface UnitStore extends Dexie {
  settings: Table<{ name: string; value: unknown }, string>;
  units: Table<Unit, string>;
  procedures: Table<Procedure & { readonly from: string }, [string, string]>;
  devices: Table<DeviceRow, string>;
  streams: Table<StreamRow, [string, number]>;
  batches: Table<BatchRow, string>;
  lines: Table<LineRow, [string, number, number]>;
  voids: Table<VoidRow, [string, string]>;
  quarantine: Table<QuarantineRow, number>;
  dossiers: Table<DossierRecord, string>;
  documents: Table<DocumentRecord, string>;
  rollup: Table<FlowCount, [string, Day, string, string]>;
  waiting: Table<WaitingRow, [string, number, number]>;
  /** Closed for ever: never computed anew. */
  groups: Table<GroupRecord, number>;
  spans: Table<SpanRecord, number>;
}

/** Opens the tables; a resolved write is on disk (strict durability, DESIGN §5). */
export async function openStore(name: string): Promise<UnitStore> {
  const db = new Dexie(name, { chromeTransactionDurability: 'strict' }) as UnitStore;
  db.version(1).stores({
    settings: 'name',
    units: 'id',
    procedures: '[code+from]',
    devices: 'id',
    streams: '[device+stream], device',
    batches: 'hash, [device+held]',
    lines: '[device+stream+seq], *keys, [kind+day], [device+pack]',
    voids: '[target+by], target',
    quarantine: '++id, [device+stream+seq]',
    dossiers: 'id, *keys, finishDay',
    documents: 'id, *keys',
    rollup: '[unit+day+procedure+measure], day',
  });
  db.version(2)
    .stores({
      waiting: '[device+stream+seq], day',
      groups: '++id, lastDay',
      spans: '++id, lastDay',
    })
    .upgrade(async (change) => {
      const old = change.table<LineRow>('lines').where('[kind+day]');
      const lines = await old.between(['action', ''], ['action', '\uffff']).toArray();
      lines.push(...(await old.between(['feedback', ''], ['feedback', '\uffff']).toArray()));
      const rows = lines.flatMap(({ device, line }) => waitingRows(device, [JSON.parse(line) as Entry]));
      await change.table<WaitingRow>('waiting').bulkPut(rows);
    });
  await db.open();
  return db;
}

/** One setting, or null. */
export async function setting<T>(db: UnitStore, name: string): Promise<T | null> {
  const found = await db.settings.get(name);
  return found === undefined ? null : (found.value as T);
}
