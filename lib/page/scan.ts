/**
 * One look at the page: recognise, read the rows that are new or changed, judge the page type's health, and tell the
 * worker what is news. Broken page types tell nothing (DESIGN §4).
 */
import { findRows, readRow, saysEmpty, seekRows, warmUp } from '../adapters/engine/extract.ts';
import { judge } from '../adapters/engine/health.ts';
import { matchesPlace, recognise } from '../adapters/engine/recognise.ts';
import { atOnce, type Steps } from '../adapters/engine/steps.ts';
import { freshen, newTables, type Tables } from '../adapters/engine/table.ts';
import { isVisible } from '../adapters/engine/visible.ts';
import type { Pack, PageType } from '../adapters/pack.ts';
import type {
  PageContext,
  PageDocument,
  PageDossier,
  PageHealth,
  PageRef,
  PageToWorker,
} from '../extension/page-messages.ts';
import type { MarkedRow } from './marks.ts';
import { type Held, newTold } from './memory.ts';
import { createOtherScans, type Look } from './scan-other.ts';
import { inSlices } from './slices.ts';

export interface ScanPorts {
  readonly window: Window & typeof globalThis;
  readonly now: () => number;
  /** When what stands in this document at the first look arrived at the earliest. */
  readonly opened: number;
  readonly pack: Pack;
  readonly place: () => string;
  /** Page types that an earlier document found not in order. */
  readonly unwell: readonly string[];
  readonly mayTell: () => boolean;
  readonly nextRef: () => PageRef;
  readonly tell: (message: PageToWorker) => void;
  /** After each look: the worst health among the page types shown. */
  readonly onLook: (health: PageHealth | null) => void;
  /** After each look: the dossiers in the lists shown; none while they cannot be read. */
  readonly onRows: (rows: readonly MarkedRow[]) => void;
}

export interface Scanner {
  /** Looks once; `since`: when the page first changed after the last look; `isIdle`: the browser has time now. False: nothing known is shown. */
  readonly look: (since: number | null, isIdle?: boolean) => boolean;
  /** Reads dialogs and details at once, before what was pressed in them takes them away. */
  readonly glance: () => void;
  /** The page types shown at the last look, lists and details first. */
  readonly pages: () => readonly PageType[];
  /** The page itself as it is now: a gesture may fall on a page that was not looked at yet. */
  readonly pageNow: () => PageType | null;
  /**
   * False while the lists and details shown cannot be read: no action is believed there. A list that stayed bare and has
   * rows at last is not one of these, before it was looked at again.
   */
  readonly mayCount: () => boolean;
  readonly contextOf: (page: { readonly id: string; readonly rank: number }) => PageContext;
  /** Everything counts as untold: after a pause, or when the pack changed. */
  readonly forget: () => void;
  /** At least one look was made and none is under way. */
  readonly isIdle: () => boolean;
  readonly stop: () => void;
}

/** Handing a message over takes time for each row of it: more than this many go in several. */
const MAX_ROWS = 100;
/** A list with neither rows nor its empty text may still be loading: portals take their time on a Monday morning. */
const LOADING = 15_000;
/** How long rows of the page before may stand under the new address. */
const SETTLE = 5_000;
/** After a look that took more than this many milliseconds, so many times its length passes before the next. */
const LIGHT = 5;
const REST = 25;
const LONGEST_REST = 3_000;
const ORDER: readonly PageHealth[] = ['ok', 'degraded', 'unverified', 'broken'];

/** What a look at all page types found: how each fares, lists and details apart. */
interface Looked {
  readonly states: readonly PageHealth[];
  readonly work: readonly PageHealth[];
  readonly isLoading: boolean;
  /** Lists that are broken because they show nothing at all. */
  readonly bare: readonly PageType[];
}

const isWork = (page: PageType) => page.kind === 'list' || page.kind === 'detail';
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
  /** Page types whose code has run before. */
  const warm = new Set<PageType>();
  const reported = new Map<string, string>();
  const judged = new Map<string, { readonly health: PageHealth; readonly unread: number }>();
  let shown: readonly PageType[] = [];
  let health: PageHealth | null = null;
  let running: { readonly stop: () => void } | null = null;
  let again: number | null | undefined;
  let lastLook = opened;
  let isFirst = true;
  let workHealth: PageHealth | null = null;
  let bare: readonly PageType[] = [];
  let restUntil = 0;
  /** The address of the look under way, and since when it is known. */
  let place = '';
  let placeSince = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** The dossiers in the lists of the last look. */
  let listed: MarkedRow[] = [];
  /** Since when page types have shown nothing at all. */
  const bareSince = new Map<string, number>();

  const contextOf = (page: { readonly id: string; readonly rank: number }): PageContext => ({
    pack: `${pack.id}@${pack.version}`,
    page: page.id.slice(0, 40),
    rank: page.rank,
  });

  const others = createOtherScans({ document, now, nextRef: ports.nextRef, contextOf, tell: ports.tell });

  /** The address may change between two slices: what stands there then is another page's. */
  let isHere = true;
  const onSlice = (tables: Tables) => {
    freshen(tables);
    isHere = ports.place() === place;
  };

  /** Notes when rows came, hidden ones too: what is shown later had arrived before. */
  const noteArrivals = function* (since: number | null): Steps<void> {
    const arrived = isFirst ? opened : (since ?? lastLook);
    isFirst = false;
    for (const css of rowCss) {
      const rows = document.querySelectorAll(css);
      // In a long list finding the rows is a step of its own.
      yield;
      for (let at = 0; at < rows.length; at += 1) {
        const row = rows[at]!;
        if (!arrivals.has(row)) arrivals.set(row, arrived);
        if (at % MAX_ROWS === 0) yield;
      }
    }
  };

  /** Null for a row that the page before this address left standing: its own rows are still to come. */
  const read = (row: Element, page: PageType, tables: Tables) => {
    const content = contentOf(row, page);
    const before = held.get(row);
    if (before?.content === content) {
      if (before.page === page.id) return before;
      if (before.place !== place && now() - placeSince < SETTLE) return null;
    }
    // New content in a known row came some time after it was last looked at.
    const arrived = before ? lastLook : (arrivals.get(row) ?? lastLook);
    const fresh: Held = {
      page: page.id,
      place,
      content,
      arrived,
      reading: readRow(row, page, words, tables),
    };
    held.set(row, fresh);
    return fresh;
  };

  const report = (page: PageType, state: PageHealth, unread: number) => {
    const text = `${state} ${unread}`;
    if (reported.get(page.id) === text || !ports.mayTell()) return;
    if (!reported.has(page.id) && state === 'ok' && !ports.unwell.includes(page.id)) {
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

  const tellNews = function* (page: PageType, rows: readonly Held[]): Steps<void> {
    const seen = now();
    const news: Held[] = [];
    for (const one of rows) {
      if (told.isNews(page.id, one.reading, one.arrived)) news.push(one);
      yield;
    }
    for (let from = 0; from < news.length; from += MAX_ROWS) {
      const part = news.slice(from, from + MAX_ROWS);
      ports.tell({
        type: 'page-worker/rows',
        ref: ports.nextRef(),
        context: contextOf(page),
        dossiers: part.flatMap((one) => dossierOf(one, seen)),
        documents: part.flatMap((one) => documentOf(one, seen)),
      });
      yield;
    }
  };

  const lookAtRows = function* (page: PageType, tables: Tables): Steps<Look> {
    const { turn } = tables;
    const { rows: elements, others } = yield* seekRows(page, document);
    if (elements[0] && !warm.has(page)) {
      warm.add(page);
      yield* warmUp(elements[0], page, words, newTables());
    }
    const rows: Held[] = [];
    let isTorn = false;
    for (const row of elements) {
      // A row that left while the others were read says nothing any more; what took its place is looked at next.
      const isStill = tables.turn === turn || isVisible(row);
      const held = isHere && isStill ? read(row, page, tables) : null;
      if (held) {
        rows.push(held);
        if (page.kind === 'list' && held.reading.kind === 'dossier')
          listed.push({ element: row, code: held.reading.code });
      } else isTorn = true;
      yield;
    }
    const isEmpty = rows.length === 0 && others === 0 && saysEmpty(page, document);
    const readings = rows.map((one) => one.reading);
    const last = judged.get(page.id) ?? { health: 'ok', unread: 0 };
    const { health: state, unread } = isTorn ? last : judge(page, readings, others, isEmpty);
    const isBare = rows.length === 0 && !isTorn;
    // A list that is only loading says nothing of the rows that are being put up when it is looked at next.
    if (!isBare) judged.set(page.id, { health: state, unread });
    if (isTorn) lookLater(SETTLE);
    return { page, health: state, unread, isBare, tell: () => tellNews(page, rows) };
  };

  const lookAtAll = function* (
    pages: readonly PageType[],
    tables: Tables,
    since: number | null,
  ): Steps<Looked> {
    yield* noteArrivals(since);
    const looks: Look[] = [];
    for (const page of pages)
      looks.push(yield* isWork(page) ? lookAtRows(page, tables) : others.look(page, tables));
    let isLoading = false;
    const bare: PageType[] = [];
    const states: PageHealth[] = [];
    for (const { page, health: state, unread, isBare, tell } of looks) {
      if (!isWork(page) && !isHere) {
        states.push('ok');
        continue;
      }
      if (state !== 'broken' || !isBare) bareSince.delete(page.id);
      else if (isSettled(page.id)) bare.push(page);
      else {
        isLoading = true;
        states.push('ok');
        continue;
      }
      states.push(state);
      if (page.kind !== 'suggest') report(page, state, unread);
      if (state !== 'broken' && ports.mayTell() && (isWork(page) || isHere)) yield* tell();
    }
    return { states, work: states.filter((_, index) => isWork(looks[index]!.page)), isLoading, bare };
  };

  const finish = ({ states, work, isLoading, ...found }: Looked, started: number) => {
    running = null;
    bare = found.bare;
    const isInert = pack.inert?.some((one) => matchesPlace(one.url, place)) ?? false;
    health = worst(isInert ? [...states, 'unverified'] : states);
    workHealth = worst(work);
    lastLook = started;
    ports.onLook(health);
    ports.onRows(workHealth === 'broken' ? [] : listed);
    if (isLoading) lookLater(LOADING);
    if (again !== undefined) {
      const since = again;
      again = undefined;
      look(since);
    }
  };

  const isSettled = (page: string) => {
    const since = bareSince.get(page) ?? now();
    bareSince.set(page, since);
    return now() - since >= LOADING;
  };

  /** A look of its own, where the page itself may give no reason for one; a hidden page is looked at when it is seen again. */
  const lookLater = (ms: number) => {
    if (document.hidden) return;
    timer ??= setTimeout(() => {
      timer = null;
      const since = again ?? null;
      again = undefined;
      look(since);
    }, ms);
  };
  const notLater = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const onVisibility = () => {
    if (document.hidden) notLater();
  };
  document.addEventListener('visibilitychange', onVisibility);

  const look = (since: number | null, isIdle = false): boolean => {
    const began = isIdle ? window.performance.now() : null;
    if (running) {
      again = again ?? since;
      return true;
    }
    const started = now();
    if (started < restUntil) {
      again = again ?? since;
      notLater();
      lookLater(restUntil - started);
      return shown.length > 0;
    }
    if (place !== ports.place()) {
      place = ports.place();
      placeSince = started;
      bareSince.clear();
    }
    const pages = recognise(pack, place, document);
    listed = [];
    shown = [...pages.filter(isWork), ...pages.filter((page) => !isWork(page))];
    const tables = newTables();
    running = inSlices(
      window,
      lookAtAll(
        shown.filter(({ kind }) => kind !== 'none'),
        tables,
        since,
      ),
      (looked, spent) => {
        restUntil = spent > LIGHT ? now() + Math.min(LONGEST_REST, spent * REST) : 0;
        finish(looked, started);
      },
      () => onSlice(tables),
      began,
    );
    return shown.length > 0;
  };

  const glance = () => {
    const tables = newTables();
    for (const page of recognise(pack, ports.place(), document)) {
      if (page.kind !== 'detail') continue;
      const rows = findRows(page, document)
        .rows.slice(0, 3)
        .map((row) => read(row, page, tables))
        .filter((one) => one !== null);
      if (ports.mayTell() && rows.every((one) => one.reading.kind !== 'unread')) atOnce(tellNews(page, rows));
    }
  };

  return {
    look,
    glance,
    pages: () => shown,
    pageNow: () => {
      const pages = recognise(pack, ports.place(), document);
      return pages.find(isWork) ?? pages[0] ?? null;
    },
    mayCount: () =>
      workHealth !== 'broken' ||
      bare.some((page) => isWork(page) && findRows(page, document).rows.length > 0),
    contextOf,
    forget: () => {
      told.clear();
      others.forget();
      reported.clear();
      held = new WeakMap();
    },
    isIdle: () => !isFirst && running === null && again === undefined,
    stop: () => {
      running?.stop();
      notLater();
      document.removeEventListener('visibilitychange', onVisibility);
    },
  };
}

/** What a row's facts can hang on: its text, the attributes the pack reads, and how many parts it has. */
function contentOf(row: Element, page: PageType): string {
  let content = `${row.querySelectorAll('*').length} ${(row.textContent ?? '').slice(0, 8_000)}`;
  for (const name of attributesOf(page)) content += ` ${row.getAttribute(name) ?? ''}`;
  return content;
}

function dossierOf({ reading, arrived }: Held, seen: number): PageDossier[] {
  if (reading.kind !== 'dossier') return [];
  const { code, otherCodes, facts, locator } = reading;
  return [{ code, otherCodes, facts, locator, arrived: Math.min(Math.round(arrived), seen), seen }];
}

function documentOf({ reading }: Held, seen: number): PageDocument[] {
  if (reading.kind !== 'document') return [];
  const { id, role, direction, due, state } = reading;
  return [{ id, role, due, state, seen, ...(direction === undefined ? {} : { direction }) }];
}

const attributes = new WeakMap<PageType, readonly string[]>();
/** The attributes the pack reads on this page type. */
function attributesOf(page: PageType): readonly string[] {
  let names = attributes.get(page);
  if (!names) {
    const all = Object.values(page.fields).flatMap(({ from }) => from);
    names = [...new Set(all.flatMap((one) => ('attr' in one ? [one.attr] : [])))];
    attributes.set(page, names);
  }
  return names;
}
