/**
 * What devices and hub say to each other (DESIGN §6): the same bytes by HTTP, by stick, hub to hub.
 *
 * A batch is one line of detached JWS (RFC 7797, `b64:false`, ES256) followed by gzip NDJSON:
 *
 *   base64url(protected header) ".." base64url(signature) "\n" gzip(line "\n" line "\n" …)
 *
 * The signed payload is the gzip bytes, so a batch is verified before it is inflated.
 * Chain: h(seq) = SHA-256( h(seq-1) || uint64be(seq) || SHA-256(utf8 line) ), h(0) = 32 zero bytes, per (device, stream).
 */
import * as z from 'zod/mini';
import { clipRefSchema, kioskConfigSchema } from './kiosk-protocol.ts';

/** Bounds of a batch; beyond them a batch is refused with the name of the bound (sync §1.2). */
export const LIMITS = {
  entries: 1_000,
  packedBytes: 256 * 1024,
  inflatedBytes: 2 * 1024 * 1024,
  headerBytes: 8 * 1024,
  lineBytes: 16 * 1024,
} as const;

/** Media type of a batch; sent without Content-Encoding so that no proxy rewrites it. */
export const BATCH_TYPE = 'application/vnd.nmc.batch';
/** Media type of a receipt (compact JWS). */
export const RECEIPT_TYPE = 'application/jose';
/** File endings of hand-over and receipt files. */
export const BATCH_ENDING = '.nmc';
export const RECEIPT_ENDING = '.nmc-receipt';

const seq = z.int().check(z.gte(0));
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'));
const instant = z.iso.datetime({ precision: 3 });
const name = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id'));

/** P-256 public key. */
export const publicJwkSchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().check(z.maxLength(64)),
  y: z.string().check(z.maxLength(64)),
});
export type PublicJwk = z.infer<typeof publicJwkSchema>;

/** Protected header of a batch. `count` 0 is a closing beacon: it declares `beacon.head` and carries no line. */
export const batchHeaderSchema = z.strictObject({
  alg: z.literal('ES256'),
  b64: z.literal(false),
  crit: z.tuple([z.literal('b64')]),
  typ: z.literal('nmc-batch'),
  /** Format number; a hub accepts N and N−1. */
  fmt: z.literal(1),
  device: name,
  stream: z.int().check(z.gte(1)),
  /** Sequence numbers of the first and last line; `last = first − 1` when `count` is 0. */
  first: z.int().check(z.gte(1)),
  last: seq,
  count: z.int().check(z.gte(0), z.lte(LIMITS.entries)),
  /** Chain value before `first` and after `last`. */
  prev: hash,
  head: hash,
  sent: instant,
  /** What the device holds in this stream at `sent`: its declared head and how much it still owes. */
  beacon: z.strictObject({ head: seq, unsent: z.int().check(z.gte(0)) }),
  kind: z.enum(['extension', 'kiosk', 'hub']),
  /** The device's public key: lets a unit without a hub get to know a device; a hub uses the registered one. */
  jwk: publicJwkSchema,
});
export type BatchHeader = z.infer<typeof batchHeaderSchema>;

const range = z.tuple([seq, seq]);

/** Payload of a receipt, signed by the hub (or the unit page). Only `received` ranges ever free an entry. */
export const receiptSchema = z.strictObject({
  typ: z.literal('nmc-receipt'),
  hub: name,
  /** Raised when the hub was restored from a backup: the device re-offers what is missing. */
  epoch: z.int().check(z.gte(1)),
  device: name,
  stream: z.int().check(z.gte(1)),
  /** Closed ranges received and committed, ascending. */
  received: z.array(range),
  gaps: z.array(range),
  quarantined: z.array(z.strictObject({ seq, code: z.string().check(z.maxLength(40)) })),
  /** Hub time, UTC. */
  time: instant,
  /** Hub time minus `sent`, milliseconds. */
  skew: z.int(),
  /** Everything up to here is inside the last verified backup; 0 = none yet. */
  durable: seq,
  /** When to come again. */
  next: z.strictObject({ after: z.int().check(z.gte(0)), window: z.int().check(z.gte(0)) }),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** Body of `POST /v1/device/activate`. */
export const activationRequestSchema = z.strictObject({
  /** Ten Crockford base32 characters with check, as typed (dashes and case do not matter). */
  code: z.string().check(z.minLength(4), z.maxLength(40)),
  kind: z.enum(['extension', 'kiosk']),
  name: z.string().check(z.maxLength(80)),
  jwk: publicJwkSchema,
  /** One-off ECDH P-256 key: the province key comes back wrapped for it (JWE ECDH-ES). */
  wrapFor: publicJwkSchema,
  /** Proof of possession: compact JWS by `jwk` over `{code, wrapFor.x}`. */
  proof: z.string().check(z.maxLength(2_000)),
});
export type ActivationRequest = z.infer<typeof activationRequestSchema>;

/** Answer of the activation; for a kiosk `provinceKey` is null. */
export const activationAnswerSchema = z.strictObject({
  device: name,
  hub: name,
  epoch: z.int(),
  unit: z.strictObject({ id: z.string(), name: z.string() }),
  province: z.string(),
  /** Keys that sign receipts and device configuration, pinned from now on. */
  hubJwk: publicJwkSchema,
  configJwk: publicJwkSchema,
  provinceKey: z.nullable(z.strictObject({ epoch: z.string(), jwe: z.string() })),
  time: instant,
});
export type ActivationAnswer = z.infer<typeof activationAnswerSchema>;

/** Every refusal of the hub's API: a stable code, the field it is about, and what to do next (Vietnamese). */
export const problemSchema = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    field: z.optional(z.string()),
    message: z.string(),
  }),
});
export type Problem = z.infer<typeof problemSchema>;

/** Device configuration, the payload of the signed `GET /v1/device/config` (compact JWS by the config key). */
export const deviceConfigSchema = z.strictObject({
  typ: z.literal('nmc-config'),
  /** Rises with every change; a lower one is a downgrade and refused. */
  version: z.int().check(z.gte(1)),
  issued: instant,
  /** Host bindings: which pack family reads which host. */
  tenants: z.array(
    z.strictObject({
      id: z.string().check(z.maxLength(64)),
      name: z.string(),
      family: z.string(),
      families: z.optional(z.array(z.string().check(z.maxLength(40)))),
      origins: z.array(z.string()),
      agency: z.optional(z.string().check(z.maxLength(40))),
      /** `unverified` until an administrator has confirmed what is read there. */
      status: z.optional(z.enum(['verified', 'unverified'])),
    }),
  ),
  /** Pack versions no longer trusted (`id@version`): their sightings are void everywhere. */
  retiredPacks: z.array(z.string()),
  /** Pack overrides, as data; checked again by the engine. */
  packs: z.array(z.unknown()),
  questionnaire: z.nullable(z.unknown()),
  counters: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  /** Absent from hubs that do not know it. */
  kiosk: z.optional(kioskConfigSchema),
  clips: z.optional(z.array(clipRefSchema).check(z.maxLength(2_000))),
});
export type DeviceConfig = z.infer<typeof deviceConfigSchema>;

/** Marks of a dossier for people at work (DESIGN §3, Keys): what the hub holds, as of now. */
export const MARKS = ['late', 'dueToday', 'undecided', 'feeNotOnline'] as const;
export type Mark = (typeof MARKS)[number];

const keyedHash = z.string().check(z.regex(/^[a-z0-9]{1,8}:[A-Za-z0-9_-]{22}$/, 'a keyed hash'));

/** Body of `POST /v1/device/lookup`, by an extension (header as for the configuration). */
export const lookupRequestSchema = z.strictObject({
  keys: z.array(keyedHash).check(z.minLength(1), z.maxLength(500)),
});

/** Answer of the look-up: the device's own unit and below only; keys the hub does not hold are left out. */
export const lookupAnswerSchema = z.strictObject({
  asOf: instant,
  dossiers: z.array(
    z.strictObject({
      key: keyedHash,
      unit: z.nullable(z.string()),
      status: z.nullable(z.string()),
      received: z.nullable(z.string()),
      due: z.nullable(z.string()),
      finished: z.nullable(z.string()),
      paidBy: z.nullable(z.string()),
      marks: z.array(z.enum(MARKS)),
    }),
  ),
});
export type LookupAnswer = z.infer<typeof lookupAnswerSchema>;

/** Result of one fixture of a pack, as the workshop ran it. */
const fixtureResultSchema = z.strictObject({
  name: z.string().check(z.maxLength(80)),
  ok: z.boolean(),
  problem: z.optional(z.string().check(z.maxLength(400))),
});

/**
 * Body of `POST /v1/device/packs`: a pack repaired in the workshop, offered for the province's counter-signature. The hub
 * checks structure and lint again; fixtures are sanitised pages (structure and labels, no values).
 */
export const packProposalSchema = z.strictObject({
  pack: z.unknown(),
  note: z.string().check(z.maxLength(500)),
  fixtures: z
    .array(
      z.strictObject({
        name: z.string().check(z.regex(/^[a-z0-9-]{1,80}$/, 'a file name')),
        html: z.string().check(z.maxLength(400_000)),
        expected: z.unknown(),
      }),
    )
    .check(z.maxLength(20)),
  results: z.array(fixtureResultSchema).check(z.maxLength(200)),
});
export type PackProposal = z.infer<typeof packProposalSchema>;

/** Where a pack stands on its way to the devices: offered, on trial (units or a share of devices), everywhere, or not. */
export const PACK_STAGES = ['proposed', 'trial', 'everywhere', 'refused', 'retired'] as const;
export type PackStage = (typeof PACK_STAGES)[number];
