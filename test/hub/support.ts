/** What the hub's tests stand on: a real embedded PostgreSQL per file, a fresh database per hub, devices with real keys. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BATCH_TYPE,
  chainStep,
  GENESIS,
  type PublicJwk,
  packBatch,
  type Receipt,
  signProof,
  unwrapKey,
  verifyReceipt,
} from '../../lib/batch/index.ts';
import type { Entry, EntryDraft, Facts } from '../../lib/domain/entry.ts';
import { type HubConfig, readConfig } from '../../lib/hub/config.ts';
import { type EmbeddedServer, prepareDatabase, startEmbedded } from '../../lib/hub/database/embedded.ts';
import { issueCode } from '../../lib/hub/device/activation.ts';
import { importFile } from '../../lib/hub/imports/import.ts';
import type { PersonRole } from '../../lib/hub/people/access.ts';
import { addPerson } from '../../lib/hub/people/people.ts';
import { type Hub, type HubPorts, startHub } from '../../lib/hub/server.ts';
import { hubWords } from '../../lib/i18n/hub/index.ts';

/** 2026-09-21, a Monday, 10:00 in Vietnam. */
export const NOON = Date.parse('2026-09-21T03:00:00.000Z');
export const PASSWORD = 'mat-khau-de-thu-2026';

export interface TestServer {
  readonly folder: string;
  readonly embedded: EmbeddedServer;
  /** A URL of a fresh database reached through the socket. */
  freshUrl(): Promise<string>;
  close(): Promise<void>;
}

export async function testServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'nmc-hub-'));
  const embedded = await startEmbedded(folder);
  let made = 0;
  return {
    folder,
    embedded,
    freshUrl: async () => {
      made += 1;
      const name = `t${made}`;
      await prepareDatabase(embedded, name);
      return urlOf(embedded.connection(name));
    },
    close: async () => {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function urlOf(connection: ReturnType<EmbeddedServer['connection']>): string {
  if (typeof connection === 'string') return connection;
  const { host, port, user, password, database } = connection;
  return `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
}

/** Units: a province with two communes, one of them with a centre below it. */
export const UNITS = `id,parent,name,kind,agency_codes,aliases,valid_from,valid_to
tinh,,Tỉnh Thử,province,H99,,,
xa-a,tinh,Xã A,commune,H99.1,UBND xã A;UBND Xã A cũ,,
xa-b,tinh,Xã B,commune,H99.2,,,
tt-a,xa-a,Trung tâm A,centre,H99.1.5,,,
`;

export const CATALOGUE = `code,name,sector,online,has_fee,returns_result,limit_days,valid_from,valid_to
1.001612,Đăng ký thành lập hộ kinh doanh,Kinh doanh,full,1,1,3,,
2.000815,Chứng thực bản sao,Chứng thực,partial,1,1,1,,
1.004222,Đăng ký thường trú,Cư trú,full,0,1,7,,
`;

export interface TestHub {
  readonly hub: Hub;
  readonly clock: { now: number };
  device(unit: string, kind?: 'extension' | 'kiosk'): Promise<TestDevice>;
  /** A person with a session; the returned function calls the hub as that person. */
  person(role: PersonRole, unit: string | null): Promise<Caller>;
  close(): Promise<void>;
}

export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Response>;

export function testConfig(data: string, over: Partial<HubConfig> = {}): HubConfig {
  return { ...readConfig({ NMC_DATA: data, PORT: '0', NMC_LOG: 'off' }), ...over };
}

export async function testHub(
  server: TestServer,
  over: Partial<HubConfig> = {},
  ports: HubPorts = {},
): Promise<TestHub> {
  const data = mkdtempSync(join(tmpdir(), 'nmc-data-'));
  const clock = { now: NOON };
  const databaseUrl = over.databaseUrl ?? (await server.freshUrl());
  const hub = await startHub(testConfig(data, { ...over, databaseUrl }), {
    clock: () => clock.now,
    log: () => undefined,
    ...ports,
  });
  await load(hub, 'units', UNITS);
  await load(hub, 'catalogue', CATALOGUE);
  return {
    hub,
    clock,
    device: (unit, kind = 'extension') => activate(hub, clock, unit, kind),
    person: (role, unit) => signIn(hub, role, unit),
    close: async () => {
      await hub.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export async function load(hub: Hub, kind: 'units' | 'catalogue' | 'tenants', csv: string) {
  const bytes = new TextEncoder().encode(csv);
  return importFile(hub.db, {
    kind,
    bytes,
    isDryRun: false,
    actor: 'test',
    words: hubWords('vi'),
    now: NOON,
  });
}

let people = 0;

async function signIn(hub: Hub, role: PersonRole, unit: string | null): Promise<Caller> {
  people += 1;
  const name = `nguoi-${people}`;
  await addPerson(hub.db, { name, password: PASSWORD, role, unit }, 'test');
  const answer = await fetch(`${hub.url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: PASSWORD }),
  });
  if (answer.status !== 200) throw new Error(`log-in of ${role}: ${answer.status}`);
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
  return callerOf(hub.url, { cookie, 'x-nmc': '1' });
}

/** Calls the hub with these headers; a string body is CSV, bytes are a batch, anything else JSON. */
export function callerOf(url: string, base: Record<string, string> = {}): Caller {
  return (method, path, body, headers = {}) => {
    const type =
      body === undefined
        ? {}
        : typeof body === 'string'
          ? { 'content-type': 'text/csv' }
          : body instanceof Uint8Array
            ? { 'content-type': BATCH_TYPE }
            : { 'content-type': 'application/json' };
    const sent =
      body === undefined
        ? null
        : typeof body === 'string' || body instanceof Uint8Array
          ? (body as BodyInit)
          : JSON.stringify(body);
    return fetch(url + path, { method, headers: { ...base, ...type, ...headers }, body: sent });
  };
}

export interface KeyPair {
  readonly jwk: PublicJwk;
  readonly key: CryptoKey;
}

export async function keyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { key: pair.privateKey, jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } };
}

/** The body of an activation, as a device makes it; `open` unwraps the province key of the answer. */
export async function activationBody(code: string, kind: 'extension' | 'kiosk', keys: KeyPair) {
  const wrapping = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, [
    'deriveBits',
  ]);
  const { x, y } = await crypto.subtle.exportKey('jwk', wrapping.publicKey);
  const wrapFor: PublicJwk = { kty: 'EC', crv: 'P-256', x: x!, y: y! };
  const body = {
    code,
    kind,
    name: 'Máy thử',
    jwk: keys.jwk,
    wrapFor,
    proof: await signProof(code, wrapFor, keys.key),
  };
  return { body, open: (jwe: string) => unwrapKey(jwe, wrapping.privateKey) };
}

async function activate(
  hub: Hub,
  clock: { now: number },
  unit: string,
  kind: 'extension' | 'kiosk',
): Promise<TestDevice> {
  const { code } = await issueCode(hub.db, hub.secrets, { unit, kind, name: 'Máy thử' }, 'test', clock.now);
  const keys = await keyPair();
  const { body } = await activationBody(code, kind, keys);
  const answer = await callerOf(hub.url)('POST', '/v1/device/activate', body);
  if (answer.status !== 200) throw new Error(`activation: ${answer.status} ${await answer.text()}`);
  const { device } = (await answer.json()) as { device: string };
  return makeDevice(hub, clock, device, kind, keys);
}

/** A device with a journal in memory: exact lines and chain values, as a real one keeps them. */
export interface TestDevice {
  readonly id: string;
  readonly keys: KeyPair;
  readonly lines: string[];
  stream: number;
  /** Appends entries; returns the seq of the first. */
  append(...drafts: readonly EntryDraft[]): number;
  appendLine(line: string): number;
  /** The bytes of `first..last`; without numbers everything. */
  batch(
    first?: number,
    last?: number,
    over?: { head?: number; sent?: number; keys?: KeyPair },
  ): Promise<Uint8Array>;
  send(first?: number, last?: number): Promise<Response>;
  /** Sends and verifies the receipt. */
  receipt(first?: number, last?: number): Promise<Receipt>;
  /** The same identity and key with a copy of the journal: a cloned profile. */
  clone(): TestDevice;
  /** Starts the next stream, as after lost storage. */
  nextStream(): void;
}

export function makeDevice(
  hub: Hub,
  clock: { now: number },
  id: string,
  kind: 'extension' | 'kiosk',
  keys: KeyPair,
  copied: readonly string[] = [],
): TestDevice {
  const device: TestDevice = {
    id,
    keys,
    lines: [...copied],
    stream: 1,
    append: (...drafts) => {
      const first = device.lines.length + 1;
      for (const draft of drafts) {
        const entry = {
          v: 1,
          stream: device.stream,
          seq: device.lines.length + 1,
          at: new Date(clock.now).toISOString(),
          boot: 'boot-1',
          offset: 0,
          ...draft,
        } as Entry;
        device.lines.push(JSON.stringify(entry));
      }
      return first;
    },
    appendLine: (line) => device.lines.push(line),
    batch: (first = 1, last = device.lines.length, over = {}) => {
      let prev: Uint8Array = GENESIS;
      for (let seq = 1; seq < first; seq++) prev = chainStep(prev, seq, device.lines[seq - 1]!);
      const head = over.head ?? device.lines.length;
      return packBatch(
        {
          device: id,
          kind,
          stream: device.stream,
          first,
          lines: device.lines.slice(first - 1, last),
          prev,
          sent: over.sent ?? clock.now,
          beacon: { head, unsent: 0 },
        },
        over.keys ?? keys,
      );
    },
    send: async (first, last) => callerOf(hub.url)('POST', '/v1/batches', await device.batch(first, last)),
    receipt: async (first, last) => {
      const answer = await device.send(first, last);
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`batch: ${answer.status} ${text}`);
      return verifyReceipt(text, hub.keys.receipts.jwk);
    },
    clone: () => makeDevice(hub, clock, id, kind, keys, device.lines),
    nextStream: () => {
      device.stream += 1;
      device.lines.length = 0;
    },
  };
  return device;
}

/** A keyed hash as devices send it; the same name gives the same key. */
export function keyOf(name: string, epoch = '1'): string {
  return `${epoch}:${createHash('sha256').update(name).digest('base64url').slice(0, 22)}`;
}

/** A sighting of one dossier. */
export function sighting(
  keys: readonly string[],
  facts: Facts,
  over: Partial<Extract<EntryDraft, { kind: 'dossier' }>['body']> = {},
): EntryDraft {
  const seen = over.seen ?? new Date(NOON).toISOString();
  return {
    kind: 'dossier',
    body: {
      keys: [...keys],
      system: 'mot-cua',
      pack: 'igate2@1.0.0',
      page: 'list',
      rank: 2,
      locator: 0,
      seen,
      arrived: seen,
      codeDay: '2026-09-15',
      receiver: 'H99.1',
      facts,
      ...over,
    },
  };
}

/** One completed kiosk visit. */
export function visit(day: string, service: number, flags: readonly string[] = []): EntryDraft {
  return {
    kind: 'feedback',
    body: {
      questionnaire: 'co-ban@1',
      outcome: 'completed',
      answers: { service, attitude: 5 },
      quarter: `${day}T09:15`,
      language: 'vi',
      flags: [...flags],
    },
  };
}
