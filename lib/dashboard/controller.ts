/**
 * What the dashboard does: each act asks the source and replaces a piece of the state. Answers to questions that were
 * asked anew meanwhile are dropped; a 401 anywhere leads to the log-in form and back to the same place.
 */
import type { Load, NewUnit, User } from '../../components/dashboard/model.ts';
import { shownOf } from '../../components/dashboard/model.ts';
import { dayOf } from '../domain/dates.ts';
import { parsePeriod, periodOf } from '../domain/period.ts';
import type { DashboardLanguage } from '../i18n/dashboard/index.ts';
import { complaintActs } from './complaint-acts.ts';
import { importers } from './csv-import.ts';
import { feedbackActs, loadFeedback, loadKiosks } from './feedback-acts.ts';
import { operations } from './operations.ts';
import { packActs } from './pack-acts.ts';
import type { Ports } from './ports.ts';
import { parseRoute, type Route, showRoute, type View } from './routes.ts';
import type { FiguresSource } from './source.ts';
import { NO_FEEDBACK, type State, type Store } from './store.ts';
import type { Answer } from './talk.ts';

type Loadable =
  | 'units'
  | 'figures'
  | 'devices'
  | 'codes'
  | 'catalogue'
  | 'packs'
  | 'packHealth'
  | 'pack'
  | keyof typeof NO_FEEDBACK;
type LoadValue<K extends Loadable> = State[K] extends Load<infer T> ? T : never;

/** Figures older than this are asked for again when the page is looked at. */
const STALE_AFTER = 5 * 60_000;

export type Controller = ReturnType<typeof makeController>;

/** The acts of one dashboard over its source and store. */
export function makeController(source: FiguresSource, store: Store, ports: Ports) {
  const asked: Partial<Record<Loadable, number>> = {};
  const set = store.set;

  /** Notes what an answer says about the session and the line to the hub. */
  function heard<T>(answer: Answer<T>): Answer<T> {
    if (answer.ok) {
      if (!store.get().isOnline) set({ isOnline: true });
    } else if (answer.failure.kind === 'offline') set({ isOnline: false });
    else if (answer.failure.kind === 'signedOut' && store.get().session.at === 'in') {
      set({ session: { at: 'out', expired: true, busy: false, failure: null }, madeCode: null });
    }
    return answer;
  }

  async function load<K extends Loadable>(
    key: K,
    ask: () => Promise<Answer<LoadValue<K>>>,
    last: LoadValue<K> | null = shownOf(store.get()[key] as Load<LoadValue<K>>),
  ): Promise<void> {
    const turn = (asked[key] ?? 0) + 1;
    asked[key] = turn;
    set({ [key]: { at: 'loading', last } });
    const answer = heard(await ask());
    if (asked[key] !== turn) return;
    set({
      [key]: answer.ok
        ? { at: 'ready', value: answer.value }
        : { at: 'failed', failure: answer.failure, last },
    });
  }

  const acts = operations({
    source,
    store,
    ports,
    heard,
    loadView,
    loadDevices: (unit) => load('devices', () => source.devices(unit)),
  });

  function loadView(): Promise<void> {
    const { view, unit, period, session, devices } = store.get();
    if (session.at !== 'in' || unit === null) return Promise.resolve();
    switch (view) {
      case 'figures': {
        const shown = shownOf(store.get().figures);
        const isSame = shown?.unit.id === unit && shown.period.id === period;
        return load('figures', () => source.figures(unit, period), isSame ? shown : null);
      }
      case 'feedback':
        return source.feedback ? loadFeedback(source.feedback, store, load) : Promise.resolve();
      case 'devices':
        return load('devices', () => source.devices(unit));
      case 'kiosks':
        return source.feedback ? loadKiosks(source.feedback, source, unit, load) : Promise.resolve();
      case 'complaints':
        return source.complaints
          ? load('complaints', () => source.complaints!.list(unit))
          : Promise.resolve();
      case 'links':
        return loadLinks(unit);
      case 'handover':
        return devices.at === 'ready' ? Promise.resolve() : load('devices', () => source.devices(unit));
      case 'exports':
        return Promise.resolve();
      case 'packs':
        return loadPacks(unit);
      case 'codes':
        return load('codes', () => source.activationCodes(unit));
      case 'units':
        return load('units', () => source.units());
      case 'catalogue':
        return load('catalogue', () => source.catalogue());
    }
  }

  /** The open version, or the list beside the health of the unit's pages. */
  async function loadPacks(unit: string): Promise<void> {
    const { packs } = source;
    const { packRef } = store.get();
    if (packs === undefined) return;
    if (packRef !== null) return load('pack', () => packs.read(packRef));
    await Promise.all([load('packHealth', () => packs.health(unit)), load('packs', () => packs.list())]);
  }

  /** The codes, and the counters a new one may stand at. */
  async function loadLinks(unit: string): Promise<void> {
    const { complaints, feedback } = source;
    const hub = feedback?.hub;
    if (complaints === undefined || hub === undefined) return;
    await Promise.all([
      load('links', () => complaints.links(unit)),
      load('counters', () => hub.counters(unit)),
    ]);
  }

  async function enter(user: User): Promise<void> {
    set({ session: { at: 'in', user }, failure: null });
    await load('units', () => source.units());
    if (store.get().session.at !== 'in') return;
    readRoute(user);
    await loadView();
  }

  /** Takes view, unit and period from the address; what is not there or not allowed keeps its default. */
  function readRoute(user: User): void {
    const route = parseRoute(ports.readHash());
    const units = shownOf(store.get().units) ?? [];
    const known = (id: string | null) => (id !== null && units.some((unit) => unit.id === id) ? id : null);
    const period = route.period !== null && parsePeriod(route.period) ? route.period : store.get().period;
    const unit =
      known(route.unit) ?? known(store.get().unit) ?? known(user.unit) ?? units[0]?.id ?? user.unit;
    set({ view: route.view, unit, period, madeCode: null });
    writeRoute(true);
  }

  function writeRoute(replace: boolean): void {
    const { view, unit, period } = store.get();
    ports.writeHash(showRoute({ view, unit, period }), replace);
  }

  /** Finds out who is here and opens the view the address names. */
  async function start(): Promise<void> {
    set({ session: { at: 'checking' } });
    const answer = heard(await source.session());
    if (!answer.ok) set({ session: { at: 'unreachable', failure: answer.failure } });
    else if (answer.value) await enter(answer.value);
    else if (source.kind === 'unit') set({ session: { at: 'setUp', busy: false, failure: null } });
    else set({ session: { at: 'out', expired: false, busy: false, failure: null } });
  }

  return {
    ...acts,
    ...packActs({ packs: source.packs ?? null, store, operate: acts.operate, loadView }),
    ...feedbackActs({ hub: source.feedback?.hub ?? null, store, operate: acts.operate, loadView }),
    complaintActs: complaintActs({
      complaints: source.complaints ?? null,
      store,
      operate: acts.operate,
      loadView,
    }),
    ...importers(
      source,
      store,
      heard,
      () => load('units', () => source.units()),
      () => load('catalogue', () => source.catalogue()),
    ),

    start,

    async login(name: string, password: string): Promise<void> {
      const before = store.get().session;
      const expired = before.at === 'out' && before.expired;
      set({ session: { at: 'out', expired, busy: true, failure: null } });
      const answer = await source.login(name, password);
      if (answer.ok) await enter(answer.value);
      else set({ session: { at: 'out', expired, busy: false, failure: answer.failure } });
    },

    async logout(): Promise<void> {
      const answer = await acts.operate('logout', () => source.logout());
      if (!answer.ok && answer.failure.kind !== 'signedOut') return;
      const idle = { at: 'idle' } as const;
      set({
        session: { at: 'out', expired: false, busy: false, failure: null },
        unit: null,
        units: idle,
        figures: idle,
        devices: idle,
        codes: idle,
        catalogue: idle,
        packs: idle,
        packHealth: idle,
        packRef: null,
        pack: idle,
        ...NO_FEEDBACK,
        madeCode: null,
        failure: null,
      });
    },

    async createUnit(unit: NewUnit): Promise<void> {
      set({ session: { at: 'setUp', busy: true, failure: null } });
      const answer = await source.createUnit(unit);
      if (answer.ok) await enter(answer.value);
      else set({ session: { at: 'setUp', busy: false, failure: answer.failure } });
    },

    /** The address changed: by a link, by back and forward, or by {@link go}. */
    async followHash(): Promise<void> {
      const { session } = store.get();
      if (session.at !== 'in') return;
      set({ failure: null, notice: null, packRef: null, pack: { at: 'idle' } });
      readRoute(session.user);
      await loadView();
    },

    /** Opens a view, a unit or a period; what is not named stays. */
    go(change: Partial<Route> & { readonly view?: View }): void {
      const { view, unit, period } = store.get();
      const next = { view, unit, period, ...change };
      if (showRoute(next) === ports.readHash()) return;
      ports.writeHash(showRoute(next), false);
    },

    /** Asks again for what the current view shows. */
    reload(): Promise<void> {
      return store.get().session.at === 'in' ? loadView() : start();
    },

    /** The page is looked at again, or the line is back: renews what is old or failed. */
    wake(): Promise<void> {
      const { session, figures, view } = store.get();
      if (session.at === 'unreachable') return start();
      const shown = shownOf(figures);
      const isStale = shown !== null && ports.clock() - Date.parse(shown.asOf) > STALE_AFTER;
      const needs = view === 'figures' && (figures.at === 'failed' || isStale);
      return session.at === 'in' && needs ? loadView() : Promise.resolve();
    },

    setLanguage(language: DashboardLanguage): void {
      ports.rememberLanguage(language);
      set({ language });
    },

    dismiss(): void {
      set({ failure: null, notice: null });
    },
  };
}

/** The period a visit opens with: the reporting month that holds today. */
export function firstPeriod(now: number): string {
  return periodOf('report', 'M', dayOf(now)).id;
}
