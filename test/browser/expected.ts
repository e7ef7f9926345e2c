/** What the dashboard must show, by the names of its `data-figure`, from the practice portals' own account. */
import type { ExpectedFigures, ExpectedUnit } from '../portals/index.ts';

/** Visits at the kiosk as the test made them. */
export interface Visits {
  readonly completed: number;
  readonly abandoned: number;
  /** Per question, how often each level (1 to 5) was chosen. */
  readonly answers: Readonly<Record<string, readonly number[]>>;
}

/** The dossier figures of one unit. */
export function unitFigures(unit: ExpectedUnit): Record<string, number> {
  const shown: Record<string, number> = {};
  for (const [name, n] of Object.entries(unit.received)) shown[`received.${name}`] = n;
  for (const [name, n] of Object.entries(unit.stock)) shown[`stock.${name}`] = n;
  for (const [id, { yes, no, undecided }] of Object.entries(unit.rates)) {
    shown[`${id}.numerator`] = yes;
    shown[`${id}.denominator`] = yes + no + undecided;
    shown[`${id}.undecided`] = undecided;
  }
  return shown;
}

/** Everything on the province's screen. */
export function provinceFigures(account: ExpectedFigures): Record<string, number> {
  const shown = unitFigures(account.total);
  for (const { role, waiting, overdue } of account.documents) {
    shown[`documents.${role}.waiting`] = waiting;
    shown[`documents.${role}.overdue`] = overdue;
  }
  return shown;
}

/** What the kiosk's visits must show, once they may be shown. */
export function visitFigures(visits: Visits): Record<string, number> {
  const shown: Record<string, number> = {
    'visits.completed': visits.completed,
    'visits.abandoned': visits.abandoned,
  };
  for (const [question, levels] of Object.entries(visits.answers)) {
    levels.forEach((n, at) => {
      shown[`ratings.${question}.${at + 1}`] = n;
    });
  }
  return shown;
}

/** The part of `figures` that `expected` names. */
export function named(figures: Record<string, number | null>, expected: Record<string, number>) {
  return Object.fromEntries(Object.keys(expected).map((name) => [name, figures[name]]));
}
