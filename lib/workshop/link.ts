/**
 * The line to the host page: which tab, may we read it, put the agent in, talk over one port per frame. A page that reloads
 * closes its ports; the next `connect` puts the agent in again.
 */
import { browser } from 'wxt/browser';
import { originOf } from '../extension/message-schema.ts';
import { type Frame, type FrameEvents, linkOver, openFrame, type PageLink } from './frames.ts';
import { PORT } from './protocol.ts';

const AGENT_FILE = '/picker.js';

/** A page that may be looked at. */
export interface TabView {
  readonly id: number;
  readonly title: string;
  readonly origin: string;
}

export type Refusal = 'notGranted' | 'own' | 'pdf' | 'unreachable';

export interface Pages {
  /** The tab the workshop is about now; null when there is none. */
  readonly current: () => Promise<TabView | Refusal | null>;
  /** Tabs to choose from where the workshop itself is a tab. */
  readonly choices: () => Promise<readonly TabView[]>;
  readonly choose: (tab: number) => void;
  readonly isTab: () => Promise<boolean>;
  readonly connect: (tab: number, events: FrameEvents) => Promise<PageLink | Refusal>;
  /** Calls back when another tab is shown or the page is loaded anew. */
  readonly watch: (onOther: () => void) => () => void;
}

const GRANTED = ['http://*/*', 'https://*/*'];

/** The browser's tabs; `asked` is the tab named in the workshop's own address. */
export function browserPages(asked: number | null): Pages {
  let chosen = asked;
  const viewOf = (tab: { id?: number | undefined; url?: string | undefined }): TabView | Refusal => {
    const origin = originOf(tab.url);
    if (tab.url?.startsWith(location.origin)) return 'own';
    if (tab.id === undefined || origin === null) return 'notGranted';
    return { id: tab.id, title: hostOf(origin), origin };
  };
  const isTab = async () => (await browser.tabs.getCurrent().catch(() => undefined)) !== undefined;
  return {
    isTab,
    choose: (tab) => {
      chosen = tab;
    },
    async current() {
      if (chosen !== null) {
        const tab = await browser.tabs.get(chosen).catch(() => null);
        if (tab) return viewOf(tab);
        chosen = null;
      }
      if (await isTab()) return null;
      const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
      return tab ? viewOf(tab) : null;
    },
    async choices() {
      // Only tabs of granted hosts show their address, so only those come back.
      const tabs = await browser.tabs.query({ url: GRANTED });
      return tabs.map(viewOf).filter((one) => typeof one !== 'string');
    },
    async connect(tab, events) {
      const injected = await browser.scripting
        .executeScript({ target: { tabId: tab, allFrames: true }, files: [AGENT_FILE] })
        .catch(() => null);
      if (injected === null) return 'unreachable';
      const frames: Frame[] = [];
      for (const { frameId } of injected) {
        const port = browser.tabs.connect(tab, { name: PORT, frameId });
        const frame = await openFrame(port, frameId, events);
        if (frame === 'pdf') return 'pdf';
        if (frame) frames.push(frame);
      }
      return frames.length === 0 ? 'unreachable' : linkOver(frames);
    },
    watch(onOther) {
      // A chosen page stays the one that is meant, whatever tab is looked at.
      const onActivated = () => {
        if (chosen === null) onOther();
      };
      const onUpdated = (tab: number, info: { status?: string }) => {
        if (info.status === 'complete' && (chosen === null || tab === chosen)) onOther();
      };
      browser.tabs.onActivated.addListener(onActivated);
      browser.tabs.onUpdated.addListener(onUpdated);
      return () => {
        browser.tabs.onActivated.removeListener(onActivated);
        browser.tabs.onUpdated.removeListener(onUpdated);
      };
    },
  };
}

/** The tab's title may name a citizen: the host is enough to know it by. */
const hostOf = (origin: string) => new URL(origin).host;
