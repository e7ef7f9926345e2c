/** Kiosks of a unit without a hub: what they last said of themselves. */
import type { DeviceView } from '../indicators/figures.ts';
import type { KioskView, KioskWord } from '../indicators/kiosks.ts';
import { entryOf } from './project.ts';
import type { UnitStore } from './store.ts';

/** The kiosks among the devices, each with its latest word on each topic. Where they stand is not known here. */
export async function kiosksOf(db: UnitStore, devices: readonly DeviceView[]): Promise<KioskView[]> {
  const lines = await db.lines.where('[kind+day]').equals(['health', '']).toArray();
  const words = new Map<string, Map<string, KioskWord>>();
  for (const line of lines) {
    const entry = entryOf(line);
    if (entry.kind !== 'health') continue;
    const { topic, state, detail = {} } = entry.body;
    const at = new Date(Date.parse(entry.at) + (entry.offset ?? 0)).toISOString();
    const own = words.get(line.device) ?? new Map<string, KioskWord>();
    words.set(line.device, own);
    const before = own.get(topic);
    if (before === undefined || before.at <= at) own.set(topic, { topic, state, at, detail });
  }
  return devices
    .filter((one) => one.kind === 'kiosk' && one.status !== 'new')
    .map(({ id, name, unit, status, heardAt, streams }) => ({
      ...{ id, name, unit, status: status === 'revoked' ? 'revoked' : 'active', heardAt },
      ...{ counter: null, counterName: null },
      unsent: streams.reduce((sum, one) => sum + one.declaredHead - one.through, 0),
      words: [...(words.get(id)?.values() ?? [])].sort((a, b) => (a.topic < b.topic ? -1 : 1)),
    }));
}
