/** The worker's rooms on a real journal, with the browser behind small ports. Every message meets a cold worker. */
import 'fake-indexeddb/auto';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { DeviceConfig } from '../../../lib/batch/index.ts';
import type { Entry } from '../../../lib/domain/entry.ts';
import type { Deps, Sender } from '../../../lib/extension/deps.ts';
import { dispatch } from '../../../lib/extension/dispatch.ts';
import { openMemory } from '../../../lib/extension/memory.ts';
import { packDoor } from '../../../lib/extension/packs.ts';
import type { ArmedAction, WorkerToPage } from '../../../lib/extension/page-messages.ts';
import { localSettings, NOTICE_VERSION, sessionSettings } from '../../../lib/extension/settings.ts';
import { memoryArea } from '../../../lib/extension/store.ts';
import { type Journal, openJournal } from '../../../lib/journal/index.ts';
import type { LookUpResult } from '../../../lib/sync/index.ts';

export const ORIGIN = 'https://motcua.example.gov.vn';
export const NOW = Date.parse('2026-01-10T03:00:00.000Z');
export const page: Sender = { origin: ORIGIN, tab: 4, frame: 0, isOwnPage: false };
export const own: Sender = { origin: null, tab: null, frame: 0, isOwnPage: true };

let run = 0;

export type World = ReturnType<typeof makeWorld>;

/** A new world with its own stores. */
export function makeWorld() {
  run += 1;
  const name = `journal-${run}`;
  const areas = { local: memoryArea(), session: memoryArea() };
  const second = new Map<string, string>();
  const state = {
    now: NOW,
    device: true,
    appendFails: false,
    config: null as DeviceConfig | null,
    syncs: 0,
    told: [] as WorkerToPage[],
    lastWords: new Map<string, unknown>(),
    badges: [] as string[],
    engines: [] as string[],
    lookUp: (async () => ({ state: 'offline' })) as (keys: readonly string[]) => Promise<LookUpResult>,
    asked: [] as (readonly string[])[],
  };
  const journals: Journal[] = [];
  /** What a worker started for one message would open. */
  const cold = (): Deps => {
    let journal: Promise<Journal> | null = null;
    const config = async () => state.config;
    return {
      clock: () => state.now,
      lastWords: {
        get: async (slot) => state.lastWords.get(slot),
        remove: async (slot) => void state.lastWords.delete(slot),
      },
      local: localSettings(areas.local),
      session: sessionSettings(areas.session),
      memory: openMemory(`memory-${run}`),
      journal: () => {
        journal ??= openJournal({
          name,
          kind: 'extension',
          clock: () => state.now,
          second: {
            put: async (texts) => texts.forEach((text, name) => void second.set(name, text)),
            remove: async (keys) => {
              for (const key of keys) second.delete(key);
            },
            all: async () => new Map(second),
          },
        }).then((opened) => {
          journals.push(opened);
          return {
            ...opened,
            append: (drafts) =>
              state.appendFails
                ? Promise.reject(Object.assign(new Error('disk'), { name: 'JournalError', code: 'storage' }))
                : opened.append(drafts),
          };
        });
        return journal;
      },
      device: async () =>
        state.device
          ? {
              id: 'dev1',
              name: 'Quầy 1',
              hub: 'https://hub.example',
              unit: { id: 'u', name: 'Xã Mẫu' },
              keysOf: async (code) => [
                `e1:${Buffer.from(code).toString('base64url').padEnd(22, 'A').slice(-22)}`,
              ],
            }
          : null,
      deviceChanged: () => undefined,
      sync: {
        activate: async () => {
          state.device = true;
        },
        activateFromFile: async () => undefined,
        sync: async () => {
          state.syncs += 1;
          return {
            state: 'done',
            sent: 0,
            received: 0,
            nextAt: state.now + 900_000,
            message: 'done',
            problem: null,
          };
        },
        lookUp: async (keys) => {
          state.asked.push(keys);
          return state.lookUp(keys);
        },
        sendPack: async () => ({ state: 'accepted', problem: null }),
        pullConfig: async () => false,
        config,
        handover: async () => [],
        acceptReceipt: async () => undefined,
      },
      packs: packDoor(BUNDLED_PACKS, config),
      policy: async () => ({ hub: null, token: null, tenants: [] }),
      scripting: {
        isGranted: async () => true,
        registered: async () => [],
        unregister: async () => undefined,
        register: async () => undefined,
        tabsOn: async () => [],
        inject: async () => undefined,
      },
      face: {
        badge: async (mode, counted) => void state.badges.push(`${mode}:${counted}`),
        tellPages: async (_, message) => void state.told.push(message),
        injectPanel: async () => undefined,
        injectEngine: async (tab, frame) => void state.engines.push(`${tab}.${frame}`),
      },
    };
  };
  return {
    state,
    areas,
    cold,
    say: (message: unknown, from: Sender = page) => dispatch(cold(), message, from),
    entries: async (): Promise<Entry[]> => (await cold().journal()).entries(),
  };
}

/** The notice is accepted and the practice host is bound. */
export async function ready(world: World) {
  await world.say({ type: 'extension-worker/accept-notice', version: NOTICE_VERSION }, own);
  await world.say({ type: 'extension-worker/bind', origin: ORIGIN, family: 'igate2', name: 'Một cửa' }, own);
}

/** The list page on which the gestures of these tests fall. */
export const context = { pack: `igate2@${BUNDLED_PACKS[0]!.version}`, page: 'detail', rank: 3 };

/** A gesture two seconds ago. */
export const armed = (extra: Partial<ArmedAction> = {}): ArmedAction => ({
  rule: 'receive',
  action: 'receive',
  codes: ['H41.17.3-260105-0001'],
  selected: null,
  at: NOW - 2_000,
  within: 20_000,
  ...extra,
});

/** The page's word on it. */
export const confirm = (counter: number, extra: Partial<ArmedAction> = {}, document = 'doc') =>
  ({
    type: 'page-worker/confirm',
    ref: { document, counter },
    context,
    armed: armed(extra),
    confirm: 'toast',
    count: null,
  }) as const;
