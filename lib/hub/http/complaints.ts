/** Complaints for those who handle them: the list, one opened (audited), its changes, slips of paper and their sheets. */
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { COMPLAINT_LIMITS, CONSENT_VERSION } from '../../domain/complaint.ts';
import { dayOf, isLocalTime } from '../../domain/dates.ts';
import { cleanText } from '../../domain/free-text.ts';
import { readSlipNumber } from '../../domain/slip.ts';
import {
  addComplaint,
  changeComplaint,
  freshComplaintId,
  listComplaints,
  openComplaint,
  openSlips,
} from '../complaints/complaints.ts';
import { audit } from '../people/people.ts';
import { slipSheet } from '../public/sheet.ts';
import { readJson } from './body.ts';
import type { HubEnv, Parts } from './context.ts';
import { refuse } from './problem.ts';
import { needSameOrigin, needUnit, needUser } from './who.ts';

const NO_STORE = { 'cache-control': 'no-store' } as const;

const changeSchema = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('work') }),
  z.strictObject({
    act: z.enum(['answer', 'passOn']),
    answer: z.string().check(z.minLength(1), z.maxLength(COMPLAINT_LIMITS.answer)),
  }),
  z.strictObject({ act: z.literal('erase') }),
]);
const words = (most: number) => z._default(z.string().check(z.maxLength(most)), '');
const slipSchema = z.strictObject({
  number: z.string().check(z.maxLength(20)),
  unit: z.string().check(z.minLength(1), z.maxLength(64)),
  received: z.string().check(z.maxLength(10), z.minLength(10), z.refine(isLocalTime)),
  aboutHead: z._default(z.boolean(), false),
  /** The box on the paper is ticked; without it nothing personal is kept here. */
  consent: z._default(z.boolean(), false),
  name: words(COMPLAINT_LIMITS.name),
  phone: words(COMPLAINT_LIMITS.phone),
  text: words(COMPLAINT_LIMITS.text),
});
const sheetSchema = z.object({
  unit: z.string().check(z.minLength(1), z.maxLength(64)),
  from: z.string().check(z.regex(/^\d{1,4}$/)),
  count: z.string().check(z.regex(/^\d{1,3}$/)),
});

/** Adds the endpoints of complaints. */
export function complaintRoutes(app: Hono<HubEnv>, parts: Parts): void {
  const { db, clock } = parts;

  app.get('/v1/complaints', async (c) => {
    const user = await needUser(c, parts, 'listComplaints');
    const unit = await needUnit(parts, user.scope, c.req.query('unit') ?? user.unit.id);
    const [complaints, slips] = await Promise.all([
      listComplaints(db, user.scope, unit.id),
      openSlips(db, unit.id, clock()),
    ]);
    return c.json({ today: dayOf(clock()), complaints, slips }, 200, NO_STORE);
  });

  app.post('/v1/complaints/slips', async (c) => {
    needSameOrigin(c, parts);
    const user = await needUser(c, parts, 'handleComplaints');
    const wanted = await readJson(c, slipSchema);
    await needUnit(parts, user.scope, wanted.unit);
    const slip = readSlipNumber(wanted.number);
    if (slip === null) throw refuse(400, 'slipNumber', { field: 'number' });
    if (wanted.received > dayOf(clock())) throw refuse(400, 'invalid', { field: 'received' });
    const { name, phone, text, consent, unit, received, aboutHead } = wanted;
    if (!consent && (name + phone + text).trim() !== '')
      throw refuse(400, 'slipConsent', { field: 'consent' });
    const id = freshComplaintId();
    const due = await db.tx({ role: 'admin' }, async (query) => {
      const added = await addComplaint(query, db.province, {
        ...{ id, aboutUnit: unit, aboutHead, counter: null, way: 'slip', slip, received },
        ...{
          consentVersion: consent ? CONSENT_VERSION : null,
          words: consent ? { name, phone, text } : null,
        },
      });
      if (added !== null) {
        const line = { actor: user.id, action: 'registerSlip', object: id, detail: { slip, unit } };
        await audit(query, db.province, line);
      }
      return added;
    });
    if (due === null) throw refuse(409, 'slipTaken', { field: 'number', values: { slip } });
    return c.json({ id, due, slip }, 201, NO_STORE);
  });

  app.get('/v1/complaints/slips/sheet', async (c) => {
    const user = await needUser(c, parts, 'handleComplaints');
    const wanted = sheetSchema.safeParse(c.req.query());
    if (!wanted.success)
      throw refuse(400, 'invalid', { field: String(wanted.error.issues[0]?.path[0] ?? 'query') });
    const unit = await needUnit(parts, user.scope, wanted.data.unit);
    const [from, count] = [Number(wanted.data.from), Number(wanted.data.count)];
    if (count < 1 || count > 200 || from + count > 10_000) throw refuse(400, 'invalid', { field: 'count' });
    const { html, policy } = slipSheet(unit.name, from, count);
    return c.html(html, 200, { ...NO_STORE, 'content-security-policy': policy });
  });

  // A body-less GET would be repeated by browsers and prefetched: opening leaves a line in the audit log, so it is asked for.
  app.post('/v1/complaints/:id/open', async (c) => {
    needSameOrigin(c, parts);
    const user = await needUser(c, parts, 'handleComplaints');
    const found = await openComplaint(db, user.scope, c.req.param('id'), user.id);
    if (found === null) throw refuse(404, 'complaintUnknown', { field: 'id' });
    return c.json({ words: found }, 200, NO_STORE);
  });

  app.put('/v1/complaints/:id', async (c) => {
    needSameOrigin(c, parts);
    const user = await needUser(c, parts, 'handleComplaints');
    const wanted = await readJson(c, changeSchema);
    const change =
      'answer' in wanted ? { ...wanted, answer: cleanText(wanted.answer, COMPLAINT_LIMITS.answer) } : wanted;
    if ('answer' in change && change.answer === '') throw refuse(400, 'invalid', { field: 'answer' });
    const id = c.req.param('id');
    const done = await changeComplaint(db, user.scope, id, change, { actor: user.id, now: clock() });
    if (done === 'unknown') throw refuse(404, 'complaintUnknown', { field: 'id' });
    if (done === 'state') throw refuse(409, change.act === 'erase' ? 'complaintErased' : 'complaintState');
    return c.json({ id }, 200, NO_STORE);
  });
}
