/**
 * Phản ánh, kiến nghị: registered with a number and a day to answer, handled by the unit, or one level up where they concern its
 * head. The list holds no personal data (the reading role cannot see any); name, phone and words are opened one by one, and
 * every opening is in the audit log. Nothing here knows of ratings.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { type ComplaintState, cleanComplaint, complaintDue } from '../../domain/complaint.ts';
import type { Day } from '../../domain/dates.ts';
import type { Db, Query, Scope } from '../database/db.ts';
import { audit } from '../people/people.ts';
import type { Secrets } from '../secrets.ts';
import { sql } from './queries.ts';

/** Signs of a number that is read out, copied by hand and typed: none looks like another. */
const SIGNS = 'ACDEFHJKMNPQRTUVWXY34679';
/** Slips handed out longer ago are not asked for any more. */
const SLIP_DAYS = 60;
const DAY = 86_400_000;

/** A complaint in the list. Days are local; instants ISO. */
export interface ComplaintRow {
  readonly id: string;
  readonly unit: string;
  readonly unitName: string;
  readonly aboutUnit: string;
  readonly aboutUnitName: string | null;
  readonly aboutHead: boolean;
  readonly counter: string | null;
  readonly counterName: string | null;
  readonly way: 'phone' | 'slip';
  readonly slip: string | null;
  readonly receivedAt: string;
  readonly due: Day;
  readonly state: ComplaintState;
  readonly answeredAt: string | null;
  readonly erasedAt: string | null;
}

/** What only those who handle it may read. */
export interface ComplaintWords {
  readonly name: string | null;
  readonly phone: string | null;
  readonly text: string | null;
  readonly answer: string | null;
  readonly consentVersion: number | null;
}

export interface NewComplaint {
  readonly id: string;
  readonly aboutUnit: string;
  readonly aboutHead: boolean;
  readonly counter: string | null;
  readonly way: 'phone' | 'slip';
  readonly slip: string | null;
  readonly received: Day;
  readonly consentVersion: number | null;
  readonly words: { readonly name: string; readonly phone: string; readonly text: string } | null;
}

/** The number of a complaint sent from a page: the same page id gives the same number, so a repeat adds nothing. */
export function complaintId(secrets: Secrets, link: string, pageId: string): string {
  return numbered(
    createHmac('sha256', secrets.hashing).update(`complaint\u0000${link}\u0000${pageId}`).digest(),
  );
}

/** A number for a complaint that came on paper. */
export function freshComplaintId(): string {
  return numbered(randomBytes(32));
}

function numbered(bytes: Uint8Array): string {
  const signs = Array.from(
    { length: 8 },
    (_, at) => SIGNS[(bytes[at * 2]! * 256 + bytes[at * 2 + 1]!) % SIGNS.length],
  );
  return `${signs.slice(0, 4).join('')}-${signs.slice(4).join('')}`;
}

/** Registers a complaint; answers its last day, or null when its slip is registered already. */
export async function addComplaint(
  query: Query,
  province: string,
  wanted: NewComplaint,
): Promise<Day | null> {
  const { id, aboutUnit, aboutHead, counter, way, slip, received, consentVersion } = wanted;
  const unit = aboutHead ? await unitAbove(query, province, aboutUnit) : aboutUnit;
  const words = wanted.words === null ? null : cleanComplaint(wanted.words);
  const due = complaintDue(received);
  const added = await query(sql.addComplaint, [
    ...[province, id, unit, aboutUnit, aboutHead, counter, way, slip, `${received}T00:00:00+07:00`, due],
    ...[consentVersion, words?.name || null, words?.phone || null, words?.text || null],
  ]);
  if (added.length > 0) return due;
  return (await query<{ due: Day }>(sql.dueOf, [province, id]))[0]?.due ?? null;
}

/** The unit above, or the unit itself at the top of the tree. */
async function unitAbove(query: Query, province: string, unit: string): Promise<string> {
  return (await query<{ parent: string | null }>(sql.parentOf, [province, unit]))[0]?.parent ?? unit;
}

/** Complaints to be handled in a unit and below: open ones first, the earliest day first. At most 500. */
export function listComplaints(db: Db, scope: Scope, unit: string): Promise<ComplaintRow[]> {
  return db.tx({ role: 'read', scope }, (query) =>
    query<ComplaintRow>(sql.listComplaints, [db.province, unit]),
  );
}

/** Slips that were handed out in a unit and below and are not registered yet. */
export function openSlips(
  db: Db,
  unit: string,
  now: number,
): Promise<{ number: string; day: Day; unit: string; unitName: string }[]> {
  const since = new Date(now - SLIP_DAYS * DAY).toISOString();
  return db.tx({ role: 'ingest' }, (query) => query(sql.handedSlips, [db.province, unit, since]));
}

/** Opens one complaint; null when the scope does not see it. The opening is in the audit log, without any of its words. */
export async function openComplaint(
  db: Db,
  scope: Scope,
  id: string,
  actor: string,
): Promise<ComplaintWords | null> {
  if (!(await isVisible(db, scope, id))) return null;
  return db.tx({ role: 'admin' }, async (query) => {
    const rows = await query<ComplaintWords>(sql.personalOf, [db.province, id]);
    await audit(query, db.province, { actor, action: 'openComplaint', object: id });
    return rows[0] ?? null;
  });
}

/** A change of a complaint: taken up, answered, passed to whom it belongs (both with words), erased for good. */
export type ComplaintChange =
  | { readonly act: 'work' }
  | { readonly act: 'answer' | 'passOn'; readonly answer: string }
  | { readonly act: 'erase' };

const MOVES = {
  work: { to: 'working', from: ['new'] },
  answer: { to: 'answered', from: ['new', 'working'] },
  passOn: { to: 'passedOn', from: ['new', 'working'] },
} as const satisfies Record<string, { to: ComplaintState; from: readonly ComplaintState[] }>;

/** Does it; `unknown` outside the scope, `state` when it is not (or no longer) possible. */
export async function changeComplaint(
  db: Db,
  scope: Scope,
  id: string,
  change: ComplaintChange,
  { actor, now }: { readonly actor: string; readonly now: number },
): Promise<'done' | 'unknown' | 'state'> {
  if (!(await isVisible(db, scope, id))) return 'unknown';
  const time = new Date(now).toISOString();
  return db.tx({ role: 'admin' }, async (query) => {
    const { province } = db;
    const done =
      change.act === 'erase'
        ? await query(sql.eraseComplaint, [province, id, time])
        : await query(sql.moveComplaint, [
            ...[province, id, MOVES[change.act].to, 'answer' in change ? change.answer : null],
            ...[change.act === 'work' ? null : time, MOVES[change.act].from],
          ]);
    if (done.length === 0) return 'state';
    await audit(query, province, { actor, action: `${change.act}Complaint`, object: id });
    return 'done';
  });
}

async function isVisible(db: Db, scope: Scope, id: string): Promise<boolean> {
  const seen = await db.tx({ role: 'read', scope }, (query) =>
    query(sql.visibleComplaint, [db.province, id]),
  );
  return seen.length > 0;
}
