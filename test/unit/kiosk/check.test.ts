/** The check before use: what is judged, what is proved by writing, and what the device says of itself. */
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it, vi } from 'vitest';
import type { EntryDraft } from '../../../lib/domain/entry.ts';
import { readLine } from '../../../lib/domain/entry.ts';
import { en } from '../../../lib/i18n/kiosk/staff/en.ts';
import { vi as viet } from '../../../lib/i18n/kiosk/staff/vi.ts';
import type { SecondPlace } from '../../../lib/journal/index.ts';
import { startDailyWord } from '../../../lib/kiosk/check/daily.ts';
import { commissionedDraft, dailyDraft, deviceWord } from '../../../lib/kiosk/check/health.ts';
import { CHECKS, type CheckFacts, type CheckId, isReady, judge } from '../../../lib/kiosk/check/judge.ts';
import { isPinchOff } from '../../../lib/kiosk/check/measure.ts';
import { outlivedRestart, probeDatabase, probeSecondPlace } from '../../../lib/kiosk/check/probe.ts';

const NOW = Date.parse('2026-11-23T02:00:00.000Z');
const GOOD: CheckFacts = {
  database: true,
  secondPlace: true,
  journal: true,
  persisted: true,
  usage: 4_000_000,
  quota: 9_000_000_000,
  outlivedRestart: true,
  isSecure: true,
  origin: 'https://kiosk.example.gov.vn',
  hub: 'reached',
  now: NOW,
  built: Date.parse('2026-11-20'),
  offset: 1_200,
  lastReceipt: NOW - 60_000,
  display: 'fullscreen',
  wake: 'kept',
  scale: 1,
  isPinchOff: true,
  build: '0a1b2c3d',
  failedUpdates: 0,
  heard: true,
  touched: 'touch',
};
const lineOf = (id: CheckId, change: Partial<CheckFacts>) =>
  judge({ ...GOOD, ...change }).find((line) => line.id === id)!;

describe('the check before use', () => {
  it('passes a device that has everything, in the order of the list', () => {
    const lines = judge(GOOD);
    expect(lines.map(({ id }) => id)).toEqual([...CHECKS]);
    expect(lines.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(isReady(lines)).toBe(true);
  });

  const todo: [CheckId, Partial<CheckFacts>, string][] = [
    ['storage', { database: false }, 'check_storage_database'],
    ['storage', { journal: false }, 'check_storage_database'],
    ['storage', { secondPlace: false }, 'check_storage_second'],
    ['persisted', { persisted: false }, 'check_persisted_todo'],
    ['space', { quota: 150_000_000 }, 'check_space_todo'],
    ['restart', { outlivedRestart: false }, 'check_restart_todo'],
    ['secure', { isSecure: false }, 'check_secure_todo'],
    ['hub', { hub: 'offline' }, 'check_hub_offline'],
    ['hub', { hub: 'captivePortal' }, 'check_hub_captivePortal'],
    ['hub', { hub: 'busy' }, 'check_hub_busy'],
    ['hub', { hub: 'needsActivation' }, 'check_hub_needsActivation'],
    ['hub', { hub: 'rejected' }, 'check_hub_rejected'],
    ['clock', { now: Date.parse('2025-11-23') }, 'check_clock_floor'],
    ['clock', { offset: 11 * 60_000 }, 'check_clock_todo'],
    ['clock', { offset: -11 * 60_000 }, 'check_clock_todo'],
    ['clock', { offset: 0, lastReceipt: NOW + 3_600_000 }, 'check_clock_floor'],
    ['sound', { heard: null }, 'check_sound_try'],
    ['sound', { heard: false }, 'check_sound_todo'],
    ['touch', { touched: null }, 'check_touch_try'],
    ['display', { display: 'browser' }, 'check_display_todo'],
    ['wake', { wake: 'refused' }, 'check_wake_todo'],
    ['zoom', { scale: 1.4 }, 'check_zoom_todo'],
    ['update', { build: null }, 'check_update_todo'],
  ];
  it.each(todo)('%s with %o is something to do', (id, change, text) => {
    expect(lineOf(id, change)).toMatchObject({ state: 'todo', text });
    expect(isReady(judge({ ...GOOD, ...change }))).toBe(false);
  });

  const unknown: [CheckId, Partial<CheckFacts>][] = [
    ['persisted', { persisted: null }],
    ['space', { quota: null }],
    ['clock', { offset: null, lastReceipt: null }],
    ['clock', { offset: null, hub: 'noHub' }],
    ['touch', { touched: 'mouse' }],
    ['wake', { wake: 'missing' }],
    ['zoom', { isPinchOff: false }],
    ['update', { failedUpdates: 2 }],
  ];
  it.each(unknown)('%s with %o cannot be told and holds nothing up', (id, change) => {
    expect(lineOf(id, change).state).toBe('unknown');
    expect(isReady(judge({ ...GOOD, ...change }))).toBe(true);
  });

  it('a unit without a hub and an app without address bar are right', () => {
    expect(lineOf('hub', { hub: 'noHub' }).state).toBe('ok');
    expect(lineOf('display', { display: 'standalone' }).state).toBe('ok');
    expect(lineOf('touch', { touched: 'pen' }).state).toBe('ok');
  });

  it('every line has its words in both languages', () => {
    for (const id of CHECKS) {
      const name = `check_${id}` as const;
      expect([viet[name], en[name]].every((text) => text.length > 2)).toBe(true);
    }
  });

  it('knows which touch-action leaves no zoom', () => {
    expect(['none', 'pan-x pan-y', 'pan-y'].every(isPinchOff)).toBe(true);
    expect(['auto', 'manipulation', 'pan-x pinch-zoom', ''].some(isPinchOff)).toBe(false);
  });
});

describe('the probe', () => {
  const broken = { open: () => ({}) } as unknown as IDBFactory;
  const memory = (change: Partial<SecondPlace> = {}): SecondPlace => {
    const texts = new Map<string, string>();
    return {
      put: async (some) => {
        for (const [name, text] of some) texts.set(name, text);
      },
      remove: async (names) => {
        for (const name of names) texts.delete(name);
      },
      all: async () => new Map(texts),
      ...change,
    };
  };

  it('writes, reads and removes in the database, and can be repeated', async () => {
    const factory = new IDBFactory();
    expect(await probeDatabase(factory, 'a')).toBe(true);
    expect(await probeDatabase(factory, 'b')).toBe(true);
  });

  it('is false for a database that hangs or throws', async () => {
    vi.useFakeTimers();
    const hanging = probeDatabase(broken, 'a');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await hanging).toBe(false);
    vi.useRealTimers();
    const throwing = {
      open() {
        throw new DOMException('no', 'SecurityError');
      },
    } as unknown as IDBFactory;
    expect(await probeDatabase(throwing, 'a')).toBe(false);
  });

  it('is false for a second place that forgets, garbles, or keeps what was removed', async () => {
    expect(await probeSecondPlace(memory(), 'a')).toBe(true);
    expect(await probeSecondPlace(memory({ all: async () => new Map() }), 'a')).toBe(false);
    expect(await probeSecondPlace(memory({ all: async () => new Map([['probe', 'b']]) }), 'a')).toBe(false);
    expect(await probeSecondPlace(memory({ remove: async () => {} }), 'a')).toBe(false);
    const refusing = memory({ put: () => Promise.reject(new Error('full')) });
    expect(await probeSecondPlace(refusing, 'a')).toBe(false);
  });

  it('finds the mark of an earlier start, never its own, and not in a store that was emptied', async () => {
    const factory = new IDBFactory();
    expect(await outlivedRestart(factory, 'first')).toBe(false);
    expect(await outlivedRestart(factory, 'first')).toBe(false);
    expect(await outlivedRestart(factory, 'second')).toBe(true);
    expect(await outlivedRestart(factory, 'second')).toBe(true);
    expect(await outlivedRestart(new IDBFactory(), 'second')).toBe(false);
  });
});

describe("the device's word", () => {
  const word = deviceWord(GOOD, { version: '0.1.0', questionnaire: 'quick@1' });
  const isEntry = (draft: EntryDraft) =>
    readLine(
      JSON.stringify({
        ...draft,
        v: 1,
        stream: 1,
        seq: 1,
        at: new Date(NOW).toISOString(),
        boot: 'b',
        offset: null,
      }),
    ).ok;

  it('is a health entry of topic kiosk with the answer to persist(), versions and room', () => {
    const lines = judge({ ...GOOD, offset: null, lastReceipt: null, isPinchOff: false });
    const draft = commissionedDraft(word, lines, 'touch');
    expect(isEntry(draft)).toBe(true);
    expect(draft.body).toEqual({
      topic: 'kiosk',
      state: 'commissioned',
      detail: {
        why: 'check',
        commissioned: true,
        persisted: true,
        usedMb: 4,
        quotaMb: 9_000,
        version: '0.1.0',
        questionnaire: 'quick@1',
        build: '0a1b2c3d',
        display: 'fullscreen',
        touched: 'touch',
        untold: 'clock zoom',
      },
    });
  });

  it('of the day says whether the device was checked, once per day of Vietnam', () => {
    const late = Date.parse('2026-11-23T16:59:00Z');
    const draft = dailyDraft(word, false, late);
    expect(isEntry(draft)).toBe(true);
    expect(draft).toMatchObject({
      ref: 'kiosk:day:2026-11-23',
      body: { topic: 'kiosk', state: 'notCommissioned', detail: { why: 'day', persisted: true } },
    });
    expect(dailyDraft(word, true, late + 120_000)).toMatchObject({
      ref: 'kiosk:day:2026-11-24',
      body: { state: 'commissioned', detail: { commissioned: true } },
    });
  });

  it('is written at the start and when the day changes; a failed write is tried again', async () => {
    let now = NOW;
    let tick = () => {};
    const written: string[] = [];
    const append = vi.fn(async (drafts: readonly EntryDraft[]) => {
      written.push(...drafts.map(({ ref }) => ref ?? ''));
    });
    await startDailyWord({
      draft: async () => dailyDraft(word, true, now),
      append,
      every: (run) => {
        tick = run;
      },
    });
    const hour = async () => {
      now += 3_600_000;
      tick();
      await new Promise((resolve) => setImmediate(resolve));
    };
    expect(written).toEqual(['kiosk:day:2026-11-23']);
    for (let hours = 0; hours < 15; hours += 1) await hour();
    expect(written).toHaveLength(2);
    const said = vi.spyOn(console, 'warn').mockImplementation(() => {});
    append.mockRejectedValueOnce(new Error('full'));
    for (let hours = 0; hours < 26; hours += 1) await hour();
    expect(said).toHaveBeenCalledTimes(1);
    expect(written).toEqual(['kiosk:day:2026-11-23', 'kiosk:day:2026-11-24', 'kiosk:day:2026-11-25']);
    said.mockRestore();
  });
});
