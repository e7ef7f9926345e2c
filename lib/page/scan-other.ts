/**
 * What a page shows besides dossiers: the portal's own figures, the list of reports to send, a table nobody wrote a pack
 * for. Told once, and again when it changed.
 *
 * Figures belong to the period (and filter) under which they came: a person may change the dates long before pressing
 * "Thống kê". So where dates or filter changed and the figures did not, nothing is told until they do.
 */
import { saysEmpty } from '../adapters/engine/extract.ts';
import { readReports } from '../adapters/engine/reports.ts';
import type { Steps } from '../adapters/engine/steps.ts';
import { suggestIn } from '../adapters/engine/suggest.ts';
import type { Tables } from '../adapters/engine/table.ts';
import { judgeTotals, readTotals, type TotalsReading } from '../adapters/engine/totals.ts';
import type { PageType } from '../adapters/pack.ts';
import { dayOf } from '../domain/dates.ts';
import type {
  PageContext,
  PageHealth,
  PageRef,
  PageTotal,
  PageToWorker,
} from '../extension/page-messages.ts';

/** One page type after a look: how it fares, and what it has to say. */
export interface Look {
  readonly page: PageType;
  readonly health: PageHealth;
  readonly unread: number;
  /** Nothing is there yet: it may still be loading. */
  readonly isBare: boolean;
  /** Says it, one step per message. */
  readonly tell: () => Iterable<undefined>;
}

export interface OtherPorts {
  readonly document: Document;
  readonly now: () => number;
  readonly nextRef: () => PageRef;
  readonly contextOf: (page: PageType) => PageContext;
  readonly tell: (message: PageToWorker) => void;
}

export interface OtherScans {
  readonly look: (page: PageType, tables: Tables) => Steps<Look>;
  /** Everything counts as untold. */
  readonly forget: () => void;
}

/** Sets in one message. */
const MOST_TOTALS = 200;
const MOST_REPORTS = 300;

export function createOtherScans({ document, now, nextRef, contextOf, tell }: OtherPorts): OtherScans {
  const told = new Map<string, string>();
  /** The figures last seen of each rule, and the period and filter under which they came. */
  const came = new Map<string, { readonly figures: Map<string | null, string>; readonly under: string }>();

  const isNews = (name: string, value: unknown) => {
    const text = JSON.stringify(value);
    if (told.get(name) === text) return false;
    told.set(name, text);
    return true;
  };

  /**
   * True when the figures came under the period and filter now shown. After those changed, only a unit seen before with
   * other figures, or a table that was empty in between, proves that figures came anew; another order or page does not.
   */
  const isSettled = (page: PageType, { rule, period, isPartial, sets }: TotalsReading) => {
    if (rule.period === 'today') return true;
    const name = `${page.id} ${rule.id}`;
    const under = JSON.stringify([period, isPartial]);
    const before = came.get(name);
    const now = sets.map((one) => [one.unit, JSON.stringify(one.figures)] as const);
    if (before?.under === under) {
      for (const [unit, figures] of now) before.figures.set(unit, figures);
      return true;
    }
    const isKnown = (unit: string | null) => before?.figures.has(unit) ?? false;
    const isAnew =
      !before?.figures.size ||
      now.length === 0 ||
      now.some(([unit, figures]) => isKnown(unit) && before.figures.get(unit) !== figures);
    if (isAnew) came.set(name, { figures: new Map(now), under });
    return isAnew;
  };

  function* tellTotals(page: PageType, settled: readonly TotalsReading[]): Steps<void> {
    const news = settled.flatMap(({ rule, period, isPartial, sets }): PageTotal[] => {
      if (period === null || isPartial) return [];
      return sets
        .map(({ unit, figures }) => ({ rule: rule.id, unit, ...period, figures }))
        .filter((total) =>
          isNews([page.id, rule.id, total.unit, total.from, total.to].join(' '), total.figures),
        );
    });
    for (let from = 0; from < news.length; from += MOST_TOTALS) {
      tell({
        type: 'page-worker/totals',
        ref: nextRef(),
        context: contextOf(page),
        totals: news.slice(from, from + MOST_TOTALS),
      });
      yield;
    }
  }

  function* lookAtTotals(page: PageType, tables: Tables): Steps<Look> {
    const today = dayOf(now());
    const readings: TotalsReading[] = [];
    for (const rule of page.totals ?? []) readings.push(yield* readTotals(rule, document, today, tables));
    const { health, unread } = judgeTotals(page, readings, saysEmpty(page, document));
    const isBare = readings.some(({ period, rows }) => period === null || rows === 0);
    // Also what is not told now counts as come: dates that were not in sight may be others when they are.
    const settled = readings.filter((one) => isSettled(page, one));
    return { page, health, unread, isBare, tell: () => tellTotals(page, settled) };
  }

  function* lookAtReports(page: PageType, tables: Tables): Steps<Look> {
    const isEmptyShown = saysEmpty(page, document);
    const { reports, health, unread } = yield* readReports(page.reports!, document, tables, isEmptyShown);
    return {
      page,
      health,
      unread,
      isBare: reports.length === 0 && unread === 0,
      tell: () => {
        const all = reports.slice(0, MOST_REPORTS);
        if (isNews(`${page.id} reports`, all))
          tell({ type: 'page-worker/reports', context: contextOf(page), reports: all });
        return [];
      },
    };
  }

  function* lookForTables(page: PageType, tables: Tables): Steps<Look> {
    const found = yield* suggestIn(page, document, tables);
    return {
      page,
      // Nothing is recorded of such a page, and its badge says so.
      health: 'unverified',
      unread: 0,
      isBare: false,
      tell: () => {
        if (found && isNews(`${page.id} suggest`, found))
          tell({ type: 'page-worker/suggest', context: contextOf(page), ...found });
        return [];
      },
    };
  }

  function* lookAtNothing(page: PageType): Steps<Look> {
    yield;
    return { page, health: 'ok', unread: 0, isBare: false, tell: () => [] };
  }

  return {
    look: (page, tables) => {
      if (page.kind === 'statistics') return lookAtTotals(page, tables);
      if (page.kind === 'reports' && page.reports) return lookAtReports(page, tables);
      return page.kind === 'suggest' ? lookForTables(page, tables) : lookAtNothing(page);
    },
    forget: () => told.clear(),
  };
}
