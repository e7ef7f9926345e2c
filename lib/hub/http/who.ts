/** Who asks: the session cookie, the read token, and the checks every change must pass. */
import type { Scope } from '../database/db.ts';
import { visibleUnit } from '../device/views.ts';
import { may, type Permission, type User } from '../people/access.ts';
import { sessionUser, tokenUser } from '../people/people.ts';
import type { HubContext, Parts } from './context.ts';
import { refuse } from './problem.ts';

const TWELVE_HOURS = 43_200;

/** `__Host-` binds the cookie to this origin; browsers accept it over https only. */
function cookieName(isSecure: boolean): string {
  return isSecure ? '__Host-nmc' : 'nmc';
}

/** The session id of the request, or null. */
export function sessionId(c: HubContext): string | null {
  const name = cookieName(c.var.isSecure);
  for (const part of (c.req.header('cookie') ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

/** The Set-Cookie of a session; null ends it. */
export function sessionCookie(isSecure: boolean, id: string | null): string {
  const life = id === null ? 'Max-Age=0' : `Max-Age=${TWELVE_HOURS}`;
  const secure = isSecure ? '; Secure' : '';
  return `${cookieName(isSecure)}=${id ?? ''}; Path=/; HttpOnly; SameSite=Lax; ${life}${secure}`;
}

/** The person of the session, allowed to do this. Refuses 401 or 403. */
export async function needUser(c: HubContext, parts: Parts, permission: Permission): Promise<User> {
  const id = sessionId(c);
  const user = id === null ? null : await sessionUser(parts.db, id, parts.clock());
  if (user === null) throw refuse(401, 'signedOut');
  if (!may(user, permission)) throw refuse(403, 'forbidden');
  return user;
}

/** The same, or the holder of a read token (`Authorization: Bearer`). */
export async function needReader(c: HubContext, parts: Parts, permission: Permission): Promise<User> {
  const bearer = /^Bearer ([\w-]{10,100})$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer === undefined) return needUser(c, parts, permission);
  const user = await tokenUser(parts.db, parts.secrets, bearer, parts.clock());
  if (user === null) throw refuse(401, 'token');
  return user;
}

/** The unit, seen by the scope. Refuses 403 alike for units elsewhere and units nowhere. */
export async function needUnit(parts: Parts, scope: Scope, unit: string) {
  const found = await visibleUnit(parts.db, scope, unit);
  if (found === null) throw refuse(403, 'outOfScope', { field: 'unit' });
  return found;
}

/** A request that changes something must come from a page of this hub: same origin, and a header no form can set. */
export function needSameOrigin(c: HubContext, parts: Parts, needsHeader = true): void {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const isOurs =
    (origin === undefined || hostsOf(c, parts).includes(hostOf(origin))) &&
    (site === undefined || site === 'same-origin' || site === 'none');
  if (!isOurs || (needsHeader && c.req.header('x-nmc') !== '1')) throw refuse(403, 'origin');
}

function hostsOf(c: HubContext, { config }: Parts): (string | null)[] {
  const own = [c.req.header('host') ?? null];
  if (config.trustProxy) own.push(c.req.header('x-forwarded-host') ?? null);
  if (config.publicUrl) own.push(hostOf(config.publicUrl));
  return own.filter((host) => host !== null);
}

function hostOf(origin: string): string | null {
  return URL.parse(origin)?.host ?? null;
}
