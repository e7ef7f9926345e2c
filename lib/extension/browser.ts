/** The browser behind the worker's ports. Nothing here decides anything. */
import { browser } from 'wxt/browser';
import { vi } from '../i18n/extension/vi.ts';
import { translator } from '../i18n/index.ts';
import { placeOf } from '../page/place.ts';
import type { FaceDoor, Sender } from './deps.ts';
import { originOf } from './message-schema.ts';
import type { RecordingState, WorkerToPage } from './page-messages.ts';
import { ENGINE_FILE, PANEL_FILE, type ScriptingPort } from './registrations.ts';
import type { Area } from './store.ts';

export const localArea: Area = browser.storage.local;
export const sessionArea: Area = browser.storage.session;

export const scripting: ScriptingPort = {
  isGranted: (pattern) => browser.permissions.contains({ origins: [pattern] }),
  registered: async () =>
    (await browser.scripting.getRegisteredContentScripts()).map(({ id, matches }) => ({
      id,
      matches: matches ?? [],
    })),
  unregister: (ids) => browser.scripting.unregisterContentScripts({ ids: [...ids] }),
  register: (id, file, matches) =>
    browser.scripting.registerContentScripts([
      {
        id,
        js: [file],
        matches: [...matches],
        allFrames: true,
        runAt: 'document_end',
        persistAcrossSessions: true,
      },
    ]),
  tabsOn: async (patterns) =>
    (await browser.tabs.query({ url: [...patterns] })).flatMap(({ id }) => (id === undefined ? [] : [id])),
  inject: async (tab, file) => {
    await browser.scripting.executeScript({ target: { tabId: tab, allFrames: true }, files: [file] });
  },
};

const COLOURS: Record<RecordingState, string> = {
  recording: '#0b5cab',
  paused: '#4a5766',
  notActivated: '#8a4b00',
  storageBroken: '#a61b1b',
};
const t = translator(vi);

/** The toolbar's few letters: a count, or why there is none. */
function badgeText(state: RecordingState, counted: number, isPersonMissing: boolean): string {
  if (state === 'storageBroken') return '!';
  if (state === 'paused') return 'II';
  if (state === 'notActivated') return '…';
  if (isPersonMissing) return '?';
  return counted === 0 ? '' : counted > 999 ? '999+' : String(counted);
}

export const face: FaceDoor = {
  async badge(state, counted, isPersonMissing) {
    await Promise.all([
      browser.action.setBadgeText({ text: badgeText(state, counted, isPersonMissing) }),
      browser.action.setBadgeBackgroundColor({ color: COLOURS[state] }),
      browser.action.setTitle({ title: `${t('appName')}: ${t(`state.${state}`)}` }),
    ]);
  },
  async tellPages(patterns, message) {
    if (patterns.length === 0) return;
    const tabs = await browser.tabs.query({ url: [...patterns] });
    // A tab without a reader (not yet loaded, discarded) has nobody to hear it: no failure.
    await Promise.allSettled(
      tabs.map(({ id }) => (id === undefined ? null : browser.tabs.sendMessage(id, message))),
    );
  },
  async injectPanel(tab) {
    await browser.scripting.executeScript({ target: { tabId: tab }, files: [PANEL_FILE] });
  },
  async injectEngine(tab, frame) {
    await browser.scripting.executeScript({
      target: { tabId: tab, frameIds: [frame] },
      files: [ENGINE_FILE],
    });
  },
};

/** Tells the readers of every tab: a host that is no longer granted cannot be asked for by its pattern. */
export async function tellEveryTab(message: WorkerToPage): Promise<void> {
  const tabs = await browser.tabs.query({});
  await Promise.allSettled(
    tabs.map(({ id }) => (id === undefined ? null : browser.tabs.sendMessage(id, message))),
  );
}

/** Who sent a message, from what the browser says about it. */
export function senderOf(sender: {
  id?: string | undefined;
  url?: string | undefined;
  tab?: { id?: number | undefined } | undefined;
  frameId?: number | undefined;
}): Sender {
  const isOurs = sender.id === browser.runtime.id;
  const origin = isOurs ? originOf(sender.url) : null;
  return {
    origin,
    place: origin === null ? null : placeOf(new URL(sender.url!)),
    tab: sender.tab?.id ?? null,
    frame: sender.frameId ?? 0,
    isOwnPage: isOurs && sender.url?.startsWith(`${location.origin}/`) === true,
  };
}
