/** What the configuration of a kiosk says beside what all devices share: read once per version, cut to the unit. */
import type { ClipRef, DeviceConfig } from '../../batch/index.ts';
import { rulesOf } from '../../domain/feedback-rules.ts';
import { readQuestionnaire } from '../../domain/questionnaire-schema.ts';
import { QUICK } from '../../domain/questionnaires.ts';
import type { Query } from '../database/db.ts';
import { sql } from './queries.ts';
import { readTree, type SettingTree } from './tree.ts';

type KioskPart = Pick<DeviceConfig, 'questionnaire' | 'counters' | 'kiosk' | 'clips'>;

/** Everything kiosks are told, as of one version of the configuration. */
export interface KioskBase {
  readonly tree: SettingTree;
  readonly questionnaires: ReadonlyMap<string, unknown>;
  readonly counters: readonly { readonly id: string; readonly unit: string; readonly name: string }[];
  readonly clips: readonly ClipRef[];
}

/** Reads it (role ingest). */
export async function readKioskBase(query: Query, province: string): Promise<KioskBase> {
  const rows = await query<{ id: string; version: number; body: unknown }>(sql.questionnaires, [province]);
  return {
    tree: await readTree(query, province),
    questionnaires: new Map(rows.map(({ id, version, body }) => [`${id}@${version}`, body])),
    counters: await query(sql.counters, [province]),
    clips: await query<ClipRef>(sql.sharedClips, [province]),
  };
}

/** The part of the kiosks of one unit. `phoneUrl`: where the code beside the thanks leads, null = no code. */
export function kioskPartOf(base: KioskBase, unit: string, phoneUrl: string | null): KioskPart {
  const chain = base.tree.chainOf(unit);
  const asks = chain.find((one) => one.questionnaire !== null);
  const stored = asks && base.questionnaires.get(`${asks.questionnaire}@${asks.version}`);
  const read = stored === undefined ? null : readQuestionnaire(stored);
  const { idleSeconds } = rulesOf(chain.toReversed().map((one) => one.rules));
  return {
    questionnaire: read?.ok ? read.questionnaire : QUICK,
    counters: base.counters.filter((one) => one.unit === unit).map(({ id, name }) => ({ id, name })),
    kiosk: {
      isOutOfService: chain.find((one) => one.isOutOfService !== null)?.isOutOfService ?? false,
      ...(idleSeconds === null ? {} : { idleSeconds }),
      ...(phoneUrl === null ? {} : { phoneUrl }),
    },
    clips: [...base.clips],
  };
}
