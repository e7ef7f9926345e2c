/** The list of reports a unit has to send (host-pages-2 §3.2): names and states as printed, nothing typed, nothing guessed. */
import { parseLocalTime } from '../../domain/dates.ts';
import { fold } from '../../domain/vocabulary.ts';
import type { Locator, ReportState, ReportsRule } from '../pack.ts';
import { visibleRows } from './extract.ts';
import type { Health } from './health.ts';
import { locate } from './locate.ts';
import type { Steps } from './steps.ts';
import type { Tables } from './table.ts';

/** One line of the list. `due`: a local day or minute, null when the page shows none. */
export interface ReportReading {
  readonly code: string;
  readonly name: string;
  readonly due: string | null;
  readonly state: ReportState;
}

const CODE = /^[\p{L}\d][\p{L}\d._/-]{0,39}$/u;

/** The first text at these places that passes. */
function textAt<Value>(
  row: Element,
  locators: readonly Locator[],
  tables: Tables,
  pass: (text: string) => Value | undefined,
): Value | undefined {
  for (const locator of locators) {
    const found = locate(row, locator, tables);
    for (const text of found && 'texts' in found ? found.texts : []) {
      const value = pass(text);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** One line read whole, or null: no code, no name, or a state that is none of the rule's words. */
export function readReport(row: Element, rule: ReportsRule, tables: Tables): ReportReading | null {
  const words = new Map(Object.entries(rule.words).map(([word, state]) => [fold(word), state]));
  const code = textAt(row, rule.code, tables, (text) => (CODE.test(text) ? text : undefined));
  const name = textAt(row, rule.name, tables, (text) => text.slice(0, 200) || undefined);
  const state = textAt(row, rule.state, tables, (text) => words.get(fold(text.slice(0, 80))));
  const due = textAt(row, rule.due, tables, (text) =>
    text === '' ? null : (parseLocalTime(text) ?? undefined),
  );
  if (code === undefined || name === undefined || state === undefined || due === undefined) return null;
  return { code, name, due, state };
}

/** The whole list with its health; one step per row. */
export function* readReports(
  rule: ReportsRule,
  root: Document,
  tables: Tables,
  isEmptyShown: boolean,
): Steps<{ readonly reports: readonly ReportReading[]; readonly health: Health; readonly unread: number }> {
  const reports: ReportReading[] = [];
  let unread = 0;
  for (const row of yield* visibleRows(rule.rows.css, root)) {
    const report = readReport(row, rule, tables);
    if (report) reports.push(report);
    else unread += 1;
    yield;
  }
  const isLost = reports.length < unread * 4 || (reports.length === 0 && !isEmptyShown);
  return { reports, health: isLost ? 'broken' : unread > 0 ? 'degraded' : 'ok', unread };
}
