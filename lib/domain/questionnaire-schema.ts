/** What a questionnaire from outside must be (hub, device configuration). Errors name the field. */
import * as z from 'zod/mini';
import { PICTURES, type Questionnaire, SCALES } from './questionnaire.ts';

const id = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, 'an id'));
const words = z.catchall(
  z.object({ vi: z.string().check(z.minLength(1), z.maxLength(160)) }),
  z.string().check(z.minLength(1), z.maxLength(160)),
);
const level = z.int().check(z.gte(1), z.lte(10));

const question = z.strictObject({
  id,
  scale: z.literal(SCALES),
  title: words,
  text: words,
  when: z.optional(z.strictObject({ question: id, atLeast: z.optional(level), atMost: z.optional(level) })),
  levels: z.optional(z.array(words)),
  low: z.optional(z.int().check(z.gte(0), z.lte(10))),
});

const schema = z.strictObject({
  id,
  version: z.int().check(z.gte(1), z.lte(100_000)),
  name: words,
  questions: z.array(question).check(z.minLength(1), z.maxLength(10)),
  reasons: z.array(z.strictObject({ id, picture: z.enum(PICTURES), text: words })).check(z.maxLength(6)),
  maxReasons: z.int().check(z.gte(0), z.lte(6)),
  comment: z.enum(['always', 'low', 'never']),
});

/** A questionnaire, or the field that is wrong and how. Never throws; the message holds no value of the input. */
export type QuestionnaireReading =
  | { readonly ok: true; readonly questionnaire: Questionnaire }
  | { readonly ok: false; readonly field: string; readonly problem: string };

/** Reads a questionnaire from outside. */
export function readQuestionnaire(raw: unknown): QuestionnaireReading {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.map(String).join('.') || 'questionnaire';
    return { ok: false, field, problem: issue?.code ?? 'invalid' };
  }
  const found = parsed.data as Questionnaire;
  const wrong = inconsistency(found);
  return wrong === null ? { ok: true, questionnaire: found } : { ok: false, ...wrong };
}

/** What no field by itself shows: ids used twice, a branch on a later question, levels that do not fit the scale. */
function inconsistency({ questions, reasons }: Questionnaire): { field: string; problem: string } | null {
  const seen = new Map<string, number>();
  for (const [index, one] of questions.entries()) {
    const at = `questions.${index}`;
    if (seen.has(one.id)) return { field: `${at}.id`, problem: 'used twice' };
    if (one.levels !== undefined && one.levels.length !== one.scale)
      return { field: `${at}.levels`, problem: 'not one per level' };
    if ((one.low ?? 0) >= one.scale) return { field: `${at}.low`, problem: 'every answer would be low' };
    const scale = one.when === undefined ? undefined : seen.get(one.when.question);
    if (one.when !== undefined && scale === undefined)
      return { field: `${at}.when.question`, problem: 'no earlier question' };
    if (one.when !== undefined && (one.when.atLeast ?? 1) > Math.min(one.when.atMost ?? 10, scale!))
      return { field: `${at}.when`, problem: 'never holds' };
    seen.set(one.id, one.scale);
  }
  const twice = reasons.findIndex((one, at) => reasons.findIndex((other) => other.id === one.id) !== at);
  return twice < 0 ? null : { field: `reasons.${twice}.id`, problem: 'used twice' };
}
