/** What a hub's signed configuration may say about the questionnaire. Loaded after the first screen (Zod). */
import * as z from 'zod/mini';
import { QUICK, type Questionnaire } from './questionnaire.ts';

const id = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, 'an id'));
const words = z.catchall(z.object({ vi: z.string().check(z.minLength(1), z.maxLength(120)) }), z.string());
const pictures = z.enum(['slow', 'papers', 'onlinePaper', 'money', 'rude', 'unclear']);

const questionnaireSchema = z
  .strictObject({
    id,
    version: z.int().check(z.gte(1), z.lte(100_000)),
    questions: z
      .array(z.strictObject({ id, scale: z.literal(5), title: words, text: words }))
      .check(z.minLength(1), z.maxLength(4)),
    low: z.int().check(z.gte(0), z.lte(5)),
    reasons: z.array(z.strictObject({ id, picture: pictures, text: words })).check(z.maxLength(6)),
    maxReasons: z.int().check(z.gte(0), z.lte(6)),
  })
  .check(
    z.refine(({ questions, reasons }) => isUnique(questions) && isUnique(reasons), 'ids must be different'),
  );

function isUnique(items: readonly { readonly id: string }[]): boolean {
  return new Set(items.map((item) => item.id)).size === items.length;
}

/** The questionnaire of a device configuration, or {@link QUICK} where there is none or it cannot be shown. */
export function readQuestionnaire(raw: unknown): Questionnaire {
  const parsed = questionnaireSchema.safeParse(raw);
  return parsed.success ? parsed.data : QUICK;
}
