/**
 * An answer given on a citizen's own phone or in a widget becomes a visit of the device `@phone` or `@widget`. Its seq is drawn
 * from the page's random id by the hub's secret: the same answer sent again is the same row, and no order of arrival is kept.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { dayOf, localTimeOf } from '../../domain/dates.ts';
import { type FeedbackRules, rulesOf } from '../../domain/feedback-rules.ts';
import { cleanText } from '../../domain/free-text.ts';
import { answerFault, PHONE_COMMENT, type PublicAnswer } from '../../domain/public-form.ts';
import type { Questionnaire } from '../../domain/questionnaire.ts';
import { readQuestionnaire } from '../../domain/questionnaire-schema.ts';
import { OWN_QUESTIONNAIRES, QUICK } from '../../domain/questionnaires.ts';
import type { Db, Query } from '../database/db.ts';
import type { Secrets } from '../secrets.ts';
import { type Link, stateOf } from './links.ts';
import { sql } from './queries.ts';

/** More answers in a quarter-hour than people are served: kept, shown apart. */
const PHONE_BURST = 'phoneBurst';

/** What became of an answer; `fault` names the field that does not fit its questionnaire. */
export type Kept =
  | { readonly ok: true; readonly isRepeat: boolean }
  | { readonly ok: false; readonly state: 'used' | 'expired' | 'revoked' }
  | { readonly ok: false; readonly fault: 'questionnaire' | 'answers' | 'reasons' | 'comment' };

/** The questionnaire that holds for a unit: of the nearest unit upward that names one, else the shipped quick one. */
export async function questionnaireOf(query: Query, province: string, unit: string): Promise<Questionnaire> {
  const rows = await query<{ body: unknown }>(sql.inForce, [province, unit]);
  const read = rows[0] === undefined ? null : readQuestionnaire(rows[0].body);
  return read?.ok ? read.questionnaire : QUICK;
}

/** Any version that was ever in use: a page opened before a change still hands in what it asked. */
async function questionnaireByRef(query: Query, province: string, ref: string) {
  const [id = '', version = ''] = ref.split('@');
  const own = OWN_QUESTIONNAIRES.find((one) => one.id === id && String(one.version) === version);
  const rows = await query<{ body: unknown }>(sql.questionnaireByRef, [province, id, Number(version)]);
  const read = rows[0] === undefined ? null : readQuestionnaire(rows[0].body);
  return read?.ok ? read.questionnaire : (own ?? null);
}

/**
 * Keeps one answer in a transaction. `crowd`: how many came by this code, or from this address for this unit, in the running
 * quarter-hour, this one counted; past the unit's rule the answer is kept with a flag.
 */
export function keepAnswer(
  db: Db,
  secrets: Secrets,
  link: Link,
  answer: PublicAnswer,
  { crowd, now }: { readonly crowd: number; readonly now: number },
): Promise<Kept> {
  const { province } = db;
  const source = link.kind === 'widget' ? 'widget' : 'phone';
  const seq = seqOf(secrets, link.id, answer.id);
  return db.tx({ role: 'ingest' }, async (query): Promise<Kept> => {
    const used = (await query<{ used: number }>(sql.lockLink, [province, link.id]))[0]?.used ?? 0;
    if ((await query(sql.hasVisit, [province, `@${source}`, seq])).length > 0)
      return { ok: true, isRepeat: true };
    const state = stateOf({ ...link, used }, now);
    if (state !== 'open') return { ok: false, state: state === 'unknown' ? 'revoked' : state };
    const questionnaire = await questionnaireByRef(query, province, answer.questionnaire);
    if (questionnaire === null) return { ok: false, fault: 'questionnaire' };
    const comment = cleanText(answer.comment, PHONE_COMMENT);
    const fault = answerFault(questionnaire, { ...answer, comment });
    if (fault !== null) return { ok: false, fault };
    const rules = await rulesFor(query, province, link.unit);
    const hash = comment === '' ? null : await keepComment(query, province, comment, now);
    const minute = localTimeOf(now);
    const quarter = Number(minute.slice(11, 13)) * 4 + Math.floor(Number(minute.slice(14, 16)) / 15);
    await query(sql.addVisit, [
      ...[province, `@${source}`, seq, link.unit, link.counter, source, dayOf(now), quarter],
      ...[answer.questionnaire, answer.language, JSON.stringify(answer.answers), answer.reasons, hash],
      crowd > rules.phoneBurst.perQuarter ? [PHONE_BURST] : [],
    ]);
    await query(sql.useLink, [province, link.id]);
    return { ok: true, isRepeat: false };
  });
}

async function rulesFor(query: Query, province: string, unit: string): Promise<FeedbackRules> {
  const rows = await query<{ rules: Partial<FeedbackRules> }>(sql.rulesUp, [province, unit]);
  return rulesOf(rows.map(({ rules }) => rules));
}

async function keepComment(query: Query, province: string, text: string, now: number): Promise<string> {
  const salt = randomBytes(16);
  const hash = createHash('sha256').update(salt).update(text).digest('hex');
  // The day only: a comment must not say when its writer stood there.
  const day = `${dayOf(now)}T00:00:00+07:00`;
  await query(sql.addComment, [province, hash, salt, text, day]);
  return hash;
}

/** 52 bits: enough that two answers of a province never meet, and a whole number for JavaScript. */
function seqOf(secrets: Secrets, link: string, id: string): number {
  const bytes = createHmac('sha256', secrets.hashing).update(`visit\u0000${link}\u0000${id}`).digest();
  return Number(bytes.readBigUInt64BE() >> 12n) + 1;
}
