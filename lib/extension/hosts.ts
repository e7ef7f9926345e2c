/**
 * Which host is read with which pack family (DESIGN §4, Hosts). A binding comes from the options page, from the
 * province's configuration or from policy; the province's word wins over the page's, the policy's over both.
 * Log-in, single sign-on and payment hosts are never bound, whoever asks.
 */
import { bindHost, isBindableOrigin, type Tenant } from '../adapters/tenant.ts';
import { suggestedTenant } from '../adapters/tenants/index.ts';
import type { Binding } from './messages.ts';
import type { StoredHost } from './settings.ts';

/** A label of the host name that says log-in or payment (hosts seen: host-pages §1.1, §3). */
const DENIED =
  /(?:^|[.-])(?:sso\w*|\w*oidc|login|signin|dangnhap|xacthuc|auth|oauth2?|idp|identity|keycloak|vneid|pay|payment\w*|paygate|\w*thanhtoan|vnpay|momo|napas|bank\w*|\w*bank)(?=[.-]|$)/;

/** True for hosts that are never read. */
export function isDeniedHost(origin: string): boolean {
  return DENIED.test(new URL(origin).hostname.toLowerCase());
}

/** Why an origin may not be bound, or null when it may. */
export function bindingProblem(origin: string): 'notBindable' | 'denied' | null {
  if (!isBindableOrigin(origin)) return 'notBindable';
  return isDeniedHost(origin) ? 'denied' : null;
}

/**
 * The host as stored when it is bound by hand; its tenant id is the same on every PC: a suggested tenant's own, else made
 * of the host's name. Null when it may not be bound.
 */
export function hostOf(origin: string, family: string, name: string): StoredHost | null {
  if (bindingProblem(origin) !== null) return null;
  const tenant = suggestedTenant(origin, family) ?? bindHost(origin, family, name)!;
  const { families } = tenant;
  return { origin, tenant: tenant.id, family, ...(families ? { families: [...families] } : {}), name };
}

/** The match pattern that covers an origin. Patterns carry no port in Firefox; the worker checks the origin itself. */
export function patternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/** Every binding in force, one per origin, in a stable order. What may not be bound falls out. */
export function bindingsOf(
  chosen: readonly StoredHost[],
  province: readonly Tenant[],
  policy: readonly Tenant[],
): Binding[] {
  const found = new Map<string, Binding>();
  const add = (binding: Binding) => {
    if (bindingProblem(binding.origin) === null) found.set(binding.origin, binding);
  };
  for (const host of chosen) add({ ...host, source: 'options' });
  for (const [tenants, source] of [
    [province, 'province'],
    [policy, 'policy'],
  ] as const) {
    for (const { id, name, family, families, origins, status } of tenants) {
      const more = { ...(families ? { families } : {}), ...(status ? { status } : {}) };
      for (const origin of origins) add({ origin, tenant: id, family, name, source, ...more });
    }
  }
  return [...found.values()].sort((a, b) => (a.origin < b.origin ? -1 : 1));
}
