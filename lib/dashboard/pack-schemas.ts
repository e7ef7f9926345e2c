/** What the hub may answer about packs; see `schemas.ts`. */
import * as z from 'zod/mini';

const count = z.int().check(z.gte(0));
const text = z.string();
const states = z.object({ ok: count, degraded: count, broken: count, unverified: count });
const state = z.enum(['ok', 'degraded', 'broken', 'unverified']);

export const packHealthSchema = z.object({
  asOf: text,
  pages: z.array(
    z.object({
      system: text,
      systemName: z.nullable(text),
      pack: text,
      page: text,
      devices: states,
      unread: count,
      since: text,
      lastAt: text,
      versions: z.array(z.object({ version: text, devices: states })),
      troubles: z.array(
        z.object({
          device: text,
          name: text,
          unit: text,
          state,
          version: text,
          since: text,
          unread: count,
        }),
      ),
    }),
  ),
});

const row = {
  id: text,
  version: text,
  name: text,
  status: text,
  source: z.enum(['bundled', 'hub']),
  stage: z.enum(['proposed', 'trial', 'everywhere', 'refused', 'retired']),
  note: text,
  sha256: text,
  trial: z.nullable(z.object({ units: z.array(text), percent: count })),
  proposedBy: z.nullable(z.object({ device: text, unit: text })),
  proposedAt: z.nullable(text),
  signedBy: z.nullable(text),
  signedAt: z.nullable(text),
  results: z.nullable(z.object({ passed: count, failed: count })),
  health: states,
};

export const packsSchema = z.object({ packs: z.array(z.object(row)) });

export const packSchema = z.object({
  pack: z.object({
    ...row,
    before: z.nullable(text),
    changes: z.array(
      z.object({ path: text, before: z.optional(z.unknown()), after: z.optional(z.unknown()) }),
    ),
    lint: z.array(z.object({ field: text, problem: text })),
    fixtureResults: z.array(z.object({ name: text, ok: z.boolean(), problem: z.optional(text) })),
    history: z.array(z.object({ at: text, actor: text, action: text, detail: z.record(text, z.unknown()) })),
    entries: z.nullable(z.record(text, count)),
  }),
});
