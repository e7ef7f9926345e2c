/**
 * A small honest hub in memory: it verifies every batch, commits before it answers, signs its receipts, keeps forks
 * apart, and can be restored from a backup. The faults lie on the wire ({@link Wire}), never in the hub.
 */
import {
  type ActivationRequest,
  activationRequestSchema,
  addRange,
  commentsRequestSchema,
  type DeviceConfig,
  gapsOf,
  type PublicJwk,
  peekDeviceToken,
  type Range,
  type Receipt,
  signCommentsReceipt,
  signConfig,
  signReceipt,
  toHex,
  verifyBatch,
  verifyDeviceToken,
  verifyProof,
  wrapKey,
} from '../../../lib/batch/index.ts';
import type { Fetch } from '../../../lib/sync/index.ts';
import { signer } from '../batch/keys.ts';

interface Committed {
  /** `device/stream/seq` → exact line and chain value. */
  entries: Map<string, { line: string; chain: string }>;
  /** `device/stream` → received set and declared head. */
  streams: Map<string, { received: Range[]; head: number }>;
}

export interface MemoryHub {
  readonly jwk: PublicJwk;
  readonly configJwk: PublicJwk;
  readonly fetch: Fetch;
  readonly entries: ReadonlyMap<string, { line: string; chain: string }>;
  readonly forks: string[];
  /** Batches whose first line did not follow the chain value known here. */
  readonly breaks: string[];
  /** Every batch that was committed, for sending again. */
  readonly archive: Uint8Array[];
  /** Every receipt that was signed. */
  readonly receipts: string[];
  readonly devices: Map<string, PublicJwk>;
  readonly codes: Map<string, 'extension' | 'kiosk'>;
  /** Comments by hash. */
  readonly comments: Map<string, string>;
  /** Comments the hub does not take, by hash: they are left out of its answer. */
  readonly refused: Set<string>;
  config: DeviceConfig | null;
  /** Ingests a batch as the inbox does and returns the receipt. */
  ingest(bytes: Uint8Array): Promise<string>;
  backup(): void;
  /** The hub comes back with the last backup, in the next epoch. */
  restore(): void;
  headOf(device: string, stream: number): number;
  next: Receipt['next'];
}

export const PROVINCE_KEY = new Uint8Array(32).map((_, index) => index);
export const HUB = 'https://hub.example';

const copy = (data: Committed): Committed => ({
  entries: new Map(data.entries),
  streams: new Map([...data.streams].map(([name, one]) => [name, structuredClone(one)])),
});

export async function memoryHub(clock: () => number): Promise<MemoryHub> {
  const receiptKey = await signer();
  const configKey = await signer();
  let data: Committed = { entries: new Map(), streams: new Map() };
  let saved = copy(data);
  let epoch = 1;
  let lastTime = 0;

  async function ingest(bytes: Uint8Array): Promise<string> {
    const sender = readDevice(bytes);
    const jwk = sender === null ? undefined : hub.devices.get(sender);
    if (!jwk) throw new Error('unknown device');
    const { header, lines, chain } = await verifyBatch(bytes, jwk);
    const name = `${header.device}/${header.stream}`;
    const before = data.entries.get(`${name}/${header.first - 1}`);
    if (before && before.chain !== header.prev) hub.breaks.push(`${name}/${header.first}`);
    const stream = data.streams.get(name) ?? { received: [], head: 0 };
    lines.forEach((line, index) => {
      const place = `${name}/${header.first + index}`;
      const known = data.entries.get(place);
      if (!known) data.entries.set(place, { line, chain: toHex(chain[index]!) });
      else if (known.line !== line) hub.forks.push(place);
    });
    stream.received = addRange(stream.received, header.first, header.last);
    stream.head = Math.max(stream.head, header.beacon.head);
    data.streams.set(name, stream);
    hub.archive.push(bytes);
    lastTime = Math.max(clock(), lastTime + 1);
    const text = await signReceipt(
      {
        typ: 'nmc-receipt',
        hub: 'hub-1',
        epoch,
        device: header.device,
        stream: header.stream,
        received: stream.received,
        gaps: gapsOf(stream.received, stream.head),
        quarantined: [],
        time: new Date(lastTime).toISOString(),
        skew: lastTime - Date.parse(header.sent),
        durable: 0,
        next: hub.next,
      },
      receiptKey.key,
    );
    hub.receipts.push(text);
    return text;
  }

  async function activate(request: ActivationRequest): Promise<Response> {
    const kind = hub.codes.get(request.code);
    if (kind !== request.kind) return problem(403, 'codeUnknown', 'Mã kích hoạt không đúng hoặc đã dùng.');
    await verifyProof(request.proof, request);
    hub.codes.delete(request.code);
    const id = `device-${hub.devices.size + 1}`;
    hub.devices.set(id, request.jwk);
    return Response.json({
      device: id,
      hub: 'hub-1',
      epoch,
      unit: { id: 'u1', name: 'Xã Thử Nghiệm' },
      province: 'nghe-an',
      hubJwk: receiptKey.jwk,
      configJwk: configKey.jwk,
      provinceKey:
        kind === 'kiosk' ? null : { epoch: 'e1', jwe: await wrapKey(PROVINCE_KEY.slice(), request.wrapFor) },
      time: new Date(clock()).toISOString(),
    });
  }

  async function deviceOf(headers: Headers): Promise<string | null> {
    const token = headers.get('authorization')?.replace(/^NMC-Device /, '') ?? '';
    const jwk = hub.devices.get(peekDeviceToken(token) ?? '');
    return jwk
      ? verifyDeviceToken(token, jwk).then(
          ({ device }) => device,
          () => null,
        )
      : null;
  }

  async function takeComments(device: string, raw: unknown): Promise<Response> {
    const { comments } = commentsRequestSchema.parse(raw);
    const kept = comments.filter(({ hash }) => !hub.refused.has(hash));
    for (const { hash, text } of kept) hub.comments.set(hash, text);
    const time = new Date(clock()).toISOString();
    const receipt = { typ: 'nmc-comments', device, kept: kept.map(({ hash }) => hash), time } as const;
    return new Response(await signCommentsReceipt(receipt, receiptKey.key));
  }

  async function sendConfig(headers: Headers): Promise<Response> {
    if ((await deviceOf(headers)) === null) return problem(401, 'deviceUnknown', 'Máy chưa được kích hoạt.');
    if (!hub.config) return problem(404, 'noConfig', 'Chưa có cấu hình.');
    const etag = `"v${hub.config.version}"`;
    if (headers.get('if-none-match') === etag) return new Response(null, { status: 304 });
    return new Response(await signConfig(hub.config, configKey.key), { headers: { etag } });
  }

  const hub: MemoryHub = {
    jwk: receiptKey.jwk,
    configJwk: configKey.jwk,
    get entries() {
      return data.entries;
    },
    forks: [],
    breaks: [],
    archive: [],
    receipts: [],
    devices: new Map(),
    codes: new Map(),
    comments: new Map(),
    refused: new Set(),
    config: null,
    next: { after: 900_000, window: 0 },
    ingest,
    backup() {
      saved = copy(data);
    },
    restore() {
      data = copy(saved);
      epoch += 1;
    },
    headOf: (device, stream) => data.streams.get(`${device}/${stream}`)?.head ?? 0,
    async fetch(url, init) {
      const path = new URL(url).pathname;
      const body = new Uint8Array(await new Response(init.body ?? null).arrayBuffer());
      if (path === '/v1/device/config') return sendConfig(new Headers(init.headers));
      if (path === '/v1/device/comments') {
        const device = await deviceOf(new Headers(init.headers));
        if (device === null) return problem(401, 'deviceUnknown', 'Máy chưa được kích hoạt.');
        return takeComments(device, JSON.parse(new TextDecoder().decode(body)));
      }
      if (path === '/v1/device/activate') {
        return activate(activationRequestSchema.parse(JSON.parse(new TextDecoder().decode(body))));
      }
      const known = hub.devices.has(readDevice(body) ?? '');
      if (!known) return problem(401, 'deviceUnknown', 'Máy chưa được kích hoạt.');
      return new Response(await ingest(body), { headers: { 'content-type': 'application/jose' } });
    },
  };
  return hub;
}

function readDevice(bytes: Uint8Array): string | null {
  const line = new TextDecoder().decode(bytes.subarray(0, Math.max(0, bytes.indexOf(0x0a))));
  try {
    const text = atob(line.split('.')[0]!.replace(/-/g, '+').replace(/_/g, '/'));
    return (JSON.parse(text) as { device: string }).device;
  } catch {
    return null;
  }
}

/** A refusal as the hub words it. */
export function problem(status: number, code: string, message: string, headers?: HeadersInit): Response {
  return Response.json({ error: { code, message } }, { status, ...(headers ? { headers } : {}) });
}

/** What happens to one request between device and hub. */
export type Wire =
  | 'ok'
  /** The request never arrives. */
  | 'lost'
  /** The hub commits, the answer is lost. */
  | 'cut'
  /** The network's log-in page answers 200. */
  | 'portal'
  /** A cache answers with an earlier receipt. */
  | 'stale'
  | 'overloaded'
  | 'tooLarge';

/** The hub behind a wire whose mood is asked for every request. */
export function throughWire(hub: MemoryHub, mood: () => Wire): Fetch {
  return async (url, init) => {
    switch (mood()) {
      case 'ok':
        return hub.fetch(url, init);
      case 'lost':
        throw new TypeError('Failed to fetch');
      case 'cut':
        await hub.fetch(url, init);
        throw new TypeError('Failed to fetch');
      case 'portal':
        return new Response('<html><title>Đăng nhập Wi-Fi</title></html>', {
          headers: { 'content-type': 'text/html' },
        });
      case 'stale':
        return new Response(hub.receipts[0] ?? 'no receipt yet');
      case 'overloaded':
        return problem(503, 'busy', 'Máy chủ đang bận.', { 'retry-after': '60' });
      case 'tooLarge':
        return problem(413, 'tooLarge', 'Gói quá lớn.');
    }
  };
}
