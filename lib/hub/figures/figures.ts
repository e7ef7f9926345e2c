/**
 * Figures for a unit and a period: flows from roll-ups, stock as of a day from open dossiers, and the proof of transport
 * and coverage beside them. Read with the `read` role in one snapshot; entries are never scanned (DESIGN §7).
 */
import { join } from 'node:path';
import { dayOf, instantOf } from '../../domain/dates.ts';
import { type FlowCount, type Measure, UNASSIGNED } from '../../domain/flows.ts';
import type { Period } from '../../domain/period.ts';
import type { Procedure } from '../../domain/procedure.ts';
import type { Unit } from '../../domain/unit.ts';
import type { DocumentRole } from '../../domain/vocabulary.ts';
import { type FeedbackCount, figuresOf } from '../../indicators/assemble.ts';
import type { Figures, StockCount } from '../../indicators/figures.ts';
import type { Transport } from '../../indicators/result.ts';
import type { Db, Query, Scope } from '../database/db.ts';
import { loadQueries } from '../database/queries.ts';

const sql = loadQueries(join(import.meta.dirname, 'figures.sql'), [
  'unit',
  'below',
  'flows',
  'stock',
  'documents',
  'feedback',
  'visits',
  'transport',
  'official',
  'catalogue',
  'units',
]);

/** The names under which a portal's own statistics give the dossiers received, best first. */
const OFFICIAL_RECEIVED = ['received', 'receivedTotal', 'total'] as const;

export interface FiguresRequest {
  /** A unit id, or {@link UNASSIGNED} for dossiers of no unit (province scope only). */
  readonly unit: string;
  readonly period: Period;
  /** Milliseconds. */
  readonly now: number;
}

/** The figures, or null when the scope does not see the unit. */
export async function readFigures(db: Db, scope: Scope, request: FiguresRequest): Promise<Figures | null> {
  return db.tx({ role: 'read', scope, snapshot: true }, async (query) => {
    const place = await placeOf(query, db.province, scope, request.unit);
    return place === null ? null : figuresAt(query, db.province, place, request);
  });
}

interface Place {
  readonly unit: { readonly id: string; readonly name: string };
  readonly units: readonly string[];
}

async function placeOf(query: Query, province: string, scope: Scope, id: string): Promise<Place | null> {
  if (id === UNASSIGNED) return scope === '*' ? { unit: { id, name: '' }, units: [id] } : null;
  const unit = (
    await query<{ id: string; name: string; parent: string | null }>(sql.unit, [province, id])
  )[0];
  if (!unit) return null;
  const below = await query<{ descendant: string }>(sql.below, [province, id]);
  const units = below.map((row) => row.descendant);
  if (unit.parent === null) units.push(UNASSIGNED);
  return { unit: { id: unit.id, name: unit.name }, units };
}

async function figuresAt(
  query: Query,
  province: string,
  { unit, units }: Place,
  { period, now }: FiguresRequest,
): Promise<Figures> {
  const today = dayOf(now);
  const asOfDay = [period.to, today].sort()[0]!;
  const span = [period.from, period.to] as const;
  const flows = await query<{ day: string; procedure: string; measure: Measure; n: number }>(sql.flows, [
    province,
    units,
    ...span,
  ]);
  const stock = (await query<StockCount>(sql.stock, [province, units, asOfDay]))[0]!;
  const documents = await query<{ role: DocumentRole; waiting: number; overdue: number }>(sql.documents, [
    province,
    units,
    today,
  ]);
  const feedback = await query<FeedbackCount>(sql.feedback, [province, units, ...span]);
  const visits = (await query<Figures['visits']>(sql.visits, [province, units, ...span]))[0]!;
  const startOfToday = new Date(instantOf(today)).toISOString();
  const transport = (await query<Transport>(sql.transport, [province, units, startOfToday]))[0]!;
  const official = (
    await query<{ figures: Record<string, number> }>(sql.official, [
      province,
      unit.id,
      ...span,
      OFFICIAL_RECEIVED,
    ])
  )[0];
  const counts = flows.map((flow): FlowCount => ({ ...flow, unit: unit.id }));
  return figuresOf({
    unit,
    period,
    asOf: now,
    flows: counts,
    stock,
    documents,
    feedback,
    visits,
    catalogue: await query<Procedure>(sql.catalogue, [province]),
    transport,
    coverage: {
      seen: counts.reduce((sum, flow) => sum + (flow.measure.startsWith('received:') ? flow.n : 0), 0),
      official: officialReceived(official?.figures),
    },
  });
}

function officialReceived(figures: Readonly<Record<string, number>> | undefined): number | null {
  const name = OFFICIAL_RECEIVED.find((one) => figures?.[one] !== undefined);
  return name === undefined ? null : figures![name]!;
}

/** Units the scope sees, by id. */
export async function readUnits(db: Db, scope: Scope): Promise<Unit[]> {
  return db.tx({ role: 'read', scope }, (query) => query<Unit>(sql.units, [db.province]));
}

/** The catalogue of procedures. */
export async function readCatalogue(db: Db, scope: Scope): Promise<Procedure[]> {
  return db.tx({ role: 'read', scope }, (query) => query<Procedure>(sql.catalogue, [db.province]));
}
