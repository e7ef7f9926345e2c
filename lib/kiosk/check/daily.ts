/** Once a day, and soon after each start, the device says how it is; also marks the start for the restart check. */
import type { EntryDraft } from '../../domain/entry.ts';
import type { Room } from '../room.ts';
import { dailyDraft, deviceWord } from './health.ts';
import { askKeeping, displayMode, markStart } from './measure.ts';

const HOUR = 3_600_000;

/** Ports of the daily word, so that days can pass in a test. */
export interface DailyPorts {
  /** The word of now, or null while there is no device to speak of. */
  readonly draft: () => Promise<EntryDraft | null>;
  readonly append: (drafts: readonly EntryDraft[]) => Promise<void>;
  readonly every: (run: () => void, ms: number) => void;
}

/** Writes the day's word now and looks again every hour; a word already written is not written again, a failed one is tried again. */
export async function startDailyWord({ draft, append, every }: DailyPorts): Promise<void> {
  let said: string | undefined;
  const look = async () => {
    try {
      const word = await draft();
      if (word === null || word.ref === said) return;
      await append([word]);
      said = word.ref;
    } catch (error) {
      console.warn('nmc kiosk: no word of the day', error instanceof Error ? error.name : typeof error);
    }
  };
  every(() => void look(), HOUR);
  await look();
}

/** True when this very device passed the check before use. */
export function isCommissioned(room: Pick<Room, 'settings'>, device: string): boolean {
  return room.settings.get().commissioned?.device === device;
}

/** Starts the daily word of a kiosk whose database is open. */
export async function watchDevice(room: Room): Promise<void> {
  const loaded = await room.backend();
  await markStart();
  await startDailyWord({
    async draft() {
      const device = loaded.device();
      if (!device) return null;
      const build = (await room.updates?.revision()) ?? null;
      const facts = { ...(await askKeeping()), display: displayMode(), build };
      const { id, version } = room.inForce.get().questionnaire;
      const word = deviceWord(facts, {
        version: String(import.meta.env.NMC_VERSION ?? ''),
        questionnaire: `${id}@${version}`,
      });
      return dailyDraft(word, isCommissioned(room, device.id), Date.now());
    },
    append: (drafts) => loaded.append(drafts),
    every(run, ms) {
      setInterval(run, ms);
      // An activation ends on another stage than it began on.
      room.stage.subscribe(run);
    },
  });
}
