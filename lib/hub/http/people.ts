/** What people call: session, units, catalogue, codes, devices, hand-over, figures. Roles are checked in `who.ts`. */
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { BATCH_TYPE, LIMITS } from '../../batch/protocol.ts';
import { UNASSIGNED } from '../../domain/flows.ts';
import { parsePeriod } from '../../domain/period.ts';
import type { HubKey, HubWords } from '../../i18n/hub/index.ts';
import { issueCode } from '../device/activation.ts';
import { listCodes, listDevices, revokeDevice } from '../device/views.ts';
import { readCatalogue, readFigures, readUnits } from '../figures/figures.ts';
import { type ImportKind, importFile } from '../imports/import.ts';
import type { User } from '../people/access.ts';
import { audit, login, logout, sessionUser } from '../people/people.ts';
import { needType, readBytes, readJson } from './body.ts';
import type { HubContext, HubEnv, Parts } from './context.ts';
import { receiptFor } from './devices.ts';
import { refuse } from './problem.ts';
import { tooMany } from './turns.ts';
import { needReader, needSameOrigin, needUnit, needUser, sessionCookie, sessionId } from './who.ts';

const LARGEST_CSV = 5 * 1024 * 1024;

const loginSchema = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  password: z.string().check(z.minLength(1), z.maxLength(500)),
});
const codeSchema = z.object({
  unit: z.string().check(z.minLength(1), z.maxLength(64)),
  kind: z.enum(['extension', 'kiosk']),
  name: z.string().check(z.maxLength(80)),
});

/** Adds the endpoints of people. */
export function peopleRoutes(app: Hono<HubEnv>, parts: Parts): void {
  sessionRoutes(app, parts);
  listRoutes(app, parts);
  const { db, clock } = parts;

  app.post('/v1/activation-codes', async (c) => {
    needSameOrigin(c, parts);
    const user = await needUser(c, parts, 'makeCode');
    const wanted = await readJson(c, codeSchema);
    await needUnit(parts, user.scope, wanted.unit);
    const { code, expires } = await issueCode(db, parts.secrets, wanted, user.id, clock());
    return c.json({ code, expires }, 201);
  });

  app.post('/v1/devices/:id/revoke', async (c) => {
    needSameOrigin(c, parts);
    const user = await needUser(c, parts, 'revokeDevice');
    const id = c.req.param('id');
    if (!(await revokeDevice(db, user.scope, id, clock()))) throw refuse(404, 'device', { field: 'id' });
    await note(parts, user, 'revokeDevice', id);
    return c.json({ device: id, status: 'revoked' });
  });

  app.post('/v1/handover', async (c) => {
    needSameOrigin(c, parts);
    const user = await needUser(c, parts, 'handover');
    needType(c, BATCH_TYPE);
    const answer = await receiptFor(
      parts,
      await readBytes(c, LIMITS.headerBytes + 1 + LIMITS.packedBytes),
      'file',
    );
    await note(parts, user, 'handover', 'batch');
    return answer;
  });

  for (const kind of ['units', 'catalogue'] as const) {
    app.post(`/v1/${kind}/import`, (c) => takeFile(c, parts, kind));
  }
}

function sessionRoutes(app: Hono<HubEnv>, parts: Parts): void {
  const { db, clock, attempts, metrics } = parts;

  app.post('/v1/session', async (c) => {
    needSameOrigin(c, parts, false);
    const { name, password } = await readJson(c, loginSchema);
    const names = [c.var.address, `name:${name.toLowerCase()}`];
    const wait = Math.max(...names.map((one) => attempts.login.wait(one)));
    if (wait > 0) throw tooMany(wait);
    const opened = await login(db, name, password, clock());
    metrics.count('nmc_logins_total', { result: opened ? 'ok' : 'refused' });
    if (opened === null) {
      for (const one of names) attempts.login.failed(one);
      throw refuse(401, 'wrongPassword', { field: 'password' });
    }
    for (const one of names) attempts.login.succeeded(one);
    return c.json({ user: shown(opened.user) }, 200, {
      'set-cookie': sessionCookie(c.var.isSecure, opened.id),
      'cache-control': 'no-store',
    });
  });

  app.get('/v1/session', async (c) => {
    const id = sessionId(c);
    const user = id === null ? null : await sessionUser(db, id, clock());
    if (user === null) throw refuse(401, 'signedOut');
    return c.json({ user: shown(user) }, 200, { 'cache-control': 'no-store' });
  });

  app.delete('/v1/session', async (c) => {
    needSameOrigin(c, parts);
    const id = sessionId(c);
    if (id !== null) await logout(db, id);
    return c.body(null, 204, { 'set-cookie': sessionCookie(c.var.isSecure, null) });
  });
}

function listRoutes(app: Hono<HubEnv>, parts: Parts): void {
  const { db, clock } = parts;

  app.get('/v1/units', async (c) => {
    const user = await needReader(c, parts, 'readUnits');
    return c.json({ units: await readUnits(db, user.scope) });
  });

  app.get('/v1/catalogue', async (c) => {
    const user = await needReader(c, parts, 'readCatalogue');
    return c.json({ procedures: await readCatalogue(db, user.scope) });
  });

  app.get('/v1/activation-codes', async (c) => {
    const user = await needUser(c, parts, 'readCodes');
    const unit = await needUnit(parts, user.scope, c.req.query('unit') ?? user.unit.id);
    return c.json({ codes: await listCodes(db, user.scope, unit.id) });
  });

  app.get('/v1/devices', async (c) => {
    const user = await needUser(c, parts, 'readDevices');
    const unit = await needUnit(parts, user.scope, c.req.query('unit') ?? user.unit.id);
    const devices = await listDevices(db, user.scope, unit.id, (kind) => alarmText(c.var.words, kind));
    return c.json({ devices });
  });

  app.get('/v1/indicators', async (c) => {
    const user = await needReader(c, parts, 'readFigures');
    const unit = c.req.query('unit') ?? user.unit.id;
    const period = parsePeriod(c.req.query('period') ?? '');
    if (period === null) throw refuse(400, 'period', { field: 'period' });
    const figures = await readFigures(db, user.scope, { unit, period, now: clock() });
    if (figures === null) throw refuse(403, 'outOfScope', { field: 'unit' });
    const named =
      unit === UNASSIGNED ? { ...figures, unit: { id: unit, name: c.var.words('unassigned') } } : figures;
    return c.json(named, 200, { 'cache-control': 'no-store' });
  });
}

async function takeFile(
  c: HubContext,
  parts: Parts,
  kind: Exclude<ImportKind, 'tenants'>,
): Promise<Response> {
  needSameOrigin(c, parts);
  const user = await needUser(c, parts, kind === 'units' ? 'importUnits' : 'importCatalogue');
  needType(c, 'text/csv');
  const bytes = await readBytes(c, LARGEST_CSV);
  const isDryRun = c.req.query('dryRun') === '1';
  const { words } = c.var;
  const request = { kind, bytes, isDryRun, actor: user.id, words, now: parts.clock() };
  const report = await importFile(parts.db, request);
  return c.json(report, report.errors.length > 0 && !isDryRun ? 422 : 200);
}

function shown({ id, name, role, unit }: User) {
  return { id, name, role, unit };
}

function alarmText(words: HubWords, kind: string): string {
  const keys: Readonly<Record<string, HubKey>> = {
    fork: 'alarm.fork',
    chain: 'alarm.chain',
    foreignVoid: 'alarm.foreignVoid',
  };
  return words(keys[kind] ?? 'alarm.other');
}

async function note({ db }: Parts, user: User, action: string, object: string): Promise<void> {
  await db.tx({ role: 'admin' }, (query) => audit(query, db.province, { actor: user.id, action, object }));
}
