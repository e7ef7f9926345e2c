/** Wires the workshop: the worker by message, the page by its agent, the shelf, an inert place; then draws. */
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { WorkshopApp } from '../../components/workshop/WorkshopApp.tsx';
import { ask } from '../extension/client.ts';
import { makeWorkshop, type WorkshopPorts } from './controller.ts';
import type { Fixture } from './fixture.ts';
import { renderInert, showInert } from './inert.ts';
import { browserPages } from './link.ts';
import { openShelf } from './shelf.ts';
import { makeStore, startState } from './store.ts';

/** How long a saved file's address stays valid: the browser needs it until the download has begun. */
const KEEP_URL_MS = 60_000;

/** Starts the workshop in this document: side panel, sidebar, or a tab (`?tab=` names the page it is about). */
export async function startWorkshop(root: HTMLElement): Promise<void> {
  const view = await ask({ type: 'extension-worker/view' });
  const language = view !== null && 'language' in view ? view.language : 'vi';
  document.documentElement.lang = language;
  const store = makeStore(startState(language), draw);
  const asked = Number(new URLSearchParams(location.search).get('tab') ?? Number.NaN);
  const workshop = makeWorkshop(store, ports(Number.isInteger(asked) ? asked : null));
  function draw(): void {
    render(<WorkshopApp state={store.get()} actions={workshop.actions} />, root);
  }
  addEventListener('pagehide', workshop.stop);
  draw();
  await workshop.start();
}

function ports(asked: number | null): WorkshopPorts {
  return {
    pages: browserPages(asked),
    shelf: openShelf(),
    render: renderInert,
    show: showInert,
    clock: () => Date.now(),
    async bundled(pack) {
      const response = await fetch(`/fixtures/${pack}.json`).catch(() => null);
      return response?.ok ? ((await response.json()) as Fixture[]) : [];
    },
    worker: {
      async isIt() {
        const answer = await ask({ type: 'extension-worker/it-profile', wanted: null });
        return answer !== null && 'isOn' in answer && answer.isOn;
      },
      async packs() {
        const answer = await ask({ type: 'extension-worker/packs' });
        return answer !== null && 'packs' in answer ? answer.packs : [];
      },
      async familyOf(origin) {
        const answer = await ask({ type: 'extension-worker/view' });
        if (answer === null || !('hosts' in answer)) return null;
        return answer.hosts.find((one) => one.origin === origin)?.family ?? null;
      },
      async sendPack(proposal) {
        const answer = await ask({ type: 'extension-worker/send-pack', proposal });
        return answer !== null && 'state' in answer ? answer : null;
      },
    },
    saveFile(name, text) {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), KEEP_URL_MS);
    },
    openOptions: () => void browser.tabs.create({ url: new URL('options.html', location.origin).href }),
  };
}
