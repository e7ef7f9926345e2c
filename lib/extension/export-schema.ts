/** Bounds of the messages of dropped exports. */
import * as z from 'zod/mini';
import { parseDossierCode } from '../domain/codes.ts';
import { isLocalTime } from '../domain/dates.ts';
import { entrySchema } from '../domain/entry.ts';
import { TOTAL_FIGURES } from '../domain/vocabulary.ts';

/** Rows of one message; a page sends longer files in parts. */
export const EXPORT_ROWS = 250;

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/), z.refine(isLocalTime, 'a calendar day'));
const instant = z.int().check(z.gte(1_262_304_000_000), z.lte(4_102_444_800_000));
const code = z.string().check(
  z.maxLength(80),
  z.refine((one) => parseDossierCode(one) !== null, 'a dossier code'),
);
const row = z.string().check(z.regex(/^\d{1,3}\.\d{1,7}$/, 'sheet.row'));
const facts = entrySchema.def.options[0].shape.body.shape.facts;
const common = {
  system: text(64),
  file: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'a SHA-256')),
  pack: z.string().check(z.regex(/^[a-z0-9-]{1,40}@\d{1,5}\.\d{1,5}\.\d{1,5}$/, 'pack@version')),
};

export const exportContext = z.strictObject({ type: z.literal('extension-worker/export-context') });

export const exportRows = z.strictObject({
  type: z.literal('extension-worker/export-rows'),
  ...common,
  after: instant,
  before: instant,
  rows: z
    .array(
      z.strictObject({
        row,
        code,
        otherCodes: z.array(code).check(z.maxLength(3)),
        facts,
        locator: z.int().check(z.gte(0), z.lte(99)),
      }),
    )
    .check(z.maxLength(EXPORT_ROWS)),
});

export const exportTotals = z.strictObject({
  type: z.literal('extension-worker/export-totals'),
  ...common,
  from: day,
  to: day,
  totals: z
    .array(
      z.strictObject({
        row,
        unit: z.nullable(text(200)),
        figures: z.partialRecord(z.enum(TOTAL_FIGURES), z.int().check(z.gte(0), z.lte(1_000_000_000))),
      }),
    )
    .check(z.maxLength(EXPORT_ROWS)),
});
