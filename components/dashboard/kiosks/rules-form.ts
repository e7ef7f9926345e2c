/** The thresholds form as plain data: texts as typed, read into rules or into the fields that are wrong. */
import type { FeedbackRules } from '../../../lib/domain/feedback-rules.ts';
import { readFeedbackRules } from '../../../lib/domain/feedback-rules-schema.ts';
import type { KioskSettingView } from '../../../lib/indicators/kiosks.ts';

/** Numbers of the rules that are numbers; bounds as lib/domain/feedback-rules-schema.ts has them. */
export const NUMBER_FIELDS = {
  moreThanReturns: [
    { name: 'percent', least: 50, most: 1_000 },
    { name: 'slack', least: 0, most: 1_000 },
  ],
  interval: [{ name: 'perQuarter', least: 2, most: 200 }],
  series: [
    { name: 'count', least: 3, most: 100 },
    { name: 'quarters', least: 1, most: 96 },
  ],
  phoneBurst: [{ name: 'perQuarter', least: 2, most: 200 }],
  idleSeconds: [{ name: 'seconds', least: 10, most: 300 }],
} as const;
export type NumberRule = keyof typeof NUMBER_FIELDS;
export const NUMBER_RULES = Object.keys(NUMBER_FIELDS) as NumberRule[];
export type RuleName = keyof FeedbackRules;
export const RULE_NAMES: readonly RuleName[] = ['openingHours', ...NUMBER_RULES];

export interface HoursDraft {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}
export interface RulesDraft {
  /** Rules the unit says itself; the others are inherited. */
  readonly own: readonly RuleName[];
  readonly hours: readonly HoursDraft[];
  /** By `rule.field`. */
  readonly numbers: Readonly<Record<string, string>>;
}

/** The form as it opens: own values where there are some, else those in force, ready to be changed. */
export function draftOf({ own, inForce }: KioskSettingView): RulesDraft {
  const numbers: Record<string, string> = {};
  for (const rule of NUMBER_RULES) {
    const value = own.rules[rule] ?? inForce.rules[rule].value;
    for (const { name } of NUMBER_FIELDS[rule]) {
      const one =
        typeof value === 'object' && value !== null ? (value as Record<string, number>)[name] : value;
      numbers[`${rule}.${name}`] = one === null || one === undefined ? '' : String(one);
    }
  }
  return {
    own: RULE_NAMES.filter((rule) => own.rules[rule] !== undefined && own.rules[rule] !== null),
    hours: own.rules.openingHours ?? inForce.rules.openingHours.value,
    numbers,
  };
}

export type HoursFault = 'day' | 'time' | 'order';

/** What a line of opening hours lacks, or null. */
export function hoursFault({ days, from, to }: HoursDraft): HoursFault | null {
  const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
  if (days.length === 0) return 'day';
  if (!isTime(from) || !(isTime(to) || to === '24:00')) return 'time';
  return from < to ? null : 'order';
}

/** True when a typed number lies within the bounds. */
export function isWithin(
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): boolean {
  return /^\d{1,4}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}

/** The unit's own rules as the form says, or null while a field is wrong. */
export function rulesFrom(draft: RulesDraft): Partial<FeedbackRules> | null {
  const raw: Record<string, unknown> = {};
  for (const rule of draft.own) {
    if (rule === 'openingHours') {
      if (draft.hours.some((line) => hoursFault(line) !== null)) return null;
      raw[rule] = draft.hours.map(({ days, from, to }) => ({
        days: [...days].sort((a, b) => a - b),
        from,
        to,
      }));
      continue;
    }
    const fields = NUMBER_FIELDS[rule];
    const typed = (name: string) => draft.numbers[`${rule}.${name}`] ?? '';
    if (fields.some((field) => !isWithin(typed(field.name), field))) return null;
    raw[rule] =
      rule === 'idleSeconds'
        ? Number(typed('seconds'))
        : Object.fromEntries(fields.map(({ name }) => [name, Number(typed(name))]));
  }
  const read = readFeedbackRules(raw);
  return read.ok ? read.rules : null;
}
