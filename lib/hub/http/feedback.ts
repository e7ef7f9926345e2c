/** Ratings and kiosks for people: figures, counters, placement, questionnaires, settings, comments, recorded phrases (DESIGN §9, §10). */
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { parsePeriod } from '../../domain/period.ts';
import {
  type Actor,
  decideClip,
  eraseComment,
  listClips,
  listCounters,
  listKiosks,
  listQuestionnaires,
  placeDevice,
  readClip,
  readFeedback,
  readKioskSetting,
  type Saved,
  saveCounter,
  saveKioskSetting,
  saveQuestionnaire,
} from '../feedback/index.ts';
import type { Permission, User } from '../people/access.ts';
import { readJson } from './body.ts';
import type { HubContext, HubEnv, Parts } from './context.ts';
import { refuse } from './problem.ts';
import { needSameOrigin, needUnit, needUser } from './who.ts';

const NO_STORE = { 'cache-control': 'no-store' } as const;
const SHA256 = /^[0-9a-f]{64}$/;
/** A questionnaire of ten questions in several languages is a tenth of this. */
const LARGEST_QUESTIONNAIRE = 64 * 1024;

const id = z.string().check(z.minLength(1), z.maxLength(64));
const counterName = z.string().check(z.minLength(1), z.maxLength(200));
const newCounterSchema = z.strictObject({ unit: id, name: counterName });
const counterSchema = z.strictObject({ name: counterName, isActive: z.boolean() });
const placeSchema = z.strictObject({ counter: z.nullable(id) });
const settingSchema = z.strictObject({
  questionnaire: z.exactOptional(z.nullable(z.string().check(z.maxLength(60)))),
  isOutOfService: z.exactOptional(z.nullable(z.boolean())),
  rules: z.exactOptional(z.unknown()),
});

/** Adds the endpoints of ratings and kiosks. */
export function feedbackRoutes(app: Hono<HubEnv>, parts: Parts): void {
  ratingRoutes(app, parts);
  counterRoutes(app, parts);
  settingRoutes(app, parts);
  clipRoutes(app, parts);
}

function ratingRoutes(app: Hono<HubEnv>, parts: Parts): void {
  const { db, clock } = parts;

  app.get('/v1/feedback', async (c) => {
    const user = await needUser(c, parts, 'readFeedback');
    const period = parsePeriod(c.req.query('period') ?? '');
    if (period === null) throw refuse(400, 'period', { field: 'period' });
    const unit = c.req.query('unit') ?? user.unit.id;
    const figures = await readFeedback(db, user.scope, { unit, period, now: clock() });
    if (figures === null) throw refuse(403, 'outOfScope', { field: 'unit' });
    return c.json(figures, 200, NO_STORE);
  });

  app.post('/v1/feedback/comments/:hash/erase', async (c) => {
    const user = await needChanger(c, parts, 'changeKiosks');
    const hash = c.req.param('hash');
    const isSeen = SHA256.test(hash) && (await eraseComment(db, actorOf(user), hash, clock()));
    if (!isSeen) throw refuse(404, 'commentUnknown', { field: 'hash' });
    return c.json({ hash, isErased: true }, 200, NO_STORE);
  });
}

function counterRoutes(app: Hono<HubEnv>, parts: Parts): void {
  const { db, clock } = parts;

  app.get('/v1/kiosks', async (c) => {
    const { scope, unit } = await needPlace(c, parts);
    return c.json({ kiosks: await listKiosks(db, scope, unit) }, 200, NO_STORE);
  });

  app.get('/v1/counters', async (c) => {
    const { scope, unit } = await needPlace(c, parts);
    return c.json({ counters: await listCounters(db, scope, unit) }, 200, NO_STORE);
  });

  app.post('/v1/counters', async (c) => {
    const user = await needChanger(c, parts, 'changeKiosks');
    const wanted = await readJson(c, newCounterSchema);
    const counter = { id: null, ...wanted };
    return c.json(savedValue(await saveCounter(db, actorOf(user), counter, clock())), 201, NO_STORE);
  });

  app.put('/v1/counters/:id', async (c) => {
    const user = await needChanger(c, parts, 'changeKiosks');
    const wanted = await readJson(c, counterSchema);
    const counter = { id: c.req.param('id'), ...wanted };
    return c.json(savedValue(await saveCounter(db, actorOf(user), counter, clock())), 200, NO_STORE);
  });

  app.put('/v1/devices/:id/counter', async (c) => {
    const user = await needChanger(c, parts, 'changeKiosks');
    const { counter } = await readJson(c, placeSchema);
    const wanted = { device: c.req.param('id'), counter };
    return c.json(savedValue(await placeDevice(db, actorOf(user), wanted, clock())), 200, NO_STORE);
  });
}

function settingRoutes(app: Hono<HubEnv>, parts: Parts): void {
  const { db, clock } = parts;

  app.get('/v1/questionnaires', async (c) => {
    const user = await needUser(c, parts, 'readFeedback');
    return c.json({ questionnaires: await listQuestionnaires(db, user.scope) }, 200, NO_STORE);
  });

  app.post('/v1/questionnaires', async (c) => {
    const user = await needChanger(c, parts, 'decideForms');
    const raw = await readJson(c, z.unknown(), LARGEST_QUESTIONNAIRE);
    const { ref, isNew } = savedValue(await saveQuestionnaire(db, actorOf(user), raw, clock()));
    return c.json({ ref }, isNew ? 201 : 200, NO_STORE);
  });

  app.get('/v1/kiosk-settings/:unit', async (c) => {
    const user = await needUser(c, parts, 'readFeedback');
    const setting = await readKioskSetting(db, user.scope, c.req.param('unit'));
    if (setting === null) throw refuse(403, 'outOfScope', { field: 'unit' });
    return c.json({ setting }, 200, NO_STORE);
  });

  app.put('/v1/kiosk-settings/:unit', async (c) => {
    const user = await needChanger(c, parts, 'changeKiosks');
    const wanted = await readJson(c, settingSchema);
    const unit = c.req.param('unit');
    const setting = savedValue(await saveKioskSetting(db, actorOf(user), unit, wanted, clock()));
    return c.json({ setting }, 200, NO_STORE);
  });
}

function clipRoutes(app: Hono<HubEnv>, parts: Parts): void {
  const { db, clock } = parts;

  app.get('/v1/clips', async (c) => {
    const user = await needUser(c, parts, 'readFeedback');
    return c.json({ clips: await listClips(db, user.scope) }, 200, NO_STORE);
  });

  app.get('/v1/clips/:sha256', async (c) => {
    await needUser(c, parts, 'readFeedback');
    const sha256 = c.req.param('sha256');
    const clip = SHA256.test(sha256) ? await readClip(db, sha256) : null;
    if (clip === null) throw refuse(404, 'clipUnknown', { field: 'sha256' });
    // Staff's own voices: for whoever is signed in, never for a shared cache.
    return c.body(clip.content, 200, { 'content-type': clip.mime, 'cache-control': 'private, no-store' });
  });

  for (const [act, stage] of [
    ['share', 'shared'],
    ['withdraw', 'withdrawn'],
  ] as const) {
    app.post(`/v1/clips/:sha256/${act}`, async (c) => {
      const user = await needChanger(c, parts, 'decideForms');
      const sha256 = c.req.param('sha256');
      return c.json(savedValue(await decideClip(db, actorOf(user), sha256, stage, clock())), 200, NO_STORE);
    });
  }
}

/** Whoever reads, and the unit asked for (else their own). */
async function needPlace(c: HubContext, parts: Parts) {
  const user = await needUser(c, parts, 'readFeedback');
  const unit = await needUnit(parts, user.scope, c.req.query('unit') ?? user.unit.id);
  return { scope: user.scope, unit: unit.id };
}

async function needChanger(c: HubContext, parts: Parts, permission: Permission): Promise<User> {
  needSameOrigin(c, parts);
  return needUser(c, parts, permission);
}

function actorOf({ id, scope }: User): Actor {
  return { id, scope };
}

/** Refusals that are not about the form of what was sent (422). */
const STATUSES: Readonly<Record<string, number>> = {
  outOfScope: 403,
  device: 404,
  counterUnknown: 404,
  clipUnknown: 404,
  questionnaireVersion: 409,
};

function savedValue<Value>(saved: Saved<Value>): Value {
  if (saved.ok) return saved.value;
  const { code, field, values } = saved;
  throw refuse(STATUSES[code] ?? 422, code, { field, ...(values === undefined ? {} : { values }) });
}
