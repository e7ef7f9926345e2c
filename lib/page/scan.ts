/**
 * One look at the page: recognise, read the rows that are new or changed, judge the page type's health, and tell the
 * worker what is news. Broken page types tell nothing (DESIGN §4).
 */
import { findRows, readRow, saysEmpty } from '../adapters/engine/extract.ts';
import { judge } from '../adapters/engine/health.ts';
import { matchesPlace, recognise } from '../adapters/engine/recognise.ts';
import { newTables } from '../adapters/engine/table.ts';
import type { Pack, PageType } from '../adapters/pack.ts';
import type {
  PageContext,
  PageDocument,
  PageDossier,
  PageHealth,
  PageRef,
  PageToWorker,
} from '../extension/messages.ts';
import { type Held, hashOf, newTold } from './memory.ts';
import { inSlices } from './slices.ts';

export interface ScanPorts {
  readonly window: Window & typeof globalThis;
  readonly now: () => number;
  /** When what stands in this document at the first look arrived at the earliest. */
  readonly opened: number;
  readonly pack: Pack;
  readonly place: () => string;
  readonly mayTell: () => boolean;
  readonly nextRef: () => PageRef;
  readonly tell: (message: PageToWorker) => void;
  /** After each look: the worst health among the page types shown. */
  readonly onLook: (health: PageHealth | null) => void;
}

export interface Scanner {
  /** Looks once; `since`: when the page first changed after the last look. False: nothing known is shown. */
  readonly look: (since: number | null) => boolean;
  /** Reads dialogs and details at once, before what was pressed in them takes them away. */
  readonly glance: () => void;
  /** The page types shown at the last look, the page itself first. */
  readonly pages: () => readonly PageType[];
  readonly health: () => PageHealth | null;
  readonly contextOf: (page: { readonly id: string; readonly rank: number }) => PageContext;
  /** Everything counts as untold: after a pause, or when the pack changed. */
  readonly forget: () => void;
  /** At least one look was made and none is under way. */
  readonly isIdle: () => boolean;
  readonly stop: () => void;
}

const MAX_ROWS = 200;
/** A list with neither rows nor its empty text may still be loading. */
const SETTLE = 5_000;
const ORDER: readonly PageHealth[] = ['ok', 'degraded', 'unverified', 'broken'];

const worst = (all: readonly PageHealth[]): PageHealth | null =>
  all.length === 0 ? null : ORDER[Math.max(...all.map((one) => ORDER.indexOf(one)))]!;

export function createScanner(ports: ScanPorts): Scanner {
  const { window, now, opened, pack } = ports;
  const words = pack.vocabulary;
  const { document } = window;
  const told = newTold();
  let held = new WeakMap<Element, Held>();
  const arrivals = new WeakMap<Element, number>();
  const rowCss = [...new Set(pack.pages.flatMap((page) => page.rows?.css ?? []))];
  const reported = new Map<string, string>();
  let shown: readonly PageType[] = [];
  let health: PageHealth | null = null;
  let running: { readonly stop: () => void } | null = null;
  let again: number | null | undefined;
  let lastLook = opened;
  let isFirst = true;
  let emptySince: number | null = null;

  const contextOf = (page: { readonly id: string; readonly rank: number }): PageContext => ({
    pack: `${pack.id}@${pack.version}`,
    page: page.id.slice(0, 40),
    rank: page.rank,
  });

  /** Notes when rows came, hidden ones too: what is shown later had arrived before. */
  const noteArrivals = (since: number | null) => {
    const arrived = isFirst ? opened : (since ?? lastLook);
    isFirst = false;
    for (const css of rowCss) {
      for (const row of document.querySelectorAll(css)) if (!arrivals.has(row)) arrivals.set(row, arrived);
    }
  };

  const read = (row: Element, page: PageType, tables: ReturnType<typeof newTables>) => {
    const hash = hashOf(`${page.id} ${contentOf(row, page)}`);
    const before = held.get(row);
    if (before?.hash === hash) return before;
    // New content in a known row came some time after it was last looked at.
    const arrived = before ? lastLook : (arrivals.get(row) ?? lastLook);
    const fresh: Held = { hash, arrived, reading: readRow(row, page, words, tables) };
    held.set(row, fresh);
    return fresh;
  };

  const report = (page: PageType, state: PageHealth, unread: number) => {
    const text = `${state} ${unread}`;
    if (reported.get(page.id) === text || !ports.mayTell()) return;
    if (!reported.has(page.id) && state === 'ok') {
      reported.set(page.id, text);
      return;
    }
    reported.set(page.id, text);
    ports.tell({
      type: 'page-worker/health',
      ref: ports.nextRef(),
      context: contextOf(page),
      health: state,
      unread,
    });
  };

  const tellNews = (page: PageType, rows: readonly Held[]) => {
    if (!ports.mayTell()) return;
    const seen = now();
    const news = rows.filter((one) => told.isNews(page.id, one.reading, one.arrived));
    for (let from = 0; from < news.length; from += MAX_ROWS) {
      const part = news.slice(from, from + MAX_ROWS);
      ports.tell({
        type: 'page-worker/rows',
        ref: ports.nextRef(),
        context: contextOf(page),
        dossiers: part.flatMap((one) => dossierOf(one, seen)),
        documents: part.flatMap((one) => documentOf(one, seen)),
      });
    }
  };

  const finish = (looks: readonly { page: PageType; rows: Held[]; others: number }[], started: number) => {
    running = null;
    const states = looks.map(({ page, rows, others }): PageHealth => {
      const isEmpty = rows.length === 0 && others === 0 && saysEmpty(page, document);
      const { health: state, unread } = judge(
        page,
        rows.map((one) => one.reading),
        others,
        isEmpty,
      );
      const isLoading = rows.length === 0 && state === 'broken' && !isSettled();
      if (isLoading) return 'ok';
      if (rows.length > 0 || isEmpty) emptySince = null;
      report(page, state, unread);
      if (state !== 'broken') tellNews(page, rows);
      return state;
    });
    const place = ports.place();
    const isInert = pack.inert?.some((one) => matchesPlace(one.url, place)) ?? false;
    health = worst(isInert ? [...states, 'unverified'] : states);
    lastLook = started;
    ports.onLook(health);
    if (again !== undefined) {
      const since = again;
      again = undefined;
      look(since);
    }
  };

  const isSettled = () => {
    emptySince ??= now();
    return now() - emptySince >= SETTLE;
  };

  const look = (since: number | null): boolean => {
    if (running) {
      again = again ?? since;
      return true;
    }
    const started = now();
    shown = recognise(pack, ports.place(), document);
    noteArrivals(since);
    const tables = newTables();
    const looks = shown
      .filter((page) => page.kind === 'list' || page.kind === 'detail')
      .map((page) => ({ page, ...findRows(page, document) }))
      .map(({ page, rows: elements, others }) => ({ page, elements, others, rows: [] as Held[] }));
    const steps = looks.flatMap((one) => one.elements.map((row) => ({ row, one })));
    running = inSlices(
      window,
      steps,
      ({ row, one }) => one.rows.push(read(row, one.page, tables)),
      () => finish(looks, started),
    );
    return shown.length > 0;
  };

  const glance = () => {
    const tables = newTables();
    for (const page of recognise(pack, ports.place(), document)) {
      if (page.kind !== 'detail') continue;
      const rows = findRows(page, document)
        .rows.slice(0, 3)
        .map((row) => read(row, page, tables));
      if (rows.every((one) => one.reading.kind !== 'unread')) tellNews(page, rows);
    }
  };

  return {
    look,
    glance,
    pages: () => shown,
    health: () => health,
    contextOf,
    forget: () => {
      told.clear();
      reported.clear();
      held = new WeakMap();
    },
    isIdle: () => !isFirst && running === null,
    stop: () => running?.stop(),
  };
}

/** What a row's facts can hang on: its text, the attributes the pack reads, and how many parts it has. */
function contentOf(row: Element, page: PageType): string {
  const names = Object.values(page.fields).flatMap((field) =>
    field.from.flatMap((one) => ('attr' in one ? [one.attr] : [])),
  );
  const attributes = names.map((name) => row.getAttribute(name) ?? '').join(' ');
  return `${attributes} ${row.getElementsByTagName('*').length} ${(row.textContent ?? '').slice(0, 8_000)}`;
}

function dossierOf({ reading, arrived }: Held, seen: number): PageDossier[] {
  if (reading.kind !== 'dossier') return [];
  const { code, otherCodes, facts, locator } = reading;
  return [{ code, otherCodes, facts, locator, arrived: Math.min(Math.round(arrived), seen), seen }];
}

function documentOf({ reading }: Held, seen: number): PageDocument[] {
  if (reading.kind !== 'document') return [];
  const { id, role, due, state } = reading;
  return [{ id, role, due, state, seen }];
}
