/** What units say about their kiosks, and what is inherited down the tree. */
import { type FeedbackRules, rulesOf } from '../../domain/feedback-rules.ts';
import type { Query } from '../database/db.ts';
import { sql } from './queries.ts';

/** What one unit says itself; null or absent = inherited. */
export interface OwnSetting {
  readonly unit: string;
  readonly questionnaire: string | null;
  readonly version: number | null;
  readonly isOutOfService: boolean | null;
  readonly rules: Partial<FeedbackRules>;
}

interface UnitRow {
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
}

/** The settings of a unit and of all above it, the nearest first. */
export interface SettingTree {
  readonly units: ReadonlyMap<string, UnitRow>;
  chainOf(unit: string): readonly OwnSetting[];
}

/** Reads the tree; roles that see all units of the province (ingest, admin). */
export async function readTree(query: Query, province: string): Promise<SettingTree> {
  const units = new Map((await query<UnitRow>(sql.units, [province])).map((one) => [one.id, one]));
  const settings = new Map((await query<OwnSetting>(sql.settings, [province])).map((one) => [one.unit, one]));
  return {
    units,
    chainOf: (unit) => {
      const chain: OwnSetting[] = [];
      const seen = new Set<string>();
      for (let at = units.get(unit); at !== undefined && !seen.has(at.id); ) {
        seen.add(at.id);
        const own = settings.get(at.id);
        if (own !== undefined) chain.push(own);
        at = at.parent === null ? undefined : units.get(at.parent);
      }
      return chain;
    },
  };
}

/** The thresholds that hold for each unit. */
export async function readRules(query: Query, province: string): Promise<(unit: string) => FeedbackRules> {
  const tree = await readTree(query, province);
  const known = new Map<string, FeedbackRules>();
  return (unit) => {
    const found =
      known.get(unit) ??
      rulesOf(
        tree
          .chainOf(unit)
          .toReversed()
          .map((one) => one.rules),
      );
    known.set(unit, found);
    return found;
  };
}
