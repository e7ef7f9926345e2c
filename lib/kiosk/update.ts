/**
 * New versions, as the page sees them.
 *
 *   look ── register, update ──┬─ nothing new ......................... failures = 0, look again in 30 min
 *                              ├─ away (no network, hub down) ......... nothing is said, look again in 5 min
 *                              ├─ refused (404, a page for a script) .. failures + 1, look again in 5 min
 *                              └─ installing ──┬─ redundant (a file is not what the list says) .. failures + 1, in 5 min
 *                                              └─ waiting ── idle? ── SKIP_WAITING: every file of the new cache is
 *                                                   hashed again ──┬─ lacking: failures + 1, in 5 min
 *                                                                  └─ controls the page ── idle? ── reload
 *   a part of the page did not come ── a minute ── idle? ── can the page be had? ──┬─ no: in 5 min
 *                                                                                 └─ reload
 *
 * Timers count elapsed time, never the wall clock (a clock set back has silenced updates elsewhere). One look at a time,
 * one timer. A bad deploy leaves the version before in force; an older build put back is a new version like any other.
 */
import { messageSW } from 'workbox-window/messageSW.js';
import type { TextStore } from './settings.ts';
import type { WorkerQuestion } from './worker.ts';

export interface Updates {
  /** Call whenever the screen may have become idle. */
  consider(): void;
  /** Looks for a new version now. */
  check(): Promise<void>;
  /** The running worker's build, or null before there is one. */
  revision(): Promise<string | null>;
  /** Has the running worker look at its files and mend them; how many are lacking, null where there is no worker. */
  lacking(): Promise<number | null>;
  /** Looks in a row that ended in a version that could not be taken over; 0 = none. */
  failures(): number;
  /**
   * Call when a part of the page could not be had. Browsers up to now did not ask again for a script that they could not
   * have, as long as the page lived (seen in Chromium 150, no longer in 156), so the page is loaded anew at a moment when
   * nobody is served.
   */
  renew(): void;
  /** Loads the page anew now, unless a browser's error page would stand there instead. */
  reload(): Promise<void>;
}

export interface UpdatePorts {
  readonly container: Pick<ServiceWorkerContainer, 'controller' | 'register' | 'addEventListener'>;
  /** Address of the worker's script. */
  readonly script: string;
  readonly isIdle: () => boolean;
  readonly reload: () => void;
  /** Runs once after `ms`; the answer cancels it. */
  readonly later: (run: () => void, ms: number) => () => void;
  /** True when the script's address answers, with whatever; false without a network, or while the server is down. */
  readonly isServed: (script: string) => Promise<boolean>;
  /** Keeps the count of failures over restarts. */
  readonly store: TextStore;
  /** Tells that so many looks in a row have failed ({@link TOLD_AT} or more); resolves when it is told durably. */
  readonly onFailing: (failures: number) => Promise<void>;
}

/** The first look lets the first screen be drawn. Milliseconds. */
const FIRST_MS = 100;
const CHECK_MS = 30 * 60_000;
const RETRY_MS = 5 * 60_000;
const SOON_MS = 1_000;
/** A part that is missing for good must not have the page loaded over and over. Milliseconds. */
const RENEW_MS = 60_000;
/** A look after which nothing was heard for this long found nothing new. */
const FINE_MS = 60_000;
/** A worker that is silent for this long does not answer any more (hashing every file takes far less). */
const ANSWER_MS = 60_000;
/** Failed looks in a row before it is told. */
const TOLD_AT = 3;
const FAILURES = 'nmc-kiosk.updateFailures';
const TOLD = 'nmc-kiosk.updateTold';

/** Registers the worker and watches for new versions. */
export function watchUpdates(ports: UpdatePorts): Updates {
  const { container, isIdle, later } = ports;
  const watched = new WeakSet<ServiceWorkerRegistration>();
  let registration: ServiceWorkerRegistration | null = null;
  let isControlled = container.controller !== null;
  let isReplaced = false;
  let isAsking = false;
  /** A part of this page could not be had. */
  let isStale = false;
  /** A version other than the running one was seen by the look under way. */
  let isFound = false;
  let looking: Promise<void> | null = null;
  let cancel = () => {};
  let cancelSoon = () => {};
  let cancelFine = () => {};
  let cancelRenewal = () => {};

  function consider(): void {
    cancelSoon();
    const waiting = isAsking ? null : registration?.waiting;
    if (!isReplaced && !waiting && !isStale) return;
    // Not everything that ends (a store, a look at the hub) says so: while something is due, it is asked for again.
    if (!isIdle()) cancelSoon = later(consider, SOON_MS);
    else if (isReplaced) ports.reload();
    else if (waiting) void takeOver(waiting);
    else void loadAnew();
  }

  function renew(ms = RENEW_MS): void {
    cancelRenewal();
    cancelRenewal = later(() => {
      isStale = true;
      consider();
    }, ms);
  }

  async function loadAnew(): Promise<void> {
    isStale = false;
    if (!(await isHad())) return renew(RETRY_MS);
    if (isIdle()) return ports.reload();
    isStale = true;
    consider();
  }

  const isServed = () => ports.isServed(ports.script).catch(() => false);
  const isHad = async () => container.controller !== null || (await isServed());

  async function takeOver(worker: ServiceWorker): Promise<void> {
    isAsking = true;
    const lacking = await ask(worker, { type: 'SKIP_WAITING' });
    isAsking = false;
    if (lacking !== 0) failed();
  }

  function failed(): void {
    cancelFine();
    const failures = count(ports.store) + 1;
    keep(ports.store, failures);
    if (failures >= TOLD_AT) void tell(failures);
    again(RETRY_MS);
  }

  /** Once in a row of failures, and again at the next one when the telling itself failed or was cut short. */
  async function tell(failures: number): Promise<void> {
    if (ports.store.getItem(TOLD) !== null) return;
    try {
      await ports.onFailing(failures);
      ports.store.setItem(TOLD, String(failures));
    } catch (error) {
      console.warn(
        'nmc kiosk: failing updates were not told',
        error instanceof Error ? error.name : typeof error,
      );
    }
  }

  function again(ms: number): void {
    cancel();
    cancel = later(() => void look(), ms);
  }

  function watch(one: ServiceWorkerRegistration): void {
    if (watched.has(one)) return;
    watched.add(one);
    const follow = () => {
      const worker = one.installing;
      isFound ||= worker !== null;
      let isInstalled = false;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') {
          isInstalled = true;
          consider();
        } else if (worker.state === 'activated') keep(ports.store, 0);
        // One that was installed makes way for a newer one; any other could not have all its files.
        else if (worker.state === 'redundant' && !isInstalled) void failedUnlessAway();
      });
    };
    one.addEventListener('updatefound', follow);
    follow();
  }

  function look(): Promise<void> {
    looking ??= tryLook().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function tryLook(): Promise<void> {
    again(CHECK_MS);
    cancelFine();
    isFound = false;
    try {
      registration = await container.register(trusted(ports.script), { updateViaCache: 'none' });
      watch(registration);
      await registration.update();
      // `update` may resolve before the version it found is announced (seen in Chromium): only silence means "nothing new".
      cancelFine = later(() => {
        if (!isFound && !registration?.waiting) keep(ports.store, 0);
      }, FINE_MS);
    } catch (error) {
      console.warn('nmc kiosk: no new version', error instanceof Error ? error.name : typeof error);
      await failedUnlessAway();
    }
    consider();
  }

  /** A server that is down is an outage, not a bad deploy. */
  async function failedUnlessAway(): Promise<void> {
    if (await isServed()) failed();
    else again(RETRY_MS);
  }

  container.addEventListener('controllerchange', () => {
    isReplaced = isControlled;
    isControlled = true;
    consider();
  });
  again(FIRST_MS);
  return {
    consider,
    check: look,
    revision: async () => textOf(await ask(container.controller, { type: 'BUILD' })),
    lacking: async () => numberOf(await ask(container.controller, { type: 'CHECK' })),
    failures: () => count(ports.store),
    renew: () => renew(),
    async reload() {
      if (await isHad()) ports.reload();
    },
  };

  /** The worker's answer; null when there is no worker or it stays silent. */
  function ask(worker: ServiceWorker | null, question: WorkerQuestion): Promise<unknown> {
    if (!worker) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      const stop = later(() => resolve(null), ANSWER_MS);
      messageSW(worker, question).then(resolve, reject).finally(stop);
    });
  }
}

/** Asks for the script itself: an answer other than "the server is down" means that something is served there. */
export async function isScriptServed(script: string): Promise<boolean> {
  return (await fetch(script, { cache: 'no-store' })).status < 500;
}

function count(store: TextStore): number {
  const kept = Number(store.getItem(FAILURES) ?? 0);
  return Number.isSafeInteger(kept) && kept > 0 ? kept : 0;
}

function keep(store: TextStore, failures: number): void {
  try {
    if (failures === 0) {
      store.removeItem(FAILURES);
      store.removeItem(TOLD);
    } else store.setItem(FAILURES, String(failures));
  } catch {
    // A full localStorage costs the count, nothing else.
  }
}

const textOf = (answer: unknown) => (typeof answer === 'string' ? answer : null);
const numberOf = (answer: unknown) => (typeof answer === 'number' ? answer : null);

interface TrustedPolicy {
  createScriptURL(text: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: TrustedPolicy): TrustedPolicy;
}
let policy: TrustedPolicy | null = null;

/** The script's address through the policy `nmc`, the only one the page's CSP admits. */
function trusted(script: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return script;
  policy ??= types.createPolicy('nmc', { createScriptURL: (text) => text });
  return policy.createScriptURL(script);
}
