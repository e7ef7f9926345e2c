/**
 * From rows to counts. A flow is one dossier counted once under a measure, for a unit, a procedure and a day.
 * Roll-ups hold sums of flows and nothing that depends on "now" (DESIGN §7); stocks are computed as of a day.
 */
import { type Day, dayPart } from './dates.ts';
import { type DossierRow, finishDayOf, receivedDayOf, timelinessOf } from './merge.ts';
import { isFinished, isOutside, isUnfinished } from './vocabulary.ts';

/** What is counted; the part before the colon is the day's meaning (received or finished on that day). */
export const MEASURES = [
  'received:online',
  'received:counter',
  'received:post',
  'received:unknown',
  'digitised:yes',
  'digitised:no',
  'digitised:unknown',
  'payment:online',
  'payment:notOnline',
  'payment:unknownMeans',
  'payment:noFee',
  'payment:unknown',
  'finished:early',
  'finished:onTime',
  'finished:inTime',
  'finished:late',
  'finished:undecided',
  'result:yes',
  'result:no',
  'result:unknown',
  'withdrawn:all',
] as const;
export type Measure = (typeof MEASURES)[number];

/** One count of one dossier. `procedure` is '' when the page did not show it. */
export interface Flow {
  readonly unit: string;
  readonly day: Day;
  readonly procedure: string;
  readonly measure: Measure;
}

/** A sum of flows. */
export interface FlowCount extends Flow {
  readonly n: number;
}

/** The unit of dossiers nobody could assign: shown as such, never dropped (DESIGN §3, Whose). */
export const UNASSIGNED = 'unassigned';

/** The flows of one dossier. `unit` is the unit derived for it, see `lib/domain/units.ts`. */
export function flowsOf(row: DossierRow, unit: string): Flow[] {
  const { facts } = row;
  const procedure = facts.procedure ?? '';
  const flows: Flow[] = [];
  const add = (day: Day, measure: Measure) => flows.push({ unit, day, procedure, measure });
  const received = receivedDayOf(row);
  const outside = facts.status !== undefined && isOutside(facts.status);
  if (received !== null && !outside) {
    add(received, `received:${facts.channel ?? 'unknown'}`);
    add(received, `digitised:${threeWay(facts.digitised)}`);
    add(received, paymentMeasure(row));
  }
  const finished = finishDayOf(row);
  if (finished !== null) {
    add(finished, `finished:${timelinessOf(row)!}`);
    add(finished, `result:${threeWay(facts.resultFile)}`);
  }
  if (facts.status === 'withdrawn' && received !== null) add(received, 'withdrawn:all');
  return flows;
}

function threeWay(known: boolean | undefined): 'yes' | 'no' | 'unknown' {
  return known === undefined ? 'unknown' : known ? 'yes' : 'no';
}

function paymentMeasure({ facts }: DossierRow): Measure {
  switch (facts.paidBy) {
    case 'online':
      return 'payment:online';
    case 'transfer':
    case 'cash':
    case 'unpaid':
      return 'payment:notOnline';
    case 'unknownMeans':
      return 'payment:unknownMeans';
    default:
      return facts.fee === false
        ? 'payment:noFee'
        : facts.fee === true
          ? 'payment:unknownMeans'
          : 'payment:unknown';
  }
}

/** How an open dossier stands on a day. */
export type Stock = 'inTime' | 'overdue' | 'noDue' | 'unknownDue';

/**
 * Whether the dossier was open at the end of `asOf`, and how it stood; null when it was not open, or was never
 * received. A dossier finished later than `asOf` was still open then (Biểu 06 rule, host-pages-2 §6.2).
 */
export function stockOf(row: DossierRow, asOf: Day): Stock | null {
  const received = receivedDayOf(row);
  const { status, due } = row.facts;
  if (received === null || received > asOf || status === undefined) return null;
  if (!isUnfinished(status) && !isFinished(status)) return null;
  const finished = finishDayOf(row);
  if (finished !== null && finished <= asOf) return null;
  if (finished === null && isFinished(status)) return null;
  if (due === undefined) return 'unknownDue';
  if (due === null) return 'noDue';
  return dayPart(due) < asOf ? 'overdue' : 'inTime';
}

/** Adds flows up by unit, day, procedure and measure. */
export function sumFlows(flows: Iterable<Flow>): FlowCount[] {
  const sums = new Map<string, FlowCount & { n: number }>();
  for (const flow of flows) {
    const name = flowName(flow);
    const sum = sums.get(name);
    if (sum) (sum as { n: number }).n += 1;
    else sums.set(name, { ...flow, n: 1 });
  }
  return [...sums.values()];
}

/** The text that names a roll-up cell. */
export function flowName(flow: Flow): string {
  return `${flow.unit}\u0000${flow.day}\u0000${flow.procedure}\u0000${flow.measure}`;
}
