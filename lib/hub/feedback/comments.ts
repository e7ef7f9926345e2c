/**
 * Comments: erasable words apart from the entries, which hold a salted hash only. Who reads them reads those of released
 * visits (the database role sees no other); their text stands in no log, no error and no audit line.
 */
import { createHash } from 'node:crypto';
import type { CommentsRequest } from '../../batch/index.ts';
import type { Db } from '../database/db.ts';
import { audit } from '../people/people.ts';
import { sql } from './queries.ts';
import type { Actor } from './types.ts';

/**
 * Keeps the comments whose hash is right and returns the hashes a device may forget: those kept now or earlier, erased ones
 * too (they stay erased). Only the day of arrival is kept: no comment says when its writer stood there.
 */
export async function keepComments(
  db: Db,
  comments: CommentsRequest['comments'],
  today: string,
): Promise<string[]> {
  const right = comments.flatMap(({ hash, salt, text }) => {
    const bytes = Buffer.from(salt, 'base64url');
    const words = text.normalize('NFC');
    const isRight = createHash('sha256').update(bytes).update(words, 'utf8').digest('hex') === hash;
    return isRight ? [{ hash, salt: bytes, words }] : [];
  });
  if (right.length === 0) return [];
  await db.tx({ role: 'ingest' }, (query) =>
    query(sql.addComments, [
      ...[db.province, `${today}T00:00:00+07:00`, right.map((one) => one.hash)],
      ...[right.map((one) => one.salt), right.map((one) => one.words)],
    ]),
  );
  return right.map((one) => one.hash);
}

/**
 * Erases the words of a comment the actor may read; it cannot be brought back, and the same words sent again stay erased.
 * False when there is no such comment in sight. Twice is the same as once.
 */
export async function eraseComment(db: Db, actor: Actor, hash: string, now: number): Promise<boolean> {
  const { province } = db;
  const seen = await db.tx({ role: 'read', scope: actor.scope }, (query) =>
    query(sql.visibleComment, [province, hash]),
  );
  if (seen.length === 0) return false;
  await db.tx({ role: 'admin' }, async (query) => {
    const erased = await query(sql.eraseComment, [province, hash, new Date(now).toISOString(), actor.id]);
    if (erased.length > 0)
      await audit(query, province, { actor: actor.id, action: 'eraseComment', object: hash });
  });
  return true;
}
