/**
 * The unit tree (đơn vị) with validity dates: arbitrary depth, districts ended 2025-06-30 (domain §7).
 */
import { agencyCode } from './codes.ts';
import type { Day } from './dates.ts';
import { UNASSIGNED } from './flows.ts';
import type { DossierRow } from './merge.ts';
import { fold } from './vocabulary.ts';

/** One unit. `agencyCodes` are left-to-right codes (`H41.17.3`) it has answered to; `aliases` other printed names. */
export interface Unit {
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
  readonly kind: 'province' | 'agency' | 'commune' | 'centre' | 'other';
  readonly agencyCodes: readonly string[];
  readonly aliases: readonly string[];
  readonly validFrom: Day | null;
  readonly validTo: Day | null;
}

/** Answers which unit a dossier belongs to; build once per unit list with {@link unitFinder}. */
export type UnitFinder = (row: Pick<DossierRow, 'facts' | 'receiver'>) => string;

/**
 * Makes the answer to "whose is it?": the agency printed on the page, else the unit that received it by the code,
 * trying ever shorter prefixes of the agency code, else {@link UNASSIGNED}. Never the device's unit.
 */
export function unitFinder(units: readonly Unit[]): UnitFinder {
  const byName = new Map<string, string>();
  const byCode = new Map<string, string>();
  for (const unit of units) {
    for (const name of [unit.name, ...unit.aliases]) byName.set(fold(name), unit.id);
    for (const code of unit.agencyCodes) byCode.set(agencyCode(code), unit.id);
  }
  return ({ facts, receiver }) => {
    const named = facts.agency === undefined ? undefined : byName.get(fold(facts.agency));
    if (named !== undefined) return named;
    for (let code = receiver ?? ''; code !== ''; code = code.slice(0, Math.max(0, code.lastIndexOf('.')))) {
      const found = byCode.get(code);
      if (found !== undefined) return found;
    }
    return UNASSIGNED;
  };
}

/** Ids of `root` and everything below it, in tree order. */
export function subtree(units: readonly Unit[], root: string): string[] {
  const children = new Map<string, string[]>();
  for (const unit of units) {
    if (unit.parent !== null) children.set(unit.parent, [...(children.get(unit.parent) ?? []), unit.id]);
  }
  const found: string[] = [];
  const open = [root];
  while (open.length > 0) {
    const id = open.pop()!;
    found.push(id);
    open.push(...(children.get(id) ?? []).reverse());
  }
  return found;
}
