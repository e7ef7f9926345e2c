/** Every setting of the extension, its key and its shape, in one place. Keys: DO NOT CHANGE without a migration. */
import * as z from 'zod/mini';
import { MARKS, type Mark } from '../batch/index.ts';
import { ACTIONS } from '../domain/vocabulary.ts';
import { report, suggestion } from './figures-schema.ts';
import type { ReportList, Suggested } from './messages.ts';
import { type Area, type Item, item } from './store.ts';

/** Version of the written notice. Raise it when the text changes in substance: recording stops until it is accepted. */
export const NOTICE_VERSION = 1;

const text = z.string();
const time = z.number();

const person = z.object({
  /** Random, never derived from the name: the only thing about a person that leaves the PC. */
  id: text,
  name: text,
  salt: text,
  hash: text,
  rounds: z.number(),
  isRemoved: z.boolean(),
});
export type Person = z.infer<typeof person>;

const host = z.object({
  origin: text,
  tenant: text,
  family: text,
  families: z.optional(z.array(text)),
  name: text,
});
export type StoredHost = z.infer<typeof host>;

const armedRecord = z.object({
  armed: z.object({
    rule: text,
    action: z.enum(ACTIONS),
    codes: z.array(text),
    selected: z.nullable(z.number()),
    at: time,
    within: z.number(),
  }),
});
const claim = z.object({ document: text, ref: text, at: time });
const pageHealth = z.object({
  pack: text,
  page: text,
  health: z.enum(['ok', 'degraded', 'broken', 'unverified']),
});

/** Kept across restarts (`storage.local`). */
export function localSettings(area: Area) {
  return {
    notice: item(area, 'nmc:notice', z.nullable(z.object({ version: z.number(), at: text })), null),
    people: item<Person[]>(area, 'nmc:people', z.array(person), []),
    hosts: item<StoredHost[]>(area, 'nmc:hosts', z.array(host), []),
    pausedSince: item<number | null>(area, 'nmc:paused', z.nullable(time), null),
    language: item<'vi' | 'en'>(area, 'nmc:language', z.enum(['vi', 'en']), 'vi'),
    /** The workshop is open on this PC (options page, "Dành cho cán bộ CNTT"). */
    itProfile: item<boolean>(area, 'nmc:it-profile', z.boolean(), false),
    /** Rows that need attention are marked on pages. */
    marks: item<boolean>(area, 'nmc:mark-rows', z.boolean(), true),
    lastSync: item(
      area,
      'nmc:last-sync',
      z.nullable(z.object({ at: text, ok: z.boolean(), code: text })),
      null,
    ),
    /** Lists of reports to send, by tenant. */
    reports: item<Record<string, ReportList>>(
      area,
      'nmc:reports',
      z.record(text, z.object({ system: text, readAt: time, reports: z.array(report) })),
      {},
    ),
    /** When to call the hub again, when its configuration was asked for, and the last day that was closed by a beacon. */
    schedule: item(
      area,
      'nmc:schedule',
      z.object({ nextAt: time, configAt: time, closedDay: text, forgotDay: text }),
      { nextAt: 0, configAt: 0, closedDay: '', forgotDay: '' },
    ),
  };
}

/** Gone when the browser closes (`storage.session`); survives a killed worker. */
export function sessionSettings(area: Area) {
  return {
    duty: item<string | null>(area, 'nmc:duty', z.nullable(text), null),
    attempts: item(area, 'nmc:attempts', z.object({ wrong: z.number(), until: time }), {
      wrong: 0,
      until: 0,
    }),
    armed: item<Record<string, z.infer<typeof armedRecord>>>(
      area,
      'nmc:armed',
      z.record(text, armedRecord),
      {},
    ),
    /** Seals the codes in the last words of documents (`lib/batch/seal.ts`), base64; '' before the first is asked for. */
    sealKey: item<string>(area, 'nmc:seal-key', text, ''),
    claims: item<Record<string, z.infer<typeof claim>>>(area, 'nmc:claims', z.record(text, claim), {}),
    codes: item<{ day: string; codes: Record<string, string> }>(
      area,
      'nmc:codes',
      z.object({ day: text, codes: z.record(text, text) }),
      { day: '', codes: {} },
    ),
    health: item<Record<string, z.infer<typeof pageHealth>>>(
      area,
      'nmc:health',
      z.record(text, pageHealth),
      {},
    ),
    /** Gestures in a row that no page answered, by origin and rule. */
    unanswered: item<Record<string, number>>(area, 'nmc:unanswered', z.record(text, z.number()), {}),
    /** Figures of portals already written down today, by where they stand; the value is a hash. */
    totals: item<{ day: string; told: Record<string, string> }>(
      area,
      'nmc:totals',
      z.object({ day: text, told: z.record(text, text) }),
      { day: '', told: {} },
    ),
    /** What the hub said of keys, and when (milliseconds, device clock). */
    marks: item<Record<string, { at: number; marks: Mark[] }>>(
      area,
      'nmc:marks',
      z.record(text, z.object({ at: time, marks: z.array(z.enum(MARKS)) })),
      {},
    ),
    /** The hub is not asked for marks before this moment. */
    marksAfter: item<number>(area, 'nmc:marks-after', time, 0),
    suggestions: item<Suggested[]>(
      area,
      'nmc:suggestions',
      z.array(z.object({ system: text, at: time, ...suggestion })),
      [],
    ),
    isBroken: item<boolean>(area, 'nmc:broken', z.boolean(), false),
    /** Kinds of malformed messages already written down. */
    faults: item<string[]>(area, 'nmc:faults', z.array(text), []),
    /** True once the worker has set itself up since the browser started. */
    isStarted: item<boolean>(area, 'nmc:started', z.boolean(), false),
  };
}

export type LocalSettings = ReturnType<typeof localSettings>;
export type SessionSettings = ReturnType<typeof sessionSettings>;
export type Setting<T> = Item<T>;
