/** Questionnaires as data: a version, once stored, never changes, because answers name it. */
import { isDeepStrictEqual } from 'node:util';
import { type Questionnaire, questionnaireRef } from '../../domain/questionnaire.ts';
import { readQuestionnaire } from '../../domain/questionnaire-schema.ts';
import { OWN_QUESTIONNAIRES } from '../../domain/questionnaires.ts';
import type { QuestionnaireView } from '../../indicators/kiosks.ts';
import type { Db, Scope } from '../database/db.ts';
import { audit } from '../people/people.ts';
import { sql } from './queries.ts';
import type { OwnSetting } from './tree.ts';
import { type Actor, refused, type Saved } from './types.ts';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly body: unknown;
  readonly madeAt: string;
}

/** Every version: those that come with the product, then the hub's own, newest first. */
export async function listQuestionnaires(db: Db, scope: Scope): Promise<QuestionnaireView[]> {
  return db.tx({ role: 'read', scope, snapshot: true }, async (query) => {
    const rows = await query<Row>(sql.questionnaires, [db.province]);
    const settings = await query<OwnSetting>(sql.settings, [db.province]);
    const unitsOf = (ref: string) =>
      settings.filter((one) => `${one.questionnaire}@${one.version}` === ref).map((one) => one.unit);
    const shipped = OWN_QUESTIONNAIRES.map((questionnaire): QuestionnaireView => {
      const ref = questionnaireRef(questionnaire);
      return { ref, origin: 'shipped', questionnaire, madeAt: null, units: unitsOf(ref) };
    });
    const known = new Set(shipped.map((one) => one.ref));
    const own = rows.flatMap(({ body, madeAt }): QuestionnaireView[] => {
      const read = readQuestionnaire(body);
      if (!read.ok || known.has(questionnaireRef(read.questionnaire))) return [];
      const ref = questionnaireRef(read.questionnaire);
      return [{ ref, origin: 'hub', questionnaire: read.questionnaire, madeAt, units: unitsOf(ref) }];
    });
    return [...shipped, ...own];
  });
}

/**
 * Stores a version. The same content again is a repeat; other content under a known version, or under the id of one that
 * comes with the product, is refused.
 */
export async function saveQuestionnaire(
  db: Db,
  actor: Actor,
  raw: unknown,
  now: number,
): Promise<Saved<{ readonly ref: string; readonly isNew: boolean }>> {
  const read = readQuestionnaire(raw);
  if (!read.ok) return refused('questionnaireInvalid', read.field, { problem: read.problem });
  const { questionnaire } = read;
  const ref = questionnaireRef(questionnaire);
  const shipped = OWN_QUESTIONNAIRES.find((one) => questionnaireRef(one) === ref);
  if (shipped !== undefined && !isSame(shipped, questionnaire))
    return refused('questionnaireVersion', 'version', { ref });
  return db.tx({ role: 'admin' }, async (query): Promise<Saved<{ ref: string; isNew: boolean }>> => {
    const { province } = db;
    const { id, version } = questionnaire;
    const values = [province, id, version, JSON.stringify(questionnaire), actor.id];
    const added = await query(sql.addQuestionnaire, [...values, new Date(now).toISOString()]);
    if (added.length === 0) {
      const stored = await query<{ body: unknown }>(sql.questionnaire, [province, id, version]);
      if (!isSame(stored[0]?.body, questionnaire)) return refused('questionnaireVersion', 'version', { ref });
      return { ok: true, value: { ref, isNew: false } };
    }
    await audit(query, province, { actor: actor.id, action: 'questionnaire', object: ref });
    return { ok: true, value: { ref, isNew: true } };
  });
}

function isSame(stored: unknown, questionnaire: Questionnaire): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(stored)), JSON.parse(JSON.stringify(questionnaire)));
}
