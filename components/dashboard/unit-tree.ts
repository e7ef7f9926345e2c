/** The unit tree as rows to show: opened branches, or what a search finds with its path. */
import type { Unit } from '../../lib/domain/unit.ts';
import { fold } from '../../lib/domain/vocabulary.ts';

export interface TreeRow {
  readonly unit: Unit;
  /** 1 at the root. */
  readonly level: number;
  readonly hasChildren: boolean;
  readonly isOpen: boolean;
  /** Names from the root down to the parent; shown with search results. */
  readonly path: string;
}

export interface UnitTree {
  readonly roots: readonly Unit[];
  readonly children: ReadonlyMap<string, readonly Unit[]>;
  readonly byId: ReadonlyMap<string, Unit>;
}

/** The tree of a list; a unit whose parent is not in the list is a root (a subtree was asked for). */
export function treeOf(units: readonly Unit[]): UnitTree {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const children = new Map<string, Unit[]>();
  const roots: Unit[] = [];
  for (const unit of units) {
    if (unit.parent === null || !byId.has(unit.parent)) roots.push(unit);
    else children.set(unit.parent, [...(children.get(unit.parent) ?? []), unit]);
  }
  return { roots, children, byId };
}

/** Units above `id`, the root first. */
export function ancestorsOf(tree: UnitTree, id: string): Unit[] {
  const found: Unit[] = [];
  let unit = tree.byId.get(id);
  while (unit?.parent) {
    unit = tree.byId.get(unit.parent);
    if (!unit || found.includes(unit)) break;
    found.unshift(unit);
  }
  return found;
}

/** Rows of the opened branches, in tree order. */
export function openRows(tree: UnitTree, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (unit: Unit, level: number) => {
    const below = tree.children.get(unit.id) ?? [];
    const isOpen = below.length > 0 && open.has(unit.id);
    rows.push({ unit, level, hasChildren: below.length > 0, isOpen, path: '' });
    if (isOpen) for (const child of below) visit(child, level + 1);
  };
  for (const root of tree.roots) visit(root, 1);
  return rows;
}

const MOST = 100;

/** Units whose name, alias, id or agency code holds the query, without regard to case and diacritics; ended ones last; at most 100. */
export function searchRows(tree: UnitTree, query: string): TreeRow[] {
  const wanted = fold(query);
  const hits: { row: TreeRow; rank: number }[] = [];
  for (const unit of tree.byId.values()) {
    const name = fold(unit.name);
    const others = [...unit.aliases, unit.id, ...unit.agencyCodes].map(fold);
    const isNamed = name.includes(wanted);
    if (!isNamed && !others.some((text) => text.includes(wanted))) continue;
    const path = ancestorsOf(tree, unit.id)
      .map((one) => one.name)
      .join(' › ');
    const ended = unit.validTo === null ? 0 : 3;
    const match = !isNamed ? 2 : new RegExp(`(^| )${literally(wanted)}( |$)`).test(name) ? 0 : 1;
    hits.push({ row: { unit, level: 1, hasChildren: false, isOpen: false, path }, rank: ended + match });
  }
  return hits
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ row }) => row);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
