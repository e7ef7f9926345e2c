/** A retired pack version is taken back on the device that read with it. */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { EntryDraft } from '../../../lib/domain/entry.ts';
import type { Deps } from '../../../lib/extension/deps.ts';
import { takeBackRetired } from '../../../lib/extension/retired.ts';
import { localSettings, sessionSettings } from '../../../lib/extension/settings.ts';
import { memoryArea } from '../../../lib/extension/store.ts';
import { sumActions } from '../../../lib/extension/summary.ts';
import { openJournal } from '../../../lib/journal/index.ts';

const NOW = Date.parse('2026-09-21T03:00:00.000Z');
const action = (pack: string, n: number): EntryDraft => ({
  kind: 'action',
  body: {
    action: 'finish',
    n,
    keys: [],
    system: 'mot-cua',
    pack,
    page: 'list',
    confirm: 'toast',
    armed: new Date(NOW).toISOString(),
  },
});

describe('a retired pack version', () => {
  it('is taken back once, with what was counted by it; other versions and hand entries stay', async () => {
    const journal = await openJournal({
      name: 'retired',
      kind: 'extension',
      clock: () => NOW,
      second: { put: async () => undefined, remove: async () => undefined, all: async () => new Map() },
    });
    let retiredPacks = ['igate2@9.9.9'];
    const deps = {
      local: localSettings(memoryArea()),
      session: sessionSettings(memoryArea()),
      journal: async () => journal,
      sync: { config: async () => ({ retiredPacks }) },
    } as unknown as Deps;
    await journal.append([
      action('igate2@1.0.0', 3),
      action('igate2@1.0.1', 2),
      { kind: 'manual', body: { action: 'finish', n: 1, day: '2026-09-21', reason: 'trang hỏng' } },
    ]);
    const counted = async () => sumActions(await journal.entries(), null, '2026-09-21', '2026-09-21').finish;
    await takeBackRetired(deps);
    expect([await counted(), (await journal.entries({ kinds: ['void'] })).length]).toEqual([6, 0]);
    retiredPacks = ['igate2@1.0.0', 'td-antd@1.0.0'];
    await takeBackRetired(deps);
    await takeBackRetired(deps);
    expect(await counted()).toBe(3);
    expect(await journal.entries({ kinds: ['void'] })).toMatchObject([
      { body: { target: { pack: 'igate2@1.0.0' } } },
    ]);
    await journal.append([action('igate2@1.0.0', 5)]);
    expect(await counted(), 'a tab that had not heard yet').toBe(3);
    await journal.close();
  });
});
