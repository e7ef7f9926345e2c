/**
 * The unit tree (đơn vị) with validity dates: arbitrary depth, districts ended 2025-06-30 (domain §7).
 */
import { agencyCode } from './codes.ts';
import { type Day, dayPart } from './dates.ts';
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
export type UnitFinder = (row: Pick<DossierRow, 'facts' | 'receiver' | 'codeDay'>) => string;

/**
 * Makes the answer to "whose is it?": the agency printed on the page, else the unit that received it by the code,
 * trying ever shorter prefixes of the agency code, else {@link UNASSIGNED}. Never the device's unit. Where several units
 * have answered to a name or code, the one valid on the day of the dossier's code, else of its receiving, is meant;
 * without such a day or unit the latest.
 */
export function unitFinder(units: readonly Unit[]): UnitFinder {
  const byName = new Map<string, Unit[]>();
  const byCode = new Map<string, Unit[]>();
  const add = (map: Map<string, Unit[]>, name: string, unit: Unit) =>
    map.set(name, [...(map.get(name) ?? []), unit]);
  const byShortName = new Map<string, Unit[]>();
  const inOrder = [...units].sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1));
  for (const unit of inOrder) {
    for (const name of new Set([unit.name, ...unit.aliases].map(fold))) {
      add(byName, name, unit);
      if (name.length > SHORT) add(byShortName, cut(name), unit);
    }
    for (const code of new Set(unit.agencyCodes.map(agencyCode))) add(byCode, code, unit);
  }
  return ({ facts, receiver, codeDay }) => {
    const day = codeDay ?? (facts.received === undefined ? null : dayPart(facts.received));
    const meant = (all: readonly Unit[] | undefined) =>
      (day === null ? undefined : all?.findLast((unit) => isValidOn(unit, day))) ?? all?.at(-1);
    const name = fold(facts.agency ?? '');
    const long = byShortName.get(name);
    const isSure = new Set(long?.map((unit) => unit.id)).size === 1;
    const named =
      facts.agency === undefined ? undefined : meant(byName.get(name) ?? (isSure ? long : undefined));
    if (named) return named.id;
    for (let code = receiver ?? ''; code !== ''; code = code.slice(0, Math.max(0, code.lastIndexOf('.')))) {
      const found = meant(byCode.get(code));
      if (found) return found.id;
    }
    return UNASSIGNED;
  };
}

/** Room for a unit's name in an entry of official totals. */
const SHORT = 64;
const cut = (name: string) => name.slice(0, SHORT).trimEnd();

/**
 * A unit's printed name at a length an entry can hold (64). A longer one is folded and cut; {@link unitFinder} knows a
 * cut name again where only one unit can be meant.
 */
export function shortUnit(name: string): string {
  const printed = name.normalize('NFC').trim();
  return printed.length <= SHORT ? printed : cut(fold(printed));
}

function isValidOn(unit: Unit, day: Day): boolean {
  return (unit.validFrom ?? '') <= day && day <= (unit.validTo ?? '9');
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
