/** What thresholds from outside must be (a unit's settings). Errors name the field. */
import * as z from 'zod/mini';
import type { FeedbackRules } from './feedback-rules.ts';

const time = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'HH:MM'));
const count = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most));

const hours = z
  .strictObject({ days: z.array(count(1, 7)).check(z.minLength(1), z.maxLength(7)), from: time, to: time })
  .check(z.refine(({ from, to }) => from < to, { message: 'closes before it opens', path: ['to'] }));

const schema = z.strictObject({
  openingHours: z.optional(z.array(hours).check(z.maxLength(14))),
  moreThanReturns: z.optional(z.strictObject({ percent: count(50, 1_000), slack: count(0, 1_000) })),
  interval: z.optional(z.strictObject({ perQuarter: count(2, 200) })),
  series: z.optional(z.strictObject({ count: count(3, 100), quarters: count(1, 96) })),
  phoneBurst: z.optional(z.strictObject({ perQuarter: count(2, 200) })),
  idleSeconds: z.optional(z.nullable(count(10, 300))),
});

/** The thresholds a unit sets itself, or the field that is wrong and how. Never throws. */
type RulesReading =
  | { readonly ok: true; readonly rules: Partial<FeedbackRules> }
  | { readonly ok: false; readonly field: string; readonly problem: string };

/** Reads a unit's own thresholds from outside; what is absent is inherited. */
export function readFeedbackRules(raw: unknown): RulesReading {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { ok: true, rules: withoutAbsent(parsed.data) };
  const issue = parsed.error.issues[0];
  return {
    ok: false,
    field: ['rules', ...(issue?.path.map(String) ?? [])].join('.'),
    problem: issue?.message ?? 'invalid',
  };
}

function withoutAbsent(rules: z.infer<typeof schema>): Partial<FeedbackRules> {
  return Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined));
}
