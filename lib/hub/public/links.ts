/**
 * Links for citizens' phones: of a counter (many answers), of one receipt (one answer), of a widget. A token is derived from the
 * link's id by the hub's secret, so that a lost sheet can be printed again; the database holds its keyed hash only.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { LinkKind, LinkState } from '../../domain/public-form.ts';
import type { Db, Query } from '../database/db.ts';
import { audit } from '../people/people.ts';
import { keyedHash, type Secrets } from '../secrets.ts';
import { sql } from './queries.ts';

const DAY = 86_400_000;

/** A link as the hub works with it. Instants are ISO. */
export interface Link {
  readonly id: string;
  readonly kind: LinkKind;
  readonly unit: string;
  readonly unitName: string;
  readonly counter: string | null;
  readonly counterName: string | null;
  readonly origins: readonly string[];
  /** Answers at most; null = no bound but the expiry. */
  readonly quota: number | null;
  readonly used: number;
  readonly expires: string;
  readonly revokedAt: string | null;
}

/** A link, or all receipts printed together, as listed: never a token. */
export interface LinkView extends Link {
  /** Receipts printed together. */
  readonly count: number;
  readonly madeAt: string;
}

export interface NewLinks {
  readonly kind: LinkKind;
  readonly unit: string;
  readonly counter: string | null;
  readonly origins: readonly string[];
  readonly quota: number | null;
  readonly days: number;
  /** Receipts to print; 1 for the other kinds. */
  readonly count: number;
}

/** The token of a link: 132 bits that nobody can guess who does not hold the hub's secret. */
export function tokenOf(secrets: Secrets, id: string): string {
  return createHmac('sha256', secrets.hashing)
    .update(`feedback-link\u0000${id}`)
    .digest('base64url')
    .slice(0, 22);
}

/** Where a link leads, below the hub's address. */
export function pathOf(secrets: Secrets, { id, kind }: Pick<Link, 'id' | 'kind'>): string {
  return `${kind === 'widget' ? '/widget/' : '/danh-gia/'}${tokenOf(secrets, id)}`;
}

/** Makes links; all receipts of one call share the beginning of their id. Null when the unit has no such open counter. */
export async function makeLinks(
  db: Db,
  secrets: Secrets,
  wanted: NewLinks,
  actor: string,
  now: number,
): Promise<{ id: string; paths: string[]; expires: string } | null> {
  const id = `l${randomBytes(8).toString('hex')}`;
  const ids =
    wanted.kind === 'receipt'
      ? Array.from({ length: wanted.count }, (_, index) => `${id}-${String(index + 1).padStart(4, '0')}`)
      : [id];
  const { kind, unit, counter, origins, days } = wanted;
  const quota = kind === 'receipt' ? 1 : wanted.quota;
  const expires = new Date(now + days * DAY).toISOString();
  return db.tx({ role: 'admin' }, async (query) => {
    if (counter !== null && (await query(sql.counterOf, [db.province, unit, counter])).length === 0)
      return null;
    const hmacs = ids.map((one) => keyedHash(secrets, 'feedback', tokenOf(secrets, one)));
    const made = new Date(now).toISOString();
    await query(sql.addLinks, [
      ...[db.province, ids, hmacs, kind, unit, counter, origins, quota, actor, made, expires],
    ]);
    const detail = { kind, unit, counter, count: ids.length, days };
    await audit(query, db.province, { actor, action: 'makeFeedbackLinks', object: id, detail });
    return { id, paths: ids.map((one) => pathOf(secrets, { id: one, kind })), expires };
  });
}

async function unitsBelow(query: Query, province: string, unit: string): Promise<string[]> {
  const rows = await query<{ descendant: string }>(sql.unitsBelow, [province, unit]);
  return rows.map(({ descendant }) => descendant);
}

/** Links of a unit and below, the newest first. */
export function listLinks(db: Db, unit: string): Promise<LinkView[]> {
  return db.tx({ role: 'admin' }, async (query) =>
    query<LinkView>(sql.listLinks, [db.province, await unitsBelow(query, db.province, unit)]),
  );
}

/** Links in force of a unit and below, by the ids of {@link listLinks}, for printing; the printing is in the audit log. */
export function linksToPrint(db: Db, unit: string, ids: readonly string[], actor: string): Promise<Link[]> {
  return db.tx({ role: 'admin' }, async (query) => {
    const units = await unitsBelow(query, db.province, unit);
    const links = await query<Link>(sql.linksById, [db.province, ids, units]);
    for (const object of new Set(links.map(({ id }) => id.split('-')[0]!)))
      await audit(query, db.province, { actor, action: 'printFeedbackLinks', object });
    return links;
  });
}

/** Revokes a link or a whole printing of receipts within a unit and below. False when nothing was in force. */
export function revokeLinks(db: Db, unit: string, id: string, actor: string, now: number): Promise<boolean> {
  return db.tx({ role: 'admin' }, async (query) => {
    const units = await unitsBelow(query, db.province, unit);
    const done = await query(sql.revokeLinks, [db.province, id, units, new Date(now).toISOString()]);
    if (done.length > 0)
      await audit(query, db.province, { actor, action: 'revokeFeedbackLinks', object: id });
    return done.length > 0;
  });
}

/** The link of a token, or null. The look-up is by keyed hash: its time tells nothing of the token. */
export async function linkOf(
  query: Query,
  province: string,
  secrets: Secrets,
  token: string,
): Promise<Link | null> {
  const rows = await query<Link>(sql.readLink, [province, keyedHash(secrets, 'feedback', token)]);
  return rows[0] ?? null;
}

/** Where a link stands at `now` (milliseconds). */
export function stateOf(link: Link | null, now: number): LinkState {
  if (link === null) return 'unknown';
  if (link.revokedAt !== null) return 'revoked';
  if (Date.parse(link.expires) <= now) return 'expired';
  return link.quota !== null && link.used >= link.quota ? 'used' : 'open';
}

/**
 * Path of the link in force for a counter, else for its whole unit, or null: for the QR code a kiosk shows after thanks. Runs
 * in the caller's transaction (role admin or ingest).
 */
export async function counterPath(
  query: Query,
  province: string,
  secrets: Secrets,
  place: { readonly unit: string; readonly counter: string | null },
  now: number,
): Promise<string | null> {
  const values = [province, place.unit, place.counter, new Date(now).toISOString()];
  const rows = await query<{ id: string }>(sql.counterLink, values);
  return rows[0] ? pathOf(secrets, { id: rows[0].id, kind: 'counter' }) : null;
}
