/**
 * Where a page's word becomes data: every message is validated and bounded before anything acts on it (DESIGN §11).
 * A message that fails is answered with the field's name, never with its value.
 */
import * as z from 'zod/mini';
import { packProposalSchema } from '../batch/protocol.ts';
import { parseDossierCode } from '../domain/codes.ts';
import { isLocalTime } from '../domain/dates.ts';
import { type EntryKind, entrySchema } from '../domain/entry.ts';
import { ACTIONS, DOCUMENT_ROLES } from '../domain/vocabulary.ts';
import { exportContext, exportRows, exportTotals } from './export-schema.ts';
import { report, suggestion, total } from './figures-schema.ts';
import type { ToWorker } from './messages.ts';

/** Most rows one message may carry; the reader sends longer lists in parts. */
const MAX_ROWS = 500;
const MAX_FILE = 12 * 1024 * 1024;

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const instant = z.int().check(z.gte(1_262_304_000_000), z.lte(4_102_444_800_000));
const small = z.int().check(z.gte(0), z.lte(100_000));
const day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/), z.refine(isLocalTime, 'a calendar day'));
const localTime = z.string().check(z.refine(isLocalTime, 'a local date or minute'));
const code = z.string().check(
  z.maxLength(80),
  z.refine((one) => parseDossierCode(one) !== null, 'a dossier code'),
);
/** An id of a row or of a code as the page's own rules found it (iOffice row ids are not dossier codes). */
const looseCode = z.string().check(z.regex(/^[\w.:/-]{1,80}$/, 'a code or row id'));
const id = z.string().check(z.regex(/^[\w-]{1,64}$/, 'an id'));
const origin = z.string().check(
  z.maxLength(300),
  z.refine((one) => originOf(one) === one, 'an http(s) origin'),
);
const packRef = z.string().check(z.regex(/^[a-z0-9-]{1,40}@\d{1,5}\.\d{1,5}\.\d{1,5}$/, 'pack@version'));
const base64 = z.string().check(z.maxLength(MAX_FILE), z.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'base64'));
/** The journal's own schema of facts: what passes here can be recorded. */
const facts = entrySchema.def.options[0].shape.body.shape.facts;
const kinds = entrySchema.def.options.map((one) => one.shape.kind.def.values[0]) as [
  EntryKind,
  ...EntryKind[],
];

const ref = z.strictObject({
  document: z.string().check(z.regex(/^[\w-]{1,60}$/, 'an id')),
  counter: z.int().check(z.gte(0), z.lte(1_000_000_000)),
});
const context = z.strictObject({
  pack: packRef,
  page: text(40),
  rank: z.int().check(z.gte(0), z.lte(9)),
});
const dossier = z.strictObject({
  code,
  otherCodes: z.array(code).check(z.maxLength(3)),
  facts,
  arrived: instant,
  seen: instant,
  locator: z.int().check(z.gte(0), z.lte(99)),
});
const document = z.strictObject({
  id: looseCode,
  role: z.enum(DOCUMENT_ROLES),
  direction: z.optional(z.literal('out')),
  due: z.nullable(localTime),
  state: z.enum(['waiting', 'done']),
  seen: instant,
});
const armed = z.strictObject({
  rule: text(40),
  action: z.enum(ACTIONS),
  codes: z.array(looseCode).check(z.maxLength(MAX_ROWS)),
  selected: z.nullable(z.int().check(z.gte(0), z.lte(10_000))),
  at: instant,
  within: z.int().check(z.gte(0), z.lte(600_000)),
  isSent: z.optional(z.boolean()),
});
const pin = z.string().check(z.regex(/^\d{4,6}$/, 'four to six digits'));

const messageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('page-worker/hello'), origin: z.string().check(z.maxLength(300)) }),
  z.strictObject({
    type: z.literal('page-worker/rows'),
    ref,
    context,
    dossiers: z.array(dossier).check(z.maxLength(MAX_ROWS)),
    documents: z.array(document).check(z.maxLength(MAX_ROWS)),
  }),
  z.strictObject({ type: z.literal('page-worker/arm'), armed, context }),
  z.strictObject({ type: z.literal('page-worker/disarm'), rule: text(40) }),
  z.strictObject({
    type: z.literal('page-worker/confirm'),
    ref,
    context,
    armed,
    confirm: text(40),
    count: z.nullable(z.int().check(z.gte(0), z.lte(10_000))),
  }),
  z.strictObject({
    type: z.literal('page-worker/health'),
    ref,
    context,
    health: z.enum(['ok', 'degraded', 'broken', 'unverified']),
    unread: small,
  }),
  z.strictObject({
    type: z.literal('page-worker/totals'),
    ref,
    context,
    totals: z.array(total).check(z.minLength(1), z.maxLength(MAX_ROWS)),
  }),
  z.strictObject({
    type: z.literal('page-worker/reports'),
    context,
    reports: z.array(report).check(z.maxLength(MAX_ROWS)),
  }),
  z.strictObject({ type: z.literal('page-worker/suggest'), context, ...suggestion }),
  z.strictObject({
    type: z.literal('page-worker/marks'),
    codes: z.array(looseCode).check(z.maxLength(MAX_ROWS)),
  }),
  z.strictObject({ type: z.literal('page-worker/load-engine') }),
  z.strictObject({ type: z.literal('page-worker/open-panel') }),
  z.strictObject({ type: z.literal('panel-worker/summary') }),
  z.strictObject({
    type: z.literal('panel-worker/undo'),
    stream: z.int().check(z.gte(1)),
    seq: z.int().check(z.gte(1)),
  }),
  z.strictObject({ type: z.literal('panel-worker/pause'), paused: z.boolean() }),
  z.strictObject({ type: z.literal('panel-worker/sync') }),
  z.strictObject({ type: z.literal('extension-worker/view') }),
  z.strictObject({
    type: z.literal('extension-worker/duty'),
    person: z.nullable(id),
    pin: z.union([pin, z.literal('')]),
  }),
  z.strictObject({ type: z.literal('extension-worker/add-person'), name: text(60), pin }),
  z.strictObject({ type: z.literal('extension-worker/remove-person'), person: id }),
  z.strictObject({ type: z.literal('extension-worker/language'), language: z.enum(['vi', 'en']) }),
  z.strictObject({
    type: z.literal('extension-worker/manual'),
    ref,
    action: z.enum(ACTIONS),
    n: z.int().check(z.gte(1), z.lte(10_000)),
    day,
    reason: text(300),
  }),
  z.strictObject({ type: z.literal('extension-worker/accept-notice'), version: small }),
  z.strictObject({
    type: z.literal('extension-worker/activate'),
    hub: z.string().check(z.maxLength(300)),
    code: z.string().check(z.minLength(4), z.maxLength(400)),
    name: text(80),
  }),
  z.strictObject({
    type: z.literal('extension-worker/activate-file'),
    file: base64,
    passphrase: text(200),
    name: text(80),
  }),
  z.strictObject({ type: z.literal('extension-worker/bind'), origin, family: text(40), name: text(80) }),
  z.strictObject({ type: z.literal('extension-worker/unbind'), origin }),
  z.strictObject({
    type: z.literal('extension-worker/ledger'),
    from: z.int().check(z.gte(0)),
    kinds: z.array(z.enum(kinds)).check(z.maxLength(20)),
  }),
  z.strictObject({
    type: z.literal('extension-worker/lines'),
    stream: z.int().check(z.gte(1)),
    first: z.int().check(z.gte(1)),
    last: z.int().check(z.gte(0)),
  }),
  z.strictObject({ type: z.literal('extension-worker/handover'), scope: z.enum(['unsent', 'everything']) }),
  z.strictObject({ type: z.literal('extension-worker/receipt'), file: base64 }),
  z.strictObject({
    type: z.literal('extension-worker/codes'),
    keys: z.array(text(40)).check(z.maxLength(5_000)),
  }),
  z.strictObject({ type: z.literal('extension-worker/lookup'), code: text(200) }),
  z.strictObject({
    type: z.literal('extension-worker/guidance'),
    ref,
    topic: z.enum(['filing', 'payment']),
    n: z.int().check(z.gte(1), z.lte(1_000)),
  }),
  z.strictObject({
    type: z.literal('extension-worker/month'),
    month: z.string().check(z.regex(/^20\d\d-(?:0[1-9]|1[0-2])$/, 'a month')),
  }),
  z.strictObject({ type: z.literal('extension-worker/mark-rows'), isOn: z.boolean() }),
  z.strictObject({ type: z.literal('extension-worker/it-profile'), wanted: z.nullable(z.boolean()) }),
  z.strictObject({ type: z.literal('extension-worker/packs') }),
  z.strictObject({ type: z.literal('extension-worker/send-pack'), proposal: packProposalSchema }),
  exportContext,
  exportRows,
  exportTotals,
  z.strictObject({ type: z.literal('extension-worker/keys-of'), code }),
]);

/** The outcome of reading a message: typed, or what kind it claims to be and the field that is wrong. */
export type MessageReading =
  | { readonly ok: true; readonly message: ToWorker }
  | { readonly ok: false; readonly type: string; readonly field: string; readonly problem: string };

const TYPES = messageSchema.def.options.map((one) => String(one.shape.type.def.values[0]));

/** Reads a message. Never throws; the answer names the type (only a known one) and the field, and holds no value. */
export function readMessage(raw: unknown): MessageReading {
  const parsed = messageSchema.safeParse(raw);
  if (parsed.success) return { ok: true, message: parsed.data as ToWorker };
  const issue = parsed.error.issues[0];
  const claimed =
    typeof raw === 'object' && raw !== null && 'type' in raw && typeof raw.type === 'string' ? raw.type : '';
  return {
    ok: false,
    type: TYPES.includes(claimed) ? claimed : 'unknown',
    field: fieldOf(issue),
    problem: issue?.code ?? 'invalid',
  };
}

/** Paths are names of ours and positions; an unrecognised key is the page's text and is not repeated. */
function fieldOf(issue: z.core.$ZodIssue | undefined): string {
  const path = issue?.path.map(String).join('.') ?? '';
  return (path || 'type').slice(0, 60);
}

/** The http(s) origin of a URL, or null: the only form in which a host enters the extension. */
export function originOf(url: string | undefined): string | null {
  if (url === undefined) return null;
  try {
    const { origin: found, protocol } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? found : null;
  } catch {
    return null;
  }
}
