/**
 * Citizens' own phones and the widget: the page behind a printed code, the answer, the complaint. No cookie, no account; the
 * token in the address is all there is. And the codes themselves, for those who print them (session).
 */
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { COMPLAINT_LIMITS, CONSENT_VERSION, complaintFaults } from '../../domain/complaint.ts';
import { dayOf } from '../../domain/dates.ts';
import { LINK_KINDS, type LinkKind, PHONE_COMMENT } from '../../domain/public-form.ts';
import type { HubKey } from '../../i18n/hub/index.ts';
import { addComplaint, complaintId } from '../complaints/complaints.ts';
import { keepAnswer } from '../public/answers.ts';
import { makeCrowd } from '../public/crowd.ts';
import {
  type Link,
  linkOf,
  linksToPrint,
  listLinks,
  makeLinks,
  pathOf,
  revokeLinks,
  stateOf,
} from '../public/links.ts';
import { fillPage, publicForm } from '../public/page.ts';
import { linkSheet } from '../public/sheet.ts';
import { readJson } from './body.ts';
import type { HubContext, HubEnv, Parts } from './context.ts';
import { framedPolicy } from './headers.ts';
import { makeLimiter } from './limiter.ts';
import { refuse } from './problem.ts';
import { formPage } from './static.ts';
import { tooMany } from './turns.ts';
import { needSameOrigin, needUnit, needUser } from './who.ts';

const QUARTER_HOUR = 15 * 60_000;
const DAY = 86_400_000;
/** Refused above, for the quarter-hour; flags begin far below. One address may be a whole mobile network. */
const HARD = { address: 120, link: 600 } as const;
const COMPLAINTS = { link: 200, address: 30 } as const;
const NO_STORE = { 'cache-control': 'no-store' } as const;
/** The widget's page has no origin of its own; there is no cookie that such a call could carry. */
const ANY_ORIGIN = { 'access-control-allow-origin': '*' } as const;

const token = z.string().check(z.regex(/^[\w-]{22}$/));
const pageId = z.string().check(z.regex(/^[\w-]{16,64}$/));
const answerSchema = z.strictObject({
  token,
  id: pageId,
  questionnaire: z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,39}@\d{1,6}$/)),
  language: z.string().check(z.regex(/^[a-z]{2,3}$/)),
  answers: z.record(z.string().check(z.maxLength(40)), z.int().check(z.gte(1), z.lte(10))),
  reasons: z.array(z.string().check(z.maxLength(40))).check(z.maxLength(6)),
  comment: z.string().check(z.maxLength(PHONE_COMMENT * 2)),
});
const complaintSchema = z.strictObject({
  token,
  id: pageId,
  name: z.string().check(z.maxLength(COMPLAINT_LIMITS.name * 2)),
  phone: z.string().check(z.maxLength(COMPLAINT_LIMITS.phone * 2)),
  text: z.string().check(z.maxLength(COMPLAINT_LIMITS.text * 2)),
  consent: z.literal(CONSENT_VERSION),
  aboutHead: z.boolean(),
});
const origin = z
  .string()
  .check(z.regex(/^(https:\/\/[a-z0-9.-]+(:\d{1,5})?|http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?)$/));
const linksSchema = z.strictObject({
  kind: z.enum(LINK_KINDS),
  unit: z.string().check(z.minLength(1), z.maxLength(64)),
  counter: z._default(z.nullable(z.string().check(z.maxLength(64))), null),
  origins: z._default(z.array(origin).check(z.maxLength(10)), []),
  quota: z._default(z.nullable(z.int().check(z.gte(1), z.lte(1_000_000))), null),
  days: z._default(z.int().check(z.gte(1), z.lte(1_100)), 366),
  count: z._default(z.int().check(z.gte(1), z.lte(1_200)), 1),
});

const LINK_REFUSALS = {
  used: 'linkUsed',
  expired: 'linkExpired',
  revoked: 'linkRevoked',
} as const satisfies Record<string, HubKey>;

/** Adds the endpoints of codes, phones and widgets. */
export function publicRoutes(app: Hono<HubEnv>, parts: Parts): void {
  pages(app, parts);
  answers(app, parts);
  complaints(app, parts);
  codes(app, parts);
}

function pages(app: Hono<HubEnv>, parts: Parts): void {
  const show = async (c: HubContext, kinds: readonly LinkKind[]) => {
    const html = await formPage(parts.config.web);
    if (html === null) return c.text(c.var.words('notBuilt'), 503, NO_STORE);
    const form = await publicForm(parts.db, parts.secrets, c.req.param('token') ?? '', kinds, parts.clock());
    const page = fillPage(html, form);
    const status = form.state === 'unknown' ? 404 : 200;
    const headers = { ...NO_STORE, 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' };
    if (!kinds.includes('widget')) return c.html(page, status, headers);
    return c.html(page, status, { ...headers, 'content-security-policy': framedPolicy(form.origins) });
  };
  app.get('/danh-gia/:token', (c) => show(c, ['counter', 'receipt']));
  app.get('/widget/:token', (c) => show(c, ['widget']));
}

function answers(app: Hono<HubEnv>, parts: Parts): void {
  const { db, secrets, clock } = parts;
  const crowd = makeCrowd(clock);
  app.use('/v1/public/feedback', async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(ANY_ORIGIN)) c.res.headers.set(name, value);
  });
  app.options('/v1/public/feedback', () => {
    const headers = {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
    };
    return new Response(null, { status: 204, headers });
  });
  app.post('/v1/public/feedback', async (c) => {
    const address = crowd.address(c.var.address);
    if (crowd.most([address]) >= HARD.address) throw tooMany(QUARTER_HOUR / 1_000);
    const answer = await readJson(c, answerSchema, 16 * 1024);
    const link = await findLink(parts, answer.token);
    if (link === null) {
      crowd.count([address]);
      throw refuse(404, 'linkUnknown', { field: 'token' });
    }
    const byLink = `link:${link.id}`;
    if (crowd.most([byLink]) >= HARD.link) throw tooMany(QUARTER_HOUR / 1_000);
    crowd.count([address]);
    // A widget stands before many people at one address; a receipt is one answer by itself.
    const near = link.kind === 'widget' ? [byLink] : [byLink, `${address}/${link.unit}`];
    const kept = await keepAnswer(db, secrets, link, answer, { crowd: crowd.count(near), now: clock() });
    if (kept.ok) return c.json({ kept: true }, 201, NO_STORE);
    if ('fault' in kept) throw refuse(400, 'invalid', { field: kept.fault });
    throw refuse(410, LINK_REFUSALS[kept.state], { field: 'token' });
  });
}

function complaints(app: Hono<HubEnv>, parts: Parts): void {
  const { db, secrets, clock } = parts;
  const byLink = makeLimiter(COMPLAINTS.link, DAY, clock);
  const byAddress = makeLimiter(COMPLAINTS.address, QUARTER_HOUR, clock);
  const crowd = makeCrowd(clock);
  app.post('/v1/public/complaints', async (c) => {
    const address = crowd.address(c.var.address);
    const wait = byAddress.wait(address);
    if (wait > 0) throw tooMany(wait);
    const { aboutHead, ...wanted } = await readJson(c, complaintSchema, 32 * 1024);
    const link = await findLink(parts, wanted.token);
    byAddress.failed(address);
    const state = stateOf(link, clock());
    // A receipt whose answer was given may still complain: the two are not joined.
    if (link === null || link.kind === 'widget') throw refuse(404, 'linkUnknown', { field: 'token' });
    if (state === 'expired' || state === 'revoked')
      throw refuse(410, LINK_REFUSALS[state], { field: 'token' });
    const fault = Object.keys(complaintFaults({ ...wanted, consent: true }))[0];
    if (fault !== undefined) throw refuse(400, 'invalid', { field: fault });
    if (byLink.wait(link.id) > 0) throw refuse(429, 'complaintMany', { retryAfter: byLink.wait(link.id) });
    byLink.failed(link.id);
    const { name, phone, text, consent } = wanted;
    const id = complaintId(secrets, link.id, wanted.id);
    const due = await db.tx({ role: 'ingest' }, (query) =>
      addComplaint(query, db.province, {
        ...{ id, aboutUnit: link.unit, aboutHead, counter: link.counter, way: 'phone', slip: null },
        ...{ received: dayOf(clock()), consentVersion: consent, words: { name, phone, text } },
      }),
    );
    return c.json({ id, due }, 201, NO_STORE);
  });
}

/** The codes for those who print them. */
function codes(app: Hono<HubEnv>, parts: Parts): void {
  const { db, secrets, clock } = parts;

  app.get('/v1/feedback-links', async (c) => {
    const user = await needUser(c, parts, 'readLinks');
    const unit = await needUnit(parts, user.scope, c.req.query('unit') ?? user.unit.id);
    return c.json({ links: await listLinks(db, unit.id) }, 200, NO_STORE);
  });

  app.post('/v1/feedback-links', async (c) => {
    needSameOrigin(c, parts);
    const user = await needUser(c, parts, 'makeLinks');
    const wanted = await readJson(c, linksSchema);
    await needUnit(parts, user.scope, wanted.unit);
    if (wanted.kind === 'widget' && wanted.origins.length === 0)
      throw refuse(400, 'origins', { field: 'origins' });
    const made = await makeLinks(db, secrets, wanted, user.id, clock());
    if (made === null) throw refuse(400, 'counterUnknown', { field: 'counter' });
    const base = addressOf(c, parts);
    const { id, expires, paths } = made;
    return c.json({ id, expires, urls: paths.map((path) => base + path) }, 201, NO_STORE);
  });

  app.post('/v1/feedback-links/:id/revoke', async (c) => {
    needSameOrigin(c, parts);
    const user = await needUser(c, parts, 'makeLinks');
    const id = c.req.param('id');
    if (!(await revokeLinks(db, user.unit.id, id, user.id, clock())))
      throw refuse(404, 'linkUnknown', { field: 'id' });
    return c.json({ id, state: 'revoked' }, 200, NO_STORE);
  });

  app.get('/v1/feedback-links/sheet', async (c) => {
    const user = await needUser(c, parts, 'makeLinks');
    const ids = c.req.queries('id') ?? [];
    if (ids.length === 0 || ids.length > 100) throw refuse(400, 'invalid', { field: 'id' });
    const links = await linksToPrint(db, user.unit.id, ids, user.id);
    if (links.length === 0) throw refuse(404, 'linkUnknown', { field: 'id' });
    const base = addressOf(c, parts);
    const { html, policy } = linkSheet(links.map((link) => ({ ...link, url: base + pathOf(secrets, link) })));
    return c.html(html, 200, { ...NO_STORE, 'content-security-policy': policy });
  });
}

function findLink({ db, secrets }: Parts, token: string): Promise<Link | null> {
  return db.tx({ role: 'ingest' }, (query) => linkOf(query, db.province, secrets, token));
}

/** Where phones reach the hub: its public address, else the one this page was asked by. */
function addressOf(c: HubContext, { config }: Parts): string {
  return config.publicUrl ?? `${c.var.isSecure ? 'https' : 'http'}://${c.req.header('host') ?? 'localhost'}`;
}
