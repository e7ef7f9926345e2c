/**
 * The kiosk's room: the flow, the stage it stands on, and what comes later (database, network, staff screens). Boot order:
 * first paint → one writing window → database → what an earlier run owed → sync and service worker.
 */
import { type Cell, cell } from './cell.ts';
import { wakefulClock } from './clock.ts';
import { isAtRest } from './flow.ts';
import type { Rules } from './flow-types.ts';
import { createInForce, type InForce } from './in-force.ts';
import { type Act, createKiosk, type Kiosk } from './kiosk.ts';
import { type Loaded, lazyBackend } from './lazy-backend.ts';
import {
  clearEarlier,
  readSettings,
  type Settings,
  settingsIn,
  type TextStore,
  takeEarlier,
  writeMirror,
  writeSettings,
} from './settings.ts';
import { createBeep } from './sound.ts';
import { createVoices } from './speech.ts';
import { type SyncTimer, startSyncTimer } from './sync-timer.ts';
import { isScriptServed, type UpdatePorts, type Updates, watchUpdates } from './update.ts';
import { openVault } from './vault.ts';
import { createLoudspeaker, type Loudspeaker } from './voice/loudspeaker.ts';
import { createSoundOut } from './voice/sound-out.ts';
import { becomeWriter } from './writer.ts';

type Stage = 'starting' | 'secondWindow' | 'inactive' | 'open' | 'staff';

export interface Room {
  readonly kiosk: Kiosk;
  readonly stage: Cell<Stage>;
  readonly settings: Cell<Settings>;
  readonly speaker: Loudspeaker;
  readonly backend: () => Promise<Loaded>;
  readonly updates: Updates | null;
  readonly clock: () => number;
  readonly rules: () => Rules;
  /** What the hub has set: questionnaire, out of service, code for phones. */
  readonly inForce: Cell<InForce>;
  /**
   * Sends an act of the citizen. While it is not known yet whether this window writes, a visit may begin (nothing of it is
   * stored before the first answer); everything else is ignored.
   */
  send(act: Act): void;
  /** Changes settings at once; resolves when they are durable. */
  change(changes: Partial<Settings>): Promise<void>;
  openStaff(): void;
  /** Leaves the staff screens for whatever this device is ready for. */
  leaveStaff(): Promise<void>;
  /** Runs the boot; resolves when the device is ready or has said why not. */
  start(): Promise<void>;
}

const WARN_MS = 20_000;
/** Long enough to read; to point a phone at a code takes longer. */
const THANKS_MS = { read: 8_000, scan: 20_000 } as const;
const RETRY_MS = 15_000;

const later = (run: () => void, ms: number) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** Makes the room of this window. `storage` is localStorage. */
export function createRoom(storage: TextStore): Room {
  const settings = cell(readSettings(storage));
  const stage = cell<Stage>(settings.get().unit === null ? 'starting' : 'open');
  const vault = openVault(indexedDB);
  const backend = lazyBackend(vault);
  const clock = wakefulClock(() => performance.now(), Date.now);
  const voices = createVoices(globalThis.speechSynthesis);
  const speaker = createLoudspeaker({ voices, out: createSoundOut() });
  const { inForce, take, settle } = createInForce();
  let isWriter = false;
  /** What an earlier run owed has been read: before that its mirror must not be overwritten. */
  let isMirrorFree = false;
  /** A script of this page could not be had: perhaps only a new page can have it ({@link Updates.renew}). */
  let isPartMissing = false;

  const rules = (): Rules => ({
    questionnaire: inForce.get().questionnaire,
    language: settings.get().language,
    idleMs: (inForce.get().idleSeconds ?? settings.get().idleSeconds) * 1000,
    warnMs: WARN_MS,
    thanksMs: inForce.get().phoneUrl === null ? THANKS_MS.read : THANKS_MS.scan,
    retryMs: RETRY_MS,
    isClosed: inForce.get().isClosed,
  });
  const kiosk = createKiosk({
    clock,
    wall: Date.now,
    later,
    append: async (drafts, comments) => (await backend()).append(drafts, comments),
    mirror(text) {
      if (!isMirrorFree) return;
      writeMirror(storage, text);
      vault.write('mirror', text).catch(complain('the mirror'));
    },
    beep: createBeep(document),
    rules,
    counter: () => settings.get().counter,
    newId: () => crypto.randomUUID(),
  });
  let timer: SyncTimer | null = null;
  const isAlone = () => isAtRest(kiosk.flow(), rules());
  const isIdle = () =>
    isWriter && stage.get() !== 'staff' && isAlone() && !kiosk.isOwing() && timer?.isRunning() !== true;
  const onFailing = async (failures: number) =>
    (await import('./start-test.ts')).tellUpdatesFail(room, failures);
  const updates = 'serviceWorker' in navigator ? updatesOf(isIdle, storage, onFailing) : null;

  const room: Room = {
    kiosk,
    stage,
    settings,
    speaker,
    backend,
    updates,
    clock,
    rules,
    inForce,
    send(act) {
      if (isWriter || (act.type === 'start' && stage.get() === 'open')) kiosk.send(act);
    },
    async change(changes) {
      const next = { ...settings.get(), ...changes };
      settings.set(next);
      writeSettings(storage, next);
      await vault.write('settings', JSON.stringify(next)).catch(complain('the settings'));
    },
    openStaff() {
      if (isWriter) stage.set('staff');
    },
    async leaveStaff() {
      const loaded = await backend();
      const device = await loaded.reloadDevice();
      take(loaded, isAlone());
      if (device?.unit.name !== settings.get().unit) await room.change({ unit: device?.unit.name ?? null });
      stage.set(device ? 'open' : 'inactive');
      updates?.consider();
      void import('./start-test.ts').then(({ testRoom }) => testRoom(room)).catch(complain('the start test'));
    },
    async start() {
      const ready = stage.get();
      await becomeWriter(navigator.locks, () => {
        kiosk.forget();
        stage.set('secondWindow');
      });
      isWriter = true;
      stage.set(ready);
      while (!(await boot())) {
        await new Promise<void>((done) => void later(done, RETRY_MS));
        // What this run owes is in its mirror by now.
        if (isPartMissing && isMirrorFree) await updates?.reload();
      }
    },
  };

  /** Everything behind the first screen; false when the storage would not have it (a disk that is full at the start). */
  async function boot(): Promise<boolean> {
    try {
      const kept = await vault.read('settings');
      if (kept !== null) settings.set(settingsIn(kept));
      const earlier = takeEarlier(storage, await vault.read('mirror'));
      isMirrorFree = true;
      const loaded = await backend();
      speaker.take(loaded.clips);
      const { drafts, comments } = loaded.readOwed(earlier);
      kiosk.owe(drafts, comments);
      clearEarlier(storage);
      await room.leaveStaff();
      timer = startSyncTimer({
        sync: async () => {
          const result = await loaded.sync({ force: false });
          take(loaded, isAlone());
          return result;
        },
        wall: Date.now,
        later,
        onOnline: (listener) => addEventListener('online', listener),
        onIdle: () => updates?.consider(),
      });
      void import('./check/daily.ts')
        .then(({ watchDevice }) => watchDevice(room))
        .catch(complain('the daily word'));
      return true;
    } catch (error) {
      console.error('nmc kiosk: the start failed', error instanceof Error ? error.name : typeof error);
      stage.set('open');
      kiosk.send({ type: 'failed' });
      return false;
    }
  }
  addEventListener('vite:preloadError', () => {
    isPartMissing = true;
    updates?.renew();
  });
  kiosk.subscribe(() => {
    if (isAlone()) settle();
    updates?.consider();
  });
  return room;
}

const complain = (what: string) => (error: unknown) =>
  console.warn(`nmc kiosk: ${what} could not be kept`, error instanceof Error ? error.name : typeof error);

function updatesOf(isIdle: () => boolean, store: TextStore, onFailing: UpdatePorts['onFailing']): Updates {
  return watchUpdates({
    container: navigator.serviceWorker,
    script: `${import.meta.env.BASE_URL}sw.js`,
    isIdle,
    reload: () => location.reload(),
    later,
    isServed: isScriptServed,
    store,
    onFailing,
  });
}
