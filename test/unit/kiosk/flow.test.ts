/** The citizen's flow as a pure machine: every way through it, every limit of time, and what is stored. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUICK } from '../../../lib/domain/questionnaires.ts';
import { advance, freshFlow, isAtRest, nextDeadline, rescueOf } from '../../../lib/kiosk/flow.ts';
import type { Flow, FlowEffect, FlowEvent } from '../../../lib/kiosk/flow-types.ts';
import type { EndedVisit } from '../../../lib/kiosk/visit.ts';
import { RULES } from './rules.ts';

/** Plays events from a fresh screen; answers the end state and all effects. */
function play(events: readonly FlowEvent[], from: Flow = freshFlow(RULES, 0)) {
  let flow = from;
  const effects: FlowEffect[] = [];
  for (const event of events) {
    const step = advance(flow, event, RULES);
    flow = step.flow;
    effects.push(...step.effects);
  }
  return { flow, effects, stored: effects.flatMap((one) => (one.type === 'store' ? [one.ended] : [])) };
}

const start = (now: number, id = 'a'): FlowEvent => ({ type: 'start', now, id });
const answer = (now: number, level: number): FlowEvent => ({ type: 'answer', now, level });
const tick = (now: number): FlowEvent => ({ type: 'tick', now });
const noComment = (now: number): FlowEvent => ({ type: 'comment', now, comment: null });
const screenOf = (events: readonly FlowEvent[]) => play(events).flow.screen.name;

describe('two taps', () => {
  it('asks quality, then attitude, then stores both with how long each took', () => {
    const { flow, stored } = play([start(1_000), answer(3_500, 5), answer(7_500, 4)]);
    expect(flow.screen.name).toBe('saving');
    expect(stored).toEqual([
      {
        id: 'a',
        questionnaire: 'quick@2',
        language: 'vi',
        durations: { quality: 2_500, attitude: 4_000 },
        flags: [],
        result: { outcome: 'completed', answers: { quality: 5, attitude: 4 }, reasons: [] },
      },
    ]);
  });

  it('thanks only after that very visit is stored', () => {
    const rated = [start(0), answer(2_000, 5), answer(4_000, 5)];
    expect(screenOf([...rated, tick(60_000)])).toBe('saving');
    expect(screenOf([...rated, { type: 'stored', now: 4_010, ids: ['other'] }])).toBe('saving');
    expect(screenOf([...rated, { type: 'stored', now: 4_010, ids: ['other', 'a'] }])).toBe('thanks');
  });

  it('returns to a fresh attract screen after the thanks, with the language reset', () => {
    const done: FlowEvent[] = [
      { type: 'language', now: 0, language: 'en' },
      { type: 'large', now: 0 },
      start(0),
      answer(2_000, 5),
      answer(4_000, 5),
      { type: 'stored', now: 4_010, ids: ['a'] },
    ];
    expect(play([...done, tick(12_009)]).flow.screen.name).toBe('thanks');
    const { flow } = play([...done, tick(12_010)]);
    expect(flow).toMatchObject({ screen: { name: 'attract' }, visit: null, language: 'vi', large: false });
  });

  it('refuses levels that no face stands for', () => {
    for (const level of [0, 6, 2.5, Number.NaN]) {
      expect(play([start(0), answer(900, level)]).flow.visit?.answers).toEqual({});
    }
  });

  it('flags taps faster than a person reads, and bursts, and keeps them', () => {
    expect(play([start(0), answer(700, 5), answer(1_499, 5)]).stored[0]?.flags).toEqual(['fast']);
    expect(play([start(0), answer(700, 5), answer(1_500, 5)]).stored[0]?.flags).toEqual([]);
    const rating = (at: number, id: string): FlowEvent[] => [
      start(at, id),
      answer(at + 1_000, 5),
      answer(at + 2_000, 5),
      { type: 'stored', now: at + 2_010, ids: [id] },
      { type: 'back', now: at + 2_020 },
    ];
    const fast = play([...rating(0, 'a'), ...rating(10_000, 'b'), ...rating(20_000, 'c')]);
    expect(fast.stored.map(({ flags }) => flags)).toEqual([[], [], ['burst']]);
    const slow = play([...rating(0, 'a'), ...rating(40_000, 'b'), ...rating(80_000, 'c')]);
    expect(slow.stored.map(({ flags }) => flags)).toEqual([[], [], []]);
  });
});

describe('reasons', () => {
  const low = [start(0), answer(2_000, 2), answer(4_000, 5)];
  const reason = (id: string): FlowEvent => ({ type: 'reason', now: 5_000, id });
  const done = (skip: boolean): FlowEvent => ({ type: 'done', now: 9_000, skip });
  const reasonsOf = (stored: readonly EndedVisit[]) =>
    stored[0]?.result.outcome === 'completed' ? stored[0].result.reasons : null;

  it('are asked after a low answer to either question, not at three and above', () => {
    expect(screenOf(low)).toBe('reasons');
    expect(screenOf([start(0), answer(2_000, 5), answer(4_000, 1)])).toBe('reasons');
    expect(screenOf([start(0), answer(2_000, 3), answer(4_000, 3)])).toBe('saving');
  });

  it('at most two, a second tap takes one back, unknown ones are nothing', () => {
    const chosen = [reason('slow'), reason('money'), reason('rude'), reason('nonsense')];
    expect(reasonsOf(play([...low, ...chosen, done(false), noComment(9_500)]).stored)).toEqual([
      'slow',
      'money',
    ]);
    const changed = [reason('slow'), reason('money'), reason('slow'), reason('rude')];
    expect(reasonsOf(play([...low, ...changed, done(false), noComment(9_500)]).stored)).toEqual([
      'money',
      'rude',
    ]);
  });

  it('can be skipped', () => {
    expect(reasonsOf(play([...low, reason('slow'), done(true), noComment(9_500)]).stored)).toEqual([]);
  });

  it('walking away from them keeps the rating: both questions were answered', () => {
    const { flow, stored } = play([...low, reason('slow'), tick(36_000), tick(56_000)]);
    expect(flow.screen.name).toBe('attract');
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatchObject({
      flags: ['walkedAway'],
      result: { outcome: 'completed', answers: { quality: 2, attitude: 5 }, reasons: ['slow'] },
    });
  });
});

describe('back', () => {
  it('goes one step back and forgets the answer of the step it returns to', () => {
    const back = play([start(0), answer(2_000, 1), { type: 'back', now: 3_000 }]);
    expect(back.flow.screen).toEqual({ name: 'question', index: 0 });
    expect(back.flow.visit?.answers).toEqual({});
    const again = play([answer(5_000, 4), answer(6_000, 4)], back.flow);
    expect(again.stored[0]).toMatchObject({
      durations: { quality: 4_000, attitude: 2_000 },
      result: { answers: { quality: 4, attitude: 4 } },
    });
  });

  it('from the first question leaves, and says where', () => {
    const { flow, stored } = play([start(0), { type: 'back', now: 1_200 }]);
    expect(flow.screen.name).toBe('attract');
    expect(stored[0]?.result).toEqual({ outcome: 'abandoned', step: 'quality' });
  });
});

describe('idle', () => {
  const waiting = [start(0), answer(1_000, 1)];

  it('warns by sight and sound after the idle time, then resets after the warning time', () => {
    const before = play([...waiting, tick(30_999)]);
    expect(before.flow.warnedUntil).toBeNull();
    const warned = play([tick(31_000)], before.flow);
    expect(warned.flow.warnedUntil).toBe(51_000);
    expect(warned.effects).toEqual([{ type: 'beep' }]);
    expect(nextDeadline(warned.flow, RULES)).toBe(51_000);
    expect(play([tick(50_999)], warned.flow).flow.screen.name).toBe('question');
    const gone = play([tick(51_000)], warned.flow);
    expect(gone.flow).toEqual(freshFlow(RULES, 51_000));
    expect(gone.stored[0]?.result).toEqual({ outcome: 'abandoned', step: 'attitude' });
    expect(JSON.stringify(gone.stored)).not.toContain('answers');
  });

  it('one tap on "I am still here" extends, as often as wanted', () => {
    let flow = play(waiting).flow;
    for (let round = 1; round <= 12; round += 1) {
      const at = flow.touched + 30_000;
      flow = play([tick(at), { type: 'stay', now: at + 15_000 }], flow).flow;
      expect(flow).toMatchObject({ warnedUntil: null, screen: { name: 'question', index: 1 } });
    }
  });

  it('under the warning nothing else does anything: it may be the next citizen', () => {
    const warned = play([...waiting, tick(31_000)]).flow;
    const taps: FlowEvent[] = [
      answer(32_000, 5),
      { type: 'touch', now: 32_000 },
      { type: 'back', now: 32_000 },
      { type: 'language', now: 32_000, language: 'en' },
    ];
    expect(play(taps, warned).flow).toBe(warned);
    expect(play([{ type: 'leave', now: 33_000 }], warned).flow.screen.name).toBe('attract');
  });

  it('a sleep longer than both times resets without asking', () => {
    const { flow, stored } = play([...waiting, tick(3_600_000)]);
    expect(flow.screen.name).toBe('attract');
    expect(stored).toHaveLength(1);
  });

  it('every touch starts the time anew; help doubles it', () => {
    expect(play([...waiting, { type: 'touch', now: 20_000 }, tick(49_999)]).flow.warnedUntil).toBeNull();
    const helped = play([...waiting, { type: 'contrast', now: 1_000 }, tick(60_999)]).flow;
    expect(helped.warnedUntil).toBeNull();
    expect(play([tick(61_000)], helped).flow.warnedUntil).toBe(81_000);
  });

  it('a language left on the attract screen goes back by itself, silently', () => {
    const foreign = play([{ type: 'language', now: 0, language: 'en' }]);
    expect(isAtRest(foreign.flow, RULES)).toBe(false);
    const later = play([tick(30_000)], foreign.flow);
    expect(later).toMatchObject({ effects: [], flow: { language: 'vi' } });
    expect(isAtRest(later.flow, RULES)).toBe(true);
    expect(nextDeadline(later.flow, RULES)).toBeNull();
  });
});

describe('storage that fails', () => {
  const rated = [start(0), answer(2_000, 5), answer(4_000, 5)];

  it('never thanks: out of service, then tries again until it is stored', () => {
    const broken = play([...rated, { type: 'failed', now: 4_100 }]).flow;
    expect(broken.screen).toEqual({ name: 'broken', owed: true, retryAt: 19_100 });
    expect(play([start(5_000, 'b')], broken).flow).toBe(broken);
    const retry = play([tick(19_100)], broken);
    expect(retry.effects).toEqual([{ type: 'retry' }]);
    const again = play([{ type: 'failed', now: 19_200 }], retry.flow).flow;
    expect(again.screen).toEqual({ name: 'broken', owed: true, retryAt: 34_200 });
    expect(play([{ type: 'stored', now: 34_300, ids: ['a'] }], again).flow.screen.name).toBe('attract');
  });

  it('found in the middle of a visit: what was given is kept, and the screen says so', () => {
    const { flow, effects } = play([start(0), answer(2_000, 1), { type: 'failed', now: 3_000 }]);
    expect(flow.screen).toMatchObject({ name: 'broken', owed: false });
    expect(effects).toMatchObject([
      { type: 'keep', ended: { flags: ['cutShort'], result: { outcome: 'abandoned', step: 'attitude' } } },
    ]);
  });
});

describe('a power cut', () => {
  it('in the middle of a visit leaves its step; after both answers, the rating', () => {
    expect(rescueOf(play([start(0), answer(2_000, 1)]).flow, RULES, 3_000)).toMatchObject({
      flags: ['recovered'],
      result: { outcome: 'abandoned', step: 'attitude' },
    });
    expect(rescueOf(play([start(0), answer(2_000, 1), answer(4_000, 1)]).flow, RULES, 6_000)).toMatchObject({
      result: { outcome: 'completed', answers: { quality: 1, attitude: 1 } },
    });
    expect(rescueOf(freshFlow(RULES, 0), RULES, 1)).toBeNull();
  });
});

describe('whatever is tapped', () => {
  const event = fc.oneof(
    fc.record({ type: fc.constant('start' as const), id: fc.uuid() }),
    fc.record({ type: fc.constant('answer' as const), level: fc.integer({ min: -1, max: 7 }) }),
    fc.record({ type: fc.constant('reason' as const), id: fc.constantFrom('slow', 'money', 'rude', 'x') }),
    fc.record({ type: fc.constant('done' as const), skip: fc.boolean() }),
    fc.record({
      type: fc.constantFrom(
        ...(['back', 'stay', 'leave', 'touch', 'tick', 'spoke', 'contrast', 'large', 'failed'] as const),
      ),
    }),
    fc.record({ type: fc.constant('guide' as const), topic: fc.constant('filing' as const) }),
    fc.record({ type: fc.constant('language' as const), language: fc.constantFrom('vi', 'en') }),
    fc.constant({ type: 'storedAll' as const }),
  );

  it('each visit ends at most once, thanks follows its storing, rest holds nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(event, fc.integer({ min: 0, max: 25_000 })), { maxLength: 60 }),
        (taps) => {
          let flow = freshFlow(RULES, 0);
          let now = 0;
          const ended: string[] = [];
          for (const [tap, wait] of taps) {
            now += wait;
            const next = (
              tap.type === 'storedAll' ? { type: 'stored', now, ids: [...ended] } : { ...tap, now }
            ) as FlowEvent;
            const step = advance(flow, next, RULES);
            for (const effect of step.effects) {
              if (effect.type === 'store' || effect.type === 'keep') ended.push(effect.ended.id);
            }
            if (step.flow.screen.name === 'thanks' && flow.screen.name !== 'thanks') {
              expect(next.type).toBe('stored');
              expect(flow.screen.name).toBe('saving');
            }
            flow = step.flow;
            if (flow.screen.name === 'attract') expect(flow.visit).toBeNull();
            if (flow.visit) expect(flow.visit.reasons.length).toBeLessThanOrEqual(QUICK.maxReasons);
          }
          expect(new Set(ended).size).toBe(ended.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
