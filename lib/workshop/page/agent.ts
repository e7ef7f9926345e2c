/**
 * The workshop's hand in a host page: injected while the workshop looks at the page, gone when its port closes. Answers
 * only ports of this extension; everything it says is masked here first.
 */
import type { PageType } from '../../adapters/pack.ts';
import { placeOf } from '../../page/place.ts';
import { type FromAgent, PORT, type ToAgent } from '../protocol.ts';
import { inspect } from './inspect.ts';
import { offerOfHeader, offersFor } from './offers.ts';
import { startPicker } from './picker.ts';
import { takeSnapshot } from './snapshot.ts';

/** What we use of a port. */
export interface AgentPort {
  readonly name: string;
  readonly sender?: { readonly id?: string } | undefined;
  readonly postMessage: (message: FromAgent) => void;
  readonly onMessage: { readonly addListener: (listener: (message: ToAgent) => void) => void };
  readonly onDisconnect: { readonly addListener: (listener: () => void) => void };
}

export interface AgentDeps {
  readonly window: Window & typeof globalThis;
  readonly id: string;
  readonly isTrusted: (event: Event) => boolean;
}

/** At most one word about changes in this time. */
const QUIET = 700;

/** Serves one port; false when it is not the workshop's. */
export function serveWorkshop(deps: AgentDeps, port: AgentPort): boolean {
  if (port.name !== PORT || (port.sender?.id !== undefined && port.sender.id !== deps.id)) return false;
  const { window } = deps;
  const { document } = window;
  let stopPicking: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isOpen = true;
  const say = (message: FromAgent) => {
    if (isOpen) port.postMessage(message);
  };
  const place = () => placeOf(window.location);

  const answer = (message: ToAgent) => {
    if (message.type === 'stop') {
      stopPicking?.();
      stopPicking = null;
      return;
    }
    const { id, pack } = message;
    if (message.type === 'inspect') {
      return say({ type: 'inspected', id, report: inspect(document, place(), pack, message.page) });
    }
    if (message.type === 'snapshot')
      return say({ type: 'snapped', id, snapshot: takeSnapshot(document, place(), pack) });
    const page: PageType | undefined = pack.pages.find((one) => one.id === message.page);
    if (!page) return say({ type: 'offers', id, offers: [] });
    if (message.type === 'try') {
      const offers = offerOfHeader(message.header, document, pack, page, message.field);
      return say({ type: 'offers', id, offers });
    }
    stopPicking?.();
    stopPicking = startPicker({
      window,
      hint: message.hint,
      isTrusted: deps.isTrusted,
      onDone: (target) => {
        stopPicking = null;
        if (target === null) say({ type: 'stopped', id });
        else
          guard(id, () =>
            say({ type: 'offers', id, offers: offersFor(target, document, pack, page, message.field) }),
          );
      },
    });
  };
  const guard = (id: number, work: () => void) => {
    try {
      work();
    } catch (error) {
      // The error's text may quote the page: only a word of ours or its name leaves.
      const isOurs = error instanceof Error && error.message === 'tooLarge';
      say({
        type: 'failed',
        id,
        error: isOurs ? 'tooLarge' : error instanceof Error ? error.name : 'unknown',
      });
    }
  };

  const observer = new window.MutationObserver((records) => {
    const isOurs = records.every(({ addedNodes, removedNodes }) =>
      [...addedNodes, ...removedNodes].every((node) => node.nodeName.toLowerCase().startsWith('nmc-')),
    );
    if (isOurs || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      if (!document.hidden) say({ type: 'changed' });
    }, QUIET);
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });

  port.onMessage.addListener((message) => guard('id' in message ? message.id : 0, () => answer(message)));
  port.onDisconnect.addListener(() => {
    isOpen = false;
    stopPicking?.();
    observer.disconnect();
    if (timer !== null) clearTimeout(timer);
  });
  say({ type: 'ready', kind: document.contentType === 'application/pdf' ? 'pdf' : 'page' });
  return true;
}
