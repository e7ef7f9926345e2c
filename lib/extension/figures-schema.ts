/** Bounds of what a page tells besides dossiers: figures, reports to send, a table that looks like a list. */
import * as z from 'zod/mini';
import { REPORT_STATES } from '../adapters/pack.ts';
import { isLocalTime } from '../domain/dates.ts';
import { TOTAL_FIGURES } from '../domain/vocabulary.ts';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/), z.refine(isLocalTime, 'a calendar day'));
const count = z.int().check(z.gte(0), z.lte(1_000_000_000));

export const total = z
  .strictObject({
    rule: text(40),
    unit: z.nullable(text(200)),
    from: day,
    to: day,
    figures: z.partialRecord(z.enum(TOTAL_FIGURES), count),
  })
  .check(z.refine((one) => one.from <= one.to, 'a period'));

export const report = z.strictObject({
  code: text(40),
  name: text(200),
  due: z.nullable(z.string().check(z.refine(isLocalTime, 'a local date or minute'))),
  state: z.enum(REPORT_STATES),
});

/** The fields of a suggestion. */
export const suggestion = {
  headers: z.array(text(60)).check(z.maxLength(40)),
  hits: z.array(text(40)).check(z.maxLength(20)),
};
