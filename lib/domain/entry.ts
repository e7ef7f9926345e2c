/**
 * The journal entry (DESIGN §3): what one device recorded, once. A line of the journal is the exact UTF-8
 * JSON of one entry; it is hashed, signed and sent as written and never rewritten.
 * The schema is the boundary where trust changes (hub, unit page, journal); types are inferred from it.
 */
import * as z from 'zod/mini';
import { isLocalTime } from './dates.ts';
import { ACTIONS, CHANNELS, DOCUMENT_ROLES, PAYMENTS, STATUSES } from './vocabulary.ts';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const count = z.int().check(z.gte(0), z.lte(1_000_000_000));
const localTime = z.string().check(z.refine(isLocalTime, 'a local date or minute'));
const day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/), z.refine(isLocalTime, 'a calendar day'));
const instant = z
  .string()
  .check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'an instant in UTC with milliseconds'));
/** HMAC of a code, `<key epoch>:<22 base64url characters>`, 128 bits (DESIGN §3, Keys). */
const key = z.string().check(z.regex(/^[a-z0-9]{1,8}:[A-Za-z0-9_-]{22}$/, 'a keyed hash'));
const keys = z.array(key).check(z.minLength(1), z.maxLength(4));
const packRef = z.string().check(z.regex(/^[a-z0-9-]{1,40}@\d{1,5}\.\d{1,5}\.\d{1,5}$/, 'pack@version'));
const scalar = z.union([z.string().check(z.maxLength(200)), z.number(), z.boolean()]);

const factsSchema = z.strictObject({
  /** National procedure code (mã thủ tục). */
  procedure: z.optional(z.string().check(z.regex(/^\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2})?$/))),
  channel: z.optional(z.enum(CHANNELS)),
  /** Ngày tiếp nhận. */
  received: z.optional(localTime),
  /** Ngày hẹn trả: the date promised to the citizen, never the deadline of one step; null = the page shows that there is none. */
  due: z.optional(z.nullable(localTime)),
  /** Ngày kết thúc xử lý: lateness compares this, not the pick-up (host-pages §6.3). */
  finished: z.optional(localTime),
  /** Ngày trả: the result was handed over. */
  returned: z.optional(localTime),
  status: z.optional(z.enum(STATUSES)),
  /** Whether a fee is owed, as the page shows it. */
  fee: z.optional(z.boolean()),
  paidBy: z.optional(z.enum(PAYMENTS)),
  /** At least one component digitised (số hoá thành phần hồ sơ). */
  digitised: z.optional(z.boolean()),
  /** An electronic result is attached. */
  resultFile: z.optional(z.boolean()),
  /** A component was reused from an earlier digitisation. */
  reused: z.optional(z.boolean()),
  supplements: z.optional(count),
  /** Name of the agency as the page prints it (an office, never a person). */
  agency: z.optional(text(200)),
});
export type Facts = z.infer<typeof factsSchema>;

const dossierSchema = z.strictObject({
  keys,
  /** The source system: tenant id of the host, as bound on the device. */
  system: text(64),
  pack: packRef,
  page: text(40),
  /** Trust in the source, not in the kind of page: 1 public look-up of a copy, 2 the working system's screens and the lists it exports. Higher wins a merge; within one rank the later reading wins. */
  rank: z.int().check(z.gte(0), z.lte(9)),
  /** The worst locator rank that won on this row (0 = first choice): an early warning. */
  locator: z.int().check(z.gte(0), z.lte(99)),
  /** When the row was read (device clock). */
  seen: instant,
  /** When the row had arrived on the page: load or insertion, not the scan (device clock). */
  arrived: instant,
  /** Arrival of the latest row that showed this dossier unfinished in this system, if any (device clock). */
  lastUnfinishedAt: z.optional(instant),
  /** The day in the dossier's code. */
  codeDay: z.optional(day),
  /** Agency code in the dossier's code, groups left to right. */
  receiver: z.optional(text(40)),
  facts: factsSchema,
});
export type DossierBody = z.infer<typeof dossierSchema>;

const actionSchema = z.strictObject({
  action: z.enum(ACTIONS),
  /** How many dossiers or documents this one confirmation stands for. */
  n: z.int().check(z.gte(1), z.lte(10_000)),
  keys: z.array(key).check(z.maxLength(500)),
  system: text(64),
  pack: packRef,
  page: text(40),
  /** What confirmed it: `toast`, `dialog`, `route`, … (a rule id of the pack). */
  confirm: text(40),
  armed: instant,
});
export type ActionBody = z.infer<typeof actionSchema>;

const documentSchema = z.strictObject({
  keys,
  system: text(64),
  pack: packRef,
  page: text(40),
  seen: instant,
  role: z.enum(DOCUMENT_ROLES),
  /** Văn bản đến or đi; absent = incoming. */
  direction: z.optional(z.enum(['in', 'out'])),
  due: z.optional(localTime),
  state: z.enum(['waiting', 'done']),
});
export type DocumentBody = z.infer<typeof documentSchema>;

const officialTotalSchema = z.strictObject({
  system: text(64),
  unit: z.optional(text(64)),
  from: day,
  to: day,
  /** By {@link TOTAL_FIGURES}; other names are kept and not used. */
  figures: z.record(text(60), count),
  /** `pack@version:rule` of a statistics page, or `export:pack@version`. */
  source: text(60),
  hash: z.optional(text(100)),
});

const feedbackSchema = z.strictObject({
  /** `id@version` of the questionnaire. */
  questionnaire: text(60),
  outcome: z.enum(['completed', 'abandoned']),
  /** Question id to the chosen level, 1 = worst. Absent when abandoned. */
  answers: z.optional(z.record(text(40), z.int().check(z.gte(0), z.lte(10)))),
  reasons: z.optional(z.array(text(40)).check(z.maxLength(6))),
  /** The quarter-hour it fell in, local time: never finer (anonymity, DESIGN §9). */
  quarter: z.string().check(z.regex(/T\d\d:(00|15|30|45)$/), z.refine(isLocalTime, 'a quarter-hour')),
  language: text(16),
  counter: z.optional(text(60)),
  /** Where it was given; absent = at the counter's kiosk. */
  source: z.optional(z.enum(['kiosk', 'phone', 'widget'])),
  /** SHA-256 (hex) of salt ‖ NFC UTF-8 text: the words themselves travel apart and can be erased. */
  comment: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'))),
  /** For an abandoned visit: the step it ended on. */
  step: z.optional(text(40)),
  durations: z.optional(z.record(text(40), count)),
  flags: z.array(text(40)).check(z.maxLength(12)),
});
export type FeedbackBody = z.infer<typeof feedbackSchema>;

const manualSchema = z.strictObject({
  action: z.enum(ACTIONS),
  n: z.int().check(z.gte(1), z.lte(10_000)),
  day,
  reason: text(300),
});

const voidSchema = z.strictObject({
  target: z.union([
    z.strictObject({ device: text(64), stream: z.int(), seq: z.int() }),
    z.strictObject({ pack: packRef }),
  ]),
  reason: text(300),
});
export type VoidBody = z.infer<typeof voidSchema>;

const guidanceSchema = z.strictObject({ topic: z.enum(['filing', 'payment']), n: count });

const healthSchema = z.strictObject({
  topic: text(40),
  state: text(40),
  detail: z.optional(z.record(text(40), scalar)),
});

const common = {
  v: z.literal(1),
  stream: z.int().check(z.gte(1)),
  seq: z.int().check(z.gte(1)),
  /** Device wall clock when recorded. */
  at: instant,
  boot: text(64),
  /** Milliseconds to add to the device clock to get hub time, as last known; null before the first receipt. */
  offset: z.nullable(z.int()),
  /** The person on duty (device-local random id); absent = "chưa xác định". */
  person: z.optional(text(64)),
  /** `document id#counter` of the page's message: unique in a journal. */
  ref: z.optional(text(100)),
};

export const entrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('dossier'), body: dossierSchema }),
  z.strictObject({ ...common, kind: z.literal('action'), body: actionSchema }),
  z.strictObject({ ...common, kind: z.literal('document'), body: documentSchema }),
  z.strictObject({ ...common, kind: z.literal('officialTotal'), body: officialTotalSchema }),
  z.strictObject({ ...common, kind: z.literal('feedback'), body: feedbackSchema }),
  z.strictObject({ ...common, kind: z.literal('manual'), body: manualSchema }),
  z.strictObject({ ...common, kind: z.literal('void'), body: voidSchema }),
  z.strictObject({ ...common, kind: z.literal('guidance'), body: guidanceSchema }),
  z.strictObject({ ...common, kind: z.literal('health'), body: healthSchema }),
]);
export type Entry = z.infer<typeof entrySchema>;
export type EntryKind = Entry['kind'];
export type EntryOf<K extends EntryKind> = Extract<Entry, { kind: K }>;

/** What a caller hands to the journal; the journal adds identity and clock. */
export type EntryDraft = {
  [K in EntryKind]: Pick<EntryOf<K>, 'kind' | 'body'> & { person?: string; ref?: string };
}[EntryKind];

/** The identity of an entry in the whole system. */
export interface EntryId {
  readonly device: string;
  readonly stream: number;
  readonly seq: number;
}

/** The outcome of reading one line: an entry, or what is wrong and with which field. */
export type LineReading =
  | { readonly ok: true; readonly entry: Entry }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly seq: number | null };

/** Reads one journal line. Never throws; the message names the field and holds no value of it. */
export function readLine(line: string): LineReading {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return { ok: false, code: 'notJson', message: 'the line is not JSON', seq: null };
  }
  const seq = seqOf(raw);
  const parsed = entrySchema.safeParse(raw);
  if (parsed.success) return { ok: true, entry: parsed.data };
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join('.') || 'entry';
  return { ok: false, code: 'schema', message: `field ${path}: ${issue?.code ?? 'invalid'}`, seq };
}

function seqOf(raw: unknown): number | null {
  if (typeof raw !== 'object' || raw === null || !('seq' in raw)) return null;
  return typeof raw.seq === 'number' && Number.isSafeInteger(raw.seq) ? raw.seq : null;
}
