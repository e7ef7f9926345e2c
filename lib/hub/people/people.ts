/** People, sessions and read tokens. A session id and a token are shown once; the database holds hashes only. */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Db, Query } from '../database/db.ts';
import { loadQueries } from '../database/queries.ts';
import { keyedHash, type Secrets } from '../secrets.ts';
import type { PersonRole, User } from './access.ts';
import { hashPassword, isPassword } from './password.ts';

const sql = loadQueries(join(import.meta.dirname, 'people.sql'), [
  'addPerson',
  'personByName',
  'passwordOf',
  'addSession',
  'sessionUser',
  'touchSession',
  'endSession',
  'endOldSessions',
  'tokenUser',
  'addToken',
  'audit',
  'rootUnit',
  'unitExists',
]);

const IDLE = 30 * 60_000;
const WHOLE = 12 * 3_600_000;
const MINUTE = 60_000;

/** Writes one line of the append-only audit log, inside the caller's transaction. */
export async function audit(
  query: Query,
  province: string,
  line: { actor: string; action: string; object: string; detail?: Readonly<Record<string, unknown>> },
): Promise<void> {
  await query(sql.audit, [province, line.actor, line.action, line.object, JSON.stringify(line.detail ?? {})]);
}

export interface NewPerson {
  readonly name: string;
  readonly password: string;
  readonly role: PersonRole;
  /** Null = the root of the tree. */
  readonly unit: string | null;
}

/** Adds a person. Errors: the unit does not exist, or the name is taken (PostgreSQL 23505). */
export async function addPerson(db: Db, person: NewPerson, actor: string): Promise<string> {
  const password = await hashPassword(person.password);
  const id = `p${randomBytes(9).toString('base64url')}`;
  return db.tx({ role: 'admin' }, async (query) => {
    const unit = person.unit ?? (await query<{ id: string }>(sql.rootUnit, [db.province]))[0]?.id;
    if (unit === undefined || (await query(sql.unitExists, [db.province, unit])).length === 0) {
      throw new Error(`There is no unit "${unit}". Import the unit list first, or name a unit of it.`);
    }
    await query(sql.addPerson, [db.province, id, person.name, person.role, unit, password]);
    await audit(query, db.province, {
      actor,
      action: 'addPerson',
      object: id,
      detail: { role: person.role },
    });
    return id;
  });
}

/** Opens a session; null when name or password is wrong. */
export async function login(
  db: Db,
  name: string,
  password: string,
  now: number,
): Promise<{ id: string; user: User } | null> {
  const found = await db.tx({ role: 'admin' }, (query) =>
    query<{ id: string; password: string }>(sql.personByName, [db.province, name]),
  );
  const person = found[0];
  if (!(await isPassword(password, person?.password ?? null)) || !person) return null;
  const id = randomBytes(32).toString('base64url');
  const time = new Date(now).toISOString();
  await db.tx({ role: 'admin' }, async (query) => {
    await query(sql.endOldSessions, [db.province, iso(now - IDLE), iso(now - WHOLE)]);
    await query(sql.addSession, [db.province, sha256(id), person.id, time]);
    await audit(query, db.province, { actor: person.id, action: 'login', object: person.id });
  });
  const user = await sessionUser(db, id, now);
  return user === null ? null : { id, user };
}

/** Whether this is the password of a person who is signed in: asked again before what cannot be taken back. */
export async function isOwnPassword(db: Db, person: string, password: string): Promise<boolean> {
  const rows = await db.tx({ role: 'admin' }, (query) =>
    query<{ password: string }>(sql.passwordOf, [db.province, person]),
  );
  return isPassword(password, rows[0]?.password ?? null);
}

interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly role: PersonRole;
  readonly unitId: string;
  readonly unitName: string;
  readonly isRoot: boolean;
}

/** Who holds this session, or null when it ended: 30 minutes idle, 12 hours in all. */
export async function sessionUser(db: Db, id: string, now: number): Promise<User | null> {
  const hash = sha256(id);
  return db.tx({ role: 'admin' }, async (query) => {
    const rows = await query<UserRow & { createdAt: string; seenAt: string }>(sql.sessionUser, [
      db.province,
      hash,
    ]);
    const row = rows[0];
    if (!row) return null;
    const seen = Date.parse(row.seenAt);
    if (now - seen > IDLE || now - Date.parse(row.createdAt) > WHOLE) {
      await query(sql.endSession, [db.province, hash]);
      return null;
    }
    if (now - seen > MINUTE) await query(sql.touchSession, [db.province, hash, iso(now)]);
    return userOf(row);
  });
}

/** Ends a session; ending it twice is the same as once. */
export async function logout(db: Db, id: string): Promise<void> {
  await db.tx({ role: 'admin' }, (query) => query(sql.endSession, [db.province, sha256(id)]));
}

/** Makes a read token for the figures of a unit and below; returned once. `days` null = until revoked. */
export async function addToken(
  db: Db,
  secrets: Secrets,
  wanted: { name: string; unit: string | null; days: number | null },
  now: number,
): Promise<string> {
  const token = `nmcr_${randomBytes(24).toString('base64url')}`;
  const id = `t${randomBytes(6).toString('base64url')}`;
  const expires = wanted.days === null ? null : iso(now + wanted.days * 86_400_000);
  await db.tx({ role: 'admin' }, async (query) => {
    const unit = wanted.unit ?? (await query<{ id: string }>(sql.rootUnit, [db.province]))[0]?.id;
    if (unit === undefined || (await query(sql.unitExists, [db.province, unit])).length === 0) {
      throw new Error(`There is no unit "${unit}".`);
    }
    const hmac = keyedHash(secrets, 'token', token);
    await query(sql.addToken, [db.province, id, hmac, wanted.name, unit, iso(now), expires]);
    await audit(query, db.province, { actor: 'cli', action: 'addToken', object: id, detail: { unit } });
  });
  return token;
}

/** Whose read token this is, as an auditor of its unit; null when unknown, revoked or expired. */
export async function tokenUser(db: Db, secrets: Secrets, token: string, now: number): Promise<User | null> {
  const rows = await db.tx({ role: 'admin' }, (query) =>
    query<Omit<UserRow, 'role'>>(sql.tokenUser, [db.province, keyedHash(secrets, 'token', token), iso(now)]),
  );
  return rows[0] ? userOf({ ...rows[0], role: 'auditor' }) : null;
}

function userOf({ id, name, role, unitId, unitName, isRoot }: UserRow): User {
  return { id, name, role, unit: { id: unitId, name: unitName }, scope: isRoot ? '*' : unitId };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
