/**
 * The workshop as a whole without a browser: a real agent in a happy-dom page over real ports, a shelf on a fake IndexedDB,
 * the worker's answers made here. From a renamed column to an accepted proposal.
 */
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import type { WorkshopState } from '../../../components/workshop/model.ts';
import type { PackProposal } from '../../../lib/batch/index.ts';
import { makeWorkshop, type WorkshopPorts } from '../../../lib/workshop/controller.ts';
import { type FramePort, linkOver, openFrame } from '../../../lib/workshop/frames.ts';
import { type AgentPort, serveWorkshop } from '../../../lib/workshop/page/agent.ts';
import { PORT } from '../../../lib/workshop/protocol.ts';
import { openShelf } from '../../../lib/workshop/shelf.ts';
import { makeStore, startState } from '../../../lib/workshop/store.ts';
import { type TestWindow, windowOf } from '../adapters/dom.ts';
import { fixtureOf, htmlOf, packOf, render } from './room.ts';

const ORIGIN = 'https://motcua.example.gov.vn';
const igate2 = packOf('igate2');
const renamed = htmlOf('igate2', 'list-renamed-due');
const header = /appointmentDate" role="columnheader">([^<]+)/g;
const NEW_NAME = [...renamed.matchAll(header)].at(-1)![1]!;
let run = 0;
const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Tells all of them, not at once: ports answer in another task. */
function later<T>(listeners: readonly ((message: T) => void)[], message: T): void {
  queueMicrotask(() => {
    for (const hear of listeners) hear(message);
  });
}

/** A port between workshop and agent, as the browser makes one. */
function connect(window: TestWindow): FramePort {
  const toPage: ((message: never) => void)[] = [];
  const toShop: ((message: unknown) => void)[] = [];
  const closed: (() => void)[] = [];
  const page: AgentPort = {
    name: PORT,
    sender: { id: 'us' },
    postMessage: (message) => later(toShop, structuredClone(message)),
    onMessage: { addListener: (listener) => toPage.push(listener as (message: never) => void) },
    onDisconnect: { addListener: (listener) => closed.push(listener) },
  };
  queueMicrotask(() => serveWorkshop({ window, id: 'us', isTrusted: () => true }, page));
  return {
    postMessage: (message) => later(toPage, structuredClone(message) as never),
    disconnect: () => later(closed, undefined),
    onMessage: { addListener: (listener) => toShop.push(listener) },
    onDisconnect: { addListener: (listener) => closed.push(listener) },
  };
}

function makeRoom(
  options: Partial<WorkshopPorts['worker']> & { html?: string; place?: string; name?: string } = {},
) {
  run += 1;
  const window = windowOf(options.html ?? renamed, `${ORIGIN}${options.place ?? '/vi/dossier/search'}`);
  const listeners: ((state: WorkshopState) => void)[] = [];
  const store = makeStore(startState('vi'), (state) => {
    for (const listener of [...listeners]) listener(state);
  });
  const sent: PackProposal[] = [];
  const saved = new Map<string, string>();
  const workshop = makeWorkshop(store, {
    pages: {
      isTab: async () => false,
      choices: async () => [],
      choose: () => undefined,
      current: async () => ({ id: 1, title: 'motcua.example.gov.vn', origin: ORIGIN }),
      connect: async (_, events) => {
        const frame = await openFrame(connect(window), 0, events);
        return frame === null || frame === 'pdf' ? 'unreachable' : linkOver([frame]);
      },
      watch: () => () => undefined,
    },
    shelf: openShelf(options.name ?? `shelf-${run}`),
    render,
    bundled: async (pack) =>
      pack === 'igate2' ? [fixtureOf('igate2', 'list-basic'), fixtureOf('igate2', 'login')] : [],
    worker: {
      isIt: async () => true,
      packs: async () => [packOf('td-antd'), igate2],
      familyOf: async () => 'igate2',
      sendPack: async (proposal) => {
        sent.push(proposal);
        return { state: 'accepted', problem: null };
      },
      ...options,
    },
    clock: () => Date.parse('2026-11-22T03:00:00Z'),
    saveFile: (name, text) => void saved.set(name, text),
    openOptions: () => undefined,
    show: () => () => undefined,
  });
  stops.push(workshop.stop);
  /** The first state for which this holds; fails with the last state seen when it never comes. */
  const until = (what: string, holds: (state: WorkshopState) => boolean) =>
    new Promise<WorkshopState>((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`waited in vain: ${what}`)), 4_000);
      const look = (state: WorkshopState) => {
        if (!holds(state)) return;
        clearTimeout(timer);
        listeners.splice(listeners.indexOf(look), 1);
        done(state);
      };
      listeners.push(look);
      look(store.get());
    });
  const fieldOf = (name: string) => store.get().reading?.fields.find((one) => one.name === name);
  return { window, workshop, store, until, fieldOf, sent, saved };
}

const isDone = (state: WorkshopState) =>
  state.running === null && state.fixtures.every(({ result }) => result !== 'waiting');

describe('a renamed column', () => {
  it('is red, is repaired from the page’s own header, and goes to the province with its results', async () => {
    const { workshop, until, fieldOf, sent, store } = makeRoom();
    const { actions } = workshop;
    await workshop.start();
    await until('the page is read', ({ reading }) => reading?.isRecognised === true);
    expect(store.get().pack).toMatchObject({ id: 'igate2', version: igate2.version });
    expect(store.get().reading?.health).toBe('degraded');
    expect(fieldOf('due')).toMatchObject({ state: 'missing', read: 0 });
    expect(store.get().headers).toContain(NEW_NAME);

    actions.openField('due');
    actions.tryHeader(NEW_NAME);
    const { offers } = await until('an offer', ({ offers }) => offers !== null);
    expect(offers).toEqual([{ kind: 'header', text: NEW_NAME, read: 3, rows: 3, takenBy: null }]);
    actions.applyOffer(0);
    await until('the draft reads it', (state) => state.changes.length === 1 && isDone(state));
    await until('the field is green', () => fieldOf('due')?.state === 'good');
    expect(store.get().reading?.health).toBe('ok');
    expect(store.get().problems).toEqual([]);
    expect(store.get().fixtures.map(({ result }) => result)).toEqual(['pass', 'pass']);

    actions.takeSnapshot();
    const { snapshot } = await until('a sample', (state) => state.snapshot !== null);
    expect(snapshot!.differs).toBeNull();
    actions.saveSnapshot(snapshot!.name);
    await until('it is kept', (state) => state.fixtures.length === 3 && isDone(state));
    actions.setNote('Cổng đổi tên cột');
    actions.send();
    await until('the hub took it', ({ send }) => send.at === 'accepted');
    expect(sent).toHaveLength(1);
    const [proposal] = sent;
    expect(proposal).toMatchObject({ note: 'Cổng đổi tên cột' });
    expect(proposal!.fixtures).toHaveLength(1);
    expect(proposal!.results.map(({ ok }) => ok)).toEqual([true, true, true]);
    const pack = proposal!.pack as typeof igate2;
    expect(JSON.stringify(pack.pages.find(({ id }) => id === 'detail')!.fields.due)).toContain(NEW_NAME);
    expect(pack.version).not.toBe(igate2.version);
    expect(store.get().pack!.version).toBe(pack.version);
  });

  it('is offered its header when one points at a cell, and the page gets nothing of it', async () => {
    const { window, workshop, until } = makeRoom();
    await workshop.start();
    await until('the page is read', ({ reading }) => reading !== null);
    const cell = [...window.document.querySelectorAll('td.mat-column-appointmentDate')].at(-1)!;
    const heard: string[] = [];
    window.document.body.addEventListener('click', () => heard.push('click'), true);
    Object.defineProperty(window.document, 'elementsFromPoint', {
      configurable: true,
      value: () => [window.document.querySelector('nmc-picker'), cell, window.document.body],
    });
    workshop.actions.openField('due');
    workshop.actions.point();
    await until('pointing', ({ isPointing }) => isPointing);
    await expect.poll(() => window.document.querySelector('nmc-picker')).not.toBeNull();
    const click = new window.MouseEvent('click', { bubbles: true, cancelable: true });
    window.document.querySelector('nmc-picker')!.dispatchEvent(click);
    const { offers } = await until('offers', (state) => state.offers !== null);
    expect(offers!.map(({ kind }) => kind)).toEqual(['header', 'css']);
    expect(offers![0]).toMatchObject({ text: NEW_NAME, read: 3 });
    expect(offers![1]!.text).toBe('.mat-column-appointmentDate');
    expect(click.defaultPrevented).toBe(true);
    expect(heard).toEqual([]);
    expect(window.document.querySelector('nmc-picker')).toBeNull();
  });

  it('Escape leaves without an offer', async () => {
    const { window, workshop, until } = makeRoom();
    await workshop.start();
    await until('the page is read', ({ reading }) => reading !== null);
    workshop.actions.openField('due');
    workshop.actions.point();
    await expect.poll(() => window.document.querySelector('nmc-picker')).not.toBeNull();
    window.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await until('left', ({ isPointing }) => !isPointing);
    expect(window.document.querySelector('nmc-picker')).toBeNull();
  });
});

describe('the draft', () => {
  it('is there again after the workshop was closed, and every change can be taken back', async () => {
    const first = makeRoom({ name: 'kept' });
    await first.workshop.start();
    await first.until('ready', ({ reading }) => reading !== null);
    first.workshop.actions.openField('due');
    first.workshop.actions.addText(NEW_NAME);
    await first.until('changed', (state) => state.changes.length === 1 && isDone(state));
    first.workshop.stop();

    const second = makeRoom({ name: 'kept' });
    await second.workshop.start();
    await second.until('the kept draft reads', () => second.fieldOf('due')?.state === 'good');
    expect(second.store.get().changes).toHaveLength(1);
    second.workshop.actions.undo(0);
    await second.until('red again', () => second.fieldOf('due')?.state === 'missing');
    expect(second.store.get().changes).toEqual([]);
    expect(second.store.get().pack!.version).toBe(igate2.version);
  });

  it('a taken name is not offered to a second field', async () => {
    const { workshop, until } = makeRoom();
    await workshop.start();
    await until('ready', ({ reading }) => reading !== null);
    workshop.actions.openField('due');
    workshop.actions.tryHeader('Ngày tiếp nhận');
    const { offers } = await until('offer', (state) => state.offers !== null);
    expect(offers![0]).toMatchObject({ takenBy: 'received' });
  });

  it('leaves as a file and comes back from it', async () => {
    const { workshop, until, saved } = makeRoom();
    await workshop.start();
    await until('ready', ({ reading }) => reading !== null);
    workshop.actions.openField('due');
    workshop.actions.addText(NEW_NAME);
    await until('changed', (state) => state.changes.length === 1 && isDone(state));
    workshop.actions.exportFile();
    const [[name, text]] = [...saved] as [[string, string]];
    expect(name).toMatch(/^igate2-\d+\.\d+\.\d+\.nmc-pack$/);

    const other = makeRoom();
    await other.workshop.start();
    await other.until('ready', ({ reading }) => reading !== null);
    other.workshop.actions.importFile(new File([text], name));
    await other.until('imported', ({ notice }) => notice?.kind === 'imported');
    await other.until('it reads', () => other.fieldOf('due')?.state === 'good');
    other.workshop.actions.importFile(new File(['{"pack":1}'], 'x.nmc-pack'));
    await other.until('refused', ({ notice }) => notice?.kind === 'importFailed');
  });
});

describe('what the hub says', () => {
  it('a taken version is raised and sent again', async () => {
    const versions: string[] = [];
    const room = makeRoom({
      sendPack: async ({ pack }) => {
        versions.push((pack as typeof igate2).version);
        return versions.length === 1
          ? {
              state: 'refused',
              problem: { code: 'packTaken', field: 'pack.version', message: 'Đã có bản này.' },
            }
          : { state: 'accepted', problem: null };
      },
    });
    const { workshop, until } = room;
    await workshop.start();
    await until('ready', ({ reading }) => reading !== null);
    workshop.actions.openField('due');
    workshop.actions.addText(NEW_NAME);
    await until('changed', (state) => state.changes.length === 1 && isDone(state));
    workshop.actions.send();
    const { send } = await until('refused', (state) => state.send.at === 'refused');
    expect(send).toEqual({ at: 'refused', message: 'Đã có bản này.', isVersion: true });
    workshop.actions.raise();
    await until('accepted', (state) => state.send.at === 'accepted');
    expect(versions[1]).not.toBe(versions[0]);
  });

  it.each(['offline', 'noHub', 'notActivated', 'captivePortal'] as const)(
    '%s keeps the draft',
    async (answer) => {
      const { workshop, until, store } = makeRoom({
        sendPack: async () => ({ state: answer, problem: null }),
      });
      await workshop.start();
      await until('ready', ({ reading }) => reading !== null);
      workshop.actions.openField('due');
      workshop.actions.addText(NEW_NAME);
      await until('changed', (state) => state.changes.length === 1 && isDone(state));
      workshop.actions.send();
      await until(answer, (state) => state.send.at === answer);
      expect(store.get().changes).toHaveLength(1);
    },
  );
});

describe('where there is nothing to repair', () => {
  it('officials see nothing, log-in pages are not read, other pages say why', async () => {
    const official = makeRoom({ isIt: async () => false });
    await official.workshop.start();
    expect(official.store.get()).toMatchObject({ phase: 'notIt', reading: null });

    const login = makeRoom({ html: htmlOf('igate2', 'login'), place: '/auth/realms/x/login' });
    await login.workshop.start();
    await login.until('denied', ({ phase }) => phase === 'denied');
    expect(login.store.get().reading).toBeNull();

    const other = makeRoom({ place: '/vi/nowhere' });
    await other.workshop.start();
    await other.until('looked', ({ phase }) => phase === 'ready');
    expect(other.store.get().reading).toBeNull();
    expect(other.store.get().signs.every(({ isRecognised }) => !isRecognised)).toBe(true);
    other.workshop.actions.chooseType('list');
    await other.until('read by hand', ({ reading }) => reading?.isRecognised === false);
    expect(other.store.get().reading!.rows).toBe(3);
  });

  it('answers only its own port', () => {
    const window = windowOf(renamed);
    const port = (name: string, id: string) => ({
      name,
      sender: { id },
      postMessage: () => undefined,
      onMessage: { addListener: () => undefined },
      onDisconnect: { addListener: () => undefined },
    });
    const serve = (name: string, id: string) =>
      serveWorkshop({ window, id: 'us', isTrusted: () => true }, port(name, id));
    expect([serve(PORT, 'us'), serve('other', 'us'), serve(PORT, 'them')]).toEqual([true, false, false]);
  });
});
