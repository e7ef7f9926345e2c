/**
 * Wires the worker's rooms. Listeners are registered synchronously by `listen`; what they stand on is opened when a
 * message or an alarm first needs it, so a worker started for one message does only that message's work.
 */
import { browser } from 'wxt/browser';
import { BUNDLED_PACKS } from '../adapters/packs/index.ts';
import { type Journal, openJournal, storageLocalPlace } from '../journal/index.ts';
import { face, localArea, scripting, senderOf, sessionArea, tellEveryTab } from './browser.ts';
import type { Deps } from './deps.ts';
import { dispatch } from './dispatch.ts';
import { noteGrants } from './grants.ts';
import { openMemory } from './memory.ts';
import { packDoor } from './packs.ts';
import { POLICY_KEYS, readPolicy } from './policy.ts';
import { reconcile } from './registrations.ts';
import { localSettings, sessionSettings } from './settings.ts';
import { bindings, showState } from './state.ts';
import { deviceCache, deviceDoor, syncDoor } from './sync-door.ts';
import { ALARM, PERIOD, tick } from './sync-loop.ts';

const isTest = import.meta.env.NMC_FLAVOUR === 'test';
/** A PC left alone this long forgets who is on duty; a locked one at once. */
const IDLE_SECONDS = 15 * 60;

let deps: Deps | null = null;

function room(): Deps {
  deps ??= openRoom();
  return deps;
}

function openRoom(): Deps {
  const clock = () => Date.now();
  const cache = deviceCache();
  const journal = journalCache();
  const sync = syncDoor(cache, journal, clock);
  return {
    clock,
    lastWords: {
      get: async (slot) => (await browser.storage.local.get(slot))[slot],
      remove: (slot) => browser.storage.local.remove(slot),
    },
    local: localSettings(localArea),
    session: sessionSettings(sessionArea),
    memory: openMemory(),
    journal,
    device: async () => {
      const device = await cache.get();
      return device && deviceDoor(device);
    },
    deviceChanged: cache.reset,
    sync,
    packs: packDoor(BUNDLED_PACKS, sync.config),
    policy: () =>
      readPolicy(
        async (keys) => (isTest ? browser.storage.local : browser.storage.managed).get([...keys]),
        import.meta.env.NMC_TENANTS,
      ),
    scripting,
    face,
  };
}

function journalCache(): () => Promise<Journal> {
  let cached: Promise<Journal> | null = null;
  return () => {
    cached ??= openJournal({
      name: 'nmc-journal',
      second: storageLocalPlace(browser.storage.local),
      kind: 'extension',
    }).catch((error: unknown) => {
      cached = null;
      throw error;
    });
    return cached;
  };
}

/** Messages from readers, panel, popup, options and unit page. */
export function listenToMessages(): void {
  browser.runtime.onMessage.addListener((raw, sender, sendResponse) => {
    if (typeof raw?.type === 'string' && raw.type.startsWith('worker-')) return false;
    dispatch(room(), raw, senderOf(sender)).then(sendResponse);
    return true;
  });
}

/** Install, update and browser start: registrations and alarm as they should be. */
export function listenToLife(): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    inBackground('install', async () => {
      await setUp('all');
      if (reason === 'install' && !isTest) await browser.runtime.openOptionsPage();
    });
  });
  browser.runtime.onStartup.addListener(() => inBackground('start', () => setUp('none')));
  // Neither event comes when a disabled extension is enabled again, nor after `storage.session` was lost.
  inBackground('wake', async () => {
    if (!(await room().session.isStarted.get())) await setUp('none');
  });
}

export function listenToPermissions(): void {
  browser.permissions.onAdded.addListener(({ origins = [] }) =>
    inBackground('permission', async () => {
      await rebind('new');
      await noteGrants(room(), origins, true);
    }),
  );
  browser.permissions.onRemoved.addListener(({ origins = [] }) =>
    inBackground('permission', async () => {
      await rebind('none');
      await tellEveryTab({ type: 'worker-page/pack' });
      await noteGrants(room(), origins, false);
    }),
  );
  browser.storage.onChanged.addListener((changes, area) => {
    if (area !== (isTest ? 'local' : 'managed') || !POLICY_KEYS.some((key) => key in changes)) return;
    inBackground('policy', async () => {
      await rebind('new');
      await tick(room());
    });
  });
}

export function listenToAlarms(): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) inBackground('tick', () => tick(room()));
  });
}

/** A locked or abandoned PC: the next person must say who they are (DESIGN §3, Whose). */
export function listenToIdle(): void {
  browser.idle.setDetectionInterval(IDLE_SECONDS);
  browser.idle.onStateChanged.addListener((state) => {
    if (state === 'active') return;
    inBackground('idle', async () => {
      await room().session.duty.set(null);
      await showState(room());
    });
  });
}

async function setUp(openTabs: 'all' | 'none'): Promise<void> {
  const { session } = room();
  await session.isStarted.set(true);
  if (!(await browser.alarms.get(ALARM)))
    await browser.alarms.create(ALARM, { delayInMinutes: 1, periodInMinutes: PERIOD });
  await rebind(openTabs);
  await showState(room());
}

async function rebind(openTabs: 'none' | 'new' | 'all'): Promise<void> {
  await reconcile(scripting, () => bindings(room()), openTabs);
}

function inBackground(what: string, work: () => Promise<unknown>): void {
  work().catch((error: unknown) => {
    console.error(`worker: ${what} failed`, error instanceof Error ? error.name : 'unknown');
  });
}
