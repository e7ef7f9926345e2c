/** Tenants: which host runs which family of pages (host-pages §8.2). A pack never names a host. */

/** One installation of a family: the hosts of one province or ministry, as the hub or the options page binds them. */
export interface Tenant {
  /** The source system of sightings, `[a-z0-9-]{1,64}`. */
  readonly id: string;
  readonly name: string;
  /** Id of the pack. */
  readonly family: string;
  /** Further families that may run on these hosts (a migration under way): which one is told by the document (host-pages §0-3). */
  readonly families?: readonly string[] | undefined;
  /** Exact origins (`https://motcua.example.gov.vn`), never patterns. */
  readonly origins: readonly string[];
  /** Agency code of the province or ministry (`H41`), a check of what is seen there. */
  readonly agency?: string | undefined;
  readonly status?: 'verified' | 'unverified' | undefined;
}

const ORIGIN = /^https?:\/\/[a-z0-9.-]{1,250}(?::\d{1,5})?$/;

/** True for an exact origin that may be bound: https, or http on the machine itself (practice pages). */
export function isBindableOrigin(origin: string): boolean {
  if (!ORIGIN.test(origin)) return false;
  return origin.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(origin);
}

/** The tenant of an origin, or null. Earlier tenants win, so put the user's own bindings first. */
export function tenantOf(tenants: readonly Tenant[], origin: string): Tenant | null {
  return tenants.find((one) => one.origins.includes(origin)) ?? null;
}

/** Binds one host to a family, for the options page and for practice pages. Null when the origin may not be bound. */
export function bindHost(origin: string, family: string, name = origin): Tenant | null {
  if (!isBindableOrigin(origin)) return null;
  const id = origin
    .replace(/^https?:\/\//, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64);
  return { id, name, family, origins: [origin] };
}
