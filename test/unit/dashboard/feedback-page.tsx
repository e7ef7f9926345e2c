/** The whole dashboard over a source in memory, opened at one of the views of ratings and kiosks. */
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { vi } from 'vitest';
import { App } from '../../../lib/dashboard/App.tsx';
import { type Controller, firstPeriod, makeController } from '../../../lib/dashboard/controller.ts';
import type { FeedbackHub, FeedbackPort } from '../../../lib/dashboard/feedback-source.ts';
import type { FiguresSource } from '../../../lib/dashboard/source.ts';
import { makeStore, type Store, startState } from '../../../lib/dashboard/store.ts';
import { type Answer, done, failed, failureOf } from '../../../lib/dashboard/talk.ts';
import type { Unit } from '../../../lib/domain/unit.ts';
import { CLIPS, COUNTERS, KIOSKS, QUESTIONNAIRES, RATINGS, SETTING } from './feedback-sample.ts';

export const NOW = Date.parse('2026-09-11T08:12:00Z');
const unit = (id: string, parent: string | null, name: string): Unit => ({
  id,
  parent,
  name,
  kind: 'commune',
  agencyCodes: [],
  aliases: [],
  validFrom: null,
  validTo: null,
});
const UNITS = [unit('40', null, 'Tỉnh Thử'), unit('a', '40', 'Xã Đô Lương')];
const DEVICES = [
  { id: 'k1', kind: 'kiosk', name: 'Thiết bị quầy 1' },
  { id: 'd1', kind: 'extension', name: 'Máy quầy 1' },
].map((one) => ({
  ...one,
  unit: { id: 'a', name: 'Xã Đô Lương' },
  status: 'active',
  streams: [],
  heardAt: null,
  alarms: [],
}));

export interface Page {
  readonly root: HTMLElement;
  readonly store: Store;
  readonly controller: Controller;
  /** What the source was told, in order. */
  readonly told: string[];
  readonly saved: { name: string; text: string }[];
}

/** A port that answers from the samples and notes what it is told. */
export function memoryPort(
  told: string[],
  change: Partial<FeedbackPort> = {},
  hub: Partial<FeedbackHub> = {},
) {
  const tell =
    (name: string) =>
    async (...values: unknown[]): Promise<Answer<null>> => {
      told.push([name, ...values.map((value) => JSON.stringify(value))].join(' '));
      return done(null);
    };
  const port: FeedbackPort = {
    read: async (id, period) => {
      told.push(`read ${id} ${period}`);
      return done({
        ...RATINGS,
        unit: { id, name: id },
        period: { ...RATINGS.period, id: period },
      });
    },
    kiosks: async () => done(KIOSKS),
    hub: {
      eraseComment: tell('erase'),
      counters: async () => done(COUNTERS),
      addCounter: tell('addCounter'),
      saveCounter: tell('saveCounter'),
      place: tell('place'),
      questionnaires: async () => done(QUESTIONNAIRES),
      addQuestionnaire: tell('addQuestionnaire'),
      setting: async () => done(SETTING),
      saveSetting: tell('saveSetting'),
      clips: async () => done(CLIPS),
      decideClip: tell('decideClip'),
      ...hub,
    },
    ...change,
  };
  return port;
}

/** Opens the dashboard in the body. */
export async function openPage(
  hash: string,
  how: {
    readonly told?: string[];
    readonly port?: FeedbackPort;
    readonly role?: string;
    readonly kind?: 'hub' | 'unit';
    readonly language?: 'vi' | 'en';
  } = {},
): Promise<Page> {
  location.hash = hash;
  const told = how.told ?? [];
  const kind = how.kind ?? 'hub';
  const none = async <T,>(): Promise<Answer<T>> => failed(failureOf('refused', 'none'));
  const source = {
    kind,
    capabilities: {
      hasLogin: kind === 'hub',
      hasCodes: kind === 'hub',
      hasCatalogueList: true,
      canImportHandover: true,
      acceptsDevices: kind === 'unit',
      hasUnitFile: kind === 'unit',
      hasFeedback: true,
    },
    session: async () =>
      done({ id: '1', name: 'Trần Thị Thử', role: how.role ?? 'provinceAdmin', unit: '40' }),
    units: async () => done(UNITS),
    figures: none,
    devices: async () => done(DEVICES),
    feedback: how.port ?? memoryPort(told),
  } as unknown as FiguresSource;
  const root = document.body.appendChild(document.createElement('div'));
  const store = makeStore(startState(how.language ?? 'vi', firstPeriod(NOW)));
  const saved: Page['saved'] = [];
  const controller = makeController(source, store, {
    clock: () => NOW,
    readHash: () => location.hash,
    writeHash(next) {
      location.hash = next;
    },
    saveFile: (name, content) => void content.text().then((text) => saved.push({ name, text })),
    rememberLanguage: () => {},
    figuresToXlsx: async () => new Blob([]),
  });
  act(() =>
    render(
      <App
        source={source}
        store={store}
        controller={controller}
        clock={() => NOW}
        isSecure
        print={() => {}}
        copy={async () => true}
      />,
      root,
    ),
  );
  await act(() => controller.start());
  return { root, store, controller, told, saved };
}

/** Hands and eyes on an open page. */
export function onPage(page: () => Page) {
  const find = <E extends HTMLElement>(selector: string) => {
    const found = page().root.querySelector<E>(selector);
    if (!found) throw new Error(`nothing on screen for ${selector}`);
    return found;
  };
  return {
    find,
    all: (selector: string) => [...page().root.querySelectorAll<HTMLElement>(selector)],
    text: (selector: string) => find(selector).textContent ?? '',
    value: (name: string) => find(`[data-figure="${name}"]`).dataset.value,
    click: (selector: string) => act(() => find(selector).click()),
    type: (selector: string, value: string) =>
      act(() => {
        const input = find<HTMLInputElement>(selector);
        input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }),
    choose: (selector: string, value: string) =>
      act(() => {
        const select = find<HTMLSelectElement>(selector);
        select.value = value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }),
    submit: (selector: string) =>
      act(() => void find(selector).dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))),
    until: (check: () => void) =>
      vi.waitFor(async () => {
        await act(async () => {});
        check();
      }, 5_000),
  };
}

export function closePage({ root }: Page): void {
  act(() => render(null, root));
  root.remove();
}
