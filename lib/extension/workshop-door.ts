/**
 * Opening the workshop beside the page: side panel (Chromium 116 and newer), sidebar (Firefox), else a tab. Both panels open
 * only inside a click, so what they need is asked for before, and nothing is awaited first.
 */
import { browser } from 'wxt/browser';
import { ask } from './client.ts';

interface Panels {
  readonly sidePanel?: {
    readonly setOptions: (options: { path: string; enabled: boolean }) => Promise<void>;
    /** From Chromium 116; in 114 and 115 only the person can open a panel. */
    readonly open?: (options: { windowId: number }) => Promise<void>;
  };
  readonly sidebarAction?: { readonly open: () => Promise<void> };
}

const PAGE = 'workshop.html';

/** Where the click will happen: the window, and the tab that the workshop is to be about. */
export interface ClickPlace {
  readonly window: number | null;
  readonly tab: number | null;
}

/** Asks for the place beforehand; `tab` null when the page asking is itself the tab shown. */
export async function placeOfClick(): Promise<ClickPlace> {
  const [own, active] = await Promise.all([
    browser.tabs.getCurrent().catch(() => undefined),
    browser.tabs.query({ active: true, currentWindow: true }).catch(() => []),
  ]);
  const tab = active[0];
  return { window: tab?.windowId ?? null, tab: own || tab?.id === undefined ? null : tab.id };
}

/** Opens the workshop; call it in the click itself. */
export async function openWorkshop({ window, tab }: ClickPlace): Promise<void> {
  const panels = browser as unknown as Panels;
  const { sidebarAction } = panels;
  try {
    if (sidebarAction) return await sidebarAction.open();
    if (panels.sidePanel?.open && window !== null) {
      // The manifest names no panel, so that nobody else is offered one.
      void panels.sidePanel.setOptions({ path: PAGE, enabled: true });
      return await panels.sidePanel.open({ windowId: window });
    }
  } catch {
    // Refused (no click, a kiosk window): the tab always works.
  }
  const url = new URL(PAGE, location.origin);
  if (tab !== null) url.searchParams.set('tab', String(tab));
  await browser.tabs.create({ url: url.href });
}

/** Asks or switches the IT profile; null when the worker could not be reached. */
export async function askItProfile(
  wanted: boolean | null,
): Promise<{ readonly isOn: boolean; readonly isFixed: boolean } | null> {
  const answer = await ask({ type: 'extension-worker/it-profile', wanted });
  return answer !== null && 'isOn' in answer ? answer : null;
}
