/**
 * What the workshop does. One draft at a time; each change makes the draft pack anew, then three things follow: the page is
 * read with it, the saved pages run with it, structure check and lint run on it.
 *
 *   change ──► draft ──► inspect (agent in the page) · fixtures (inert frame) · check and lint
 */
import type { WorkshopActions, WorkshopState } from '../../components/workshop/model.ts';
import { checkPack } from '../adapters/check-pack.ts';
import { lintPack } from '../adapters/lint.ts';
import type { Pack } from '../adapters/pack.ts';
import type { PackProposal } from '../batch/protocol.ts';
import type { SendPackAnswer } from '../extension/messages.ts';
import {
  type Change,
  type Draft,
  draftPack,
  newDraft,
  rebased,
  runnable,
  withChange,
  withoutChange,
} from './draft.ts';
import type { Fixture, Render } from './fixture.ts';
import type { PageLink } from './frames.ts';
import type { Pages } from './link.ts';
import { makeOutlet } from './outlet.ts';
import { makePointing } from './pointing.ts';
import type { PageReading } from './protocol.ts';
import type { Shelf } from './shelf.ts';
import type { Store } from './store.ts';
import { makeTrial } from './trial.ts';
import { changeView, packView, readingView, signsView } from './view.ts';

export interface WorkshopPorts {
  readonly pages: Pages;
  readonly shelf: Shelf;
  readonly render: Render;
  readonly bundled: (pack: string) => Promise<readonly Fixture[]>;
  readonly worker: {
    readonly isIt: () => Promise<boolean>;
    readonly packs: () => Promise<readonly Pack[]>;
    /** The family a host is bound to, or null. */
    readonly familyOf: (origin: string) => Promise<string | null>;
    /** Null: the worker could not be reached. */
    readonly sendPack: (proposal: PackProposal) => Promise<SendPackAnswer | null>;
  };
  readonly clock: () => number;
  readonly saveFile: (name: string, text: string) => void;
  readonly openOptions: () => void;
  /** Draws markup, inert, into a place of the page; the answer takes it away. */
  readonly show: (html: string, place: HTMLElement) => () => void;
}

/** The acts of one workshop over its store. `start` begins, `stop` leaves the page as it was. */
export function makeWorkshop(store: Store, ports: WorkshopPorts) {
  const { pages, shelf, worker } = ports;
  const trial = makeTrial({ store, shelf, render: ports.render, bundled: ports.bundled, clock: ports.clock });
  let packs: readonly Pack[] = [];
  let draft: Draft | null = null;
  let link: PageLink | null = null;
  let lastReading: PageReading | null = null;
  let visit = 0;
  let look = 0;
  let unwatch: () => void = () => undefined;

  const state = (): WorkshopState => store.get();
  const pack = (): Pack | null => draft && runnable(draftPack(draft));

  /** Finds the page, puts the agent in, chooses the pack of its host, reads. */
  async function begin(): Promise<void> {
    visit += 1;
    const mine = visit;
    link?.close();
    link = null;
    const isOld = () => mine !== visit;
    if (!(await worker.isIt())) return store.set({ phase: 'notIt' });
    packs = await worker.packs();
    const isTab = await pages.isTab();
    const [current, choices] = await Promise.all([pages.current(), isTab ? pages.choices() : []]);
    if (isOld()) return;
    store.set({ isTab, pages: choices, packs: packs.map(({ id, name }) => ({ id, name })) });
    if (packs.length === 0) return store.set({ phase: 'noPack' });
    if (current === null || typeof current === 'string') {
      await needDraft(null);
      return store.set({ phase: current ?? 'noTab', page: null, host: '', reading: null, signs: [] });
    }
    const connected = await pages.connect(current.id, {
      onChanged: () => void inspect(),
      onClosed: () => {
        if (!isOld()) store.set({ isPointing: false });
      },
    });
    if (isOld()) {
      if (typeof connected !== 'string') connected.close();
      return;
    }
    if (typeof connected === 'string')
      return store.set({ phase: connected, page: current.id, host: current.title });
    link = connected;
    const isOther = state().host !== current.title;
    store.set({
      page: current.id,
      host: current.title,
      ...(isOther ? { wanted: null, openField: null } : {}),
    });
    await needDraft(isOther ? await worker.familyOf(current.origin) : null);
    if (isOld()) return;
    await inspect();
  }

  /** A draft of this family; null keeps the one there is, else the first. */
  async function needDraft(family: string | null): Promise<void> {
    if (draft && (family === null || draft.base.id === family)) return;
    const base = packs.find(({ id }) => id === family) ?? packs[0];
    if (base) await useDraft(base);
  }

  async function useDraft(base: Pack): Promise<void> {
    const kept = await shelf.draft(base.id);
    const isBehind = kept !== null && kept.source === 'force' && kept.base.version !== base.version;
    draft = kept === null ? newDraft(base) : isBehind ? rebased(kept, base) : kept;
    store.set({ note: draft.note, send: { at: 'idle' }, wanted: null, openField: null, offers: null });
    showDraft();
    await trial.load(base.id);
    void trial.run(runnable(draftPack(draft)));
  }

  function showDraft(): void {
    if (!draft) return;
    const own = draftPack(draft);
    const problems = new Map(
      [...checkPack(own).problems, ...lintPack(own)].map((one) => [`${one.field} ${one.problem}`, one]),
    );
    store.set({
      pack: packView(draft, own),
      changes: draft.changes.map(changeView),
      problems: [...problems.values()],
    });
  }

  async function inspect(): Promise<void> {
    const now = pack();
    if (!link || !now || !draft) return;
    look += 1;
    const mine = look;
    const report = await link.inspect(now, state().wanted).catch(() => null);
    if (mine !== look) return;
    if (report === null) return store.set({ phase: 'unreachable', isPointing: false });
    lastReading = report.reading;
    store.set({
      phase: report.isDenied ? 'denied' : 'ready',
      place: report.place,
      signs: signsView(report.signs),
      reading: report.reading && readingView(report.reading, now, draft.base),
      headers: report.headers,
    });
  }

  /** A new draft: kept, shown, and tried on the page and on every saved page. */
  async function take(next: Draft): Promise<void> {
    draft = next;
    store.set({ offers: null, send: { at: 'idle' }, notice: null });
    showDraft();
    await shelf.saveDraft(next);
    await inspect();
    const now = pack();
    if (now) await trial.run(now);
  }

  const change = (one: Change) => {
    if (draft) void take(withChange(draft, one));
  };

  async function snapshot(): Promise<void> {
    const now = pack();
    if (!link || !now) return;
    store.set({ snapshotBusy: true, snapshotProblem: null, notice: null });
    try {
      await trial.look(now, await link.snapshot(now, state().wanted), lastReading);
    } catch (error) {
      const isLarge = error instanceof Error && error.message === 'tooLarge';
      store.set({ snapshotProblem: isLarge ? 'tooLarge' : 'failed' });
    }
    store.set({ snapshotBusy: false });
  }

  const outlet = makeOutlet({
    store,
    shelf,
    trial,
    sendPack: worker.sendPack,
    saveFile: ports.saveFile,
    versionInForce: (id) => packs.find((one) => one.id === id)?.version ?? null,
    draft: () => draft,
    setDraft: (next) => {
      draft = next;
      showDraft();
    },
    take,
  });

  const withPack = (work: (now: Pack) => Promise<void>) => {
    const now = pack();
    if (now) void work(now);
  };

  const actions: WorkshopActions = {
    ...makePointing({ store, link: () => link, pack, change }),
    retry: () => void begin(),
    openOptions: ports.openOptions,
    showTab: (tab) => store.set({ tab, notice: null }),
    choosePage: (tab) => {
      pages.choose(tab);
      void begin();
    },
    choosePack: (id) => {
      const base = packs.find((one) => one.id === id);
      if (base) void useDraft(base).then(inspect);
    },
    chooseType: (wanted) => {
      store.set({ wanted, openField: null, offers: null });
      void inspect();
    },
    openField: (openField) => {
      link?.stopPicking();
      store.set({ openField, offers: null, isPointing: false });
    },
    setWide: (isWide) => store.set({ isWide }),
    undo: (at) => {
      if (draft) void take(withoutChange(draft, at));
    },
    discard: () => {
      const base = packs.find(({ id }) => id === draft?.base.id);
      if (!draft) return;
      const id = draft.base.id;
      void take(newDraft(base ?? draft.base)).then(() => shelf.removeDraft(id));
      store.set({ note: '' });
    },
    runFixtures: () => withPack(trial.run),
    acceptFixture: (name) => withPack((now) => trial.accept(now, name)),
    removeFixture: (name) => withPack((now) => trial.remove(now, name)),
    takeSnapshot: () => void snapshot(),
    saveSnapshot: (name) => withPack((now) => trial.save(now, name.trim())),
    dropSnapshot: () => trial.drop(),
    showSnapshot: (place) => ports.show(trial.html() ?? '', place),
    exportFile: outlet.exportFile,
    exportJson: outlet.exportJson,
    importFile: (file) => void outlet.importFile(file),
    setNote: (note) => {
      store.set({ note });
      if (!draft) return;
      draft = { ...draft, note };
      void shelf.saveDraft(draft);
    },
    send: () => void outlet.send(),
    raise: () => void outlet.raise(),
    dismiss: () => store.set({ notice: null }),
  };

  return {
    actions,
    async start() {
      unwatch = pages.watch(() => void begin());
      await begin();
    },
    stop() {
      unwatch();
      link?.close();
    },
  };
}
