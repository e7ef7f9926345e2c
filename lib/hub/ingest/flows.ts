/** Roll-up differences: what leaves with the old rows and comes with the new ones. Pure. */
import { type Day, dayPart } from '../../domain/dates.ts';
import { type FlowCount, flowName, flowsOf, stockOf } from '../../domain/flows.ts';
import { type DossierRow, finishDayOf, receivedDayOf } from '../../domain/merge.ts';

/** A dossier with the unit derived for it. */
export interface PlacedDossier {
  readonly id: string;
  readonly unit: string;
  readonly row: DossierRow;
}

/** `flowsOf(after) − flowsOf(before)` without zeros. */
export function flowDifference(
  before: readonly PlacedDossier[],
  after: readonly PlacedDossier[],
): FlowCount[] {
  const sums = new Map<string, FlowCount>();
  const add = (placed: readonly PlacedDossier[], by: 1 | -1) => {
    for (const { row, unit } of placed) {
      for (const flow of flowsOf(row, unit)) {
        const name = flowName(flow);
        sums.set(name, { ...flow, n: (sums.get(name)?.n ?? 0) + by });
      }
    }
  };
  add(before, -1);
  add(after, 1);
  return [...sums.values()].filter((one) => one.n !== 0);
}

/** What the `dossier` table keeps beside the row, so that SQL can answer {@link stockOf} for any day. */
export interface StockColumns {
  readonly receivedDay: Day | null;
  readonly finishDay: Day | null;
  readonly stock: 'due' | 'noDue' | 'unknownDue' | null;
  readonly dueDay: Day | null;
}

/**
 * The columns of one dossier. It is in the stock of a day from its received day until the day before it was finished;
 * asked on its received day, {@link stockOf} says whether it is ever, and how its due date is known.
 */
export function stockColumns(row: DossierRow): StockColumns {
  const receivedDay = receivedDayOf(row);
  const finishDay = finishDayOf(row);
  const first = receivedDay === null ? null : stockOf(row, receivedDay);
  const due = row.facts.due;
  return {
    receivedDay,
    finishDay,
    stock: first === null ? null : first === 'noDue' || first === 'unknownDue' ? first : 'due',
    dueDay: due === undefined || due === null ? null : dayPart(due),
  };
}
