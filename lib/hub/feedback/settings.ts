/** What holds for the kiosks of a unit: questionnaire, out of service, thresholds; the nearest unit upward decides. */
import { DEFAULT_RULES, type FeedbackRules, rulesOf } from '../../domain/feedback-rules.ts';
import { readFeedbackRules } from '../../domain/feedback-rules-schema.ts';
import { questionnaireRef } from '../../domain/questionnaire.ts';
import { OWN_QUESTIONNAIRES, QUICK } from '../../domain/questionnaires.ts';
import type { InForce, KioskSettingView } from '../../indicators/kiosks.ts';
import type { Db, Query, Scope } from '../database/db.ts';
import { sql } from './queries.ts';
import { type OwnSetting, readTree, type SettingTree } from './tree.ts';
import { type Actor, noteChange, refused, type Saved } from './types.ts';

/** What a unit says from now on; an absent key stays as it is, null (of `rules`: an absent key) is inherited. */
interface WantedSetting {
  /** `id@version`; a shipped one is taken over into the hub's list. */
  readonly questionnaire?: string | null;
  readonly isOutOfService?: boolean | null;
  /** Replaces the unit's own thresholds as a whole. */
  readonly rules?: unknown;
}

/** What a unit says and what is in force there; null when the scope does not see it. */
export async function readKioskSetting(db: Db, scope: Scope, unit: string): Promise<KioskSettingView | null> {
  const { province } = db;
  const seen = await db.tx({ role: 'read', scope }, (query) => query(sql.visibleUnit, [province, unit]));
  if (seen.length === 0) return null;
  const tree = await db.tx({ role: 'admin' }, (query) => readTree(query, province));
  return viewOf(tree, unit);
}

/** Changes what a unit says. Devices hear it with their next configuration. */
export async function saveKioskSetting(
  db: Db,
  actor: Actor,
  unit: string,
  wanted: WantedSetting,
  now: number,
): Promise<Saved<KioskSettingView>> {
  const { province } = db;
  if ((await readKioskSetting(db, actor.scope, unit)) === null) return refused('outOfScope', 'unit');
  const rules = wanted.rules === undefined ? null : readFeedbackRules(wanted.rules);
  if (rules !== null && !rules.ok) {
    return refused('rulesInvalid', rules.field, { problem: rules.problem });
  }
  return db.tx({ role: 'admin' }, async (query): Promise<Saved<KioskSettingView>> => {
    const before = ownOf(await readTree(query, province), unit);
    const ref = wanted.questionnaire === undefined ? refOf(before) : wanted.questionnaire;
    const named = ref === null ? null : await takeQuestionnaire(query, province, ref, actor, now);
    if (ref !== null && named === null) return refused('questionnaireUnknown', 'questionnaire');
    const isOut = wanted.isOutOfService === undefined ? before.isOutOfService : wanted.isOutOfService;
    const own = rules === null ? before.rules : rules.rules;
    await query(sql.saveSetting, [
      ...[province, unit, named?.id ?? null, named?.version ?? null, isOut, JSON.stringify(own)],
    ]);
    const detail = { questionnaire: ref, isOutOfService: isOut, rules: own };
    await noteChange(query, province, { actor: actor.id, action: 'kioskSetting', object: unit, detail }, now);
    return { ok: true, value: viewOf(await readTree(query, province), unit) };
  });
}

/** The named version, in the hub's list from now on; null when there is none. */
async function takeQuestionnaire(query: Query, province: string, ref: string, actor: Actor, now: number) {
  const found = /^([A-Za-z][A-Za-z0-9-]{0,39})@(\d{1,6})$/.exec(ref);
  if (found === null) return null;
  const named = { id: found[1]!, version: Number(found[2]) };
  const own = OWN_QUESTIONNAIRES.find((one) => questionnaireRef(one) === ref);
  if (own !== undefined) {
    const time = new Date(now).toISOString();
    const body = JSON.stringify(own);
    await query(sql.addQuestionnaire, [province, own.id, own.version, body, actor.id, time]);
    return named;
  }
  const stored = await query(sql.questionnaire, [province, named.id, named.version]);
  return stored.length === 0 ? null : named;
}

function ownOf(tree: SettingTree, unit: string): OwnSetting {
  const nearest = tree.chainOf(unit)[0];
  const none = { unit, questionnaire: null, version: null, isOutOfService: null, rules: {} };
  return nearest?.unit === unit ? nearest : none;
}

function refOf({ questionnaire, version }: OwnSetting): string | null {
  return questionnaire === null ? null : `${questionnaire}@${version}`;
}

function viewOf(tree: SettingTree, unit: string): KioskSettingView {
  const chain = tree.chainOf(unit);
  const own = ownOf(tree, unit);
  const from = (one: OwnSetting | undefined) =>
    one === undefined ? null : { id: one.unit, name: tree.units.get(one.unit)?.name ?? '' };
  const asks = chain.find((one) => one.questionnaire !== null);
  const stops = chain.find((one) => one.isOutOfService !== null);
  const rules = rulesOf(chain.toReversed().map((one) => one.rules));
  const ruleOf = <Key extends keyof FeedbackRules>(key: Key): InForce<FeedbackRules[Key]> => ({
    value: rules[key],
    from: from(chain.find((one) => one.rules[key] !== undefined)),
  });
  return {
    unit,
    unitName: tree.units.get(unit)?.name ?? '',
    own: { questionnaire: refOf(own), isOutOfService: own.isOutOfService, rules: own.rules },
    inForce: {
      questionnaire: {
        value: asks === undefined ? questionnaireRef(QUICK) : refOf(asks)!,
        from: from(asks),
      },
      isOutOfService: { value: stops?.isOutOfService ?? false, from: from(stops) },
      rules: Object.fromEntries(
        (Object.keys(DEFAULT_RULES) as (keyof FeedbackRules)[]).map((key) => [key, ruleOf(key)]),
      ) as KioskSettingView['inForce']['rules'],
    },
  };
}
