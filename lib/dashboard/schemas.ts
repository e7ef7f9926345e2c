/**
 * What the hub may answer. A proxy's page, an older hub or a captive portal must not reach the views as if it were figures,
 * so every answer is checked before it is used. Unknown fields are let through: a newer hub may say more.
 */
import * as z from 'zod/mini';
import { DOCUMENT_ROLES } from '../domain/vocabulary.ts';

// Zod's generated code needs `new Function`, which the page's CSP forbids.
z.config({ jitless: true });

const count = z.int().check(z.gte(0));
const text = z.string();
const named = z.object({ id: text, name: text });

export const userSchema = z.object({
  user: z.object({
    id: z.pipe(
      z.union([text, z.number()]),
      z.transform((id) => String(id)),
    ),
    name: text,
    role: text,
    unit: z.pipe(
      z.union([text, named]),
      z.transform((unit) => (typeof unit === 'string' ? unit : unit.id)),
    ),
  }),
});

export const unitsSchema = z.object({
  units: z.array(
    z.object({
      id: text,
      parent: z.nullable(text),
      name: text,
      kind: z.enum(['province', 'agency', 'commune', 'centre', 'other']),
      agencyCodes: z.array(text),
      aliases: z.array(text),
      validFrom: z.nullable(text),
      validTo: z.nullable(text),
    }),
  ),
});

export const catalogueSchema = z.object({
  procedures: z.array(
    z.object({
      code: text,
      name: text,
      sector: text,
      online: z.enum(['full', 'partial', 'none']),
      hasFee: z.boolean(),
      returnsResult: z.boolean(),
      limitDays: z.nullable(z.number()),
      validFrom: z.nullable(text),
      validTo: z.nullable(text),
    }),
  ),
});

export const importReportSchema = z.object({
  rows: count,
  created: count,
  updated: count,
  errors: z.array(z.object({ line: z.number(), field: z._default(text, ''), message: text })),
});

export const codesSchema = z.object({
  codes: z.array(
    z.object({
      id: z.pipe(
        z.union([text, z.number()]),
        z.transform((id) => String(id)),
      ),
      unit: text,
      kind: z.enum(['extension', 'kiosk']),
      name: text,
      expires: text,
      usedAt: z.nullable(text),
    }),
  ),
});

export const madeCodeSchema = z.object({ code: text, expires: text });

const range = z.tuple([z.number(), z.number()]);

export const devicesSchema = z.object({
  devices: z.array(
    z.object({
      id: text,
      kind: z.enum(['extension', 'kiosk', 'hub']),
      name: text,
      unit: named,
      status: z.enum(['active', 'revoked', 'new']),
      streams: z.array(
        z.object({
          stream: count,
          through: count,
          declaredHead: count,
          gaps: z.array(range),
          quarantined: count,
        }),
      ),
      heardAt: z.nullable(text),
      alarms: z.array(text),
    }),
  ),
});

const transport = z.object({
  devices: count,
  complete: count,
  missing: count,
  silent: count,
  heardThrough: z.nullable(text),
});
const coverage = z.object({ seen: count, official: z.nullable(count) });

export const figuresSchema = z.object({
  unit: named,
  period: z.object({ id: text, from: text, to: text }),
  asOf: text,
  indicators: z.array(
    z.object({
      id: text,
      value: z.nullable(z.number()),
      bounds: z.nullable(range),
      numerator: count,
      denominator: count,
      undecided: count,
      definition: text,
      version: text,
      period: text,
      asOf: text,
      transport,
      coverage,
    }),
  ),
  received: z.object({ online: count, counter: count, post: count, unknown: count }),
  stock: z.object({ inTime: count, overdue: count, noDue: count, unknownDue: count }),
  documents: z.array(z.object({ role: z.enum(DOCUMENT_ROLES), waiting: count, overdue: count })),
  ratings: z.array(z.object({ question: text, levels: z.nullable(z.array(count)), answers: count })),
  visits: z.object({ completed: count, abandoned: count }),
  days: z.array(z.object({ day: text, received: count, online: count, finished: count, paidOnline: count })),
  transport,
  coverage,
});
