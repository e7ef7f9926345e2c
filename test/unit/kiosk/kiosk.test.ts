/** The machine with time and storage attached: what is owed is stored once, and survives what storage does to it. */
import { describe, expect, it, vi } from 'vitest';
import type { EntryDraft } from '../../../lib/domain/entry.ts';
import { createKiosk, type Kiosk } from '../../../lib/kiosk/kiosk.ts';
import { RULES } from './rules.ts';

/** A journal in memory, idempotent by `ref`; `mode` says how it behaves. */
function device() {
  const journal = new Map<string, EntryDraft>();
  const state = {
    mode: 'ok' as 'ok' | 'failing' | 'hanging' | 'slow',
    mirror: null as string | null,
    now: 0,
  };
  const timers: { run: () => void; at: number }[] = [];
  const waiting: (() => void)[] = [];
  const beep = vi.fn();
  let ids = 0;
  const kiosk = createKiosk({
    clock: () => state.now,
    wall: () => Date.parse('2026-11-22T09:50:00+07:00') + state.now,
    later(run, ms) {
      const timer = { run, at: state.now + ms };
      timers.push(timer);
      return () => {
        const place = timers.indexOf(timer);
        if (place >= 0) timers.splice(place, 1);
      };
    },
    async append(drafts) {
      if (state.mode === 'failing') throw new DOMException('full', 'QuotaExceededError');
      if (state.mode === 'hanging') await new Promise(() => {});
      if (state.mode === 'slow') await new Promise<void>((resolve) => waiting.push(resolve));
      for (const draft of drafts) journal.set(draft.ref ?? '', draft);
    },
    mirror: (text) => {
      state.mirror = text;
    },
    beep,
    rules: () => RULES,
    counter: () => '3',
    newId: () => `n${++ids}`,
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    kiosk,
    journal,
    state,
    beep,
    settle,
    release() {
      for (const resolve of waiting.splice(0)) resolve();
    },
    async pass(ms: number) {
      const end = state.now + ms;
      for (;;) {
        const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers.splice(timers.indexOf(due), 1);
        state.now = Math.max(state.now, due.at);
        due.run();
        await settle();
      }
      state.now = end;
    },
  };
}

function rate(kiosk: Kiosk, id: string, quality = 5, attitude = 5): void {
  kiosk.send({ type: 'start', id });
  kiosk.send({ type: 'answer', level: quality });
  kiosk.send({ type: 'answer', level: attitude });
}

const outcomes = (journal: Map<string, EntryDraft>) =>
  [...journal.values()].map(({ body }) => ('outcome' in body ? body.outcome : 'other'));

describe('the kiosk', () => {
  it('thanks once the append resolved, and the mirror is empty then', async () => {
    const { kiosk, journal, state, settle, release } = device();
    state.mode = 'slow';
    rate(kiosk, 'a');
    await settle();
    expect(kiosk.flow().screen.name).toBe('saving');
    expect(state.mirror).toContain('visit:a');
    release();
    await settle();
    expect(kiosk.flow().screen.name).toBe('thanks');
    expect([...journal.keys()]).toEqual(['visit:a']);
    expect(state.mirror).toBeNull();
  });

  it('a visit that ends while another is being stored is stored too, and not thanked for before', async () => {
    const { kiosk, journal, state, settle, release } = device();
    state.mode = 'slow';
    kiosk.send({ type: 'start', id: 'left' });
    kiosk.send({ type: 'back' });
    rate(kiosk, 'b');
    await settle();
    release();
    await settle();
    expect([...journal.keys()]).toEqual(['visit:left']);
    expect(kiosk.flow().screen.name).toBe('saving');
    expect(state.mirror).toContain('visit:b');
    release();
    await settle();
    expect(kiosk.flow().screen.name).toBe('thanks');
    expect([...journal.keys()]).toEqual(['visit:left', 'visit:b']);
  });

  it('forgets a visit of a window that does not write: the attract screen, nothing stored, no warning later', async () => {
    const { kiosk, journal, beep, pass } = device();
    kiosk.send({ type: 'start', id: 'other' });
    kiosk.forget();
    expect(kiosk.flow()).toMatchObject({ screen: { name: 'attract' }, visit: null });
    await pass(120_000);
    expect(beep).not.toHaveBeenCalled();
    expect([...journal.keys()]).toEqual([]);
  });

  it('a failing storage: out of service, tried again, stored once, back in service', async () => {
    const { kiosk, journal, state, settle, pass } = device();
    state.mode = 'failing';
    rate(kiosk, 'a');
    await settle();
    expect(kiosk.flow().screen).toMatchObject({ name: 'broken', owed: true });
    await pass(31_000);
    expect(journal.size).toBe(0);
    expect(state.mirror).toContain('visit:a');
    state.mode = 'ok';
    await pass(15_000);
    expect(kiosk.flow().screen.name).toBe('attract');
    expect([...journal.keys()]).toEqual(['visit:a']);
    expect(state.mirror).toBeNull();
  });

  it('a storage that hangs counts as failing after ten seconds', async () => {
    const { kiosk, state, pass } = device();
    state.mode = 'hanging';
    rate(kiosk, 'a');
    await pass(9_999);
    expect(kiosk.flow().screen.name).toBe('saving');
    await pass(1);
    expect(kiosk.flow().screen.name).toBe('broken');
  });

  it('left alone: warns, beeps, resets, and the entry has no answer', async () => {
    const { kiosk, journal, pass, beep } = device();
    kiosk.send({ type: 'start', id: 'a' });
    kiosk.send({ type: 'answer', level: 1 });
    await pass(30_000);
    expect(beep).toHaveBeenCalledTimes(1);
    expect(kiosk.flow().warnedUntil).not.toBeNull();
    await pass(20_000);
    expect(kiosk.flow().screen.name).toBe('attract');
    expect(outcomes(journal)).toEqual(['abandoned']);
    expect(JSON.stringify([...journal.values()])).not.toContain('answers');
  });

  it('the mirror of a cut visit, owed at the next start, becomes one entry, not two', async () => {
    const before = device();
    rate(before.kiosk, 'cut', 1, 1);
    expect(before.kiosk.flow().screen.name).toBe('reasons');
    const mirror = before.state.mirror;
    const after = device();
    after.kiosk.owe(JSON.parse(mirror ?? '[]') as EntryDraft[]);
    await after.settle();
    after.kiosk.owe(JSON.parse(mirror ?? '[]') as EntryDraft[]);
    await after.settle();
    expect(outcomes(after.journal)).toEqual(['completed']);
    expect([...after.journal.values()][0]?.body).toMatchObject({
      flags: ['fast', 'recovered'],
    });
  });

  it('opening a guide is written down as guidance', async () => {
    const { kiosk, journal, settle } = device();
    kiosk.send({ type: 'guide', topic: 'payment' });
    kiosk.send({ type: 'back' });
    await settle();
    expect([...journal.values()]).toEqual([
      { kind: 'guidance', body: { topic: 'payment', n: 1 }, ref: 'guide:n1' },
    ]);
  });
});
