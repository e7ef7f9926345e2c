/** What page types besides lists and details tell: official totals, reports to send, a hint. At once, for the workshop. */
import { saysEmpty } from '../adapters/engine/extract.ts';
import type { Health } from '../adapters/engine/health.ts';
import { readReports } from '../adapters/engine/reports.ts';
import { atOnce } from '../adapters/engine/steps.ts';
import { suggestIn } from '../adapters/engine/suggest.ts';
import { newTables } from '../adapters/engine/table.ts';
import { judgeTotals, readTotals } from '../adapters/engine/totals.ts';
import type { PageType } from '../adapters/pack.ts';

export interface Told {
  readonly totals: readonly unknown[];
  readonly reports: readonly unknown[];
  readonly suggest: unknown;
  /** Of the first page type that tells; null when none does. */
  readonly health: Health | null;
}

/** `today` is the local day of the reading, for menus. Broken page types tell nothing. */
export function tellingsOf(pages: readonly PageType[], document: Document, today: string): Told {
  const totals: unknown[] = [];
  const reports: unknown[] = [];
  const healths: Health[] = [];
  let suggest: unknown = null;
  for (const page of pages) {
    const tables = newTables();
    const isEmpty = saysEmpty(page, document);
    if (page.kind === 'statistics') {
      const readings = (page.totals ?? []).map((rule) => atOnce(readTotals(rule, document, today, tables)));
      const { health } = judgeTotals(page, readings, isEmpty);
      healths.push(health);
      if (health === 'broken') continue;
      for (const { rule, period, isPartial, sets } of readings) {
        if (isPartial) continue;
        totals.push(...sets.map(({ unit, figures }) => ({ rule: rule.id, unit, ...period, figures })));
      }
    } else if (page.kind === 'reports' && page.reports) {
      const found = atOnce(readReports(page.reports, document, tables, isEmpty));
      healths.push(found.health);
      if (found.health !== 'broken') reports.push(...found.reports);
    } else if (page.kind === 'suggest') suggest ??= atOnce(suggestIn(page, document, tables));
  }
  return { totals, reports, suggest, health: healths[0] ?? null };
}
