/** The small edges of the kiosk: keys, settings, PIN, the sync timer, the one writing window. */
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it, vi } from 'vitest';
import { en } from '../../../lib/i18n/kiosk/en.ts';
import { en as staffEn } from '../../../lib/i18n/kiosk/staff/en.ts';
import { vi as staffVi } from '../../../lib/i18n/kiosk/staff/vi.ts';
import { vi as viet } from '../../../lib/i18n/kiosk/vi.ts';
import { advance, freshFlow } from '../../../lib/kiosk/flow.ts';
import type { FlowEvent } from '../../../lib/kiosk/flow-types.ts';
import { meaningOfKey } from '../../../lib/kiosk/keys.ts';
import {
  clearEarlier,
  readSettings,
  settingsIn,
  type TextStore,
  takeEarlier,
  writeMirror,
  writeSettings,
} from '../../../lib/kiosk/settings.ts';
import { hashPin, isPin, isRightPin, noteTry, waitBeforeTry } from '../../../lib/kiosk/staff/pin.ts';
import { startSyncTimer } from '../../../lib/kiosk/sync-timer.ts';
import { openVault } from '../../../lib/kiosk/vault.ts';
import { becomeWriter } from '../../../lib/kiosk/writer.ts';
import { RULES } from './rules.ts';

function textStore(): TextStore & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, text) => void texts.set(name, text),
    removeItem: (name) => void texts.delete(name),
  };
}

describe('keys', () => {
  const flowAfter = (...events: FlowEvent[]) =>
    events.reduce((flow, event) => advance(flow, event, RULES).flow, freshFlow(RULES, 0));
  const start: FlowEvent = { type: 'start', now: 0, id: 'a' };
  const meaning = (key: string, flow = flowAfter(start)) => meaningOfKey(key, flow, RULES, () => 'new');

  it('digits answer, arrows move, Escape goes back, Enter starts', () => {
    expect(meaning('4')).toEqual({ type: 'answer', level: 4 });
    expect(meaning('ArrowRight')).toEqual({ type: 'move', by: 1 });
    expect(meaning('ArrowUp')).toEqual({ type: 'move', by: -1 });
    expect(meaning('Escape')).toEqual({ type: 'back' });
    expect(meaning('Enter', flowAfter())).toEqual({ type: 'start', id: 'new' });
    expect(meaning('5', flowAfter())).toBeNull();
    expect(meaning('a')).toBeNull();
  });

  it('choose reasons by their place, and do nothing under the idle warning', () => {
    const low = flowAfter(start, { type: 'answer', now: 1, level: 1 }, { type: 'answer', now: 2, level: 1 });
    expect(meaning('4', low)).toEqual({ type: 'reason', id: 'money' });
    expect(meaning('7', low)).toBeNull();
    const warned = flowAfter(start, { type: 'tick', now: 30_000 });
    for (const key of ['1', 'Escape', 'ArrowRight']) expect(meaning(key, warned)).toBeNull();
  });
});

describe('settings', () => {
  it('have defaults, keep changes, and survive damage', () => {
    const store = textStore();
    expect(readSettings(store)).toMatchObject({ unit: null, counter: null, pin: null, idleSeconds: 30 });
    writeSettings(store, { ...readSettings(store), counter: '3', idleSeconds: 45 });
    expect(readSettings(store)).toMatchObject({ counter: '3', idleSeconds: 45 });
    const damaged = '{"idleSeconds": 1, "pin": {"salt": 1}, "counter": 7';
    expect(settingsIn(damaged)).toMatchObject({ counter: null, idleSeconds: 30 });
    expect(settingsIn(`${damaged}}`)).toMatchObject({ counter: null, pin: null, idleSeconds: 10 });
  });

  it('set what an earlier run owed aside until it is owed again, one of each', () => {
    const store = textStore();
    writeMirror(store, '[{"ref":"visit:a","n":1}]');
    expect(takeEarlier(store, '[{"ref":"visit:a","n":2}]')).toBe('[{"ref":"visit:a","n":2}]');
    writeMirror(store, '[{"ref":"visit:b"}]');
    expect(takeEarlier(store, null)).toBe('[{"ref":"visit:a","n":2},{"ref":"visit:b"}]');
    writeMirror(store, null);
    expect(takeEarlier(store, 'not json')).toContain('visit:b');
    clearEarlier(store);
    expect(takeEarlier(store, null)).toBeNull();
  });

  it('lie in the vault durably, each under its name', async () => {
    const vault = openVault(new IDBFactory(), 'test');
    expect(await vault.read('settings')).toBeNull();
    await Promise.all([
      vault.write('mirror', 'one'),
      vault.write('mirror', 'two'),
      vault.write('settings', 's'),
    ]);
    expect([await vault.read('mirror'), await vault.read('settings')]).toEqual(['two', 's']);
    await vault.write('mirror', null);
    expect(await vault.read('mirror')).toBeNull();
  });
});

describe('the PIN', () => {
  it('is four to eight digits and stored only as a salted hash', async () => {
    expect(['1234', '12345678'].every(isPin)).toBe(true);
    expect(['123', '123456789', '12a4', ''].some(isPin)).toBe(false);
    const [one, two] = [await hashPin('2468'), await hashPin('2468')];
    expect(one.hash).not.toBe(two.hash);
    expect(JSON.stringify(one)).not.toContain('2468');
    expect(await isRightPin('2468', one)).toBe(true);
    expect(await isRightPin('2469', one)).toBe(false);
  });

  it('makes wrong tries wait, longer each time, and forgets them after a right one', () => {
    const store = textStore();
    for (let tries = 0; tries < 4; tries += 1) noteTry(store, false, 1_000);
    expect(waitBeforeTry(store, 1_000)).toBe(0);
    noteTry(store, false, 1_000);
    expect(waitBeforeTry(store, 1_000)).toBe(30_000);
    expect(waitBeforeTry(store, 31_000)).toBe(0);
    noteTry(store, false, 31_000);
    expect(waitBeforeTry(store, 31_000)).toBe(60_000);
    expect(waitBeforeTry(store, -9_000_000)).toBe(60_000);
    noteTry(store, true, 40_000);
    expect(waitBeforeTry(store, 40_000)).toBe(0);
  });
});

describe('the sync timer', () => {
  it('comes at the time the hub named, within bounds, when a network appears, and one at a time', async () => {
    vi.useFakeTimers();
    let online = () => {};
    let finish: (result: { nextAt: number } | null) => void = () => {};
    const sync = vi.fn(
      () =>
        new Promise<{ nextAt: number } | null>((resolve) => {
          finish = resolve;
        }),
    );
    startSyncTimer({
      sync,
      wall: () => Date.now(),
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      onOnline: (listener) => {
        online = listener;
      },
    });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(sync).toHaveBeenCalledTimes(1);
    online();
    expect(sync).toHaveBeenCalledTimes(1);
    finish({ nextAt: Date.now() + 120_000 });
    await vi.advanceTimersByTimeAsync(119_999);
    expect(sync).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sync).toHaveBeenCalledTimes(2);
    finish({ nextAt: Date.now() + 24 * 3_600_000 });
    await vi.advanceTimersByTimeAsync(15 * 60_000);
    expect(sync).toHaveBeenCalledTimes(3);
    finish(null);
    await vi.advanceTimersByTimeAsync(1_000);
    online();
    expect(sync).toHaveBeenCalledTimes(4);
    vi.useRealTimers();
  });
});

describe('the writing window', () => {
  it('is one; the next one takes over when it is gone', async () => {
    const waiting: (() => void)[] = [];
    let held = false;
    const locks = {
      async request(_name: string, second: unknown, third?: (lock: object | null) => unknown) {
        const callback = (third ?? second) as (lock: object | null) => unknown;
        if (!held) {
          held = true;
          return callback({});
        }
        if (third) return callback(null);
        await new Promise<void>((resolve) => waiting.push(resolve));
        return callback({});
      },
    } as unknown as LockManager;
    const told = vi.fn();
    await expect(becomeWriter(locks, told)).resolves.toBe(true);
    expect(told).not.toHaveBeenCalled();
    const second = becomeWriter(locks, told);
    await Promise.resolve();
    expect(told).toHaveBeenCalledTimes(1);
    for (const resolve of waiting) resolve();
    await expect(second).resolves.toBe(true);
  });
});

describe('the words', () => {
  it('are in both languages with the same blanks, and say "cán bộ" to citizens', () => {
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [vietnamese, english] of [
      [viet, en],
      [staffVi, staffEn],
    ] as const) {
      const texts = vietnamese as Record<string, string>;
      for (const [key, text] of Object.entries(english))
        expect(blanks(text), key).toEqual(blanks(texts[key]!));
    }
    expect(JSON.stringify([viet, staffVi])).not.toMatch(/ki-ốt|kiosk thông minh|giám sát|theo dõi/i);
  });
});
