/** A host page under the real reader and engine, with hands that press and a page that answers. */
import { afterEach, vi } from 'vitest';
import { checkPack } from '../../../lib/adapters/check-pack.ts';
import type { Pack } from '../../../lib/adapters/pack.ts';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { ArmedAction, PageDocument, PageDossier } from '../../../lib/extension/page-messages.ts';
import { startEngine } from '../../../lib/page/engine.ts';
import { readerLink } from '../../../lib/page/link.ts';
import { startReader } from '../../../lib/page/reader.ts';
import { type TestWindow, windowOf } from '../adapters/dom.ts';
import { fakeWorker, stored, until } from '../page/harness.ts';

export interface Counted {
  readonly action: string;
  readonly codes: readonly string[];
  readonly count: number | null;
}

export interface HostPage {
  readonly window: TestWindow;
  /** Presses with the mouse as a person does; `cancels`: the page's own handler stops the default. */
  readonly press: (css: string) => Promise<void>;
  /** The page shows something new. */
  readonly show: (html: string, into?: string) => Promise<void>;
  /** Everything on the page has been read and told. */
  readonly settled: () => Promise<void>;
  readonly counted: () => Counted[];
  readonly dossiers: () => PageDossier[];
  readonly documents: () => PageDocument[];
  readonly health: () => string[];
  /** Everything that left the page. */
  readonly told: () => string;
}

const readers: { readonly stop: () => void }[] = [];
afterEach(() => {
  for (const one of readers.splice(0)) one.stop();
  vi.unstubAllGlobals();
});

export const packOf = (id: string): Pack => BUNDLED_PACKS.find((pack) => pack.id === id)!;

/** A small pack for one trap, checked as any other. */
export function smallPack(parts: { readonly pages?: unknown[]; readonly actions?: unknown[] }): Pack {
  const { pack, problems } = checkPack({
    schema: 'nmc-pack/1',
    id: 'small',
    version: '0.1.0',
    name: 'Small',
    status: 'unverified',
    deny: [],
    pages: parts.pages ?? [],
    actions: parts.actions ?? [],
    vocabulary: {},
  });
  if (!pack || problems.length > 0) throw new Error(JSON.stringify(problems));
  return pack;
}

/** Opens the page. `armed`: what the document before this one left waiting. */
export async function open(
  pack: Pack,
  place: string,
  html: string,
  armed: ArmedAction | null = null,
): Promise<HostPage> {
  const window = windowOf(html, `https://motcua.example.gov.vn${place}`);
  const { document } = window;
  vi.stubGlobal('document', document);
  const worker = fakeWorker((message) => {
    if (message.type === 'page-worker/hello') {
      return { pack, system: 's', state: 'recording', armed, language: 'vi', slot: 'slot' };
    }
    if (message.type === 'page-worker/load-engine') {
      readerLink(window)?.attach(startEngine);
      return { ok: true };
    }
    return message.type === 'panel-worker/summary' ? { counts: {} } : stored();
  });
  readers.push(
    startReader({
      ...worker,
      isAlive: worker.isAlive,
      window,
      now: Date.now,
      isTrusted: () => true,
      isTest: true,
    }),
  );
  let asked = 0;
  const settled = async () => {
    asked += 1;
    const token = String(asked);
    document.documentElement.dataset.nmcAsk = token;
    await until(() => document.documentElement.dataset.nmcQuiet === token);
  };
  await settled();
  const fire = (target: Element, type: string) =>
    target.dispatchEvent(new window.Event(type, { bubbles: true, composed: true, cancelable: true }));
  return {
    window,
    settled,
    press: async (css) => {
      const target = document.querySelector(css)!;
      for (const type of ['pointerdown', 'pointerup', 'click']) fire(target, type);
      await settled();
    },
    show: async (shown, into = 'body') => {
      document.querySelector(into)!.insertAdjacentHTML('beforeend', shown);
      await settled();
    },
    counted: () =>
      worker
        .of('page-worker/confirm')
        .map(({ armed: { action, codes }, count }) => ({ action, codes, count })),
    dossiers: () => worker.of('page-worker/rows').flatMap(({ dossiers }) => dossiers),
    documents: () => worker.of('page-worker/rows').flatMap(({ documents }) => documents),
    health: () => worker.of('page-worker/health').map(({ health }) => health),
    told: () => JSON.stringify(worker.sent),
  };
}
