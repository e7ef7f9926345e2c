/** A day's outcome in a few lines, for people. */
import { type DayFindings, wrongsOf } from './compare.ts';
import type { DayRun } from './harness.ts';

const MOST = 20;

/**
 * Over all these parts of a day, the smallest share of what was so that was recorded: rows, actions, figures; 1 where there
 * was nothing to record.
 */
export function recallOf(...parts: readonly DayFindings[]): number {
  const share = (got: (one: DayFindings) => number, all: (one: DayFindings) => number) => {
    const sum = (pick: typeof got) => parts.reduce((total, one) => total + pick(one), 0);
    return sum(all) === 0 ? 1 : sum(got) / sum(all);
  };
  return Math.min(
    share(
      ({ rows }) => rows.recalled,
      ({ rows }) => rows.due,
    ),
    share(
      ({ actions }) => actions.recalled,
      ({ actions }) => actions.done,
    ),
    share(
      ({ totals }) => totals.recalled,
      ({ totals }) => totals.done,
    ),
  );
}

/** Rows, actions, figures and what went wrong, at most twenty of each. */
export function summaryOf({ family, variant, steps, kills, seconds, findings }: DayRun): string {
  const { rows, actions, totals, notWork, health } = findings;
  const wrong = wrongsOf(findings);
  const missed = [...rows.missed, ...actions.missed, ...totals.missed];
  const states = Object.entries(health).map(([page, all]) => `${page} ${all.join('>')}`);
  return [
    `${family} ${variant}: ${steps.view + steps.action + steps.nonEvent} steps in ${seconds} s, ${kills} kills of the worker`,
    `  ${rows.names} dossiers or documents; rows ${rows.recalled}/${rows.due} (${rows.rendered} shown), ` +
      `actions ${actions.recalled}/${actions.done}, figures ${totals.recalled}/${totals.done}, ` +
      `${steps.nonEvent} non-events (${notWork} known to the system), wrong ${wrong.length}`,
    ...(states.length > 0 ? [`  health: ${states.join('; ')}`] : []),
    ...wrong.slice(0, MOST).map((one) => `  WRONG ${one}`),
    ...missed.slice(0, MOST).map((one) => `  missed ${one}`),
  ].join('\n');
}
