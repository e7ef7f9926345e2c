/**
 * What an administrator set by policy (`storage.managed`). Firefox rejects the call without a policy: that is "none".
 * The test build reads the same keys from `storage.local`, because no test can write a policy.
 */
import * as z from 'zod/mini';
import type { Policy } from './deps.ts';

export const POLICY_KEYS = ['hub', 'policyToken', 'tenants', 'itProfile'] as const;

/** Tenants as a policy names them. */
const tenantsSchema = z.array(
  z.object({
    id: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
    name: z.string(),
    family: z.string(),
    families: z.optional(z.array(z.string())),
    origins: z.array(z.string()),
    status: z.optional(z.enum(['verified', 'unverified'])),
  }),
);

const policySchema = z.object({
  hub: z.optional(z.string()),
  policyToken: z.optional(z.string()),
  tenants: z.optional(z.unknown()),
  itProfile: z.optional(z.unknown()),
});

/**
 * Reads a policy; `baked` are the tenants of a package made for policy installation (`npm run zip -- --tenant`).
 * A part that does not fit is left out: a typing mistake of one must not cost the others.
 */
export async function readPolicy(
  read: (keys: readonly string[]) => Promise<Record<string, unknown>>,
  baked: unknown = [],
): Promise<Policy> {
  const raw = await read(POLICY_KEYS).catch(() => ({}));
  const parsed = policySchema.safeParse(raw);
  const own = tenantsSchema.safeParse(baked);
  const tenants = tenantsSchema.safeParse(parsed.success ? parsed.data.tenants : undefined);
  return {
    hub: (parsed.success && parsed.data.hub) || null,
    token: (parsed.success && parsed.data.policyToken) || null,
    ...(parsed.success && parsed.data.itProfile === true ? { itProfile: true } : {}),
    tenants: [...(own.success ? own.data : []), ...(tenants.success ? tenants.data : [])],
  };
}
