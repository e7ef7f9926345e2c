/**
 * After a start, and so after every update: does the storage keep a record, has the worker all its files, which version
 * is this? The version is told once, whatever is wrong at every start, by a `health` entry (topic `update`, state `version`).
 */
import type { EntryDraft } from '../domain/entry.ts';
import { opfsPlace } from '../journal/index.ts';
import { probeDatabase, probeSecondPlace } from './check/probe.ts';
import { isAtRest } from './flow.ts';
import { turnLog, unansweredLoss } from './fresh-log.ts';
import type { Room } from './room.ts';
import type { TextStore } from './settings.ts';
import type { Updates } from './update.ts';

export interface StartTestPorts {
  readonly updates: Pick<Updates, 'revision' | 'lacking'>;
  /** True when a probe record was written, read back and removed, in both places. */
  readonly probe: () => Promise<boolean>;
  readonly append: (drafts: readonly EntryDraft[]) => Promise<void>;
  readonly store: TextStore;
  /** The product's version, e.g. `0.1.0`. */
  readonly version: string;
}

const TOLD = 'nmc-kiosk.build';

/** Runs the test; false when the storage did not keep the probe. Rejects when the entry cannot be stored. */
export async function testStart({
  updates,
  probe,
  append,
  store,
  version,
}: StartTestPorts): Promise<boolean> {
  const build = await updates.revision();
  const lacking = (await updates.lacking()) ?? 0;
  const isKept = await probe();
  const before = store.getItem(TOLD);
  if (build === null || (build === before && lacking === 0 && isKept)) return isKept;
  const detail = { version, build, before: before ?? '', lacking, storage: isKept ? 'ok' : 'failed' };
  await append([{ kind: 'health', body: { topic: 'update', state: 'version', detail } }]);
  store.setItem(TOLD, build);
  return isKept;
}

/** The test of an activated device; a storage that does not keep the probe takes the kiosk out of service. */
export async function testRoom(room: Room): Promise<void> {
  const loaded = await room.backend();
  const health = await (await loaded.journal()).entries({ kinds: ['health'] });
  const loss = unansweredLoss(health, localStorage);
  if (loss !== null) await turnLog(indexedDB, localStorage, loss);
  if (!room.updates || !loaded.device()) return;
  await controlled(navigator.serviceWorker);
  const isKept = await testStart({
    updates: room.updates,
    probe: async () =>
      (await probeDatabase(indexedDB, crypto.randomUUID())) &&
      (await probeSecondPlace(opfsPlace('nmc-kiosk-probe'), crypto.randomUUID())),
    append: (drafts) => loaded.append(drafts),
    store: localStorage,
    version: String(import.meta.env.NMC_VERSION ?? ''),
  });
  if (!isKept) onceAtRest(room, () => room.kiosk.send({ type: 'failed' }));
}

/** Runs when nobody is on a visit: one under way is stored, or not, by its own append, which tells the citizen. */
export function onceAtRest({ kiosk, rules }: Pick<Room, 'kiosk' | 'rules'>, run: () => void): void {
  const isFree = () => isAtRest(kiosk.flow(), rules());
  if (isFree()) {
    run();
    return;
  }
  const stop = kiosk.subscribe(() => {
    if (!isFree()) return;
    stop();
    run();
  });
}

/** A first worker takes the page over when it has every file; one that never does must not hold the test up. Milliseconds. */
const CONTROL_MS = 30_000;

function controlled(container: ServiceWorkerContainer): Promise<void> {
  if (container.controller !== null) return Promise.resolve();
  return new Promise((resolve) => {
    container.addEventListener('controllerchange', () => resolve(), { once: true });
    setTimeout(resolve, CONTROL_MS);
  });
}

/** Tells that new versions keep failing; `build` in the entry is the one that goes on serving. */
export async function tellUpdatesFail(room: Room, failures: number): Promise<void> {
  const loaded = await room.backend();
  const detail = { failures, build: (await room.updates?.revision()) ?? '' };
  await loaded.append([{ kind: 'health', body: { topic: 'update', state: 'failed', detail } }]);
}
