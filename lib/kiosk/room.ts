/**
 * The kiosk's room: the flow, the stage it stands on, and what comes later (database, network, staff screens). Boot order:
 * first paint → one writing window → database → what an earlier run owed → sync and service worker.
 */
import { QUICK } from '../domain/questionnaires.ts';
import { type Cell, cell } from './cell.ts';
import { wakefulClock } from './clock.ts';
import { isAtRest } from './flow.ts';
import type { Rules } from './flow-types.ts';
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
import { createSpeaker, type Speaker } from './speech.ts';
import { startSyncTimer } from './sync-timer.ts';
import { type Updates, watchUpdates } from './update.ts';
import { openVault } from './vault.ts';
import { becomeWriter } from './writer.ts';

type Stage = 'starting' | 'secondWindow' | 'inactive' | 'open' | 'staff';

export interface Room {
  readonly kiosk: Kiosk;
  readonly stage: Cell<Stage>;
  readonly settings: Cell<Settings>;
  readonly speaker: Speaker;
  readonly backend: () => Promise<Loaded>;
  readonly updates: Updates | null;
  readonly clock: () => number;
  readonly rules: () => Rules;
  /** Sends an act of the citizen; ignored while this window does not write. */
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
const THANKS_MS = 8_000;
const RETRY_MS = 15_000;

const later = (run: () => void, ms: number) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** Makes the room of this window. `storage` is localStorage. */
export function createRoom(storage: TextStore): Room {
  const settings = cell(readSettings(storage));
  const stage = cell<Stage>(settings.get().unit === null ? 'starting' : 'open');
  const backend = lazyBackend();
  const vault = openVault(indexedDB);
  const clock = wakefulClock(() => performance.now(), Date.now);
  const speaker = createSpeaker(globalThis.speechSynthesis);
  let isWriter = false;
  let questionnaire = QUICK;

  const rules = (): Rules => ({
    questionnaire,
    language: settings.get().language,
    idleMs: settings.get().idleSeconds * 1000,
    warnMs: WARN_MS,
    thanksMs: THANKS_MS,
    retryMs: RETRY_MS,
  });
  const kiosk = createKiosk({
    clock,
    wall: Date.now,
    later,
    append: async (drafts) => (await backend()).append(drafts),
    mirror(text) {
      writeMirror(storage, text);
      vault.write('mirror', text).catch(complain('the mirror'));
    },
    beep: createBeep(document),
    rules,
    counter: () => settings.get().counter,
    newId: () => crypto.randomUUID(),
  });
  const isIdle = () => stage.get() !== 'staff' && isAtRest(kiosk.flow(), rules());
  const updates = 'serviceWorker' in navigator ? updatesOf(isIdle) : null;

  /** A new questionnaire waits until nobody is on the old one. */
  function takeQuestionnaire(loaded: Loaded): void {
    if (isAtRest(kiosk.flow(), rules())) questionnaire = loaded.questionnaire();
  }

  const room: Room = {
    kiosk,
    stage,
    settings,
    speaker,
    backend,
    updates,
    clock,
    rules,
    send(act) {
      if (isWriter) kiosk.send(act);
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
      takeQuestionnaire(loaded);
      if (device?.unit.name !== settings.get().unit) await room.change({ unit: device?.unit.name ?? null });
      stage.set(device ? 'open' : 'inactive');
      updates?.consider();
    },
    async start() {
      const ready = stage.get();
      await becomeWriter(navigator.locks, () => stage.set('secondWindow'));
      isWriter = true;
      stage.set(ready);
      try {
        const kept = await vault.read('settings');
        if (kept !== null) settings.set(settingsIn(kept));
        const earlier = takeEarlier(storage, await vault.read('mirror'));
        const loaded = await backend();
        kiosk.owe(loaded.readOwed(earlier));
        clearEarlier(storage);
        await room.leaveStaff();
        startSyncTimer({
          sync: async () => {
            const result = await loaded.sync({ force: false });
            takeQuestionnaire(loaded);
            return result;
          },
          wall: Date.now,
          later,
          onOnline: (listener) => addEventListener('online', listener),
        });
      } catch (error) {
        console.error('nmc kiosk: the start failed', error instanceof Error ? error.name : typeof error);
        stage.set('open');
        kiosk.send({ type: 'failed' });
      }
    },
  };
  kiosk.subscribe(() => updates?.consider());
  return room;
}

const complain = (what: string) => (error: unknown) =>
  console.warn(`nmc kiosk: ${what} could not be kept`, error instanceof Error ? error.name : typeof error);

function updatesOf(isIdle: () => boolean): Updates {
  return watchUpdates({
    script: `${import.meta.env.BASE_URL}sw.js`,
    isIdle,
    reload: () => location.reload(),
  });
}
