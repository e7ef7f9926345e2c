/** What a start says about itself, and the new log after a loss. */
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Entry, EntryDraft } from '../../../lib/domain/entry.ts';
import { turnLog, unansweredLoss } from '../../../lib/kiosk/fresh-log.ts';
import { createKiosk } from '../../../lib/kiosk/kiosk.ts';
import type { TextStore } from '../../../lib/kiosk/settings.ts';
import { onceAtRest, testStart } from '../../../lib/kiosk/start-test.ts';
import { RULES } from './rules.ts';

let kept: Map<string, string>;
let store: TextStore;
let told: EntryDraft[];

beforeEach(() => {
  kept = new Map();
  told = [];
  store = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
});

function start(build: string | null, over: { lacking?: number; isKept?: boolean } = {}): Promise<boolean> {
  return testStart({
    updates: { revision: async () => build, lacking: async () => over.lacking ?? 0 },
    probe: async () => over.isKept ?? true,
    append: async (drafts) => void told.push(...drafts),
    store,
    version: '0.1.0',
  });
}

const details = () => told.map(({ body }) => ('detail' in body ? body.detail : null));

describe('a start', () => {
  it('tells its version once, and every other one, an older one put back included', async () => {
    for (const build of ['aaaa0001', 'aaaa0001', 'aaaa0002', 'aaaa0001']) await start(build);
    expect(details()).toEqual([
      { version: '0.1.0', build: 'aaaa0001', before: '', lacking: 0, storage: 'ok' },
      { version: '0.1.0', build: 'aaaa0002', before: 'aaaa0001', lacking: 0, storage: 'ok' },
      { version: '0.1.0', build: 'aaaa0001', before: 'aaaa0002', lacking: 0, storage: 'ok' },
    ]);
  });

  it('tells what is wrong at every start, and says when the storage did not keep the probe', async () => {
    await start('aaaa0001');
    expect(await start('aaaa0001', { lacking: 2 })).toBe(true);
    expect(await start('aaaa0001', { isKept: false })).toBe(false);
    expect(details().slice(1)).toMatchObject([{ lacking: 2 }, { storage: 'failed' }]);
  });

  it('without a worker says nothing of a version', async () => {
    expect(await start(null)).toBe(true);
    expect(told).toEqual([]);
  });

  it('tells again when the telling failed', async () => {
    const append = vi.fn().mockRejectedValueOnce(new Error('full')).mockResolvedValue(undefined);
    const updates = { revision: async () => 'aaaa0001', lacking: async () => 0 };
    const run = () => testStart({ updates, probe: async () => true, append, store, version: '0.1.0' });
    await expect(run()).rejects.toThrow('full');
    await run();
    expect(append).toHaveBeenCalledTimes(2);
  });
});

describe('a loss the journal told', () => {
  const alarm = (seq: number, topic = 'journal'): Entry => ({
    v: 1,
    stream: 2,
    seq,
    at: '2026-11-23T08:00:00.000Z',
    boot: 'b',
    offset: null,
    kind: 'health',
    body: { topic, state: 'rolledBack' },
  });

  it('is answered by a new log once; another loss by another one', async () => {
    const factory = new IDBFactory();
    expect(unansweredLoss([], store)).toBeNull();
    expect(unansweredLoss([alarm(1, 'update')], store)).toBeNull();
    expect(unansweredLoss([alarm(1), alarm(2, 'update')], store)).toBe('2-1');
    await turnLog(factory, store, '2-1');
    expect(unansweredLoss([alarm(1)], store)).toBeNull();
    expect(unansweredLoss([alarm(1), alarm(5)], store)).toBe('2-5');
  });
});

describe('a storage that kept no probe', () => {
  it('takes the kiosk out of service when the visit under way has ended, and only once', async () => {
    const rules = () => RULES;
    const kiosk = createKiosk({
      clock: () => 0,
      wall: () => 0,
      later: () => () => {},
      append: async () => {},
      mirror: () => {},
      beep: () => {},
      rules,
      counter: () => null,
      newId: () => 'n',
    });
    const fail = vi.fn(() => kiosk.send({ type: 'failed' }));
    kiosk.send({ type: 'start', id: 'a' });
    onceAtRest({ kiosk, rules }, fail);
    kiosk.send({ type: 'answer', level: 5 });
    kiosk.send({ type: 'answer', level: 5 });
    await vi.waitUntil(() => kiosk.flow().screen.name === 'thanks');
    expect(fail).not.toHaveBeenCalled();
    kiosk.send({ type: 'back' });
    expect(kiosk.flow().screen.name).toBe('broken');
    kiosk.send({ type: 'stored', ids: [] });
    expect(kiosk.flow().screen.name).toBe('attract');
    expect(fail).toHaveBeenCalledTimes(1);
  });
});
