/** Packs for people: what there is and how it fares, and what the province decides (DESIGN §4; `lib/hub/packs`). */
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { type Decided, refusePack, signPack, stagePack } from '../packs/decide.ts';
import { readHealth } from '../packs/health.ts';
import { retirePack } from '../packs/retire.ts';
import { PACK_REF } from '../packs/version.ts';
import { listPacks, readPack } from '../packs/views.ts';
import { may } from '../people/access.ts';
import { isOwnPassword } from '../people/people.ts';
import { readJson } from './body.ts';
import type { HubContext, HubEnv, Parts } from './context.ts';
import { refuse } from './problem.ts';
import { tooMany } from './turns.ts';
import { needSameOrigin, needUnit, needUser } from './who.ts';

const NO_STORE = { 'cache-control': 'no-store' } as const;

const signSchema = z.object({
  password: z.string().check(z.minLength(1), z.maxLength(500)),
  /** What the person saw. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});
const stageSchema = z.discriminatedUnion('stage', [
  z.object({
    stage: z.literal('trial'),
    units: z._default(z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.maxLength(500)), []),
    percent: z._default(z.int().check(z.gte(0), z.lte(100)), 0),
  }),
  z.object({ stage: z.literal('everywhere') }),
  z.object({ stage: z.literal('proposed') }),
]);
const refuseSchema = z.object({ reason: z.string().check(z.minLength(1), z.maxLength(500)) });

/** Adds the endpoints of packs. */
export function packRoutes(app: Hono<HubEnv>, parts: Parts): void {
  const { db, clock, keys } = parts;

  app.get('/v1/packs', async (c) => {
    const user = await needUser(c, parts, 'readPacks');
    const packs = await listPacks(db, { scope: user.scope, unit: user.unit.id }, clock());
    return c.json({ packs }, 200, NO_STORE);
  });

  app.get('/v1/pack-health', async (c) => {
    const user = await needUser(c, parts, 'readPacks');
    const unit = await needUnit(parts, user.scope, c.req.query('unit') ?? user.unit.id);
    const now = clock();
    const pages = await readHealth(db, user.scope, unit.id, now);
    return c.json({ asOf: new Date(now).toISOString(), pages }, 200, NO_STORE);
  });

  app.get('/v1/packs/:id/:version', async (c) => {
    const user = await needUser(c, parts, 'readPacks');
    const reader = { scope: user.scope, unit: user.unit.id, mayRetire: may(user, 'decidePacks') };
    const pack = await readPack(db, reader, refOf(c), clock());
    if (pack === null) throw refuse(404, 'packUnknown', { field: 'version' });
    return c.json({ pack }, 200, NO_STORE);
  });

  app.post('/v1/packs/:id/:version/sign', async (c) => {
    const user = await needDecider(c, parts);
    const { password, sha256 } = await readJson(c, signSchema);
    const name = `sign:${user.id}`;
    const wait = parts.attempts.login.wait(name);
    if (wait > 0) throw tooMany(wait);
    if (!(await isOwnPassword(db, user.id, password))) {
      parts.attempts.login.failed(name);
      // 401 would say that the session ended.
      throw refuse(422, 'ownPassword', { field: 'password' });
    }
    parts.attempts.login.succeeded(name);
    return answer(c, await signPack(db, keys, { ...refOf(c), actor: user.id, now: clock(), sha256 }));
  });

  app.post('/v1/packs/:id/:version/stage', async (c) => {
    const user = await needDecider(c, parts);
    const wanted = await readJson(c, stageSchema);
    return answer(c, await stagePack(db, { ...refOf(c), actor: user.id, now: clock(), wanted }));
  });

  app.post('/v1/packs/:id/:version/refuse', async (c) => {
    const user = await needDecider(c, parts);
    const { reason } = await readJson(c, refuseSchema);
    return answer(c, await refusePack(db, { ...refOf(c), actor: user.id, now: clock(), reason }));
  });

  app.post('/v1/packs/:id/:version/retire', async (c) => {
    const user = await needDecider(c, parts);
    const { id, version } = refOf(c);
    const voided = await retirePack(db, `${id}@${version}`, user.id, clock());
    return c.json({ pack: `${id}@${version}`, stage: 'retired', voided }, 200, NO_STORE);
  });
}

async function needDecider(c: HubContext, parts: Parts) {
  needSameOrigin(c, parts);
  return needUser(c, parts, 'decidePacks');
}

function refOf(c: HubContext): { id: string; version: string } {
  const [id = '', version = ''] = [c.req.param('id'), c.req.param('version')];
  if (!PACK_REF.test(`${id}@${version}`)) throw refuse(404, 'packUnknown', { field: 'version' });
  return { id, version };
}

function answer(c: HubContext, decided: Decided): Response {
  const { id, version } = refOf(c);
  if (decided.ok) return c.json({ pack: `${id}@${version}`, stage: decided.stage }, 200, NO_STORE);
  const { code, field, values } = decided;
  const status = code === 'packUnknown' ? 404 : code === 'packTrial' || code === 'packInvalid' ? 422 : 409;
  throw refuse(status, code, { field, values });
}
