/** Measures what this browser and this device can tell of themselves; the judging is `judge.ts`. Browser only. */
import { opfsPlace } from '../../journal/index.ts';
import { type PullResult, pullConfig } from '../../sync/index.ts';
import type { Loaded } from '../lazy-backend.ts';
import type { Room } from '../room.ts';
import type { CheckFacts, HubAnswer } from './judge.ts';
import { outlivedRestart, probeDatabase, probeSecondPlace } from './probe.ts';

/** What only the person in front of the screen can say. */
export type Said = Pick<CheckFacts, 'heard' | 'touched'>;

const ANSWERS: Record<PullResult['state'], HubAnswer> = {
  updated: 'reached',
  unchanged: 'reached',
  rejected: 'rejected',
  offline: 'offline',
  captivePortal: 'captivePortal',
  busy: 'busy',
  needsActivation: 'needsActivation',
  noHub: 'noHub',
};
const START = 'nmc-kiosk.start';
/** Folder of the probe in the second place, apart from the journal's. */
const PROBE_FOLDER = 'nmc-kiosk-probe';

/** Everything the check needs but what a person must say; takes as long as the hub takes to answer. Never rejects for what the device lacks. */
export async function measure(room: Room): Promise<CheckFacts> {
  const loaded = await room.backend();
  const hub = await askHub(loaded);
  const text = crypto.randomUUID();
  const [journal, kept, database, secondPlace, restarted, wake, build] = await Promise.all([
    journalState(loaded),
    readKeeping(),
    probeDatabase(indexedDB, text),
    probeSecondPlace(opfsPlace(PROBE_FOLDER), text),
    markStart(),
    tryWakeLock(),
    room.updates?.revision() ?? null,
  ]);
  return {
    heard: null,
    touched: null,
    ...kept,
    database,
    secondPlace,
    journal: journal?.storage === 'ok',
    outlivedRestart: restarted,
    isSecure: isSecureContext,
    origin: location.origin,
    hub,
    now: Date.now(),
    built: Date.parse(String(import.meta.env.NMC_BUILT ?? '')) || 0,
    offset: journal?.offset ?? null,
    lastReceipt: journal?.lastReceipt ? Date.parse(journal.lastReceipt) : null,
    display: displayMode(),
    wake,
    scale: globalThis.visualViewport?.scale ?? 1,
    isPinchOff: isPinchOff(getComputedStyle(document.body).touchAction),
    build,
    failedUpdates: room.updates?.failures() ?? 0,
  };
}

/** Leaves a mark of this start, and says whether one of an earlier start was there. Never rejects. */
export function markStart(): Promise<boolean> {
  let start = sessionStorage.getItem(START);
  if (start === null) {
    start = crypto.randomUUID();
    sessionStorage.setItem(START, start);
  }
  return outlivedRestart(indexedDB, start).catch(() => false);
}

/** Whether the browser promised to keep the data, and how much room there is; null where it does not say. */
export async function readKeeping(): Promise<Pick<CheckFacts, 'persisted' | 'usage' | 'quota'>> {
  const { storage } = navigator;
  const [persisted, space] = await Promise.all([
    storage.persisted?.().catch(() => null) ?? null,
    storage.estimate?.().catch(() => null) ?? null,
  ]);
  return { persisted, usage: space?.usage ?? null, quota: space?.quota ?? null };
}

/**
 * {@link readKeeping}, after asking for the promise where asking shows nothing: Chromium decides by itself and may agree
 * later (bookmarked, installed, much used: chromestatus 4931497563783168). An app installed by policy alone was refused
 * (measured, Chromium 156), so it is asked again every day.
 */
export async function askKeeping(): Promise<Awaited<ReturnType<typeof readKeeping>>> {
  const kept = await readKeeping();
  if (kept.persisted !== false || !('userAgentData' in navigator)) return kept;
  return { ...kept, persisted: await navigator.storage.persist().catch(() => false) };
}

/** How the page stands on the screen. A kiosk's window fills it, whatever the browser calls that mode. */
export function displayMode(): CheckFacts['display'] {
  const isFilling = innerWidth >= screen.width && innerHeight >= screen.height;
  if (isFilling || matchMedia('(display-mode: fullscreen)').matches) return 'fullscreen';
  return matchMedia('(display-mode: standalone)').matches ? 'standalone' : 'browser';
}

/** True when a `touch-action` leaves no zooming by two fingers. */
export function isPinchOff(touchAction: string): boolean {
  return !/auto|manipulation|pinch-zoom/.test(touchAction) && touchAction !== '';
}

/**
 * A real pull with this device's token; then, where the clock was never compared, a signed beacon whose receipt carries the
 * hub's time.
 */
async function askHub(loaded: Loaded): Promise<HubAnswer> {
  const device = loaded.device();
  if (!device) return 'needsActivation';
  const offset = (await journalState(loaded))?.offset ?? null;
  const answer = ANSWERS[(await pullConfig({ device, offset })).state];
  if (answer === 'reached') await loaded.sync({ force: true, closing: true }).catch(() => null);
  return answer;
}

function journalState(loaded: Loaded) {
  return loaded.journal().then(
    (journal) => journal.state(),
    () => null,
  );
}

/** Asks to keep the screen on and lets go at once; the page holds its own lock. */
async function tryWakeLock(): Promise<CheckFacts['wake']> {
  if (!('wakeLock' in navigator)) return 'missing';
  try {
    await (await navigator.wakeLock.request('screen')).release();
    return 'kept';
  } catch {
    return 'refused';
  }
}
