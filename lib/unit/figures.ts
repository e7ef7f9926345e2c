/** Figures of the unit page: the same assembly as the hub's (lib/indicators/assemble.ts), fed from Dexie. */
import { type Day, dayOf } from '../domain/dates.ts';
import { type FlowCount, stockOf, UNASSIGNED } from '../domain/flows.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { subtree, type Unit, unitFinder } from '../domain/unit.ts';
import { documentCounts, figuresOf } from '../indicators/assemble.ts';
import type { DocumentCount, Figures, StockCount } from '../indicators/figures.ts';
import type { Coverage, Transport } from '../indicators/result.ts';
import { closeRatings } from './feedback.ts';
import { closedIn, levelsIn } from './feedback-figures.ts';
import { entryOf, isActive, voidTargets } from './project.ts';
import type { UnitStore } from './store.ts';
import { unitError } from './types.ts';

export interface FiguresRequest {
  readonly unit: Pick<Unit, 'id' | 'name'>;
  readonly units: readonly Unit[];
  readonly own: Unit;
  readonly periodId: string;
  readonly transport: Transport;
  /** Milliseconds. */
  readonly now: number;
}

/** The figures of a unit (with everything below it) and a period, as of `now`. @throws UnitError unknownPeriod */
export async function figuresFrom(db: UnitStore, request: FiguresRequest): Promise<Figures> {
  const period = parsePeriod(request.periodId);
  if (!period) throw unitError('unknownPeriod', 'no such period');
  const { unit, units, own, transport, now } = request;
  const ids = new Set(unit.id === UNASSIGNED ? [UNASSIGNED] : subtree(units, unit.id));
  const isRoot = units.find((one) => one.id === unit.id)?.parent === null;
  // As at the hub: what nobody could assign belongs to the root the devices stand under, and is listed apart as well.
  if (isRoot && ids.has(own.id)) ids.add(UNASSIGNED);
  const today = dayOf(now);
  await closeRatings(db, own.id, now);
  return db.transaction('r', db.tables, async () => {
    const flows = await flowsIn(db, ids, period);
    const hasOwn = ids.has(own.id);
    const { groups, spans } = hasOwn ? await closedIn(db, period) : { groups: [], spans: [] };
    const shown = groups.filter((group) => !group.isFlagged);
    return figuresOf({
      unit: { id: unit.id, name: unit.name },
      period,
      asOf: now,
      flows,
      stock: await stockOn(db, ids, earlier(period.to, today)),
      documents: hasOwn ? await documentsOn(db, now) : [],
      feedback: levelsIn(groups),
      visits: {
        completed: shown.reduce((sum, one) => sum + one.n, 0),
        abandoned: spans.reduce((sum, one) => sum + one.abandoned, 0),
      },
      catalogue: await db.procedures.toArray(),
      transport,
      coverage: await coverageIn(db, request, period, flows),
    });
  });
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

function flowsIn(db: UnitStore, ids: ReadonlySet<string>, { from, to }: Period): Promise<FlowCount[]> {
  return db.rollup
    .where('day')
    .between(from, to, true, true)
    .filter((flow) => ids.has(flow.unit))
    .toArray();
}

async function stockOn(db: UnitStore, ids: ReadonlySet<string>, day: Day): Promise<StockCount> {
  const stock = { inTime: 0, overdue: 0, noDue: 0, unknownDue: 0 };
  await db.dossiers
    .where('finishDay')
    .above(day)
    .each(({ unit, row }) => {
      const standing = ids.has(unit) ? stockOf(row, day) : null;
      if (standing !== null) stock[standing] += 1;
    });
  return stock;
}

async function documentsOn(db: UnitStore, now: number): Promise<DocumentCount[]> {
  const documents = await db.documents.toArray();
  return documentCounts(
    documents.map((one) => one.row),
    now,
  );
}

/** The names under which a portal's own statistics give the dossiers received, best first; the same as the hub's. */
const OFFICIAL_RECEIVED = ['received', 'receivedTotal', 'total'] as const;

/** Dossiers seen against the portal's own total for exactly this unit and period; of several the latest counts. */
async function coverageIn(
  db: UnitStore,
  { unit, units, own }: FiguresRequest,
  { from, to }: Period,
  flows: readonly FlowCount[],
): Promise<Coverage> {
  const seen = flows.reduce((sum, { measure, n }) => sum + (measure.startsWith('received:') ? n : 0), 0);
  const voids = await voidTargets(db);
  const unitOf = totalUnit(units, own);
  const lines = await db.lines.where('[kind+day]').equals(['officialTotal', from]).toArray();
  let latest: { at: number; figures: Readonly<Record<string, number>> } | null = null;
  for (const line of lines) {
    const entry = isActive(line, voids) ? entryOf(line) : null;
    if (entry?.kind !== 'officialTotal' || entry.body.to !== to || unitOf(entry.body.unit) !== unit.id)
      continue;
    if (!OFFICIAL_RECEIVED.some((one) => entry.body.figures[one] !== undefined)) continue;
    const at = Date.parse(entry.at) + (entry.offset ?? 0);
    if (latest === null || at > latest.at) latest = { at, figures: entry.body.figures };
  }
  const name = OFFICIAL_RECEIVED.find((one) => latest?.figures[one] !== undefined);
  return { seen, official: name === undefined ? null : latest!.figures[name]! };
}

/** Which unit an official total is of: a unit's id or printed name, the own unit where none is named; a strange name is nobody's. */
function totalUnit(units: readonly Unit[], own: Unit): (named: string | undefined) => string {
  const ids = new Set(units.map((unit) => unit.id));
  const find = unitFinder(units);
  return (named) => {
    if (named === undefined || ids.has(named)) return named ?? own.id;
    const found = find({ facts: { agency: named }, receiver: null, codeDay: null });
    return ids.has(found) ? found : UNASSIGNED;
  };
}
